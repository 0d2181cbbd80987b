"""The people around a client and the providers: how able they were at the start, how able now, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.cases.models import Case, Ending, Moment, SupportReview
from simpul.cases.stages import WAY, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import Aspect
from simpul.catalogue.text import Text

LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """One side on one day. `level` None: it is not known; `words` are empty for who may not read them."""

    on: date
    level: int | None
    name: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """Network or providers: at the start, and as they were judged last after that."""

    code: str
    title: str
    about: str
    first: Judged | None
    now: Judged | None

    @property
    def change(self) -> str:
        """In words; nothing before there are two judgements."""
        if self.now is None:
            return ""
        if self.first is None:
            return _("Tidak dapat dikatakan: keadaan awalnya tidak dinilai.")
        if self.first.level is None or self.now.level is None:
            return _("Tidak dapat dikatakan: salah satunya belum diketahui.")
        return _said_change(self.now.level - self.first.level)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One judgement of both sides, to be read."""

    on: date
    moment_name: str
    by_name: str
    sides: tuple[tuple[str, Judged], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """Both sides, and every judgement, the newest first. `is_evaluated`: they were judged for the evaluation."""

    sides: tuple[Side, ...]
    reviews: tuple[Reviewed, ...]
    is_evaluated: bool


def support_of(case: Case, *, is_told: bool) -> Support:
    """How network and providers stand. One question to the database."""
    rows = reviews_of(case)
    first = next((row for row in rows if row.moment == Moment.BASELINE), None)
    later = [row for row in rows if row.moment != Moment.BASELINE]
    now = next((row for row in later if row.moment == Moment.FINAL), next(iter(later), None))
    aspects = casework.support_aspects()
    return Support(
        sides=tuple(
            Side(
                code=aspect.code,
                title=said(aspect.title),
                about=said(aspect.about),
                first=_judged(first, aspect, is_told) if first else None,
                now=_judged(now, aspect, is_told) if now else None,
            )
            for aspect in aspects
        ),
        reviews=tuple(_reviewed(row, aspects, is_told) for row in rows),
        is_evaluated=any(row.moment == Moment.FINAL for row in rows),
    )


def reviews_of(case: Case) -> tuple[SupportReview, ...]:
    """Every judgement, the newest first."""
    return tuple(SupportReview.objects.filter(case=case).order_by("-on", "-at", "-pk"))


def _reviewed(row: SupportReview, aspects: Iterable[Aspect], is_told: bool) -> Reviewed:
    sides = tuple((said(aspect.title), _judged(row, aspect, is_told)) for aspect in aspects)
    return Reviewed(row.on, row.get_moment_display(), row.by_name, sides)


def _judged(row: SupportReview, aspect: Aspect, is_told: bool) -> Judged:
    level: int | None = getattr(row, aspect.code)
    words: str = (getattr(row, f"{aspect.code}_words") or "") if is_told else ""
    found = next((known for known in aspect.levels if known.value == level), None)
    if level is None:
        return Judged(row.on, None, _("belum diketahui"), "", words)
    return Judged(
        row.on, level, said(found.title) if found else str(level), said(found.about) if found else "", words
    )


def _said_change(steps: int) -> str:
    if steps > 0:
        words = ngettext("Naik %(steps)s tingkat", "Naik %(steps)s tingkat", steps)
    elif steps < 0:
        words = ngettext("Turun %(steps)s tingkat", "Turun %(steps)s tingkat", -steps)
    else:
        return _("Tetap")
    return words % {"steps": abs(steps)}


def levels_to_choose(aspect: Aspect) -> list[tuple[str, str]]:
    """The levels of one side with their words, the highest last."""
    return [
        (str(level.value), f"{level.value} · {said(level.title)}: {said(level.about)}")
        for level in aspect.levels
    ]


def said(text: Text) -> str:
    """A text of the catalogue in the language of the page."""
    return text.in_language(get_language() or "id")


def moment_now(case: Case) -> Moment:
    """Which judgement is due: the first, one on the way, or the one of the evaluation."""
    if _is_evaluated_now(case):
        return Moment.FINAL
    return Moment.PROGRESS if SupportReview.objects.filter(case=case).exists() else Moment.BASELINE


def _is_evaluated_now(case: Case) -> bool:
    stage = Stage(case.stage)
    is_late = stage in WAY and WAY.index(stage) >= WAY.index(Stage.EVALUATION)
    return is_late or not case.is_open


def may_still_be_judged(case: Case) -> bool:
    """As long as the case runs, and after that until its evaluation is complete."""
    return case.is_open or not Ending.objects.filter(case=case, completed_at__isnull=False).exists()
