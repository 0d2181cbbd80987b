from datetime import date, timedelta
from uuid import uuid4

import pytest

from simpul.organisations.models import Account, Certificate, Facility, Officer, Paper, Report, Staff
from simpul.organisations.queries.standing_known import Known, known
from tests.organisations.factories import organisation
from tests.organisations.standing import DAY, MOMENT, PANGKE, served

pytestmark = pytest.mark.django_db

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def body():
    return organisation()


def paper(body, kind, **details):
    return Paper.objects.create(organisation=body, kind=kind, at=MOMENT, by_name="Ibu Farida", **details)


def officer(body, unit, job="Memimpin rapat"):
    return Officer.objects.create(organisation=body, unit=unit, title="Ketua", name="Pak Hamdan", job=job)


class TestKnown:
    def test_knows_nothing_of_an_empty_record(self, body):
        assert known(body, DAY) == {}

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("deed_number", "12", "deed"),
            ("approval_number", "AHU-1", "approval"),
            ("npwp", "1" * 15, "npwp"),
            ("vision", "Anak terlindungi", "vision"),
            ("mission", "Mengasuh", "mission"),
            ("goals", [{"kind": "social", "words": "Anak terlindungi"}], "goals"),
            ("has_statutes", True, "statutes"),
            ("need_types", ["AT"], "target"),
        ],
    )
    def test_takes_what_is_recorded_for_a_yes(self, body, field, value, code):
        setattr(body, field, value)
        assert known(body, DAY) == {code: Known("yes", f"field:{field}")}

    def test_takes_no_statutes_for_a_no(self, body):
        body.has_statutes = False
        assert known(body, DAY)["statutes"].answer == "no"

    def test_takes_no_legal_entity_for_no_approval(self, body):
        body.legal_status = "no_legal_entity"
        assert known(body, DAY) == {"approval": Known("no", "no_legal_entity")}

    @pytest.mark.parametrize(
        ("valid_to", "answer"), [(None, "yes"), (AFTER, "yes"), (DAY, "yes"), (BEFORE, "no")]
    )
    def test_reads_a_letter_by_its_last_day(self, body, valid_to, answer):
        paper(body, "domicile", valid_to=valid_to)
        assert known(body, DAY)["domicile"].answer == answer

    def test_forgets_a_letter_that_was_replaced(self, body):
        newer = paper(body, "domicile", valid_to=AFTER)
        paper(body, "domicile", valid_to=BEFORE, replaced_by=newer)
        assert known(body, DAY)["domicile"].answer == "yes"

    def test_counts_a_certificate_only_while_it_holds(self, body):
        Certificate.objects.create(
            organisation=body, kind="registration", number="1", issuer="Dinas", code="ABC", at=MOMENT,
            issued_on=date(2025, 1, 1), valid_to=DAY,
        )  # fmt: skip
        assert known(body, DAY)["licence"] == Known("yes", "certificate")
        assert "licence" not in known(body, AFTER)

    def test_asks_for_all_four_units(self, body):
        for unit in ("founders", "overseers", "board"):
            officer(body, unit)
        assert "units" not in known(body, DAY)
        officer(body, "operations")
        assert known(body, DAY)["units"].answer == "yes"

    def test_asks_for_the_description_of_every_job(self, body):
        officer(body, "board")
        assert known(body, DAY)["job_descriptions"].answer == "yes"
        officer(body, "overseers", job="")
        assert "job_descriptions" not in known(body, DAY)

    def test_forgets_who_has_left(self, body):
        Staff.objects.create(organisation=body, name="Bu Salmah", profession="social_worker", ended_on=BEFORE)
        Staff.objects.create(organisation=body, name="Pak Idris", profession="educator", since=AFTER)
        assert known(body, DAY) == {}

    def test_takes_a_facility_of_which_there_is_none_for_a_no(self, body):
        Facility.objects.create(organisation=body, code="safe", amount=0)
        Facility.objects.create(organisation=body, code="signboard", amount=1)
        found = {code: one.answer for code, one in known(body, DAY).items()}
        assert found == {"safe": "no", "signboard": "yes"}

    def test_takes_area_account_and_report_from_their_lists(self, body):
        served(body, PANGKE)
        Account.objects.create(organisation=body, bank="Bank", holder="LKS")
        Report.objects.create(
            organisation=body, since=date(2025, 1, 1), until=date(2025, 12, 31), due_on=date(2026, 1, 31),
            state="received", at=MOMENT,
        )  # fmt: skip
        assert {"area", "bank_book", "reporting"} <= known(body, DAY).keys()

    def test_leaves_out_the_home_where_nobody_lives_in(self, body):
        body.service_systems = ["outreach"]
        assert known(body, DAY) == {"bedroom": Known("not_applicable", "residential")}

    @pytest.mark.parametrize("nature", ["federative", "coordinating"])
    def test_leaves_out_the_service_of_who_only_coordinates(self, body, nature):
        body.nature = nature
        found = known(body, DAY)
        assert {one.answer for one in found.values()} == {"not_applicable"}
        assert "service_methods" in found

    def test_asks_the_same_number_of_questions_for_much(self, body, django_assert_num_queries):
        for number in range(10):
            paper(body, "other", title=str(number))
            officer(body, "board")
        with django_assert_num_queries(8):
            known(body, DAY)

    def test_is_about_this_body_alone(self, body):
        officer(organisation(name=str(uuid4())), "board")
        assert known(body, DAY) == {}
