"""What pages ask about evaluations: which were run, what changed since, how each participant stands by code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import wave_title
from simpul.programmes.models import Evaluation, Participant, Programme
from simpul.programmes.queries.evaluation_data import PARTS, TOOK_PART, Gathered, gather, require_enough
from simpul.programmes.queries.evaluation_pictures import Line, paired_lines, short_number
from simpul.programmes.queries.evaluation_words import Words
from simpul.programmes.stages import Arm
from simpul.ui.reports import Picture

# Up to here a run is done before the page would seem to hang: some seconds of reading and computing.
_AT_ONCE = 600


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a programme says of its evaluation. `final` counts before the newest, where there is one."""

    newest: Evaluation | None
    final: Evaluation | None
    why_not: str
    may_read_people: bool


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """None for who may not read results."""
    if not is_within_reach(programme, user, Permission.PROGRAMME_EVALUATE):
        return None
    runs = runs_for(programme, user)
    return Panel(
        newest=runs.first(),
        final=runs.filter(is_final=True).first(),
        why_not=why_not(programme) if not runs.exists() else "",
        may_read_people=is_within_reach(programme, user, Permission.PROGRAMME_MANAGE),
    )


def runs_of(programme: Programme) -> QuerySet[Evaluation]:
    """Every run, the newest first."""
    rows: QuerySet[Evaluation] = Evaluation.objects.filter(programme=programme)
    return rows.order_by("-at", "pk")


def runs_for(programme: Programme, user: User) -> QuerySet[Evaluation]:
    """Those that this person may read, the newest first."""
    rows: QuerySet[Evaluation] = Evaluation.objects.reachable(user, Permission.PROGRAMME_EVALUATE)
    return rows.filter(programme=programme).order_by("-at", "pk")


def is_long(programme: Programme) -> bool:
    """Whether so many sheets are read that nobody should have to wait for it."""
    return AnswerSheet.objects.filter(series=programme.pk).count() > _AT_ONCE


def why_not(programme: Programme) -> str:
    """Why nothing can be evaluated yet; empty where it can."""
    try:
        require_enough(programme)
    except Refusal as refusal:
        return str(refusal)
    return ""


def is_current(evaluation: Evaluation) -> bool:
    """Whether the data still are those that were evaluated."""
    try:
        return gather(evaluation.programme).digest == evaluation.digest
    except Refusal:
        return False


# --- what changed between two runs ---


def earlier_of(evaluation: Evaluation, user: User) -> Evaluation | None:
    """The run before this one, of those that this person may read."""
    return runs_for(evaluation.programme, user).filter(at__lt=evaluation.at).first()


def changes(evaluation: Evaluation, earlier: Evaluation) -> tuple[str, ...]:
    """What is different in the data, and what that did to each aspect."""
    return (*_parts_changed(evaluation, earlier), *_aspects_changed(evaluation.result, earlier.result))


def _parts_changed(evaluation: Evaluation, earlier: Evaluation) -> Iterator[str]:
    words = {
        "programme": _("Keterangan program berubah."),
        "instrument": _("Instrumen atau cara menghitung berubah."),
        "people": _("Peserta atau lembaga berubah."),
        "answers": _("Jawaban peserta berubah atau bertambah."),
        "plans": _("Rencana aksi atau pelaksanaannya berubah."),
        "money": _("Catatan bantuan stimulan berubah."),
    }
    now, before = evaluation.settings.get("parts", {}), earlier.settings.get("parts", {})
    for part in PARTS:
        if now.get(part) != before.get(part):
            yield words[part]


def _aspects_changed(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    words = words_of(now)
    known = {one["aspect"]["code"]: one for one in before["evaluation"]["aspects"]}
    for one in now["evaluation"]["aspects"]:
        old = known.get(one["aspect"]["code"])
        if old is None or "withheld" in one or "withheld" in old:
            continue
        was, told = _figures(old, words), _figures(one, words)
        if was != told:
            yield _("%(aspect)s: dahulu %(before)s, sekarang %(now)s.") % {
                "aspect": words.aspect(one["aspect"]),
                "before": was,
                "now": told,
            }


def _figures(one: Mapping[str, Any], words: Words) -> str:
    return _("selisih %(difference)s dari %(pairs)s pasangan") % {
        "difference": words.number(one["paired"]["difference"]),
        "pairs": words.number(one["paired"]["pairs"]),
    }


def words_of(record: Mapping[str, Any]) -> Words:
    """How things of a record are called in the language of this page."""
    return Words.of(record, get_language() or "id")


# --- each participant, by code ---


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant by code, with a value before and after for each aspect, as written."""

    code: str
    organisation: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class People:
    """Every participant by code, and who missed which test. `pictures` hold a line for each person."""

    aspects: tuple[str, ...]
    rows: tuple[PersonRow, ...]
    missed: tuple[tuple[str, tuple[str, ...]], ...]
    pictures: tuple[Picture, ...]


def people_of(programme: Programme) -> People:
    """Never stored; only for who runs the programme. Raises Refusal where there is nothing to show."""
    gathered = gather(programme)
    words = Words(get_language() or "id", gathered.instrument, _all_labels(programme))
    aspects = [_as_told(one) for one in gathered.study.aspects]
    values = {(one.person, one.aspect, one.wave): one.value for one in gathered.scores}
    home = {one.person: (one.organisation, one.group) for one in gathered.scores}
    first, last = gathered.study.before, gathered.study.after
    rows = tuple(
        PersonRow(
            code,
            words.organisation(organisation),
            tuple(
                (words.aspect(one), _cell(values, (code, one["code"]), (first, last), words))
                for one in aspects
            ),
        )
        for code, (organisation, _arm) in sorted(home.items())
    )
    titles = tuple(words.aspect(one) for one in aspects)
    return People(titles, rows, _missed(gathered), tuple(_pictures(gathered, values, home, words)))


def _as_told(aspect: Any) -> dict[str, Any]:
    return {
        "code": aspect.code,
        "title": aspect.title,
        "lowest": aspect.lowest,
        "highest": aspect.highest,
        "bands": (),
    }


def _all_labels(programme: Programme) -> dict[str, str]:
    rows = programme.members.select_related("organisation")
    return {str(row.pk): row.organisation.name for row in rows}


def _cell(values: Mapping[Any, Any], of: tuple[str, str], waves: tuple[str, str], words: Words) -> str:
    scored = [values.get((*of, wave)) for wave in waves]
    before, after = ("–" if one is None else short_number(one, words.language) for one in scored)
    return f"{before} → {after}"


def _missed(gathered: Gathered) -> tuple[tuple[str, tuple[str, ...]], ...]:
    waves = gathered.programme.waves
    came = {wave: {one.person for one in gathered.scores if one.wave == wave} for wave in waves}
    rows = Participant.objects.filter(programme=gathered.programme, member__state__in=TOOK_PART)
    everybody = {row.code: row.left_on is not None for row in rows}
    told = [
        (_("Tidak mengisi %(test)s") % {"test": wave_title(wave).lower()}, tuple(sorted(everybody.keys() - came[wave])))
        for wave in waves
    ]  # fmt: skip
    told.append(
        (_("Keluar dari program"), tuple(sorted(code for code, has_left in everybody.items() if has_left)))
    )
    return tuple((title, codes) for title, codes in told if codes)


def _pictures(
    gathered: Gathered, values: Mapping[Any, Any], home: Mapping[str, tuple[str, str]], words: Words
) -> Iterator[Picture]:
    first, last = gathered.study.before, gathered.study.after
    for aspect in gathered.study.aspects:
        told = _as_told(aspect)
        lines = [
            Line(code, values[code, aspect.code, first], values[code, aspect.code, last])
            for code, (_organisation, arm) in sorted(home.items())
            if arm == Arm.PROGRAMME
            and values.get((code, aspect.code, first)) is not None
            and values.get((code, aspect.code, last)) is not None
        ]
        title = _("%(aspect)s: satu garis untuk setiap peserta") % {"aspect": words.aspect(told)}
        drawn = paired_lines(
            title, lines, lowest=aspect.lowest, highest=aspect.highest, language=words.language
        )
        if drawn:
            yield drawn
