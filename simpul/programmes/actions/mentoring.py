"""What happens to mentoring visits: written down, mended by a newer note, proved by photographs.

By who is named in the programme as mentor of that body, or by who runs the programme, from a mentor's paper.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.catalogue.organisations.papers import largest_file
from simpul.programmes.models import Member, Proof, Visit
from simpul.programmes.queries.kept import require_chosen, require_helped, require_past
from simpul.programmes.queries.mentoring import Seen, is_mended
from simpul.programmes.queries.plans import lines_of

_MOST_PHOTOS = 12


def _record_visit(member: Member, /, *, by: User, key: UUID, on: date, at: datetime, seen: Seen) -> Visit:
    """A visit was made: what was found, advised and comes next. Sent twice it is one."""
    return _write(member, by=by, key=key, on=on, at=at, seen=seen)


def _mend_visit(visit: Visit, /, *, by: User, key: UUID, on: date, at: datetime, seen: Seen) -> Visit:
    """A newer note takes the place of a wrong one, which stays to be read. Sent twice it is one."""
    row = current(visit)
    if made_before(Visit, key) is None and is_mended(row):
        raise Refusal(_("Catatan ini sudah diperbaiki. Perbaiki catatan yang terbaru."))
    return _write(row.member, by=by, key=key, on=on, at=at, seen=seen, mends=row)


def _write(
    member: Member,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    seen: Seen,
    mends: Visit | None = None,
) -> Visit:
    if repeated := made_before(Visit, key, member=member, on=seen.visited_on, found=seen.found):
        return repeated
    require_helped(member)
    require_past(seen.visited_on, on)
    if seen.next_on is not None and seen.next_on <= seen.visited_on:
        raise Refusal(_("Kunjungan berikutnya harus sesudah kunjungan ini."))
    if set(seen.lines) - lines_of(member):
        raise Refusal(_("Baris itu tidak ada dalam rencana aksi yang disepakati."))
    row = Visit(
        pk=key,
        programme=member.programme,
        member=member,
        on=seen.visited_on,
        mentor_name=fitting(seen.mentor, _("Pendamping"), 200) or str(by),
        found=fitting(seen.found, _("Temuan"), 4000, is_needed=True),
        advice=fitting(seen.advice, _("Saran"), 4000),
        next_step=fitting(seen.next_step, _("Langkah berikutnya"), 2000),
        next_on=seen.next_on,
        lines=[str(line) for line in dict.fromkeys(seen.lines)],
        mends=mends,
        **written(by, at),
    )
    row.save(force_insert=True)
    if seen.file is not None:
        _keep(row, by=by, at=at, file=seen.file)
    return row


def _add_photo(visit: Visit, /, *, by: User, key: UUID, at: datetime, file: tuple[str, bytes]) -> Proof:
    """One photograph more. Sent twice it is one."""
    if repeated := made_before(Proof, key, of=visit.pk):
        return repeated
    row = current(visit)
    require_chosen(row.member)
    if Proof.objects.filter(of=row.pk).count() >= _MOST_PHOTOS:
        raise Refusal(_("Satu kunjungan paling banyak memuat %s foto.") % _MOST_PHOTOS)
    return _keep(row, by=by, at=at, file=file, key=key)


def _keep(visit: Visit, *, by: User, at: datetime, file: tuple[str, bytes], key: UUID | None = None) -> Proof:
    name, data = file
    proof = Proof(programme=visit.programme, member=visit.member, of=visit.pk, **written(by, at))
    if key is not None:
        proof.pk = key
    files.keep(proof, data, file_name=name, most=largest_file())
    proof.save(force_insert=True)
    return proof


record_visit = files.leaves_no_file_behind(action(Permission.PROGRAMME_MENTOR)(_record_visit))
record_visit_for_mentor = files.leaves_no_file_behind(action(Permission.PROGRAMME_MANAGE)(_record_visit))
mend_visit = files.leaves_no_file_behind(action(Permission.PROGRAMME_MENTOR)(_mend_visit))
mend_visit_for_mentor = files.leaves_no_file_behind(action(Permission.PROGRAMME_MANAGE)(_mend_visit))
add_photo = files.leaves_no_file_behind(action(Permission.PROGRAMME_MENTOR)(_add_photo))
add_photo_for_mentor = files.leaves_no_file_behind(action(Permission.PROGRAMME_MANAGE)(_add_photo))
