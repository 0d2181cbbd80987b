"""The living page of all components, for developers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from simpul.ui import showcase
from simpul.ui.render import page

THEMES = {"terang": "light", "gelap": "dark"}


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Only where somebody is developing."""
    if not settings.DEBUG:
        raise Http404
    return page(
        request,
        "ui/components.html",
        theme=THEMES.get(request.GET.get("tema", ""), ""),
        wrong_form=showcase.wrong_form(),
        findings=showcase.findings(),
        edition=showcase.edition(),
        names=showcase.NAMES,
        step_names=showcase.STEPS,
        pages=showcase.middle_page(),
        born=date(1959, 3, 1),
        now=timezone.now(),
        today=timezone.localdate(),
    )
