"""What surrounds a client, for other programs."""

import pytest

from tests.api.programs import asked
from tests.cases.contacts_factories import opened
from tests.cases.plans import plan_of, step_of
from tests.cases.support import PRACTISED, TETANGGA, judged, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class TestSupport:
    def test_tells_both_sides_at_the_start_and_now(self, caseworker):
        case = opened(caseworker)
        judged(case, caseworker, 1, 2, network_words=TETANGGA)
        judged(case, caseworker, 3, None, moment="final", minutes=150)
        told = asked(caseworker, f"cases/{case.pk}/support").json()
        network, providers = told["sides"]
        assert told["is_evaluated"]
        assert (network["first"]["level"], network["now"]["level"]) == (1, 3)
        assert (network["first"]["words"], network["change"]) == (TETANGGA, "Naik 2 tingkat")
        assert (providers["now"]["level"], providers["now"]["name"]) == (None, "belum diketahui")

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = opened(caseworker)
        judged(case, caseworker, 1, 2, network_words=TETANGGA)
        told = asked(head, f"cases/{case.pk}/support").json()
        assert (told["is_told"], told["sides"][0]["first"]["words"]) == (False, "")

    def test_is_not_there_for_a_stranger(self, caseworker, stranger):
        assert asked(stranger, f"cases/{opened(caseworker).pk}/support").status_code == 404


class TestPreparation:
    def test_tells_all_four_parts_and_what_was_done(self, caseworker):
        case = opened(caseworker)
        step = step_of(plan_of(case, caseworker), caseworker)
        prepared(step, caseworker, practised=PRACTISED)
        parts = asked(caseworker, f"steps/{step.pk}/preparation").json()["parts"]
        assert [part["code"] for part in parts] == ["informed", "difficulties", "practised", "company"]
        assert [(part["code"], part["words"]) for part in parts if part["on"]] == [("practised", PRACTISED)]

    def test_is_not_there_for_a_stranger(self, caseworker, stranger):
        case = opened(caseworker)
        step = step_of(plan_of(case, caseworker), caseworker)
        assert asked(stranger, f"steps/{step.pk}/preparation").status_code == 404
