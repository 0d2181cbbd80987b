"""Tests of where the answers of a table are kept, and how they follow changes."""

from datetime import date

import pytest

from simpul.engines.rules import parse
from simpul.engines.rules.sql import Dialect, TableReader
from simpul.engines.rules.sql_verdicts import LONGEST_WORD, NameTaken, Wide, Words, kept

from .random_rules import ON, SPECS
from .tables import answer, columns_of, database, types_of

RULES = {
    "young": parse("AGE(born) < 18", facts=SPECS),
    "hurt": parse("a OR b", facts=SPECS),
    "poor": parse("x < 2", facts=SPECS),
}
NAMES = ["born", "a", "b", "x"]
PEOPLE = [
    (1, date(2010, 1, 1), True, None, 3),
    (2, date(1990, 1, 1), False, None, None),
    (3, None, False, False, 1),
]
FIRST = {1: (True, True, False), 2: (False, None, None), 3: (None, False, True)}
LAYOUTS = [("postgres", Words), ("postgres", Wide), ("sqlite", Wide), ("duckdb", Wide), ("duckdb", Words)]


@pytest.fixture(
    params=[
        pytest.param(
            each,
            id=f"{each[0]} {each[1].__name__}",
            marks=pytest.mark.database if each[0] == "postgres" else (),
        )
        for each in LAYOUTS
    ]
)
def office(request):
    """A database with a table of people whose answers are kept, and how they are kept."""
    engine, layout = request.param
    with database(engine) as given:
        given.fill("kept", {"id": "BIGINT"} | types_of(NAMES, SPECS), PEOPLE)
        reader = TableReader(RULES, SPECS, columns_of(NAMES, SPECS), ON, given.dialect)
        answers = layout(reader, ("kept",), "id", ("told",))
        for statement in answers.create(edition="test"):
            given.run(statement)
        yield given, answers


def shown(given):
    """Answers by person, as the view shows them."""
    found = {}
    for person, code, value in given.run('SELECT id, "type", answer FROM told_rows'):
        found.setdefault(person, {})[code] = answer(value)
    return {person: tuple(answers[code] for code in RULES) for person, answers in sorted(found.items())}


def follow(given, answers, changed, codes=None, *, doubtful=True):
    """Runs the three statements of an update; how many rows each has written where the database says so."""
    counts = []
    for statement in answers.update(f"SELECT {changed}", codes, doubtful=doubtful):
        before = getattr(given.connection, "total_changes", 0)
        cursor = given.connection.execute(statement)
        # After a WITH, SQLite's own cursor does not know.
        counts.append(getattr(given.connection, "total_changes", cursor.rowcount) - before)
    return counts


class TestKept:
    """Kept answers."""

    def test_are_shown_as_rows_of_person_type_and_answer(self, office):
        assert shown(office[0]) == FIRST

    def test_are_counted(self, office):
        given, answers = office
        assert [int(count) for count in given.run(answers.counts())[0]] == [3, 1, 1, 1, 1, 1, 1]

    def test_say_by_what_they_were_judged(self, office):
        given, answers = office
        assert given.run(answers.about()) == [("test", "2026-03-01", answers.digest)]

    def test_hold_nobody_twice(self, office):
        given, answers = office
        given.run("INSERT INTO kept SELECT * FROM kept WHERE id = 1")
        create, unique, *_rest = answers.create()
        for statement in [*answers.drop(), create]:
            given.run(statement)
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            given.run(unique)

    def test_leave_out_rows_that_cannot_be_believed(self, office):
        given, answers = office
        given.run("UPDATE kept SET x = 99 WHERE id = 1")
        for statement in [*answers.drop(), *answers.create()]:
            given.run(statement)
        assert list(shown(given)) == [2, 3]

    def test_go_away_whole(self, office):
        given, answers = office
        for statement in [*answers.drop(), *answers.drop(), *answers.create()]:
            given.run(statement)
        assert shown(given) == FIRST


class TestUpdate:
    """An update."""

    def test_judges_those_who_changed_and_nobody_else(self, office):
        given, answers = office
        given.run("UPDATE kept SET a = NULL, b = TRUE, x = 0")
        follow(given, answers, "2 AS id")
        assert shown(given) == FIRST | {2: (False, True, True)}

    def test_judges_only_the_types_that_are_touched(self, office):
        given, answers = office
        given.run("UPDATE kept SET b = TRUE, x = 0 WHERE id = 2")
        follow(given, answers, "2 AS id", ["poor"])
        assert shown(given) == FIRST | {2: (False, None, True)}

    def test_writes_no_row_that_stays_the_same(self, office):
        given, answers = office
        given.run("UPDATE kept SET b = FALSE WHERE id = 2")
        counts = [follow(given, answers, "id FROM kept", ["hurt"]) for _ in range(2)]
        if given.dialect is not Dialect.DUCKDB:  # which does not tell
            assert counts == [[1, 0, 0], [0, 0, 0]]
        assert shown(given) == FIRST | {2: (False, False, None)}

    def test_turns_an_answer_back_into_not_known(self, office):
        given, answers = office
        given.run("UPDATE kept SET born = NULL, a = NULL, x = NULL")
        follow(given, answers, "id FROM kept")
        assert shown(given) == {1: (None, None, None), 2: (None, None, None), 3: (None, None, None)}

    @pytest.mark.parametrize("doubtful", [True, False])
    def test_adds_who_is_new_with_all_types(self, office, doubtful):
        given, answers = office
        given.run("INSERT INTO kept VALUES (4, '1990-01-01', TRUE, NULL, NULL)")
        follow(given, answers, "4 AS id", ["poor"], doubtful=doubtful)
        assert shown(given) == FIRST | {4: (False, True, None)}

    def test_takes_out_who_is_gone_or_cannot_be_believed(self, office):
        given, answers = office
        given.run("DELETE FROM kept WHERE id = 1")
        given.run("UPDATE kept SET x = 99 WHERE id = 2")
        follow(given, answers, "1 AS id UNION SELECT 2", ["young"])
        assert shown(given) == {3: FIRST[3]}

    def test_by_facts_that_touch_nothing_changes_nothing(self, office):
        given, answers = office
        given.run("UPDATE kept SET a = TRUE, b = TRUE, x = 0")
        follow(given, answers, "id FROM kept", [])
        assert shown(given) == FIRST


class TestLayout:
    """The layout."""

    @staticmethod
    def answers(dialect, rules=RULES, key="id"):
        reader = TableReader(rules, SPECS, columns_of(NAMES, SPECS), ON, dialect)
        return kept(reader, ("people",), key, ("verdicts",))

    def test_is_words_in_postgresql_as_long_as_they_have_room(self):
        most = {f"r{number}": RULES["hurt"] for number in range(LONGEST_WORD)}
        assert isinstance(self.answers(Dialect.POSTGRES, most), Words)
        assert isinstance(self.answers(Dialect.POSTGRES, most | RULES), Wide)
        assert isinstance(self.answers(Dialect.SQLITE), Wide)

    @pytest.mark.database
    def test_holds_sixty_three_types_without_touching_the_sign(self):
        most = {f"r{number}": RULES["hurt" if number % 2 else "poor"] for number in range(LONGEST_WORD)}
        with database("postgres") as given:
            given.fill("people", {"id": "BIGINT"} | types_of(NAMES, SPECS), PEOPLE)
            for statement in (answers := self.answers(Dialect.POSTGRES, most)).create():
                given.run(statement)
            assert list(given.run(answers.counts())[0]) == [3, *[1, 1] * LONGEST_WORD]

    @pytest.mark.parametrize("key", ["Hurt", "yes", "TYPE", "answer"])
    def test_refuses_a_key_that_is_called_like_an_answer(self, key):
        with pytest.raises(NameTaken):
            self.answers(Dialect.SQLITE, key=key)

    def test_has_another_digest_for_another_day_rule_or_column(self):
        reader = TableReader(RULES, SPECS, columns_of(NAMES, SPECS), ON, Dialect.SQLITE)
        others = [
            reader,
            TableReader(RULES, SPECS, reader.columns, date(2026, 3, 2), Dialect.SQLITE),
            TableReader(RULES | {"poor": RULES["hurt"]}, SPECS, reader.columns, ON, Dialect.SQLITE),
            TableReader(RULES, SPECS, columns_of(NAMES[:3], SPECS), ON, Dialect.SQLITE),
        ]
        digests = {Wide(other, ("people",), "id", ("verdicts",)).digest for other in others}
        assert len(digests) == len(others)
