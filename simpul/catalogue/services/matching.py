"""In which order services are proposed for a need, and the reasons told as sentences in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from simpul.catalogue import editions, wording
from simpul.catalogue.casework import Entry
from simpul.catalogue.facts import ROOT, all_facts
from simpul.catalogue.services import accesses
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text
from simpul.engines.matching.fit import GRADES, Order
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules import AgeBetween, AgeCompare, Among, Node, Operator

_WHOLE = (
    "waiting_days",
    "smallest_told",
    "source",
    "verified",
    "weights",
    "criterion",
    "says",
    "access_need",
)
_GUIDING = ("ferry", "guarded")


@dataclass(frozen=True, slots=True)
class Criterion(Entry):
    """What is looked at when services are ordered. `says` is the sentence of each of its grades."""

    tier: int
    points: Mapping[str, int]
    says: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class AccessNeed:
    """Where a fact has one of these values, one of these accesses is needed."""

    fact: str
    values: tuple[str, ...]
    accesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The order of services and its words.

    `weights` say by urgency who is placed sooner where not all can be; counts below `smallest_told` are not told to
    those who may not see the cases behind them.
    """

    order: Order
    criteria: Mapping[str, Criterion]
    says: Mapping[str, Text]
    weights: Mapping[str, int]
    access_needs: tuple[AccessNeed, ...]
    smallest_told: int


@cache
def matching() -> Matching:
    """How services are ordered. Raises CatalogueError."""
    return read_matching(ROOT / "services" / "matching.toml")


def read_matching(path: Path) -> Matching:
    """The order, its points and its words; every criterion with every grade. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys(*_WHOLE)
    whole.string("source")
    whole.one_of("verified", VERIFIED)
    criteria = {found.code: found for found in map(_criterion, whole.tables("criterion"))}
    tiers = sorted({found.tier for found in criteria.values()})
    days = whole.data.get("waiting_days")
    if not isinstance(days, list) or len(days) != 2 or not all(type(day) is int for day in days):
        raise whole.error("'waiting_days' holds two whole numbers", "waiting_days")
    try:
        order = Order(
            tiers=tuple(
                tuple(code for code, found in criteria.items() if found.tier == tier) for tier in tiers
            ),
            points={code: found.points for code, found in criteria.items()},
            waiting_days=(days[0], days[1]),
        )
    except ValueError as error:
        raise whole.error(str(error), "criterion") from error
    said, weights = whole.table("says"), whole.table("weights")
    return Matching(
        order=order,
        criteria=MappingProxyType(criteria),
        says=MappingProxyType({name: said.text(name) for name in said.data}),
        weights=MappingProxyType({name: weights.whole(name) for name in weights.data}),
        access_needs=tuple(map(_access_need, whole.tables("access_need"))),
        smallest_told=whole.whole("smallest_told"),
    )


def _access_need(table: Table) -> AccessNeed:
    table.check_keys("fact", "values", "accesses", "source", "verified")
    table.string("source")
    table.one_of("verified", VERIFIED)
    found = AccessNeed(table.string("fact"), table.strings("values"), table.strings("accesses"))
    if found.fact not in all_facts():
        raise table.error(f"the fact {found.fact!r} is not known", "fact")
    if unknown := set(found.accesses) - {entry.code for entry in accesses()}:
        raise table.error(f"no such access: {', '.join(sorted(unknown))}", "accesses")
    return found


def _criterion(table: Table) -> Criterion:
    table.check_keys("code", "tier", "title", "about", "source", "verified", "grade")
    grades = {grade.string("code"): grade for grade in table.tables("grade")}
    code = table.one_of("code", tuple(GRADES))
    if set(grades) != set(GRADES[code]):
        raise table.error(f"{code} has exactly the grades {', '.join(GRADES[code])}", "code")
    return Criterion(
        code=code,
        title=table.text("title"),
        about=table.text("about"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        tier=table.whole("tier"),
        points=MappingProxyType({name: grade.whole("points") for name, grade in grades.items()}),
        says=MappingProxyType({name: grade.text("says") for name, grade in grades.items()}),
    )


def conditions_of(
    *, age_from: int | None = None, age_to: int | None = None, sex: str = "", rule: Node | None = None
) -> tuple[tuple[str, Node], ...]:
    """What a service asks of the facts, by name. Ages in completed years, both ends included."""
    found: list[tuple[str, Node]] = []
    if age_from is not None and age_to is not None:
        found.append(("age", AgeBetween("born", age_from, age_to)))
    elif age_from is not None:
        found.append(("age", AgeCompare("born", Operator.AT_LEAST, age_from)))
    elif age_to is not None:
        found.append(("age", AgeCompare("born", Operator.AT_MOST, age_to)))
    if sex:
        found.append(("sex", Among("sex", (sex,))))
    if rule is not None:
        found.append(("rule", rule))
    return tuple(found)


# --- the reasons as sentences ---


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a place in the order. `kind` is "yes", "open" or "no", `lines` what else there is to say of it."""

    criterion: str
    title: str
    kind: str
    sentence: str
    lines: tuple[str, ...] = ()


_ANSWER_KINDS = {Answer.YES: "yes", Answer.UNKNOWN: "open", Answer.NO: "no"}
# What speaks for nothing needs no sentence of its own.
_SILENT = frozenset({("wish", "none"), ("access", "not_needed")})


def reasons(finding: Finding, language: str = "id") -> tuple[Reason, ...]:
    """Every reason of a rank that says something, in the order in which they count."""
    told = matching()
    names = [name for tier in told.order.tiers for name in tier]
    parts = {part.about: part for part in finding.parts}
    return tuple(
        _reason(parts[name], language)
        for name in names
        if name in parts and (name, str(parts[name].answer)) not in _SILENT
    )


def sentence(part: Finding, language: str = "id") -> str:
    """One reason as one sentence. A grade that the catalogue does not know (any more) is shown as it is."""
    criterion = matching().criteria.get(part.about)
    words = criterion.says.get(str(part.answer)) if criterion else None
    if words is None:
        return f"{part.about}: {part.answer}"
    filled = {"grade": part.values.get("grade", ""), "free": part.values.get("free", "")}
    filled |= {"days": part.values.get("days", ""), "lacking": _accesses(part, language)}
    return words.in_language(language).format(**filled)


def missing_words(part: Finding, language: str = "id") -> str:
    """What is still not known about somebody's eligibility, named; "" where nothing is, or the reader may not see."""
    named = [_missing(name, language) for name in part.values.get("missing", ())]
    return _say("missing", language, missing="; ".join(named)) if named else ""


def _reason(part: Finding, language: str) -> Reason:
    title = matching().criteria[part.about].title.in_language(language)
    lines = tuple(_lines(part, language))
    return Reason(part.about, title, _kind(part), sentence(part, language), lines)


def _kind(part: Finding) -> str:
    if isinstance(part.answer, Answer):
        return _ANSWER_KINDS[part.answer]
    if part.answer == "unknown":
        return "open"
    points = matching().criteria[part.about].points
    return "yes" if points.get(part.answer) == min(points.values()) else "open"


def _lines(part: Finding, language: str) -> Iterator[str]:
    for name in _GUIDING:
        if part.values.get(name):
            yield _say(name, language)
    if part.values.get("km") is not None:
        shown = f"{part.values['km']:.1f}"
        yield _say("km", language, km=shown if language.startswith("en") else shown.replace(".", ","))
    if part.values.get("amount"):
        yield _say("amount", language, amount=f"Rp{wording.number(part.values['amount'], language)}")
    for condition in part.parts:
        yield from _condition(condition, language)
    if words := missing_words(part, language):
        yield words
    if part.values.get("withheld"):
        yield _say("withheld", language)


def _condition(condition: Finding, language: str) -> Iterator[str]:
    name, answer = condition.about, str(condition.answer)
    if name in ("area", "types"):
        yield _say(f"{name}_{answer}", language, types=_types(condition, language))
        return
    for leaf in _leaves(condition, condition.answer):
        # What is not known stands once below, with all that is missing.
        if "value" in leaf.values or "earliest" in leaf.values:
            yield wording.sentence(leaf, editions.default(), language)


def _leaves(finding: Finding, answer: Answer) -> Iterator[Finding]:
    """The single conditions that made the answer; of a "not" those that make the opposite."""
    wanted = Answer(2 - answer) if finding.kind == "not" else answer
    if not finding.parts:
        yield finding
    for part in finding.parts:
        if part.answer is wanted:
            yield from _leaves(part, wanted)


def _types(condition: Finding, language: str) -> str:
    named = [_type(code, language) for code in condition.values.get("types", ())]
    return ", ".join(named) or _say("withheld_types", language)


def _type(code: str, language: str) -> str:
    """A code, or "edition/code" where it is of another edition than the person was screened by."""
    edition, _, bare = code.rpartition("/")
    types = (editions.get(edition) if edition else editions.default()).types
    return next((need.display.in_language(language) for need in types if need.code == bare), bare)


def _accesses(part: Finding, language: str) -> str:
    titles = {entry.code: entry.title.in_language(language) for entry in accesses()}
    groups = [group.split("|") for group in part.values.get("lacking", ())]
    return "; ".join(" / ".join(titles.get(code, code).lower() for code in group) for group in groups)


def _missing(name: str, language: str) -> str:
    if f"missing_{name}" in matching().says:
        return _say(f"missing_{name}", language)
    fact = all_facts().get(name)
    if fact is None:
        return name
    words = (fact.label or fact.question).in_language(language).rstrip("?")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _say(name: str, language: str, /, **filled: object) -> str:
    return matching().says[name].in_language(language).format(**filled)
