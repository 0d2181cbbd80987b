"""What pages ask about programmes themselves: which somebody reaches, how far each is, what it may become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import available, find, wave_title
from simpul.organisations.queries.waiting import Waiting
from simpul.places.queries import names_of
from simpul.programmes.models import Programme, ProgrammeStep, Stimulus
from simpul.programmes.queries.kept import is_over
from simpul.programmes.stages import ENDED, ORDER, Arm, MemberState, MoneyState, Stage, following

# By any of these somebody reads (parts of) a programme.
READERS = (
    Permission.PROGRAMME_VIEW,
    Permission.PROGRAMME_MENTOR,
    Permission.PROGRAMME_TAKE_PART,
    Permission.PROGRAMME_EVALUATE,
)
# What an instrument must be for to measure the participants of a programme.
PURPOSE = "learning"


def programmes_of(user: User) -> QuerySet[Programme]:
    """Every programme that somebody reaches by any right, the newest first, with how many bodies take part."""
    within = Q(pk__in=[])
    for permission in READERS:
        if user.can(permission):
            within |= Q(pk__in=Programme.objects.reachable(user, permission).order_by().values("pk"))
    taking_part = Q(members__state=MemberState.CHOSEN, members__arm=Arm.PROGRAMME)
    rows: QuerySet[Programme] = (
        Programme.objects.filter(within)
        .annotate(bodies=Count("members", filter=taking_part))
        .order_by("-starts_on", "title", "pk")
    )
    return rows


def office_of(user: User) -> Where:
    """Where a new programme of this person belongs: the office or area of their oldest right to run one."""
    grants = sorted(user.grants_with(Permission.PROGRAMME_MANAGE), key=lambda grant: grant.granted_at)
    return Where(organisation=grants[0].organisation, region=grants[0].region) if grants else Where()


def instruments_for(user: User) -> list[tuple[str, str]]:
    """The newest version of each instrument that can measure participants: "code:version" and its title."""
    language = get_language() or "id"
    return [
        (f"{one.code}:{one.version}", one.title.in_language(language))
        for one in available(user, purpose=PURPOSE)
    ]


def instrument_title(programme: Programme) -> str:
    """What the programme measures with, and in which version; "" while nothing is chosen."""
    if not programme.instrument or programme.instrument_version is None:
        return ""
    try:
        found = find(programme.instrument, programme.instrument_version)
    except KeyError:
        return f"{programme.instrument} {programme.instrument_version}"
    return f"{found.title.in_language(get_language() or 'id')} ({found.version})"


def is_measured(programme: Programme) -> bool:
    """Whether anybody began to answer: from then on the instrument and the waves stay as they are."""
    return AnswerSheet.objects.filter(series=programme.pk).exists()


def has_open_money(programme: Programme) -> bool:
    """Whether stimulus money is not accounted for yet."""
    ended = (MoneyState.CLOSED, MoneyState.REFUSED, MoneyState.WITHDRAWN)
    return Stimulus.objects.filter(programme=programme).exclude(state__in=ended).exists()


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of the paper: when the programme came to it, and what was written. `state`: done, now, skipped, ahead."""

    stage: Stage
    title: str
    state: str
    on: date | None
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A programme as its page shows it."""

    programme: Programme
    area: tuple[str, ...]
    waves: tuple[tuple[str, str], ...]
    instrument: str
    stages: tuple[StageLine, ...]
    may_manage: bool
    may_move: bool

    @property
    def ends_on(self) -> date | None:
        """The day on which it ended, else the day until which it is meant to run."""
        row = self.programme
        return row.stage_since if is_over(row) else row.ends_on


def shown(programme: Programme, user: User) -> Shown:
    """The facts and stages of one programme."""
    may_manage = is_within_reach(programme, user, Permission.PROGRAMME_MANAGE)
    return Shown(
        programme=programme,
        area=tuple(str(place) for place in names_of(programme.area).values()),
        waves=tuple(wave_titles(programme.waves)),
        instrument=instrument_title(programme),
        stages=stage_lines(programme),
        may_manage=may_manage,
        may_move=may_manage and bool(following(Stage(programme.stage))),
    )


def wave_titles(waves: Iterable[str]) -> list[tuple[str, str]]:
    """Each measurement with its name: the first is the pre-test, the last the post-test."""
    return [(code, wave_title(code)) for code in waves]


def stage_lines(programme: Programme) -> tuple[StageLine, ...]:
    """All stages in the order of the paper, with the day and the words of each that was reached."""
    steps: dict[str, ProgrammeStep] = {}
    for step in programme.steps.order_by("at", "pk"):
        steps[step.stage] = step
    order: list[Stage] = list(ORDER)
    if programme.stage == Stage.STOPPED:
        order.append(Stage.STOPPED)
    reached = order.index(Stage(programme.stage))
    return tuple(_line(stage, number, reached, steps) for number, stage in enumerate(order))


def _line(stage: Stage, number: int, reached: int, steps: dict[str, ProgrammeStep]) -> StageLine:
    step = steps.get(stage)
    state = "now" if number == reached else "ahead" if number > reached else "done" if step else "skipped"
    return StageLine(
        stage=stage,
        title=str(stage.label),
        state=state,
        on=step.on if step else None,
        words=step.words if step else "",
        by=step.by_name if step else "",
    )


def next_stages(programme: Programme) -> list[tuple[str, str]]:
    """Where it may go, the next stage first."""
    return [(stage.value, str(stage.label)) for stage in following(Stage(programme.stage))]


def passed_over(was: Stage, to: Stage) -> tuple[Stage, ...]:
    """The stages that a move leaves out. Stopping leaves none out: it ends them."""
    if to == Stage.STOPPED:
        return ()
    return ORDER[ORDER.index(was) + 1 : ORDER.index(to)]


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Programmes that should be over and are not."""
    if not user.can(Permission.PROGRAMME_MANAGE):
        return ()
    rows = Programme.objects.reachable(user, Permission.PROGRAMME_MANAGE).exclude(stage__in=ENDED)
    number = rows.filter(ends_on__lt=on).count()
    if not number:
        return ()
    words = ngettext(
        "%(number)d program sudah melewati tanggal selesai",
        "%(number)d program sudah melewati tanggal selesai",
        number,
    )
    href = reverse("programmes:programmes")
    return (Waiting(words % {"number": number}, number, href, is_late=True),)
