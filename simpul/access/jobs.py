"""Long work that goes on while nobody waits: begun by a page, done by one process beside the server.

    @task("imports.run", says=_("Memuat berkas"))
    def run(job: Job, progress: Progress) -> str:
        by = job.wanted_by_user()      # acts with the rights of who asked, as they are when it runs
        for done, row in enumerate(rows):
            progress(done, len(rows))
        return _("5.120 orang dimuat.")     # shown to who asked; never a fact about a person

    begin("imports.run", about=source.pk, by=request.user, at=now)      # from an action, inside its transaction

A task lives in `reactions.py` of its subject and calls that subject's actions, which are gated as always. It is all
or nothing by its own transactions: when the process is killed, the task is begun again from its start, so it must bear
that (its actions carry keys). A refusal ends it with the refusal's sentence. What is under way is told in a small file
and not in the database, where the numbers would wait behind the very transaction that they tell of.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from simpul.access.models import Job, JobState, User
from simpul.access.refusal import Refusal

Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], str]

_log = logging.getLogger(__name__)

# A task whose process died so often is not begun again: something in it kills.
_TRIES = 3
# Numbers of progress are written so often at most, in seconds.
_EVERY = 0.5


@dataclass(frozen=True)
class Task:
    """`says` names the work for who waits; `nightly_at` is an hour of the office's own clock."""

    name: str
    work: Work
    says: Promise | str
    nightly_at: clock | None = None


TASKS: dict[str, Task] = {}


class TaskUnknown(ValueError):
    """No task has that name: its module was not read when the program began."""


def task(name: str, *, says: Promise | str, nightly_at: clock | None = None) -> Callable[[Work], Work]:
    """Registers what a job of that name does."""

    def register(work: Work) -> Work:
        TASKS[name] = Task(name, work, says, nightly_at)
        return work

    return register


def begin(name: str, *, about: UUID | None = None, by: User | None, at: datetime, language: str = "") -> Job:
    """A job that waits to be done; the one that waits or runs already, where there is one about the same.

    Called inside the transaction of the action that wants it, so that both are there or neither.
    """
    if name not in TASKS:
        raise TaskUnknown(name)
    with transaction.atomic():
        for job in Job.objects.select_for_update().filter(task=name, about=about, state__in=Job.OPEN):
            return job
        try:
            with transaction.atomic():
                return Job.objects.create(
                    task=name,
                    about=about,
                    wanted_at=at,
                    wanted_by=by.pk if by else None,
                    wanted_by_name=str(by) if by else "Simpul",
                    language=language or translation.get_language() or "id",
                )
        except IntegrityError:
            # Pressed twice at the same moment: the other press had it begun.
            return Job.objects.get(task=name, about=about, state__in=Job.OPEN)


def latest(name: str, about: UUID | None) -> Job | None:
    """The newest job of that name about that, whatever became of it."""
    return Job.objects.filter(task=name, about=about).order_by("-wanted_at", "-id").first()


def how_far(job: Job) -> tuple[int, int]:
    """How much of how much is done; (0, 0) as long as nobody knows."""
    try:
        done, total = _file_of(job).read_text().split()
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0


def run_waiting(at: datetime | None = None) -> int:
    """Does all that waits, one after the other, in this process; says how many it did."""
    count = 0
    while job := _next(at or timezone.now()):
        _run(job)
        count += 1
    return count


def begin_nightly(now: datetime) -> list[Job]:
    """The tasks whose hour has come today and which were not begun today. `now` in the office's own time."""
    begun = []
    for held in TASKS.values():
        if held.nightly_at is None or now.time() < held.nightly_at:
            continue
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if not Job.objects.filter(task=held.name, wanted_by=None, wanted_at__gte=midnight).exists():
            begun.append(begin(held.name, by=None, at=now, language=settings.LANGUAGE_CODE))
    return begun


def take_up_again() -> int:
    """Jobs whose process died wait again; those that died too often are ended. Only for who holds the lock."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        if job.tries >= _TRIES:
            _end(
                job, JobState.FAILED, _("Berhenti sebelum selesai, beberapa kali. Hubungi pengelola Simpul.")
            )
        else:
            Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    return Job.objects.filter(state=JobState.WAITING).count()


@contextmanager
def alone() -> Iterator[bool]:
    """Whether this is the one process that works for this data folder; the lock ends with the process."""
    folder = _folder()
    with (folder / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _next(at: datetime) -> Job | None:
    """Takes the oldest that waits, so that no other process takes it too."""
    for job in Job.objects.filter(state=JobState.WAITING, wanted_at__lte=at).order_by("wanted_at", "id"):
        taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
            state=JobState.RUNNING, started_at=timezone.now(), tries=job.tries + 1
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def _run(job: Job) -> None:
    with translation.override(job.language):
        try:
            held = TASKS.get(job.task)
            if held is None:
                raise TaskUnknown(job.task)
            told = held.work(job, _teller(job))
        except Refusal as refusal:
            _end(job, JobState.FAILED, str(refusal))
        except Exception:  # noqa: BLE001  the one edge of this process
            # Whoever waits is told, the next job is done, and the log has the cause.
            _end(
                job,
                JobState.FAILED,
                _(
                    "Pekerjaan ini berhenti karena kesalahan Simpul. Tidak ada yang tersimpan setengah. Hubungi pengelola."
                ),
            )
            _log.exception("The task %s of job %s failed.", job.task, job.pk)
        else:
            _end(job, JobState.DONE, told)
        finally:
            _file_of(job).unlink(missing_ok=True)


def _end(job: Job, state: JobState, told: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, told=told, ended_at=timezone.now())


def _teller(job: Job) -> Progress:
    path, last = _file_of(job), 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < _EVERY and done < total:
            return
        last = time.monotonic()
        fresh = path.with_suffix(".new")
        fresh.write_text(f"{done} {total}")
        fresh.replace(path)

    return tell


def _folder() -> Path:
    folder = Path(settings.DATA) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file_of(job: Job) -> Path:
    return _folder() / str(job.pk)
