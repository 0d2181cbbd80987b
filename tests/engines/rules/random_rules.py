"""Random rules and random people for them, small enough to try every completion."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from simpul.engines.rules import DateRange, FactKind, Facts, FactSpec, Node, Readings, Value, parse
from simpul.engines.rules.ages import latest_start

ON = date(2026, 3, 1)
AGES = (1, 5, 18)
CHOICES = ("L", "P", "K")
SPECS = {
    **{name: FactSpec(name, FactKind.BOOL) for name in "abcde"},
    **{name: FactSpec(name, FactKind.NUMBER, minimum=0, maximum=3) for name in "xy"},
    **{name: FactSpec(name, FactKind.CHOICE, choices=CHOICES) for name in "st"},
    **{name: FactSpec(name, FactKind.DATE) for name in ("born", "moved")},
}
# Both sides of every bound that a random rule can have, and a day still to come.
DAYS = tuple(
    sorted(
        {
            latest_start(age + more, ON) + timedelta(days=days)
            for age in AGES
            for more in (0, 1)
            for days in (0, 1)
        }
        | {ON, ON + timedelta(days=40), date(2020, 2, 29)}
    )
)
_SIGNS = ("<", "<=", ">", ">=", "=", "<>")


def domain(fact: str) -> tuple[Value, ...]:
    """Every value that the random rules can tell apart."""
    match SPECS[fact].kind:
        case FactKind.BOOL:
            return (True, False)
        case FactKind.NUMBER:
            return (0, 1, 2, 3)
        case FactKind.CHOICE:
            return CHOICES
        case FactKind.DATE:
            return DAYS


def _leaf(rng: Random, facts: list[str]) -> str:
    fact = rng.choice(facts)
    match SPECS[fact].kind:
        case FactKind.BOOL:
            return fact
        case FactKind.NUMBER:
            if rng.random() < 0.2 and {"x", "y"} <= set(facts):
                return f"x {rng.choice(_SIGNS)} y"
            return rng.choice(
                [f"{fact} {rng.choice(_SIGNS)} {rng.choice((1, 2))}", f"{fact} BETWEEN 1 AND 2"]
            )
        case FactKind.CHOICE:
            return rng.choice(
                [f"{fact} IN ('L', 'P')", f"{fact} NOT IN ('K')", f"{fact} {rng.choice(('=', '<>'))} 'L'"]
            )
        case FactKind.DATE:
            word = rng.choice(("AGE", "YEARS"))
            return rng.choice(
                [
                    f"{word}({fact}) {rng.choice(_SIGNS)} {rng.choice(AGES)}",
                    f"{word}({fact}) BETWEEN 1 AND {rng.choice((5, 18))}",
                    f"{fact} {rng.choice(_SIGNS)} DATE '2020-02-29'",
                ]
            )


def random_text(rng: Random, depth: int, facts: list[str]) -> str:
    """A rule as an author could write it."""
    if depth == 0 or rng.random() < 0.15:
        return _leaf(rng, facts)
    chance = rng.random()
    if chance < 0.15:
        return f"NOT ({random_text(rng, depth - 1, facts)})"
    count = rng.randint(2, 4)
    parts = [random_text(rng, depth - 1, facts) for _ in range(count)]
    if chance < 0.75:
        return f" {rng.choice(('AND', 'OR'))} ".join(f"({part})" for part in parts)
    # AT_LEAST refuses to count twice what reads differently and means the same.
    distinct = list({parse(part, facts=SPECS): part for part in parts}.values())
    return f"AT_LEAST({rng.randint(1, len(distinct))}, {', '.join(distinct)})"


def random_rule(
    rng: Random, depth: int = 3, facts: list[str] | None = None, *, readings: bool = True
) -> Node:
    """A rule, now and then one with two readings, on its own or inside another."""
    chosen = facts or rng.sample(list(SPECS), rng.randint(2, 5))
    if readings and rng.random() < 0.2:
        first, second = (parse(random_text(rng, depth, chosen), facts=SPECS) for _ in range(2))
        two = Readings((("one", first), ("other", second)))
        if rng.random() < 0.5:
            return two
        return parse(f"two OR {_leaf(rng, chosen)}", facts=SPECS, names={"two": two})
    return parse(random_text(rng, depth, chosen), facts=SPECS)


def read_once(rng: Random, facts: list[str]) -> Node:
    """A rule that looks at every fact exactly once: there three-valued judgement is exact."""
    texts = [_leaf(rng, [fact]) for fact in facts]
    while len(texts) > 1:
        count = min(len(texts), rng.randint(2, 3))
        parts, texts = texts[:count], texts[count:]
        joined = rng.choice(
            [
                " AND ".join(f"({part})" for part in parts),
                " OR ".join(f"({part})" for part in parts),
                f"AT_LEAST({rng.randint(1, count)}, {', '.join(parts)})",
            ]
        )
        texts.append(f"NOT ({joined})" if rng.random() < 0.2 else joined)
    return parse(texts[0], facts=SPECS)


def random_value(rng: Random, fact: str) -> Value:
    """A value of the fact; a date is sometimes only estimated."""
    if SPECS[fact].kind is FactKind.DATE and rng.random() < 0.3:
        first, last = sorted(rng.choices(DAYS, k=2))
        return DateRange(first, last)
    return rng.choice(domain(fact))


def random_facts(rng: Random, facts: frozenset[str], known: float = 0.5) -> dict[str, Value]:
    """What happens to be known about somebody."""
    return {fact: random_value(rng, fact) for fact in sorted(facts) if rng.random() < known}


def completions(facts: Facts, names: frozenset[str]) -> Iterator[dict[str, Value]]:
    """Everything that the person may turn out to be: each missing or estimated fact in each possible way."""
    ways = []
    for name in sorted(names):
        value = facts.get(name)
        if value is None:
            ways.append(domain(name))
        elif isinstance(value, DateRange):
            ways.append(tuple(day for day in DAYS if value.earliest <= day <= value.latest))
        else:
            ways.append((value,))
    for values in itertools.product(*ways):
        yield dict(zip(sorted(names), values, strict=True))


def completion_count(facts: Facts, names: frozenset[str]) -> int:
    """How many completions there are at most, to leave out what would take too long."""
    count = 1
    for name in names:
        value = facts.get(name)
        if value is None or isinstance(value, DateRange):
            count *= len(domain(name))
    return count


def as_columns(people: list[dict[str, Value]]) -> dict[str, list[Value | None]]:
    """The people as columns: an exact date in its own column, an estimated one in a pair of columns."""
    columns: dict[str, list[Value | None]] = {}
    for name, spec in SPECS.items():
        values = [person.get(name) for person in people]
        if spec.kind is FactKind.DATE:
            columns[name] = [None if isinstance(value, DateRange) else value for value in values]
            for end in ("earliest", "latest"):
                columns[f"{name}_{end}"] = [getattr(value, end, None) for value in values]
        else:
            columns[name] = list(values)
    return columns
