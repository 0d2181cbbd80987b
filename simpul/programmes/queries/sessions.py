"""What pages ask about sessions: who came, what participants thought of them, one's own programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue.instruments import Instrument
from simpul.catalogue.instruments import get as instrument_called
from simpul.catalogue.programmes import norms
from simpul.instruments.models import AnswerSheet
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.models import (
    Attendance,
    Diploma,
    Material,
    Member,
    Participant,
    Programme,
    Session,
)
from simpul.programmes.queries.cohort import taking_part
from simpul.programmes.queries.measuring import open_waves
from simpul.programmes.queries.programme import wave_titles
from simpul.programmes.stages import ENDED, Came

READERS = (Permission.PROGRAMME_VIEW, Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_TAKE_PART)
OPINION = "session-evaluation"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in the panel: how many came, were excused, did not come, and said what they thought."""

    session: Session
    came: int
    excused: int
    absent: int
    opinions: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The sessions of a programme, with counts and no names."""

    lines: tuple[SessionLine, ...]
    participants: int
    certificates: int
    may_manage: bool
    is_running: bool


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """The sessions in their order; None for who may read none. A constant number of questions."""
    if not any(is_within_reach(programme, user, permission) for permission in READERS):
        return None
    sessions = list(programme.sessions.order_by("order"))
    newest = newest_attendance(sessions)
    said = _opinions_of(sessions)
    may_manage = is_within_reach(programme, user, Permission.PROGRAMME_MANAGE)
    return Panel(
        lines=tuple(_line(one, newest[one.pk], said.get(one.pk, 0), on) for one in sessions),
        participants=taking_part(programme).count(),
        certificates=Diploma.objects.filter(programme=programme, withdrawn_on=None).count(),
        may_manage=may_manage,
        is_running=programme.stage not in ENDED,
    )


def _line(session: Session, newest: dict[UUID, Attendance], opinions: int, on: date) -> SessionLine:
    answers = [row.came for row in newest.values()]
    return SessionLine(
        session=session,
        came=answers.count(Came.YES),
        excused=answers.count(Came.EXCUSED),
        absent=answers.count(Came.NO),
        opinions=opinions,
        is_open=session.held_on is None and session.on <= on,
    )


def newest_attendance(sessions: Iterable[Session]) -> dict[UUID, dict[UUID, Attendance]]:
    """Of each session, what counts for each participant: the newest row."""
    found: dict[UUID, dict[UUID, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.filter(session__in=list(sessions)).order_by("at", "pk"):
        found[row.session_id][row.participant_id] = row
    return found


def _opinions_of(sessions: Iterable[Session]) -> dict[UUID, int]:
    rows = AnswerSheet.objects.filter(series__in=[one.pk for one in sessions], instrument=OPINION)
    counted = rows.exclude(locked_at=None).order_by().values("series").annotate(number=Count("pk"))
    return {row["series"]: row["number"] for row in counted}


def next_order(programme: Programme) -> int:
    """The number of the next session."""
    last: int | None = programme.sessions.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


# --- one session ---


@dataclass(frozen=True, slots=True)
class Row:
    """One participant in the list of a session. `name` is "" for who may not read names."""

    participant: Participant
    name: str
    newest: Attendance | None
    history: tuple[Attendance, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One session as its page shows it. `rows` are those whom this person may see."""

    session: Session
    materials: tuple[Material, ...]
    rows: tuple[Row, ...]
    counts: SessionLine
    opinions: Opinions
    may_manage: bool
    is_qr_open: bool


def shown(session: Session, user: User, at: datetime, on: date) -> Shown:
    """The page of one session. Names only for who runs the programme and for people of one's own body."""
    newest = newest_attendance([session])[session.pk]
    may_manage = is_within_reach(session, user, Permission.PROGRAMME_MANAGE)
    opinions = opinions_of(session)
    return Shown(
        session=session,
        materials=tuple(session.materials.filter(removed_at=None).order_by("title", "pk")),
        rows=attendance_rows(session, user),
        counts=_line(session, newest, opinions.number, on),
        opinions=opinions,
        may_manage=may_manage and session.programme.stage not in ENDED,
        is_qr_open=is_qr_open(session, at),
    )


def is_qr_open(session: Session, at: datetime) -> bool:
    """Whether participants can write themselves present by the QR."""
    return bool(session.qr_mark) and session.qr_until is not None and at < session.qr_until


def attendance_rows(session: Session, user: User) -> tuple[Row, ...]:
    """Who takes part, with what counts now and what was corrected: all, or those of one's own body."""
    people = taking_part(session.programme)
    if not is_within_reach(session, user, Permission.PROGRAMME_MANAGE):
        own = Member.objects.reachable(user, Permission.PROGRAMME_TAKE_PART).filter(
            programme=session.programme
        )
        people = people.filter(member__in=own)
    history: dict[UUID, list[Attendance]] = defaultdict(list)
    for row in Attendance.objects.filter(session=session).order_by("-at", "-pk"):
        history[row.participant_id].append(row)
    return tuple(
        Row(one, one.name or "", next(iter(history[one.pk]), None), tuple(history[one.pk][1:]))
        for one in people
    )


def session_of_mark(mark: str, at: datetime) -> Session | None:
    """The session whose QR is open now; None for a mark that was never given or whose time is over."""
    if not mark:
        return None
    rows = Session.objects.filter(qr_mark=mark, qr_until__gt=at).exclude(programme__stage__in=ENDED)
    found: Session | None = rows.select_related("programme").first()
    return found


# --- what participants thought ---


@dataclass(frozen=True, slots=True)
class AskedOpinion:
    """One question about a session, with how many chose each answer."""

    question: str
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """What participants thought of a session: how many said it, and the answers where they are enough to hide one."""

    number: int
    fewest: int
    asked: tuple[AskedOpinion, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_shown(self) -> bool:
        return self.number >= self.fewest


def opinion_instrument() -> Instrument:
    """The questions about a session, in the newest version."""
    return instrument_called(OPINION)


def opinions_of(session: Session) -> Opinions:
    """Counts of answers, and own words in an order that does not tell who wrote first; nothing of few people."""
    rows = AnswerSheet.objects.filter(series=session.pk, instrument=OPINION).exclude(locked_at=None)
    sheets = [sheet.answers or {} for sheet in rows]
    fewest = norms().smallest_group_shown
    if len(sheets) < fewest:
        return Opinions(len(sheets), fewest, (), ())
    instrument = opinion_instrument()
    asked = tuple(
        AskedOpinion(str(item.question), _levels(item, sheets)) for item in instrument.items if item.levels
    )
    words = tuple(
        (str(item.question), tuple(sorted(str(sheet[item.code]) for sheet in sheets if sheet.get(item.code))))
        for item in instrument.items
        if item.kind == "text"
    )
    return Opinions(len(sheets), fewest, asked, words)


def _levels(item: Any, sheets: list[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (str(level.label), sum(sheet.get(item.code) == level.value for sheet in sheets))
        for level in item.levels
    )


# --- one's own programme ---


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session as a participant sees it: whether they came."""

    session: Session
    came: str
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class OwnTest:
    """One measurement of a participant: whether it is done, and whether it can be filled in now."""

    wave: str
    title: str
    is_done: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Own:
    """A programme as somebody of a body that takes part sees it. `participant` is None for who has no place in it."""

    member: Member
    participant: Participant | None
    sessions: tuple[OwnSession, ...]
    diploma: Diploma | None
    tests: tuple[OwnTest, ...]


def own_programmes(user: User) -> tuple[Own, ...]:
    """Every programme of one's own body, the newest first. A constant number of questions."""
    members = list(
        Member.objects.reachable(user, Permission.PROGRAMME_TAKE_PART)
        .select_related("programme", "organisation")
        .order_by("-programme__starts_on", "pk")
    )
    people = {row.member_id: row for row in Participant.objects.filter(member__in=members, user=user.pk)}
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    programmes = [one.programme_id for one in members]
    for session in Session.objects.filter(programme__in=programmes).order_by("order"):
        sessions[session.programme_id].append(session)
    came = _own_attendance(people.values())
    materials: dict[UUID, list[Material]] = defaultdict(list)
    for material in Material.objects.filter(programme__in=programmes, removed_at=None).order_by("title"):
        materials[material.session_id].append(material)
    diplomas = {
        row.participant_id: row
        for row in Diploma.objects.filter(participant__in=list(people.values()), withdrawn_on=None)
    }
    done = _own_tests(people.values())
    return tuple(
        Own(
            member=one,
            participant=people.get(one.pk),
            sessions=tuple(
                OwnSession(
                    session,
                    came.get((session.pk, people[one.pk].pk), "") if one.pk in people else "",
                    tuple(materials[session.pk]),
                )
                for session in sessions[one.programme_id]
            ),
            diploma=diplomas.get(people[one.pk].pk) if one.pk in people else None,
            tests=_tests(one.programme, people.get(one.pk), done),
        )
        for one in members
    )


def _own_attendance(people: Iterable[Participant]) -> dict[tuple[UUID, UUID], str]:
    rows = Attendance.objects.filter(participant__in=list(people)).order_by("at", "pk")
    return {(row.session_id, row.participant_id): row.get_came_display() for row in rows}


def _own_tests(people: Iterable[Participant]) -> set[tuple[UUID, str]]:
    keys = [one.pk for one in people]
    rows = AnswerSheet.objects.filter(participant__in=keys).exclude(locked_at=None)
    return set(rows.values_list("participant", "wave"))


def _tests(
    programme: Programme, participant: Participant | None, done: set[tuple[UUID, str]]
) -> tuple[OwnTest, ...]:
    if participant is None:
        return ()
    opened = open_waves(programme) if participant.left_on is None else ()
    return tuple(
        OwnTest(code, title, (participant.pk, code) in done, code in opened)
        for code, title in wave_titles(programme.waves)
    )


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Sessions whose day is over and whose attendance was not noted."""
    if not user.can(Permission.PROGRAMME_MANAGE):
        return ()
    rows = Session.objects.reachable(user, Permission.PROGRAMME_MANAGE).filter(on__lt=on, held_on=None)
    number = rows.exclude(programme__stage__in=ENDED).count()
    if not number:
        return ()
    words = ngettext(
        "%(number)d pertemuan belum dicatat kehadirannya",
        "%(number)d pertemuan belum dicatat kehadirannya",
        number,
    )
    return (Waiting(words % {"number": number}, number, reverse("programmes:programmes"), is_late=True),)
