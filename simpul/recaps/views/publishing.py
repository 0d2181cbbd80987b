"""Public numbers for who answers for them: preparing, looking, publishing by hand, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access import jobs
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.recaps.actions import publishing as actions
from simpul.recaps.forms.public import PrepareForm, PublishForm, WithdrawForm
from simpul.recaps.models import Release
from simpul.recaps.queries import public_looking as queries
from simpul.recaps.queries.public import month_words, page_of, pages_of
from simpul.ui.doing import done, form_page, pressed, pressed_on
from simpul.ui.render import page

_PREPARE, _PUBLISH = Permission.NUMBERS_PREPARE, Permission.NUMBERS_PUBLISH


@needs(_PREPARE)
def releases(request: Entered) -> HttpResponse:
    """What was prepared, published and withdrawn within reach, the newest first."""
    rows = Release.objects.reachable(request.user, _PREPARE).order_by("-at", "pk")
    return page(request, "recaps/public_releases.html", lines=queries.lines(rows))


@needs(_PREPARE)
def release_new(request: Entered) -> HttpResponse:
    """Choose an area and a month; the rest is done in the background."""
    form = PrepareForm(request.POST or None, viewer=request.user, on=timezone.localdate())
    if form.is_valid():
        where = Where(region=form.cleaned_data["wilayah"])
        if made := done(request, form, actions.prepare_release, where, **form.details()):
            return redirect("recaps:release", made.pk)
    title, back = _("Siapkan angka publik"), reverse("recaps:releases")
    about = _("Angka disiapkan dan diamankan dahulu. Tidak ada yang terbit sebelum orang kedua memeriksanya.")
    return form_page(request, "ui/form.html", form, title=title, about=about, back=back, button=_("Siapkan"))


@needs(_PREPARE)
def release(request: Entered, pk: UUID) -> HttpResponse:
    """What everybody will read, what is hidden and why, and what an outsider could compute; then publish or not."""
    return _shown(request, look_up(Release, pk, by=request.user, permission=_PREPARE))


def _shown(request: Entered, row: Release, form: PublishForm | None = None) -> HttpResponse:
    return page(
        request,
        "recaps/public_release.html",
        status=422 if form else 200,
        release=row,
        name=queries.area_words(row),
        month=month_words(row.period),
        stage=queries.stage_words(row),
        is_own=row.by == request.user.pk,
        may_publish=is_within_reach(row, request.user, _PUBLISH),
        job=jobs.latest(actions.PREPARE, row.pk),
        looked=queries.looked_at(row) if queries.is_to_look_at(row) else None,
        form=form or PublishForm(initial={"seen": row.mark}),
    )


@needs(_PREPARE)
def release_preview(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """The page as everybody would read it, before anybody does."""
    row = look_up(Release, pk, by=request.user, permission=_PREPARE)
    if not queries.is_to_look_at(row) or code not in pages_of(row):
        raise Http404
    return page(request, "recaps/public_one.html", shown=page_of(row, code), months=(), forms=())


@needs(_PUBLISH)
@pressed_on("recaps:release")
def release_publish(request: Entered, pk: UUID) -> HttpResponse:
    """Publish what was looked at."""
    row = look_up(Release, pk, by=request.user, permission=_PUBLISH)
    form = PublishForm(request.POST)
    if not form.is_valid() or not done(request, form, actions.publish, row, seen=form.cleaned_data["seen"]):
        return _shown(request, row, form)
    return redirect("recaps:release", pk)


@needs(_PREPARE)
@pressed_on("recaps:release")
def release_drop(request: Entered, pk: UUID) -> HttpResponse:
    """Throw away what was prepared."""
    row = look_up(Release, pk, by=request.user, permission=_PREPARE)
    pressed(request, actions.drop_release, row, _("Dibuang. Tidak ada yang terbit."))
    return redirect("recaps:releases")


@needs(_PUBLISH)
def release_withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """Show it to nobody any more, and say why."""
    row = look_up(Release, pk, by=request.user, permission=_PUBLISH)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["alasan"]
        if done(request, form, actions.withdraw_release, row, because=because):
            return redirect("recaps:release", pk)
    title, back = _("Cabut angka publik"), reverse("recaps:release", args=[pk])
    about = _("Halaman dan berkasnya tidak ditampilkan lagi. Yang sudah diunduh orang tidak dapat ditarik.")
    return form_page(request, "ui/form.html", form, title=title, about=about, back=back, button=_("Cabut"))
