import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions import move, open_case
from simpul.cases.models import Case, StageMove
from simpul.cases.stages import ENDED, NEXT, SIDE, Stage
from simpul.screening import actions as screening_actions
from simpul.screening.actions import ConsentNeeded
from simpul.screening.models import Screening
from simpul.screening.queries import confirmed_types
from tests.screening.factories import TODAY, consented, decided, finished, person, when, without_consent

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

    def test_keeps_the_needs_sealed(self, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False, left_alone=True), caseworker)
        sealed = bytes(Case.objects.values_list("need_types_sealed", flat=True).get(pk=case.pk))
        assert b"LUT" not in sealed
        assert "LUT" in Case.objects.get(pk=case.pk).need_types

    def test_refuses_after_consent_was_withdrawn_and_leaves_the_screening(self, caseworker):
        screening = without_consent(decided(caseworker), caseworker)
        with pytest.raises(ConsentNeeded):
            opened(screening, caseworker)
        assert Screening.objects.get(pk=screening.pk).state == "decided"

    def test_refuses_somebody_who_never_agreed(self, caseworker):
        with pytest.raises(ConsentNeeded):
            opened(person(caseworker), caseworker, urgency="emergency")

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


def brought_to(stage, by):
    """A case that stands at this stage, brought there by the way that the table allows."""
    case = opened(decided(by), by)
    way = {Stage.INTAKE: []}
    for now in (*Stage, *Stage):
        for then in NEXT[now] if now in way else ():
            way.setdefault(then, [*way[now], then])
    for number, to in enumerate(way[stage]):
        case = moved(case, by, to, minutes=70 + number)
    return case


def moved(case, by, to, *, because="Disepakati bersama keluarga", version=None, minutes=90):
    version = case.version if version is None else version
    return move(case, by=by, to=to, because=because, version=version, **when(minutes))


WITH_A_CASE = [stage for stage in Stage if stage != Stage.CANDIDATE]


class TestMove:
    @pytest.mark.parametrize("now", WITH_A_CASE)
    def test_follows_the_table_and_nothing_else(self, caseworker, now):
        case = brought_to(now, caseworker)
        for to in Stage:
            with transaction.atomic():
                if to in NEXT[now]:
                    assert moved(case, caseworker, to).stage == to
                else:
                    with pytest.raises(Refusal, match="sudah berakhir" if now in ENDED else "dapat menyusul"):
                        moved(case, caseworker, to)
                transaction.set_rollback(True)

    def test_names_what_may_follow(self, caseworker):
        with pytest.raises(Refusal, match="yang dapat menyusul: Asesmen ulang, Evaluasi"):
            moved(brought_to(Stage.INTERVENTION, caseworker), caseworker, Stage.CLOSED)

    def test_keeps_who_when_and_why_with_the_reason_sealed(self, caseworker, supervisor):
        case = moved(
            opened(decided(caseworker), caseworker), supervisor, "assessment", because="Bu Siti setuju"
        )
        step = case.moves.order_by("at").last()
        assert (step.stage_from, step.stage_to, step.by_name) == ("intake", "assessment", "Pak Hamdan")
        assert (step.at, step.because) == (when(90)["at"], "Bu Siti setuju")
        assert b"setuju" not in bytes(step.because_sealed)

    @pytest.mark.parametrize("to", sorted(SIDE))
    def test_wants_a_reason_for_what_is_beside_the_way(self, caseworker, to):
        case = opened(decided(caseworker), caseworker)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            moved(case, caseworker, to, because="ya")
        assert Case.objects.get(pk=case.pk).stage == "intake"

    def test_wants_a_reason_for_a_stage_that_is_left_out(self, caseworker):
        case = brought_to(Stage.INTERVENTION, caseworker)
        with pytest.raises(Refusal, match="dilewati: Asesmen ulang"):
            moved(case, caseworker, "evaluation", because="")

    def test_wants_no_reason_for_the_next_in_line(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        assert moved(case, caseworker, "assessment", because="").moves.last().because is None

    def test_lets_a_suspended_case_go_on_where_it_stood_and_elsewhere_with_a_reason(self, caseworker):
        case = moved(brought_to(Stage.PLANNING, caseworker), caseworker, "suspended")
        with pytest.raises(Refusal, match="di tahap Rencana"):
            moved(case, caseworker, "evaluation", because="")
        assert moved(case, caseworker, "planning", because="").stage == "planning"

    def test_pressed_twice_moves_once(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        for _ in range(2):
            latest = moved(case, caseworker, "assessment", version=1)
        assert (latest.stage, latest.version, latest.moves.count()) == ("assessment", 2, 2)

    def test_tells_who_was_slower_what_happened_meanwhile(self, caseworker, supervisor):
        case = opened(decided(caseworker), caseworker)
        moved(case, caseworker, "assessment", version=1)
        with pytest.raises(Clash, match=r"“Asesmen”.*“Ditangguhkan”"):
            moved(case, supervisor, "suspended", version=1)
        assert Case.objects.get(pk=case.pk).stage == "assessment"

    def test_refuses_a_day_before_the_case(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        earlier = {"on": TODAY - timedelta(days=1), "at": when(-1440)["at"]}
        with pytest.raises(Refusal, match="sebelum kasus"):
            move(case, by=caseworker, to="assessment", version=1, **earlier)

    @pytest.mark.parametrize(("to", "because"), [("nowhere", "Sepakat"), ("assessment", "a" * 501)])
    def test_refuses_what_cannot_be(self, caseworker, to, because):
        with pytest.raises(Refusal):
            moved(opened(decided(caseworker), caseworker), caseworker, to, because=because)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        case = opened(decided(caseworker), caseworker)
        with pytest.raises(NotAllowed):
            moved(case, request.getfixturevalue(role), "assessment")
