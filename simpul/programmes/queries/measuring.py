"""What pages ask about measuring participants: who filled in which wave, whose turn it is, what may be compared.

The sheets lie with the office that runs the programme, not with the body, whose head would read there what the others of
the board answered. They carry no label: others of the office who read sheets meet a code that leads to nobody, and only
the pages here say whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import (
    AnswerRow,
    VersionsPage,
    available,
    find,
    sheet_of,
    versions_page,
    wave_title,
)
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.models import Member, Participant, Programme, Session
from simpul.programmes.queries.kept import is_over
from simpul.programmes.queries.plans import members_shown
from simpul.programmes.queries.programme import PURPOSE
from simpul.programmes.stages import ENDED, ORDER, MemberState, Stage

_BEFORE_MATERIAL = frozenset({Stage.PRE_TEST, Stage.SOCIALISATION})
_AT_THE_END = frozenset({Stage.POST_TEST, Stage.HANDOVER})


@dataclass(frozen=True, slots=True)
class Line:
    """One participant in one wave. `is_late`: a pre-test that was filled in after the first session."""

    participant: Participant
    sheet: AnswerSheet | None
    is_late: bool
    is_other_version: bool

    @property
    def is_done(self) -> bool:
        return self.sheet is not None and self.sheet.is_locked


@dataclass(frozen=True, slots=True)
class OfBody:
    """How many of one body's people filled in one wave."""

    member: Member
    people: int
    done: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Mixed:
    """Answers of another version than the programme's, and what of them may be compared."""

    version: int
    page: VersionsPage


@dataclass(frozen=True, slots=True)
class WavePage:
    """One wave as who runs the programme sees it."""

    programme: Programme
    wave: str
    title: str
    instrument: Instrument
    lines: tuple[Line, ...]
    bodies: tuple[OfBody, ...]
    warnings: tuple[str, ...]
    mixed: tuple[Mixed, ...]
    newer: int | None
    is_open: bool

    @property
    def lacks_any(self) -> bool:
        """Whether somebody has still to fill in."""
        return self.done < len(self.lines)

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)


@dataclass(frozen=True, slots=True)
class Turn:
    """A test that somebody fills in for themselves."""

    participant: Participant
    wave: str
    title: str
    is_done: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave in the panel, body by body."""

    wave: str
    title: str
    bodies: tuple[OfBody, ...]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.bodies)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.bodies)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a programme says of its measurements: counts, and one's own turn."""

    waves: tuple[WaveRow, ...]
    turns: tuple[Turn, ...]
    may_manage: bool


def where_of(programme: Programme) -> Where:
    """Where the sheets of a programme lie."""
    return Where(organisation=programme.organisation, region=programme.region)


def instrument_of(programme: Programme) -> Instrument:
    """What the programme measures with. Raises Refusal where nothing is chosen, or its text is not what was chosen."""
    if not programme.instrument or programme.instrument_version is None:
        raise Refusal(_("Pilih instrumen pengukuran dulu, lewat “Ubah program”."))
    try:
        found = find(programme.instrument, programme.instrument_version)
    except KeyError as error:
        raise Refusal(_("Pertanyaan instrumen ini tidak tersimpan lagi.")) from error
    if programme.instrument_digest and found.digest != programme.instrument_digest:
        raise Refusal(
            _(
                "Isi instrumen ini berubah sejak dipilih, jadi jawabannya tidak dicampur. Hubungi pengelola Simpul."
            )
        )
    return found


def require_wave(programme: Programme, wave: str) -> None:
    """Raises Refusal for a measurement that the programme does not have."""
    if wave not in programme.waves:
        raise Refusal(_("Pengukuran itu tidak ada dalam program ini."))


def require_same_version(sheet: AnswerSheet, programme: Programme) -> None:
    """Raises Refusal for a sheet of another version: two versions are never mixed in silence."""
    if sheet.instrument_version != programme.instrument_version:
        raise Refusal(
            _(
                "Lembar ini memakai versi %(theirs)s, sedangkan program ini memakai versi %(ours)s. Keduanya tidak dicampur."
            )
            % {"theirs": sheet.instrument_version, "ours": programme.instrument_version}
        )


def sheet_in(participant: Participant, wave: str) -> AnswerSheet | None:
    """The sheet of a participant in a wave."""
    programme = participant.programme
    return sheet_of(participant.pk, programme.instrument, wave, programme.pk)


def open_waves(programme: Programme) -> tuple[str, ...]:
    """The waves that participants fill in themselves now: nobody answers the post-test before the programme is over.

    Who runs the programme may write down every wave, since paper comes late.
    """
    stage, waves = Stage(programme.stage), programme.waves
    if not waves or not programme.instrument:
        return ()
    if stage in _BEFORE_MATERIAL:
        return (waves[0],)
    if stage in _AT_THE_END:
        return (waves[-1],)
    if stage in ENDED or ORDER.index(stage) < ORDER.index(Stage.MATERIAL):
        return ()
    return tuple(waves[1:-1])


# --- one wave ---


def wave_page(programme: Programme, user: User, wave: str, on: date) -> WavePage:
    """Everybody who is measured in this wave, and how far each is. Raises Refusal without an instrument."""
    instrument = instrument_of(programme)
    found = lines_of(programme, wave)
    return WavePage(
        programme=programme,
        wave=wave,
        title=wave_title(wave),
        instrument=instrument,
        lines=found,
        bodies=_by_body(found),
        warnings=() if is_over(programme) else tuple(warnings_of(programme, wave, on)),
        mixed=_mixed(programme, instrument),
        newer=_newer(user, instrument),
        is_open=not is_over(programme),
    )


def lines_of(programme: Programme, wave: str) -> tuple[Line, ...]:
    """Who takes part, and who left after they had answered, by code. Two questions."""
    sheets = {row.participant: row for row in AnswerSheet.objects.filter(series=programme.pk, wave=wave)}
    staying = Q(left_on=None, member__state=MemberState.CHOSEN)
    rows = Participant.objects.filter(staying | Q(pk__in=list(sheets)), programme=programme)
    first = _first_session(programme) if wave == programme.waves[0] else None
    return tuple(
        _line(row, sheets.get(row.pk), first, programme)
        for row in rows.select_related("member__organisation").order_by("code")
    )


def _line(row: Participant, sheet: AnswerSheet | None, first: date | None, programme: Programme) -> Line:
    return Line(
        participant=row,
        sheet=sheet,
        is_late=sheet is not None and first is not None and sheet.on > first,
        is_other_version=sheet is not None and sheet.instrument_version != programme.instrument_version,
    )


def _first_session(programme: Programme) -> date | None:
    found: date | None = Session.objects.filter(programme=programme).aggregate(first=Min("held_on"))["first"]
    return found


def _by_body(lines: Iterable[Line]) -> tuple[OfBody, ...]:
    found: dict[UUID, list[Line]] = {}
    for line in lines:
        found.setdefault(line.participant.member_id, []).append(line)
    bodies = [_count(rows[0].participant.member, rows) for rows in found.values()]
    return tuple(sorted(bodies, key=lambda one: (one.member.organisation.name, str(one.member.pk))))


def _count(member: Member, rows: Sequence[Line]) -> OfBody:
    done = sum(line.is_done for line in rows)
    drafts = sum(line.sheet is not None and not line.is_done for line in rows)
    return OfBody(member, len(rows), done, drafts)


def warnings_of(programme: Programme, wave: str, on: date) -> list[str]:
    """Why a pre-test that is filled in today is no longer one."""
    if wave != programme.waves[0]:
        return []
    found = []
    first = _first_session(programme)
    if first is not None and first <= on:
        found.append(
            _("Pertemuan pertama sudah berlangsung. Jawaban sesudahnya bukan lagi keadaan sebelum program.")
        )
    stage = Stage(programme.stage)
    if stage in ORDER and ORDER.index(stage) >= ORDER.index(Stage.MATERIAL):
        found.append(
            _("Program sudah melewati tahap tes awal. Isi tanggal sebenarnya bila menyalin dari kertas.")
        )
    return found


def _mixed(programme: Programme, instrument: Instrument) -> tuple[Mixed, ...]:
    rows = AnswerSheet.objects.filter(series=programme.pk, instrument=instrument.code)
    others = (
        rows.exclude(instrument_version=instrument.version)
        .order_by()
        .values_list("instrument_version", flat=True)
    )
    found = []
    for version in sorted(set(others)):
        other = find(instrument.code, version)
        older, newer = sorted((other, instrument), key=lambda one: one.version)
        found.append(Mixed(version, versions_page(older, newer)))
    return tuple(found)


def _newer(user: User, instrument: Instrument) -> int | None:
    """A newer version on offer, which this programme does not change to."""
    offered = {one.code: one.version for one in available(user, purpose=PURPOSE)}
    newest = offered.get(instrument.code, instrument.version)
    return newest if newest > instrument.version else None


# --- a spreadsheet of answers ---


def participants_by_code(programme: Programme) -> dict[str, Participant]:
    """Everybody of the programme by their code in small letters."""
    rows = Participant.objects.filter(programme=programme).select_related("member")
    return {row.code.casefold(): row for row in rows}


def placed(programme: Programme, wave: str, rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """The rows of a file as rows of this wave, each of the participant's body. No names are kept.

    Raises Refusal, naming the rows, for who is not of the programme or another wave.
    """
    known = {row.pk: row for row in Participant.objects.filter(programme=programme).select_related("member")}
    strange = [row.number for row in rows if row.participant not in known]
    if strange:
        raise Refusal(
            _("Baris %(rows)s: kode peserta tidak ada dalam program ini.")
            % {"rows": ", ".join(map(str, strange))}
        )
    elsewhere = [row.number for row in rows if row.wave not in ("", wave)]
    if elsewhere:
        raise Refusal(
            _("Baris %(rows)s: gelombangnya bukan “%(wave)s”. Masukkan lewat halaman pengukuran itu.")
            % {"rows": ", ".join(map(str, elsewhere)), "wave": wave}
        )
    return [
        replace(
            row,
            wave=wave,
            label="",
            about=known[row.participant].member.organisation_id,
        )
        for row in rows
    ]


# --- one's own test, and the panel ---


def own_participants(user: User, programme: Programme | None = None) -> list[Participant]:
    """Where this person takes part under their own account."""
    rows = Participant.objects.reachable(user, Permission.PROGRAMME_TAKE_PART).filter(
        user=user.pk, left_on=None
    )
    if programme is not None:
        rows = rows.filter(programme=programme)
    return list(rows.select_related("programme", "member__organisation").order_by("code"))


def is_own(participant: Participant, user: User) -> bool:
    """Whether this is the person themselves, and they still take part."""
    return participant.user is not None and participant.user == user.pk and participant.left_on is None


def turns_of(participants: Iterable[Participant]) -> list[Turn]:
    """The tests of these participants: those that are open now, and those that they finished."""
    found = []
    for row in participants:
        opened = open_waves(row.programme)
        for wave in row.programme.waves:
            sheet = sheet_in(row, wave)
            is_done = sheet is not None and sheet.is_locked
            if wave in opened or is_done:
                title = wave_title(wave)
                found.append(Turn(row, wave, title, is_done, wave in opened))
    return found


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """How many filled in each wave, body by body, never what; and one's own turn. None for who may read nothing."""
    members = {member.pk: member for member in members_shown(programme, user, with_comparison=True)}
    may_manage = is_within_reach(programme, user, Permission.PROGRAMME_MANAGE)
    if (not members and not may_manage) or not programme.instrument:
        return None
    return Panel(
        waves=tuple(_wave_row(programme, wave, members) for wave in programme.waves),
        turns=tuple(turns_of(own_participants(user, programme))),
        may_manage=may_manage,
    )


def _wave_row(programme: Programme, wave: str, members: dict[UUID, Member]) -> WaveRow:
    lines = [line for line in lines_of(programme, wave) if line.participant.member_id in members]
    return WaveRow(wave, wave_title(wave), _by_body(lines))


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """One's own tests that are open, and for who runs programmes how many of their people have still to fill in."""
    found = []
    if user.can(Permission.PROGRAMME_TAKE_PART):
        mine = [turn for turn in turns_of(own_participants(user)) if turn.is_open and not turn.is_done]
        if mine:
            words = ngettext("%(number)d tes Anda belum diisi", "%(number)d tes Anda belum diisi", len(mine))
            href = reverse("programmes:own-test", args=[mine[0].participant.pk, mine[0].wave])
            found.append(Waiting(words % {"number": len(mine)}, len(mine), href))
    if user.can(Permission.PROGRAMME_MANAGE):
        stages = (Stage.PRE_TEST, Stage.POST_TEST)
        rows = Programme.objects.reachable(user, Permission.PROGRAMME_MANAGE).filter(stage__in=stages)
        lacking = [(row, _lacking(row)) for row in rows if row.instrument]
        number = sum(count for _row, count in lacking)
        if number:
            words = ngettext(
                "%(number)d peserta belum mengisi tes", "%(number)d peserta belum mengisi tes", number
            )
            href = reverse("programmes:programmes")
            found.append(Waiting(words % {"number": number}, number, href))
    return tuple(found)


def _lacking(programme: Programme) -> int:
    return sum(not line.is_done for wave in open_waves(programme) for line in lines_of(programme, wave))
