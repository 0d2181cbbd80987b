"""The result of a screening, judged again, and beside another edition."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.catalogue import editions
from simpul.catalogue.editions import Edition
from simpul.people.queries import consent_for
from simpul.screening import actions, queries
from simpul.screening.models import Screening
from simpul.ui.render import page


@needs(Permission.SCREENING_VIEW)
def result(request: Entered, pk: UUID) -> HttpResponse:
    """Which types fit, do not fit or are open, each with its reasons."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_VIEW)
    if (closed := withheld(request, screening)) is not None:
        return closed
    today = timezone.localdate()
    found = queries.result(screening, on=today, viewer=request.user)
    return page(
        request,
        "screening/result.html",
        screening=screening,
        result=found,
        consent=consent_for(screening.person, queries.PURPOSE, today),
        others=_others(screening),
        **may_do(request.user),
    )


def withheld(request: Entered, screening: Screening) -> HttpResponse | None:
    """What is shown instead of anything judged: there is no consent or other basis any more, or nothing was
    judged before it was withdrawn. None where the result may be shown."""
    is_judged = screening.is_running or screening.finished_at is not None
    is_there = is_judged and not screening.person.is_erased
    if is_there and queries.has_basis(screening.person, timezone.localdate()):
        return None
    may_end = screening.is_running and request.user.can(Permission.SCREENING_DECIDE)
    return page(
        request,
        "screening/withheld.html",
        status=409,
        screening=screening,
        is_judged=is_judged,
        may_end=may_end,
    )


def may_do(user: Any) -> dict[str, Any]:
    """For showing only buttons that lead somewhere; the gate decides."""
    return {
        "may_answer": user.can(Permission.SCREENING_ANSWER),
        "may_decide": user.can(Permission.SCREENING_DECIDE),
        "may_print": user.can(Permission.SCREENING_PRINT),
        "may_see_trail": user.can(Permission.TRAIL_VIEW),
        "may_see_cases": user.can(Permission.CASE_VIEW),
    }


def _others(screening: Screening) -> list[Edition]:
    return [edition for edition in queries.judgeable_editions() if edition.code != screening.edition]


@needs(Permission.SCREENING_DECIDE)
@require_POST
def judge_again(request: Entered, pk: UUID) -> HttpResponse:
    """The newest answers, judged anew."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_DECIDE)
    if (closed := withheld(request, screening)) is not None:
        return closed
    actions.judge_again(screening, by=request.user, on=timezone.localdate(), at=timezone.now())
    messages.success(request, _("Hasil dinilai ulang dengan jawaban terbaru."))
    return redirect("screening:result", screening.pk)


@needs(Permission.SCREENING_VIEW)
def compare(request: Entered, pk: UUID) -> HttpResponse:
    """The same facts under another edition, with what differs first."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_VIEW)
    if (closed := withheld(request, screening)) is not None:
        return closed
    others = _others(screening)
    chosen = request.GET.get("daftar") or (others[0].code if others else "")
    other = next((edition for edition in others if edition.code == chosen), None)
    if other is None:
        raise Http404
    pairs, hidden = queries.compare_for(screening, other, on=timezone.localdate(), viewer=request.user)
    return page(
        request,
        "screening/compare.html",
        screening=screening,
        edition=editions.get(screening.edition),
        other=other,
        others=others,
        differing=[pair for pair in pairs if pair.differs and not pair.is_discreet],
        same=[pair for pair in pairs if not pair.differs and not pair.is_discreet],
        discreet=[pair for pair in pairs if pair.is_discreet],
        hidden=hidden,
    )
