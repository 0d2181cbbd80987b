from __future__ import annotations

from uuid import uuid4

import polars as pl
import pytest

from simpul.population.queries.changes import CHANGE, changes_between, compare, people_behind
from tests.access.factories import user_with
from tests.population.factories import register_of, row


def told(old: dict | None, new: dict | None, **how) -> list[tuple[str, str, str, str]]:
    """(type, before, after, cause) of one person."""
    key = str(uuid4())
    registers = [register_of([row(person=key, **one)] if one is not None else []) for one in (old, new)]
    frame = changes_between(*registers)
    return frame.select("type", "before", "after", "cause").rows()


class TestChangesBetween:
    def test_are_none_where_nothing_changed(self):
        assert told({"rule_yes": ("LUT",)}, {"rule_yes": ("LUT",)}) == []

    @pytest.mark.parametrize("cause", ["fact", "birthday", "lapsed", "edition"])
    def test_tell_the_cause_of_another_answer_of_the_rules(self, cause):
        found = told({"rule_unknown": ("LUT",)}, {"rule_yes": ("LUT",), f"by_{cause}": ("LUT",)})
        assert found == [("LUT", "unknown", "suggested", cause)]

    def test_tell_each_type_its_own_cause(self):
        new = {"rule_yes": ("LUT", "PD"), "by_birthday": ("LUT",), "by_fact": ("PD",)}
        assert told({}, new) == [
            ("LUT", "none", "suggested", "birthday"),
            ("PD", "none", "suggested", "fact"),
        ]

    def test_say_that_a_worker_decided(self):
        found = told({"rule_yes": ("LUT",)}, {"rule_yes": ("LUT",), "confirmed": ("LUT",)})
        assert found == [("LUT", "suggested", "confirmed", "decision")]

    def test_do_not_mind_a_rule_that_a_worker_has_overruled(self):
        both = {"refused": ("LUT",)}
        assert told({"rule_yes": ("LUT",), **both}, {"by_fact": ("LUT",), **both}) == []

    def test_know_who_is_new_and_who_is_gone(self):
        assert told(None, {"rule_yes": ("LUT",)}) == [("LUT", "none", "suggested", "new_person")]
        assert told({"rule_yes": ("LUT",)}, None) == [("LUT", "suggested", "none", "gone")]
        died = {"confirmed": ("LUT",), "gone": "died", "judged": False}
        assert told({"confirmed": ("LUT",)}, died) == [("LUT", "confirmed", "none", "gone")]

    def test_say_that_somebody_is_left_alone_now(self):
        found = told({"rule_yes": ("LUT",)}, {"judged": False})
        assert found == [("LUT", "suggested", "none", "stopped")]

    @pytest.mark.parametrize(
        ("old", "new", "found"),
        [
            ({"rule_yes": ("LUT",)}, {}, ("suggested", "none", "edition")),
            ({"rule_yes": ("LUT",)}, {"confirmed": ("LUT",)}, ("suggested", "confirmed", "decision")),
            ({"confirmed": ("LUT",)}, {"rule_yes": ("LUT",)}, ("confirmed", "suggested", "not_carried")),
            ({"refused": ("LUT",)}, {"rule_yes": ("LUT",)}, ("refused", "suggested", "not_carried")),
        ],
        ids=["rule", "decided", "confirmed", "refused"],
    )
    def test_say_of_another_list_what_a_worker_decided(self, old, new, found):
        key = str(uuid4())
        usual = register_of([row(person=key, **old)])
        other = register_of([row(person=key, **new)], edition="seed004-28")
        assert changes_between(usual, other).select("before", "after", "cause").rows() == [found]

    def test_carry_types_over_to_another_list_where_the_people_are_the_same(self):
        key = str(uuid4())
        old = register_of(
            [row(person=key, rule_yes=("ABT", "AT"))], types=("ABT", "AT"), edition="seed004-28"
        )
        new = register_of([row(person=key, rule_yes=("ABT",))], types=("ABT", "AT"))
        found = changes_between(old, new).select("type", "before", "after", "cause").rows()
        # A neglected young child is the same in both; which one a neglected child becomes, age decides.
        assert ("ABT", "suggested", "suggested", "edition") not in found
        assert all(cause == "edition" for *_, cause in found)
        assert "ABT" not in {line[0] for line in found}


@pytest.mark.django_db
class TestCompare:
    def both(self):
        keys = [str(uuid4()) for _ in range(40)]
        old = register_of(
            [row(person=key, region=region(i)) for i, key in enumerate(keys)], types=("ABT", "LUT", "ODHA")
        )
        new = register_of(
            [
                row(person=key, region=region(i), rule_yes=("LUT", "ODHA"), by_fact=("LUT", "ODHA"))
                for i, key in enumerate(keys)
            ],
            types=("ABT", "LUT", "ODHA"),
        )
        return old, new

    @pytest.mark.parametrize("role", ["dinas_officer", "dinas_verifier", "case_supervisor"])
    def test_counts_exactly_the_people_behind_for(self, role, organisation):
        where = {"organisation": organisation} if role == "case_supervisor" else {"region": "21.02"}
        viewer = user_with(role, **where)
        found = compare(*self.both(), viewer)
        assert {change.need.code for change in found.changes()} == {"LUT", "ODHA"}
        for change in found.changes():
            behind = people_behind(found, viewer, change)
            assert change.people == behind.height > 0
        assert sum(part.more for part in found.by_sex()) == sum(line.people for line in found.changes())
        assert sum(part.more for part in found.by_area()) == sum(part.more for part in found.by_sex())

    def test_counts_every_pair_of_the_rows_once_by_sex_and_by_area(self, supervisor):
        keys = [str(uuid4()) for _ in range(3)]
        before = ({"rule_unknown": ("LUT",)}, {"rule_yes": ("LUT",)}, {})
        after = ({}, {}, {"rule_yes": ("LUT",)})
        old, new = (
            register_of(
                [row(person=key, region=region(0), **said) for key, said in zip(keys, told, strict=True)]
            )
            for told in (before, after)
        )
        told = compare(old, new, supervisor)
        for (part,) in (told.by_sex(), told.by_area()):
            assert (part.more, part.fewer, part.otherwise) == (1, 1, 1)

    def test_hides_highly_restricted_types_from_those_without_the_right(self, head):
        found = compare(*self.both(), head)
        assert {change.need.code for change in found.changes()} == {"LUT"}
        assert found.hidden == 1

    def test_shows_nobody_to_who_may_only_see_numbers(self, db):
        registrar = user_with("registrar")
        found = compare(*self.both(), registrar)
        assert found.people == 40
        assert all(people_behind(found, registrar, line).height == 0 for line in found.changes())

    def test_has_every_column_where_nothing_changed(self, supervisor):
        old, _ = self.both()
        found = compare(old, old, supervisor)
        assert (found.people, found.changes()) == (0, ())
        assert found.frame.schema == pl.Schema(CHANGE)


def region(number: int) -> str:
    return ("21.02.10.2003", "21.03.01.2001")[number % 2]
