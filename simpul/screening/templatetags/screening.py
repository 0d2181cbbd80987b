"""Words for what a screening shows: texts of the catalogue, answers, who said them, how sure the law is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue import wording
from simpul.catalogue.editions import NeedType
from simpul.catalogue.facts import Fact
from simpul.catalogue.needs import Reading
from simpul.catalogue.text import Text
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules import All, AtLeast, Named, Node, Not, Readings
from simpul.engines.rules import Any as Any_
from simpul.screening.facts import REFUSED, UNKNOWN, Answered
from simpul.screening.queries import TypeResult
from simpul.screening.stages import Ending, State, Urgency
from simpul.ui.templatetags.ui import in_a_sentence, without_answer

register = Library()

_SOURCES = {
    "self": gettext_lazy("kata orang itu sendiri"),
    "family": gettext_lazy("kata keluarga atau tetangga"),
    "observation": gettext_lazy("dilihat petugas"),
    "document": gettext_lazy("dari dokumen"),
    "official": gettext_lazy("keterangan resmi"),
    "register": gettext_lazy("dari data orang"),
}
_UNITS = {
    "person": gettext_lazy("Tentang orang ini"),
    "family": gettext_lazy("Tentang keluarganya"),
    "community": gettext_lazy("Tentang masyarakat sekitarnya"),
}
_HOLDS_FOR = {
    "person": gettext_lazy(
        "Berlaku untuk orang ini saja. Anggota keluarga yang lain ditapis sendiri-sendiri."
    ),
    "family": gettext_lazy("Berlaku untuk keluarga ini: semua yang tinggal serumah dengannya."),
    "community": gettext_lazy("Berlaku untuk kampung atau kelompok ini, bukan untuk orang ini saja."),
}
_STATE_TAGS = {State.ASKING: "open", State.FINISHED: "act", State.DECIDED: "act", State.ENDED: "no"}
_URGENCY_TAGS = {Urgency.EMERGENCY: "act", Urgency.URGENT: "soon"}
_MOST_REASONS = 3


def _language() -> str:
    return get_language() or "id"


@register.filter
def said(text: Text | None) -> str:
    """A text of the catalogue in the language of this page."""
    return text.in_language(_language()) if text else ""


@register.filter
def answer_words(answer: Answered) -> str:
    """What was answered: "Ya", "67 tahun", "Tidak tahu"."""
    return _answer_words(catalogue_facts.get(answer.name), answer.state, answer.value)


@register.filter
def typed_words(typed: Mapping[str, Any], fact: Fact) -> str:
    """The same for an answer that is not kept yet."""
    return _answer_words(fact, typed["state"], typed["value"])


def _answer_words(fact: Fact, state: str, value: Any) -> str:
    if state == UNKNOWN:
        return _("Tidak tahu")
    if state == REFUSED:
        return _("Tidak mau menjawab")
    words: str = wording.value(fact, value, _language())
    return words[:1].upper() + words[1:]


@register.filter
def question_label(fact: Fact) -> str:
    """A few words for a fact where its whole question would be too long."""
    return said(fact.label) or said(fact.question)


@register.filter
def fact_label(name: str) -> str:
    """The same for a fact by its name."""
    return question_label(catalogue_facts.get(name))


@register.filter
def source_words(source: str) -> str:
    return str(_SOURCES.get(source, source))


@register.filter
def verified_words(mark: str) -> str:
    """How sure we are of a text, in words."""
    return said(catalogue_facts.verified_label(mark)) if mark else ""


@register.filter
def unit_words(unit: str) -> str:
    return str(_UNITS[unit])


@register.filter
def holds_for_words(unit: str) -> str:
    """For whom a finding of that unit holds."""
    return str(_HOLDS_FOR[unit])


@register.filter
def proof_words(proof: str) -> str:
    return catalogue_facts.proof_label(proof).in_language(_language())


@register.filter
def answer_code(finding: Finding) -> str:
    return str(finding.answer)


@register.filter
def decided_words(code: str) -> str:
    words = {"yes": _("sesuai"), "no": _("tidak sesuai"), "unknown": _("belum pasti")}
    return words[code]


@register.filter
def decided_kind(code: str) -> str:
    return "open" if code == "unknown" else code


@register.filter
def state_words(state: str) -> str:
    return str(State(state).label)


@register.filter
def state_tag(state: str) -> str:
    return _STATE_TAGS[State(state)]


@register.filter
def urgency_words(urgency: str) -> str:
    """Only the word: the explanation after the colon is for choosing."""
    return str(Urgency(urgency).label).partition(":")[0] if urgency else ""


@register.filter
def urgency_tag(urgency: str) -> str:
    return _URGENCY_TAGS.get(Urgency(urgency), "") if urgency else ""


@register.filter
def ending_words(ending: str) -> str:
    return str(Ending(ending).label) if ending else ""


@register.filter
def since_day(moment: datetime, today: date) -> str:
    """ "sejak hari ini", "sejak kemarin", "sejak 6 hari lalu"."""
    days = (today - timezone.localtime(moment).date()).days
    if days <= 0:
        return _("sejak hari ini")
    if days == 1:
        return _("sejak kemarin")
    return ngettext("sejak %(days)s hari lalu", "sejak %(days)s hari lalu", days) % {"days": days}


@register.filter
def expect_words(answer: Any) -> str:
    """What an example expects, in words."""
    return decided_words(str(answer))


@register.filter
def expect_kind(answer: Any) -> str:
    return decided_kind(str(answer))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of a rule in words, with the lines under it."""

    words: str
    parts: tuple[RuleLine, ...] = ()


@register.simple_tag
def rule_in_words(need: NeedType) -> RuleLine:
    """How the criteria are joined: all of these, one of these, at least so many."""
    assert need.node is not None
    texts = {criterion.node: criterion.text for criterion in need.criteria}
    return _rule_line(need.node, texts, {reading.code: reading for reading in need.readings})


def _rule_line(node: Node, texts: Mapping[Node, Text], readings: Mapping[str, Reading]) -> RuleLine:
    if node in texts:
        return RuleLine(said(texts[node]))
    if isinstance(node, Readings):
        return RuleLine(
            _("Dinilai menurut setiap cara membaca; hasilnya dipakai bila semuanya sama:"),
            tuple(
                RuleLine(
                    f"{said(readings[code].text)} ({readings[code].source})",
                    (_rule_line(part, texts, readings),),
                )
                for code, part in node.readings
            ),
        )
    if isinstance(node, Named):
        return _rule_line(node.node, texts, readings)
    parts = tuple(_rule_line(part, texts, readings) for part in node.children())
    if isinstance(node, AtLeast):
        return RuleLine(_("Sedikitnya %(needed)s dari ini:") % {"needed": node.needed}, parts)
    words = {All: _("Semua ini:"), Any_: _("Salah satu dari ini:"), Not: _("Bukan ini:")}
    return RuleLine(words.get(type(node), ""), parts)


@register.simple_tag
def one_line(entry: TypeResult, edition: Any) -> str:
    """Why a type fits, does not, or is open: the deciding reasons in one line."""
    if entry.has_two_readings and str(entry.answer) == "unknown" and entry.asks is None:
        return _("Bunyi peraturan dapat dibaca dengan dua cara, dan hasilnya berbeda.")
    if entry.asks is not None:
        return _open_line(entry)
    if entry.only_if_told:
        return _("Tidak ditanyakan; hanya dicatat bila orang ini menyampaikannya sendiri.")
    sentences = [_reason(part, edition, says_yes=entry.answer is Answer.YES) for part in entry.telling]
    distinct = list(dict.fromkeys(sentence for sentence in sentences if sentence))
    line = "; ".join([*distinct[:1], *(in_a_sentence(words) for words in distinct[1:_MOST_REASONS])])
    more = len(distinct) - _MOST_REASONS
    if more > 0:
        line += "; " + ngettext("dan %(count)s hal lain", "dan %(count)s hal lain", more) % {"count": more}
    return line


def _reason(finding: Finding, edition: Any, *, says_yes: bool) -> str:
    """One reason. Beside "sesuai" a "ya" would only be read twice; a "tidak" has to be said."""
    words = wording.sentence(finding, edition, _language())
    return (without_answer(words, finding) if says_yes else words).rstrip(".")


def _open_line(entry: TypeResult) -> str:
    assert entry.asks is not None
    if entry.open_count == 1:
        return _("Satu hal menentukan: %(fact)s") % {"fact": in_a_sentence(question_label(entry.asks))}
    return ngettext("%(count)s hal belum diketahui", "%(count)s hal belum diketahui", entry.open_count) % {
        "count": entry.open_count
    }
