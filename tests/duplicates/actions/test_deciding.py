import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.duplicates.actions import NotDecidable, decide
from simpul.duplicates.models import Pair, PairState
from tests.duplicates.factories import merged, twice
from tests.people.factories import AT

pytestmark = pytest.mark.django_db


class TestDecide:
    @pytest.mark.parametrize("decision", ["different", "unsure"])
    def test_keeps_who_decided_and_why(self, supervisor, decision):
        both = twice(supervisor)
        decide(both, by=supervisor, decision=decision, version=1, at=AT, because="Wajahnya lain")
        held = Pair.objects.get()
        assert (held.state, held.decided_by_name, held.because) == (decision, "Pak Hamdan", "Wajahnya lain")
        assert held.because_sealed is not None
        assert b"Wajahnya" not in bytes(held.because_sealed)

    def test_sent_twice_is_one_decision(self, supervisor):
        both = twice(supervisor)
        for _ in range(2):
            held = decide(both, by=supervisor, decision="different", version=1, at=AT)
        assert held.version == 2

    def test_can_be_taken_back(self, supervisor):
        both = decide(twice(supervisor), by=supervisor, decision="different", version=1, at=AT)
        assert decide(both, by=supervisor, decision="open", version=2, at=AT).state == PairState.OPEN

    def test_does_not_overwrite_what_somebody_else_decided(self, supervisor):
        both = twice(supervisor)
        decide(both, by=supervisor, decision="different", version=1, at=AT)
        with pytest.raises(Refusal, match="sudah diubah"):
            decide(both, by=supervisor, decision="unsure", version=1, at=AT)

    @pytest.mark.parametrize("decision", ["same", "faded", "maybe"])
    def test_knows_no_other_decision(self, supervisor, decision):
        with pytest.raises(NotDecidable):
            decide(twice(supervisor), by=supervisor, decision=decision, version=1, at=AT)

    def test_is_refused_after_a_merge(self, supervisor):
        both = twice(supervisor)
        merged(both, supervisor)
        with pytest.raises(NotDecidable, match="Batalkan dulu"):
            decide(both, by=supervisor, decision="different", version=2, at=AT)

    def test_refuses_a_reason_longer_than_anything_real(self, supervisor):
        with pytest.raises(NotDecidable, match="terlalu panjang"):
            decide(twice(supervisor), by=supervisor, decision="unsure", version=1, at=AT, because="a" * 1001)

    def test_is_not_for_a_caseworker(self, caseworker):
        with pytest.raises(NotAllowed):
            decide(twice(caseworker), by=caseworker, decision="unsure", version=1, at=AT)
