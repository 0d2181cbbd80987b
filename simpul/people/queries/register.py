"""The register: where somebody may be registered, households, consents, and what is odd about a NIK."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.access.reach import Where
from simpul.access.secrets import blind_index
from simpul.engines.matching.nik import Oddity, cleaned, oddities
from simpul.engines.matching.nik import read as read_nik
from simpul.engines.rules import DateRange
from simpul.people.facts import first_and_last
from simpul.people.models import Consent, Household, Person
from simpul.people.queries.likeness import search
from simpul.places import queries as places


def place_to_register(user: User, region: str) -> Where | None:
    """For which organisation, and where, this worker registers somebody who lives there.

    The grant that covers the region; None where no grant does. Without a region (no home, not known) the
    person is kept at the worker's own area, so that colleagues there find them.
    """
    grants = sorted(user.grants_with(Permission.PERSON_REGISTER), key=lambda grant: grant.granted_at)
    for grant in grants:
        where = Where(organisation=grant.organisation, region=region or grant.region)
        if where.is_within(grant):
            return where
    return None


def household_with_kk(user: User, kk: str) -> Household | None:
    """The household within reach that has this family card number."""
    fingerprint = kk_fingerprint(kk)
    if fingerprint is None:
        return None
    reach = Household.objects.reachable(user, Permission.PERSON_SEARCH)
    found: Household | None = reach.filter(kk_index=fingerprint).order_by("registered_at").first()
    if found is None or found.members.exists():
        return found
    # Whoever lived there alone may be known by another record now, and so by another home.
    moved = reach.filter(members__merged_from__household=found).first()
    return moved or found


def record_now(user: User, key: UUID) -> Person | None:
    """Into which record within reach the one with this key was merged; None where it was not."""
    reach = Person.objects.reachable(user, Permission.PERSON_VIEW)
    found: Person | None = reach.filter(merged_from=key).first()
    return found


def names_before(person: Person) -> list[str]:
    """By which other names this person is known, from records that were merged into this one."""
    rows = Person.everybody.filter(merged_into=person).order_by("registered_at", "pk")
    return [one.name for one in rows if one.name != person.name and not one.is_erased]


def household_within_reach(user: User, key: UUID | str) -> Household | None:
    """A household to join, or None where it does not exist for this worker."""
    found: Household | None = (
        Household.objects.reachable(user, Permission.PERSON_SEARCH).filter(pk=key).first()
    )
    return found


def households_like(user: User, text: str, limit: int = 6) -> list[Person]:
    """One person of each household in which somebody of that name lives, for choosing one to join."""
    seen: dict[UUID, Person] = {}
    for one in search(user, name=text):
        seen.setdefault(one.person.household_id, one.person)
    return list(seen.values())[:limit]


def kk_fingerprint(kk: str) -> bytes | None:
    """The fingerprint by which a family card number is found again; None for none."""
    digits = cleaned(kk)
    return blind_index(digits, "household.kk") if digits else None


def members_of(user: User, household_id: UUID) -> list[Person]:
    """The people of a household that this reader may see, the head first, then by age."""
    rows = Person.objects.reachable(user, Permission.PERSON_VIEW).filter(household_id=household_id)
    return sorted(
        rows, key=lambda one: (one.relation_to_head != "head", one.born_earliest or date.max, one.name)
    )


def others_at_home(person: Person) -> list[Person]:
    """Who else lives there, whoever may see them: for telling that something concerned them too."""
    return list(Person.objects.filter(household_id=person.household_id).exclude(pk=person.pk))


def consent_for(person: Person, purpose: str, on: date) -> Consent | None:
    """The basis that stands for this purpose on that day: the last one given, not withdrawn, not outgrown."""
    rows = _of(person, _STANDING.rows(person=person.pk, purpose=purpose, on=on))
    return next((row for row in rows if not row.has_lapsed_on(on)), None)


def _standing(*, person: UUID, purpose: str, on: date) -> QuerySet[Consent]:
    rows: QuerySet[Consent] = Consent.objects.filter(person=person, purpose=purpose).standing_on(on)
    return rows.order_by(*_NEWEST_FIRST)


_NEWEST_FIRST = ("-given_at", "-pk")
# Asked by every page about a person.
_STANDING = Prepared(_standing)


def consents_of(person: Person) -> list[Consent]:
    """All of them, the newest first; withdrawn ones too, because they are history."""
    return _of(person, Consent.objects.filter(person=person).order_by(*_NEWEST_FIRST))


def _of(person: Person, rows: Iterable[Consent]) -> list[Consent]:
    """They know the person at hand instead of asking for it again."""
    found = list(rows)
    for row in found:
        row.person = person
    return found


def nik_warnings(nik: str, *, born: date | DateRange | None, sex: str) -> list[tuple[Oddity, str]]:
    """What is odd about a NIK, as code and sentence. Nothing here refuses."""
    if not nik:
        return []
    earliest, latest = first_and_last(born)
    found = oddities(
        nik,
        earliest=earliest,
        latest=latest,
        sex=sex,
        is_known_region=places.is_known if places.is_loaded() else None,
    )
    return [(oddity, _in_words(oddity, nik)) for oddity in found]


def _in_words(oddity: Oddity, nik: str) -> str:
    number = read_nik(nik)
    if oddity is Oddity.WRONG_LENGTH:
        return _("NIK biasanya 16 angka; yang ditulis %(count)s angka.") % {"count": len(cleaned(nik))}
    if oddity is Oddity.DIFFERS_FROM_BIRTH and number:
        return _(
            "Menurut NIK, tanggal lahirnya %(day)s-%(month)s dan tahunnya berakhir %(year)s; itu berbeda dari tanggal lahir yang ditulis."
        ) % {"day": f"{number.day:02d}", "month": f"{number.month:02d}", "year": f"{number.year:02d}"}
    if oddity is Oddity.DIFFERS_FROM_SEX and number:
        told = _("perempuan") if number.sex == "P" else _("laki-laki")
        return _("Menurut NIK orang ini %(sex)s (untuk perempuan, tanggal lahir di NIK ditambah 40).") % {
            "sex": told
        }
    return _plain_words(oddity)


def _plain_words(oddity: Oddity) -> str:
    words: dict[Oddity, str] = {
        Oddity.NOT_DIGITS: _("NIK hanya berisi angka; yang ditulis memuat huruf atau tanda lain."),
        Oddity.SPREADSHEET: _(
            "Nomor ini tampaknya berasal dari lembar sebar yang memotong angkanya. Lihat nomor aslinya di KTP atau KK."
        ),
        Oddity.IMPOSSIBLE_DATE: _(
            "Angka ke-7 sampai ke-12 seharusnya tanggal lahir, tetapi tanggal itu tidak ada di kalender."
        ),
        Oddity.SERIAL_ZERO: _("Empat angka terakhir tidak pernah 0000."),
        Oddity.UNKNOWN_REGION: _(
            "Enam angka pertama bukan kode kecamatan yang dikenal, juga bukan kode lama."
        ),
    }
    return words.get(oddity, str(oddity))


def registered_with(user: User, key: UUID) -> Person | None:
    """The person that this form has made already, when it is sent a second time."""
    found: Person | None = Person.objects.filter(pk=key, registered_by=user.pk).first()
    return found
