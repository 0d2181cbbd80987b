"""Asking for help without an account, and reading the answer with the number. Of nobody who asks is anything noted
but what they write themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.access.gate import THE_MACHINE
from simpul.access.limits import address_of
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue import services as catalogue
from simpul.places.queries import FoundRegion
from simpul.referrals.actions.incoming import ask_for_help
from simpul.referrals.forms.incoming import FINDING, SENDING, TRYING, AskForm, ReferenceForm
from simpul.referrals.models import HelpRequest
from simpul.referrals.queries import incoming as queries
from simpul.referrals.queries.incoming_page import PUBLIC_WORDS, duty_name
from simpul.referrals.stages import REQUEST_OPEN, RequestState
from simpul.ui.doing import unjudged
from simpul.ui.render import page


@login_not_required
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """A few questions, without an account. Looking for the place keeps what was typed."""
    is_flood = "find" in request.POST and FINDING.is_over(address_of(request))
    offered = (
        ()
        if is_flood
        else queries.places_for(*(request.POST.get(name, "") for name in ("region_text", "region")))
    )
    form = AskForm(offered, _with_the_only_place(request.POST, offered), at=timezone.now())
    if is_flood:
        form.add_error(None, _too_much())
        return _asking(request, form, status=429)
    if "find" in request.POST:
        return _asking(request, unjudged(form), status=200)
    if form.is_valid():
        if SENDING.is_over(address_of(request)):
            form.add_error(None, _too_much())
            return _asking(request, form, status=429)
        if made := _sent(form):
            return _sent_page(request, form, made)
    return _asking(request, form, status=422 if form.is_bound else 200)


def _with_the_only_place(typed: QueryDict, offered: Sequence[FoundRegion]) -> QueryDict | None:
    """What was typed; where only one place is called so and its own office reads it, that one is chosen."""
    if typed and len(offered) == 1 and not typed.get("region") and queries.has_office(offered[0].code):
        typed = typed.copy()
        typed["region"] = offered[0].code
    return typed or None


def _sent(form: AskForm) -> HelpRequest | None:
    region = form.cleaned_data["region"]
    duty = queries.duty_at(region, form.cleaned_data["situations"], timezone.localdate())
    if duty is None:
        form.add_error(
            "region",
            _(
                "Belum ada kantor di wilayah itu yang membaca permintaan lewat halaman ini. Datanglah ke Dinas Sosial atau kantor desa, atau telepon nomor di atas."
            ),
        )
        return None
    where = Where(organisation=duty.organisation, region=region)
    try:
        return ask_for_help(where, by=THE_MACHINE, at=timezone.now(), **form.details())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _sent_page(request: HttpRequest, form: AskForm, made: HelpRequest) -> HttpResponse:
    return page(
        request,
        "referrals/incoming_sent.html",
        code=form.page_ticket.code_shown,
        is_urgent=made.is_urgent,
        answer_by=made.answer_by,
        hours=queries.hours_to_answer(urgent=made.is_urgent),
        office=duty_name(made),
        has_phone=bool(made.phone),
        numbers=catalogue.numbers_for(made.situations),
    )


def _asking(request: HttpRequest, form: AskForm, *, status: int) -> HttpResponse:
    chosen = request.POST.getlist("situations")
    numbers = catalogue.numbers_for([code for code in chosen if catalogue.situation(code)])
    looked = "find" in request.POST
    told: dict[str, Any] = {"form": form, "looked": looked, "numbers": numbers}
    # Who will read it is said before it is sent.
    told["places"] = [(place, _reader(place.code, chosen)) for place in form.offered]
    return page(request, "referrals/incoming_ask.html", status=status, **told)


def _reader(region: str, situations: list[str]) -> str:
    duty = queries.duty_at(region, situations, timezone.localdate())
    return duty.name if duty else ""


@login_not_required
@never_cache
def request_status(request: HttpRequest) -> HttpResponse:
    """Where a request stands and its answer, never what was told. The number never stands in an address."""
    form, found = ReferenceForm(request.POST or None), None
    status = 422 if form.is_bound else 200
    if form.is_bound and TRYING.is_over(address_of(request)):
        form.add_error(None, _too_much())
        status = 429
    elif form.is_valid():
        found = queries.request_with(form.cleaned_data["reference"])
        if found is None:
            form.add_error("reference", _("Nomor itu tidak dikenal. Periksa huruf dan angkanya."))
        else:
            status = 200
    told: dict[str, Any] = {
        "form": form,
        "found": found,
        "state_words": "",
        "office": "",
        "is_late": False,
        "is_open": False,
    }
    if found:
        told |= {
            "state_words": PUBLIC_WORDS[RequestState(found.state)],
            "office": duty_name(found),
            "is_late": queries.is_late(found, timezone.now()),
            "is_open": found.state in REQUEST_OPEN,
        }
    return page(
        request, "referrals/incoming_status.html", status=status, **told, numbers=catalogue.emergencies()
    )


def _too_much() -> str:
    return _(
        "Terlalu banyak percobaan dari jaringan ini. Coba lagi sejam lagi, datang ke kantor, atau telepon nomor darurat."
    )
