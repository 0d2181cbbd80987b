import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.stages import Lacking, move, prescreen
from simpul.cases.models import Case, Note, RightsGiven, Task
from simpul.cases.queries.case import onward_of
from simpul.cases.queries.office import model_of
from simpul.cases.stages import ENDED, NEXT, SIDE, Stage
from simpul.people.actions import withdraw_consent
from simpul.people.queries import Limited
from simpul.screening.queries import ConsentNeeded
from tests.cases.factories import a_case, brought_to, moved, opened
from tests.people.factories import limited
from tests.screening.factories import TODAY, consented, decided, when

pytestmark = pytest.mark.django_db


def with_rights(case):
    """The page of rights was given."""
    RightsGiven.objects.create(case=case, by_name="Rina", text_version="1", **when(65))
    return case


FROM_INTAKE = [stage for stage in Stage if stage not in (Stage.OUTREACH, Stage.PRESCREENING)]


class TestMove:
    @pytest.mark.parametrize("now", FROM_INTAKE)
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
        with pytest.raises(Refusal, match="yang dapat menyusul: Pemantauan dan asesmen ulang, Evaluasi"):
            moved(brought_to(Stage.LINKING, caseworker), caseworker, Stage.CLOSED)

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
        case = brought_to(Stage.LINKING, caseworker)
        with pytest.raises(Refusal, match="dilewati: Pemantauan"):
            moved(case, caseworker, "evaluation", because="")

    def test_wants_no_reason_for_the_next_in_line_with_its_gates_met(self, caseworker):
        case = with_rights(opened(decided(caseworker), caseworker))
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

    def test_refuses_while_the_data_may_only_be_read(self, caseworker):
        case = a_case(caseworker)
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            moved(case, caseworker, "left")
        assert Case.objects.get(pk=case.pk).stage == "intake"


class TestGates:
    """What `move` does with a gate; which gates there are stands in the tests of the queries."""

    def test_refuse_without_a_reason_and_say_what_is_missing_and_where_to_mend_it(self, caseworker):
        case = a_case(caseworker)
        with pytest.raises(
            Lacking, match=r"tahap asesmen.*Lembar hak klien.*\(halaman Hak klien\)"
        ) as refused:
            moved(case, caseworker, "assessment", because="")
        assert [gate.code for gate in refused.value.gates] == ["rights_given"]
        assert Case.objects.get(pk=case.pk).moves.count() == 1

    def test_are_passed_with_a_reason_and_it_is_kept_which(self, caseworker):
        step = moved(a_case(caseworker), caseworker, "assessment").moves.order_by("at").last()
        assert (step.lacking, step.because) == (["rights_given"], "Disepakati bersama keluarga")

    @pytest.mark.parametrize(("because", "passes"), [("abcd", False), ("abcde", True)])
    def test_want_five_letters(self, caseworker, because, passes):
        case = a_case(caseworker)
        if passes:
            assert moved(case, caseworker, "assessment", because=because).stage == "assessment"
        else:
            with pytest.raises(Lacking):
                moved(case, caseworker, "assessment", because=because)

    def test_leave_no_trace_where_they_are_met(self, caseworker):
        case = moved(with_rights(a_case(caseworker)), caseworker, "assessment", because="")
        assert case.moves.order_by("at").last().lacking == []

    def test_keep_all_that_a_leap_leaves_open(self, caseworker):
        case = moved(brought_to(Stage.ASSESSMENT, caseworker), caseworker, "planning")
        assert case.moves.order_by("at").last().lacking == ["baseline", "support", "goal"]

    @pytest.mark.parametrize("to", sorted(SIDE))
    def test_do_not_stand_beside_the_way(self, caseworker, to):
        assert moved(a_case(caseworker), caseworker, to).moves.order_by("at").last().lacking == []


class TestNotEligible:
    def test_is_never_said_without_naming_who_helps(self, caseworker):
        case = a_case(caseworker)
        with pytest.raises(Refusal, match="ke layanan atau lembaga mana"):
            moved(case, caseworker, "not_eligible", referred_to="  ")
        assert Case.objects.get(pk=case.pk).stage == "intake"

    def test_keeps_who_helps_beside_the_reason_sealed(self, caseworker):
        case = moved(a_case(caseworker), caseworker, "not_eligible", because="Tinggal di kota lain")
        step = case.moves.order_by("at").last()
        assert step.because == "Tinggal di kota lain Dirujuk ke: Puskesmas Tanjung Balai."
        assert b"Puskesmas" not in bytes(step.because_sealed)

    def test_said_twice_moves_once(self, caseworker):
        case = a_case(caseworker)
        for _ in range(2):
            moved(case, caseworker, "not_eligible", version=1)
        assert case.moves.count() == 2


class TestLeavingOut:
    @pytest.mark.parametrize(
        ("model", "is_expected"), [("", True), ("rehabilitation", True), ("expanded_broker", False)]
    )
    def test_needs_a_reason_where_the_working_model_expects_the_stage(self, caseworker, model, is_expected):
        case = brought_to(Stage.EVALUATION, caseworker)
        Case.objects.filter(pk=case.pk).update(working_model=model)
        case.working_model = model
        goal = next(one for one in onward_of(case, model_of(case)) if one.stage == "termination")
        assert bool(goal.left_out) is is_expected
        with pytest.raises(Refusal) as refused:
            moved(case, caseworker, "termination", because="", minutes=95)
        assert ("tahap ini dilewati" in str(refused.value)) is is_expected

    def test_of_looking_first_needs_a_reason_in_every_model(self, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
        Case.objects.filter(pk=case.pk).update(working_model="expanded_broker")
        with pytest.raises(Refusal, match="tahap ini dilewati"):
            moved(case, caseworker, "intake", because="")


class TestEnding:
    def test_lets_everything_go_but_what_is_asked_for_the_client(self, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
        for kind in ("goal", "visit", "advocate"):
            Task.objects.create(
                case=case, kind=kind, due_on=TODAY, first_due_on=TODAY, at=when()["at"], by_name="Rina"
            )
        moved(case, caseworker, "not_found")
        states = dict(Task.objects.filter(case=case).values_list("kind", "state"))
        assert states == {"goal": "dropped", "visit": "dropped", "advocate": "open", "own": "open"}

    def test_reminds_the_manager_to_judge_it_afterwards(self, caseworker):
        case = moved(a_case(caseworker), caseworker, "left")
        task = Task.objects.waiting().get(case=case)
        assert (task.kind, task.about, task.worker) == ("own", case.pk, caseworker.pk)
        assert task.words == "Tulis evaluasi dan pengakhiran"

    def test_asks_whether_who_was_referred_arrived(self, caseworker):
        case = moved(a_case(caseworker), caseworker, "referred_out", referred_to="RSUD Tanjung Balai")
        task = Task.objects.waiting().get(case=case, kind="advocate")
        assert task.due_on == TODAY + timedelta(days=7)
        assert task.words == "Sudah diterima di tempat rujukan? RSUD Tanjung Balai"

    def test_refers_nobody_to_nowhere(self, caseworker):
        case = a_case(caseworker)
        with pytest.raises(Refusal, match="layanan atau lembaga mana"):
            moved(case, caseworker, "referred_out", referred_to=" ")
        assert Case.objects.get(pk=case.pk).stage == "intake"


steps = st.lists(st.tuples(st.sampled_from(Stage.values), st.booleans()), max_size=14)


@pytest.mark.slow
class TestAnySequenceOfMoves:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(tried=steps)
    def test_loses_none_and_keeps_nothing_that_was_refused(self, caseworker, tried):
        with transaction.atomic():
            case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
            kept = [("", "outreach")]
            for number, (to, is_told) in enumerate(tried):
                before = case.stage
                try:
                    reason = f"Alasan ke-{number}" if is_told else ""
                    case = moved(case, caseworker, to, because=reason, minutes=70 + number)
                except Refusal:
                    continue
                kept.append((before, to))
            assert list(case.moves.order_by("at").values_list("stage_from", "stage_to")) == kept
            assert Case.objects.get(pk=case.pk).stage == kept[-1][1]
            assert Case.objects.get(pk=case.pk).version == len(kept)
            transaction.set_rollback(True)


def sought(by):
    """A case that begins with finding somebody."""
    return moved(
        opened(consented(by), by, urgency="normal", stage="outreach"), by, "prescreening", minutes=65
    )


def prescreened(case, by, *, key=None, needs_first=("acute_state",), service="RSUD Tanjung Balai", **words):
    return prescreen(
        case, by=by, key=key or uuid.uuid4(), needs_first=needs_first, service=service, **words, **when(80)
    )


class TestPrescreen:
    def test_names_the_service_that_comes_first_and_lets_a_referral_wait(self, caseworker):
        case = sought(caseworker)
        note = prescreened(case, caseworker, words="Istrinya ikut mengantar.")
        assert "Perlu layanan lain dahulu" in note.words
        assert note.words.endswith("Istrinya ikut mengantar.")
        task = Task.objects.get(case=case)
        assert (task.kind, task.about, task.due_on) == ("advocate", note.pk, TODAY + timedelta(days=7))
        assert task.words == "Rujuk dahulu ke: RSUD Tanjung Balai"

    def test_turns_nobody_away(self, caseworker):
        case = sought(caseworker)
        prescreened(case, caseworker, needs_first=("acute_state", "no_family_support"))
        assert moved(Case.objects.get(pk=case.pk), caseworker, "intake").stage == "intake"

    def test_lets_nothing_wait_where_nothing_comes_first(self, caseworker):
        note = prescreened(sought(caseworker), caseworker, needs_first=(), service="")
        assert "Tidak ada layanan lain yang perlu didahulukan" in note.words
        assert not Task.objects.exists()

    def test_comes_before_the_first_talk(self, caseworker):
        case = sought(caseworker)
        with pytest.raises(Lacking, match="Penyaringan awal sudah dicatat"):
            moved(case, caseworker, "intake", because="")
        prescreened(case, caseworker)
        assert moved(case, caseworker, "intake", because="").stage == "intake"

    def test_wants_the_service_by_name(self, caseworker):
        with pytest.raises(Refusal, match="Tulis layanan"):
            prescreened(sought(caseworker), caseworker, service=" ")
        assert not Note.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [{"needs_first": ("poor",)}, {"service": "a" * 201}, {"words": "a" * 501}],
        ids=["mark", "service", "words"],
    )
    def test_refuses_what_cannot_be(self, caseworker, wrong):
        with pytest.raises(Refusal):
            prescreened(sought(caseworker), caseworker, **wrong)

    def test_pressed_twice_is_one_note(self, caseworker):
        case, key = sought(caseworker), uuid.uuid4()
        assert prescreened(case, caseworker, key=key) == prescreened(case, caseworker, key=key)
        assert (Note.objects.count(), Task.objects.count()) == (1, 1)

    def test_refuses_a_key_of_another_case(self, caseworker):
        key = uuid.uuid4()
        prescreened(sought(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            prescreened(sought(caseworker), caseworker, key=key)

    def test_is_over_with_the_first_talk(self, caseworker):
        with pytest.raises(Refusal, match="sudah lewat"):
            prescreened(a_case(caseworker), caseworker)

    def test_refuses_without_a_legal_basis(self, caseworker):
        case = sought(caseworker)
        for consent in case.person.consents.all():
            withdraw_consent(consent, by=caseworker, **when(95))
        with pytest.raises(ConsentNeeded):
            prescreened(case, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        case = sought(caseworker)
        with pytest.raises(NotAllowed):
            prescreened(case, request.getfixturevalue(role))
