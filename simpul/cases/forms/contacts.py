"""What was typed about a contact, checked."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.forms.tasks import KindField
from simpul.cases.models import Case
from simpul.cases.queries.contacts import BY_HAND, goal_choices
from simpul.cases.queries.tasks import ticked_by_hand
from simpul.ui.fields import DayField, DependentText

# What stands folded on the page, in its order.
FOLDED = ("place", "with_whom", "third_party", "goals", "settles", "minutes")


class NoteForm(Form):
    """A progress note: few things first, the rest as far as there is something to say."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(label=_("Bagaimana?"), choices=[("", _("pilih")), *BY_HAND])
    happened_on = DayField(
        label=_("Kapan?"), error_messages={"required": _("Isi tanggalnya. Boleh hari yang sudah lewat.")}
    )
    words = CharField(label=_("Apa yang terjadi?"), max_length=4000, widget=Textarea(attrs={"rows": 5}))
    next_step = DependentText(
        label=_("Langkah berikutnya"), required=False, max_length=300, widget=Textarea(attrs={"rows": 2})
    )
    next_on = DayField(
        label=_("Paling lambat"),
        required=False,
        help_text=_("Bila diisi, langkah ini menjadi tugas Anda dan muncul di Hari ini."),
    )
    next_kind = KindField()
    place = CharField(label=_("Tempat"), required=False, max_length=200)
    with_whom = CharField(label=_("Dengan siapa"), required=False, max_length=200)
    third_party = CharField(
        label=_("Yang dikatakan orang lain; tidak ditunjukkan kepada klien"),
        help_text=_("Misalnya keterangan tetangga atau guru, supaya mereka terlindungi."),
        required=False,
        max_length=4000,
        widget=Textarea(attrs={"rows": 3}),
    )
    goals = MultipleChoiceField(
        label=_("Tujuan yang disentuh"), required=False, widget=CheckboxSelectMultiple
    )
    settles = MultipleChoiceField(
        label=_("Tugas yang selesai dengan ini"), required=False, widget=CheckboxSelectMultiple
    )
    minutes = IntegerField(
        label=_("Lamanya, dalam menit"),
        required=False,
        min_value=1,
        max_value=1440,
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
    )

    def __init__(self, case: Case, typed: Any = None, *, started: dict[str, Any]) -> None:
        super().__init__(typed, initial=started)
        is_correction = bool(started.get("words"))
        goals = goal_choices(case, all_states=is_correction)
        self._offer("goals", [(str(goal.key), f"{goal.number}. {goal.words}") for goal in goals])
        waiting = ticked_by_hand(case) if case.is_open else ()
        self._offer("settles", [(str(task.pk), task.words or task.get_kind_display()) for task in waiting])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A question with nothing to choose is not asked."""
        field = self.fields[name]
        if isinstance(field, MultipleChoiceField) and choices:
            field.choices = choices
        else:
            del self.fields[name]

    @property
    def folded(self) -> list[Any]:
        """The fields that stand folded, as far as they are asked."""
        return [self[name] for name in FOLDED if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Something was typed or chosen there, or has to be mended."""
        return any(field.errors or field.value() for field in self.folded)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("next_on") and not cleaned.get("next_step"):
            self.add_error("next_step", gettext("Tulis apa yang akan dikerjakan sampai tanggal itu."))
        return cleaned
