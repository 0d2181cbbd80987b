from datetime import date

import pytest

from simpul.organisations.models import Facility, Officer, Organisation, Staff
from simpul.programmes.queries.strength_known import how_words, known_of
from tests.access.factories import user_with
from tests.organisations.papers import a_certificate
from tests.partners.making import in_force
from tests.programmes.making import TODAY
from tests.services.factories import a_service

NOTHING = ("purpose", "officers", "deed", "registered", "services", "staff", "own_income", "agreements")


def answers(body):
    return {code: told["answer"] for code, told in known_of(body, TODAY).items()}


def an_officer(body, until):
    return Officer.objects.create(
        organisation=body, unit="board", title="Ketua", name="Bu Salmah", until=until
    )


class TestKnownOf:
    def test_what_is_not_recorded_is_not_known_and_never_a_no(self, body):
        assert set(answers(body).values()) == {"unknown"}

    def test_knows_what_the_record_says(self, body):
        kept = {
            "deed_number": "12",
            "has_statutes": False,
            "legal_status": "legal_entity",
            "vision": "a",
            "mission": "b",
        }
        Organisation.objects.filter(pk=body.pk).update(**kept, yearly_own_income=0)
        found = answers(Organisation.objects.get(pk=body.pk))
        told = [found[code] for code in ("deed", "statutes", "legal_entity", "purpose", "own_income")]
        assert told == ["yes", "no", "yes", "yes", "no"]

    @pytest.mark.parametrize(
        ("valid_to", "answer"),
        [(date(2027, 2, 28), "yes"), (TODAY, "yes"), (date(2026, 11, 21), "no")],
        ids=["holds", "last_day", "ended"],
    )
    def test_a_registration_holds_until_its_last_day(self, body, valid_to, answer):
        a_certificate(body, valid_to=valid_to)
        assert answers(body)["registered"] == answer

    def test_an_accreditation_is_no_registration(self, body):
        a_certificate(body, kind="accreditation")
        found = answers(body)
        assert (found["accredited"], found["registered"]) == ("yes", "unknown")

    @pytest.mark.parametrize(
        ("terms", "answer"),
        [
            ([date(2027, 1, 1), date(2025, 1, 1)], "yes"),
            ([date(2025, 1, 1)], "no"),
            ([date(2025, 1, 1), None], "unknown"),
        ],
        ids=["one_in_term", "all_over", "an_open_one"],
    )
    def test_officers_are_in_term(self, body, terms, answer):
        for until in terms:
            an_officer(body, until)
        assert answers(body)["officers"] == answer

    @pytest.mark.parametrize(
        ("confirmed_on", "answer"), [(TODAY, "yes"), (date(2025, 1, 1), "no")], ids=["fresh", "stale"]
    )
    def test_a_service_was_confirmed_lately(self, body, confirmed_on, answer):
        a_service(body, confirmed_on=confirmed_on)
        assert answers(body)["services"] == answer

    def test_an_agreement_stands_until_its_last_day(self, body):
        head = user_with("head_of_lks", organisation=body.pk)
        in_force(body, head, until=date(2026, 11, 21))
        assert answers(body)["agreements"] == "no"
        in_force(body, head)
        assert answers(body)["agreements"] == "yes"

    def test_counts_without_naming_anybody(self, body):
        Staff.objects.create(organisation=body, name="Bu Halimah", profession="social_worker")
        Facility.objects.create(organisation=body, code="office")
        found = known_of(body, TODAY)
        assert found["staff"] == {"answer": "yes", "number": 1}
        assert "Halimah" not in str(found)


class TestHowWords:
    def test_names_the_paper_and_its_last_day(self, body):
        a_certificate(body, number="460/07/2024")
        words = how_words("registered", known_of(body, TODAY)["registered"])
        assert words == "Nomor 460/07/2024, berlaku sampai 28 Februari 2027."

    @pytest.mark.parametrize("code", NOTHING)
    def test_says_that_nothing_is_recorded(self, body, code):
        assert how_words(code, known_of(body, TODAY)[code]) == "Tidak tercatat di Simpul."

    def test_tells_how_many(self, body):
        an_officer(body, date(2027, 1, 1))
        assert how_words("officers", known_of(body, TODAY)["officers"]) == "1 pengurus dalam masa bakti."
