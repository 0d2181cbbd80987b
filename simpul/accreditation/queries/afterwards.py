"""After the decision: what is mended, who looks in, which accreditations run out, and all that waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import Accreditation, Recommendation, Watch
from simpul.accreditation.queries.appeal import open_appeals
from simpul.accreditation.queries.plenary import waiting_for_decision, waiting_for_vote
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.validation import waiting_for_validation
from simpul.accreditation.stages import ENDED, Stage
from simpul.catalogue.accreditation.deciding import deciding
from simpul.engines.days import months_later
from simpul.organisations.models import Certificate, Flag
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.queries.oversight_flags import stands_on
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import CertificateKind, CertificateState, FlagKind

# --- accredited on a day ---


def accredited_on(on: date) -> Any:
    """The certificates of all bodies that are accredited on that day: the one definition for every page and count."""
    return Certificate.objects.filter(valid_on(on), kind=CertificateKind.ACCREDITATION)


# --- improvement ---


@dataclass(frozen=True, slots=True)
class Improvement:
    """One recommendation as it stands on a day."""

    row: Recommendation
    item_title: str
    is_late: bool

    @property
    def is_done(self) -> bool:
        return self.row.done_on is not None

    @property
    def is_planned(self) -> bool:
        return bool(self.row.plan)


def improvements_of(accreditation: Accreditation, on: date, language: str) -> list[Improvement]:
    """Every recommendation with what became of it, in the order in which it was said."""
    titles = {item.code: item.text.in_language(language) for item in scheme_of(accreditation).items}
    rows = Recommendation.objects.filter(accreditation=accreditation).order_by("at", "pk")
    return [Improvement(row, titles.get(row.item, row.item), _is_late(row, on)) for row in rows]


def _is_late(row: Recommendation, on: date) -> bool:
    return row.done_on is None and row.due_on is not None and row.due_on < on


# --- monitoring ---


def watches_of(accreditation: Accreditation) -> list[Watch]:
    """What was seen afterwards, the newest first."""
    return list(Watch.objects.filter(accreditation=accreditation).order_by("-on", "-at", "pk"))


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One accredited body: when it was last looked at, and when it should be next.

    `complaint_on` is the day of a complaint upheld that stands, where nobody looked in since: it is due at once.
    """

    accreditation: Accreditation
    last_on: date | None
    due_on: date
    needs_recheck: bool
    is_late: bool
    complaint_on: date | None = None


def watch_list(user: User, on: date) -> list[WatchRow]:
    """The bodies accredited on that day within reach, those due soonest first."""
    reach = Accreditation.objects.reachable(user, Permission.ACCREDITATION_VIEW)
    accredited = reach.filter(certificate__in=accredited_on(on))
    rows = list(accredited.select_related("organisation", "certificate").order_by("pk"))
    last, complaints = _last_watches(rows), _complaints(rows, on)
    found = [_watch_row(row, last.get(row.pk), complaints.get(row.organisation_id, ()), on) for row in rows]
    return sorted(
        found,
        key=lambda one: (
            not one.needs_recheck,
            one.complaint_on is None,
            one.due_on,
            str(one.accreditation.pk),
        ),
    )


def complaint_to_look_at(accreditation: Accreditation, on: date) -> date | None:
    """The day of a complaint upheld against an accredited body after which nobody looked in; None without one."""
    flags = _complaints([accreditation], on).get(accreditation.organisation_id, ())
    return _not_looked_at(flags, _last_watches([accreditation]).get(accreditation.pk))


def _last_watches(rows: Iterable[Accreditation]) -> dict[UUID, Watch]:
    """The newest look at each."""
    found = Watch.objects.filter(accreditation__in=rows).order_by("on", "at", "pk")
    return {one.accreditation_id: one for one in found}


def _complaints(rows: Iterable[Accreditation], on: date) -> dict[UUID, list[Flag]]:
    """The complaints upheld that stand on that day, by the key of the body, the oldest first."""
    found: dict[UUID, list[Flag]] = defaultdict(list)
    keys = [row.organisation_id for row in rows]
    flags = Flag.objects.filter(stands_on(on), organisation__in=keys, kind=FlagKind.COMPLAINT)
    for flag in flags.order_by("on", "at", "pk"):
        found[flag.organisation_id].append(flag)
    return found


def _not_looked_at(flags: Iterable[Flag], last: Watch | None) -> date | None:
    # A look of the same day may have been before it: what counts is which was written down later.
    days = [flag.on for flag in flags if last is None or last.on < flag.on or last.at < flag.at]
    return min(days, default=None)


def _watch_row(row: Accreditation, last: Watch | None, complaints: Iterable[Flag], on: date) -> WatchRow:
    since = (last.on if last else None) or row.decided_on or row.at.date()
    due_on = months_later(since, scheme_of(row).watch_months)
    complaint_on = _not_looked_at(complaints, last)
    if complaint_on is not None:
        due_on = min(due_on, complaint_on)
    return WatchRow(
        row,
        last.on if last else None,
        due_on,
        needs_recheck=bool(last and last.needs_recheck),
        is_late=due_on < on,
        complaint_on=complaint_on,
    )


# --- renewal ---


@dataclass(frozen=True, slots=True)
class Renewal:
    """An accreditation that runs out: in at most so many `months`, in so many `days`, or already (`is_over`)."""

    accreditation: Accreditation
    certificate: Certificate
    valid_to: date
    months: int
    days: int
    is_over: bool


def renewals(user: User, on: date) -> list[Renewal]:
    """Certificates within reach that run out so soon that the scheme asks for a reminder, the first to end first.

    One that has run out stays in the list for a time, as long as nothing new was begun.
    """
    rows = Accreditation.objects.reachable(user, Permission.ACCREDITATION_VIEW).filter(
        certificate__state=CertificateState.STANDING,
        certificate__valid_to__gte=months_later(on, -deciding().months_after_end),
    )
    running = Accreditation.objects.exclude(stage__in=ENDED).values("organisation")
    rows = rows.exclude(organisation__in=running).select_related("organisation", "certificate")
    found = [_renewal(row, on) for row in rows.order_by("certificate__valid_to", "pk")]
    return [one for one in found if one is not None]


def _renewal(row: Accreditation, on: date) -> Renewal | None:
    certificate = row.certificate
    if certificate is None or certificate.valid_to is None:
        return None
    if certificate.valid_to < on:
        return Renewal(row, certificate, certificate.valid_to, 0, 0, is_over=True)
    reached = reminder_reached(certificate.valid_to, scheme_of(row).reminder_months, on)
    days = (certificate.valid_to - on).days
    return Renewal(row, certificate, certificate.valid_to, reached, days, is_over=False) if reached else None


def reminder_reached(valid_to: date, months: Iterable[int], on: date) -> int:
    """The nearest reminder whose day has come, in months before the end; 0 before the first."""
    return min((one for one in months if months_later(valid_to, -one) <= on), default=0)


# --- all that waits ---


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for this person from validation to renewal."""
    found: list[Waiting] = []
    if user.can(Permission.ACCREDITATION_VALIDATE):
        found += _validations(user)
    if user.can(Permission.ACCREDITATION_DECIDE):
        found += [*_votes(user), *_decisions(user)]
    if user.can(Permission.ACCREDITATION_SECRETARY):
        found += [*_appeals(user, on), *_rechecks(user, on)]
    if user.can(Permission.ACCREDITATION_APPLY):
        found += _improvements(user, on)
    if user.can(Permission.REGISTRATION_CHECK) or user.can(Permission.ACCREDITATION_SECRETARY):
        found += _watches(user, on)
    if user.can(Permission.ACCREDITATION_VIEW):
        found += _renewals(user, on)
    return tuple(found)


def _validations(user: User) -> list[Waiting]:
    number = len(waiting_for_validation(user))
    words = ngettext(
        "%(count)s akreditasi menunggu validasi Anda", "%(count)s akreditasi menunggu validasi Anda", number
    )
    return _waiting(words, number, "accreditation:validations", is_late=False)


def _votes(user: User) -> list[Waiting]:
    number = len(waiting_for_vote(user))
    words = ngettext(
        "%(count)s akreditasi menunggu suara Anda di pleno",
        "%(count)s akreditasi menunggu suara Anda di pleno",
        number,
    )
    return _waiting(words, number, "accreditation:plenary-queue", is_late=False)


def _decisions(user: User) -> list[Waiting]:
    number = len(waiting_for_decision(user))
    words = ngettext(
        "%(count)s akreditasi sudah cukup suaranya dan menunggu keputusan dicatat",
        "%(count)s akreditasi sudah cukup suaranya dan menunggu keputusan dicatat",
        number,
    )
    return _waiting(words, number, "accreditation:plenary-queue", is_late=False)


def _rechecks(user: User, on: date) -> list[Waiting]:
    number = sum(row.needs_recheck for row in watch_list(user, on))
    words = ngettext(
        "%(count)s lembaga terakreditasi perlu dinilai ulang menurut pemantauan",
        "%(count)s lembaga terakreditasi perlu dinilai ulang menurut pemantauan",
        number,
    )
    return _waiting(words, number, "accreditation:watch-list", is_late=True)


def _appeals(user: User, on: date) -> list[Waiting]:
    rows = open_appeals(user, on)
    words = ngettext(
        "%(count)s keberatan menunggu jawaban", "%(count)s keberatan menunggu jawaban", len(rows)
    )
    return _waiting(words, len(rows), "accreditation:appeals", is_late=any(row.is_late for row in rows))


def _improvements(user: User, on: date) -> list[Waiting]:
    """By the body: what is not planned yet, or planned and late. The page is that of its newest accreditation."""
    rows = Recommendation.objects.reachable(user, Permission.ACCREDITATION_APPLY).filter(done_on=None)
    waiting = [row for row in rows.order_by("at", "pk") if not row.plan or _is_late(row, on)]
    if not waiting:
        return []
    words = ngettext(
        "%(count)s rekomendasi akreditasi belum direncanakan atau lewat tanggal",
        "%(count)s rekomendasi akreditasi belum direncanakan atau lewat tanggal",
        len(waiting),
    ) % {"count": len(waiting)}
    href = reverse("accreditation:improvement", args=(waiting[-1].accreditation_id,))
    return [Waiting(words, len(waiting), href, any(_is_late(row, on) for row in waiting))]


def _watches(user: User, on: date) -> list[Waiting]:
    # What has to be judged anew is told to the secretariat by itself.
    is_secretary = user.can(Permission.ACCREDITATION_SECRETARY)
    number = sum(
        row.is_late or row.complaint_on is not None or (row.needs_recheck and not is_secretary)
        for row in watch_list(user, on)
    )
    words = ngettext(
        "%(count)s lembaga terakreditasi perlu dipantau",
        "%(count)s lembaga terakreditasi perlu dipantau",
        number,
    )
    return _waiting(words, number, "accreditation:watch-list", is_late=number > 0)


def _renewals(user: User, on: date) -> list[Waiting]:
    rows = renewals(user, on)
    words = ngettext(
        "%(count)s akreditasi segera atau sudah berakhir",
        "%(count)s akreditasi segera atau sudah berakhir",
        len(rows),
    )
    return _waiting(words, len(rows), "accreditation:renewals", is_late=any(row.is_over for row in rows))


def _waiting(words: str, number: int, name: str, *, is_late: bool) -> list[Waiting]:
    return [Waiting(words % {"count": number}, number, reverse(name), is_late)] if number else []


def is_decided(accreditation: Accreditation) -> bool:
    """Whether there is a result to read."""
    return accreditation.stage in (Stage.ACCREDITED, Stage.NOT_ACCREDITED, Stage.APPEAL)
