from datetime import timedelta

import pytest
from django.utils.translation import override

from simpul.catalogue.services import norms
from simpul.people.models import Person
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_shared import (
    called_in,
    gathered,
    offered,
    previewed,
    received_seen,
    seen_of,
)
from simpul.referrals.stages import Stage
from simpul.services.queries.open_words import kind_words
from tests.cases.factories import a_case
from tests.cases.goals import WORDS, goal_of
from tests.referrals.loop import a_line, a_service, also_told, brought_to, proposed, receiver_of, sent
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(caseworker):
    case = a_case(caseworker)
    person = Person.objects.get(pk=case.person_id)
    person.phone, person.called = "081200000000", "Nenek Siti"
    person.save()
    person.household.address = "Jl. Pelabuhan 3"
    person.household.save()
    line = a_line(caseworker, case, goal=goal_of(case, caseworker).pk)
    return Referral.objects.get(
        pk=proposed(caseworker, a_service(), line, words="Tidak bisa berjalan jauh").pk
    )


def told(lines):
    return {str(line.share): line.text for line in lines}


class TestOffered:
    def test_is_everything_known_in_its_very_words(self, row, caseworker):
        found = told(offered(row, caseworker, TODAY))
        assert found["called"] == "Nenek Siti"
        assert found["phone"] == "081200000000"
        assert found["age"] == "72 tahun"
        assert found["address"].startswith("Jl. Pelabuhan 3")
        assert (found["goal"], found["words"]) == (WORDS, "Tidak bisa berjalan jauh")
        assert found["contact"].startswith("Rina Wulandari")
        assert "nik" not in found

    def test_leaves_out_what_this_viewer_may_not_see_in_full(self, row, verifier):
        found = told(offered(row, verifier, TODAY))
        assert not {"phone", "address", "nik"} & set(found)
        assert "need" in found

    def test_leaves_workers_words_to_who_may_read_them(self, row, head):
        assert not {"need", "action", "goal", "words", "need_types"} & set(told(offered(row, head, TODAY)))


class TestGathered:
    def test_calls_a_service_by_its_kind_where_its_name_leads_to_a_secret_place(self, row, caseworker):
        row.service.name, row.service.organisation.address = "Rumah di Kenanga", "Kenanga 7"
        row.service.organisation.is_address_secret = True
        assert gathered(row, caseworker, TODAY)["service"] == kind_words(row.service.kind)

    def test_holds_only_what_was_ticked_and_nothing_of_the_case(self, row, caseworker):
        row.shares = ["need", "called"]
        held = gathered(row, caseworker, TODAY)
        assert [line["share"] for line in held["told"]] == ["called", "need"]
        assert row.case.number not in str(held)
        assert "Siti Aminah" not in str(held)

    def test_is_written_in_the_language_of_the_papers(self, row, caseworker):
        row.shares = ["sex", "age"]
        with override("en"):
            held = gathered(row, caseworker, TODAY)
        assert [line["text"] for line in held["told"]] == ["72 tahun", "Perempuan"]


class TestPreviewed:
    def test_is_due_as_if_it_went_today(self, row, caseworker):
        seen = previewed(row, caseworker, TODAY)
        assert (seen.sent_on, (seen.answer_by - TODAY).days, seen.number) == (TODAY, 7, row.number)


class TestSeenOf:
    @pytest.mark.parametrize("stage", [Stage.SENT, Stage.ACCEPTED, Stage.CONFIRMED])
    def test_is_what_was_sent(self, caseworker, stage):
        service = a_service()
        row = brought_to(stage, caseworker, receiver_of(service), service)
        assert told(seen_of(row, TODAY).told)["name"] == "Siti Aminah"

    @pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.FAILED])
    def test_is_closed_once_it_is_not_needed(self, caseworker, stage):
        service = a_service()
        row = brought_to(stage, caseworker, receiver_of(service), service)
        assert (seen_of(row, TODAY).told, seen_of(row, TODAY).is_closed, called_in(row, TODAY)) == (
            (),
            True,
            "",
        )

    def test_closes_some_days_after_the_client_confirmed(self, caseworker):
        service = a_service()
        row = brought_to(Stage.CONFIRMED, caseworker, receiver_of(service), service)
        last = row.stage_since + timedelta(days=norms().shared_days)
        assert seen_of(row, last).told
        assert seen_of(row, last + timedelta(days=1)).told == ()


class TestReceivedSeen:
    def test_keeps_what_is_very_sensitive_for_who_may_read_that_there(self, caseworker):
        service = a_service()
        head = receiver_of(service, "head_of_lks", "Bu Salmah")
        row = sent(caseworker, service)
        also_told(row, "need_types", "Korban kekerasan")
        assert "need_types" in told(received_seen(row, head, TODAY).told)
        worker = receiver_of(service)
        assert "need_types" in told(received_seen(row, worker, TODAY).told)
        seen = received_seen(row, head, TODAY)
        assert (seen.is_partly, "need_types" in told(seen.told)) == (True, False)


class TestCalledIn:
    @pytest.mark.parametrize(("shares", "called"), [(["need"], ""), (["name", "need"], "Siti Aminah")])
    def test_is_as_far_as_a_name_was_shared(self, caseworker, shares, called):
        assert called_in(sent(caseworker, a_service(), shares=shares), TODAY) == called
