"""What was typed about assessments, checked. The questions themselves are a form of their instrument."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Assessment
from simpul.cases.queries.assessments import LONGEST_WORDS, WORDS, Choice, previous_of
from simpul.catalogue.instruments import Instrument, Item
from simpul.catalogue.text import Text
from simpul.instruments.forms import AnswersForm
from simpul.people.models import Source
from simpul.ui.fields import DayField


class StartForm(Form):
    """Which instrument, and whether it stands beside the schedule."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    instrument = ChoiceField(
        label=_("Instrumen"),
        widget=RadioSelect,
        error_messages={"required": _("Pilih satu instrumen.")},
    )
    is_further = BooleanField(
        label=_("Asesmen tambahan: di luar jadwal, tidak ikut dibandingkan dengan asesmen awal"),
        required=False,
    )

    def __init__(self, choices: Iterable[Choice], typed: Any = None, *, chosen: str = "") -> None:
        super().__init__(typed, initial={"instrument": chosen})
        offered: Any = self.fields["instrument"]
        # One that is being filled in stays choosable, or a second press would be refused instead of opening the draft.
        offered.choices = [(choice.code, f"{choice.title} · {_will_be(choice)}") for choice in choices]


def _will_be(choice: Choice) -> str:
    return gettext("sedang diisi") if choice.draft else choice.occasion_name.lower()


def _words(label: Any, hint: Any = "", rows: int = 3) -> CharField:
    return CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": rows}),
    )


class DraftForm(Form):
    """What stands around the answers: when, from whom, and how everybody sees it."""

    version = IntegerField(widget=HiddenInput)
    held_on = DayField(label=_("Tanggal asesmen"))
    sources = MultipleChoiceField(
        label=_("Dari mana keterangannya?"),
        help_text=_("Boleh lebih dari satu. Diperlukan sebelum asesmen diselesaikan."),
        choices=Source.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    client_view = _words(
        _("Pandangan orang itu sendiri"), _("Apa yang menurutnya penting, dengan kata-katanya sendiri.")
    )
    family_view = _words(_("Pandangan keluarga"), _("Siapa yang mengatakannya, dan apa."))
    observed = _words(_("Yang dilihat petugas"), _("Yang terlihat dan terdengar, tanpa tafsiran."))
    strengths = _words(
        _("Kekuatan dan yang dapat diandalkan"),
        _("Kemampuan, orang, kebiasaan dan sumber yang sudah ada."),
    )
    conclusion = _words(
        _("Masalah utama dan kesimpulan"),
        _("Apa yang paling menghambat, mengapa, dan apa yang diperlukan lebih dahulu."),
        rows=5,
    )

    def __init__(self, draft: Assessment, typed: Any = None) -> None:
        held = {name: getattr(draft, name) or "" for name in WORDS}
        around = {"version": draft.version, "held_on": draft.on, "sources": draft.sources}
        super().__init__(typed, initial=held | around)

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action, without `answers`."""
        return {name: self.cleaned_data[name] for name in ("version", "held_on", "sources", *WORDS)}


def answers_form(draft: Assessment, instrument: Instrument, typed: Any = None) -> AnswersForm:
    """The questions, each with the answer of last time folded in. A draft may lack what must be there in the end."""
    previous, previous_on = previous_of(draft, instrument)
    return AnswersForm(
        _nothing_required(instrument),
        typed,
        initial=draft.answers or {},
        previous=previous,
        previous_on=previous_on,
    )


def _nothing_required(instrument: Instrument) -> Instrument:
    """The same questions; those that must be answered in the end say so, and let the draft be saved."""
    domains = tuple(
        replace(domain, items=tuple(_freed(item) for item in domain.items)) for domain in instrument.domains
    )
    return replace(instrument, domains=domains)


def _freed(item: Item) -> Item:
    if not item.required:
        return item
    told = gettext("Wajib dijawab sebelum asesmen diselesaikan.")
    hint = Text(*(f"{words} {told}".strip() for words in (item.hint.id, item.hint.en))) if item.hint else None
    return replace(item, required=False, hint=hint or Text(told, told))


def with_theirs(typed: QueryDict, draft: Assessment, instrument: Instrument) -> QueryDict:
    """What was typed, with what somebody else saved meanwhile wherever nothing was typed: so neither is lost.

    `draft` is as it is kept now. Where both wrote something else the own words stay, and the refusal tells theirs.
    """
    merged = typed.copy()
    merged["version"] = str(draft.version)
    for form in (DraftForm(draft), answers_form(draft, instrument)):
        for name, field in form.fields.items():
            kept, where = form[name].value(), form.add_prefix(name)
            # "Tidak tahu" beside a number would win over the number that was typed.
            beside = form.add_prefix(name.removesuffix("__state"))
            if isinstance(field, MultipleChoiceField):
                merged.setlist(where, list(dict.fromkeys([*merged.getlist(where), *kept])))
            elif kept and not (_typed(merged, where) or _typed(merged, beside)):
                merged[where] = str(kept)
    return merged


def _typed(data: QueryDict, name: str) -> bool:
    # A day stands in three boxes and is never empty.
    return name == "held_on" or bool(str(data.get(name, "")).strip())
