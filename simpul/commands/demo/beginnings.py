"""How cases of the example office begin, what kind they are, and how they move on."""

from __future__ import annotations

from simpul.access.reach import Where
from simpul.cases.actions import describe, move, open_case, reopen
from simpul.cases.actions.office import set_norms
from simpul.cases.actions.privacy import protect
from simpul.cases.actions.voice import give_rights, note_wishes
from simpul.cases.queries.description import Description
from simpul.commands.demo.journal import Doer, Entry
from simpul.commands.demo.office import organisation_key
from simpul.people.actions import record_consent

_KIND = (
    "kind", "group_name", "working_model", "setting", "spm_service", "referred_by", "referral_words", "risk",
)  # fmt: skip


def _norms(entry: Entry) -> None:
    where = Where(organisation=organisation_key(entry.told["organisation"]))
    set_norms(where, by=entry.by, at=entry.at, version=0, own=entry.told["own"])


def _open(entry: Entry) -> None:
    """Without a screening before it: who is in danger is helped first."""
    open_case(
        entry.life.person,
        by=entry.by,
        key=entry.life.key,
        described=Description(**entry.words(*_KIND)),
        **entry.words("summary", "urgency", "stage", "confidentiality"),
        **entry.moment,
    )


def _describe(entry: Entry) -> None:
    case = entry.life.case
    described = Description(**entry.words(*_KIND))
    describe(case, by=entry.by, version=case.version, described=described, **entry.moment)


def _rights(entry: Entry) -> None:
    give_rights(entry.life.case, by=entry.by, key=entry.key(), how=entry.told["how"], **entry.moment)


def _wishes(entry: Entry) -> None:
    case = entry.life.case
    note_wishes(case, by=entry.by, version=case.version, wishes=entry.told["wishes"], **entry.moment)


def _consent(entry: Entry) -> None:
    """To share data with those who help too."""
    record_consent(
        entry.life.person,
        by=entry.by,
        key=entry.key(),
        purpose="referral",
        basis="consent",
        **entry.words("capacity", "given_by", "mode", "witness"),
        **entry.moment,
    )


def _move(entry: Entry) -> None:
    case = entry.life.case
    details = entry.words("to", "because", "referred_to")
    move(case, by=entry.by, version=case.version, **details, **entry.moment)


def _protect(entry: Entry) -> None:
    case = entry.life.case
    details = entry.words("level", "because")
    protect(case, by=entry.by, version=case.version, **details, **entry.moment)


def _reopen(entry: Entry) -> None:
    details = entry.words("because", "summary", "urgency")
    case = reopen(entry.life.case, by=entry.by, key=entry.key(), **details, **entry.moment)
    # What follows is told of the new episode.
    entry.life.key = case.pk


DOERS: dict[str, Doer] = {
    "norms": _norms,
    "open": _open,
    "describe": _describe,
    "rights": _rights,
    "wishes": _wishes,
    "consent": _consent,
    "move": _move,
    "protect": _protect,
    "reopen": _reopen,
}
