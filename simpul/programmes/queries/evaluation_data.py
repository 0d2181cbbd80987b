"""What an evaluation is made from: the answers of a programme's participants by code, and what else its report says."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument
from simpul.catalogue.programmes import norms
from simpul.engines.scoring import score
from simpul.engines.statistics import ItemAnswers, Score, Study
from simpul.engines.statistics.evaluation import Progress
from simpul.engines.statistics.record import FORMAT
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import aspects_of, comparable_aspects, find, find_all, item_answers
from simpul.programmes.models import Member, Participant, Programme, Stimulus
from simpul.programmes.queries import money, plans
from simpul.programmes.queries.evaluation_groups import TOGETHER, grouped
from simpul.programmes.queries.kept import is_over
from simpul.programmes.stages import WITH_COMPARISON, Arm, MemberState, Realised

# Answers of a body that left later still count.
TOOK_PART = (MemberState.CHOSEN, MemberState.LEFT)
# The parts of what goes into an evaluation, so that a later run can say which of them changed.
PARTS = ("programme", "instrument", "people", "answers", "plans", "money")


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of one programme. `inputs` holds every value that the report depends on, by part; `digest` is of all."""

    programme: Programme
    study: Study
    instrument: Instrument
    inputs: Mapping[str, Any]
    digests: Mapping[str, str]
    digest: str
    flow: Mapping[str, Any]
    missing: Mapping[str, Any]
    labels: Mapping[str, str]
    shown_as: Mapping[str, str]
    smallest: int
    scores: tuple[Score, ...]
    # A digest of all that somebody answered in one test, by code and test.
    answered: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Taken:
    """The sheets of a programme's participants that count, and how many do not."""

    sheets: tuple[AnswerSheet, ...]
    open: int
    strangers: int


def require_enough(programme: Programme) -> None:
    """Raises Refusal where there is no instrument, or too few people to show anything of."""
    _required(programme)
    people = _people(programme)
    _require_people(_sheets(programme, people), people)


def gather(programme: Programme, progress: Progress | None = None) -> Gathered:
    """Read everything. `progress` is told how many of how many sheets are read. Raises Refusal as `require_enough` does."""
    instrument, waves = _required(programme)
    people = _people(programme)
    taken = _sheets(programme, people)
    smallest = _require_people(taken, people)
    compared, dropped = _comparison(programme, taken, people, smallest)
    aspects, left_out = _aspects(instrument, taken)
    scores = _scores(taken, people, {one.code for one in aspects}, without=dropped, progress=progress)
    answered = {(people[one.participant].code, one.wave): _digest(one.answers or {}) for one in taken.sheets}
    first = [one for one in taken.sheets if one.wave == waves[0] and _takes_part(people[one.participant])]
    items = item_answers(first, instrument)
    study = Study(aspects, scores, waves[0], waves[-1], compared, items)
    labels, shown_as = _shown_as(programme, scores, smallest)
    flow = _flow(programme, people, taken, waves)
    missing = {
        "open": taken.open,
        "strangers": taken.strangers,
        "unanswered": sum(one.value is None for one in scores),
        "aspects": sorted(left_out),
        "comparison": bool(dropped),
    }
    inputs = _inputs(programme, instrument, scores, items, labels, shown_as, flow, missing, smallest)
    digests = {part: _digest(inputs[part]) for part in PARTS}
    return Gathered(
        programme=programme,
        study=study,
        instrument=instrument,
        inputs=inputs,
        digests=digests,
        digest=_digest(digests),
        flow=flow,
        missing=missing,
        labels=labels,
        shown_as=shown_as,
        smallest=smallest,
        scores=scores,
        answered=answered,
    )


def _required(programme: Programme) -> tuple[Instrument, list[str]]:
    if not programme.instrument or programme.instrument_version is None:
        raise Refusal(_lacks_instrument(programme))
    if len(programme.waves) < 2:
        raise Refusal(
            _(
                "Tes awal dan tes akhir belum ditentukan. Pengelola program menentukannya lewat “Ubah program”."
            )
        )
    try:
        return find(programme.instrument, programme.instrument_version), list(programme.waves)
    except KeyError as error:
        raise Refusal(_("Pertanyaan instrumen program ini tidak tersimpan lagi.")) from error


def _lacks_instrument(programme: Programme) -> str:
    """In words for everybody who may read results: few of them may change the programme, and nobody when it is over."""
    if is_over(programme):
        return _("Program ini selesai tanpa instrumen tes, jadi tidak ada yang dapat dievaluasi.")
    return _("Program ini belum punya instrumen tes. Pengelola program memilihnya lewat “Ubah program”.")


def _people(programme: Programme) -> dict[UUID, Participant]:
    rows = Participant.objects.filter(programme=programme, member__state__in=TOOK_PART)
    return {row.pk: row for row in rows.select_related("member").order_by("code")}


def _sheets(programme: Programme, people: Mapping[UUID, Participant]) -> Taken:
    rows = AnswerSheet.objects.filter(
        series=programme.pk, instrument=programme.instrument, wave__in=programme.waves
    )
    known, strangers, unlocked = [], 0, 0
    for sheet in rows.order_by("wave", "participant"):
        if not sheet.is_locked:
            unlocked += 1
        elif sheet.participant in people:
            known.append(sheet)
        else:
            strangers += 1
    return Taken(tuple(known), unlocked, strangers)


def sheets_of(programme: Programme) -> list[tuple[AnswerSheet, Participant]]:
    """Every sheet that counts, with whose it is."""
    people = _people(programme)
    return [(sheet, people[sheet.participant]) for sheet in _sheets(programme, people).sheets]


def _require_people(taken: Taken, people: Mapping[UUID, Participant]) -> int:
    """How small a group may be that is shown. Raises Refusal where not even that many answered."""
    smallest = norms().smallest_group_shown
    number = len({one.participant for one in taken.sheets if _takes_part(people[one.participant])})
    if number < smallest:
        told = _(
            "Baru %(number)d peserta yang lembarnya dikunci. Hasil kelompok di bawah %(smallest)d orang tidak dihitung di sini, agar orangnya tidak dikenali."
        )
        raise Refusal(told % {"number": number, "smallest": smallest})
    return smallest


def _takes_part(participant: Participant) -> bool:
    return _arm(participant) == Arm.PROGRAMME


def _arm(participant: Participant) -> str:
    return str(participant.member.arm)


def _comparison(
    programme: Programme, taken: Taken, people: Mapping[UUID, Participant], smallest: int
) -> tuple[str, str]:
    """The group that is compared with, and the group that is left out because it is too small to be shown."""
    compared = {one.participant for one in taken.sheets if _arm(people[one.participant]) == Arm.COMPARISON}
    if programme.design not in WITH_COMPARISON or not compared:
        return "", Arm.COMPARISON if compared else ""
    if len(compared) < smallest:
        return "", Arm.COMPARISON
    return Arm.COMPARISON, ""


def _aspects(instrument: Instrument, taken: Taken) -> tuple[Any, set[str]]:
    """The aspects that all used versions have alike, in Indonesian: what is stored has one language."""
    with translation.override("id"):
        aspects = aspects_of(instrument)
    used = find_all({(one.instrument, one.instrument_version) for one in taken.sheets})
    alike = comparable_aspects([*used.values(), instrument])
    kept = tuple(one for one in aspects if one.code in alike)
    return kept, {one.code for one in aspects} - alike


def _scores(
    taken: Taken,
    people: Mapping[UUID, Participant],
    aspects: set[str],
    *,
    without: str,
    progress: Progress | None,
) -> tuple[Score, ...]:
    used = {(one.instrument, one.instrument_version) for one in taken.sheets}
    # Built once for all sheets: there may be thousands.
    schemes = {key: instrument.scheme() for key, instrument in find_all(used).items()}
    found = []
    for number, sheet in enumerate(taken.sheets, start=1):
        if progress:
            progress(number, len(taken.sheets))
        person = people[sheet.participant]
        if _arm(person) == without:
            continue
        scored = score(schemes[sheet.instrument, sheet.instrument_version], sheet.answers or {})
        found += [
            Score(person.code, one.code, sheet.wave, one.score, str(person.member_id), _arm(person))
            for one in scored
            if one.code in aspects
        ]
    return tuple(sorted(found, key=lambda one: (one.person, one.wave, one.aspect)))


def _shown_as(
    programme: Programme, scores: Iterable[Score], smallest: int
) -> tuple[dict[str, str], dict[str, str]]:
    """Names of the organisations that took part, and under which each is shown."""
    rows = Member.objects.filter(programme=programme, arm=Arm.PROGRAMME).select_related("organisation")
    labels = {str(row.pk): row.organisation.name for row in rows.order_by("organisation__name", "pk")}
    people = {(one.organisation, one.person) for one in scores if one.organisation in labels}
    counted = Counter(organisation for organisation, _person in people)
    shown_as = grouped(counted, smallest)
    return {key: name for key, name in labels.items() if shown_as.get(key) == key}, shown_as


# --- flow ---


def _flow(
    programme: Programme, people: Mapping[UUID, Participant], taken: Taken, waves: list[str]
) -> dict[str, Any]:
    """How many bodies and people there were at each step, in each arm."""
    return {
        str(arm): _flow_of(programme, str(arm), people, taken, waves)
        for arm in Arm
        if arm == Arm.PROGRAMME or any(_arm(one) == arm for one in people.values())
    }


def _flow_of(
    programme: Programme, arm: str, people: Mapping[UUID, Participant], taken: Taken, waves: list[str]
) -> dict[str, Any]:
    states = Counter(Member.objects.filter(programme=programme, arm=arm).values_list("state", flat=True))
    mine = {key: one for key, one in people.items() if _arm(one) == arm}
    came = {
        wave: {one.participant for one in taken.sheets if one.wave == wave} & mine.keys() for wave in waves
    }
    first, last = came[waves[0]], came[waves[-1]]
    return {
        "bodies": {str(state): states.get(state, 0) for state in MemberState},
        "people": len(mine),
        "left": sum(one.left_on is not None for one in mine.values()),
        "waves": [[wave, len(came[wave])] for wave in waves],
        "both": len(first & last),
        "only_first": len(first - last),
        "only_last": len(last - first),
        "none": len(mine.keys() - first - last),
    }


# --- plans and money ---


def _plans(programme: Programme, shown_as: Mapping[str, str]) -> list[dict[str, Any]]:
    """What became of the agreed plans, by organisation as it is shown; nothing that depends on the day."""
    found: dict[str, Counter[str]] = {}
    for member in _chosen(programme):
        held = found.setdefault(shown_as.get(str(member.pk), TOGETHER), Counter())
        plan = plans.agreed_plan(member)
        for line in plans.lines(plan, date.min) if plan else ():
            became = line.newest.realised if line.newest else "open"
            held.update({"lines": 1, str(became): 1, "budget": int(line.item.budget), "spent": line.spent})
    names = ("lines", *Realised.values, "open", "budget", "spent")
    return [{"of": key, **{name: held[name] for name in names}} for key, held in sorted(found.items())]


def _money(programme: Programme, shown_as: Mapping[str, str]) -> list[dict[str, Any]]:
    """Whole rupiah by organisation as it is shown."""
    rows = list(Stimulus.objects.filter(member__in=_chosen(programme)))
    totals = money.totals_of(rows)
    found: dict[str, Counter[str]] = {}
    for row in rows:
        sums = totals[row.pk]
        told = {"asked": int(row.asked), "granted": int(row.granted or 0), "received": sums.received}
        told |= {"spent": sums.spent, "returned": sums.returned, "balance": sums.balance}
        found.setdefault(shown_as.get(str(row.member_id), TOGETHER), Counter()).update(told)
    names = ("asked", "granted", "received", "spent", "returned", "balance")
    return [{"of": key, **{name: held[name] for name in names}} for key, held in sorted(found.items())]


def _chosen(programme: Programme) -> list[Member]:
    rows = Member.objects.filter(programme=programme, state=MemberState.CHOSEN, arm=Arm.PROGRAMME)
    return list(rows.select_related("programme").order_by("pk"))


# --- one digest of it all ---


def _inputs(
    programme: Programme,
    instrument: Instrument,
    scores: Iterable[Score],
    items: Iterable[ItemAnswers],
    labels: Mapping[str, str],
    shown_as: Mapping[str, str],
    flow: Mapping[str, Any],
    missing: Mapping[str, Any],
    smallest: int,
) -> dict[str, Any]:
    told = ("title", "aim", "design", "waves", "starts_on", "ends_on", "is_synthetic", "source")
    return {
        "programme": {name: str(getattr(programme, name)) for name in told},
        "instrument": [instrument.code, instrument.version, instrument.digest, FORMAT, smallest],
        "people": [flow, labels, shown_as],
        "answers": [
            [[one.person, one.aspect, one.wave, one.value, one.organisation] for one in scores],
            # Another answer can leave the sum as it was, and still change what is said of the items.
            [[one.aspect, one.codes, one.rows] for one in items],
            missing,
        ],
        "plans": _plans(programme, shown_as),
        "money": _money(programme, shown_as),
    }


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
