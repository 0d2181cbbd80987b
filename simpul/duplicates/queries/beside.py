"""Two records side by side, and which of them has more in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.duplicates.models import Merge, MergeQuerySet, Pair, PairQuerySet, PairState
from simpul.people.models import Person
from simpul.people.queries import others_at_home
from simpul.places import queries as places
from simpul.places.queries import FoundRegion
from simpul.ui.templatetags.ui import tanggal

# What is on the list, by the word in its address.
LISTS = {
    "": (PairState.OPEN,),
    "belum-yakin": (PairState.UNSURE,),
    "berbeda": (PairState.DIFFERENT,),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both. What is missing on one side contradicts nothing, so that it does not differ."""

    label: str
    left: str
    right: str
    differs: bool


def pairs_of(user: User, which: str) -> PairQuerySet:
    """The pairs within reach on one of the lists, the likeliest first."""
    rows: PairQuerySet = Pair.objects.reachable(user, Permission.DUPLICATE_VIEW).standing()
    return (
        rows.filter(state__in=LISTS.get(which, LISTS[""]))
        .select_related("left", "right")
        .order_by("-bits", "pk")
    )


def merges_of(user: User) -> MergeQuerySet:
    """What was merged within reach, the newest first."""
    rows: MergeQuerySet = Merge.objects.reachable(user, Permission.DUPLICATE_VIEW)
    return rows.select_related("survivor", "loser", "pair").order_by("-at", "pk")


def side_by_side(pair: Pair, on: date) -> list[Line]:
    """Everything of the register, field by field. Numbers are masked: in full they stand on a page of their own."""
    names = places.names_of({pair.left.region, pair.right.region} - {""})
    left, right = (_told(person, on, names) for person in pair.people)
    # What two texts do not tell: masked numbers, a day within an estimate, and when somebody happened to be registered.
    alike = {
        "NIK": pair.left.nik_index == pair.right.nik_index,
        _("Lahir"): _may_be_born_alike(pair),
        _("Umur"): _may_be_born_alike(pair),
        _("Terdaftar"): True,
    }
    return [
        Line(label, one, other, differs=bool(one and other) and not alike.get(label, one == other))
        for (label, one), other in zip(left.items(), right.values(), strict=True)
    ]


def _may_be_born_alike(pair: Pair) -> bool:
    """Whether the days on which the two can be born have any in common."""
    (first, last), (other_first, other_last) = (
        (person.born_earliest or date.min, person.born_latest or date.max) for person in pair.people
    )
    return first <= other_last and other_first <= last


def _told(person: Person, on: date, names: Mapping[str, FoundRegion]) -> dict[str, str]:
    relation = person.get_relation_to_head_display() if person.relation_to_head else ""
    return {
        _("Nama"): person.name,
        _("Dipanggil"): person.called,
        _("Jenis kelamin"): str(person.get_sex_display()) if person.sex else "",
        _("Lahir"): tanggal(person.born),
        _("Umur"): person.age_on(on) if person.born else "",
        "NIK": person.nik_masked,
        _("Tempat tinggal"): str(names.get(person.region, person.region)),
        _("Hubungan dengan kepala keluarga"): str(relation),
        _("Serumah"): ", ".join(sorted(one.name for one in others_at_home(person))),
        _("Terdaftar"): tanggal(person.registered_at),
    }


def fuller(pair: Pair) -> Person:
    """The record with more in it, which is proposed to stay; of two alike the older one."""
    left, right = pair.people
    return max((left, right), key=lambda person: (_filled(person), -person.registered_at.timestamp()))


def _filled(person: Person) -> int:
    held = (person.nik_index, person.born_earliest, person.sex, person.mother_name_key, person.region)
    return sum(value not in (None, "") for value in (*held, person.phone_sealed, person.called))
