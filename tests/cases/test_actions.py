import uuid

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions import open_case
from simpul.cases.models import Case, StageMove
from simpul.screening import actions as screening_actions
from simpul.screening.models import Screening
from simpul.screening.queries import confirmed_types
from tests.screening.factories import consented, decided, finished, when

pytestmark = pytest.mark.django_db
SENTENCE = "Ibu Siti ingin kembali berjualan kue dan tidak makan sendirian lagi."


def opened(subject, by, *, key=None, summary=SENTENCE, **details):
    return open_case(subject, by=by, key=key or uuid.uuid4(), summary=summary, **when(60), **details)


class TestOpenCase:
    def test_takes_needs_and_urgency_from_the_screening(self, caseworker):
        screening = decided(caseworker, basic_needs_met=False)
        case = opened(screening, caseworker)
        assert case.need_types == list(confirmed_types(screening))
        assert (case.urgency, case.stage, case.worker_name) == ("urgent", "intake", "Rina Wulandari")

    def test_ends_the_screening_as_a_case(self, caseworker):
        screening = decided(caseworker)
        opened(screening, caseworker)
        assert Screening.objects.get(pk=screening.pk).ending == "case"

    def test_numbers_cases_of_an_organisation_by_year(self, caseworker):
        numbers = [opened(decided(caseworker), caseworker).number for _ in range(3)]
        assert numbers == ["2026-001", "2026-002", "2026-003"]

    def test_numbers_another_organisation_on_its_own(self, caseworker, stranger):
        assert opened(decided(caseworker), caseworker).number == "2026-001"
        assert opened(decided(stranger), stranger).number == "2026-001"

    def test_pressed_twice_opens_one(self, caseworker):
        screening, key = decided(caseworker), uuid.uuid4()
        assert opened(screening, caseworker, key=key) == opened(screening, caseworker, key=key)
        assert (Case.objects.count(), StageMove.objects.count()) == (1, 1)

    def test_opens_one_for_two_workers(self, caseworker, supervisor):
        screening = decided(caseworker)
        assert opened(screening, caseworker) == opened(screening, supervisor)

    def test_refuses_an_undecided_screening_and_uses_no_number(self, caseworker):
        with pytest.raises(Refusal, match="Putuskan dahulu"):
            opened(finished(caseworker), caseworker)
        assert opened(decided(caseworker), caseworker).number == "2026-001"

    def test_refuses_a_screening_that_ended_otherwise(self, caseworker):
        screening = decided(caseworker)
        screening_actions.end(screening, by=caseworker, ending="declined", because="Tidak mau", **when(50))
        with pytest.raises(Refusal, match="sudah diakhiri"):
            opened(screening, caseworker)

    @pytest.mark.parametrize("summary", ["", "   ", "a" * 301])
    def test_refuses_no_sentence_or_too_long_a_one_and_leaves_the_screening(self, caseworker, summary):
        screening = decided(caseworker)
        with pytest.raises(Refusal):
            opened(screening, caseworker, summary=summary)
        assert Screening.objects.get(pk=screening.pk).state == "decided"

    def test_keeps_the_sentence_sealed(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        sealed = bytes(Case.objects.values_list("summary_sealed", flat=True).get(pk=case.pk))
        assert b"kue" not in sealed
        assert Case.objects.get(pk=case.pk).summary == SENTENCE

    def test_opens_without_a_screening_for_somebody_in_need_at_once(self, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="emergency")
        assert (case.screening, case.urgency) == (None, "emergency")

    def test_refuses_without_a_screening_and_without_urgency(self, caseworker):
        with pytest.raises(Refusal, match="seberapa cepat"):
            opened(consented(caseworker), caseworker)

    def test_refuses_a_key_of_another_case(self, caseworker):
        key = uuid.uuid4()
        opened(decided(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="kasus lain"):
            opened(decided(caseworker), caseworker, key=key)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        screening = decided(caseworker)
        with pytest.raises(NotAllowed):
            opened(screening, request.getfixturevalue(role))
        assert not Case.objects.exists()
