"""One request for help: what its page shows to whom, where it may go, and which case it may become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.organisations.models import Organisation
from simpul.places.queries import named
from simpul.referrals.models import HelpRequest, RequestStep
from simpul.referrals.queries.incoming import (
    bodies_on_duty,
    has_office,
    is_guarded,
    is_late,
    may_be_erased,
    office_name,
    situation_words,
)
from simpul.referrals.stages import REQUEST_MAY_FOLLOW, REQUEST_OPEN, Agreed, RequestState, SafeWay
from simpul.services.models import Service
from simpul.services.queries.open_words import open_name
from simpul.services.queries.public_page import PublicLine, lines_of
from simpul.services.queries.public_search import Wanted, found

_R = RequestState
_MOST_CASES, _MOST_SERVICES = 20, 8

# What the sender reads; the office's own word for a state may hurt.
PUBLIC_WORDS = {
    _R.NEW: gettext_lazy("Sudah kami terima. Petugas belum membacanya."),
    _R.TAKEN: gettext_lazy("Petugas sedang menanganinya."),
    _R.REACHED: gettext_lazy("Petugas sudah berbicara dengan Anda atau orang yang Anda sebut."),
    _R.NOT_REACHED: gettext_lazy("Petugas belum berhasil menghubungi. Datanglah ke kantor, atau tunggu; kami mencoba lagi."),
    _R.CASE: gettext_lazy("Permintaan ini didampingi petugas."),
    _R.PASSED_ON: gettext_lazy("Permintaan ini diteruskan. Baca petunjuknya di bawah."),
    _R.ANSWERED: gettext_lazy("Permintaan ini sudah dijawab."),
    _R.DOUBLE: gettext_lazy("Permintaan yang sama sudah kami terima dan sedang ditangani."),
    _R.NOT_SERIOUS: gettext_lazy("Permintaan ini selesai. Bila Anda masih butuh bantuan, kirim lagi atau datang ke kantor."),
}  # fmt: skip

# Sentences to begin an answer with; whoever answers writes on. Nothing in them is about one person.
ANSWERS = {
    "come": gettext_lazy(
        "Silakan datang ke kantor kami pada jam kerja. Bawa KTP atau KK bila ada; tanpa itu pun Anda kami terima."
    ),
    "call": gettext_lazy("Kami akan menghubungi Anda dengan cara yang Anda pilih."),
    "service": gettext_lazy(
        "Bantuan ini tersedia di dekat Anda. Lihat Direktori layanan, lalu telepon dahulu."
    ),
    "more": gettext_lazy(
        "Kami perlu keterangan lagi. Kirim permintaan baru dan sebut nomor permintaan ini, atau datang ke kantor."
    ),
    "none": gettext_lazy(
        "Maaf, bantuan ini belum ada di wilayah Anda. Kami mencatatnya supaya dapat diusahakan."
    ),
}


@dataclass(frozen=True, slots=True)
class RequestPage:
    """What the duty officer sees. `is_hidden`: it became a case that this reader may not open, or was erased.

    `is_way_untold`: a call may endanger somebody, and nobody said how it is safe.
    """

    request: HelpRequest
    place: str
    office: str
    situations: tuple[str, ...]
    safe_ways: tuple[str, ...]
    agreed: str
    is_way_untold: bool
    steps: tuple[RequestStep, ...]
    is_hidden: bool
    is_late: bool
    is_open: bool
    may_take: bool
    may: frozenset[RequestState]
    may_erase: bool

    @property
    def may_reach(self) -> bool:
        return RequestState.REACHED in self.may or RequestState.NOT_REACHED in self.may

    @property
    def may_answer(self) -> bool:
        return RequestState.ANSWERED in self.may

    @property
    def may_pass_on(self) -> bool:
        return RequestState.PASSED_ON in self.may

    @property
    def may_become_case(self) -> bool:
        return RequestState.CASE in self.may

    @property
    def may_close(self) -> bool:
        return RequestState.DOUBLE in self.may or RequestState.NOT_SERIOUS in self.may


def page_of(request: HelpRequest, reader: User, on: date, at: datetime) -> RequestPage:
    """The page of one request for this reader."""
    may = REQUEST_MAY_FOLLOW[RequestState(request.state)]
    place = named(request.region)
    return RequestPage(
        request=request,
        place=str(place) if place else request.region,
        office=duty_name(request),
        situations=situation_words(request.situations),
        safe_ways=tuple(str(SafeWay(code).label) for code in request.safe_ways if code in SafeWay.values),
        agreed=str(Agreed(request.agreed).label) if request.agreed else "",
        is_way_untold=is_guarded(request.situations) and not (request.safe_ways or request.safe_words),
        steps=tuple(RequestStep.objects.filter(request=request).order_by("at", "pk")),
        is_hidden=request.erased_at is not None or is_out_of_sight(request, reader),
        is_late=is_late(request, at),
        is_open=request.state in REQUEST_OPEN,
        may_take=RequestState.TAKEN in may and request.state != RequestState.TAKEN,
        may=may,
        may_erase=may_be_erased(request, on),
    )


def duty_name(request: HelpRequest) -> str:
    """On whose duty list it lies, in words."""
    if request.organisation is None:
        return office_name(request.region)
    body = Organisation.objects.filter(pk=request.organisation).first()
    return body.name if body else ""


def is_out_of_sight(request: HelpRequest, reader: User) -> bool:
    """Whether it became a case that this reader may not open: what was told before belongs to that case."""
    if request.case_id is None:
        return False
    reached = Case.objects.reachable(reader, Permission.CASE_VIEW)
    return not reached.filter(pk=request.case_id).exists()


# --- becoming a case ---


def cases_to_link(request: HelpRequest, reader: User) -> list[Case]:
    """Cases that this worker opened since the request came, the newest first: one of them is what became of it."""
    reached: QuerySet[Any] = Case.objects.reachable(reader, Permission.CASE_VIEW)
    rows = reached.filter(worker=reader.pk, opened_at__gte=request.at).select_related("person")
    return list(rows.order_by("-opened_at", "pk")[:_MOST_CASES])


def case_numbered(number: str, reader: User) -> Case | None:
    """A case within reach by its number; None where there is none, or several offices use that number."""
    reached = Case.objects.reachable(reader, Permission.CASE_VIEW).filter(number=number.strip())
    rows = list(reached.select_related("person").order_by("pk")[:2])
    return rows[0] if len(rows) == 1 else None


# --- going elsewhere ---


@dataclass(frozen=True, slots=True)
class Choice:
    """An office that can take a request over; `value` is what a form sends."""

    value: str
    name: str


def offices_for(request: HelpRequest, on: date) -> list[Choice]:
    """Offices that can take it over: the area's own, and registered bodies with somebody on duty; not the one where it lies."""
    bodies = [
        Choice(f"o:{row.pk}", row.name)
        for row in bodies_on_duty(request.region, on)
        if row.pk != request.organisation
    ]
    is_elsewhere = request.organisation is not None and has_office(request.region)
    return [*([Choice("d", office_name(request.region))] if is_elsewhere else []), *bodies]


def services_for(request: HelpRequest, on: date, at: datetime) -> list[PublicLine]:
    """The nearest services for what was asked, as everybody may read them."""
    situation = next(iter(request.situations), "")
    rows = found(Wanted(situation=situation, area=request.region), on, at)
    return lines_of(rows[:_MOST_SERVICES], request.region, on, at)


def service_chosen(key: UUID) -> Service | None:
    """A service of the directory by its key."""
    row: Service | None = Service.objects.public().filter(pk=key).select_related("organisation").first()
    return row


def answer_about(service: Service) -> str:
    """What the sender reads about a service that can help: its own public words only."""
    told = ", ".join(part for part in (open_name(service), str(service.organisation), service.phone) if part)
    return _("Layanan ini dapat membantu Anda: %(service)s. Telepon dahulu.") % {"service": told}
