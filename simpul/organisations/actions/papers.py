"""What happens to the papers of a body: added, replaced, noted, checked, their file destroyed.

A body keeps its own papers, and an office those of the bodies in its area: the same acts by two rights.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.catalogue.organisations import papers as catalogue
from simpul.organisations.models import Organisation, Paper, Requirement
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.changes import locked
from simpul.organisations.queries.papers import is_being_judged, is_in_use, standing_of_kind
from simpul.organisations.queries.papers_told import Sent, Told
from simpul.organisations.queries.papers_words import title_of
from simpul.organisations.queries.registration_office import APPLICANTS_TURN
from simpul.ui.templatetags.ui import tanggal

_LONGEST = {"title": 200, "number": 80, "issuer": 200}


def _add(
    organisation: Organisation,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    kind: str,
    told: Told,
    file: Sent | None = None,
) -> Paper:
    """A paper more, with its file or without. Pressed twice it is one.

    Raises Refusal for an unknown kind, for days that cannot be, for a file that is not taken, and where a paper
    of that kind stands already whose place this one should take.
    """
    locked(organisation)
    if repeated := made_before(Paper, key, organisation_id=organisation.pk, kind=kind):
        return repeated
    known = catalogue.paper_kind(kind)
    if known is None:
        raise Refusal(_("Pilih jenis surat dari daftar."))
    if not known.is_several and standing_of_kind(organisation, kind) is not None:
        raise Refusal(
            _("Surat jenis ini sudah ada. Pilih “Ganti” pada surat itu: yang lama tetap tersimpan.")
        )
    return _written(Paper(pk=key, organisation=organisation, kind=kind), told, file, by=by, on=on, at=at)


def _replace(
    paper: Paper, /, *, by: User, key: UUID, on: date, at: datetime, told: Told, file: Sent | None = None
) -> Paper:
    """A newer paper takes the place of this one, which stays to be read. Pressed twice it is one."""
    current = _locked_paper(paper)
    if repeated := made_before(Paper, key, organisation_id=current.organisation_id, kind=current.kind):
        return repeated
    _require_standing(current)
    fresh = Paper(pk=key, organisation=current.organisation, kind=current.kind)
    _written(fresh, told, file, by=by, on=on, at=at)
    current.replaced_by = fresh
    current.version += 1
    current.save(update_fields=["replaced_by", "version"])
    _lay_in_its_place(current, fresh)
    return fresh


def _lay_in_its_place(earlier: Paper, fresh: Paper) -> None:
    """In an application that the body still fills in; what an office has before it stays as it was sent."""
    theirs = Requirement.objects.filter(paper=earlier, registration__stage__in=APPLICANTS_TURN)
    theirs.update(paper=fresh, answer="", checked_at=None, checked_by_name="")


def _note(paper: Paper, /, *, by: User, version: int, on: date, told: Told) -> Paper:
    """Number, issuer and days as they stand on the paper. Raises Clash where somebody noted something else."""
    return _noted(paper, version=version, on=on, told=told)


def _note_by_the_body(paper: Paper, /, *, by: User, version: int, on: date, told: Told) -> Paper:
    """The same by the body itself: what an officer had checked is then to be checked again."""
    current = _noted(paper, version=version, on=on, told=told)
    if current.checked_on is not None and current.version != version:
        current.checked_on, current.checked_by_name = None, ""
        current.save(update_fields=["checked_on", "checked_by_name"])
    return current


def _destroy(paper: Paper, /, *, by: User, at: datetime, words: str) -> Paper:
    """Destroy the file and take the paper out of use; that it was there stays. Pressed twice it is once.

    `words` say why; they may name people, so they are kept with the paper and not in the record, which is for ever.
    Raises Refusal while an application rests on it.
    """
    current = _locked_paper(paper)
    if current.removed_at is None and is_being_judged(current):
        raise Refusal(
            _(
                "Surat ini dipakai dalam permohonan yang sedang berjalan. Kembalikan permohonan itu supaya suratnya diganti, atau tunggu sampai selesai."
            )
        )
    return _destroyed(current, by=by, at=at, words=words)


def _destroy_by_the_body(paper: Paper, /, *, by: User, at: datetime, words: str) -> Paper:
    """The same by the body itself, as long as no office relies on it."""
    current = _locked_paper(paper)
    if current.removed_at is None and (current.checked_on is not None or is_in_use(current)):
        raise Refusal(
            _(
                "Surat ini sudah diperiksa atau dipakai dalam permohonan. Mintalah petugas Dinas menghancurkannya."
            )
        )
    return _destroyed(current, by=by, at=at, words=words)


add_paper = files.leaves_no_file_behind(action(Permission.ORGANISATION_EDIT)(_add))
add_paper_for_body = files.leaves_no_file_behind(action(Permission.ORGANISATION_VERIFY)(_add))
replace_paper = files.leaves_no_file_behind(action(Permission.ORGANISATION_EDIT)(_replace))
replace_paper_for_body = files.leaves_no_file_behind(action(Permission.ORGANISATION_VERIFY)(_replace))
note_paper = action(Permission.ORGANISATION_EDIT)(_note_by_the_body)
note_paper_for_body = action(Permission.ORGANISATION_VERIFY)(_note)
destroy_file = action(Permission.ORGANISATION_EDIT)(_destroy_by_the_body)
destroy_file_for_body = action(Permission.ORGANISATION_VERIFY)(_destroy)


@action(Permission.ORGANISATION_VERIFY)
def check_paper(paper: Paper, /, *, by: User, version: int, on: date) -> Paper:
    """An officer saw it, and what is noted agrees with it. Raises Clash where it was changed since it was read."""
    require_outsider(paper.organisation_id, by)
    current = _locked_paper(paper)
    _require_standing(current)
    if current.checked_on is None:
        _require_read(current, version)
        current.checked_on, current.checked_by_name = on, str(by)
        current.version += 1
        current.save(update_fields=["checked_on", "checked_by_name", "version"])
    return current


def _written(paper: Paper, told: Told, file: Sent | None, *, by: User, on: date, at: datetime) -> Paper:
    _fill(paper, told, on)
    paper.at, paper.by, paper.by_name = at, by.pk, str(by)
    if file is not None:
        files.keep(paper, file.data, file_name=file.name, most=catalogue.largest_file())
    paper.save(force_insert=True)
    return paper


def _fill(paper: Paper, told: Told, on: date) -> None:
    if told.issued_on is not None and told.issued_on > on:
        raise Refusal(_("Tanggal terbit tidak boleh sesudah hari ini. Periksa tanggalnya."))
    if told.issued_on and told.valid_to and told.valid_to < told.issued_on:
        raise Refusal(_("Hari berakhirnya tidak boleh sebelum tanggal terbitnya. Periksa tanggalnya."))
    paper.title = fitting(told.title, _("Judul"), _LONGEST["title"], is_needed=paper.kind == "other")
    paper.number = fitting(told.number, _("Nomor"), _LONGEST["number"])
    paper.issuer = fitting(told.issuer, _("Penerbit"), _LONGEST["issuer"])
    paper.issued_on, paper.valid_to = told.issued_on, told.valid_to


def _noted(paper: Paper, *, version: int, on: date, told: Told) -> Paper:
    current = _locked_paper(paper)
    _require_standing(current)
    before = _facts_of(current)
    theirs = title_of(current)
    _fill(current, told, on)
    if _facts_of(current) == before:
        return current
    if current.version != version:
        raise Clash(
            _("Surat ini"), _in_words(theirs, before), _in_words(title_of(current), _facts_of(current))
        )
    current.version += 1
    current.save()
    return current


def _facts_of(paper: Paper) -> tuple[str, str, str, date | None, date | None]:
    return paper.title, paper.number, paper.issuer, paper.issued_on, paper.valid_to


def _in_words(title: str, facts: tuple[str, str, str, date | None, date | None]) -> str:
    """Both sides of a clash: everything that is noted, in one line."""
    parts = (title, *facts[1:3], *(tanggal(day) for day in facts[3:]))
    return ", ".join(part for part in parts if part)


def _destroyed(current: Paper, *, by: User, at: datetime, words: str) -> Paper:
    said = fitting(words, _("Alasan"), 500, is_needed=True)
    if current.removed_at is not None:
        return current
    # A paper without a file is taken out of use in the same way: it was entered by mistake.
    if current.is_there:
        files.destroy(current, at=at, by_name=str(by))
    current.removed_at, current.removed_by_name, current.removed_because = at, str(by), said
    current.version += 1
    current.save()
    return current


def _locked_paper(paper: Paper) -> Paper:
    """The paper as it stands now, its body locked before it."""
    locked(paper.organisation)
    found: Paper = (
        Paper.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=paper.pk)
    )
    return found


def _require_standing(paper: Paper) -> None:
    if paper.removed_at is not None:
        raise Refusal(_("Surat ini sudah dihancurkan. Tambahkan surat baru bila masih diperlukan."))
    if paper.replaced_by_id is not None:
        raise Refusal(_("Surat ini sudah diganti yang lebih baru. Buka surat yang baru."))


def _require_read(paper: Paper, version: int) -> None:
    if paper.version != version:
        theirs = _in_words(title_of(paper), _facts_of(paper))
        raise Clash(_("Surat ini"), theirs, _("sudah diperiksa"))
