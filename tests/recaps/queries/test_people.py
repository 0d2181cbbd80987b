"""Recaps of people, against a plain count of the rows behind them."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.places.models import Region, RegionChange
from simpul.population.queries.register import Register
from simpul.recaps.facts import Asked
from simpul.recaps.queries import RECAPS, people
from simpul.recaps.queries.people import behind, by_age, by_area
from tests.access.factories import ORGANISATION, give, user_with
from tests.places.factories import few_regions
from tests.population.factories import ON, kept, register_of, row

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
ASKED = Asked(since=date(2026, 11, 1), until=ON, area=KARIMUN)


@pytest.fixture
def officer():
    return user_with("dinas_officer", region=KARIMUN)


@pytest.fixture
def counts(monkeypatch):
    """Makes a register of rows the one that is counted, without a file."""

    def use(*rows: dict) -> Register:
        register = register_of(rows)
        monkeypatch.setattr(people, "register_on", lambda on, edition: register)
        return register

    return use


def table(recap, key):
    return next(one for one in recap.tables if one.key == key)


def cell(found, line, column):
    place = [one.key for one in found.columns].index(column)
    return next(one for one in found.lines if one.key == line).cells[place]


class TestByArea:
    def test_counts_a_person_with_two_types_once_and_the_pairs_beside(self, officer, counts):
        counts(row(sex="P", confirmed=("LUT", "PD")))
        persons = table(by_area(officer, ASKED, code="R2"), "persons")
        assert [cell(persons, "21.02.10", column) for column in ("L", "P", "?", "all", "pairs")] == [
            0,
            1,
            0,
            1,
            2,
        ]

    def test_keeps_who_has_no_sex_recorded_in_a_column(self, officer, counts):
        counts(row(sex="", confirmed=("LUT",)))
        assert cell(table(by_area(officer, ASKED, code="R2"), "types"), "21.02.10", "LUT:?") == 1

    def test_keeps_who_lives_nobody_knows_where_in_a_line(self, officer, counts):
        counts(row(region="21.02", confirmed=("LUT",)))
        assert cell(table(by_area(officer, ASKED, code="R2"), "persons"), "?", "all") == 1

    def test_leaves_out_what_only_a_rule_suggests(self, officer, counts):
        counts(row(rule_yes=("LUT",)))
        assert table(by_area(officer, ASKED, code="R2"), "persons").total.cells[3] == 0

    def test_counts_what_rules_suggest_where_that_is_asked_for_but_nothing_decided(self, officer, counts):
        counts(
            row(rule_yes=("LUT",)),
            row(rule_yes=("LUT",), refused=("LUT",)),
            row(rule_yes=("LUT",), confirmed=("LUT",)),
        )
        asked = Asked(since=ON, until=ON, area=KARIMUN, suggested=True)
        assert table(by_area(officer, asked, code="R2"), "persons").total.cells[3] == 1

    def test_leaves_out_who_died_or_moved_away(self, officer, counts):
        counts(row(confirmed=("LUT",), gone="died"))
        assert table(by_area(officer, ASKED, code="R2"), "persons").total.cells[3] == 0

    def test_counts_nobody_whom_the_reader_does_not_reach(self, counts):
        counts(row(confirmed=("LUT",), region="14.01.01.2001", organisation=None))
        stranger = user_with("dinas_officer", region=KARIMUN)
        assert by_area(stranger, ASKED, code="R2").tables[0].total.cells[3] == 0

    def test_asks_for_the_area_that_it_needs(self, officer, counts):
        assert "kecamatan" in by_area(officer, ASKED, code="R1").limits[0]

    def test_says_that_nothing_was_screened_yet(self, officer, monkeypatch):
        monkeypatch.setattr(people, "register_on", lambda on, edition: None)
        assert "Seluruh register" in by_area(officer, ASKED, code="R2").limits[0]

    def test_names_every_region_below_also_with_nobody_in_it(self, officer, counts):
        Region.objects.create(
            code="21.02.01",
            name="Moro",
            level=3,
            kind="district",
            parent=_karimun(),
            search_name="moro",
            decree="-",
            valid_from=ON,
        )
        counts(row(confirmed=("LUT",)))
        assert cell(table(by_area(officer, ASKED, code="R2"), "persons"), "21.02.01", "all") == 0

    @pytest.mark.parametrize(
        ("days_ago", "code"),
        [(0, "21.02.10.2004"), (-1, "21.02.10.2003")],
        ids=["replaced on that day", "replaced on the day after"],
    )
    def test_counts_by_the_codes_in_force_on_the_day(self, officer, counts, days_ago, code):
        """People keep the old code of a village until somebody changes it."""
        few_regions()
        renewed_on = ON - timedelta(days=days_ago)
        Region.objects.filter(code="21.02.10.2003").update(valid_to=renewed_on)
        Region.objects.filter(code="21.02.10.2004").update(valid_from=renewed_on)
        RegionChange.objects.create(old_code="21.02.10.2003", new_code="21.02.10.2004")
        counts(row(confirmed=("LUT",), region="21.02.10.2003"))
        persons = table(by_area(officer, replace(ASKED, area="21.02.10"), code="R1"), "persons")
        assert [(line.key, line.cells[3]) for line in persons.lines] == [(code, 1)]

    def test_finds_in_a_new_area_who_is_kept_under_its_old_code(self, counts):
        few_regions()
        reader = user_with("dinas_officer", region="91")
        give(reader, "dinas_officer", region="93")
        counts(row(confirmed=("LUT",), region="91.01.01"))
        asked = replace(ASKED, area="93")
        assert by_area(reader, asked, code="R3").tables[0].lines[0].cells[3] == 1
        assert behind(reader, asked, "persons", "93.01", "all").sum == 1

    def test_reads_what_a_night_kept(self, officer):
        kept(register_of([row(confirmed=("LUT",))]))
        assert by_area(officer, ASKED, code="R2").tables[0].total.cells[3] == 1


def _karimun():
    province, _ = Region.objects.get_or_create(
        code="21",
        defaults={
            "name": "Kepulauan Riau",
            "level": 1,
            "kind": "province",
            "search_name": "kepulauanriau",
            "decree": "-",
            "valid_from": ON,
        },
    )
    made, _ = Region.objects.get_or_create(
        code=KARIMUN,
        defaults={
            "name": "Karimun",
            "level": 2,
            "kind": "regency",
            "parent": province,
            "search_name": "karimun",
            "decree": "-",
            "valid_from": ON,
        },
    )
    return made


class TestByAge:
    def test_stands_in_the_band_of_its_age(self, officer, counts):
        counts(row(sex="L", age=70, confirmed=("LUT",)))
        assert cell(table(by_age(officer, ASKED), "ages"), "LUT", "70+:L") == 1

    @pytest.mark.parametrize("ages", [(None, None), (58, 61)], ids=["unknown", "between two bands"])
    def test_keeps_who_fits_into_no_one_band_in_columns_of_their_own(self, officer, counts, ages):
        counts(row(age_least=ages[0], age_most=ages[1], confirmed=("LUT",)))
        assert cell(table(by_age(officer, ASKED), "ages"), "LUT", "?:all") == 1


PEOPLE = st.lists(
    st.builds(
        row,
        sex=st.sampled_from(["L", "P", ""]),
        age=st.one_of(st.none(), st.integers(0, 100)),
        region=st.sampled_from(["21.02", "21.02.01.1001", "21.02.10.2003", "14.01.01.2001", ""]),
        organisation=st.sampled_from([str(ORGANISATION), str(uuid.UUID(int=7))]),
        confirmed=st.sets(st.sampled_from(["ABT", "AT", "LUT", "PD"])).map(tuple),
        gone=st.sampled_from(["", "", "died"]),
    ),
    max_size=12,
)
ROLES = {
    "dinas_officer": {"region": KARIMUN},
    "case_supervisor": {"organisation": ORGANISATION},
    "head_of_lks": {"organisation": ORGANISATION},
}


class TestKnownTo:
    @pytest.mark.parametrize(
        ("role", "number"), [("registrar", 1), ("dinas_officer", 2)], ids=["without the right", "with it"]
    )
    def test_counts_highly_restricted_types_only_for_who_may_know_them(self, role, number, counts):
        counts(row(sex="P", confirmed=("LUT",)), row(sex="P", confirmed=("PD",)))
        recap = by_area(
            user_with(role, **({} if role == "registrar" else {"region": KARIMUN})), ASKED, code="R2"
        )
        persons, types = table(recap, "persons"), table(recap, "types")
        assert [cell(persons, "21.02.10", column) for column in ("all", "pairs")] == [number, number]
        assert ("PD:all" in {one.key for one in types.columns}) == (number == 2)
        assert ("Tidak dihitung" in dict(recap.heading)) == (number == 1)

    def test_leaves_them_out_of_who_lives_beyond_that_right(self, counts):
        reader = user_with("registrar")
        reader.grants.create(role="dinas_officer", region="21.03")
        reader.forget_grants()
        counts(row(confirmed=("PD", "LUT")))
        recap = by_area(reader, ASKED, code="R2")
        assert cell(table(recap, "persons"), "21.02.10", "pairs") == 1
        assert cell(table(recap, "types"), "21.02.10", "PD:all") == 0


class TestBehind:
    def test_is_a_household_once_however_many_live_in_it(self, officer, counts, monkeypatch):
        home = str(uuid.uuid4())
        counts(row(household=home, confirmed=("LUT",)), row(household=home, confirmed=("LUT",)))
        rows = [
            behind(officer, ASKED, "family", "21.02.10", f"LUT:{which}") for which in ("units", "members")
        ]
        assert [(one.of, one.sum) for one in rows] == [("household", 1), ("found", 2)]

    @pytest.mark.parametrize("role", sorted(ROLES))
    @pytest.mark.parametrize("code", ["R2", "R4"])
    def test_finds_as_many_as_every_number_says_for_each_role(self, role, code):
        reader = user_with(role, **ROLES[role])

        @settings(max_examples=15, deadline=None)
        @given(PEOPLE)
        def holds(rows):
            register = register_of(rows)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(people, "register_on", lambda on, edition: register)
                recap = RECAPS[code].make(reader, ASKED)
                for found in recap.tables:
                    _all_agree(reader, found)

        holds()


def _all_agree(reader, found):
    for line in (*found.lines, *filter(None, [found.total])):
        for column, number in zip(found.columns, line.cells, strict=True):
            assert behind(reader, ASKED, found.key, line.key, column.key).sum == number, (line, column)


class TestTotals:
    @settings(max_examples=25, deadline=None)
    @given(PEOPLE)
    def test_are_the_sums_of_their_lines(self, rows):
        register = register_of(rows)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(people, "register_on", lambda on, edition: register)
            reader = user_with("registrar")
            recap = by_area(reader, ASKED, code="R2")
        for found in recap.tables:
            sums = [sum(column) for column in zip(*(line.cells for line in found.lines), strict=True)]
            assert not found.lines or list(found.total.cells) == sums
