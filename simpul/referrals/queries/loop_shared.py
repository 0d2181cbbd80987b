"""What the receiver of a referral sees: one function for the sender's preview and for the receiver's page."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.secrets import blind_index
from simpul.cases.queries.case import needs_of, sees_all
from simpul.cases.queries.plans import kind_name
from simpul.organisations.models import Organisation
from simpul.places.queries import names_of
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_sides import has_account
from simpul.referrals.queries.loop_standing import has_outgrown, is_over, reads_sensitive
from simpul.referrals.queries.loop_times import due_on
from simpul.referrals.stages import Share, Stage
from simpul.screening.stages import Urgency
from simpul.services.queries.open_words import open_name
from simpul.ui.templatetags.ui import umur

# Only who may see them in full may give them on.
_IDENTITY = frozenset({Share.NIK, Share.PHONE, Share.ADDRESS})
# In a worker's own words, or drawn from what is very sensitive.
_WORDS = frozenset({Share.NEED, Share.ACTION, Share.NEED_TYPES, Share.GOAL, Share.WORDS})
# At the receiver only for who may read very sensitive things there, where the body has such a person.
_VERY_SENSITIVE = frozenset({Share.NEED_TYPES, Share.WORDS, Share.NIK})
_MARKED = "referral.told"
# What is told is frozen in the language of the papers, whatever the sender's page is written in.
_LANGUAGE = "id"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is told, under its name."""

    share: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the receiver sees of a referral beside the messages and the dates of its steps.

    `is_partly`: some of it is not for who reads now. `mark` of a preview: by which sending knows what was read.
    """

    number: str
    service: str
    kind: str
    sender: str
    urgency: str
    sent_on: date | None
    answer_by: date | None
    told: tuple[Line, ...]
    is_closed: bool = False
    is_partly: bool = False
    mark: str = ""


# --- what could go along ---


def offered(referral: Referral, viewer: User, on: date) -> tuple[Line, ...]:
    """Everything that is known and that this worker may give on, with its very words; in the order of the list."""
    may_identify = is_within_reach(referral.case.person, viewer, Permission.PERSON_IDENTITY_VIEW)
    is_told = sees_all(referral.case, viewer)
    left_out = (frozenset() if may_identify else _IDENTITY) | (frozenset() if is_told else _WORDS)
    with override(_LANGUAGE):
        found = ((share, _TELLS[share](referral, on)) for share in Share if share not in left_out)
        return tuple(Line(share, str(share.label), text) for share, text in found if text)


def _place(referral: Referral, _on: date) -> str:
    region = referral.case.person.region
    return str(names_of({region}).get(region, "")) if region else ""


def _address(referral: Referral, on: date) -> str:
    address = referral.case.person.household.address or ""
    return ", ".join(filter(None, (address, _place(referral, on)))) if address else ""


def _need_types(referral: Referral, _on: date) -> str:
    needs = needs_of(referral.case, all_seen=True)
    return "; ".join(need.display.in_language(_LANGUAGE) for need in needs)


def _step(name: str) -> Callable[[Referral, date], str]:
    return lambda referral, _on: (getattr(referral.step, name) if referral.step else None) or ""


def _person(name: str) -> Callable[[Referral, date], str]:
    return lambda referral, _on: getattr(referral.case.person, name) or ""


def _goal(referral: Referral, _on: date) -> str:
    goal = referral.step.goal if referral.step else None
    return (goal.words or "") if goal else ""


def _contact(referral: Referral, _on: date) -> str:
    """The worker, their body, and its telephone: a letter is answered by calling more often than by any page."""
    body = Organisation.objects.filter(pk=referral.sender).first() if referral.sender else None
    phone = body.phone if body else ""
    return ", ".join(part for part in (referral.case.worker_name, referral.sender_name, phone) if part)


_TELLS: dict[Share, Callable[[Referral, date], str]] = {
    Share.CALLED: _person("called"),
    Share.NAME: _person("name"),
    Share.PHONE: _person("phone"),
    Share.AGE: lambda referral, on: umur(referral.case.person.born, on) if referral.case.person.born else "",
    Share.SEX: lambda referral, _on: referral.case.person.get_sex_display(),
    Share.VILLAGE: _place,
    Share.ADDRESS: _address,
    Share.NIK: _person("nik"),
    Share.NEED: _step("need"),
    Share.ACTION: _step("action"),
    Share.NEED_TYPES: _need_types,
    Share.GOAL: _goal,
    Share.WORDS: lambda referral, _on: referral.words or "",
    Share.CONTACT: _contact,
}


# --- what goes along ---


def gathered(referral: Referral, viewer: User, on: date) -> dict[str, Any]:
    """What is frozen when it is sent: only what was ticked, in the words of that day. Nothing of the case's own."""
    wanted = set(referral.shares)
    with override(_LANGUAGE):
        return {
            "number": referral.number,
            "service": service_name(referral),
            "kind": kind_name(referral.need_kind),
            "sender": referral.sender_name,
            "urgency": referral.urgency,
            "told": [
                {"share": line.share, "text": line.text}
                for line in offered(referral, viewer, on)
                if line.share in wanted
            ],
        }


def service_name(referral: Referral) -> str:
    """What is asked for: the service, or the kind of help where a body outside has none listed."""
    return open_name(referral.service) if referral.service else kind_name(referral.need_kind)


def to_whom(referral: Referral) -> str:
    """The name of the body that receives it."""
    return referral.receiver.name if referral.receiver else referral.outside_name


def previewed(referral: Referral, viewer: User, on: date) -> Seen:
    """What the receiver would see if it were sent on that day."""
    due, held = due_on(Stage.SENT, referral.urgency, on), gathered(referral, viewer, on)
    return replace(_seen(held, sent_on=on, answer_by=due), mark=mark_of_told(held))


def mark_of_told(held: dict[str, Any]) -> str:
    """A keyed mark of what would be frozen: the page of the preview carries it, and sending compares it."""
    return blind_index(json.dumps(held, sort_keys=True, ensure_ascii=False), _MARKED).hex()


def names_of_told(held: dict[str, Any]) -> str:
    """What was really told, by its names, as the register of disclosures keeps it."""
    return ", ".join(line.label for line in _lines(held["told"]))


def may_hand_over(referral: Referral, viewer: User) -> bool:
    """Whether this worker may read everything that was shared, and so may put it into somebody's hands."""
    if not sees_all(referral.case, viewer):
        return False
    told = {line["share"] for line in (referral.shared or {}).get("told", ())}
    return not told & _IDENTITY or is_within_reach(
        referral.case.person, viewer, Permission.PERSON_IDENTITY_VIEW
    )


def sent_seen(referral: Referral, viewer: User, on: date) -> Seen:
    """What was sent, for who sends: what identifies somebody only for who may see that."""
    may = is_within_reach(referral.case.person, viewer, Permission.PERSON_IDENTITY_VIEW)
    return seen_of(referral, on, left_out=frozenset() if may else _IDENTITY)


def received_seen(referral: Referral, viewer: User | None, on: date) -> Seen:
    """What was sent, for who receives; without `viewer` for who holds the code of a letter."""
    is_kept = viewer is not None and not reads_sensitive(referral, viewer) and keeps_apart(referral)
    return seen_of(referral, on, left_out=_VERY_SENSITIVE if is_kept else frozenset())


def keeps_apart(referral: Referral) -> bool:
    """Whether the receiving body has somebody for what is very sensitive; otherwise whoever receives reads it all."""
    return has_account(referral.receiver_id, Permission.SENSITIVE_VIEW)


def tells_sensitive(seen: Seen) -> bool:
    """Whether anything very sensitive stands in it."""
    return any(line.share in _VERY_SENSITIVE for line in seen.told)


def seen_of(referral: Referral, on: date, *, left_out: Collection[str] = frozenset()) -> Seen:
    """What the receiver sees. Once it is needed no longer, no more than that there was one."""
    held = referral.shared or {"number": referral.number, "told": []}
    sent_on = localtime(referral.sent_at).date() if referral.sent_at else None
    is_closed = is_over(referral, on)
    told = [] if is_closed else [line for line in held["told"] if line["share"] not in left_out]
    seen = _seen(held | {"told": told}, sent_on=sent_on, answer_by=referral.answer_by, is_closed=is_closed)
    return replace(seen, is_partly=not is_closed and len(told) < len(held["told"]))


def _seen(
    held: dict[str, Any], *, sent_on: date | None, answer_by: date | None, is_closed: bool = False
) -> Seen:
    urgency = held.get("urgency", "")
    return Seen(
        number=held["number"],
        service=held.get("service", ""),
        kind=held.get("kind", ""),
        sender=held.get("sender", ""),
        # What is not pressing needs no word.
        urgency=urgency if urgency in (Urgency.EMERGENCY, Urgency.URGENT) else "",
        sent_on=sent_on,
        answer_by=answer_by,
        told=tuple(_lines(held.get("told", ()))),
        is_closed=is_closed,
    )


def _lines(told: Collection[dict[str, str]]) -> Iterator[Line]:
    names = {str(share): str(share.label) for share in Share}
    for line in told:
        yield Line(line["share"], names.get(line["share"], line["share"]), line["text"])


def called_in(referral: Referral, on: date) -> str:
    """How the receiver may call whom it is about: as far as a name was shared, else nothing."""
    if is_over(referral, on) or has_outgrown(referral, on):
        return ""
    told: dict[str, str] = {line["share"]: line["text"] for line in (referral.shared or {}).get("told", ())}
    return told.get(Share.NAME) or told.get(Share.CALLED, "")
