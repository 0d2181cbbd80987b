"""Changes to the record of a body: the body proposes, an officer accepts or refuses, or changes it directly.

The body is locked before anything is read, so of two who act at once the second finds what the first did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.organisations.models import Change, Organisation
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.changes import draft_of, locked, title_of
from simpul.organisations.queries.part_checks import checked
from simpul.organisations.queries.part_words import Compared, compared, in_one_line
from simpul.organisations.queries.parts import (
    PARTS,
    ROWS,
    Field,
    Part,
    Shape,
    Values,
    mark_of,
    plain,
    values_of,
)
from simpul.organisations.stages import ChangeState
from simpul.places.models import PROVINCE_SIGNS

LONGEST_REASON = 1000


class PartClash(Clash):
    """The part was changed meanwhile. `compared` holds every field: before what stands now, after what was typed."""

    def __init__(self, code: str, theirs: Values, mine: Values) -> None:
        self.compared: tuple[Compared, ...] = compared(code, theirs, mine)
        back = compared(code, mine, theirs)
        super().__init__(str(PARTS[code].title), in_one_line(back), in_one_line(self.compared))


class NothingChanged(Refusal):
    """What was typed is what stands there already."""


@action(Permission.ORGANISATION_EDIT)
def propose_change(
    organisation: Organisation,
    /,
    *,
    by: User,
    key: UUID,
    part: str,
    values: Mapping[str, Any],
    read: str,
    on: date,
    at: datetime,
    because: str = "",
) -> Change:
    """Ask for other values of one part. `read` is the mark of what the form began with.

    A repeated key gives the same change. What waits already for this part is withdrawn in favour of this one.
    Raises PartWrong, PartClash, or NothingChanged.
    """
    current = locked(organisation)
    if repeated := made_before(Change, key, organisation_id=current.pk, part=part):
        return repeated
    after = checked(current, part, values, on=on)
    before = values_of(current, part)
    draft = draft_of(current, part, proposes=True)
    if draft.waiting is not None and not draft.is_stale and draft.values == after:
        return draft.waiting
    if after == before:
        raise NothingChanged(
            _("Isian ini sama dengan yang tercatat. Bila usulan yang menunggu batal, tarik kembali.")
            if draft.waiting
            else _("Tidak ada yang berubah, jadi tidak ada yang dikirim.")
        )
    if read != mark_of(draft.values):
        raise PartClash(part, draft.values, after)
    if draft.waiting is not None:
        _decide(draft.waiting, ChangeState.WITHDRAWN, by, at)
    return _noted(current, key, part, before, after, by, at, because)


@action(Permission.ORGANISATION_VERIFY)
def change_directly(
    organisation: Organisation,
    /,
    *,
    by: User,
    key: UUID,
    part: str,
    values: Mapping[str, Any],
    read: str,
    on: date,
    at: datetime,
    because: str = "",
) -> Change:
    """An officer's own change: accepted at once, and kept in the history like any other.

    What the body proposed meanwhile stays waiting. Raises PartWrong, PartClash, or NothingChanged.
    """
    current = locked(organisation)
    if repeated := made_before(Change, key, organisation_id=current.pk, part=part):
        return repeated
    require_outsider(current.pk, by)
    after = checked(current, part, values, on=on)
    before = values_of(current, part)
    if after == before:
        raise NothingChanged(_("Tidak ada yang berubah, jadi tidak ada yang disimpan."))
    if read != mark_of(before):
        raise PartClash(part, before, after)
    change = _noted(current, key, part, before, after, by, at, because)
    _write(current, PARTS[part], after, by=by, on=on)
    return _decide(change, ChangeState.ACCEPTED, by, at)


@action(Permission.ORGANISATION_VERIFY)
def accept_change(change: Change, /, *, by: User, on: date, at: datetime) -> Change:
    """The record becomes what was proposed. Accepting twice is once.

    Raises PartClash where the part has moved on since it was proposed; nothing is overwritten.
    """
    current, organisation = _locked_change(change)
    if current.state == ChangeState.ACCEPTED:
        return current
    _require_waiting(current)
    require_outsider(organisation.pk, by)
    held = values_of(organisation, current.part)
    if held != current.before:
        raise PartClash(current.part, held, current.after)
    # What was right when it was proposed may have become impossible: a place taken, a circle of parents.
    checked(organisation, current.part, current.after, on=on)
    _write(organisation, PARTS[current.part], current.after, by=by, on=on)
    return _decide(current, ChangeState.ACCEPTED, by, at)


@action(Permission.ORGANISATION_VERIFY)
def refuse_change(change: Change, /, *, by: User, at: datetime, because: str) -> Change:
    """What was proposed is not taken, and the body reads why."""
    reason = fitting(because, _("Alasan"), LONGEST_REASON, is_needed=True)
    current, organisation = _locked_change(change)
    if current.state == ChangeState.REFUSED:
        return current
    _require_waiting(current)
    require_outsider(organisation.pk, by)
    return _decide(current, ChangeState.REFUSED, by, at, reason)


@action(Permission.ORGANISATION_EDIT)
def withdraw_change(change: Change, /, *, by: User, at: datetime) -> Change:
    """The body takes its proposal back."""
    current, _organisation = _locked_change(change)
    if current.state == ChangeState.WITHDRAWN:
        return current
    _require_waiting(current)
    return _decide(current, ChangeState.WITHDRAWN, by, at)


# --- the row of a change ---


def _noted(
    organisation: Organisation,
    key: UUID,
    part: str,
    before: Values,
    after: Values,
    by: User,
    at: datetime,
    because: str,
) -> Change:
    change = Change(pk=key, organisation=organisation, part=part, base_version=organisation.version)
    change.before, change.after = before, after
    change.because = fitting(because, _("Alasan"), LONGEST_REASON)
    change.at, change.by, change.by_name = at, by.pk, str(by)
    change.save(force_insert=True)
    return change


def _locked_change(change: Change) -> tuple[Change, Organisation]:
    organisation = locked(change.organisation)
    current: Change = Change.objects.get(pk=change.pk)
    current.organisation = organisation
    return current, organisation


def _require_waiting(change: Change) -> None:
    if change.state != ChangeState.WAITING:
        raise Refusal(
            _("Usulan %(part)s ini sudah selesai: %(state)s. Tidak ada yang diubah.")
            % {"part": title_of(change).lower(), "state": change.get_state_display().lower()}
        )


def _decide(change: Change, state: ChangeState, by: User, at: datetime, answer: str = "") -> Change:
    change.state, change.answer = state, answer
    change.decided_at, change.decided_by, change.decided_by_name = at, by.pk, str(by)
    change.save(update_fields=["state", "answer", "decided_at", "decided_by", "decided_by_name"])
    return change


# --- writing a part ---


def _write(organisation: Organisation, part: Part, after: Values, *, by: User, on: date) -> None:
    written = ["version", "verified_on", "verified_by_name"]
    if part.is_list:
        _write_rows(organisation, part, after[ROWS], on)
    else:
        written += _write_fields(organisation, part, after, by)
    organisation.version += 1
    organisation.verified_on, organisation.verified_by_name = on, str(by)
    organisation.save(update_fields=written)


def _write_fields(organisation: Organisation, part: Part, after: Values, by: User) -> list[str]:
    if "region" in after and after["region"] != organisation.region:
        _require_both_places(organisation, after["region"], by)
        organisation.province = after["region"][:PROVINCE_SIGNS]
    for field in part.fields:
        setattr(organisation, field.column, _stored(field, after[field.name]))
    return ["province", *(field.column for field in part.fields)]


def _require_both_places(organisation: Organisation, region: str, by: User) -> None:
    """Nobody moves a body into an area for which somebody else answers."""
    where = Where(organisation=organisation.pk, region=region)
    if not is_within_reach(where, by, Permission.ORGANISATION_VERIFY):
        raise Refusal(
            _(
                "Wilayah baru lembaga ini di luar wilayah kerja Anda. Mintalah kantor yang membawahi kedua wilayah, misalnya Dinas Sosial provinsi."
            )
        )


def _write_rows(organisation: Organisation, part: Part, rows: list[Values], on: date) -> None:
    standing = {
        str(row.pk): row for row in part.model.objects.filter(organisation=organisation, ended_on=None)
    }
    for position, values in enumerate(rows):
        row = standing.pop(values["id"], None)
        is_new = row is None
        row = row or part.model(pk=UUID(values["id"]), organisation=organisation)
        if _filled(row, part, values, position) or is_new:
            row.save(force_insert=is_new)
    for left in standing.values():
        left.ended_on = on
        left.save(update_fields=["ended_on"])


def _filled(row: Any, part: Part, values: Values, position: int) -> bool:
    """Put the values into the row; whether anything in it is now different."""
    differing = [
        field for field in part.fields if plain(field, getattr(row, field.column)) != values[field.name]
    ]
    for field in differing:
        value = _stored(field, values[field.name])
        is_sealed = hasattr(row, f"{field.column}_sealed")
        setattr(row, field.column, (value or None) if is_sealed else value)
    if part.is_sorted or row.position == position:
        return bool(differing)
    row.position = position
    return True


def _stored(field: Field, value: Any) -> Any:
    """A plain value as its column keeps it."""
    if value is None:
        return None
    if field.shape is Shape.DAY:
        return date.fromisoformat(value)
    return UUID(value) if field.shape is Shape.BODY else value
