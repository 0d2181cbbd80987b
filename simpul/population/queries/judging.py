"""Everybody of one drawer judged at once: what is held becomes columns, the columns verdicts, the verdicts bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from simpul.catalogue import contradictions, editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.editions import Edition
from simpul.catalogue.facts import Fact
from simpul.engines.days import months_later
from simpul.engines.rules import FactKind
from simpul.engines.rules.population import EARLIEST, LATEST, verdicts
from simpul.population.facts import packed
from simpul.population.queries.lists import list_called, lists_with_rules
from simpul.population.queries.people import end_of, naive

BORN, SEX = "born", "sex"
_END = "|"


def types_of(edition: Edition) -> tuple[str, ...]:
    """The types of an edition in the order of its list; that is the order of the bits."""
    return tuple(need.code for need in edition.types)


_SAID = ("name", "state", "value", "noted_at", "valid_from")


def said_last(lines: pl.DataFrame, on: date) -> pl.DataFrame:
    """What was said last of each fact of each subject, of what is valid on that day."""
    valid = (pl.col("valid_from") <= on) & (pl.col("valid_until").is_null() | (pl.col("valid_until") >= on))
    return _newest(lines.filter(valid).select("subject", *_SAID), "subject")


def noted_last(lines: pl.DataFrame) -> pl.DataFrame:
    """When anything was noted last of each subject."""
    return lines.group_by("subject").agg(pl.col("noted_at").max())


def told_last(people: pl.DataFrame, own: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """What was said last of each fact of each of the people, of themselves or of their home."""
    members = people.select("person", "household")
    at_home = members.join(homes, left_on="household", right_on="subject", how="inner")
    lines = pl.concat(
        [at_home.select("person", *_SAID), own.select(pl.col("subject").alias("person"), *_SAID)]
    )
    return _newest(lines, "person")


_IS_KNOWN = (pl.col("state") == "known") & pl.col("value").is_not_null()


def known_on(people: pl.DataFrame, told: pl.DataFrame, on: date) -> pl.DataFrame:
    """One row for each of the people, in their order; a column for each fact that anybody is known to have.

    `told` is what was said last. As `people.queries.known_values`: nothing that is not known, refused or too old; birth
    and sex are the register's own where it knows them.
    """
    holding = told.filter(_IS_KNOWN & ~_faded(on))
    wide = _wide(people.select("person"), holding.select("person", "name", "value"))
    return _with_register(wide, people)


def doubts_of(people: pl.DataFrame, told: pl.DataFrame, known: pl.DataFrame, on: date) -> pl.DataFrame:
    """`faded` and `unlikely` of each of the people, in their order: how much to ask anew, and to look at again.

    Nothing of whom the rules are not asked about either: nobody goes to them for it.
    """
    old = told.filter(_IS_KNOWN & _faded(on)).group_by("person").agg(pl.len().alias("faded"))
    judged = verdicts(known, contradictions.rules(), catalogue_facts.specs(), on)
    counts = people.select("person", "judged").join(old, on="person", how="left", maintain_order="left")
    return counts.with_columns(judged.select(unlikely=pl.sum_horizontal(pl.all().fill_null(False)))).select(
        pl.when("judged").then(pl.col(name)).otherwise(None).fill_null(0).cast(pl.UInt16).alias(name)
        for name in ("faded", "unlikely")
    )


def _newest(lines: pl.DataFrame, subject: str) -> pl.DataFrame:
    ordered = lines.sort("noted_at", maintain_order=True)
    return ordered.unique([subject, "name"], keep="last", maintain_order=True)


def _faded(on: date) -> pl.Expr:
    """Whether what was said is too old to be taken for true."""
    faded = pl.lit(False)
    for name, fact in catalogue_facts.asked_facts().items():
        if fact.holds_for is not None:
            faded |= (pl.col("name") == name) & (pl.col("valid_from") <= _last_faded(on, fact.holds_for))
    return faded


def _last_faded(on: date, months: int) -> date:
    """The newest day on which something said does not hold any more."""
    day = months_later(on, -months)
    while months_later(day + timedelta(days=1), months) <= on:
        day += timedelta(days=1)
    return day


def _wide(people: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """From lines to typed columns. What the catalogue knows no more, or what cannot be read, is not known."""
    asked = catalogue_facts.asked_facts()
    lines = lines.filter(pl.col("name").is_in(list(asked)))
    wide = lines.pivot(on="name", index="person", values="value") if lines.height else lines.select("person")
    texts = people.join(wide, on="person", how="left", maintain_order="left")
    columns = [column for name in texts.columns[1:] for column in _typed(asked[name], texts.get_column(name))]
    return texts.select("person").with_columns(columns)


def _typed(fact: Fact, text: pl.Series) -> Iterable[pl.Series]:
    name, kind = fact.name, fact.kind
    if kind is FactKind.BOOL:
        words = pl.Enum(("false", "true"))
        return [(text.cast(words, strict=False) == "true").alias(name)]
    if kind is FactKind.NUMBER:
        return [text.cast(pl.Int64, strict=False)]
    if kind is FactKind.CHOICE:
        return [text.cast(pl.Enum(fact.spec.choices), strict=False)]
    return _dates(name, text)


def _dates(name: str, text: pl.Series) -> list[pl.Series]:
    """A known day; beside it the two ends, where anybody has only an estimate."""
    exact = text.str.to_date("%Y-%m-%d", strict=False)
    is_range = text.str.contains(_END, literal=True).fill_null(False)
    if not is_range.any():
        return [exact]
    ends = text.str.splitn(_END, 2)
    return [
        exact,
        *(
            ends.struct.field(f"field_{place}").str.to_date("%Y-%m-%d", strict=False).alias(name + end)
            for place, end in enumerate((EARLIEST, LATEST))
        ),
    ]


def _with_register(wide: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Birth and sex as the register has them, above what was said."""
    first, last = people.get_column("born_earliest"), people.get_column("born_latest")
    missing = pl.Series([None] * wide.height, dtype=pl.Date)
    said = {name: wide.get_column(name, default=missing) for name in (BORN, BORN + EARLIEST, BORN + LATEST)}
    frame = pl.DataFrame({"first": first, "last": last, **said}).select(
        pl.when(pl.col("first").is_null())
        .then(pl.col(BORN))
        .when(pl.col("first") == pl.col("last"))
        .then(pl.col("first"))
        .alias(BORN),
        pl.coalesce("first", pl.coalesce(BORN + EARLIEST, BORN)).alias(BORN + EARLIEST),
        pl.coalesce("last", pl.coalesce(BORN + LATEST, BORN)).alias(BORN + LATEST),
    )
    sexes = pl.Enum(catalogue_facts.get(SEX).spec.choices)
    own = people.get_column("sex").cast(sexes, strict=False)
    told = wide.get_column(SEX, default=pl.Series([None] * wide.height, dtype=sexes))
    return wide.with_columns(*frame.get_columns(), own.fill_null(told).alias(SEX))


def words_of(known: pl.DataFrame, edition: Edition, on: date) -> pl.DataFrame:
    """`rule_yes` and `rule_unknown` of everybody, in the same order."""
    rules = edition.rules()
    judged = verdicts(known, rules, catalogue_facts.specs(), on)
    nothing = pl.lit(False)
    places = [(code, code in rules) for code in types_of(edition)]
    return judged.select(
        packed(pl.col(code) if ruled else nothing for code, ruled in places).alias("rule_yes"),
        packed(pl.col(code).is_null() if ruled else nothing for code, ruled in places).alias("rule_unknown"),
    )


def decided_words(
    decisions: pl.DataFrame, screenings: pl.DataFrame, edition: Edition, on: date
) -> pl.DataFrame:
    """`person`, `confirmed`, `refused`: the newest decision of each person and type by the end of the day.

    One that was made before its facts were judged again does not count. Decisions under another list are carried over
    where the crosswalk says that the people are the same.
    """
    end = naive(end_of(on))
    codes = _carried_codes(screenings.get_column("edition").unique().to_list(), edition)
    newest = (
        decisions.filter(pl.col("noted_at") < end)
        .join(screenings, left_on="about", right_on="screening", how="inner")
        .filter((pl.col("noted_at") >= pl.col("finished_at")) | (pl.col("finished_at") >= end))
        .join(codes, left_on=["edition", "name"], right_on=["edition", "code"], how="inner")
        .sort("noted_at", maintain_order=True)
        .unique(["subject", "bit"], keep="last", maintain_order=True)
    )
    words = [
        pl.col("bit").filter(pl.col("value") == said).sum().alias(word)
        for said, word in (("yes", "confirmed"), ("no", "refused"))
    ]
    return newest.group_by(pl.col("subject").alias("person")).agg(words)


def _carried_codes(used: Sequence[str], edition: Edition) -> pl.DataFrame:
    """From a list and its code to the bit of the type in this edition."""
    bits = {code: 1 << place for place, code in enumerate(types_of(edition))}
    lines = [
        (code, theirs, bits[mine])
        for code in used
        for theirs, mine in successors(code, edition.code).items()
        if mine in bits
    ]
    return pl.DataFrame(
        lines, schema={"edition": pl.String, "code": pl.String, "bit": pl.UInt64}, orient="row"
    )


def successors(before: str, after: str) -> Mapping[str, str]:
    """Which type of one list stands for the same people as one of another: by the crosswalk between them, or by code.

    Only where it is one for one: what an age or a worker decides is carried over by nobody but a worker.
    """
    for walk in editions.crosswalks():
        pairs = [(step.source, step.targets[0]) for step in walk.steps if step.how == "one_to_one"]
        if (walk.source, walk.target) == (before, after):
            return dict(pairs)
        if (walk.source, walk.target) == (after, before):
            alone = [target for _, target in pairs]
            return {target: source for source, target in pairs if alone.count(target) == 1}
    known = {edition.code for edition in (*editions.all_editions(), *lists_with_rules())}
    return {code: code for code in types_of(list_called(after))} if before in known else {}


def origins(before: str, after: str) -> Mapping[str, tuple[str, ...]]:
    """By the types of one list, the types of another that the same people stood in: for comparing, not for deciding.

    Where a type is one for one with another only that counts; otherwise all that an age or a worker would lead here.
    """
    if before == after:
        return {code: (code,) for code in types_of(list_called(after))}
    ways: list[tuple[bool, str, str]] = []
    for walk in editions.crosswalks():
        for step in walk.steps:
            is_sure = step.how == "one_to_one"
            if (walk.source, walk.target) == (before, after):
                ways += [(is_sure, target, step.source) for target in step.targets]
            elif (walk.source, walk.target) == (after, before):
                ways += [(is_sure, step.source, target) for target in step.targets]
    if not ways:
        return {mine: (theirs,) for theirs, mine in successors(before, after).items()}
    sure = {mine for is_sure, mine, _ in ways if is_sure}
    found: dict[str, tuple[str, ...]] = {}
    for is_sure, mine, theirs in ways:
        if is_sure or mine not in sure:
            found[mine] = (*found.get(mine, ()), theirs)
    return found
