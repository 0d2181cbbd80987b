"""How strong a body stands in six fields: judged from what is recorded and what was seen, before beside after.

A field is met where all that counts in it is met, missing where anything is, else not known. These are no official
thresholds: an item is met at its highest level, as the instrument describes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.instruments import Instrument, Item, comparable
from simpul.catalogue.programmes.strength import Mark, strength
from simpul.engines.reasons import Answer, Finding
from simpul.engines.scoring import REASONS
from simpul.instruments.queries import find, level_words
from simpul.programmes.models import Member, Realisation, StrengthCheck
from simpul.programmes.queries.kept import is_taking_part
from simpul.programmes.queries.mentoring import hand_of, words_of
from simpul.programmes.queries.strength_known import how_words
from simpul.programmes.stages import Occasion, Realised

Told = Mapping[str, Any]
_NOT_COUNTED = "not_applicable"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a field: what was answered, and how that is known. What only informs does not count."""

    label: str
    answer: str
    tag: str
    words: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One of the six fields of a check."""

    code: str
    title: str
    answer: str
    tag: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is not as it was, and where the later answer comes from."""

    label: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One field before and after. `apart` are things that may not be compared, since the question changed."""

    title: str
    before: Field
    after: Field
    changed: tuple[Changed, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two checks side by side. `done` are lines of the plan that were carried out between them."""

    before: StrengthCheck
    after: StrengthCheck
    fields: tuple[FieldBeside, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The checks of one body: the newest finished ones, drafts, and before beside after."""

    member: Member
    checks: tuple[StrengthCheck, ...]
    drafts: tuple[StrengthCheck, ...]
    beside: Beside | None
    hand: Permission | None


def edition_of(instrument: Instrument) -> str:
    """Which questions and which marks a check was made with."""
    return f"{instrument.code}:{instrument.version}/{strength().version}"


def instrument_of(check: StrengthCheck) -> Instrument:
    """The questions of a check, in the version with which it was begun. KeyError where there is none any more."""
    code, _colon, version = check.edition.partition("/")[0].partition(":")
    return find(code, version)


# --- judging ---


def settled(known: Mapping[str, Told]) -> frozenset[str]:
    """The items that Simpul answers of itself: every mark that belongs to them is known."""
    wanted: dict[str, list[bool]] = {}
    for mark in strength().marks:
        if mark.item:
            wanted.setdefault(mark.item, []).append(_known(known, mark) is not Answer.UNKNOWN)
    return frozenset(item for item, answers in wanted.items() if all(answers))


def asked(instrument: Instrument, known: Mapping[str, Told]) -> Instrument:
    """The instrument without what Simpul knows already."""
    out = settled(known)
    domains = (
        replace(domain, items=tuple(item for item in domain.items if item.code not in out))
        for domain in instrument.domains
    )
    return replace(instrument, domains=tuple(domain for domain in domains if domain.items))


def judged(instrument: Instrument, known: Mapping[str, Told], answers: Told) -> Finding:
    """The six fields, each from its marks and items."""
    out = settled(known)
    fields = []
    for domain in instrument.domains:
        marks = [_of_mark(mark, known) for mark in strength().marks if mark.field == domain.code]
        items = [_of_item(item, answers) for item in domain.items if item.code not in out]
        parts = (*marks, *items)
        counting = [part.answer for part in parts if part.values["counts"]]
        fields.append(Finding(min(counting, default=Answer.UNKNOWN), "field", domain.code, {}, parts))
    whole = min((field.answer for field in fields), default=Answer.UNKNOWN)
    return Finding(whole, "strength", edition_of(instrument), {}, tuple(fields))


def _of_mark(mark: Mark, known: Mapping[str, Told]) -> Finding:
    """A mark that is not known leaves its item to be asked, and counts no more."""
    answer = _known(known, mark)
    counts = bool(mark.item) and answer is not Answer.UNKNOWN
    return Finding(answer, "mark", mark.code, {"counts": counts})


def _known(known: Mapping[str, Told], mark: Mark) -> Answer:
    answers = {str(answer): answer for answer in Answer}
    return answers[str(known.get(mark.code, {}).get("answer", "unknown"))]


def _of_item(item: Item, answers: Told) -> Finding:
    given = answers.get(item.code)
    state = given.get("state") if isinstance(given, Mapping) else None
    truth = given == max(level.value for level in item.levels) if isinstance(given, int) else None
    return Finding(Answer.of(truth), "item", item.code, {"counts": state != _NOT_COUNTED})


def mark_of(answers: Told) -> str:
    """Tells whether what somebody read is still what is kept."""
    written = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


# --- in words ---


def known_lines(known: Mapping[str, Told]) -> list[Line]:
    """What Simpul knows of itself, as the form shows it above its questions."""
    return [_mark_line(mark.code, str(known.get(mark.code, {}).get("answer", "unknown")), known, bool(mark.item))
            for mark in strength().marks]  # fmt: skip


def fields_of(check: StrengthCheck) -> tuple[Field, ...]:
    """A finished check, as it was judged then; a draft as it would be judged now."""
    instrument = instrument_of(check)
    finding = check.finding or judged(instrument, check.known, check.answers).to_json()
    titles = {domain.code: domain.title for domain in instrument.domains}
    return tuple(
        Field(
            code=part["about"],
            title=titles[part["about"]].in_language(_language()),
            answer=_met()[part["answer"]],
            tag=_TAGS[part["answer"]],
            lines=tuple(_lines(part["parts"], check, instrument)),
        )
        for part in finding["parts"]
    )


def _lines(parts: list[dict[str, Any]], check: StrengthCheck, instrument: Instrument) -> Iterator[Line]:
    for part in parts:
        code, answer, counts = part["about"], part["answer"], bool(part["values"]["counts"])
        if part["kind"] == "mark":
            yield _mark_line(code, answer, check.known, counts)
        else:
            item = instrument.item(code)
            words = _item_words(item, check.answers)
            yield Line(item.question.in_language(_language()), _met()[answer], _TAGS[answer], words, counts)


def _item_words(item: Item, answers: Told) -> str:
    said = level_words(item, answers[item.code]) if item.code in answers else _("Belum dijawab")
    because = str(answers.get(REASONS, {}).get(item.code, ""))
    return f"{said}. {because}" if because else said


def _mark_line(code: str, answer: str, known: Mapping[str, Told], counts: bool) -> Line:
    how = how_words(code, known.get(code, {}))
    return Line(_label(code), _known_words()[answer], _TAGS[answer], how, counts)


def _label(code: str) -> str:
    labels = {mark.code: mark.label for mark in strength().marks}
    return labels[code].in_language(_language()) if code in labels else code


def _language() -> str:
    return get_language() or "id"


_TAGS = {"yes": "yes", "no": "no", "unknown": "open"}


def _met() -> dict[str, str]:
    return {"yes": _("terpenuhi"), "no": _("belum terpenuhi"), "unknown": _("belum diketahui")}


def _known_words() -> dict[str, str]:
    return {"yes": _("ya"), "no": _("tidak"), "unknown": _("belum diketahui")}


# --- the checks of one body ---


def page_of(member: Member, user: User) -> Page:
    """All checks of one body; of each occasion the newest finished one counts."""
    rows = list(StrengthCheck.objects.filter(member=member).order_by("-at", "pk"))
    finished = [row for row in rows if row.done_at is not None]
    before, after = (newest_of(finished, occasion) for occasion in (Occasion.BEFORE, Occasion.AFTER))
    return Page(
        member=member,
        checks=tuple(finished),
        drafts=tuple(row for row in rows if row.done_at is None),
        beside=beside(before, after) if before and after else None,
        hand=writing_hand(member, user),
    )


def writing_hand(member: Member, user: User) -> Permission | None:
    """By which right somebody may still write a check; None where they only read, and when it is over."""
    return hand_of(member, user) if is_taking_part(member) else None


def newest_of(checks: list[StrengthCheck], occasion: str) -> StrengthCheck | None:
    """The check of an occasion that counts: the one that was finished last."""
    mine = ((check.done_at, check) for check in checks if check.occasion == occasion and check.done_at)
    newest = max(mine, key=lambda one: one[0], default=None)
    return newest[1] if newest else None


def beside(before: StrengthCheck, after: StrengthCheck) -> Beside:
    """What changed between two checks, field by field, and because of what the later answer is as it is."""
    old, new = instrument_of(before), instrument_of(after)
    same = comparable(old, new).same_items
    earlier = {field.code: field for field in fields_of(before)}
    found = []
    for field in fields_of(after):
        if field.code not in earlier:
            continue
        changed, apart = _differences(field.code, before, after, same)
        found.append(FieldBeside(field.title, earlier[field.code], field, tuple(changed), tuple(apart)))
    return Beside(before, after, tuple(found), _done_between(before, after))


def _differences(
    code: str, before: StrengthCheck, after: StrengthCheck, same: frozenset[str]
) -> tuple[list[Changed], list[str]]:
    old, new = instrument_of(before), instrument_of(after)
    changed = [
        _mark_changed(mark.code, before.known, after.known)
        for mark in strength().marks
        if mark.field == code and before.known.get(mark.code) != after.known.get(mark.code)
    ]
    apart = []
    for item in new.domain(code).items:
        title = item.question.in_language(_language())
        was, now = before.answers.get(item.code), after.answers.get(item.code)
        if item.code not in same:
            apart.append(title)
        elif was is not None and now is not None and was != now:
            words = level_words(old.item(item.code), was), level_words(item, now)
            changed.append(Changed(title, *words, _seen(item, after)))
    return changed, apart


def _mark_changed(code: str, before: Mapping[str, Told], after: Mapping[str, Told]) -> Changed:
    answers = (str(known.get(code, {}).get("answer", "unknown")) for known in (before, after))
    was, now = (_known_words()[answer] for answer in answers)
    told = _("Data Simpul: %(words)s") % {"words": how_words(code, after.get(code, {}))}
    return Changed(_label(code), was, now, told)


def _seen(item: Item, check: StrengthCheck) -> str:
    day = date_format(check.on, "j F Y")
    because = str(check.answers.get(REASONS, {}).get(item.code, ""))
    seen = _("Dilihat pada %(day)s") % {"day": day}
    return f"{seen}: {because}" if because else seen


def _done_between(before: StrengthCheck, after: StrengthCheck) -> tuple[str, ...]:
    rows = Realisation.objects.filter(member=after.member_id, on__gte=before.on, on__lte=after.on)
    newest: dict[UUID, str] = {}
    for row in rows.order_by("at", "pk"):
        newest[row.line] = row.realised
    done = {str(line) for line, realised in newest.items() if realised == Realised.DONE}
    return tuple(words_of(after.member, done).values())
