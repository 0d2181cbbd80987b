from datetime import date

import pytest

from simpul.organisations.actions.registration import submit
from simpul.organisations.actions.registration_checks import pass_to_decision
from simpul.organisations.actions.registration_decisions import issue, refuse
from simpul.organisations.queries.oversight_reports import periods_of
from simpul.organisations.queries.registration import (
    kinds_offered,
    overdue,
    panel,
    queue,
    waits,
)
from simpul.organisations.queries.registration_office import clock_of, judged_office
from simpul.organisations.queries.registration_printed import areas_printed, types_printed
from simpul.organisations.queries.registration_rules import default_name
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.office import certificate
from tests.organisations.registering import (
    RIAU_ISLANDS,
    TODAY,
    a_body,
    act,
    approved,
    at_desk,
    begun,
    checked,
    given_back,
    head_of,
    officer_at,
    refused,
    registrar_at,
    sent,
)
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 30)


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def head(body):
    return head_of(body)


class TestQueue:
    def test_holds_what_this_office_has_in_hand(self, body, head):
        run = sent(body, head)
        assert list(queue(officer_at(), TODAY)) == [run]
        assert not queue(officer_at("21.03"), TODAY).exists()

    def test_of_a_province_leaves_out_what_its_regencies_do(self, body, head):
        sent(body, head)
        assert not queue(officer_at(RIAU_ISLANDS), TODAY).exists()

    def test_leaves_out_drafts_and_what_the_applicant_mends(self, body, head):
        officer = officer_at()
        other = a_body(name="LKS Lain")
        begun(other, head_of(other))
        given_back(body, head, officer)
        assert not queue(officer, TODAY).exists()

    def test_knows_what_is_late_from_the_day_after(self, body, head):
        run, officer = sent(body, head), officer_at()
        assert not overdue(officer, run.due_on).exists()
        assert list(overdue(officer, LATER)) == [run]

    def test_keeps_as_late_what_was_returned_when_its_days_were_over(self, body, head):
        officer = officer_at()
        run = given_back(body, head, officer, date(2026, 12, 2))
        run = act(submit, run, head, date(2026, 12, 7))
        assert clock_of(run, date(2026, 12, 7)).is_late
        assert list(overdue(officer, date(2026, 12, 7))) == [run]
        assert waits(officer, date(2026, 12, 7))[0].is_late

    def test_asks_once_for_many(self, body, head, django_assert_num_queries):
        officer = officer_at()
        for number in range(3):
            other = a_body(name=f"LKS {number}")
            sent(other, head_of(other))
        officer.grants_with("registration.check")
        with django_assert_num_queries(1):
            assert len([run.organisation.name for run in queue(officer, TODAY)]) == 3


class TestWaits:
    def test_tells_each_what_waits_for_them(self, body, head):
        sent(body, head)
        officer = officer_at()
        assert [one.number for one in waits(officer, TODAY)] == [1]
        assert waits(officer, LATER)[0].is_late
        assert waits(registrar_at("21.03"), TODAY) == ()
        assert waits(head, TODAY) == ()

    def test_tells_the_applicant_of_a_return(self, body, head):
        run = given_back(body, head, officer_at())
        (waiting,) = waits(head, TODAY)
        assert str(run.pk) in waiting.href
        assert waiting.is_late

    def test_tells_the_applicant_of_a_refusal_until_it_begins_again(self, body, head):
        run = refused(body, head, officer_at(), registrar_at())
        (waiting,) = waits(head, TODAY)
        assert ("mulai lagi" in waiting.words, waiting.is_late) == (True, True)
        assert str(run.pk) in waiting.href
        begun(body, head)
        assert [one.words for one in waits(head, TODAY)] == ["Permohonan pendaftaran belum diajukan"]

    def test_tells_the_applicant_of_an_approval_and_then_of_the_certificate(self, body, head):
        registrar = registrar_at()
        run = approved(body, head, officer_at(), registrar)
        assert "disetujui" in waits(head, TODAY)[0].words
        given = act(issue, run, registrar, valid_to=None)
        assert [str(given.pk) in one.href for one in waits(head, TODAY)] == [True]
        assert waits(head, LATER) == ()


class TestClock:
    def test_counts_the_working_days_that_were_used(self, body, head):
        clock = clock_of(sent(body, head), date(2026, 11, 10))
        assert (clock.used, clock.left, clock.is_late, clock.unknown_years) == (4, 10, False, ())

    def test_stands_still_while_the_applicant_mends(self, body, head):
        run = given_back(body, head, officer_at())
        assert clock_of(run, LATER).used == clock_of(run, TODAY).used == 0

    def test_says_of_which_years_no_holidays_are_known(self, body, head):
        run = sent(body, head, date(2026, 12, 28))
        assert clock_of(run, date(2026, 12, 28)).unknown_years == (2027,)


class TestPanel:
    def test_shows_everybody_the_certificate_and_the_rest_to_who_may(self, body, head):
        certificate(body, "registration", issued_on=TODAY, valid_to=None)
        begun(body, head, "renewal")
        public, inside = panel(body, user_with("researcher"), TODAY), panel(body, head, TODAY)
        assert public.held.words == inside.held.words == "Berlaku"
        assert (public.run, public.report_on) == (None, None)
        assert (inside.run.kind, inside.report_on) == ("renewal", date(2027, 1, 31))

    def test_tells_the_applicant_what_was_missing(self, body, head):
        officer = officer_at()
        run = at_desk(body, head, officer)
        checked(run, officer, {"R04": ("missing", "Belum ada bagan.")})
        act(pass_to_decision, run, officer, words="Ditolak saja.")
        act(refuse, run, registrar_at(), grounds=["incomplete"], because="Bagannya belum ada.")
        told = panel(body, head, TODAY).refused
        assert told.lines == ("Struktur organisasi lembaga",)
        assert [title for title, _mend in told.grounds] == ["Persyaratan tidak lengkap"]
        assert panel(body, officer, TODAY).refused is None

    def test_of_a_government_body_there_is_none(self):
        dinas = organisation(kind="dinas")
        assert panel(dinas, user_with("researcher"), TODAY) is None

    @pytest.mark.parametrize(
        ("details", "kinds"),
        [
            pytest.param(None, ["new", "renewal"], id="never"),
            pytest.param({}, ["renewal", "change"], id="holds-one"),
            pytest.param({"state": "withdrawn"}, ["new"], id="withdrawn"),
            pytest.param({"valid_to": date(2026, 1, 1)}, ["renewal", "new"], id="run-out"),
        ],
    )
    def test_offers_the_kinds_that_fit(self, body, details, kinds):
        if details is not None:
            issued = {"issued_on": date(2025, 1, 1), "valid_to": None}
            certificate(body, "registration", **{**issued, **details})
        assert [code for code, _words in kinds_offered(body, TODAY)] == kinds


class TestReportOn:
    def test_is_the_same_day_as_the_reports_page_says(self, body):
        certificate(body, "registration", issued_on=date(2024, 2, 29), valid_to=None, issuer_region="21.02")
        told = panel(body, head_of(body), TODAY).report_on
        assert told == date(2027, 1, 31) == periods_of(body, TODAY)[0].period.due_on

    def test_is_not_owed_once_it_has_run_out(self, body):
        certificate(body, "registration", issued_on=date(2020, 1, 1), valid_to=date(2021, 1, 1))
        assert panel(body, head_of(body), TODAY).report_on is None


class TestOffice:
    def test_is_not_known_without_an_area(self):
        assert not judged_office(a_body(areas=()), TODAY).is_known

    def test_is_called_by_its_region(self):
        few_regions()
        names = [default_name(code) for code in ("21.02", "21", "")]
        assert names == [
            "Dinas Sosial Kab. Karimun",
            "Dinas Sosial Provinsi Kepulauan Riau",
            "Kementerian Sosial Republik Indonesia",
        ]


class TestPrinted:
    def test_many_areas_are_told_by_their_regency(self):
        codes = [f"21.02.{number:02}" for number in range(1, 12)]
        assert areas_printed(codes) == "21.02 (11 wilayah)"
        assert areas_printed(codes[:2]) == "21.02.01; 21.02.02"

    def test_types_by_their_names(self):
        assert types_printed(["X1"]) == "X1"
        assert types_printed([f"X{number}" for number in range(14)]).endswith("dan 2 jenis lain")
