from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.rules import Answer
from simpul.organisations.actions.sources import answer_criteria
from simpul.organisations.actions.sources_life import stop_source
from simpul.organisations.actions.sources_papers import strike_training
from simpul.organisations.models import Source
from simpul.organisations.queries.sources import counts_by_area, counts_by_type, listed, waits
from simpul.organisations.queries.sources_judged import judged, questions
from simpul.organisations.queries.sources_list import Filters, within_reach
from simpul.organisations.queries.sources_one import also_as, trainings_of
from tests.access.factories import user_with
from tests.organisations import sources_factories as make

pytestmark = pytest.mark.django_db
ON = make.ON
DAY = timedelta(days=1)


def line(row, code, on=ON):
    found = judged(row, trainings_of(row), on, "id")
    return next(one for one in found.lines if one.finding.about == code)


class TestJudged:
    def test_a_birthday_changes_the_finding_without_an_edit(self, officer):
        row = make.source(officer, "TAGANA", born=date(1986, 11, 22))
        assert line(row, "a", on=date(2027, 11, 21)).finding.answer is Answer.YES
        assert line(row, "a", on=date(2027, 11, 22)).finding.answer is Answer.NO

    def test_counts_what_is_met_missing_and_open(self, officer):
        row = make.source(officer, born=date(1990, 3, 15))
        row = answer_criteria(row, by=officer, version=1, answers={"citizen": True, "healthy": False}, on=ON)
        found = judged(row, [], ON, "id")
        assert (found.met, found.unmet, found.open) == (2, 1, 5)

    def test_follows_a_certificate_to_its_last_day(self, officer):
        row = make.source(officer, "PEKSOS")
        make.training(row, officer, kind="competence", valid_to=ON)
        assert line(row, "a").finding.answer is Answer.YES
        assert line(row, "a", on=ON + DAY).finding.answer is Answer.NO

    def test_a_struck_certificate_says_nothing(self, officer):
        row = make.source(officer, "PEKSOS")
        strike_training(make.training(row, officer, kind="competence"), by=officer, reason="wrong")
        assert line(row, "a").finding.answer is Answer.UNKNOWN

    def test_what_was_told_stands_where_no_certificate_is_kept(self, officer):
        row = make.source(officer, "PEKSOS")
        row = answer_criteria(row, by=officer, version=1, answers={"competence_certified": True}, on=ON)
        assert line(row, "a").finding.answer is Answer.YES

    def test_says_nothing_of_a_type_that_is_no_longer_known(self, officer):
        row = make.source(officer)
        row.type_code = "GONE"
        assert judged(row, [], ON, "id") is None
        assert questions(row, ON) == ()


class TestServing:
    @given(
        since=st.none() | st.integers(-3, 3),
        until=st.none() | st.integers(-3, 3),
        stopped=st.none() | st.integers(-3, 3),
        day=st.integers(-3, 3),
    )
    def test_row_and_question_agree_on_every_day(self, since, until, stopped, day):
        days = {"serves_since": since, "serves_until": until, "inactive_since": stopped}
        moved = {name: None if n is None else ON + n * DAY for name, n in days.items()}
        kept = {"type_code": "PSM", "unit": "person", "name": "X", "region": "21.02", "at": make.AT}
        row = Source.objects.create(registered_on=ON, **kept, **moved)
        asked = Source.objects.filter(pk=row.pk).serving_on(ON + day * DAY).exists()
        assert row.serves_on(ON + day * DAY) is asked


class TestListed:
    def test_tells_name_type_area_and_skills_and_nothing_else(self, officer):
        row = make.source(officer, born=date(1990, 3, 15), nik=make.NIK, phone="0812", skills=["boat"])
        make.agreed(row, officer)
        assert set(listed(ON).get()) == {"id", "name", "type_code", "unit", "region", "areas", "skills"}

    def test_holds_nobody_who_did_not_agree(self, officer):
        make.source(officer)
        assert not listed(ON).exists()

    def test_loses_who_no_longer_serves_on_the_day_after(self, officer):
        row = make.source(officer, born=date(1990, 3, 15), serves_until=ON)
        make.agreed(row, officer)
        assert listed(ON).exists()
        assert not listed(ON + DAY).exists()

    def test_begins_on_the_day_of_the_agreement(self, officer):
        make.agreed(make.source(officer, born=date(1990, 3, 15), serves_since=date(2020, 1, 1)), officer)
        assert not listed(ON - DAY).exists()


class TestCountsByType:
    def test_counts_women_and_men_of_types_of_persons(self, officer):
        for sex, name in (("P", "Sri"), ("P", "Ani"), ("L", "Udin"), ("", "Kiki")):
            make.source(officer, name=name, sex=sex)
        make.source(officer, "KT", name="Karang Taruna")
        counted = {one.type.code: one for one in counts_by_type("21.02", ON)}
        psm, youth = counted["PSM"], counted["KT"]
        assert (psm.total, psm.female, psm.male, psm.untold) == (4, 2, 1, 1)
        assert (youth.total, youth.untold) == (1, 0)

    def test_keeps_to_the_area_and_to_what_may_be_seen(self, officer):
        make.source(officer)
        nobody = Source.objects.reachable(user_with("dinas_officer", region="21.71"), "source.view")
        assert sum(one.total for one in counts_by_type("21.71", ON)) == 0
        assert sum(one.total for one in counts_by_type("", ON)) == 1
        assert sum(one.total for one in counts_by_type("", ON, among=nobody)) == 0

    def test_the_areas_below_add_up_to_the_whole(self, officer):
        make.source(officer)
        make.source(officer, name="Sri", region="21.02.01.1001")
        make.source(officer, name="Ani", region="21.02")
        below = counts_by_area("21.02", ON)
        assert set(below) == {"21.02", "21.02.01", "21.02.10"}
        totals = [sum(one.total for one in rows) for rows in below.values()]
        assert sum(totals) == sum(one.total for one in counts_by_type("21.02", ON))

    def test_asks_once_for_the_sources_for_the_types_of_offices_and_for_codes_that_were_replaced(
        self, officer, django_assert_num_queries
    ):
        make.source(officer)
        with django_assert_num_queries(3):
            counts_by_type("21.02", ON)


class TestAlsoAs:
    def test_finds_the_same_number_in_another_type(self, officer):
        first = make.source(officer, nik=make.NIK)
        second = make.source(officer, "TAGANA", nik=make.NIK, is_another=True)
        assert also_as(first, officer) == [second]

    def test_finds_nobody_without_a_number(self, officer):
        make.source(officer, "TAGANA")
        assert also_as(make.source(officer, name="Sri"), officer) == []


class TestWithinReach:
    def test_an_address_is_read_and_written_alike(self):
        asked = {"jenis": "PSM", "wilayah": "21.02", "keadaan": "surat", "keahlian": "boat", "hari": "3"}
        filters = Filters.read(asked)
        assert filters.address() == "jenis=PSM&wilayah=21.02&keadaan=surat&keahlian=boat&hari=3"

    def test_what_is_not_offered_is_left_out(self):
        asked = {"jenis": "XYZ", "keadaan": "x", "keahlian": "x", "hari": "9"}
        assert Filters.read(asked) == Filters()

    @pytest.mark.parametrize(("state", "found"), [("", 1), ("berhenti", 1), ("semua", 2), ("kosong", 1)])
    def test_states_part_the_rows(self, officer, state, found):
        make.source(officer)
        stop_source(make.source(officer, name="Sri"), by=officer, reason="moved", since=ON, on=ON)
        assert within_reach(officer, Filters(state=state), ON).count() == found

    @pytest.mark.parametrize(("on", "found"), [(date(2028, 11, 20), 0), (date(2028, 11, 21), 1)])
    def test_data_are_reviewed_two_years_after_somebody_stopped(self, officer, on, found):
        stop_source(make.source(officer), by=officer, reason="moved", since=ON, on=ON)
        assert within_reach(officer, Filters(state="simpan"), on).count() == found


class TestWaits:
    def test_is_empty_where_nothing_waits(self, officer):
        make.source(officer)
        assert waits(officer, ON) == ()

    @pytest.mark.parametrize(("days", "is_late"), [(90, False), (0, False), (-1, True)])
    def test_tells_letters_that_end(self, officer, days, is_late):
        make.source(officer, serves_until=ON + days * DAY)
        (one,) = waits(officer, ON)
        assert (one.number, one.is_late) == (1, is_late)
        assert one.href.endswith("?keadaan=surat")

    def test_a_letter_that_ends_later_does_not_wait(self, officer):
        make.source(officer, serves_until=ON + 91 * DAY)
        assert waits(officer, ON) == ()

    @pytest.mark.parametrize(("days", "is_late"), [(180, False), (-1, True)])
    def test_tells_certificates_that_run_out(self, officer, days, is_late):
        row = make.source(officer)
        make.training(row, officer, kind="practice", valid_to=ON + days * DAY)
        (one,) = waits(officer, ON)
        assert (one.number, one.is_late) == (1, is_late)

    def test_a_newer_certificate_settles_it(self, officer):
        row = make.source(officer)
        make.training(row, officer, kind="practice", valid_to=ON)
        make.training(row, officer, kind="practice", valid_to=ON + 400 * DAY)
        assert waits(officer, ON) == ()

    def test_tells_nothing_to_who_only_sees(self, officer, verifier):
        make.source(officer, serves_until=ON)
        assert waits(verifier, ON) == ()


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "area"), [("21.02", "21.02"), ("21.02\0", ""), ("\0", ""), ("Karimun", "")], ids=repr
    )
    def test_takes_only_codes_of_areas(self, asked, area):
        assert Filters.read({"wilayah": asked}).area == area

    def test_looks_for_a_name_without_zero_characters(self):
        assert Filters().named("Ha\0san ").text == "Hasan"
