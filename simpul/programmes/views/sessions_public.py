"""Pages that stand open: writing oneself present behind the QR of a session, one's opinion, the check of a certificate."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.access.limits import address_of
from simpul.access.models import User
from simpul.access.refusal import NotAllowed, Refusal
from simpul.organisations.queries.certificates import plain_code
from simpul.programmes.actions import sessions as actions
from simpul.programmes.forms.sessions import ARRIVING, CHECKING, ArriveForm, CheckForm, OpinionForm
from simpul.programmes.models import Attendance, Session
from simpul.programmes.queries import sessions as queries
from simpul.programmes.queries.cohort import plain_participant_code
from simpul.programmes.queries.measuring import own_participants
from simpul.programmes.queries.sessions_certificates import checked as found_by
from simpul.programmes.stages import By
from simpul.ui.render import page


@login_not_required
@never_cache
def arrive(request: HttpRequest, mark: str) -> HttpResponse:
    """Participants write their own code; the page tells no names, neither before nor after."""
    found = _opened(mark)
    if found is None:
        return _closed(request)
    session, opener = found
    form = ArriveForm(request.POST or None, label_suffix="")
    if form.is_valid():
        if ARRIVING.is_over(address_of(request)):
            return _flood(request)
        try:
            code = form.cleaned_data["code"]
            noted = _noted(request, session, opener, code)
        except NotAllowed:
            return _closed(request)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            code = noted.participant.code
            return page(request, "programmes/arrived.html", session=session, code=code, mark=mark)
    status = 422 if form.is_bound else 200
    return page(request, "programmes/arrive.html", status=status, form=form, session=session)


def _noted(request: HttpRequest, session: Session, opener: User, code: str) -> Attendance:
    """In the name of who is signed in and takes part; else of nobody, under the code that was typed."""
    user = request.user
    if not isinstance(user, User) or not (own := own_participants(user, session.programme)):
        return actions.arrive(session, by=opener, at=timezone.now(), code=code, way=By.QR)
    if plain_participant_code(code) != own[0].code:
        raise Refusal(_("Anda masuk sebagai %s. Tulis kode Anda sendiri.") % own[0].code)
    return actions.arrive_oneself(session, by=user, at=timezone.now(), way=By.QR)


@login_not_required
@never_cache
def opinion(request: HttpRequest, mark: str) -> HttpResponse:
    """What somebody thought of the session: no name, no code, nothing that leads back."""
    found = _opened(mark)
    if found is None:
        return _closed(request)
    session, opener = found
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        if ARRIVING.is_over(address_of(request)):
            return _flood(request)
        try:
            details = {"key": form.cleaned_data["once"], "answers": form.answers()}
            actions.say_opinion(session, by=opener, on=timezone.localdate(), at=timezone.now(), **details)
        except NotAllowed:
            return _closed(request)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return page(request, "programmes/arrived.html", session=session, code="", mark="")
    status = 422 if form.is_bound else 200
    return page(request, "programmes/opinion.html", status=status, form=form, session=session)


def _opened(mark: str) -> tuple[Session, User] | None:
    """The session and who opened its QR, while both still stand."""
    session = queries.session_of_mark(mark, timezone.now())
    if session is None or session.qr_by is None:
        return None
    opener = User.objects.filter(pk=session.qr_by).first()
    return (session, opener) if opener is not None else None


def _closed(request: HttpRequest) -> HttpResponse:
    words = _("Kode QR ini tidak berlaku (lagi). Beri tahu panitia: mereka mencatat kehadiran Anda.")
    return page(request, "programmes/arrive_closed.html", status=404, words=words)


def _flood(request: HttpRequest) -> HttpResponse:
    words = _("Terlalu banyak isian dari jaringan ini. Minta panitia mencatat kehadiran Anda.")
    return page(request, "programmes/arrive_closed.html", status=429, words=words)


# --- the check, for anybody ---


@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """A form for the code of a certificate, for anybody, without an account."""
    form = CheckForm(request.GET if "code" in request.GET else None, label_suffix="")
    if form.is_valid():
        return _answer(request, form, plain_code(form.cleaned_data["code"]))
    return page(request, "programmes/check.html", status=422 if form.is_bound else 200, form=form)


@login_not_required
@never_cache
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """What the address in a QR leads to."""
    return _answer(request, CheckForm(label_suffix=""), plain_code(code))


def _answer(request: HttpRequest, form: CheckForm, code: str) -> HttpResponse:
    """What the paper says and whether it holds; for anything unknown always the same."""
    if CHECKING.is_over(address_of(request)):
        return page(request, "programmes/check.html", status=429, form=form, is_flood=True)
    found = found_by(code)
    if found is None:
        return page(request, "programmes/check.html", status=404, form=form, is_unknown=True)
    return page(request, "programmes/checked.html", found=found)
