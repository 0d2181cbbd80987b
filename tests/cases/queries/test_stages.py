import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import NoReverseMatch, reverse

from simpul.cases.models import (
    Assessment,
    Case,
    CaseMember,
    Ending,
    FollowUp,
    Goal,
    GoalScore,
    Note,
    Office,
    Plan,
    PlanStep,
    RightsGiven,
    SupportReview,
    Task,
)
from simpul.cases.queries.gates import ENTRY, codes_between, gate_words
from simpul.cases.queries.office import model_of
from simpul.cases.queries.stages import crosswalk_of, gates_of, next_in_line, panel
from simpul.cases.stages import NEXT, SIDE, WAY, Stage
from simpul.catalogue import casework
from tests.cases.factories import a_case, brought_to, moved
from tests.screening.factories import TODAY, when, without_consent

pytestmark = pytest.mark.django_db
WRITTEN = {"at": when()["at"], "by_name": "Rina Wulandari"}


def rights(case):
    RightsGiven.objects.create(case=case, on=TODAY, text_version="1", **WRITTEN)


def assessed(case, *, occasion="baseline", instrument="family-support", done=True, strengths=None):
    row = Assessment(
        case=case, occasion=occasion, instrument=instrument, instrument_version="1", on=TODAY, **WRITTEN
    )
    row.digest, row.strengths, row.completed_at = "0" * 64, strengths, when()["at"] if done else None
    row.save()


def goal(case, *, number=1, criterion="Makan dua kali sehari", target_on=TODAY, state="active"):
    row = Goal(case=case, number=number, term="short", target_on=target_on, state=state, **WRITTEN)
    row.words, row.criterion = "Tidak lapar lagi", criterion
    row.save()
    return row


def plan(case, state="agreed"):
    number = Plan.objects.filter(case=case).count() + 1
    return Plan.objects.create(case=case, number=number, state=state, **WRITTEN)


def note(case, kind):
    Note.objects.create(case=case, on=TODAY, kind=kind, **WRITTEN)


def step(case, state="arranged"):
    PlanStep.objects.create(
        case=case, plan=plan(case), line=uuid.uuid4(), order=1, service_kind="food", state=state,
        state_since=TODAY, **WRITTEN,
    )  # fmt: skip


def score(of, moment="final"):
    GoalScore.objects.create(case=of.case, goal=of, moment=moment, on=TODAY, level=0, **WRITTEN)


def ending(case, *, process=None, lasting=False, done=False):
    row = Ending(case=case, on=TODAY, is_lasting_need=lasting, **WRITTEN)
    row.process, row.completed_at = process, when()["at"] if done else None
    row.save()


def visit(case, done_on=None):
    return FollowUp.objects.create(case=case, due_on=TODAY, done_on=done_on, **WRITTEN)


def judged(case, moment="baseline"):
    """Network and providers, both not known: that is an answer."""
    SupportReview.objects.create(case=case, on=TODAY, moment=moment, **WRITTEN)


def member(case, profession, ended_on=None):
    CaseMember.objects.create(
        case=case, name="Dokter Ani", profession=profession, since=TODAY, ended_on=ended_on, **WRITTEN
    )


def approval_needed(case):
    Office.objects.create(
        organisation=case.organisation, norms={"plan_needs_approval": True}, changed_at=when()["at"],
        changed_by_name="Pak Hamdan",
    )  # fmt: skip


def is_met(case, code, *, now=None, model=""):
    """Whether one gate is met, seen from the stage before the one that it guards."""
    guarded = next(stage for stage, codes in ENTRY.items() if code in codes)
    before = now or WAY[WAY.index(guarded) - 1]
    Case.objects.filter(pk=case.pk).update(stage=before, working_model=model)
    seen = {gate.code: gate for gate in gates_of(Case.objects.get(pk=case.pk), guarded, TODAY)}
    return seen[code].is_met


# What was written in a case -> which gate it is about -> whether that is met now.
TRUTH = [
    ("no prescreening", "prescreened", False, lambda case: note(case, "note")),
    ("a prescreening", "prescreened", True, lambda case: note(case, "prescreening")),
    ("nothing", "rights_given", False, lambda case: None),
    ("rights", "rights_given", True, rights),
    ("no assessment", "baseline", False, lambda case: None),
    ("a draft", "baseline", False, lambda case: assessed(case, done=False)),
    ("a further one", "baseline", False, lambda case: assessed(case, occasion="further")),
    ("a baseline", "baseline", True, assessed),
    ("nothing judged", "support", False, lambda case: None),
    ("judged and not known", "support", True, judged),
    ("judged at the start only", "support_again", False, judged),
    ("judged on the way", "support_again", False, lambda case: judged(case, "progress")),
    ("judged at the evaluation", "support_again", True, lambda case: judged(case, "final")),
    ("no goal", "goal", False, lambda case: None),
    ("no criterion", "goal", False, lambda case: goal(case, criterion=None)),
    ("no date", "goal", False, lambda case: goal(case, target_on=None)),
    ("a dropped goal", "goal", False, lambda case: goal(case, state="dropped")),
    ("a goal", "goal", True, goal),
    ("no plan", "plan", False, lambda case: None),
    ("a draft plan", "plan", False, lambda case: plan(case, "draft")),
    ("a returned plan", "plan", False, lambda case: plan(case, "returned")),
    ("a replaced plan", "plan", False, lambda case: plan(case, "replaced")),
    ("an agreed plan", "plan", True, plan),
    ("an approved plan", "plan", True, lambda case: plan(case, "approved")),
    ("agreed only", "plan", False, lambda case: (approval_needed(case), plan(case))),
    ("waiting only", "plan", False, lambda case: (approval_needed(case), plan(case, "waiting"))),
    ("approved where it must be", "plan", True, lambda case: (approval_needed(case), plan(case, "approved"))),
    ("a planned step", "arranged", False, lambda case: step(case, "planned")),
    ("a step without service", "arranged", False, lambda case: step(case, "no_service")),
    ("an arranged step", "arranged", True, step),
    ("a running step", "arranged", True, lambda case: step(case, "running")),
    ("a done step", "arranged", True, lambda case: step(case, "done")),
    ("a baseline only", "reassessed", False, assessed),
    (
        "another instrument",
        "reassessed",
        False,
        lambda case: (assessed(case), assessed(case, occasion="reassessment", instrument="living-conditions")),
    ),
    (
        "the draft of a second look",
        "reassessed",
        False,
        lambda case: (assessed(case), assessed(case, occasion="reassessment", done=False)),
    ),
    (
        "the same instrument",
        "reassessed",
        True,
        lambda case: (assessed(case), assessed(case, occasion="reassessment")),
    ),
    ("no goals at all", "evaluated", False, lambda case: None),
    ("a goal without a score", "evaluated", False, goal),
    ("a score on the way", "evaluated", False, lambda case: score(goal(case), "progress")),
    ("one of two scored", "evaluated", False, lambda case: (score(goal(case)), goal(case, number=2))),
    ("all scored", "evaluated", True, lambda case: score(goal(case))),
    (
        "a dropped one beside",
        "evaluated",
        True,
        lambda case: (score(goal(case)), goal(case, number=2, state="dropped")),
    ),
    ("a process without lasting need", "evaluated", False, lambda case: ending(case, process={"fit": "Sesuai"})),
    (
        "a process for lasting need",
        "evaluated",
        True,
        lambda case: (goal(case), ending(case, process={"fit": "Sesuai"}, lasting=True)),
    ),
    ("a lasting need without process", "evaluated", False, lambda case: ending(case, lasting=True)),
    ("a draft of the ending", "ending", False, ending),
    ("an ending", "ending", True, lambda case: ending(case, done=True)),
    ("a visit to come", "follow_ups", False, visit),
    ("visits made", "follow_ups", True, lambda case: visit(case, done_on=TODAY)),
    ("no visits", "follow_ups", True, lambda case: None),
    (
        "a visit dropped",
        "follow_ups",
        True,
        lambda case: Task.objects.create(
            case=case, kind="follow_up", about=visit(case).pk, state="dropped", due_on=TODAY,
            first_due_on=TODAY, **WRITTEN,
        ),
    ),
]  # fmt: skip


class TestGatesOf:
    @pytest.mark.parametrize(
        ("code", "expected", "write"), [row[1:] for row in TRUTH], ids=[f"{row[1]}-{row[0]}" for row in TRUTH]
    )
    def test_are_met_by_what_is_written(self, caseworker, code, expected, write):
        case = a_case(caseworker)
        write(case)
        assert is_met(case, code) is expected

    def test_are_met_by_nothing_of_another_case(self, caseworker):
        case, other = a_case(caseworker), a_case(caseworker)
        rights(other), assessed(other), goal(other), step(other), score(goal(other, number=2))
        for code in ("rights_given", "baseline", "goal", "plan", "arranged", "evaluated"):
            assert not is_met(case, code)

    def test_look_at_the_legal_basis_on_the_day(self, caseworker):
        case = a_case(caseworker)
        assert is_met(case, "legal_basis")
        without_consent(case, caseworker)
        assert not is_met(case, "legal_basis")

    @pytest.mark.parametrize(
        ("model", "code", "write"),
        [
            (
                "rehabilitation",
                "functional_assessment",
                lambda case: assessed(case, instrument="wg-short-set"),
            ),
            (
                "personal_strengths",
                "strengths_inventory",
                lambda case: assessed(case, strengths="Pandai membuat kue"),
            ),
            (
                "full_support",
                "professional_team",
                lambda case: (member(case, "doctor"), member(case, "social_worker")),
            ),
        ],
        ids=["rehabilitation", "personal_strengths", "full_support"],
    )
    def test_ask_for_the_part_of_the_working_model_and_of_no_other(self, caseworker, model, code, write):
        case = a_case(caseworker)
        assert not is_met(case, code, model=model)
        write(case)
        assert is_met(case, code, model=model)
        Case.objects.filter(pk=case.pk).update(working_model="expanded_broker", stage=Stage.INTAKE)
        everything = codes_between(model_of(Case.objects.get(pk=case.pk)), Stage.OUTREACH, Stage.CLOSED)
        assert not set(everything) & set(casework.REQUIRED_PARTS)

    def test_count_professions_and_not_heads_nor_those_who_left(self, caseworker):
        case = a_case(caseworker)
        # The manager is a social worker, too.
        member(case, "social_worker"), member(case, "social_worker"), member(case, "nurse", ended_on=TODAY)
        assert not is_met(case, "professional_team", model="full_support")

    def test_take_the_process_where_the_model_is_judged_by_it(self, caseworker):
        case = a_case(caseworker)
        ending(case, process={"fit": "Sesuai"})
        assert is_met(case, "evaluated", model="full_support")

    @pytest.mark.parametrize(
        ("now", "to"), [(now, to) for now in WAY for to in sorted(NEXT[now])], ids=lambda stage: stage.value
    )
    def test_stand_on_the_main_way_forward_only(self, caseworker, now, to):
        case = a_case(caseworker)
        Case.objects.filter(pk=case.pk).update(stage=now)
        seen = [gate.code for gate in gates_of(Case.objects.get(pk=case.pk), to, TODAY)]
        is_forward = to not in SIDE and WAY.index(to) > WAY.index(now)
        passed = WAY[WAY.index(now) + 1 : WAY.index(to) + 1] if is_forward else ()
        expected = [code for stage in passed for code in ENTRY.get(stage, ())]
        assert seen == [code for code in expected if code not in casework.REQUIRED_PARTS]

    def test_of_a_suspended_case_lie_beyond_where_it_stood(self, caseworker):
        case = moved(brought_to(Stage.PLANNING, caseworker), caseworker, "suspended")
        assert gates_of(case, Stage.PLANNING, TODAY) == ()
        assert [gate.code for gate in gates_of(case, Stage.LINKING, TODAY)] == ["plan"]

    def test_tell_the_page_where_each_is_mended(self, caseworker):
        case = a_case(caseworker)
        addresses = {gate.address for gate in gates_of(case, Stage.ASSESSMENT, TODAY)}
        for before, after in pairwise(WAY):
            Case.objects.filter(pk=case.pk).update(stage=before)
            addresses |= {gate.address for gate in gates_of(Case.objects.get(pk=case.pk), after, TODAY)}
        for address in addresses:
            try:
                reverse(address, args=[case.pk])
            except NoReverseMatch:
                assert address in {
                    f"cases:{name}" for name in ("assessments", "goals", "plan", "team", "ending", "rights")
                }

    def test_ask_the_database_twice_at_most_besides_where_it_stood(
        self, caseworker, django_assert_max_num_queries
    ):
        case = a_case(caseworker)
        with django_assert_max_num_queries(2):
            gates_of(case, Stage.ASSESSMENT, TODAY)


class TestGateWords:
    def test_are_words_for_every_gate(self):
        codes = [code for codes in ENTRY.values() for code in codes]
        assert len(codes) == len(set(codes))
        assert all(gate_words(code) != code for code in codes)

    def test_show_a_code_that_nobody_knows_any_more(self):
        assert gate_words("moonlight") == "moonlight"


class TestNextInLine:
    @pytest.mark.parametrize(("now", "then"), [*pairwise(WAY), (Stage.CLOSED, None), (Stage.SUSPENDED, None)])
    def test_is_the_stage_after_this_one(self, now, then):
        found = next_in_line(Case(stage=now))
        # From finding somebody the first talk may follow at once, but prescreening comes first in line.
        assert found == then


class TestPanel:
    def test_shows_what_is_missing_and_until_when(self, caseworker):
        seen = panel(a_case(caseworker), caseworker, TODAY)
        assert (seen.next, [gate.code for gate in seen.unmet]) == ("assessment", ["rights_given"])
        assert (seen.due_on, seen.is_late) == (TODAY + timedelta(days=14), False)

    def test_is_late_when_the_days_of_the_office_are_over(self, caseworker):
        case = a_case(caseworker)
        Office.objects.create(
            organisation=case.organisation, norms={"intake_to_assessment_days": 3}, changed_at=when()["at"],
            changed_by_name="Pak Hamdan",
        )  # fmt: skip
        assert not panel(case, caseworker, TODAY + timedelta(days=3)).is_late
        assert panel(case, caseworker, TODAY + timedelta(days=4)).is_late

    def test_shows_nothing_to_come_after_the_end(self, caseworker):
        seen = panel(moved(a_case(caseworker), caseworker, "left"), caseworker, TODAY)
        assert (seen.next, seen.gates, seen.due_on) == ("", (), None)

    def test_asks_the_database_twice_at_most(self, caseworker, django_assert_max_num_queries):
        case = a_case(caseworker)
        for stage in WAY:
            case.stage = stage
            with django_assert_max_num_queries(2):
                panel(case, caseworker, TODAY)


class TestCrosswalkOf:
    def test_tells_the_names_of_the_law_and_the_old_step(self):
        names = crosswalk_of(Case(stage=Stage.LINKING))
        assert (names.pp39.id, names.atensi.id, names.step_number) == ("pemecahan masalah", "implementasi", 6)
        assert names.step.title.id == "Menghubungkan klien"

    def test_knows_no_step_beside_the_way(self):
        assert crosswalk_of(Case(stage=Stage.DIED)).step is None
