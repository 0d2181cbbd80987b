"""One office in a process of its own, for the test that kills it: `python killed_office.py STEP PEOPLE`."""

from __future__ import annotations

import os
import sys
import time
from uuid import uuid4

# Not the settings of the tests, under which pytest started this process: they make a folder of their own.
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone

from simpul.access import jobs
from simpul.access.models import Grant, Job, User
from simpul.access.reach import Where
from simpul.imports import actions, reactions
from simpul.imports.models import Batch, Made
from simpul.imports.queries.planning import looked_at
from simpul.people.models import Fact, Person


def prepare(people: int) -> None:
    """A list that was sent and tried, and somebody who pressed the button."""
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="rahma", name="Bu Rahma")
    Grant.objects.create(user=user, role="dinas_officer", region="21.02")
    names = ("Siti", "Budi", "Rahma", "Yusuf", "Kartini", "Bambang", "Wati")
    rows = [
        f"99{number:06d}{number:08d};{names[number % 7]} Orang{chr(97 + number % 26)};L;{1930 + number % 80}-01-02"
        for number in range(1, people + 1)
    ]
    now = timezone.now()
    about = actions.About(
        kind="people",
        list_name="Daftar",
        listed_on=timezone.localdate(now),
        basis="public_service",
        basis_because="pendataan",
    )
    data = "\n".join(["NIK;Nama;JK;Tgl Lahir", *rows]).encode()
    batch = actions.send(
        Where(region="21.02"),
        by=user,
        key=uuid4(),
        data=data,
        looked=looked_at(data),
        file_name="daftar.csv",
        about=about,
        on=timezone.localdate(now),
        at=now,
    )
    actions.ask_to_try(batch, by=user, at=now)
    jobs.run_waiting()
    batch.refresh_from_db()
    actions.ask_to_run(batch, by=user, at=now)
    print(batch.state)


def run() -> None:
    """The work begins, and stands still in the middle of its transaction until it is killed."""
    _stand_still("run", "writing")
    jobs.run_waiting()


def undo() -> None:
    """The import is taken back as far as the first people, until it is killed."""
    actions.ask_to_undo(Batch.objects.get(), by=User.objects.get(), at=timezone.now())
    _stand_still("undo", "taking back")
    jobs.run_waiting()


def _stand_still(name: str, says: str) -> None:
    kept = getattr(actions, name)

    def halting(batch: Batch, **details: object) -> Batch:
        def progress(done: int, total: int) -> None:
            print(says, flush=True)
            time.sleep(120)

        return kept(batch, **{**details, "progress": progress})

    setattr(reactions.actions, name, halting)


def again() -> None:
    """What the process beside the server does when it starts."""
    jobs.take_up_again()
    jobs.run_waiting()
    print(Batch.objects.get().state)


def count() -> None:
    jobs_of = Job.objects.filter(task__in=(actions.RUN, actions.UNDO)).order_by("wanted_at")
    states = Batch.objects.get().state, *jobs_of.values_list("state", flat=True)
    print(Person.objects.count(), Made.objects.filter(table="person").count(), Fact.objects.count(), *states)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    else:
        {"run": run, "undo": undo, "again": again, "count": count}[sys.argv[1]]()
