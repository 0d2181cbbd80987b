"""The change between two kept registers, against the engine that counts stock and flow of plain sets."""

import uuid
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.disclosure.counting import stock_and_flow
from simpul.population.facts import codes_in
from simpul.recaps.facts import Asked
from simpul.recaps.queries.changes import changes, compared
from tests.access.factories import ORGANISATION, user_with
from tests.population.factories import TYPES, kept, register_of, row

pytestmark = pytest.mark.django_db

EVE, LAST = date(2026, 10, 31), date(2026, 11, 30)
ASKED = Asked(since=date(2026, 11, 1), until=LAST, area="21.02")
ROLES = {
    "dinas_officer": {"region": "21.02"},
    "case_supervisor": {"organisation": ORGANISATION},
    "registrar": {},
}
SOMEBODY = str(uuid.UUID(int=1))


@pytest.fixture
def officer():
    return user_with("dinas_officer", region="21.02")


def both(first, last):
    kept(register_of(first, on=EVE))
    kept(register_of(last, on=LAST))


def cell(recap, table, line, column):
    found = next(one for one in recap.tables if one.key == table)
    cells = next(one for one in found.lines if one.key == line).cells
    return cells[[one.key for one in found.columns].index(column)]


class TestChanges:
    def test_says_that_no_register_of_the_start_is_kept(self, officer):
        kept(register_of([row(confirmed=("LUT",))], on=LAST))
        recap = changes(officer, ASKED)
        assert recap.tables == ()
        assert "31 Oktober 2026" in recap.limits[0]

    def test_says_from_which_day_it_counts_where_that_is_another(self, officer):
        kept(register_of([], on=date(2026, 10, 29)))
        kept(register_of([], on=LAST))
        assert "29 Oktober 2026" in changes(officer, ASKED).limits[0]

    def test_counts_who_changes_type_as_one_person_who_stayed(self, officer):
        both([row(person=SOMEBODY, confirmed=("ABT",))], [row(person=SOMEBODY, confirmed=("AT",))])
        recap = changes(officer, ASKED)
        assert cell(recap, "persons", "all", "start") == cell(recap, "persons", "all", "end") == 1
        assert cell(recap, "types-person", "AT", "new") == 1

    @pytest.mark.parametrize(
        ("now", "reason"),
        [
            ({"gone": "died", "confirmed": ("LUT",)}, "died"),
            ({"region": "14.01.01.2001", "confirmed": ("LUT",)}, "moved"),
            ({"refused": ("LUT",)}, "refused"),
            ({}, "unknown"),
        ],
        ids=["died", "moved", "refused", "nobody said why"],
    )
    def test_says_why_somebody_left(self, officer, now, reason):
        both([row(person=SOMEBODY, confirmed=("LUT",))], [row(person=SOMEBODY, **now)])
        assert cell(changes(officer, ASKED), "types-person", "LUT", f"why:{reason}") == 1

    def test_takes_who_is_in_no_register_any_more_for_an_error_of_data(self, officer):
        both([row(person=SOMEBODY, confirmed=("LUT",))], [])
        assert cell(changes(officer, ASKED), "types-person", "LUT", "why:in_error") == 1

    def test_says_nothing_of_highly_restricted_types_to_who_may_not_know_them(self):
        both([], [row(person=SOMEBODY, confirmed=("PD",))])
        recap = changes(user_with("registrar"), ASKED)
        assert cell(recap, "persons", "all", "end") == 0
        assert "PD" not in {line.key for table in recap.tables for line in table.lines}


@st.composite
def two_registers(draw):
    people = [
        {"person": str(uuid.UUID(int=number)), "organisation": draw(st.sampled_from([ORGANISATION, None]))}
        for number in range(1, draw(st.integers(1, 8)))
    ]
    types = st.sets(st.sampled_from(TYPES)).map(tuple)
    region = st.sampled_from(["21.02.01.1001", "21.02", "14.01.01.2001"])
    days = []
    for _day in range(2):
        some = [one for one in people if draw(st.booleans())]
        days.append([row(**one, confirmed=draw(types), region=draw(region)) for one in some])
    return days


class TestCompared:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_ties_and_counts_as_the_engine_does(self, role, monkeypatch):
        reader = user_with(role, **ROLES[role])

        @settings(max_examples=15, deadline=None)
        @given(two_registers())
        def holds(days):
            first, last = (
                register_of(rows, on=on, digest=mark * 64)
                for rows, on, mark in zip(days, (EVE, LAST), "ab", strict=True)
            )
            frame = compared(reader, ASKED, first, last)
            sides = [
                {one["person"]: set(codes_in(one[word], TYPES)) for one in frame.iter_rows(named=True)}
                for word in ("before", "after")
            ]
            flows = stock_and_flow(*sides)
            for number, code in enumerate(TYPES):
                bits = [frame.filter((frame[word] // 2**number % 2) == 1) for word in ("before", "after")]
                flow = flows.by_type.get(code)
                assert [one.height for one in bits] == ([flow.start, flow.end] if flow else [0, 0])

        holds()

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_has_lines_that_tie(self, role):
        both(
            [row(confirmed=("LUT", "PD")), row(person=SOMEBODY, confirmed=("AT",))],
            [row(person=SOMEBODY, refused=("AT",)), row(confirmed=("ABT",))],
        )
        for table in changes(user_with(role, **ROLES[role]), ASKED).tables:
            for line in table.lines:
                start, new, *_why, left, end = line.cells
                assert start + new - left == end
                assert sum(_why) == left
