"""Who may come, as a rule: read in the catalogue's closed language, told in plain words, its mistakes told too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue import facts, wording
from simpul.catalogue.facts import Fact
from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    IsTrue,
    Named,
    Node,
    Not,
    Operator,
    RuleError,
    parse,
)

_NAMED = re.compile(r"'([^']*)'")
_LONGEST_WORDS = 1000


class RuleRefused(Refusal):
    """A rule that cannot be read: says in plain words what to write instead."""


@lru_cache(maxsize=4096)
def node_of(rule: str) -> Node | None:
    """The rule as the engine judges it; None where there is none. Raises RuleRefused."""
    if not rule.strip():
        return None
    try:
        return parse(rule, facts=facts.specs(), names=facts.book().derived)
    except RuleError as error:
        raise RuleRefused(_in_plain_words(error.sentence)) from error


# --- mistakes in plain words ---


def _in_plain_words(sentence: str) -> str:
    """The engine's sentence for who writes a listing and no rules: what is wrong, and an example that works."""
    named = _NAMED.findall(sentence)
    first = named[0] if named else ""
    for begins, words in _mistakes():
        if begins in sentence:
            return words % {"what": first, "near": named[1] if len(named) > 1 else ""}
    return _("Aturan itu tidak terbaca. Contoh yang terbaca: is_elderly AND NOT cared_for.")


def _mistakes() -> tuple[tuple[str, str], ...]:
    # From the most telling words of the engine's sentence to the widest.
    return (
        ("did you mean", _("“%(what)s” tidak dikenal. Mungkin maksudnya “%(near)s”?")),
        ("is not known here", _("“%(what)s” tidak dikenal. Lihat daftar kata di bawah.")),
        (
            "is not a yes or no",
            _("“%(what)s” bukan ya atau tidak. Bandingkan dengan sesuatu, misalnya: AGE(born) >= 60."),
        ),
        ("is a yes or no", _("“%(what)s” dijawab ya atau tidak: tulis namanya saja, atau NOT di depannya.")),
        ("is a number: compare it", _("Umur adalah angka. Bandingkan, misalnya: AGE(born) >= 18.")),
        ("takes a date", _("“%(what)s” bukan tanggal. Untuk umur tulis AGE(born).")),
        ("takes one date", _("Untuk umur tulis AGE(born).")),
        ("is no choice of", _("“%(what)s” bukan pilihan dari “%(near)s”. Lihat daftar kata di bawah.")),
        ("is outside what", _("Angka itu di luar yang mungkin untuk “%(what)s”.")),
        ("a whole number is needed", _("Tulis angka bulat tanpa titik, misalnya: household_size >= 5.")),
        ("is not a whole number", _("“%(what)s” bukan angka bulat.")),
        ("DATE 'YYYY-MM-DD'", _("Tanggal ditulis DATE '2026-01-31'.")),
        ("single quotes", _("Pilihan ditulis di antara tanda petik tunggal, misalnya: sex = 'P'.")),
        ("has no order", _("Pilihan tidak punya urutan: pakai =, <> atau IN.")),
        ("quotation mark", _("Ada tanda petik yang dibuka tetapi tidak ditutup.")),
        ("AT_LEAST", _("AT_LEAST dimulai dengan angka, misalnya: AT_LEAST(2, poor, left_alone, shunned).")),
        (
            "the answer is always",
            _("Jawabannya akan selalu sama, jadi aturan ini tidak membedakan siapa pun."),
        ),
        ("smaller bound first", _("Pada BETWEEN tulis angka yang kecil dahulu.")),
        ("nested", _("Tanda kurungnya bertumpuk terlalu dalam. Sederhanakan.")),
        ("characters", _("Aturan itu terlalu panjang. Sederhanakan.")),
        ("comment", _("Tulis aturannya saja, tanpa catatan di dalamnya.")),
        ("semicolon", _("Tulis satu aturan saja, tanpa titik koma.")),
        (
            "cannot be read at",
            _("Tidak terbaca di sekitar “%(what)s”. Sambungkan bagian-bagiannya dengan AND atau OR."),
        ),
    )


# --- a rule in plain words ---


def words_of(rule: str, language: str = "") -> str:
    """The rule as people read it, one condition in a line; "" where there is none. Raises RuleRefused."""
    node = node_of(rule)
    if node is None:
        return ""
    language = language or get_language() or "id"
    parts = node.parts if isinstance(node, All) else (node,)
    return "\n".join(_sentence(part, language) for part in parts)[:_LONGEST_WORDS]


def _sentence(node: Node, language: str) -> str:
    words = _told(node, language)
    return words[:1].upper() + words[1:]


def _told(node: Node, language: str) -> str:
    match node:
        case Named():
            return _label(node.code, language)
        case IsTrue():
            return _question(node.fact, language, is_yes=True)
        case Not():
            return _not(node.part, language)
        case All():
            return _joined(node.parts, language, _("%(first)s, dan %(second)s"))
        case Any():
            return _("salah satu: %(parts)s") % {"parts": _listed(node.parts, language)}
        case AtLeast():
            told = {"number": node.needed, "parts": _listed(node.parts, language)}
            return _("paling sedikit %(number)s dari: %(parts)s") % told
    return _compared(node, language)


def _not(node: Node, language: str) -> str:
    if isinstance(node, IsTrue):
        return _question(node.fact, language, is_yes=False)
    return _("bukan: %(part)s") % {"part": _told(node, language)}


def _joined(parts: tuple[Node, ...], language: str, pattern: str) -> str:
    told = [_told(part, language) for part in parts]
    words = told[0]
    for part in told[1:]:
        words = pattern % {"first": words, "second": part}
    return words


def _listed(parts: tuple[Node, ...], language: str) -> str:
    return "; ".join(_told(part, language) for part in parts)


def _compared(node: Node, language: str) -> str:
    match node:
        case Among():
            fact = facts.get(node.fact)
            choices = ", ".join(fact.choice_label(code).in_language(language) for code in node.choices)
            return f"{_label(node.fact, language)}: {choices}"
        case AgeCompare():
            bound = _bound(node.operator, _("%(number)s tahun") % {"number": node.years})
            return f"{_years(node.fact, language)}: {bound}"
        case AgeBetween():
            span = _("%(low)s sampai %(high)s tahun") % {"low": node.low, "high": node.high}
            return f"{_years(node.fact, language)}: {span}"
        case Between():
            fact = facts.get(node.fact)
            low, high = (wording.value(fact, bound, language) for bound in (node.low, node.high))
            return f"{_label(node.fact, language)}: " + _("%(low)s sampai %(high)s") % {
                "low": low,
                "high": high,
            }
        case Compare():
            bound = wording.value(facts.get(node.fact), node.bound, language)
            return f"{_label(node.fact, language)}: {_bound(node.operator, bound)}"
        case CompareFacts():
            other = _label(node.right, language)
            return f"{_label(node.left, language)}: {_bound(node.operator, other)}"
    return str(node)


def _bound(operator: Operator, bound: str) -> str:
    words = {
        Operator.LESS: _("kurang dari %(bound)s"),
        Operator.AT_MOST: _("%(bound)s atau kurang"),
        Operator.MORE: _("lebih dari %(bound)s"),
        Operator.AT_LEAST: _("%(bound)s atau lebih"),
        Operator.EQUAL: _("tepat %(bound)s"),
        Operator.NOT_EQUAL: _("bukan %(bound)s"),
    }
    return words[operator] % {"bound": bound}


def _question(name: str, language: str, *, is_yes: bool) -> str:
    fact = _fact(name)
    question = fact.question.in_language(language) if fact else name
    return f"{question} {_('Ya') if is_yes else _('Tidak')}"


def _label(name: str, language: str) -> str:
    fact = _fact(name)
    if fact is None:
        return name
    return (fact.label or fact.question).in_language(language)


def _years(name: str, language: str) -> str:
    fact = _fact(name)
    return fact.years.in_language(language) if fact and fact.years else _label(name, language)


def _fact(name: str) -> Fact | None:
    return facts.all_facts().get(name)


# --- the words that a rule may use ---


def vocabulary(language: str) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Each name that a rule may use, what it asks, and its choices: for the help below the field."""
    for name, fact in facts.all_facts().items():
        words = (fact.label or fact.question).in_language(language)
        choices = tuple((choice.code, choice.label.in_language(language)) for choice in fact.choices)
        yield name, words, choices
