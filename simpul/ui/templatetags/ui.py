"""Words and values in templates: sentences of findings, dates, ages, money, and what a form field needs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.template import Context, Library
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul import version
from simpul.access import jobs
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.catalogue import wording
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules.ages import completed_years
from simpul.engines.rules.facts import DateRange

register = Library()

# Pages that explain belong to screening's catalogue, but stand under their own place in the bar.
_HELP = {"screening:types", "screening:type-help"}


# --- findings ---


@register.simple_tag
def finding_sentence(finding: Finding, edition: Any) -> str:
    """One plain sentence for any node of a finding, in the language of this page."""
    return wording.sentence(finding, edition, get_language() or "id")


@register.simple_tag
def finding_title(finding: Finding, edition: Any) -> str:
    """The display name of the type that a finding is about."""
    return str(edition.type(finding.about).display.in_language(get_language() or "id"))


@register.filter
def answer_word(finding: Finding) -> str:
    """A type fits, does not fit or is open; everything inside it is yes, no or not known."""
    whole, inside = _answer_words(finding)
    return whole if finding.kind == "type" else inside


def _answer_words(finding: Finding) -> tuple[str, str]:
    """The answer as it is said of a whole type, or of one way to read it, and of a reason inside."""
    if finding.answer is Answer.YES:
        return _("sesuai"), _("ya")
    if finding.answer is Answer.NO:
        return _("tidak sesuai"), _("tidak")
    if finding.answer is Answer.UNKNOWN:
        return _("belum pasti"), _("belum diketahui")
    return str(finding.answer), str(finding.answer)


@register.filter
def answer_kind(finding: Finding) -> str:
    """The kind of tag: yes, no, open, or none for answers that are not of these three (a grade)."""
    if not isinstance(finding.answer, Answer):
        return ""
    return {Answer.YES: "yes", Answer.NO: "no"}.get(finding.answer, "open")


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of the tree of reasons.

    Its shape is "leaf", or "folded" or "group" when its parts follow (hidden until asked for, or at once);
    these end with "end folded" and "end group".
    """

    shape: str
    kind: str = ""
    word: str = ""
    sentence: str = ""
    detail: str = ""


_GROUPS = ("all", "any", "at_least", "readings")


@register.simple_tag
def reasons_of(finding: Finding, edition: Any) -> list[ReasonLine]:
    """The tree of reasons as lines, so that one loop of a template can draw hundreds of them at once."""
    language = get_language() or "id"
    if finding.kind != "type":
        return list(_lines(finding, edition, language, first=False))
    lines: list[ReasonLine] = []
    for number, part in enumerate(finding.parts):
        lines.extend(_lines(part, edition, language, first=number == 0))
    return lines


def _lines(finding: Finding, edition: Any, language: str, *, first: bool) -> Iterator[ReasonLine]:
    leaf = _only_leaf(finding)
    line = partial(ReasonLine, kind=answer_kind(finding), word=answer_word(finding))
    words = without_answer(wording.sentence(finding, edition, language), finding)
    if leaf is finding and finding.kind == "fact":
        # The tag answers the question.
        words = words.removesuffix(f" {answer_word(finding).capitalize()}")
    if leaf is not None:
        told = "" if leaf is finding else wording.sentence(leaf, edition, language)
        yield line("leaf", sentence=words, detail=without_answer(told, leaf))
    else:
        shape = "group" if first and finding.kind in _GROUPS else "folded"
        yield line(shape, sentence=words)
        for part in finding.parts:
            yield from _lines(part, edition, language, first=False)
        yield ReasonLine(f"end {shape}")


def _only_leaf(finding: Finding) -> Finding | None:
    """The one value that everything here hangs on, which is then told at once; None where it branches."""
    while len(finding.parts) == 1:
        finding = finding.parts[0]
    return None if finding.parts else finding


def without_answer(sentence: str, finding: Finding) -> str:
    """The sentence without the answer that already stands beside it: once is enough to read."""
    words = _answer_words(finding)
    before, colon, after = sentence.partition(": ")
    if colon and before.lower() in words:
        return after[:1].upper() + after[1:]
    for word in words:
        sentence = sentence.removesuffix(f": {word}")
    return sentence


def in_a_sentence(words: str) -> str:
    """The same words in the middle of a sentence: a small first letter, except in NIK or HIV."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


# --- days, ages, money ---


@register.filter
def tanggal(value: date | datetime | DateRange | None, form: str = "") -> str:
    """21 November 2026 in the language of this page; with "jam" a moment has its time too.

    An estimated date is said as an estimate. Nothing for nothing.
    """
    if not value:
        return ""
    if isinstance(value, DateRange):
        return _estimated(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        if form == "jam":
            return _("%(day)s pukul %(time)s") % {"day": _day(value), "time": f"{value:%H.%M}"}
    return _day(value)


def _day(value: date) -> str:
    return date_format(value, "j F Y")


def _estimated(value: DateRange) -> str:
    first, last = value.earliest, value.latest
    if first == last:
        return _day(first)
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _("sekitar tahun %(year)s") % {"year": first.year}
    return _("antara %(first)s dan %(last)s") % {"first": _day(first), "last": _day(last)}


@register.filter
def umur(born: date | DateRange | int | None, on: date | None = None) -> str:
    """67 tahun. From a number of years, or from a birth date and the day asked about.

    Below one year it is said in months; an estimated birth date gives a span of ages. Nothing for nothing.
    """
    if born is None or born == "":
        return ""
    if isinstance(born, int):
        return _years(born)
    if on is None:
        raise ValueError("umur of a birth date needs the day asked about: {{ born|umur:today }}")
    if isinstance(born, DateRange):
        least, most = completed_years(born.latest, on), completed_years(born.earliest, on)
        if least != most:
            return _("sekitar %(least)s sampai %(most)s tahun") % {"least": least, "most": most}
        return _years(least)
    years = completed_years(born, on)
    if years or born > on:
        return _years(years)
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return ngettext("%(months)s bulan", "%(months)s bulan", months) % {"months": months}


def _years(years: int) -> str:
    return ngettext("%(years)s tahun", "%(years)s tahun", years) % {"years": years}


@register.filter
def rupiah(amount: int | None) -> str:
    """Rp1.250.000 in whichever language: that is how it stands on the notes. Nothing for nothing."""
    if amount is None or amount == "":
        return ""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(round(amount)):,}".replace(",", ".")


# --- forms ---


@dataclass(frozen=True, slots=True)
class Look:
    """How a field is drawn: which shape, and which elements describe it."""

    shape: str  # "group", "choices", "tick" or "box"
    is_optional: bool
    hint_id: str
    error_id: str
    described_by: str
    aside: frozenset[str]
    widget: SafeString | str


@register.simple_tag
def look_of(field: BoundField, hint: str = "", aside: str = "") -> Look:
    """What c-field needs to know. `aside` names choices (comma between) that stand apart: "tidak tahu".

    A field marked `depends` may be empty or not as another answer says: no word about it is right.
    """
    widget = field.field.widget
    hint_id = f"{field.auto_id}_helptext" if hint else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    described_by = " ".join(filter(None, (hint_id, error_id)))
    shape = _shape(widget)
    attrs: dict[str, str | bool] = (
        {"aria-describedby": described_by} if described_by and shape in ("box", "tick") else {}
    )
    return Look(
        shape=shape,
        is_optional=not field.field.required
        and shape != "tick"
        and not getattr(field.field, "depends", False),
        hint_id=hint_id,
        error_id=error_id,
        described_by=described_by,
        aside=frozenset(filter(None, aside.split(","))),
        widget="" if shape == "choices" else field.as_widget(attrs=attrs),
    )


@register.simple_tag
def fields_of(form: BaseForm, *names: str) -> SafeString:
    """Some fields of a form, each as c-field draws it.

    An empty form looks the same each time but for the choices it offers: it is drawn once for these. Not for forms
    with anything filled in beforehand, or whose fields differ in more than their choices from one time to the next.
    """
    fields = [form[name] for name in names]
    if form.is_bound or any(field.value() for field in fields):
        return render_to_string("ui/_fields.html", {"fields": fields})
    choices = tuple(tuple(getattr(field.field, "choices", ())) for field in fields)
    key = (type(form), form.prefix, form.auto_id, names, get_language(), str(choices))
    drawn = _DRAWN.get(key)
    if drawn is None:
        drawn = _DRAWN[key] = render_to_string("ui/_fields.html", {"fields": fields})
    return drawn


# A few for each form that asks for it.
_DRAWN: dict[Hashable, SafeString] = {}


@register.filter
def as_input(option: BoundWidget) -> SafeString:
    """One choice as `option.tag` gives it, without the three templates that Django asks for each of them."""
    told = option.data
    value = "" if told["value"] is None else format_html(' value="{}"', told["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', told["type"], told["name"], value, flatatt(told["attrs"])
    )


def _shape(widget: Any) -> str:
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "group" if widget.use_fieldset else "box"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error summary; `target` is empty when it belongs to the whole form."""

    words: str
    target: str = ""
    label: str = ""


@register.simple_tag
def mistakes_in(forms: BaseForm | Iterable[BaseForm] | None) -> list[Mistake]:
    """Every mistake of a form (or several), in the order of the fields, with where to mend it."""
    if not forms:
        return []
    several = [forms] if isinstance(forms, BaseForm) else forms
    return [mistake for form in several if form.is_bound for mistake in _mistakes(form)]


def _mistakes(form: BaseForm) -> Iterable[Mistake]:
    for words in form.non_field_errors():
        yield Mistake(str(words))
    for field in form:
        for words in field.errors:
            yield Mistake(str(words), "" if field.is_hidden else _target(field), str(field.label))


def _target(field: BoundField) -> str:
    """The id of the element to go to: the first of a group, because a group cannot be typed into."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag(takes_context=True)
def where_we_are(context: Context) -> str:
    """The subject whose page this is, so that the bar can mark its place; nothing for an unknown address."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match and match.view_name in _HELP:
        return "help"
    return match.app_name if match else ""


@register.simple_tag(takes_context=True)
def places_here(context: Context) -> SafeString:
    """The links of the bar, which are the same on all pages for whoever may open the same of them."""
    named = ("place_here", "may_search", "may_see_cases", "may_look_up", "may_see_bodies")
    shown = {name: context.get(name, "") for name in named}
    return _places(get_language(), get_urlconf(), get_script_prefix(), *shown.items())


@lru_cache(maxsize=500)
def _places(*drawn_for: Any) -> SafeString:
    _language, _urls, _prefix, *shown = drawn_for
    return render_to_string("ui/_places.html", dict(shown))


_PROGRAMMES = frozenset(one for one in Permission if one.startswith("programme."))
# Who holds one of these asks for work that goes on while nobody waits.
_LONG_WORK = frozenset(
    {
        Permission.IMPORT_MAKE,
        Permission.NUMBERS_PREPARE,
        Permission.EXTRACT_ASK,
        Permission.PROGRAMME_EVALUATE,
        Permission.SYSTEM_MANAGE,
    }
)
_OF_THE_MENU = (
    Permission.REFERRAL_VIEW,
    Permission.REFERRAL_RECEIVE,
    Permission.SERVICE_EDIT,
    Permission.PARTNER_VIEW,
    Permission.RECAP_VIEW,
    Permission.POPULATION_VIEW,
    Permission.QUALITY_VIEW,
    Permission.DUPLICATE_VIEW,
    Permission.IMPORT_MAKE,
    Permission.NUMBERS_PREPARE,
    Permission.EXTRACT_ASK,
    Permission.EXTRACT_APPROVE,
    Permission.SYSTEM_MANAGE,
    *sorted(_PROGRAMMES),
)


@register.simple_tag(takes_context=True)
def more_places(context: Context) -> SafeString:
    """The places of the menu, which a narrow bar has no room for; only those that open for whoever reads."""
    user = context.get("user")
    can = frozenset(one for one in _OF_THE_MENU if isinstance(user, User) and user.can(one))
    return _more_places(
        get_language(), get_urlconf(), get_script_prefix(), context.get("place_here", ""), can
    )


@lru_cache(maxsize=500)
def _more_places(*drawn_for: Any) -> SafeString:
    _language, _urls, _prefix, here, can = drawn_for
    told = {
        "here": here,
        "may": can,
        "is_in_programmes": bool(can & _PROGRAMMES),
        "waits": bool(can & _LONG_WORK),
    }
    return render_to_string("ui/_more_places.html", told)


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Whether who reads has this permission anywhere: for showing only places that open."""
    user = context.get("user")
    return isinstance(user, User) and user.can(Permission(permission))


@register.simple_tag
def simpul_version() -> str:
    return version()


# --- long work ---


@dataclass(frozen=True)
class Far:
    says: str
    done: int
    total: int


@register.simple_tag
def how_far(job: Job) -> Far:
    """What long work is called, and how much of how much of it is done."""
    held = jobs.TASKS.get(job.task)
    return Far(str(held.says) if held else "", *jobs.how_far(job))
