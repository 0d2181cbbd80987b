"""Criteria by which bodies are chosen: written in the closed rule language, judged with reasons, told in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue import programmes as catalogue
from simpul.catalogue import wording
from simpul.engines.rules import Answer, Facts, Finding, Node, RuleError
from simpul.organisations.models import Certificate, Organisation, Paper
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.stages import REGISTERED_BY, LegalStatus, ServiceSystem
from simpul.programmes.models import Member
from simpul.programmes.stages import Known, MemberState

# How a criterion is kept with a programme: {"code", "words", "rule"}.
Kept = Mapping[str, str]
_NAMED = re.compile(r"'([^']*)'")
_WILLING = {Known.YES: True, Known.NO: False}
_DEED = "deed"


class RuleRefused(Refusal):
    """A rule that cannot be read: says in plain words what to write instead."""


def usual() -> list[dict[str, str]]:
    """The criteria of the published programme, as a programme keeps them."""
    return [{"code": one.code, "words": one.words.id, "rule": one.rule} for one in catalogue.criteria()]


@lru_cache(maxsize=1024)
def node_of(rule: str) -> Node:
    """The rule as the engine judges it. Raises RuleRefused."""
    try:
        return catalogue.node_of(rule)
    except RuleError as error:
        raise RuleRefused(_in_plain_words(error.sentence)) from error


def _in_plain_words(sentence: str) -> str:
    """The engine's sentence for who writes criteria and no rules: what is wrong, and an example that works."""
    named = [*_NAMED.findall(sentence), "", ""]
    for begins, words in _mistakes():
        if begins in sentence:
            return words % {"what": named[0], "near": named[1]}
    return _("Aturan itu tidak terbaca. Contoh yang terbaca: (embrio OR tumbuh) AND willing.")


def _mistakes() -> tuple[tuple[str, str], ...]:
    return (
        ("did you mean", _("“%(what)s” tidak dikenal. Mungkin maksudnya “%(near)s”?")),
        ("is not known here", _("“%(what)s” tidak dikenal. Lihat daftar kata di bawah.")),
        (
            "is not a yes or no",
            _("“%(what)s” bukan ya atau tidak. Bandingkan dengan sesuatu, misalnya: type = 'D'."),
        ),
        ("is a yes or no", _("“%(what)s” dijawab ya atau tidak: tulis namanya saja, atau NOT di depannya.")),
        ("is no choice of", _("“%(what)s” bukan pilihan dari “%(near)s”. Lihat daftar kata di bawah.")),
        ("a whole number is needed", _("Tulis angka bulat tanpa titik, misalnya: founded <= 2020.")),
        ("is not a whole number", _("“%(what)s” bukan angka bulat.")),
        ("single quotes", _("Pilihan ditulis di antara tanda petik tunggal, misalnya: type = 'D'.")),
        ("has no order", _("Pilihan tidak punya urutan: pakai =, <> atau IN.")),
        ("quotation mark", _("Ada tanda petik yang dibuka tetapi tidak ditutup.")),
        ("AT_LEAST", _("AT_LEAST dimulai dengan angka, misalnya: AT_LEAST(2, deed, statutes, registered).")),
        ("the answer is always", _("Jawabannya akan selalu sama, jadi aturan ini tidak membedakan apa pun.")),
        ("nested", _("Tanda kurungnya bertumpuk terlalu dalam. Sederhanakan.")),
        ("characters", _("Aturan itu terlalu panjang. Sederhanakan.")),
        ("comment", _("Tulis aturannya saja, tanpa catatan di dalamnya.")),
        ("semicolon", _("Tulis satu aturan saja, tanpa titik koma.")),
        (
            "cannot be read at",
            _("Tidak terbaca di sekitar “%(what)s”. Sambungkan bagian-bagiannya dengan AND atau OR."),
        ),
    )


# --- what is known of bodies ---


def facts_of(
    bodies: Collection[Organisation],
    *,
    on: date,
    willing: Mapping[UUID, str] | None = None,
    apart_from: UUID | None = None,
) -> dict[UUID, dict[str, Any]]:
    """What Simpul knows of these bodies on that day. Three questions, however many they are.

    What is not recorded is left out: not known, never a no. `willing` is what was noted of candidates by the key
    of the body; `apart_from` is the programme that does not count as an earlier one.
    """
    keys = [body.pk for body in bodies]
    with_deed = set(
        Paper.objects.filter(
            organisation__in=keys, kind=_DEED, replaced_by=None, removed_at=None
        ).values_list("organisation", flat=True)
    )
    registered = _registered(keys, on)
    earlier = Member.objects.filter(organisation__in=keys, state=MemberState.CHOSEN)
    took_part = set(earlier.exclude(programme=apart_from).values_list("organisation", flat=True))
    found = {}
    for body in bodies:
        said = (willing or {}).get(body.pk, "")
        known = _recorded(body) | {
            "willing": _WILLING.get(Known(said)) if said else None,
            "deed": True if body.deed_number or body.pk in with_deed else None,
            "registered": registered.get(body.pk),
            "took_part": body.pk in took_part,
        }
        found[body.pk] = {name: value for name, value in known.items() if value is not None}
    return found


def _recorded(body: Organisation) -> dict[str, Any]:
    status, systems = body.legal_status, body.service_systems
    return {
        "type": body.confirmed_type or None,
        "direct": body.is_direct,
        "nature": body.nature or None,
        "level": body.level or None,
        "legal_entity": status == LegalStatus.LEGAL_ENTITY if status else None,
        "statutes": body.has_statutes,
        "residential": ServiceSystem.RESIDENTIAL in systems if systems else None,
        "founded": body.founded_year,
        "budget": body.yearly_budget,
    }


def _registered(keys: Collection[UUID], on: date) -> dict[UUID, bool]:
    """True where a registration or licence holds, False where what is recorded has ended."""
    rows = Certificate.objects.filter(organisation__in=keys, kind__in=REGISTERED_BY)
    found = dict.fromkeys(rows.values_list("organisation", flat=True), False)
    return found | dict.fromkeys(rows.filter(valid_on(on)).values_list("organisation", flat=True), True)


# --- judging ---


def judged(criteria: Collection[Kept], facts: Facts, on: date) -> Finding:
    """Whether a body fits: the least answer of all criteria, each with its words, its rule and what was known."""
    parts = tuple(_judged(one, facts, on) for one in criteria)
    answer = min((part.answer for part in parts), default=Answer.YES)
    return Finding(answer, "criteria", parts=parts)


def _judged(criterion: Kept, facts: Facts, on: date) -> Finding:
    node = node_of(criterion["rule"])
    finding = node.judge(facts, on)
    known = {name: facts.get(name) for name in sorted(node.facts())}
    values = {"words": criterion["words"], "rule": criterion["rule"], "known": known}
    return Finding(finding.answer, "criterion", criterion["code"], values, (finding,))


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion as a page tells it. `tag` is the kind of its tag, `known` what the answer rests on."""

    words: str
    answer: str
    tag: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """How a body stands to the criteria, as a page tells it. `code` is yes, no or unknown."""

    code: str
    answer: str
    tag: str
    reasons: tuple[Reason, ...]


_TAGS = {"yes": "yes", "no": "no", "unknown": "open"}


def told(kept: Mapping[str, Any] | None) -> Judged | None:
    """A finding as it was kept, in words; None where nothing was judged."""
    return None if kept is None else _in_words(kept)


def in_words(finding: Finding) -> Judged:
    """A fresh finding in words."""
    return _in_words(finding.to_json())


def _in_words(whole: Mapping[str, Any]) -> Judged:
    code = str(whole["answer"])
    return Judged(code, _fits()[code], _TAGS[code], tuple(_reason(part) for part in whole["parts"]))


def _reason(part: Mapping[str, Any]) -> Reason:
    code, values = str(part["answer"]), part["values"]
    language = get_language() or "id"
    known = tuple(
        f"{label(name)}: {_value(name, value, language)}" for name, value in values["known"].items()
    )
    return Reason(values["words"], _answers()[code], _TAGS[code], known)


def _fits() -> dict[str, str]:
    return {"yes": _("memenuhi"), "no": _("tidak memenuhi"), "unknown": _("belum pasti")}


def _answers() -> dict[str, str]:
    return {"yes": _("ya"), "no": _("tidak"), "unknown": _("belum diketahui")}


def label(name: str) -> str:
    """What a fact is called; its code where the catalogue no longer knows it."""
    fact = catalogue.body_facts().get(name)
    return fact.label.in_language(get_language() or "id") if fact else name


def _value(name: str, value: Any, language: str) -> str:
    fact = catalogue.body_facts().get(name)
    if value is None:
        return _("belum diketahui")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int):
        return str(value) if name == "founded" else wording.number(value, language)
    return fact.choice_label(value).in_language(language) if fact else str(value)


def vocabulary() -> Iterator[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    """Each word that a rule may use, what it means, whence its answer, and its choices: the help below the form."""
    language = get_language() or "id"
    for name, fact in catalogue.body_facts().items():
        choices = tuple((one.code, one.label.in_language(language)) for one in fact.choices)
        yield name, fact.label.in_language(language), fact.about.in_language(language), choices
    for name, named in catalogue.named_conditions().items():
        yield name, named.label.in_language(language), named.rule, ()
