"""Noting who and what stands around a client: adding, changing, ending."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, Concerned, ConcernedKind, Tells, Tie
from simpul.cases.queries.around import person_within
from simpul.cases.queries.case import require_open, require_ready
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.people.models import Person, Sex

LONGEST_NAME = 200
LONGEST_RELATION = 200
LONGEST_PHONE = 32
LONGEST_TOLD = 500
_OLDEST = 130


@dataclass(frozen=True)
class About:
    """What is noted of somebody around the client; `person` is the key of a registered person."""

    name: str = ""
    relation: str = ""
    kind: str = ConcernedKind.PERSON
    person: UUID | None = None
    phone: str = ""
    sex: str = ""
    born_year: int | None = None
    is_alive: bool = True
    lives_with_client: bool = False
    is_guardian: bool = False
    tells: str = Tells.NOTHING
    told_what: str = ""


_LABELS: dict[str, Promise] = {
    "name": gettext_lazy("Nama"),
    "relation": gettext_lazy("Hubungan dengan penerima manfaat"),
    "kind": gettext_lazy("Jenis"),
    "person": gettext_lazy("Orang yang terdata"),
    "phone": gettext_lazy("Nomor telepon"),
    "sex": gettext_lazy("Jenis kelamin"),
    "born_year": gettext_lazy("Tahun lahir"),
    "is_alive": gettext_lazy("Masih hidup"),
    "lives_with_client": gettext_lazy("Tinggal serumah"),
    "is_guardian": gettext_lazy("Wali"),
    "tells": gettext_lazy("Boleh diberi tahu"),
    "told_what": gettext_lazy("Apa yang boleh diberitahukan"),
}


@action(Permission.CASE_NOTE)
def add_concerned(case: Case, /, *, by: User, key: UUID, on: date, at: datetime, about: About) -> Concerned:
    """Note somebody or something that matters to the client. A repeated key gives the same row.

    A registered person must be within the worker's reach. Raises ConsentNeeded without a legal basis.
    """
    current = locked_case(case)
    if repeated := made_before(Concerned, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    row = Concerned(pk=key, case=current, at=at, by=by.pk, by_name=str(by))
    _fill(row, _checked(about, by, on))
    row.save(force_insert=True)
    return row


@action(Permission.CASE_NOTE)
def edit_concerned(
    row: Concerned, /, *, by: User, version: int, on: date, at: datetime, about: About
) -> Concerned:
    """Change what is noted. The same change sent twice changes nothing.

    Raises Clash, with both values of every field that differs, when somebody was faster.
    """
    current = locked_row(row)
    require_ready(current.case, on)
    theirs = _held(current)
    mine = _checked(about, by, on, linked=theirs.person)
    if current.version != version:
        if mine == theirs:
            return current
        raise _clash(current, theirs, mine)
    _require_standing(current)
    _fill(current, mine)
    current.version = version + 1
    current.save()
    return current


@action(Permission.CASE_NOTE)
def end_concerned(row: Concerned, /, *, by: User, version: int, on: date, at: datetime) -> Concerned:
    """Say that somebody no longer stands around the client. What was noted stays, and the ties end with it."""
    current = locked_row(row)
    if current.ended_on is not None:
        return current
    require_open(current.case)
    if current.version != version:
        raise Clash(str(current.name), _("diubah"), _("tidak lagi di sekitar penerima manfaat"))
    current.ended_on, current.version = on, version + 1
    current.save(update_fields=["ended_on", "version"])
    Tie.objects.filter(Q(one=current) | Q(other=current), ended_on=None).update(ended_on=on)
    return current


# --- what must hold ---


def _require_standing(row: Concerned) -> None:
    if row.ended_on is not None:
        raise Refusal(
            _("%(name)s sudah ditandai tidak lagi di sekitar penerima manfaat. Tambahkan lagi bila perlu.")
            % {"name": row.name}
        )


def _checked(about: About, by: User, on: date, *, linked: UUID | None = None) -> About:
    """What was typed, cleaned; a Refusal says what cannot be."""
    person = _person(about, by, linked)
    name = fitting(about.name, str(_LABELS["name"]), LONGEST_NAME) or (person.name if person else "")
    if not name:
        raise Refusal(_("Tulis nama atau panggilannya. Satu kata pun cukup."))
    for value, known in ((about.kind, ConcernedKind), (about.tells, Tells), (about.sex or "L", Sex)):
        if value not in known.values:
            raise Refusal(_("Pilihan itu tidak dikenal. Pilih lagi dari daftar."))
    if about.born_year is not None and not on.year - _OLDEST <= about.born_year <= on.year:
        raise Refusal(_("Tahun lahir itu tidak mungkin. Periksa angkanya."))
    told_what = fitting(about.told_what, str(_LABELS["told_what"]), LONGEST_TOLD)
    if about.tells == Tells.SOME and not told_what:
        raise Refusal(_("Tulis apa saja yang boleh diberitahukan."))
    is_person = about.kind == ConcernedKind.PERSON
    return About(
        name=name,
        relation=fitting(about.relation, str(_LABELS["relation"]), LONGEST_RELATION, is_needed=True),
        kind=about.kind,
        person=about.person,
        phone=fitting(about.phone, str(_LABELS["phone"]), LONGEST_PHONE),
        sex=about.sex if is_person else "",
        born_year=about.born_year if is_person else None,
        is_alive=about.is_alive or not is_person,
        lives_with_client=about.lives_with_client and is_person,
        is_guardian=about.is_guardian and is_person,
        tells=about.tells,
        told_what=told_what if about.tells == Tells.SOME else "",
    )


def _person(about: About, by: User, linked: UUID | None) -> Person | None:
    """The registered person. A link that stands already stays, also for who cannot reach its end."""
    if about.person is None or about.person == linked:
        return None
    if about.kind != ConcernedKind.PERSON:
        raise Refusal(_("Hanya orang yang dapat dihubungkan dengan data orang."))
    found = person_within(by, about.person)
    if found is None:
        raise Refusal(
            _("Orang itu tidak ditemukan dalam jangkauan Anda. Cari lagi, atau tulis namanya saja.")
        )
    return found


def _held(row: Concerned) -> About:
    return About(
        name=row.name or "",
        relation=row.relation or "",
        kind=row.kind,
        person=row.person_id,
        phone=row.phone or "",
        sex=row.sex,
        born_year=row.born_year,
        is_alive=row.is_alive,
        lives_with_client=row.lives_with_client,
        is_guardian=row.is_guardian,
        tells=row.tells,
        told_what=row.told_what or "",
    )


def _fill(row: Concerned, about: About) -> None:
    row.name, row.relation = about.name, about.relation or None
    row.phone, row.told_what = about.phone or None, about.told_what or None
    row.kind, row.person_id, row.sex = about.kind, about.person, about.sex
    row.born_year, row.is_alive, row.tells = about.born_year, about.is_alive, about.tells
    row.lives_with_client, row.is_guardian = about.lives_with_client, about.is_guardian


def _clash(row: Concerned, theirs: About, mine: About) -> Clash:
    """Both values of every field that differs, in words."""
    held, typed = asdict(theirs), asdict(mine)
    differing = [name for name in _LABELS if held[name] != typed[name]]
    return Clash(
        _("Data %(name)s") % {"name": row.name}, _in_words(differing, held), _in_words(differing, typed)
    )


def _in_words(names: list[str], values: dict[str, Any]) -> str:
    return "; ".join(f"{_LABELS[name]}: {_said(name, values[name])}" for name in names)


def _said(name: str, value: Any) -> str:
    choices = {"kind": ConcernedKind, "tells": Tells, "sex": Sex}
    if value in (None, ""):
        return _("(kosong)")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if name == "person":
        return _("terhubung dengan data orang")
    return str(choices[name](value).label) if name in choices else str(value)
