import uuid
from datetime import date, timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.tasks import drop_task, edit_task, finish_task, postpone_task
from simpul.cases.models import Case, Task, TaskKind
from simpul.cases.queries.tasks import ELSEWHERE, KEPT
from simpul.people.queries import Limited
from tests.cases.contacts_factories import PROMISE, opened, reminded, tasked
from tests.people.factories import limited
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=10)
AT = when(90)["at"]


def edited(task, by, *, words=PROMISE, due_on=None, worker=None, version=None, **details):
    return edit_task(
        task,
        by=by,
        on=TODAY,
        words=words,
        due_on=due_on or task.due_on,
        worker=worker or task.worker,
        version=task.version if version is None else version,
        **details,
    )


def postponed(task, by, *, until=LATER, because="Kapal tidak berlayar", version=None):
    version = task.version if version is None else version
    return postpone_task(task, by=by, on=TODAY, at=AT, until=until, because=because, version=version)


class TestAddTask:
    def test_keeps_what_by_when_and_whose_with_the_words_sealed(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        assert (task.words, task.worker_name, task.kind) == (PROMISE, "Rina Wulandari", "own")
        assert b"puskesmas" not in bytes(task.words_sealed)

    def test_pressed_twice_makes_one(self, caseworker):
        case, key = opened(caseworker), uuid.uuid4()
        assert tasked(case, caseworker, key=key) == tasked(case, caseworker, key=key)
        assert Task.objects.count() == 1

    def test_refuses_a_key_of_another_case(self, caseworker):
        key = uuid.uuid4()
        tasked(opened(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            tasked(opened(caseworker), caseworker, key=key)

    @pytest.mark.parametrize(
        ("details", "sentence"),
        [
            ({"words": "  "}, "belum diisi"),
            ({"words": "a" * 301}, "terlalu panjang"),
            ({"due_on": TODAY - timedelta(days=1)}, "sudah lewat"),
            ({"due_on": date.max}, "terlalu jauh"),
            ({"kind": "approval"}, "Pilih: tugas atau kunjungan"),
            ({"worker": uuid.UUID(int=7)}, "anggota tim"),
        ],
        ids=["nothing", "too much", "yesterday", "far", "derived", "nobody"],
    )
    def test_refuses_what_cannot_be(self, caseworker, details, sentence):
        case = opened(caseworker)
        with pytest.raises(Refusal, match=sentence):
            tasked(case, caseworker, **details)
        assert not Task.objects.exists()

    def test_refuses_on_an_ended_case(self, caseworker):
        case = opened(caseworker)
        Case.objects.update(stage="closed")
        case.refresh_from_db()
        with pytest.raises(Refusal, match="sudah berakhir"):
            tasked(case, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        case = opened(caseworker)
        with pytest.raises(NotAllowed):
            tasked(case, request.getfixturevalue(role))

    def test_tells_the_record_nothing_about_the_person(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        event = Event.objects.about(task.case).filter(permission="case.note").last()
        assert event.details == {}


class TestFinishTask:
    def test_says_who_and_when(self, caseworker, supervisor):
        task = finish_task(tasked(opened(caseworker), caseworker), by=supervisor, at=AT)
        assert (task.state, task.done_by_name, task.done_at) == ("done", "Pak Hamdan", AT)

    def test_pressed_twice_changes_nothing(self, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker)
        finish_task(task, by=caseworker, at=AT)
        assert finish_task(task, by=supervisor, at=AT).done_by_name == "Rina Wulandari"

    @pytest.mark.parametrize("kind", sorted(ELSEWHERE))
    def test_leaves_what_has_a_page_of_its_own_to_that_page(self, caseworker, kind):
        task = reminded(opened(caseworker), caseworker, kind)
        with pytest.raises(Refusal, match="selesai dengan sendirinya"):
            finish_task(task, by=caseworker, at=AT)

    @pytest.mark.parametrize("kind", [TaskKind.ADVOCATE, TaskKind.CONFERENCE])
    def test_finishes_what_has_none(self, caseworker, kind):
        assert (
            finish_task(reminded(opened(caseworker), caseworker, kind), by=caseworker, at=AT).state == "done"
        )

    def test_refuses_what_was_dropped(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        drop_task(task, by=caseworker, at=AT, because="Sudah diantar tetangga")
        with pytest.raises(Refusal, match="tidak menunggu lagi: tidak jadi, oleh Rina"):
            finish_task(task, by=caseworker, at=AT)


class TestDropTask:
    @pytest.mark.parametrize("kind", sorted(KEPT))
    def test_leaves_what_others_answer_to_its_own_page(self, caseworker, kind):
        task = reminded(opened(caseworker), caseworker, kind)
        with pytest.raises(Refusal, match="Selesaikan di halamannya"):
            drop_task(task, by=caseworker, at=AT, because="Tidak perlu lagi")
        kept = Task.objects.get(pk=task.pk)
        assert (kept.state, kept.due_on, kept.version) == ("open", task.due_on, 1)

    def test_refuses_while_the_data_may_only_be_read(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        limited(task.case.person, caseworker)
        with pytest.raises(Limited):
            drop_task(task, by=caseworker, at=AT, because="Tidak perlu lagi")

    @pytest.mark.parametrize("make", [tasked, reminded])
    def test_keeps_the_reason(self, caseworker, make):
        task = drop_task(
            make(opened(caseworker), caseworker), by=caseworker, at=AT, because="Sudah diantar tetangga"
        )
        kept = Task.objects.get(pk=task.pk)
        assert (kept.state, kept.because) == ("dropped", "Sudah diantar tetangga")

    def test_refuses_without_a_reason(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            drop_task(task, by=caseworker, at=AT, because=" ya ")
        assert Task.objects.get(pk=task.pk).state == "open"


class TestPostponeTask:
    @pytest.mark.parametrize("kind", sorted(KEPT))
    def test_leaves_what_others_answer_to_its_own_page(self, caseworker, kind):
        task = reminded(opened(caseworker), caseworker, kind)
        with pytest.raises(Refusal, match="Selesaikan di halamannya"):
            postponed(task, caseworker)
        kept = Task.objects.get(pk=task.pk)
        assert (kept.state, kept.due_on, kept.version) == ("open", task.due_on, 1)

    def test_refuses_while_the_data_may_only_be_read(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        limited(task.case.person, caseworker)
        with pytest.raises(Limited):
            postponed(task, caseworker)

    def test_moves_the_day_once_and_remembers_the_first(self, caseworker):
        task = tasked(opened(caseworker), caseworker, days=3)
        moved = postponed(task, caseworker)
        assert (moved.due_on, moved.postponed, moved.version) == (LATER, 1, 2)
        assert moved.first_due_on == TODAY + timedelta(days=3)

    def test_leaves_the_day_and_asks_the_supervisor_at_the_second_time(self, caseworker):
        task = postponed(tasked(opened(caseworker), caseworker), caseworker)
        asked = postponed(task, caseworker, until=LATER + timedelta(days=9), because="Masih hujan deras")
        kept = Task.objects.get(pk=task.pk)
        assert (kept.due_on, kept.postponed) == (LATER, 2)
        assert kept.because == asked.because == "Minta sampai 10 Desember 2026: Masih hujan deras"

    @pytest.mark.parametrize("days", [0, 9], ids=["lets it stay", "moves it"])
    def test_lets_the_supervisor_answer(self, caseworker, supervisor, days):
        task = postponed(tasked(opened(caseworker), caseworker), caseworker)
        asked = postponed(task, caseworker, until=LATER + timedelta(days=9), because="Masih hujan deras")
        until = LATER + timedelta(days=days)
        answered = postponed(asked, supervisor, until=until, because="Cari jalan lain dahulu")
        assert (answered.due_on, answered.postponed) == (until, 1)

    def test_pressed_twice_moves_once_and_asks_nobody(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        postponed(task, caseworker, version=1)
        # The second press was on its way before the first had answered.
        again = postponed(task, caseworker, version=1)
        assert (again.postponed, again.version) == (1, 2)

    @pytest.mark.parametrize("days", [-3, 0])
    def test_refuses_a_day_that_is_not_later(self, caseworker, days):
        task = tasked(opened(caseworker), caseworker, days=5)
        with pytest.raises(Refusal, match="Pilih tanggal setelah 26 November 2026"):
            postponed(task, caseworker, until=task.due_on + timedelta(days=days))

    def test_refuses_a_day_that_is_over_for_what_is_late(self, caseworker):
        task = tasked(opened(caseworker), caseworker, days=-5)
        with pytest.raises(Refusal, match="sudah lewat"):
            postponed(task, caseworker, until=TODAY - timedelta(days=1))

    def test_refuses_without_a_reason(self, caseworker):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            postponed(tasked(opened(caseworker), caseworker), caseworker, because="")

    def test_shows_both_days_to_who_was_slower(self, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker)
        postponed(task, supervisor, because="Rapat desa", version=1)
        with pytest.raises(Clash, match=r"1 Desember 2026.*5 Desember 2026"):
            postponed(task, caseworker, until=TODAY + timedelta(days=14), version=1)


class TestEditTask:
    @pytest.mark.parametrize("kind", sorted(KEPT))
    def test_leaves_what_others_answer_to_its_own_page(self, caseworker, kind):
        task = reminded(opened(caseworker), caseworker, kind)
        with pytest.raises(Refusal, match="Selesaikan di halamannya"):
            edited(task, caseworker, words="Lain kali", because="Tidak perlu lagi")
        kept = Task.objects.get(pk=task.pk)
        assert (kept.state, kept.due_on, kept.version) == ("open", task.due_on, 1)

    def test_refuses_while_the_data_may_only_be_read(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        limited(task.case.person, caseworker)
        with pytest.raises(Limited):
            edited(task, caseworker, words="Lain kali", because="Tidak perlu lagi")

    def test_changes_words_day_and_worker(self, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker, days=5)
        changed = edited(task, supervisor, words="Telepon puskesmas", due_on=TODAY, worker=supervisor.pk)
        assert (changed.words, changed.due_on, changed.worker_name) == (
            "Telepon puskesmas",
            TODAY,
            "Pak Hamdan",
        )
        assert changed.version == 2

    def test_shows_both_values_to_who_was_slower_and_writes_nothing(self, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker)
        edited(task, supervisor, words="Telepon puskesmas", version=1)
        with pytest.raises(Clash) as clash:
            edited(task, caseworker, words="Antar dengan perahu", version=1)
        assert (clash.value.theirs, clash.value.mine) == ("Telepon puskesmas", "Antar dengan perahu")
        assert Task.objects.get(pk=task.pk).words == "Telepon puskesmas"

    def test_pressed_twice_changes_once(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        for _ in range(2):
            changed = edited(task, caseworker, words="Telepon puskesmas", version=1)
        assert changed.version == 2

    def test_clashes_after_the_row_behind_it_moved(self, caseworker):
        task = reminded(opened(caseworker), caseworker)
        Task.objects.filter(pk=task.pk).update(version=2, due_on=LATER)
        with pytest.raises(Clash):
            edited(task, caseworker, words="Nilai bersama ibu", because="Lebih jelas", version=1)

    def test_wants_a_reason_for_what_follows_another_row(self, caseworker):
        task = reminded(opened(caseworker), caseworker)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            edited(task, caseworker, words="Nilai bersama ibu")
        changed = edited(task, caseworker, words="Nilai bersama ibu", because="Lebih jelas bagi tim")
        assert (changed.words, changed.because) == ("Nilai bersama ibu", "Lebih jelas bagi tim")

    def test_is_no_way_around_postponing(self, caseworker):
        with pytest.raises(Refusal, match="Undurkan"):
            edited(tasked(opened(caseworker), caseworker), caseworker, due_on=LATER)

    def test_gives_it_to_nobody_outside_the_team(self, caseworker, stranger):
        with pytest.raises(Refusal, match="anggota tim"):
            edited(tasked(opened(caseworker), caseworker), caseworker, worker=stranger.pk)
