"""What waits about sources of help: letters and certificates that end, data kept longer than needed."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.queries.sources_list import Filters, certificates_ending, within_reach
from simpul.organisations.queries.waiting import Waiting


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """For who keeps sources of help: each kind of waiting with its number and the list that shows it."""
    if not user.can(Permission.SOURCE_EDIT):
        return ()
    letters = within_reach(user, Filters(state="surat"), on)
    certificates = within_reach(user, Filters(state="sertifikat"), on)
    run_out = certificates_ending(on).filter(source=OuterRef("pk"), valid_to__lt=on)
    kept = within_reach(user, Filters(state="simpan"), on)
    found = (
        _letters(letters.count(), letters.filter(serves_until__lt=on).exists()),
        _certificates(certificates.count(), certificates.filter(Exists(run_out)).exists()),
        _kept(kept.count()),
    )
    return tuple(one for one in found if one.number)


def _href(state: str) -> str:
    return f"{reverse('organisations:sources')}?{Filters(state=state).address()}"


def _letters(number: int, is_late: bool) -> Waiting:
    words = ngettext(
        "%(number)s surat penugasan sumber bantuan berakhir",
        "%(number)s surat penugasan sumber bantuan berakhir",
        number,
    )
    return Waiting(words % {"number": number}, number, _href("surat"), is_late)


def _certificates(number: int, is_late: bool) -> Waiting:
    words = ngettext(
        "%(number)s sumber bantuan dengan sertifikat yang berakhir",
        "%(number)s sumber bantuan dengan sertifikat yang berakhir",
        number,
    )
    return Waiting(words % {"number": number}, number, _href("sertifikat"), is_late)


def _kept(number: int) -> Waiting:
    words = ngettext(
        "%(number)s sumber bantuan lama tidak aktif: tinjau untuk dihapus",
        "%(number)s sumber bantuan lama tidak aktif: tinjau untuk dihapus",
        number,
    )
    return Waiting(words % {"number": number}, number, _href("simpan"))
