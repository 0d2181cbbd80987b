"""The files of `simpul evaluate`: answers before and after, put together into a study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simpul.commands.evaluate_cells import MOST_TOLD, Faults, number_in, plain, rows, total
from simpul.commands.evaluate_codebook import Item, Measure
from simpul.commands.language import _
from simpul.commands.people_file import PeopleFile
from simpul.commands.stop import USAGE, Stop
from simpul.engines.statistics import Aspect, ItemAnswers, Score, Study

PERSON = ("person", "orang", "kode", "id")
ORGANISATION = ("organisation", "organisasi", "lembaga", "lks")
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says who, where, and in which group; the last two may be empty."""

    person: str
    organisation: str = ""
    group: str = ""


@dataclass(slots=True)
class Answers:
    """One file of answers by person: the answers by column, and where the person belongs."""

    by_person: dict[str, dict[str, float | None]] = field(default_factory=dict)
    organisation: dict[str, str] = field(default_factory=dict)
    group: dict[str, str] = field(default_factory=dict)


def columns_of(file: PeopleFile, *, by: str, organisation: str, group: str) -> Columns:
    """Which columns say who and where. Those that were asked for must be there. Raises Stop."""
    names = {plain(heading): heading for heading in file.headings}

    def named(asked: str, usual: Iterable[str]) -> str:
        if asked and plain(asked) not in names:
            known = ", ".join(heading for heading in file.headings if heading)
            sentence = _("%(file)s tidak punya kolom %(column)s. Yang ada: %(known)s.")
            raise Stop(sentence % {"file": file.path, "column": asked, "known": known}, USAGE)
        return names[plain(asked)] if asked else next((names[one] for one in usual if one in names), "")

    person = named(by, PERSON)
    if not person:
        raise Stop(_("Kolom mana yang menyebut orangnya? Tambahkan --by KOLOM, misalnya --by kode."), USAGE)
    return Columns(person, named(organisation, ORGANISATION), named(group, ()))


def measures_of(file: PeopleFile, columns: Columns) -> tuple[Measure, ...]:
    """Without a codebook every other column is an aspect of its own."""
    taken = {columns.person, columns.organisation, columns.group, ""}
    found = [heading for heading in file.headings if heading not in taken]
    if not found:
        raise Stop(_("%s tidak punya kolom nilai.") % file.path)
    return tuple(Measure(Aspect(heading, heading), (Item(heading),)) for heading in found)


def answers_of(
    file: PeopleFile, columns: Columns, measures: Sequence[Measure], *, named_in: Path, hint: str = ""
) -> Answers:
    """All answers of a file. Raises Stop with every cell (the first ten) that cannot be believed, and the hint.

    `named_in` is the file that says which columns there are: the codebook, or the answers before.
    """
    items = [item for measure in measures for item in measure.items]
    missing = [item.column for item in items if item.column not in file.headings]
    if missing:
        sentence = _("%(file)s tidak punya kolom %(column)s yang disebut dalam %(named_in)s.")
        names = {"file": file.path, "column": ", ".join(missing[:MOST_TOLD]), "named_in": named_in}
        raise Stop("\n".join(filter(None, [sentence % names, hint])))
    found, faults = Answers(), Faults(file.path, hint)
    for number, row in rows(file, faults):
        person = row.get(columns.person, "")
        if not person:
            faults.add(number, columns.person, _("orangnya tidak disebut"))
            continue
        if person in found.by_person:
            faults.add(number, columns.person, _("%s sudah ada di baris lain") % person)
            continue
        found.by_person[person] = {item.column: _answer(row, item, number, faults) for item in items}
        found.organisation[person] = row.get(columns.organisation, "") if columns.organisation else ""
        found.group[person] = row.get(columns.group, "") if columns.group else ""
    faults.stop()
    if not found.by_person:
        raise Stop(_("%s tidak berisi baris orang.") % file.path)
    return found


def _answer(row: Mapping[str, str], item: Item, number: int, faults: Faults) -> float | None:
    text = row.get(item.column, "")
    try:
        value = number_in(text)
    except ValueError:
        faults.add(number, item.column, _("%r bukan bilangan") % text)
        return None
    if value is None:
        return None
    is_low = item.lowest is not None and value < item.lowest
    if is_low or (item.highest is not None and value > item.highest):
        why = _("%(value)s di luar %(lowest)s sampai %(highest)s")
        ends = {"lowest": _bound(item.lowest), "highest": _bound(item.highest)}
        faults.add(number, item.column, why % {"value": text, **ends})
        return None
    return item.scored(value)


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


# --- The study ---


def study_of(measures: Sequence[Measure], before: Answers, after: Answers, *, comparison: str = "") -> Study:
    """Scores are sums of all items of an aspect; one item not answered, and there is no score."""
    organisation, group = {**after.organisation}, {**after.group, **before.group}
    # Where only one of the files names it, that is where the person belongs.
    organisation.update({person: name for person, name in before.organisation.items() if name})
    if comparison and comparison not in group.values():
        known = ", ".join(sorted(set(group.values()) - {""}))
        sentence = _("Tidak ada orang dalam kelompok pembanding %(group)s. Yang ada: %(known)s.")
        raise Stop(sentence % {"group": comparison, "known": known or "-"}, USAGE)

    def scores() -> Iterator[Score]:
        for wave, answers in ((BEFORE, before), (AFTER, after)):
            for person, told in answers.by_person.items():
                # Somebody who moved keeps both places, so that the evaluation can say so.
                place = (answers.organisation[person] or organisation[person], group[person])
                for measure in measures:
                    value = total([told[item.column] for item in measure.items])
                    yield Score(person, measure.aspect.code, wave, value, *place)

    items = tuple(
        _item_answers(measure, before, comparison, group) for measure in measures if len(measure.items) > 1
    )
    aspects = tuple(measure.aspect for measure in measures)
    return Study(aspects, scores(), BEFORE, AFTER, comparison, items)


def _item_answers(
    measure: Measure, before: Answers, comparison: str, group: Mapping[str, str]
) -> ItemAnswers:
    """Those of the programme's people before it began; ranges that nobody told are what was seen."""
    people = [one for one in sorted(before.by_person) if not comparison or group[one] != comparison]
    rows = [[before.by_person[one][item.column] for item in measure.items] for one in people]
    seen = [[one for one in column if one is not None] for column in zip(*rows, strict=True)]
    seen = seen or [[] for _item in measure.items]
    pairs = list(zip(measure.items, seen, strict=True))
    lowest = tuple(min(told, default=0.0) if item.lowest is None else item.lowest for item, told in pairs)
    highest = tuple(max(told, default=0.0) if item.highest is None else item.highest for item, told in pairs)
    codes = tuple(item.column for item in measure.items)
    return ItemAnswers(measure.aspect.code, codes, rows, lowest, highest)
