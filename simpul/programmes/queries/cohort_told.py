"""What the forms of the cohort tell their actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part. `account` is the sign-in name, "" for none."""

    name: str
    title: str = ""
    sex: str = ""
    phone: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who works in the programme. `members` are the bodies that a mentor accompanies; none means all."""

    name: str
    part: str
    body: str = ""
    account: str = ""
    members: Sequence[str] = ()
