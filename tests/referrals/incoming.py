"""Invented requests for help, made the way the public makes them, and those on duty."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from simpul.access.gate import THE_MACHINE
from simpul.access.models import User
from simpul.access.reach import Where
from simpul.referrals.actions import incoming, incoming_moving
from simpul.referrals.models import HelpRequest
from tests.access.factories import REGION, user_with
from tests.screening.factories import NOW, TODAY

VILLAGE = "21.02.10.2003"
CODE = "7Q4K9MXR2HTW"
REFERENCE = "SB-7Q4K-9MXR-2HTW"
TOLD = {"words": "Atap rumah runtuh.", "name": "Bu Rahmah", "phone": "0812-7000-1234"}


def officer(**details: Any) -> User:
    """Somebody of the Dinas Sosial of that kabupaten."""
    return user_with("dinas_officer", region=REGION, **{"name": "Pak Hamdan", **details})


def asked(
    *, organisation: uuid.UUID | None = None, region: str = VILLAGE, minutes: int = 0, **changed: Any
) -> HelpRequest:
    kept = {
        "for_whom": "self",
        "situations": ["no_home"],
        "code": CODE,
        "key": uuid.uuid4(),
        **TOLD,
        **changed,
    }
    where = Where(organisation=organisation, region=region)
    return incoming.ask_for_help(where, by=THE_MACHINE, at=NOW + timedelta(minutes=minutes), **kept)


def another(number: int, **changed: Any) -> HelpRequest:
    """One more, with a number of its own."""
    return asked(code=f"{number:04d}".replace("0", "A").replace("1", "B") + CODE[4:], **changed)


def now_of(request: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.get(pk=request.pk)


def taken(request: HelpRequest, by: User) -> HelpRequest:
    return incoming_moving.take_request(request, by=by, version=now_of(request).version, at=NOW)


def reached(request: HelpRequest, by: User, *, reached: bool = True, **details: Any) -> HelpRequest:
    version = details.pop("version", now_of(request).version)
    return incoming_moving.note_reaching(request, by=by, version=version, at=NOW, reached=reached, **details)


def answered(
    request: HelpRequest, by: User, answer: str = "Silakan datang besok.", **details: Any
) -> HelpRequest:
    version = details.pop("version", now_of(request).version)
    told = {"on": TODAY, "at": NOW, "answer": answer, **details}
    return incoming_moving.answer_request(request, by=by, version=version, **told)


def passed_on(request: HelpRequest, by: User, to: str, **details: Any) -> HelpRequest:
    version = now_of(request).version
    return incoming_moving.pass_on(request, by=by, version=version, on=TODAY, at=NOW, to=to, **details)


def closed(request: HelpRequest, by: User, to: str, **details: Any) -> HelpRequest:
    version = now_of(request).version
    return incoming_moving.close_request(request, by=by, version=version, on=TODAY, at=NOW, to=to, **details)


def linked(request: HelpRequest, by: User, case: Any, **details: Any) -> HelpRequest:
    return incoming_moving.link_case(
        request, by=by, version=now_of(request).version, at=NOW, case=case, **details
    )
