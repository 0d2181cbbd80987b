"""Invented referrals at each stage, made the way both sides make them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.models import Case, PlanStep
from simpul.organisations.models import Organisation
from simpul.people.actions import record_consent
from simpul.people.models import Person
from simpul.referrals.actions import loop, loop_answers, loop_consent, outside
from simpul.referrals.models import Referral
from simpul.referrals.stages import MAY_FOLLOW, Stage
from simpul.services.models import Service
from tests.access import factories
from tests.cases.factories import a_case
from tests.cases.plans import plan_of, step_of
from tests.organisations.factories import organisation
from tests.screening.factories import NOW, TODAY, when

OUTSIDE = "Yayasan Melati Putih"


def a_service(body: Organisation | None = None, **details: Any) -> Service:
    kept = {
        "organisation": body or organisation(name="LKS Harapan Laut"),
        "name": "Modal usaha kecil",
        "kind": "livelihood",
        "listing": "open",
        "region": "21.02.01.1001",
        "modified_at": NOW,
        **details,
    }
    return Service.objects.create(**kept)


def receiver_of(service: Service, role: str = "caseworker", name: str = "Maya Sari") -> User:
    """Somebody of the body that offers it, who may read and answer there."""
    return factories.user_with(role, organisation=service.organisation_id, name=name)


def a_line(by: User, case: Case | None = None, **details: Any) -> PlanStep:
    case = case or a_case(by)
    return step_of(plan_of(case, by), by, **details)


def proposed(
    by: User, service: Service | None = None, line: PlanStep | None = None, **details: Any
) -> Referral:
    to = {"service": service} if service else {"outside_name": OUTSIDE}
    return loop.propose(line or a_line(by), by=by, key=uuid.uuid4(), **to, **when(130), **details)


def generally_agreed(person: Person, by: User) -> None:
    """The consent to share data with others at all."""
    about = {"purpose": "referral", "basis": "consent", "capacity": "self", "mode": "spoken"}
    record_consent(person, by=by, key=uuid.uuid4(), **about, **when(131))


def consented(referral: Referral, by: User, **changed: Any) -> Referral:
    typed = {
        "shares": ["name", "need", "contact"],
        "basis": "consent",
        "capacity": "self",
        "mode": "spoken",
        "with_general": True,
        "version": referral.version,
    }
    return loop_consent.consent_to(referral, by=by, **when(132), **(typed | changed))


def sent(by: User, service: Service | None = None, line: PlanStep | None = None, **changed: Any) -> Referral:
    ready = consented(proposed(by, service, line), by, **changed)
    return loop.send(ready, by=by, version=ready.version, **when(133))


def answered(referral: Referral, by: Any, to: str, *, minutes: int = 140, **said: Any) -> Referral:
    now = Referral.objects.get(pk=referral.pk)
    version = said.pop("version", now.version)
    return loop_answers.answer(now, by=by, to=to, version=version, **when(minutes), **{**needed(to), **said})


def recorded(referral: Referral, by: User, to: str, **said: Any) -> Referral:
    now = Referral.objects.get(pk=referral.pk)
    return loop_answers.record_answer(
        now, by=by, to=to, version=now.version, **when(150), **{**needed(to), **said}
    )


def needed(to: str) -> dict[str, Any]:
    """What each answer cannot do without."""
    return {
        Stage.DECLINED: {"decline": "full"},
        Stage.APPOINTED: {"appointment_at": NOW + timedelta(days=2)},
        Stage.VISITED: {"day": TODAY, "came": "accompanied"},
        Stage.DELIVERED: {"day": TODAY},
        Stage.ANSWERED: {"words": "Gerobaknya sudah diperbaiki."},
        Stage.FAILED: {"words": "Tidak pernah datang."},
    }.get(Stage(to), {})


def way_to(stage: Stage) -> list[Stage]:
    """The shortest way from sending to a stage."""
    ways: dict[Stage, list[Stage]] = {Stage.SENT: []}
    waiting = [Stage.SENT]
    for now in waiting:
        for then in sorted(MAY_FOLLOW[now], key=list(Stage).index):
            if then not in ways:
                ways[then] = [*ways[now], then]
                waiting.append(then)
    return ways[stage]


def brought_to(stage: Stage, sender: User, receiver: User, service: Service, line: Any = None) -> Referral:
    """A referral at this stage, through the hands of both sides."""
    if stage == Stage.PROPOSED:
        return proposed(sender, service, line)
    if stage == Stage.CONSENTED:
        return consented(proposed(sender, service, line), sender)
    row = sent(sender, service, line)
    for number, to in enumerate(way_to(stage)):
        if to == Stage.SEEN:
            row = loop_answers.see(row, by=receiver, **when(135))
        elif to == Stage.WITHDRAWN:
            row = withdrawn(row, sender)
        elif to == Stage.CONFIRMED:
            row = confirmed(row, sender)
        else:
            row = answered(row, receiver, to, minutes=140 + number)
    return row


def in_line(sender: User, receiver: User, service: Service) -> tuple[Referral, Referral]:
    """Two who wait for a service; the first has waited since yesterday."""
    first, second = (brought_to(Stage.WAITING, sender, receiver, service) for _number in range(2))
    Referral.objects.filter(pk=first.pk).update(waiting_since=TODAY - timedelta(days=1))
    return first, second


def withdrawn(referral: Referral, by: User, **details: Any) -> Referral:
    now = Referral.objects.get(pk=referral.pk)
    kept = {"because": "Sudah mendapat layanan lain.", "version": now.version, **details}
    return loop.withdraw(now, by=by, **when(160), **kept)


def confirmed(referral: Referral, by: User, **details: Any) -> Referral:
    now = Referral.objects.get(pk=referral.pk)
    kept = {"told": "yes", "told_on": TODAY, "version": now.version, **details}
    return loop.confirm(now, by=by, **when(170), **kept)


def lettered(by: User, **changed: Any) -> tuple[Referral, str]:
    """A referral to a body without an account, with the code of its letter."""
    row = sent(by, None, **changed)
    code = outside.issue_code(row, by=by, **when(134))
    return Referral.objects.get(pk=row.pk), code


def also_told(referral: Referral, share: str, text: str) -> Referral:
    """As if this had been ticked and sent too."""
    held = referral.shared
    referral.shared = {**held, "told": [*held["told"], {"share": share, "text": text}]}
    referral.save()
    return referral
