import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.assessments import complete, discard, save_draft, start
from simpul.cases.models import Assessment, Case, Office, Task
from simpul.instruments import actions as instruments
from simpul.instruments.models import StoredInstrument
from simpul.people.models import Consent
from simpul.screening.queries import ConsentNeeded
from tests.cases.assessing import (
    OWN,
    VIEW,
    WG,
    assessed,
    begun,
    done,
    filled,
    own_instrument,
    owned,
    when,
)
from tests.cases.contacts_factories import opened
from tests.instruments.factories import AT, added, required
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
ANSWERS = {"seeing": 1, "hearing": 3, "walking": {"state": "unknown"}, "reasons": {"hearing": "Sejak demam"}}


@pytest.fixture
def case(caseworker):
    return opened(caseworker, days=30)


@pytest.fixture
def draft(case, caseworker):
    return begun(case, caseworker)


def of(row):
    """Everything that is kept of an assessment."""
    return Assessment.objects.filter(pk=row.pk).values().get()


class TestStart:
    def test_makes_the_first_with_an_instrument_the_baseline_and_later_ones_a_re_assessment(
        self, case, caseworker
    ):
        made = [assessed(case, caseworker, days=number).occasion for number in range(3)]
        assert made == ["baseline", "reassessment", "reassessment"]

    def test_makes_a_later_one_additional_when_it_is_wanted(self, case, caseworker):
        made = [assessed(case, caseworker, days=number, is_further=True).occasion for number in range(2)]
        assert made == ["baseline", "further"]

    def test_gives_every_instrument_a_baseline_of_its_own(self, case, caseworker):
        assessed(case, caseworker)
        assert begun(case, caseworker, "family-support").occasion == "baseline"

    def test_pressed_twice_starts_one(self, case, caseworker):
        key = uuid.uuid4()
        assert begun(case, caseworker, key=key) == begun(case, caseworker, key=key)
        assert Assessment.objects.count() == 1

    def test_refuses_a_key_of_another_case(self, case, caseworker, draft):
        with pytest.raises(Refusal, match="dengan isian lain"):
            begun(opened(caseworker), caseworker, key=draft.pk)

    def test_refuses_a_second_draft_with_the_same_instrument(self, case, supervisor, draft):
        with pytest.raises(Refusal, match="sedang diisi sejak 21 November 2026 oleh Rina Wulandari"):
            begun(case, supervisor)
        assert Assessment.objects.count() == 1

    def test_takes_the_newest_version_of_an_own_instrument(self, case, caseworker, supervisor):
        owned(supervisor)
        added(supervisor, own_instrument(measured=False))
        draft = begun(case, caseworker, OWN)
        assert (draft.instrument_version, draft.digest) == (
            "2",
            StoredInstrument.objects.get(version=2).digest,
        )

    @pytest.mark.parametrize("code", ["nothing", OWN])
    def test_refuses_what_is_not_offered(self, case, caseworker, supervisor, code):
        stored = added(supervisor, own_instrument())
        instruments.withdraw(stored, by=supervisor, at=AT)
        with pytest.raises(Refusal, match="tidak ditawarkan lagi"):
            begun(case, caseworker, code)

    def test_refuses_an_ended_case(self, case, caseworker):
        Case.objects.update(stage="closed")
        with pytest.raises(Refusal, match="sudah berakhir"):
            begun(case, caseworker)

    def test_refuses_without_a_legal_basis(self, case, caseworker):
        Consent.objects.update(withdrawn_on=TODAY, withdrawn_at=when()["at"])
        with pytest.raises(ConsentNeeded):
            begun(case, caseworker)

    @pytest.mark.parametrize("role", ["head", "volunteer", "stranger"])
    def test_is_closed_to_who_may_not_assess(self, case, request, role):
        with pytest.raises(NotAllowed):
            begun(case, request.getfixturevalue(role))


class TestSaveDraft:
    def test_keeps_words_and_answers_sealed_and_incomplete(self, draft, caseworker):
        saved = filled(draft, caseworker, client_view=f" {VIEW} ", answers=ANSWERS)
        held = Assessment.objects.get()
        assert (held.client_view, held.answers, held.version) == (VIEW, ANSWERS, 2)
        assert (held.family_view, held.completed_at, held.scores) == (None, None, None)
        assert b"takut" not in bytes(saved.client_view_sealed)

    def test_sent_twice_changes_nothing(self, draft, caseworker):
        filled(draft, caseworker, answers=ANSWERS)
        before = of(draft)
        filled(draft, caseworker, version=1, answers=ANSWERS)
        assert of(draft) == before

    def test_shows_both_values_and_writes_nothing_when_somebody_was_faster(
        self, draft, caseworker, supervisor
    ):
        filled(draft, supervisor, client_view="Ia ingin pulang.", answers={"seeing": 2})
        before = of(draft)
        with pytest.raises(Clash) as clash:
            filled(draft, caseworker, version=1, client_view=VIEW, answers=ANSWERS)
        assert of(draft) == before
        assert "Ia ingin pulang." in clash.value.theirs
        assert "Ya, ada sedikit kesulitan" in clash.value.theirs
        assert VIEW in clash.value.mine
        assert "Ya, banyak kesulitan – Sejak demam" in clash.value.mine
        assert "Sumber" not in clash.value.mine

    @pytest.mark.parametrize(
        "wrong",
        [
            {"sources": ["gossip"]},
            {"client_view": "a" * 4001},
            {"answers": {"seeing": 9}},
            {"answers": {"smelling": 1}},
            {"answers": {"seeing": {"state": "bored"}}},
            {"answers": {"seeing": 1, "reasons": {"seeing": "a" * 1001}}},
            {"held_on": TODAY + timedelta(days=1)},
            {"held_on": TODAY - timedelta(days=31)},
        ],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, draft, caseworker, wrong):
        before = of(draft)
        with pytest.raises(Refusal):
            filled(draft, caseworker, **wrong)
        assert of(draft) == before

    @pytest.mark.parametrize(
        "wrong", [{"anak": 21}, {"anak": "3"}, {"cerita": 3}, {"cerita": {"state": "unknown"}}]
    )
    def test_refuses_an_answer_of_the_wrong_kind(self, case, caseworker, supervisor, wrong):
        owned(supervisor)
        with pytest.raises(Refusal, match="tidak dikenal"):
            filled(begun(case, caseworker, OWN), caseworker, answers=wrong)

    def test_refuses_without_a_legal_basis(self, draft, caseworker):
        Consent.objects.update(withdrawn_on=TODAY, withdrawn_at=when()["at"])
        with pytest.raises(ConsentNeeded):
            filled(draft, caseworker, client_view=VIEW)

    def test_refuses_on_an_ended_case(self, draft, caseworker):
        Case.objects.update(stage="closed")
        with pytest.raises(Refusal, match="sudah berakhir"):
            filled(draft, caseworker, client_view=VIEW)

    def test_tells_the_record_nothing_of_what_was_said(self, draft, caseworker):
        filled(draft, caseworker, client_view=VIEW, answers=ANSWERS)
        event = Event.objects.about(draft).latest("number")
        assert (event.permission, event.details) == ("case.assess", {})


class TestComplete:
    def test_freezes_answers_and_scores(self, case, caseworker):
        held = assessed(case, caseworker, answers=ANSWERS)
        score = held.scores[0]
        assert (score["score"], score["answer"], score["answered"], score["of"]) == (None, 2, 2, 6)
        assert held.completed_at is not None

    def test_counts_no_missing_answer_as_zero(self, case, caseworker, supervisor):
        owned(supervisor, own_instrument(fewest=1))
        held = assessed(case, caseworker, OWN, {"tidur": 3, "cemas": {"state": "refused"}})
        assert [score["score"] for score in held.scores] == [3.0, None]

    def test_sent_twice_completes_once(self, draft, caseworker):
        read = filled(draft, caseworker, answers=ANSWERS)
        done(read, caseworker, version=read.version)
        before = of(draft)
        complete(read, by=caseworker, version=2, **when(minutes=500))
        assert of(draft) == before
        assert Task.objects.filter(kind="reassessment").count() == 1

    def test_raises_a_clash_when_the_draft_changed_since_it_was_read(self, draft, caseworker, supervisor):
        filled(draft, supervisor, answers=ANSWERS)
        before = of(draft)
        with pytest.raises(Clash):
            done(draft, caseworker, version=1)
        assert of(draft) == before

    @pytest.mark.parametrize(
        ("typed", "words"),
        [({"answers": {}}, "satu pun jawaban"), ({"sources": []}, "dari mana keterangannya")],
    )
    def test_refuses_while_something_is_missing(self, draft, caseworker, typed, words):
        draft = filled(draft, caseworker, **({"answers": ANSWERS} | typed))
        with pytest.raises(Refusal, match=words):
            done(draft, caseworker)
        assert Assessment.objects.get().completed_at is None

    def test_names_what_the_instrument_wants_answered(self, case, caseworker, supervisor):
        owned(supervisor, required(own_instrument(), "cemas"))
        draft = filled(begun(case, caseworker, OWN), caseworker, answers={"tidur": 1})
        with pytest.raises(Refusal, match=r"1 pertanyaan wajib belum dijawab: Seberapa cemas\?"):
            done(draft, caseworker)
        told = filled(draft, caseworker, answers={"tidur": 1, "cemas": {"state": "unknown"}})
        assert done(told, caseworker).completed_at is not None

    @pytest.mark.parametrize("change", ["save", "complete", "discard"])
    def test_is_never_changed_afterwards(self, case, caseworker, change):
        held = assessed(case, caseworker)
        before, version = of(held), held.version
        changing = {
            "save": lambda: filled(held, caseworker, client_view=VIEW),
            "complete": lambda: complete(held, by=caseworker, version=version, **when()),
            "discard": lambda: discard(held, by=caseworker, version=version, **when()),
        }
        with pytest.raises(Refusal, match="tidak diubah lagi"):
            changing[change]()
        assert of(held) == before

    def test_reminds_of_the_next_one(self, case, caseworker):
        baseline = assessed(case, caseworker)
        task = Task.objects.get(kind="reassessment")
        assert (task.about, task.worker) == (baseline.pk, caseworker.pk)
        assert task.due_on == TODAY + timedelta(days=90)

    def test_follows_the_norm_of_the_office(self, case, caseworker):
        Office.objects.create(
            organisation=case.organisation, norms={"reassess_days": 30}, changed_at=when()["at"]
        )
        assessed(case, caseworker)
        assert Task.objects.get(kind="reassessment").due_on == TODAY + timedelta(days=30)

    def test_closes_the_waiting_reminder_with_a_re_assessment_and_puts_the_next(self, case, caseworker):
        baseline = assessed(case, caseworker)
        assessed(case, caseworker, days=80)
        tasks = Task.objects.filter(kind="reassessment", about=baseline.pk).order_by("due_on")
        assert [(task.state, (task.due_on - TODAY).days) for task in tasks] == [("done", 90), ("open", 170)]

    def test_leaves_the_reminder_alone_when_it_is_additional(self, case, caseworker):
        assessed(case, caseworker)
        assessed(case, caseworker, days=20, is_further=True)
        task = Task.objects.get(kind="reassessment")
        assert (task.state, task.due_on) == ("open", TODAY + timedelta(days=90))

    def test_refuses_a_day_before_the_baseline(self, case, caseworker):
        assessed(case, caseworker, days=5)
        draft = begun(case, caseworker, days=6)
        draft = filled(draft, caseworker, days=6, held_on=TODAY, answers=ANSWERS)
        with pytest.raises(Refusal, match="sebelum asesmen awal, 26 November 2026"):
            done(draft, caseworker, days=6)


class TestDiscard:
    def test_throws_a_draft_away_so_that_another_can_be_started(self, case, caseworker, draft):
        discard(draft, by=caseworker, version=1, **when())
        assert begun(case, caseworker, WG).occasion == "baseline"

    def test_raises_a_clash_when_somebody_filled_it_in(self, draft, caseworker, supervisor):
        filled(draft, supervisor, client_view=VIEW)
        with pytest.raises(Clash):
            discard(draft, by=caseworker, version=1, **when())
        assert Assessment.objects.exists()

    @pytest.mark.parametrize("perform", [complete, discard, save_draft], ids=lambda perform: perform.__name__)
    def test_leaves_nothing_to_be_changed(self, draft, caseworker, perform):
        discard(draft, by=caseworker, version=1, **when())
        extra = {"held_on": TODAY} if perform is save_draft else {}
        with pytest.raises((Refusal, NotAllowed)):
            perform(draft, by=caseworker, version=1, **when(), **extra)

    @pytest.mark.parametrize(
        "perform", [complete, discard, save_draft, start], ids=lambda perform: perform.__name__
    )
    def test_needs_the_right_to_assess(self, perform):
        assert perform.permission == "case.assess"
