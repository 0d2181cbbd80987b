"""Where runs stand: of one body, in the secretariat's queue, the one next step, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.accreditation.models import Accreditation, Assignment, Step, Visit
from simpul.accreditation.queries.assignment import own_today
from simpul.accreditation.queries.visit import ASSESSOR, BODY, has_signed, is_locked, unfinished
from simpul.accreditation.queries.waits import second_waits
from simpul.accreditation.stages import DECIDED, Part, Stage
from simpul.catalogue.accreditation import norms
from simpul.organisations.models import Organisation
from simpul.organisations.queries.waiting import Waiting

P = Permission
_WITH_THE_BODY = (Stage.SELF_ASSESSMENT, Stage.APPLICATION, Stage.RETURNED)
_WITH_THE_SECRETARIAT = (Stage.DESK_CHECK, Stage.ASSIGNMENT)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now. `href` is empty for who only waits; `waits_for` then says for whom."""

    words: str
    href: str = ""
    waits_for: str = ""


# Stage: whose turn it is, what they do, and at which address.
_TURNS: dict[Stage, tuple[Permission, str]] = {
    Stage.SELF_ASSESSMENT: (P.ACCREDITATION_APPLY, "self-assessment"),
    Stage.RECOMMENDATION: (P.ACCREDITATION_RECOMMEND, "recommend"),
    Stage.APPLICATION: (P.ACCREDITATION_APPLY, "apply"),
    Stage.DESK_CHECK: (P.ACCREDITATION_SECRETARY, "desk"),
    Stage.RETURNED: (P.ACCREDITATION_APPLY, "apply"),
    Stage.ASSIGNMENT: (P.ACCREDITATION_SECRETARY, "assignments"),
    Stage.VISIT: (P.ACCREDITATION_SCORE, "visit"),
    Stage.VALIDATION: (P.ACCREDITATION_VALIDATE, "validate"),
    Stage.PLENARY: (P.ACCREDITATION_DECIDE, "plenary"),
    Stage.ACCREDITED: (P.ACCREDITATION_VIEW, "result"),
    Stage.NOT_ACCREDITED: (P.ACCREDITATION_VIEW, "result"),
    Stage.APPEAL: (P.ACCREDITATION_VIEW, "result"),
}


def next_step(accreditation: Accreditation, user: User) -> NextStep | None:
    """What comes next, as this person sees it; None for a run that was withdrawn."""
    stage = Stage(accreditation.stage)
    if stage not in _TURNS:
        return None
    if stage == Stage.VISIT and (step := _to_sign(accreditation, user)):
        return step
    permission, name = _TURNS[stage]
    words, waits_for = _words(stage)
    if is_within_reach(accreditation, user, permission):
        return NextStep(words, reverse(f"accreditation:{name}", args=[accreditation.pk]))
    return NextStep(words, waits_for=waits_for)


def _to_sign(accreditation: Accreditation, user: User) -> NextStep | None:
    """The body's own part of the visit: the minutes that wait for its signature."""
    if not is_within_reach(accreditation, user, P.ACCREDITATION_APPLY):
        return None
    for visit in Visit.objects.filter(accreditation=accreditation).order_by("on", "at"):
        if not has_signed(visit, BODY):
            return NextStep(
                _("Baca dan tanda tangani berita acara"), reverse("accreditation:sign", args=[visit.pk])
            )
    return None


def _words(stage: Stage) -> tuple[str, str]:
    """What is to be done in this stage, and for whom others wait."""
    return {
        Stage.SELF_ASSESSMENT: (_("Isi evaluasi diri"), _("lembaga")),
        Stage.RECOMMENDATION: (_("Beri rekomendasi"), _("Dinas Sosial")),
        Stage.APPLICATION: (_("Ajukan permohonan"), _("lembaga")),
        Stage.DESK_CHECK: (_("Periksa berkas"), _("sekretariat")),
        Stage.RETURNED: (_("Lengkapi berkas, lalu ajukan lagi"), _("lembaga")),
        Stage.ASSIGNMENT: (_("Tugaskan asesor"), _("sekretariat")),
        Stage.VISIT: (_("Visitasi dan penilaian"), _("asesor")),
        Stage.VALIDATION: (_("Periksa nilai asesor"), _("penyelia")),
        Stage.PLENARY: (_("Putuskan dalam pleno"), _("anggota pleno")),
        Stage.ACCREDITED: (_("Lihat hasil dan tindak lanjut"), _("lembaga")),
        Stage.NOT_ACCREDITED: (_("Lihat hasil dan tindak lanjut"), _("lembaga")),
        Stage.APPEAL: (_("Keberatan sedang diperiksa"), _("sekretariat")),
    }[stage]


def runs_of(organisation: Organisation, user: User) -> list[Accreditation]:
    """The runs of one body that this person may see, the newest first."""
    rows = Accreditation.objects.reachable(user, P.ACCREDITATION_VIEW).filter(organisation=organisation)
    return list(rows.select_related("certificate").order_by("-at", "pk"))


def _since() -> Subquery:
    """The day of the newest step: since when a run stands where it stands."""
    newest = Step.objects.filter(accreditation=OuterRef("pk")).order_by("-at", "-pk").values("on")
    return Subquery(newest[:1])


def queue(user: User, stage: str = "", *, is_in_conflict: bool = False) -> QuerySet[Any]:
    """The runs within the secretariat's reach with `since` they wait, the longest first; of one stage, or running.

    `is_in_conflict`: only those in which somebody declared a conflict and has not been replaced.
    """
    rows = Accreditation.objects.reachable(user, P.ACCREDITATION_SECRETARY)
    if is_in_conflict:
        rows = rows.filter(pk__in=in_conflict(user))
    else:
        rows = rows.filter(stage=stage) if stage else rows.running()
    found: QuerySet[Any] = (
        rows.annotate(since=_since()).select_related("organisation").order_by("since", "at", "pk")
    )
    return found


def counts(user: User) -> list[tuple[Stage, int]]:
    """How many runs stand in each stage that is not an end, within the secretariat's reach."""
    rows = Accreditation.objects.reachable(user, P.ACCREDITATION_SECRETARY).running()
    found = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    return [(stage, found[stage]) for stage in Stage if found.get(stage) and stage not in DECIDED]


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for this person in accreditations, each kind with its number and page."""
    asked = (
        *_of_the_body(user, on),
        *_of_the_office(user, on),
        *_of_the_named(user, on),
        *second_waits(user, on),
    )
    return tuple(one for one in asked if one.number)


def _waiting_in(user: User, permission: Permission, stages: tuple[Stage, ...]) -> QuerySet[Any]:
    rows = Accreditation.objects.reachable(user, permission).filter(stage__in=stages)
    found: QuerySet[Any] = rows.annotate(since=_since())
    return found


def _counted(rows: QuerySet[Any], on: date) -> tuple[int, bool]:
    """How many there are, and whether one waits longer than the norm."""
    limit = on - timedelta(days=norms().waits_days)
    found = rows.order_by().aggregate(number=Count("pk"), late=Count("pk", filter=Q(since__lt=limit)))
    return found["number"], bool(found["late"])


def _first_or(rows: QuerySet[Any], number: int, one: str, many: str) -> str:
    """The page of the only one, or the list of all of them."""
    first = rows.first() if number == 1 else None
    return reverse(f"accreditation:{one}", args=[first.pk]) if first else reverse(f"accreditation:{many}")


def to_recommend(user: User) -> QuerySet[Any]:
    """The runs that wait for the recommendation of this person's office."""
    return _waiting_in(user, P.ACCREDITATION_RECOMMEND, (Stage.RECOMMENDATION,))


def waiting_for_naming(user: User) -> QuerySet[Any]:
    """The runs for which the secretariat names assessors now."""
    return _waiting_in(user, P.ACCREDITATION_SECRETARY, (Stage.ASSIGNMENT,))


def _of_the_body(user: User, on: date) -> tuple[Waiting, ...]:
    if not user.can(P.ACCREDITATION_APPLY):
        return ()
    rows = _waiting_in(user, P.ACCREDITATION_APPLY, _WITH_THE_BODY)
    number, is_late = _counted(rows, on)
    href = _first_or(rows, number, "run", "home")
    words = ngettext(
        "%(number)s akreditasi menunggu lembaga Anda",
        "%(number)s akreditasi menunggu lembaga Anda",
        number,
    )
    runs = Accreditation.objects.reachable(user, P.ACCREDITATION_APPLY).filter(stage=Stage.VISIT)
    minutes = [visit for visit in _minutes_of(runs) if not has_signed(visit, BODY)]
    return (Waiting(words % {"number": number}, number, href, is_late), _signature(minutes, "sign"))


def _minutes_of(runs: Iterable[Accreditation]) -> list[Visit]:
    rows = Visit.objects.filter(accreditation__in=[run.pk for run in runs])
    return list(rows.order_by("on", "at", "pk"))


def _signature(minutes: list[Visit], name: str) -> Waiting:
    """Minutes that wait for somebody's hand; the page is that of the first."""
    number = len(minutes)
    words = ngettext(
        "%(number)s berita acara visitasi menunggu tanda tangan Anda",
        "%(number)s berita acara visitasi menunggu tanda tangan Anda",
        number,
    )
    href = reverse(f"accreditation:{name}", args=[minutes[0].pk]) if minutes else ""
    return Waiting(words % {"number": number}, number, href)


def _of_the_office(user: User, on: date) -> tuple[Waiting, ...]:
    found = []
    if user.can(P.ACCREDITATION_RECOMMEND):
        rows = to_recommend(user)
        number, is_late = _counted(rows, on)
        href = _first_or(rows, number, "recommend", "recommendations")
        words = ngettext(
            "%(number)s lembaga menunggu rekomendasi akreditasi",
            "%(number)s lembaga menunggu rekomendasi akreditasi",
            number,
        )
        found.append(Waiting(words % {"number": number}, number, href, is_late))
    if user.can(P.ACCREDITATION_SECRETARY):
        found += [_desk_waits(user, on), _conflicts(user)]
    return tuple(found)


def _desk_waits(user: User, on: date) -> Waiting:
    number, is_late = _counted(_waiting_in(user, P.ACCREDITATION_SECRETARY, _WITH_THE_SECRETARIAT), on)
    words = ngettext(
        "%(number)s akreditasi menunggu sekretariat", "%(number)s akreditasi menunggu sekretariat", number
    )
    return Waiting(words % {"number": number}, number, reverse("accreditation:queue"), is_late)


def in_conflict(user: User) -> QuerySet[Any]:
    """The keys of runs in which somebody declared a conflict, and nobody has been named for the same part since."""
    later = Assignment.objects.filter(
        accreditation=OuterRef("accreditation"), part=OuterRef("part"), at__gt=OuterRef("declared_at")
    )
    stages = (Stage.ASSIGNMENT, Stage.VISIT, Stage.VALIDATION, Stage.APPEAL)
    rows = Assignment.objects.reachable(user, P.ACCREDITATION_SECRETARY).filter(
        has_conflict=True, accreditation__stage__in=stages
    )
    open_ones = rows.filter(~Exists(later))
    found: QuerySet[Any] = open_ones.order_by().values_list("accreditation", flat=True).distinct()
    return found


def _conflicts(user: User) -> Waiting:
    rows = in_conflict(user)
    number, first = len(rows), next(iter(rows), None)
    words = ngettext(
        "%(number)s akreditasi perlu asesor atau penyelia pengganti karena benturan kepentingan",
        "%(number)s akreditasi perlu asesor atau penyelia pengganti karena benturan kepentingan",
        number,
    )
    href = reverse("accreditation:queue") + "?benturan=1"
    if number == 1:
        href = reverse("accreditation:assignments", args=[first])
    return Waiting(words % {"number": number}, number, href, is_late=True)


def _of_the_named(user: User, on: date) -> tuple[Waiting, ...]:
    """Own assignments: those that wait for a declaration, and of visits what is still to be done."""
    if not (user.can(P.ACCREDITATION_SCORE) or user.can(P.ACCREDITATION_VALIDATE)):
        return ()
    mine = own_today(user.pk, on)
    undeclared = sum(row.has_conflict is None for row in mine)
    href = reverse("accreditation:mine")
    declare = ngettext(
        "%(number)s pernyataan benturan kepentingan belum Anda isi",
        "%(number)s pernyataan benturan kepentingan belum Anda isi",
        undeclared,
    )
    visits = [
        row
        for row in mine
        if row.has_conflict is False and row.part == Part.ASSESSOR and row.accreditation.stage == Stage.VISIT
    ]
    return (Waiting(declare % {"number": undeclared}, undeclared, href), *_of_visits(user, visits))


def _of_visits(user: User, mine: list[Assignment]) -> tuple[Waiting, ...]:
    """What an assessor has still to do in a visit: score and lock, sign the minutes, hand it over."""
    runs = [row.accreditation for row in mine]
    scoring = sum(not is_locked(row) for row in mine)
    ready = [run for run in runs if not unfinished(run)]
    unsigned = [visit for visit in _minutes_of(runs) if not has_signed(visit, ASSESSOR, user.pk)]
    score = ngettext(
        "%(number)s visitasi menunggu nilai Anda", "%(number)s visitasi menunggu nilai Anda", scoring
    )
    hand_over = ngettext(
        "%(number)s visitasi siap diserahkan kepada penyelia",
        "%(number)s visitasi siap diserahkan kepada penyelia",
        len(ready),
    )
    visit = reverse("accreditation:visit", args=[ready[0].pk]) if ready else ""
    return (
        Waiting(score % {"number": scoring}, scoring, reverse("accreditation:mine")),
        _signature(unsigned, "sign-assessor"),
        Waiting(hand_over % {"number": len(ready)}, len(ready), visit),
    )
