"""`simpul recap`: one recap as a file, as the page gives it out, and recorded as there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.commands.language import _
from simpul.commands.stop import DONE, USAGE, Stop
from simpul.commands.terminal import err
from simpul.commands.user import active_user
from simpul.organisations.queries.office import areas_of
from simpul.recaps.actions import take_out
from simpul.recaps.facts import Asked, Definition
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.asking import asked_for
from simpul.recaps.queries.due import place_of
from simpul.recaps.queries.files import TYPES, content


def run(options: Namespace) -> int:
    """Raises Stop for what there is none of, cannot be asked, or may not be taken out."""
    form = _form(options.out)
    definition = RECAPS.get(options.code.upper())
    if definition is None:
        raise Stop(_("Tidak ada rekap %(code)s. Yang ada: %(known)s.") % {"code": options.code, "known": ", ".join(RECAPS)}, USAGE)  # fmt: skip
    user = active_user(options.user)
    try:
        asked = _asked(options, definition, user)
        told = f"{asked.area} {asked.since.isoformat()} {asked.until.isoformat()}".strip()
        take_out(place_of(user, asked.area), by=user, recap=definition.code, form=form, asked=told)
    except Refusal as refusal:
        raise Stop(str(refusal)) from refusal
    recap = definition.make(user, asked)
    if recap.limits and not recap.tables:
        raise Stop(" ".join(recap.limits))
    _write(options.out, content(recap, form, by=user, at=timezone.now()))
    err().print(_("Rekap ditulis: %s") % options.out)
    return DONE


def _form(target: Path) -> str:
    form = target.suffix.lower().removeprefix(".")
    if form not in TYPES:
        raise Stop(_("Nama berkas harus berakhir dengan .xlsx, .csv atau .pdf: %s") % target, USAGE)
    if not target.expanduser().absolute().parent.is_dir():
        raise Stop(_("Folder %s tidak ada. Buat dulu, atau pilih folder lain.") % target.parent)
    return form


def _asked(options: Namespace, definition: Definition, user: User) -> Asked:
    """As the page reads it, with the same refusals."""
    return asked_for(
        definition,
        tops=areas_of(user, Permission.RECAP_EXPORT),
        on=timezone.localdate(),
        area=options.area,
        since=options.since,
        until=options.on,
        edition=options.edition,
        by_place=options.by_service,
        suggested=options.suggested,
    )


def _write(target: Path, data: bytes) -> None:
    try:
        target.expanduser().write_bytes(data)
    except OSError as error:
        raise Stop(_("Berkas %(file)s tidak dapat ditulis: %(error)s") % {"file": target, "error": error.strerror}) from error  # fmt: skip
