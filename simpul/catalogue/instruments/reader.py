"""Reads instruments from TOML: one file per version, each fault named with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from simpul.catalogue.instruments.shapes import (
    DIRECTIONS,
    KINDS,
    PURPOSES,
    Band,
    Domain,
    Instrument,
    Item,
    Level,
)
from simpul.catalogue.tables import VERIFIED, CatalogueError, Report, Table, read
from simpul.engines.scoring import METHODS

# fmt: off
_HEAD = (
    "code", "version", "title", "about", "note", "source", "verified", "valid_from", "purposes", "scale",
    "in_each_domain", "domain",
)
_DOMAIN = (
    "code", "title", "direction", "method", "fewest_answered", "at_least", "asks", "reliability",
    "standard_deviation", "measured_in", "item", "alone", "band",
)
# fmt: on
_ITEM = ("code", "question", "hint", "kind", "scale", "reversed", "required", "minimum", "maximum")


def read_all(folder: Path, report: Report) -> Iterator[Instrument]:
    """Every instrument of a folder; each fault goes to report and the faulty file is left out."""
    seen: set[tuple[str, int]] = set()
    for path in sorted(folder.glob("*.toml")):
        try:
            found = read_instrument(path)
            if path.stem != f"{found.code}-{found.version}":
                raise read(path).error(f"this file must be called {found.code}-{found.version}.toml", "code")
            if (found.code, found.version) in seen:
                raise read(path).error("this version is there twice", "version")
            seen.add((found.code, found.version))
            yield found
        except CatalogueError as error:
            report(error)


def read_instrument(path: Path) -> Instrument:
    """The instrument of one file. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys(*_HEAD)
    scales = dict(_scales(whole))
    added = tuple(whole.tables("in_each_domain"))
    domains = tuple(_domain(table, scales, added) for table in whole.tables("domain"))
    if not domains:
        raise whole.error("there is no [[domain]]")
    purposes = whole.strings("purposes") or ("assessment",)
    if wrong := set(purposes) - set(PURPOSES):
        raise whole.error(f"{sorted(wrong)} are not purposes; there are {', '.join(PURPOSES)}", "purposes")
    found = Instrument(
        code=whole.string("code"),
        version=whole.whole("version"),
        title=whole.text("title"),
        about=whole.text("about"),
        source=whole.string("source"),
        verified=whole.one_of("verified", VERIFIED),
        valid_from=whole.day("valid_from"),
        domains=domains,
        note=whole.optional_text("note"),
        purposes=purposes,
    )
    _check(found, whole)
    return found


def _check(found: Instrument, whole: Table) -> None:
    """What only the whole shows: codes that are there twice, scores that could never be known."""
    codes = [domain.code for domain in found.domains]
    if len(codes) != len(set(codes)):
        raise whole.error("two domains have the same code", "domain")
    try:
        found.scheme()
    except ValueError as error:
        raise whole.error(str(error)) from error
    for domain, scheme in zip(found.domains, found.scheme().domains, strict=True):
        if fault := band_fault(domain, scheme.minimum, scheme.maximum):
            raise whole.error(f"the bands of {domain.code!r}: {fault}", "domain")


def band_fault(domain: Domain, lowest: float, highest: float) -> str:
    """What is wrong with the cut-offs of a domain; empty where nothing is."""
    cuts = [band.from_score for band in domain.bands]
    if not cuts:
        return ""
    if not domain.is_scored:
        return "nothing is scored here"
    if cuts != sorted(set(cuts)) or len({band.code for band in domain.bands}) != len(cuts):
        return "they stand from lowest to highest, each once"
    if cuts[0] != lowest:
        return f"the first begins at the lowest score, {lowest:g}"
    return f"the last lies above the highest score, {highest:g}" if cuts[-1] > highest else ""


def _scales(whole: Table) -> Iterator[tuple[str, tuple[Level, ...]]]:
    """Levels that many items share, by the code of the scale."""
    for table in whole.tables("scale"):
        table.check_keys("code", "level")
        levels = []
        for level in table.tables("level"):
            level.check_keys("value", "label", "description")
            label = level.text("label")
            levels.append(Level(level.whole("value"), label, level.optional_text("description") or label))
        values = [level.value for level in levels]
        if len(values) < 2 or values != sorted(set(values)):
            raise table.error("a scale has at least two levels, from lowest to highest, each once")
        yield table.string("code"), tuple(levels)


def _domain(table: Table, scales: Mapping[str, tuple[Level, ...]], added: tuple[Table, ...]) -> Domain:
    table.check_keys(*_DOMAIN)
    code = table.string("code")
    items = [_item(item, scales) for item in table.tables("item")]
    if not items:
        raise table.error("this domain has no [[domain.item]]")
    if not table.flag("alone"):
        items += [_item(item, scales, of=code) for item in added]
    return Domain(
        code=code,
        title=table.text("title"),
        items=tuple(items),
        direction=table.one_of("direction", DIRECTIONS, "higher_is_better"),
        method=table.one_of("method", METHODS, "mean"),
        fewest_answered=table.optional_whole("fewest_answered"),
        at_least=table.optional_whole("at_least"),
        asks=table.optional_text("asks"),
        reliability=_figure(table, "reliability"),
        standard_deviation=_figure(table, "standard_deviation"),
        measured_in=table.string("measured_in") if _is_measured(table) else "",
        bands=tuple(_band(band) for band in table.tables("band")),
    )


def _band(table: Table) -> Band:
    table.check_keys("code", "label", "from_score")
    value = table.data.get("from_score")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise table.error("'from_score' must be a number", "from_score")
    return Band(table.string("code"), table.text("label"), float(value))


def _is_measured(table: Table) -> bool:
    """A reliability without the study it is from is worth nothing: then `measured_in` must be there."""
    return bool({"reliability", "standard_deviation", "measured_in"} & set(table.data))


def _figure(table: Table, key: str) -> float | None:
    if key not in table.data:
        return None
    value = table.data[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise table.error(f"{key!r} must be a number above zero", key)
    if key == "reliability" and value >= 1:
        raise table.error("a reliability is below 1", key)
    return float(value)


def _item(table: Table, scales: Mapping[str, tuple[Level, ...]], of: str = "") -> Item:
    """One item. A key that is a number tells what that level of its scale means here."""
    kind = table.one_of("kind", KINDS, "scale")
    levels: tuple[Level, ...] = ()
    if kind in ("scale", "choice"):
        name = table.one_of("scale", tuple(scales))
        levels = tuple(_level(table, level) for level in scales[name])
    elif "scale" in table.data:
        raise table.error(f"an item of the kind {kind!r} has no levels", "scale")
    table.check_keys(*_ITEM, *(str(level.value) for level in levels))
    code = table.string("code")
    return Item(
        code=f"{of}_{code}" if of else code,
        question=table.text("question"),
        kind=kind,
        hint=table.optional_text("hint"),
        levels=levels,
        is_reversed=table.flag("reversed"),
        required=table.flag("required"),
        minimum=table.optional_whole("minimum"),
        maximum=table.optional_whole("maximum"),
    )


def _level(table: Table, level: Level) -> Level:
    told = table.optional_text(str(level.value))
    return level if told is None else Level(level.value, level.label, told)
