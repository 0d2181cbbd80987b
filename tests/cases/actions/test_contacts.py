import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions.contacts import Next
from simpul.cases.models import Case, FollowUp, Goal, Note, Task
from simpul.people.models import Consent
from simpul.screening.queries import ConsentNeeded
from tests.cases.contacts_factories import PROMISE, WORDS, noted, opened, reminded, tasked
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


def ago(days):
    return TODAY - timedelta(days=days)


def goal_of(case, number=1):
    goal = Goal(case=case, number=number, term="short", at=when(65)["at"], by_name="Rina Wulandari")
    goal.words = "Berjualan tiga kali seminggu"
    goal.save()
    return goal


class TestAddNote:
    def test_keeps_what_happened_sealed(self, caseworker):
        note = noted(opened(caseworker), caseworker, third_party="Kata Pak RT, anaknya sering datang.")
        kept = Note.objects.get(pk=note.pk)
        assert (kept.words, kept.third_party) == (WORDS, "Kata Pak RT, anaknya sering datang.")
        assert b"berjualan" not in bytes(kept.words_sealed)
        assert b"RT" not in bytes(kept.third_party_sealed)

    def test_pressed_twice_is_one_note_and_one_task(self, caseworker):
        case, key = opened(caseworker), uuid.uuid4()
        for _ in range(2):
            noted(case, caseworker, key=key, next_step=PROMISE, then=Next(TODAY + timedelta(days=3)))
        assert (Note.objects.count(), Task.objects.count()) == (1, 1)

    def test_refuses_a_key_of_another_case(self, caseworker):
        key = uuid.uuid4()
        noted(opened(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            noted(opened(caseworker), caseworker, key=key)

    def test_makes_a_task_of_the_next_step(self, caseworker):
        case, day = opened(caseworker), TODAY + timedelta(days=3)
        note = noted(case, caseworker, next_step=PROMISE, then=Next(day, "visit"))
        task = Task.objects.get()
        assert (task.words, task.due_on, task.kind, task.about) == (PROMISE, day, "visit", note.pk)

    def test_writes_nothing_when_the_task_cannot_be(self, caseworker):
        with pytest.raises(Refusal, match="sudah lewat"):
            noted(opened(caseworker), caseworker, next_step=PROMISE, then=Next(ago(1)))
        assert not Note.objects.exists()

    def test_wants_words_for_a_step_with_a_day(self, caseworker):
        with pytest.raises(Refusal, match="Langkah berikutnya belum diisi"):
            noted(opened(caseworker), caseworker, then=Next(TODAY))

    def test_finishes_the_tasks_that_it_settles_and_only_those(self, caseworker):
        case = opened(caseworker)
        own, derived, other = tasked(case, caseworker), reminded(case, caseworker), tasked(case, caseworker)
        noted(case, caseworker, settles=[own.pk, derived.pk])
        states = [Task.objects.get(pk=task.pk).state for task in (own, derived, other)]
        assert states == ["done", "open", "open"]

    def test_settles_nothing_of_another_case(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        noted(opened(caseworker), caseworker, settles=[task.pk])
        assert Task.objects.get().state == "open"

    def test_hangs_on_goals_of_its_case(self, caseworker):
        case = opened(caseworker)
        goal = goal_of(case)
        assert noted(case, caseworker, goals=[str(goal.pk)]).goals == [str(goal.pk)]
        with pytest.raises(Refusal, match="Pilih tujuan dari daftar"):
            noted(opened(caseworker), caseworker, goals=[str(goal.pk)])

    @pytest.mark.parametrize(
        ("days", "sentence"), [(-1, "belum tiba"), (31, "sebelum kasus dibuka, 22 Oktober")]
    )
    def test_refuses_a_day_before_the_opening_or_to_come(self, caseworker, days, sentence):
        case = opened(caseworker, days=30)
        with pytest.raises(Refusal, match=sentence):
            noted(case, caseworker, day=ago(days))
        assert noted(case, caseworker, day=ago(30)).on == ago(30)

    @pytest.mark.parametrize(
        ("details", "sentence"),
        [
            ({"words": " \n "}, "belum diisi"),
            ({"words": "a" * 4001}, "terlalu panjang"),
            ({"kind": "gossip"}, "Pilih apa yang terjadi"),
            ({"minutes": 0}, "dalam menit"),
            ({"place": "a" * 201}, "Tempat terlalu panjang"),
        ],
        ids=["nothing", "too much", "unknown kind", "no time", "long place"],
    )
    def test_refuses_what_cannot_be(self, caseworker, details, sentence):
        with pytest.raises(Refusal, match=sentence):
            noted(opened(caseworker), caseworker, **details)

    @pytest.mark.parametrize(
        ("kind", "is_contact"),
        [("visit", True), ("call", True), ("attempt", False), ("note", False)],
    )
    def test_tells_the_case_of_its_last_contact(self, caseworker, kind, is_contact):
        case = opened(caseworker, days=30)
        noted(case, caseworker, kind=kind, day=ago(2))
        assert Case.objects.get().last_contact_on == (ago(2) if is_contact else None)

    def test_leaves_the_last_contact_when_an_older_one_is_noted_later(self, caseworker):
        case = opened(caseworker, days=30)
        noted(case, caseworker, day=ago(2))
        noted(case, caseworker, day=ago(9))
        assert Case.objects.get().last_contact_on == ago(2)

    def test_never_sets_a_look_after_the_ending_back(self, caseworker):
        case = opened(caseworker, days=30)
        Case.objects.update(last_contact_on=ago(1))
        noted(case, caseworker, day=ago(9))
        assert Case.objects.get().last_contact_on == ago(1)

    def test_leaves_a_prescreening_to_its_own_page(self, caseworker):
        with pytest.raises(Refusal, match="Pilih apa yang terjadi"):
            noted(opened(caseworker), caseworker, kind="prescreening")

    def test_refuses_without_a_legal_basis(self, caseworker):
        case = opened(caseworker)
        Consent.objects.update(withdrawn_on=TODAY, withdrawn_at=when(65)["at"])
        with pytest.raises(ConsentNeeded):
            noted(case, caseworker)

    def test_refuses_on_an_ended_case(self, caseworker):
        case = opened(caseworker)
        Case.objects.update(stage="closed")
        with pytest.raises(Refusal, match="sudah berakhir"):
            noted(case, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        case = opened(caseworker)
        with pytest.raises(NotAllowed):
            noted(case, request.getfixturevalue(role))


class TestACorrection:
    def test_stands_beside_what_it_corrects(self, caseworker, supervisor):
        case = opened(caseworker)
        first = noted(case, caseworker)
        second = noted(case, supervisor, corrects=first, words="Ia berjualan di pasar.", after=80)
        assert second.corrects == first
        assert Note.objects.get(pk=first.pk).words == WORDS

    def test_counts_at_once_for_the_last_contact(self, caseworker):
        case = opened(caseworker, days=30)
        first = noted(case, caseworker, day=ago(2))
        noted(case, caseworker, day=ago(2), kind="attempt", corrects=first, after=80)
        assert Case.objects.get().last_contact_on is None

    def test_falls_back_to_a_look_after_the_ending(self, caseworker):
        case = opened(caseworker, days=30)
        made = {"due_on": ago(5), "done_on": ago(5), "at": when(70)["at"], "by_name": "Rina"}
        FollowUp.objects.create(case=case, condition="same", **made)
        FollowUp.objects.create(case=case, condition="not_met", **{**made, "done_on": ago(3)})
        first = noted(case, caseworker, day=ago(2))
        noted(case, caseworker, day=ago(2), kind="attempt", corrects=first, after=80)
        assert Case.objects.get().last_contact_on == ago(5)

    def test_is_put_right_itself_not_what_it_corrected(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        noted(case, caseworker, corrects=first, after=80)
        with pytest.raises(Refusal, match="sudah dikoreksi"):
            noted(case, caseworker, corrects=first, after=81)

    def test_belongs_to_the_same_case(self, caseworker):
        first = noted(opened(caseworker), caseworker)
        with pytest.raises(Refusal, match="milik kasus lain"):
            noted(opened(caseworker), caseworker, corrects=first)

    def test_is_possible_after_the_case_ended(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        Case.objects.update(stage="closed")
        assert noted(case, caseworker, corrects=first, words="Bukan di rumah.", after=80).corrects == first
