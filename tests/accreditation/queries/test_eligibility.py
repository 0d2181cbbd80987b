from datetime import timedelta

import pytest

from simpul.access.refusal import Refusal
from simpul.accreditation.queries.eligibility import (
    eligibility,
    reasons,
    require_may_apply,
    require_may_start,
)
from simpul.catalogue import accreditation as catalogue
from simpul.engines.reasons import Answer
from simpul.organisations.models import Certificate, Flag, Sanction
from tests.accreditation.factories import body, now, registered, today

pytestmark = pytest.mark.django_db
SCHEME = catalogue.scheme("permensos-107-2009")


def answers(place):
    found = eligibility(place, SCHEME, today())
    return {part.about if part.kind == "condition" else part.kind: part.answer for part in found.parts}


def flagged(place, kind, **details):
    kept = {"on": today(), "at": now(), "by_name": "Dinas", **details}
    return Flag.objects.create(organisation=place, kind=kind, **kept)


class TestEligibility:
    def test_is_met_by_a_registered_legal_body_that_serves_directly(self):
        place = body()
        registered(place)
        assert eligibility(place, SCHEME, today()).answer is Answer.YES

    def test_is_not_known_where_nothing_is_recorded(self):
        place = body(legal_status="", is_direct=None)
        assert answers(place) == {
            "a": Answer.UNKNOWN,
            "b": Answer.UNKNOWN,
            "c": Answer.UNKNOWN,
            "open": Answer.YES,
            "not_stopped": Answer.YES,
        }

    def test_is_not_met_where_the_record_says_no(self):
        place = body(legal_status="no_legal_entity", is_direct=False)
        found = answers(place)
        assert (found["a"], found["c"]) == (Answer.NO, Answer.NO)

    def test_counts_a_certificate_to_its_last_day(self):
        place = body()
        registered(place, until=today())
        assert answers(place)["b"] is Answer.YES
        Certificate.objects.update(valid_to=today() - timedelta(days=1))
        assert answers(place)["b"] is Answer.NO

    def test_takes_the_licence_of_a_foreign_body_for_its_registration(self):
        place = body()
        registered(place)
        Certificate.objects.update(kind="licence")
        assert answers(place)["b"] is Answer.YES
        Certificate.objects.update(valid_to=today() - timedelta(days=1))
        assert answers(place)["b"] is Answer.NO

    @pytest.mark.parametrize("state", ["suspended", "withdrawn"])
    def test_does_not_count_a_certificate_that_was_taken_away(self, state):
        place = body()
        registered(place, state=state, state_on=today())
        assert answers(place)["b"] is Answer.NO

    @pytest.mark.parametrize(
        ("kind", "details", "expected"),
        [
            ("suspension", {}, Answer.NO),
            ("suspension", {"lifted": True}, Answer.YES),
            ("warning", {}, Answer.YES),
            ("complaint", {}, Answer.YES),
        ],
        ids=["stop", "stop lifted", "warning", "complaint"],
    )
    def test_is_stopped_only_by_a_standing_suspension(self, kind, details, expected):
        place = body()
        flagged(place, kind, lifted_on=today() if details.get("lifted") else None)
        assert answers(place)["not_stopped"] is expected

    def test_is_stopped_by_a_heavy_sanction_until_it_is_lifted(self):
        place = body()
        row = Sanction.objects.create(
            organisation=place, step="stop", ground="tanpa izin", on=today(), at=now(), by_name="Dinas"
        )
        assert answers(place)["not_stopped"] is Answer.NO
        # The day by which it should have been mended has passed, and it was not.
        row.until = today() - timedelta(days=1)
        row.save()
        assert answers(place)["not_stopped"] is Answer.NO
        row.lifted_on = today()
        row.save()
        assert answers(place)["not_stopped"] is Answer.YES

    def test_is_not_met_by_a_closed_body(self):
        assert answers(body(is_closed=True))["open"] is Answer.NO

    @pytest.mark.parametrize(
        "state", [{"kind": "government"}, {"owner": "government"}], ids=["kind", "owner"]
    )
    def test_asks_a_body_of_the_state_for_no_deed_and_no_registration(self, state):
        place = body(legal_status="", **state)
        found = eligibility(place, SCHEME, today())
        assert found.answer is Answer.YES
        assert answers(place).keys() == {"c", "of_the_state", "open", "not_stopped"}
        require_may_apply(found, SCHEME, place)


class TestReasons:
    def test_say_that_nobody_knows_what_is_asked_of_a_body_of_the_state(self):
        place = body(kind="government")
        told = {one.title: one for one in reasons(eligibility(place, SCHEME, today()), SCHEME, place)}
        assert "sekretariat memeriksanya" in told["Lembaga pemerintah"].because

    def test_say_why_and_what_to_do(self):
        place = body(is_direct=None)
        found = reasons(eligibility(place, SCHEME, today()), SCHEME, place)
        told = {reason.title: reason for reason in found}
        direct = told["Melayani masyarakat secara langsung"]
        assert "Belum tercatat" in direct.because
        assert str(place.pk) in direct.href
        assert told["Berbadan hukum"].mend == ""


class TestRequire:
    def test_start_bears_what_is_not_known_and_apply_does_not(self):
        place = body(is_direct=None)
        registered(place)
        found = eligibility(place, SCHEME, today())
        require_may_start(found, SCHEME, place)
        with pytest.raises(Refusal, match="Melayani masyarakat"):
            require_may_apply(found, SCHEME, place)

    def test_leaves_to_the_secretariat_what_only_people_confirm(self):
        words = catalogue.to_words(SCHEME)
        words["conditions"] = [{"code": "d", "text": "Buka lima tahun", "rule": "confirmed"}]
        scheme, place = catalogue.from_words(words), body()
        found = eligibility(place, scheme, today())
        assert found.answer is Answer.UNKNOWN
        require_may_apply(found, scheme, place)
