"""Public tables: what is counted is what the recaps count, and what is small is told nowhere."""

import random
from datetime import date

import pytest

from simpul.catalogue import editions
from simpul.engines.disclosure import audit, key
from simpul.recaps.facts import Asked
from simpul.recaps.queries import people
from simpul.recaps.queries.people import by_area
from simpul.recaps.queries.public_tables import counts_of, protected, workings
from tests.access.factories import user_with
from tests.places.factories import few_regions
from tests.population.factories import ON, register_of, row

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
PLACES = ("21.02.01.1001", "21.02.02.2001", "21.02.10.2003", "21.02")


def some_people(count, seed=1):
    chance = random.Random(seed)
    return [
        row(
            region=chance.choice(PLACES),
            sex=chance.choice(["L", "P", "P", ""]),
            age=chance.choice([3, 12, 40, 70, None]),
            confirmed=tuple(chance.sample(["ABT", "AT", "LUT", "PD"], chance.choice([0, 1, 1, 2]))),
        )
        for _one in range(count)
    ]


@pytest.fixture
def register():
    return register_of(some_people(120))


@pytest.fixture
def counts(register):
    return counts_of(register, editions.default(), KARIMUN)


def count(counts, **codes):
    return next(table.counts[key(**codes)] for table in counts.tables if key(**codes) in table.counts)


class TestCountsOf:
    def test_counts_under_the_new_code_who_is_kept_under_the_old_one(self):
        few_regions()
        people = register_of([row(region="91.01.01", confirmed=("LUT",)) for _one in range(7)])
        assert count(counts_of(people, editions.default(), "93"), area="93") == 7

    def test_are_those_of_the_recap_of_the_office(self, register, counts, monkeypatch):
        monkeypatch.setattr(people, "register_on", lambda on, edition: register)
        asked = Asked(since=date(2026, 11, 1), until=ON, area=KARIMUN)
        table = by_area(user_with("registrar"), asked, code="R2").tables[1]
        for column, number in zip(table.columns, table.total.cells, strict=True):
            code, _colon, sex = column.key.partition(":")
            told = {"area": KARIMUN, "type": code} | ({} if sex == "all" else {"sex": sex})
            assert count(counts, **told) == number

    def test_tell_people_apart_from_pairs(self, counts, register):
        pairs = sum(count(counts, area=KARIMUN, type=code) for code in register.types)
        assert count(counts, area=KARIMUN, type="*") == pairs > count(counts, area=KARIMUN)

    def test_tell_of_a_kecamatan_no_type_that_is_highly_restricted(self, counts):
        named = {told for table in counts.tables for told in table.counts}
        assert key(area="21.02.01", type="LUT") in named
        assert key(area="21.02.01", type="PD") not in named

    def test_keep_who_lives_nobody_knows_where(self, counts):
        assert count(counts, area="21.02.?", count="people") > 0

    def test_leave_out_who_died(self):
        counts = counts_of(register_of([row(confirmed=("LUT",), gone="died")]), editions.default(), KARIMUN)
        assert count(counts, area=KARIMUN) == 0

    def test_leave_out_whose_use_is_limited(self):
        limited = row(confirmed=("LUT",), judged=False)
        counts = counts_of(register_of([limited]), editions.default(), KARIMUN)
        assert count(counts, area=KARIMUN) == 0

    def test_of_a_province_hold_every_regency_by_sex(self):
        rows = [*some_people(60), row(region="21.03.01.2001", sex="L", confirmed=("LUT",))]
        counts = counts_of(register_of(rows), editions.default(), "21")
        assert count(counts, area="21.03", type="LUT", sex="L") == 1


class TestProtected:
    def test_shows_no_count_below_the_threshold(self, counts):
        shown = protected(counts, []).release("2026-11").shown
        assert not [told for told in shown.values() if told in (1, 2, 3, 4)]

    def test_leaves_nothing_that_a_reader_could_compute(self, counts):
        assert str(audit([protected(counts, []).release("2026-11")]).answer) == "yes"

    def test_hides_what_few_have_changed_since_the_release_before(self, counts):
        before = protected(counts, []).release("2026-10")
        more = some_people(120) + [row(region=PLACES[0], sex="P", age=70, confirmed=("LUT",))] * 2
        after = protected(counts_of(register_of(more), editions.default(), KARIMUN), [before])
        told = after.cells[key(area=KARIMUN, type="LUT")]
        assert told.count == count(counts, area=KARIMUN, type="LUT") + 2
        assert told.text == "–"


class TestWorkings:
    def test_say_why_each_is_hidden_and_never_how_many(self, counts):
        made = protected(counts, [])
        told = workings(made)
        assert {one["why"] for one in told} <= {"small", "protects", "change"}
        assert {name for one in told for name in one} <= {"cell", "name", "text", "why", "low", "high"}
        assert len(told) == sum(cell.reason is not None for cell in made.cells.values())
