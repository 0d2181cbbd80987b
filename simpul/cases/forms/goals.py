"""What was typed about goals, checked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
    TypedChoiceField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Goal, GoalState, Moment, Term
from simpul.cases.queries.goals import (
    LEVEL_NAMES,
    LONGEST_CRITERION,
    LONGEST_LEVEL,
    LONGEST_REASON,
    LONGEST_WORDS,
    levels_of,
    possible_parents,
)
from simpul.ui.fields import DayField

_PRIORITIES = [(1, _("1, paling mendesak")), (2, _("2, penting")), (3, _("3, bila memungkinkan"))]
# By level, so that names stay the same whatever language the page is in.
_LEVEL_FIELDS = {level: f"level_{level + 2}" for level in LEVEL_NAMES}


class GoalForm(Form):
    """A goal as the client says it, and the five levels by which it will be judged."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    version = IntegerField(widget=HiddenInput, required=False)
    words = CharField(
        label=_("Apa yang ingin dicapai?"),
        help_text=_("Tulis dengan kata-kata orang itu sendiri, misalnya: berjualan lagi tiga hari seminggu."),
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 2}),
    )
    term = ChoiceField(label=_("Jangka waktu"), choices=Term.choices, widget=RadioSelect, initial=Term.SHORT)
    parent = TypedChoiceField(
        label=_("Bagian dari tujuan"), required=False, coerce=uuid.UUID, empty_value=None
    )
    criterion = CharField(
        label=_("Dari apa terlihat bahwa ini tercapai?"),
        help_text=_("Sesuatu yang dapat dilihat, dihitung, atau diceritakan orang lain."),
        required=False,
        max_length=LONGEST_CRITERION,
        widget=Textarea(attrs={"rows": 2}),
    )
    target_on = DayField(label=_("Diharapkan tercapai pada"), required=False)
    priority = TypedChoiceField(
        label=_("Prioritas"), choices=_PRIORITIES, coerce=int, initial=2, widget=RadioSelect
    )
    weight = IntegerField(
        label=_("Bobot"),
        help_text=_("1 sampai 10. Biarkan 1 bila semua tujuan sama pentingnya."),
        min_value=1,
        max_value=10,
        initial=1,
        widget=TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )

    def __init__(self, case: Case, goal: Goal | None = None, typed: Any = None) -> None:
        super().__init__(typed, initial=_held(goal) if goal else None)
        parents = [(entry.pk, f"{entry.number}. {entry.words}") for entry in possible_parents(case, goal)]
        parent: Any = self.fields["parent"]
        parent.choices = [("", _("berdiri sendiri")), *parents]
        for level, name in _LEVEL_FIELDS.items():
            self.fields[name] = CharField(
                label=f"{level:+d}: {LEVEL_NAMES[level]}" if level else f"0: {LEVEL_NAMES[0]}",
                required=False,
                max_length=LONGEST_LEVEL,
                widget=Textarea(attrs={"rows": 2}),
            )
        if goal:
            self.initial.update({_LEVEL_FIELDS[entry.level]: entry.words for entry in levels_of(goal)})

    @property
    def level_fields(self) -> list[Any]:
        """The five levels as fields, the best first."""
        return [self[name] for name in _LEVEL_FIELDS.values()]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the actions, without `key` and `version`."""
        plain = ("words", "term", "criterion", "target_on", "priority", "weight", "parent")
        levels = {str(level): self.cleaned_data[name] for level, name in _LEVEL_FIELDS.items()}
        return {name: self.cleaned_data[name] for name in plain} | {"levels": levels}


def _held(goal: Goal) -> dict[str, Any]:
    names = ("words", "term", "criterion", "target_on", "priority", "weight")
    return {name: getattr(goal, name) for name in names} | {"parent": goal.parent_id}


class ScoreForm(Form):
    """On which level a goal stands, and what shows it: the reason is asked before the level."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    moment = ChoiceField(label=_("Ini penilaian untuk"), choices=Moment.choices, widget=RadioSelect)
    seen_on = DayField(label=_("Dilihat pada"))
    seen = CharField(
        label=_("Apa yang terlihat atau diceritakan?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=Textarea(attrs={"rows": 3}),
    )
    level = TypedChoiceField(label=_("Tingkat yang paling sesuai"), coerce=int, widget=RadioSelect)

    def __init__(self, goal: Goal, *, on: date, has_baseline: bool, typed: Any = None) -> None:
        moment = Moment.PROGRESS if has_baseline else Moment.BASELINE
        super().__init__(typed, initial={"seen_on": on, "moment": moment})
        level: Any = self.fields["level"]
        level.choices = [
            (entry.level, f"{entry.said} · {entry.name}" + (f": {entry.words}" if entry.words else ""))
            for entry in levels_of(goal)
        ]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        names = ("moment", "seen_on", "seen", "level")
        return {"key": self.cleaned_data["once"], **{name: self.cleaned_data[name] for name in names}}


class GoalEndForm(Form):
    """How a goal ended, and why."""

    version = IntegerField(widget=HiddenInput)
    to = ChoiceField(
        label=_("Bagaimana tujuan ini berakhir?"),
        choices=[(state.value, state.label) for state in (GoalState.REACHED, GoalState.DROPPED)],
        widget=RadioSelect,
    )
    reason = CharField(
        label=_("Alasan"),
        help_text=_("Apa yang menunjukkan bahwa tujuan tercapai, atau mengapa tidak dilanjutkan."),
        max_length=LONGEST_REASON,
        widget=Textarea(attrs={"rows": 3}),
    )
