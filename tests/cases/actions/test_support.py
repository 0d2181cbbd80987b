import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.models import SupportReview
from simpul.screening.queries import ConsentNeeded
from tests.cases.endings import completed
from tests.cases.factories import a_case, moved
from tests.cases.support import TETANGGA, judged
from tests.screening.factories import TODAY, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


class TestReviewSupport:
    def test_keeps_both_sides_and_seals_the_words(self, case, caseworker):
        judged(case, caseworker, 2, 3, network_words=TETANGGA)
        kept = SupportReview.objects.get()
        assert (kept.network, kept.providers, kept.network_words, kept.on) == (2, 3, TETANGGA, TODAY)
        assert b"Halimah" not in bytes(kept.network_words_sealed)

    def test_takes_not_known_for_an_answer(self, case, caseworker):
        judged(case, caseworker, None, None)
        assert (SupportReview.objects.get().network, SupportReview.objects.get().providers) == (None, None)

    def test_pressed_twice_keeps_one(self, case, caseworker):
        key = uuid.uuid4()
        assert judged(case, caseworker, key=key) == judged(case, caseworker, key=key)
        assert SupportReview.objects.count() == 1

    def test_refuses_the_key_of_another_case(self, case, caseworker):
        key = uuid.uuid4()
        judged(a_case(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            judged(case, caseworker, key=key)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"network": 5}, "satu tingkat"),
            ({"providers": 0}, "satu tingkat"),
            ({"moment": "someday"}, "saat apa"),
            ({"seen_on": TODAY + timedelta(days=1)}, "antara hari"),
            ({"seen_on": TODAY - timedelta(days=900)}, "antara hari"),
            ({"network_words": "x" * 2001}, "jejaring"),
        ],
        ids=["above", "below", "moment", "tomorrow", "before", "long"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, wrong, words):
        with pytest.raises(Refusal, match=words):
            judged(case, caseworker, **wrong)
        assert not SupportReview.objects.exists()

    def test_adds_no_start_after_the_evaluation(self, case, caseworker):
        judged(case, caseworker, moment="final")
        with pytest.raises(Refusal, match="keadaan awal tidak ditambahkan"):
            judged(case, caseworker)

    def test_needs_a_legal_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            judged(case, caseworker)

    def test_goes_on_after_an_end_beside_the_way_until_it_is_evaluated(self, case, caseworker):
        ended = moved(case, caseworker, "left")
        judged(ended, caseworker, moment="final")
        completed(ended, caseworker, reason="own_wish")
        with pytest.raises(Refusal, match="Evaluasi kasus ini sudah selesai"):
            judged(ended, caseworker, moment="final")

    @pytest.mark.parametrize("role", ["volunteer", "stranger"])
    def test_is_not_for_everybody(self, case, request, role):
        with pytest.raises(NotAllowed):
            judged(case, request.getfixturevalue(role))
