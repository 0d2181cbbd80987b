import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.models import Preparation
from simpul.screening.queries import ConsentNeeded
from tests.cases.factories import a_case, moved
from tests.cases.plans import agreed, approval_wanted, now_at, plan_of, step_of
from tests.cases.support import PRACTISED, prepared
from tests.screening.factories import TODAY, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


@pytest.fixture
def step(case, caseworker):
    return step_of(plan_of(case, caseworker), caseworker)


class TestPrepareClient:
    def test_keeps_the_parts_sealed(self, step, caseworker):
        prepared(step, caseworker, practised=PRACTISED, company="family", company_words="Anak sulungnya")
        kept = Preparation.objects.get()
        assert (kept.practised, kept.company, kept.company_words) == (PRACTISED, "family", "Anak sulungnya")
        assert (kept.informed, kept.on, kept.case) == (None, TODAY, step.case)
        assert b"loket" not in bytes(kept.practised_sealed)

    def test_pressed_twice_keeps_one(self, step, caseworker):
        key = uuid.uuid4()
        first = prepared(step, caseworker, key=key, practised=PRACTISED)
        assert prepared(step, caseworker, key=key, practised=PRACTISED) == first
        assert Preparation.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"informed": "  "}, "paling sedikit satu"),
            ({"company_words": "Pak RT"}, "siapa yang menemani"),
            ({"company": "ghost"}, "dari daftarnya"),
            ({"practised": PRACTISED, "prepared_on": TODAY + timedelta(days=1)}, "antara hari"),
            ({"difficulties": "x" * 2001}, "mungkin sulit"),
        ],
        ids=["nothing", "company", "ghost", "tomorrow", "long"],
    )
    def test_refuses_what_cannot_be(self, step, caseworker, typed, words):
        with pytest.raises(Refusal, match=words):
            prepared(step, caseworker, **typed)
        assert not Preparation.objects.exists()

    @pytest.mark.parametrize("state", ["dropped", "no_service"])
    def test_refuses_a_step_that_was_given_up(self, step, caseworker, state):
        now_at(step, caseworker, state, reason="Penyedia tutup")
        with pytest.raises(Refusal, match="tidak jadi atau belum menemukan"):
            prepared(step, caseworker)

    def test_refuses_a_step_of_a_version_that_was_replaced(self, case, step, caseworker):
        agreed(step.plan, caseworker)
        agreed(plan_of(case, caseworker, minutes=112), caseworker)
        with pytest.raises(Refusal, match="sudah diganti"):
            prepared(step, caseworker)

    def test_ends_with_the_case_and_with_the_legal_basis(self, case, step, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            prepared(step, caseworker)
        moved(case, caseworker, "left")
        with pytest.raises(Refusal):
            prepared(step, caseworker)

    @pytest.mark.parametrize("role", ["volunteer", "stranger"])
    def test_is_not_for_everybody(self, step, request, role):
        with pytest.raises(NotAllowed):
            prepared(step, request.getfixturevalue(role))
