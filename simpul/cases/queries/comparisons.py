"""One instrument over time: domain by domain against the baseline, and whether a change is more than chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.models import Assessment, Case, Occasion
from simpul.cases.queries.dumbbells import Dumbbell, place
from simpul.catalogue.instruments import Domain, Instrument
from simpul.engines.scoring import DomainScore
from simpul.engines.statistics import ReliableChange, Verdict
from simpul.instruments.queries import ScoreLine, compare, find_all, level_words, score_lines
from simpul.instruments.queries.words import shown

Found = Mapping[tuple[str, int], Instrument]

# What an assessment says in words, which a comparison never opens.
WORDS = ("client_view", "family_view", "observed", "strengths", "conclusion")
SEALED_WORDS = tuple(f"{name}_sealed" for name in (*WORDS, "answers"))
# An item that does not apply to this person lacks nothing.
_NOT_LACKING = ("", "not_applicable")


@dataclass(frozen=True, slots=True)
class Held:
    """One completed assessment: when and by whom, with which version of the instrument, and its scores by domain."""

    key: UUID
    on: date
    occasion_name: str
    version: int
    digest: str
    by_name: str
    scores: Mapping[str, DomainScore]


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One domain at its baseline, at the time before the last, and now.

    `gain` is the change counted so that above zero is better. Without `is_comparable` nothing is compared and
    `verdict` says why. `open_items` names what was not answered now, for who may read it; `open` counts it.
    """

    code: str
    title: str
    baseline: ScoreLine | None
    previous: ScoreLine | None
    now: ScoreLine | None
    is_comparable: bool
    change: ReliableChange | None
    gain: float | None
    difference: str
    verdict: str
    basis: str
    open: int
    open_at_baseline: int
    open_items: tuple[str, ...]
    picture: Dumbbell | None

    @property
    def direction(self) -> str:
        """ "better", "worse", "same", or empty where it cannot be said."""
        if self.gain is None:
            return ""
        return "same" if self.gain == 0 else "better" if self.gain > 0 else "worse"

    @property
    def direction_words(self) -> str:
        """About the score, not the person: whether it is more than chance is for the verdict to say."""
        words = {
            "better": _("nilai lebih baik"),
            "worse": _("nilai lebih buruk"),
            "same": _("nilai sama"),
        }
        return words.get(self.direction, _("belum dapat dibandingkan"))

    @property
    def is_reliable(self) -> bool:
        return self.change is not None and self.change.verdict in (Verdict.BETTER, Verdict.WORSE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All assessments of a case with one instrument, against the first. Additional ones are only counted.

    `now` is None before the first re-assessment, `baseline` also before anything was completed.
    """

    case: UUID
    instrument: str
    title: str
    baseline: Held | None
    previous: Held | None
    now: Held | None
    rows: tuple[DomainRow, ...]
    further: int

    @property
    def versions_differ(self) -> bool:
        return bool(self.baseline and self.now and self.baseline.version != self.now.version)

    @property
    def better(self) -> int:
        return self._count("better")

    @property
    def worse(self) -> int:
        return self._count("worse")

    @property
    def same(self) -> int:
        return self._count("same")

    @property
    def unsaid(self) -> int:
        """How many domains cannot be compared, or not yet."""
        return self._count("") if self.now else 0

    @property
    def beyond_error(self) -> int:
        """How many changes are more than error of measurement, in either direction."""
        return sum(row.is_reliable for row in self.rows)

    @property
    def shared_verdict(self) -> str:
        """Why nothing certain can be said of any change, where it is the same for all; to be said once."""
        changed = [row for row in self.rows if row.gain is not None]
        unsaid = all(row.change and row.change.verdict is Verdict.CANNOT_BE_SAID for row in changed)
        verdicts = {row.verdict for row in changed}
        return verdicts.pop() if len(changed) > 1 and unsaid and len(verdicts) == 1 else ""

    def _count(self, direction: str) -> int:
        return sum(row.direction == direction for row in self.rows)


def comparison_of(case: Case, instrument: str, *, is_told: bool = False) -> Comparison:
    """The one comparison that the page, papers, numbers and the ending show: two questions to the database at most.

    `is_told` also names the items that were not answered. Without anything completed it has no rows.
    """
    held = Assessment.objects.filter(case=case, instrument=instrument).defer(*SEALED_WORDS)
    made = compared(held, is_told=is_told)
    return made[0] if made else Comparison(case.pk, instrument, instrument, None, None, None, (), 0)


def compared(
    assessments: Iterable[Assessment], *, is_told: bool = False, found: Found | None = None
) -> tuple[Comparison, ...]:
    """The same for many at once, one for each case and instrument of which something was completed.

    `found` are their instruments where they are at hand already.
    """
    groups: dict[tuple[UUID, str], list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        if assessment.completed_at is not None:
            groups[assessment.case_id, assessment.instrument].append(assessment)
    if found is None:
        found = find_all(
            {(row.instrument, row.instrument_version) for rows in groups.values() for row in rows}
        )
    return tuple(_compared(case, code, rows, found, is_told) for (case, code), rows in groups.items())


def scores_in(assessment: Assessment) -> dict[str, DomainScore]:
    """The frozen scores, by domain."""
    return {kept["code"]: DomainScore.from_json(kept) for kept in assessment.scores or ()}


def lacking(instrument: Instrument | None, score: DomainScore) -> tuple[str, ...]:
    """The items of a domain that nobody answered, each with why."""
    states = {reason.about: str(reason.values.get("state", "")) for reason in score.reasons}
    return tuple(
        f"{_question(instrument, code)} ({_state_words(instrument, code, state)})"
        for code, state in states.items()
        if state not in _NOT_LACKING
    )


def _question(instrument: Instrument | None, code: str) -> str:
    return instrument.item(code).question.in_language(_language()) if instrument else code


def _state_words(instrument: Instrument | None, code: str, state: str) -> str:
    if instrument is None:
        return state
    return level_words(instrument.item(code), None if state == "unanswered" else {"state": state})


def _compared(case: UUID, code: str, rows: list[Assessment], found: Found, is_told: bool) -> Comparison:
    ordered = sorted(rows, key=lambda row: (row.on, row.completed_at))
    baseline = next((_held(row) for row in ordered if row.occasion == Occasion.BASELINE), None)
    again = [_held(row) for row in ordered if row.occasion == Occasion.REASSESSMENT]
    now = again[-1] if again else None
    newest = now or baseline
    instrument = _of(found, code, newest)
    return Comparison(
        case=case,
        instrument=code,
        title=instrument.title.in_language(_language()) if instrument else code,
        baseline=baseline,
        previous=again[-2] if len(again) > 1 else None,
        now=now,
        rows=_Table(code, found, baseline, again, is_told).rows() if baseline else (),
        further=sum(row.occasion == Occasion.FURTHER for row in ordered),
    )


def _held(row: Assessment) -> Held:
    occasion = str(Occasion(row.occasion).label)
    version = int(row.instrument_version)
    return Held(row.pk, row.on, occasion, version, row.digest, row.by_name, scores_in(row))


def _of(found: Found, code: str, held: Held | None) -> Instrument | None:
    return found.get((code, held.version)) if held else None


class _Table:
    """The rows of one comparison, domain by domain."""

    def __init__(self, code: str, found: Found, baseline: Held, again: list[Held], is_told: bool) -> None:
        self.code, self.found, self.is_told = code, found, is_told
        self.baseline, self.now = baseline, again[-1] if again else None
        self.previous = again[-2] if len(again) > 1 else None

    def rows(self) -> tuple[DomainRow, ...]:
        """The domains of the newest version, then those that only the baseline had."""
        newest = self._instrument(self.now or self.baseline)
        first = self._instrument(self.baseline)
        domains = [domain for domain in (newest.domains if newest else ()) if domain.is_scored]
        known = {domain.code for domain in domains}
        gone = [domain for domain in (first.domains if first else ()) if domain.is_scored]
        return tuple(self._row(domain) for domain in (*domains, *(d for d in gone if d.code not in known)))

    def _instrument(self, held: Held | None) -> Instrument | None:
        return _of(self.found, self.code, held)

    def _row(self, domain: Domain) -> DomainRow:
        because = self._why_not(domain.code, self.baseline, self.now) if self.now else ""
        between = self.previous
        if between and self.now and self._why_not(domain.code, between, self.now):
            between = None
        now = self.now or self.baseline
        change = None if because else self._change(domain)
        difference, verdict = (change[1], change[2]) if change else ("", because)
        reliable = change[0] if change else None
        return DomainRow(
            code=domain.code,
            title=domain.title.in_language(_language()),
            baseline=self._line(domain.code, self.baseline),
            previous=self._line(domain.code, between),
            now=self._line(domain.code, self.now),
            is_comparable=bool(self.now) and not because,
            change=reliable,
            gain=_gain(domain, reliable),
            difference=difference,
            verdict=verdict,
            basis=_basis(domain, reliable),
            open=_open(domain.code, now),
            open_at_baseline=_open(domain.code, self.baseline),
            open_items=self._open_items(domain.code, now),
            picture=self._picture(domain, between, is_comparable=not because),
        )

    def _why_not(self, code: str, first: Held, last: Held) -> str:
        """Why a domain of two assessments cannot be compared; empty where its items are the very same."""
        if first.digest == last.digest:
            return ""
        old, new = self._instrument(first), self._instrument(last)
        if old is None or new is None or (old.digest, new.digest) != (first.digest, last.digest):
            return _("Tidak dapat dibandingkan: teks instrumen pada salah satu waktu tidak tersimpan lagi.")
        was = next((domain for domain in old.domains if domain.code == code), None)
        then = next((domain for domain in new.domains if domain.code == code), None)
        if was is None or then is None:
            return _("Tidak dapat dibandingkan: bagian ini hanya ada dalam satu versi instrumen.")
        if _measure(was) != _measure(then):
            return _("Tidak dapat dibandingkan: butir bagian ini berbeda antara kedua versi instrumen.")
        return ""

    def _change(self, domain: Domain) -> tuple[ReliableChange, str, str] | None:
        instrument = self._instrument(self.now)
        if self.now is None or instrument is None:
            return None
        before, after = self.baseline.scores.get(domain.code), self.now.scores.get(domain.code)
        if before is None or after is None:
            return None
        made = compare(instrument, [before], [after])[0]
        words = made.words
        if made.change.because == ("standard_deviation",):
            words = _(
                "Belum dapat dikatakan apakah lebih dari kesalahan pengukuran: simpangan baku kelompok pembanding belum diketahui."
            )
        return made.change, made.difference, words

    def _line(self, code: str, held: Held | None) -> ScoreLine | None:
        instrument = self._instrument(held)
        score = held.scores.get(code) if held else None
        if instrument is None or score is None:
            return None
        return next(iter(score_lines(instrument, [score])), None)

    def _open_items(self, code: str, held: Held) -> tuple[str, ...]:
        score = held.scores.get(code)
        return lacking(self._instrument(held), score) if score and self.is_told else ()

    def _picture(self, domain: Domain, between: Held | None, *, is_comparable: bool) -> Dumbbell | None:
        """Marks of different versions never stand on one line."""
        before, middle, now = (
            place(domain, held.scores.get(domain.code))
            if held and (is_comparable or held is self.now)
            else ""
            for held in (self.baseline, between, self.now)
        )
        if not (before or now):
            return None
        lines = (self._line(domain.code, self.baseline), self._line(domain.code, self.now))
        names = (_("awal"), _("kini"))
        said = "; ".join(f"{name} {line.figure}" for name, line in zip(names, lines, strict=True) if line)
        return Dumbbell(before, middle, now, f"{domain.title.in_language(_language())}: {said}")


def _measure(domain: Domain) -> tuple[object, ...]:
    """What must be the same to the letter for two scores to stand on one scale."""
    items = tuple(item for item in domain.items if item.kind == "scale")
    return domain.direction, domain.method, items


def _gain(domain: Domain, change: ReliableChange | None) -> float | None:
    if change is None or change.change is None:
        return None
    return change.change if domain.higher_is_better else -change.change


def _open(code: str, held: Held) -> int:
    score = held.scores.get(code)
    return 0 if score is None else score.of - score.answered


def _basis(domain: Domain, change: ReliableChange | None) -> str:
    """What the judgement about a change rests on, where it can be made."""
    if change is None or change.smallest is None or change.index is None:
        return ""
    return _(
        "Keandalan %(reliability)s, simpangan baku %(deviation)s (%(where)s). Indeks perubahan %(index)s; baru perubahan lebih dari %(smallest)s yang lebih dari kesalahan pengukuran."
    ) % {
        "reliability": shown(domain.reliability or 0),
        "deviation": shown(domain.standard_deviation or 0),
        "where": domain.measured_in,
        "index": shown(change.index, sign=True),
        "smallest": shown(change.smallest),
    }


def _language() -> str:
    return get_language() or "id"
