"""The rights of the person over their data: what is asked, whether a record may be used, whether it may be erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue import privacy
from simpul.engines.days import months_later
from simpul.engines.matching.nik import Oddity, oddities
from simpul.people.models import (
    Consent,
    DataRequest,
    DataRequestQuerySet,
    Fact,
    Household,
    Person,
    RequestKind,
    RequestState,
)

MONTHS = 12
HOUR = timedelta(hours=1)
# In the last third of its time a request is marked.
LAST_PART = 3


class Limited(Refusal):
    """The use of this record is limited, at the wish of the person: it may be read, not changed or given on."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or _(
                "Pemakaian data orang ini sedang dibatasi atas permintaannya, jadi tidak ada yang ditambah atau diubah. Bila pembatasan sudah selesai, cabut dulu di halaman orang ini."
            )
        )


class Erased(Refusal):
    """Nothing is kept about this person any more."""

    def __init__(self) -> None:
        super().__init__(
            _("Data orang ini sudah dihapus. Bila ia datang lagi, daftarkan sebagai orang baru.")
        )


def require_not_limited(person: Person | UUID) -> None:
    """For every action that adds to, changes or gives on what is kept about a person, also in other subjects.

    Asks the database, because a limit may be set while a form stands open. Raises Limited or Erased.
    """
    key = person.pk if isinstance(person, Person) else person
    found = Person.objects.filter(pk=key).values_list("limited_since", "erased_at").first()
    limited_since, erased_at = found or (None, None)
    if erased_at is not None:
        raise Erased
    if limited_since is not None:
        raise Limited


def require_not_erased(person: Person | UUID) -> None:
    """For what may be noted although the use of the data is limited. Raises Erased."""
    key = person.pk if isinstance(person, Person) else person
    if Person.objects.filter(pk=key, erased_at__isnull=False).exists():
        raise Erased


def require_nobody_limited(household: Household) -> None:
    """For what changes everybody's home. Raises Limited."""
    if household.members.filter(limited_since__isnull=False).exists():
        raise Limited(
            _(
                "Data seorang anggota rumah tangga ini sedang dibatasi atas permintaannya, jadi alamat dan nomor KK bersama tidak diubah. Pindahkan dulu anggota lain ke rumah tangga sendiri, atau cabut pembatasannya."
            )
        )


def require_copyable(person: Person) -> None:
    """Whether a copy may be made: of a limited record only when the person themselves asked for one."""
    if person.is_erased:
        raise Erased
    if person.is_limited and not _asked_for(person, RequestKind.COPY):
        raise Limited(
            _(
                "Data orang ini sedang dibatasi, jadi tidak dicetak atau dikeluarkan. Salinan dibuat hanya bila ia sendiri memintanya: catat dulu permintaannya."
            )
        )


def _asked_for(person: Person, kind: str) -> bool:
    return DataRequest.objects.filter(person=person, kind=kind).waiting().exists()


# --- requests and their clock ---


def due_at(kind: str, received_at: datetime, on: date) -> datetime | None:
    """When the answer must be there, in running hours; None where the law gives none."""
    time = privacy.right(kind, on).time
    return received_at + time if time else None


def requests_of(person: Person) -> list[DataRequest]:
    """All of them, the newest first."""
    rows = list(DataRequest.objects.filter(person=person).order_by("-received_at", "-pk"))
    for row in rows:
        row.person = person
    return rows


def minutes_of(person: Person) -> DataRequest | None:
    """The request by which everything about this person was erased."""
    found: DataRequest | None = DataRequest.objects.filter(person=person, approved_at__isnull=False).first()
    return found


def waiting_requests(user: User) -> DataRequestQuerySet:
    """What this worker should answer, the latest first; a queryset, so that a page can cut it."""
    rows: DataRequestQuerySet = DataRequest.objects.reachable(user, Permission.DATA_REQUEST_RECORD)
    return rows.waiting().select_related("person")


@dataclass(frozen=True, slots=True)
class Clock:
    """How long there is to answer, in words; `kind` is that of a tag."""

    words: str
    kind: str


def clock_of(request: DataRequest, at: datetime) -> Clock | None:
    """What a page shows of the clock; nothing where the law gives no hours or all is answered."""
    if not request.is_waiting or request.due_at is None:
        return None
    hours = int(abs(request.due_at - at) / HOUR)
    if request.due_at < at:
        late = ngettext("terlambat %(hours)s jam", "terlambat %(hours)s jam", hours) % {"hours": hours}
        return Clock(late, "act")
    words = ngettext("sisa %(hours)s jam", "sisa %(hours)s jam", hours) % {"hours": hours}
    is_soon = (request.due_at - at) * LAST_PART < request.due_at - request.received_at
    return Clock(words, "soon" if is_soon else "")


def ground_words(code: str) -> str:
    """A ground to refuse, in the language of this page."""
    found = {ground.code: ground.label for ground in privacy.grounds()}
    return found[code].in_language(get_language() or "id") if code in found else code


_DESTROYED = {
    "facts": gettext_lazy("jawaban dan keterangan"),
    "consents": gettext_lazy("persetujuan"),
    "requests": gettext_lazy("permintaan atas data"),
    "screenings": gettext_lazy("penapisan dan keputusannya"),
    "cases": gettext_lazy("catatan kasus"),
    "referrals": gettext_lazy("rujukan dan pesannya"),
    "pairs": gettext_lazy("perbandingan dengan catatan lain"),
}


def destroyed_words(request: DataRequest) -> list[tuple[str, int]]:
    """What was emptied and how many rows, for the minutes; the subject's own word where none is known here."""
    return [(str(_DESTROYED.get(kind, kind)), count) for kind, count in request.destroyed.items()]


# --- may it be erased? ---


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that speaks against erasing. An absolute one forbids it; any other needs a reason to go on."""

    words: str
    is_absolute: bool = False
    until: date | None = None


# Other subjects add theirs when the application starts (AppConfig.ready): an open case, a court process.
HOLDS: list[Callable[[Person, date], Iterable[Hold]]] = []
# And when they last noted something about a person, from which the time to keep the file runs.
LAST_ENTRIES: list[Callable[[Person], datetime | None]] = []


def holds_on(person: Person, on: date) -> list[Hold]:
    """Everything that speaks against erasing this record on that day, the absolute first."""
    found = [*_legal_hold(person), *_retention(person, on)]
    for ask in HOLDS:
        found += ask(person, on)
    return sorted(found, key=lambda hold: not hold.is_absolute)


def _legal_hold(person: Person) -> Iterable[Hold]:
    if person.held_since is not None:
        yield Hold(_("Data ini ditahan karena proses hukum."), is_absolute=True)


def _retention(person: Person, on: date) -> Iterable[Hold]:
    # Who may still be a child is kept as one: the longer time of the two.
    grown = person.is_child_on(on) is False or person.born_latest is None
    entry = privacy.retentions()["adult" if grown else "child"]
    start = last_entry(person)
    if not grown and entry.after_age is not None and person.born_latest is not None:
        start = months_later(person.born_latest, entry.after_age * MONTHS)
    until = months_later(start, entry.years * MONTHS)
    if until > on:
        label = entry.label.in_language(get_language() or "id")
        years = ngettext("%(years)s tahun", "%(years)s tahun", entry.years) % {"years": entry.years}
        words = _("Masa simpan belum habis. %(label)s: %(years)s.") % {"label": label, "years": years}
        yield Hold(words, until=until)


def last_entry(person: Person) -> date:
    """The day of the last thing that was noted about this person, in whatever subject."""
    said = Fact.objects.filter(person=person).order_by("-noted_at").values_list("noted_at", flat=True).first()
    agreed = Consent.objects.filter(person=person).order_by("-given_at")
    moments = [person.registered_at, said, agreed.values_list("given_at", flat=True).first()]
    moments += [ask(person) for ask in LAST_ENTRIES]
    return timezone.localtime(max(moment for moment in moments if moment is not None)).date()


# --- what a page of a person shows of it ---


@dataclass(frozen=True, slots=True)
class Rights:
    """The limit, the waiting requests, and a NIK that does not fit."""

    waiting: int
    is_limited: bool
    is_held: bool
    nik_mark: str


def rights_of(person: Person) -> Rights:
    """What stands on the person's page about their rights."""
    return Rights(
        waiting=DataRequest.objects.filter(person=person).waiting().count(),
        is_limited=person.is_limited,
        is_held=person.held_since is not None,
        nik_mark=nik_mark(person),
    )


_MISFITS = (Oddity.DIFFERS_FROM_BIRTH, Oddity.DIFFERS_FROM_SEX)


def nik_mark(person: Person) -> str:
    """One calm sentence where the NIK says another birth date or sex than the register; empty where it fits."""
    if person.nik_sealed is None:
        return ""
    # The register of regions is not asked: this stands on a page that is opened all day.
    odd = set(oddities(person.nik, earliest=person.born_earliest, latest=person.born_latest, sex=person.sex))
    if not odd.intersection(_MISFITS):
        return ""
    birth, sex = Oddity.DIFFERS_FROM_BIRTH in odd, Oddity.DIFFERS_FROM_SEX in odd
    if person.nik_confirmed:
        return _confirmed_words(birth, sex)
    return _unseen_words(birth, sex)


def _confirmed_words(birth: bool, sex: bool) -> str:
    if birth and sex:
        return _("NIK tidak cocok dengan tanggal lahir dan jenis kelamin; sudah diperiksa petugas")
    if birth:
        return _("NIK tidak cocok dengan tanggal lahir; sudah diperiksa petugas")
    return _("NIK tidak cocok dengan jenis kelamin; sudah diperiksa petugas")


def _unseen_words(birth: bool, sex: bool) -> str:
    if birth and sex:
        return _("NIK tidak cocok dengan tanggal lahir dan jenis kelamin; periksa lagi")
    if birth:
        return _("NIK tidak cocok dengan tanggal lahir; periksa lagi")
    return _("NIK tidak cocok dengan jenis kelamin; periksa lagi")


def is_second_person(request: DataRequest, user: User) -> bool:
    """Whether this user may be the second who approves erasing: not who said yes first."""
    return request.state == RequestState.CHECKED and request.answered_by != user.pk
