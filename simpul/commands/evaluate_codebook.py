"""The codebook of `simpul evaluate`: which columns make up which aspect, in what range, with which categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from simpul.commands.evaluate_cells import Faults, Tell, number_in, plain, rows, total
from simpul.commands.language import _
from simpul.commands.people_file import opened
from simpul.commands.stop import Stop
from simpul.engines.statistics import Aspect, Band

YES, NO = frozenset({"ya", "y", "yes", "true", "1"}), frozenset({"", "tidak", "t", "no", "n", "false", "0"})
CODEBOOK = {
    "item": ("item", "butir", "kolom", "column"),
    "aspect": ("aspect", "aspek"),
    "title": ("title", "judul"),
    "reversed": ("reversed", "dibalik"),
    "minimum": ("minimum", "terendah"),
    "maximum": ("maximum", "tertinggi"),
    "bands": ("bands", "kategori"),
    "reliability": ("reliability", "keandalan"),
    "standard_deviation": ("standard_deviation", "simpangan_baku"),
    "lower_is_better": ("lower_is_better", "rendah_lebih_baik"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One column of the answers. Without bounds any number is believed, and it cannot be reversed."""

    column: str
    lowest: float | None = None
    highest: float | None = None
    is_reversed: bool = False

    def scored(self, answer: float) -> float:
        if not self.is_reversed or self.lowest is None or self.highest is None:
            return answer
        return self.lowest + self.highest - answer


@dataclass(frozen=True, slots=True)
class Measure:
    """An aspect and the items whose sum it is."""

    aspect: Aspect
    items: tuple[Item, ...]


def codebook(path: Path) -> tuple[Measure, ...]:
    """What the columns are, from a file with a row for each item. Raises Stop."""
    file = opened(path)
    names = {plain(heading): heading for heading in file.headings}
    columns = {
        name: next((names[word] for word in words if word in names), "") for name, words in CODEBOOK.items()
    }
    for name in ("item", "aspect"):
        if not columns[name]:
            raise Stop(_("%(file)s tidak punya kolom %(column)s.") % {"file": path, "column": name})
    found: dict[str, Measure] = {}
    seen: set[str] = set()
    faults = Faults(path)
    for number, row in rows(file, faults):
        told = {name: row.get(heading, "") for name, heading in columns.items() if heading}
        if not told["item"] or not told["aspect"]:
            faults.add(number, "", _("butir dan aspek harus diisi"))
        elif told["item"] in seen:
            faults.add(number, columns["item"], _("butir %s sudah disebut") % told["item"])
        else:
            seen.add(told["item"])
            _add_item(found, told, faults.of_row(number, columns))
    faults.stop()
    if not found:
        raise Stop(_("%s tidak berisi butir.") % path)
    return tuple(_with_range(measure) for measure in found.values())


def _add_item(found: dict[str, Measure], told: Mapping[str, str], fault: Tell) -> None:
    numbers = {}
    for name in ("minimum", "maximum", "reliability", "standard_deviation"):
        try:
            numbers[name] = number_in(told.get(name, ""))
        except ValueError:
            fault(name, _("%r bukan bilangan") % told[name])
            return
    low, high = numbers["minimum"], numbers["maximum"]
    turned = told.get("reversed", "").lower()
    unclear = [name for name in ("reversed", "lower_is_better") if told.get(name, "").lower() not in YES | NO]
    if low is not None and high is not None and low >= high:
        fault("maximum", _("nilai tertinggi harus lebih besar daripada nilai terendah"))
    elif unclear:
        fault(unclear[0], _("tulis ya atau tidak, bukan %r") % told[unclear[0]])
    elif turned in YES and (low is None or high is None):
        fault("reversed", _("butir yang dibalik perlu nilai terendah dan tertinggi"))
    else:
        item = Item(told["item"], low, high, turned in YES)
        measure = found.get(told["aspect"]) or Measure(Aspect(told["aspect"], told["aspect"]), ())
        aspect = _with_aspect_words(measure.aspect, told, numbers, fault)
        found[told["aspect"]] = Measure(aspect, (*measure.items, item))


def _with_aspect_words(
    aspect: Aspect, told: Mapping[str, str], numbers: Mapping[str, float | None], fault: Tell
) -> Aspect:
    """What a row says about its aspect; it may stand in any row of it."""
    reliability, deviation = numbers["reliability"], numbers["standard_deviation"]
    if reliability is not None and not 0 <= reliability < 1:
        fault("reliability", _("keandalan dari 0 sampai di bawah 1"))
        return aspect
    if deviation is not None and deviation <= 0:
        fault("standard_deviation", _("simpangan baku harus lebih dari 0"))
        return aspect
    try:
        bands = _bands(told.get("bands", "")) or aspect.bands
    except ValueError:
        fault("bands", _("tulis kategori dari yang terendah, misalnya kurang:0; cukup:8; baik:14"))
        return aspect
    return replace(
        aspect,
        title=told.get("title") or aspect.title,
        bands=bands,
        reliability=aspect.reliability if reliability is None else reliability,
        standard_deviation=aspect.standard_deviation if deviation is None else deviation,
        higher_is_better=aspect.higher_is_better and told.get("lower_is_better", "").lower() not in YES,
    )


def _bands(text: str) -> tuple[Band, ...]:
    """ "kurang:0; cukup:8" as bands. Raises ValueError."""
    bands = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        title, _colon, bound = part.rpartition(":")
        at_least = number_in(bound)
        if not title.strip() or at_least is None:
            raise ValueError(part)
        bands.append(Band(title.strip(), at_least, title.strip()))
    if [band.at_least for band in bands] != sorted({band.at_least for band in bands}):
        raise ValueError(text)
    return tuple(bands)


def _with_range(measure: Measure) -> Measure:
    """The lowest and highest sum, where every item has its own."""
    lowest, highest = (total([getattr(item, end) for item in measure.items]) for end in ("lowest", "highest"))
    return replace(measure, aspect=replace(measure.aspect, lowest=lowest, highest=highest))
