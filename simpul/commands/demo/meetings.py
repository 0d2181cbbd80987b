"""The meetings of the example programme of the paper: who worked in it, its sessions, its certificates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from simpul.commands.demo.deeds import Deed
from simpul.programmes.actions import cohort, sessions, sessions_certificates
from simpul.programmes.actions import programme as actions
from simpul.programmes.models import Participant, Programme
from simpul.programmes.queries.cohort_told import Helper
from simpul.programmes.queries.sessions_told import Told
from simpul.programmes.stages import Came, Part


def meet(deed: Deed, key: UUID) -> None:
    """Workers, stages up to the action plan, and sessions with their attendance."""
    programme = Programme.objects.get(pk=key)
    for number, (part, name, body) in enumerate(deed.told["workers"]):
        helper, one = Helper(name, part, body), deed.key("worker", str(number))
        cohort.add_worker(programme, by=deed.by, key=one, helper=helper, **deed.when())
    for row in deed.told["stages"]:
        when = deed.when(row["later"], minutes=90)
        moved: dict[str, Any] = {"to": row["to"], "words": row["words"], "reached_on": when["on"]}
        programme = actions.move(programme, by=deed.by, version=programme.version, **moved, **when)
    people = list(
        Participant.objects.filter(programme=programme).order_by("code").values_list("pk", flat=True)
    )
    trainer = programme.workers.get(part=Part.TRAINER)
    for number, row in enumerate(deed.told["sessions"]):
        when = deed.when(row["later"])
        told = Told(
            row["title"],
            row["kind"],
            when["on"],
            hours=Decimal(row["hours"]),
            place="Aula contoh",
            trainer=trainer.pk,
        )
        session = sessions.plan_session(
            programme, by=deed.by, key=deed.key("session", str(number)), at=when["at"], told=told
        )
        came = {
            one: Came.EXCUSED.value if place in row["excused"] else Came.YES.value
            for place, one in enumerate(people)
        }
        sessions.note_attendance(session, by=deed.by, came=came, **deed.when(row["later"], minutes=240))


def certify(deed: Deed, key: UUID) -> None:
    """A certificate for everybody who came often enough."""
    programme = Programme.objects.get(pk=key)
    people = set(Participant.objects.filter(programme=programme).values_list("pk", flat=True))
    told = deed.told["certificate"]
    sessions_certificates.issue(programme, by=deed.by, participants=people, **told, **deed.when(later=2))
