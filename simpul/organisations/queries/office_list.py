"""Which organisations a list shows: what was asked, as conditions. Every number of the office is one of these lists.

A secret address (a safe house, somebody's home) gives no more of its place away than its kabupaten/kota: whoever narrows a list or a
map further than that does not find it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Substr
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.organisations.models import Certificate, Flag, Organisation, Paper, Sanction
from simpul.organisations.queries.bodies import AT_HOME, TOLD_SIGNS, told_region
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.queries.office_asked import NO_TYPE, Asked
from simpul.organisations.queries.oversight_flags import stands_on
from simpul.organisations.queries.papers_days import is_over, is_told, last_day_told
from simpul.organisations.queries.registration_office import NOT_REGISTERED
from simpul.organisations.queries.registration_sanctions import standing_on_day
from simpul.organisations.stages import REGISTERED_BY, CertificateKind

# A foreign body has a licence where others have a certificate of registration.
ACCREDITED_BY = (CertificateKind.ACCREDITATION,)
_HIDDEN = Q(is_address_secret=True) | Q(kind__in=AT_HOME)


# --- conditions ---


def in_area(area: str, *, is_exact: bool = False) -> Q:
    """Those in an area. A secret one stands at its kabupaten/kota, never closer."""
    if not area:
        return Q()
    inside = lies_in("region", area)
    if len(area) > TOLD_SIGNS:
        inside &= ~_HIDDEN
        return Q(region=area) & inside if is_exact else inside
    if not is_exact:
        return inside
    here = Q(region=area)
    return here | (inside & _HIDDEN) if len(area) == TOLD_SIGNS else here


def with_certificate(kinds: tuple[str, ...], on: date, *, until: date | None = None) -> Q:
    """Those that hold a certificate on that day; with `until` those whose every certificate ends by then."""
    valid = Certificate.objects.filter(valid_on(on), kind__in=kinds)
    held = Q(pk__in=valid.values("organisation"))
    if until is None:
        return held
    longer = valid.filter(Q(valid_to=None) | Q(valid_to__gt=until))
    return held & ~Q(pk__in=longer.values("organisation"))


def flagged(on: date) -> Q:
    """Those with a flag or a sanction that stands on that day."""
    sanctioned = Sanction.objects.filter(standing_on_day(on)).values("organisation")
    return Q(pk__in=Flag.objects.filter(stands_on(on)).values("organisation")) | Q(pk__in=sanctioned)


def standing_papers() -> QuerySet[Any]:
    """Those that were neither replaced nor destroyed."""
    found: QuerySet[Any] = Paper.objects.filter(replaced_by=None, removed_at=None)
    return found


def with_papers_ended(on: date) -> Q:
    """Those with a paper that has run out and was not replaced by a newer one."""
    ended = standing_papers().filter(is_over("valid_to", on))
    return Q(pk__in=ended.values("organisation"))


def with_papers_ending(on: date) -> Q:
    """Those with a paper that will run out soon."""
    ending = standing_papers().filter(is_told("valid_to", on)).exclude(is_over("valid_to", on))
    return Q(pk__in=ending.values("organisation"))


def serving(need: str) -> Q:
    """Those that say they serve a type of need."""
    if connection.features.supports_json_field_contains:
        return Q(need_types__contains=[need])
    # SQLite: the code in its quotes within the list as it is written.
    held = Organisation.objects.annotate(needs_told=Cast("need_types", TextField()))
    return Q(pk__in=held.filter(needs_told__contains=f'"{need}"').values("pk"))


def named_like(text: str) -> Q:
    """Every word of the text in the name or the short name."""
    found = Q()
    for word in text.split()[:6]:
        found &= Q(name__icontains=word) | Q(short_name__icontains=word)
    return found


def _not_registered(on: date) -> Q:
    """Without a certificate, of those who could have one: an office of the state is not registered."""
    return ~with_certificate(REGISTERED_BY, on) & ~Q(kind__in=NOT_REGISTERED)


def _by_certificate(answer: str, kinds: tuple[str, ...], on: date) -> Q:
    if answer == "ya":
        return with_certificate(kinds, on)
    if answer == "tidak":
        return ~with_certificate(kinds, on)
    return with_certificate(kinds, on, until=last_day_told(on)) if answer == "habis" else Q()


def condition(asked: Asked, on: date) -> Q:
    """Everything that was asked, together."""
    whole = in_area(asked.area, is_exact=asked.is_exact)
    if asked.kind:
        whole &= Q(kind=asked.kind)
    if asked.type:
        whole &= Q(confirmed_type="" if asked.type == NO_TYPE else asked.type)
    if asked.level:
        whole &= Q(level="" if asked.level == NO_TYPE else asked.level)
    if asked.need:
        whole &= serving(asked.need)
    is_missing = asked.registered == "tidak"
    whole &= _not_registered(on) if is_missing else _by_certificate(asked.registered, REGISTERED_BY, on)
    whole &= _by_certificate(asked.accredited, ACCREDITED_BY, on)
    if asked.papers:
        whole &= with_papers_ended(on) if asked.papers == "habis" else with_papers_ending(on)
    if asked.is_flagged:
        whole &= flagged(on)
    if asked.state != "semua":
        whole &= Q(is_closed=asked.state == "tutup")
    return whole & named_like(asked.text)


# --- lists ---


def everywhere() -> QuerySet[Any]:
    """All of them: that a body exists is public."""
    return Organisation.objects.all()


def watched(user: User, permission: Permission = Permission.ORGANISATION_WATCH) -> QuerySet[Any]:
    """Those that an office watches, or may take out of the office."""
    found: QuerySet[Any] = Organisation.objects.reachable(user, permission)
    return found


def listed(scope: QuerySet[Any], asked: Asked, on: date) -> QuerySet[Any]:
    """The rows of a list, in the order asked for."""
    found = scope.filter(condition(asked, on))
    if asked.sort == "wilayah":
        # In the order of what is shown, or the neighbours of a safe house would tell its village.
        shown = Case(When(_HIDDEN, then=Substr("region", 1, TOLD_SIGNS)), default=F("region"))
        by_place: QuerySet[Any] = found.order_by(shown, "name", "pk")
        return by_place
    if asked.sort == "tipe":
        # Those without a confirmed type come after D.
        last = Case(When(confirmed_type="", then=Value(1)), default=Value(0))
        return found.order_by(last, "confirmed_type", "name", "pk")
    if asked.sort == "berakhir":
        ends = _valid(REGISTERED_BY, on).filter(organisation=OuterRef("pk")).values("valid_to")[:1]
        soonest = F("ends").asc(nulls_last=True)
        by_end: QuerySet[Any] = found.annotate(ends=Subquery(ends)).order_by(soonest, "name", "pk")
        return by_end
    return found.order_by("name", "pk")


def _valid(kinds: Iterable[str], on: date) -> QuerySet[Any]:
    """Certificates that hold on that day, the one that holds longest first."""
    rows = Certificate.objects.filter(valid_on(on), kind__in=tuple(kinds))
    return rows.order_by(F("valid_to").desc(nulls_first=True), "-issued_on", "pk")


# The labels under which a certificate of accreditation prints them.
_GRADE, _SCHEME = "Peringkat", "Menurut"


@dataclass(frozen=True, slots=True)
class Line:
    """A body in a list, with the certificates that hold today and the place that may be told."""

    organisation: Organisation
    region: str
    registered: Certificate | None
    accredited: Certificate | None
    is_flagged: bool = False

    @property
    def registered_words(self) -> str:
        """Until when it is registered; nothing where it is not."""
        return (_until(self.registered) or _("berlaku")) if self.registered else ""

    @property
    def accredited_words(self) -> str:
        """Its grade and until when; nothing where it is not accredited."""
        return f"{self.grade} {_until(self.accredited)}" if self.accredited else ""

    @property
    def grade(self) -> str:
        """The grade in the words that stand on the certificate; its code where they do not say it."""
        return grade_of(self.accredited) if self.accredited else ""

    @property
    def scheme(self) -> str:
        """By which rules it was accredited, in the words that stand on the certificate."""
        return _printed(self.accredited, _SCHEME) if self.accredited else ""


def _until(certificate: Certificate) -> str:
    if certificate.valid_to is None:
        return ""
    return _("sampai %(day)s") % {"day": date_format(certificate.valid_to, "j F Y")}


def grade_of(certificate: Certificate) -> str:
    """The grade of an accreditation as it is printed."""
    return _printed(certificate, _GRADE) or certificate.grade


def _printed(certificate: Certificate, label: str) -> str:
    found = (line.get("text", "") for line in certificate.words or () if line.get("label") == label)
    return next(found, "")


def lines_of(rows: Iterable[Organisation], on: date, *, with_flags: bool = False) -> tuple[Line, ...]:
    """The rows of one page or one file as they are shown: one question about certificates, one about flags."""
    bodies = list(rows)
    keys = [body.pk for body in bodies]
    registered, accredited = _held(keys, REGISTERED_BY, ACCREDITED_BY, on=on)
    marked = set()
    if with_flags:
        marked = set(Organisation.objects.filter(flagged(on), pk__in=keys).values_list("pk", flat=True))
    return tuple(
        Line(body, told_region(body), registered.get(body.pk), accredited.get(body.pk), body.pk in marked)
        for body in bodies
    )


def _held(keys: list[Any], *several: tuple[str, ...], on: date) -> list[dict[Any, Certificate]]:
    """Of each several kinds the certificate of each body that holds longest."""
    held: list[dict[Any, Certificate]] = [{} for _kinds in several]
    for certificate in _valid(chain(*several), on).filter(organisation__in=keys):
        for kinds, found in zip(several, held, strict=True):
            if certificate.kind in kinds:
                found.setdefault(certificate.organisation_id, certificate)
    return held
