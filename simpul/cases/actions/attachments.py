"""Attaching a photograph or scan, and destroying one. The file is on the disk before its row is there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.access.files import checked, leaves_no_file_behind, plain_name, write
from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.access.secrets import fresh_file_key, seal_bytes
from simpul.cases.models import Attachment, Case, Note
from simpul.cases.queries.attachments import amiss, context_of, path_of
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.office import norms_for
from simpul.people.queries import require_not_limited

LONGEST_TITLE = 200
_A_DAY = timedelta(days=1)


@leaves_no_file_behind
@action(Permission.CASE_NOTE)
def attach(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    title: str,
    file_name: str,
    data: bytes,
    note: Note | None = None,
) -> Attachment:
    """Keep a photograph, scan or PDF. What a picture tells beside itself is left out; a PDF stays as it is.

    Pressed twice it is one attachment. Raises ConsentNeeded without a legal basis, Refusal for another kind of
    file, for one that is too large or damaged.
    """
    current = locked_case(case)
    if repeated := made_before(Attachment, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    if note is not None and note.case_id != case.pk:
        raise Refusal(_("Catatan itu milik kasus lain."))
    media_type, clean = checked(data, int(norms_for(current)["attachment_most_bytes"]))
    row = Attachment(pk=key, case=current, at=at, by=by.pk, by_name=str(by), note=note)
    row.media_type, row.size = media_type, len(clean)
    row.title = fitting(title, _("Judul"), LONGEST_TITLE, is_needed=True)
    row.file_name = plain_name(file_name) or None
    row.file_key = fresh_file_key()
    write(path_of(row), seal_bytes(clean, context_of(row), file_key=row.file_key))
    row.save(force_insert=True)
    return row


@action(Permission.CASE_NOTE)
def remove_attachment(row: Attachment, /, *, by: User, at: datetime) -> Attachment:
    """Destroy the file; that there was one, who destroyed it and when, stays. Pressed twice it is one removal."""
    current = locked_row(row)
    if not current.is_there:
        return current
    require_not_limited(current.case.person_id)
    place = path_of(current)
    current.removed_at, current.removed_by_name = at, str(by)
    # Without its key the file cannot be opened any more, from a copy of the folder neither.
    current.file_key, current.title, current.file_name = None, None, None
    current.save()
    transaction.on_commit(partial(place.unlink, missing_ok=True))
    return current


@action(Permission.SYSTEM_MANAGE)
def sweep_strays(where: Where, /, *, by: User | Machine, at: datetime) -> int:
    """Destroy files that belong to no attachment: of erased people, or of a write that was broken off.

    Only what is older than a day, because the row of a fresh one may still be on its way. Gives how many.
    """
    before = (at - _A_DAY).timestamp()
    old = [path for path in amiss().strays if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
