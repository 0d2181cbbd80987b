"""What was typed about a forum and its meetings, checked."""

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
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.partners.models import Decision, Forum, Meeting
from simpul.partners.queries.told import About, Decided, Minutes
from simpul.partners.stages import FollowUpState
from simpul.ui.fields import DayField

DECISIONS = 5


class ForumForm(Form):
    """What is said of a forum."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    called = CharField(label=_("Nama forum"), max_length=200)
    aim = CharField(label=_("Tujuan"), max_length=2000, required=False, widget=Textarea({"rows": 3}))
    chair = CharField(label=_("Ketua"), max_length=200, required=False)
    since = DayField(label=_("Berdiri sejak"))

    @classmethod
    def of(cls, row: Forum, typed: Any = None) -> ForumForm:
        """Filled with what is recorded now."""
        held = {name: getattr(row, name) for name in ("aim", "chair", "since", "version")}
        return cls(typed, initial=held | {"called": row.name})

    def about(self) -> About:
        """What the action is told."""
        return About(**{name: self.cleaned_data[name] for name in ("called", "aim", "chair", "since")})


class JoinForm(Form):
    """Which body joins."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    called = CharField(
        label=_("Nama lembaga"),
        max_length=200,
        widget=TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Tulis nama lembaga persis seperti di daftar lembaga, atau nama pihak di luar daftar."),
    )


class MeetingForm(Form):
    """A meeting, who came, and what it decided: one line of boxes for each decision."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    on = DayField(label=_("Tanggal rapat"))
    place = CharField(label=_("Tempat"), max_length=200, required=False)
    agenda = CharField(label=_("Acara"), max_length=2000, widget=Textarea({"rows": 3}))
    came = MultipleChoiceField(label=_("Anggota yang hadir"), required=False, widget=CheckboxSelectMultiple)
    guests = CharField(label=_("Tamu"), max_length=500, required=False)
    minutes = CharField(
        label=_("Notula"),
        max_length=8000,
        required=False,
        widget=Textarea({"rows": 6}),
        help_text=_("Jangan tulis nama penerima manfaat."),
    )

    def __init__(self, forum: Forum, typed: Any = None, initial: Any = None) -> None:
        super().__init__(typed, initial=initial)
        field: Any = self.fields["came"]
        held = set((initial or {}).get("came", ()))
        members = forum.members.order_by("name", "pk")
        field.choices = [
            (str(member.pk), member.name)
            for member in members
            if member.left_on is None or str(member.pk) in held
        ]
        for number in range(1, DECISIONS + 1):
            self._decision(number)

    @classmethod
    def of(cls, row: Meeting, typed: Any = None) -> MeetingForm:
        """Filled with what is recorded now; decisions that stand are followed up on the page of the meeting."""
        names = ("on", "place", "agenda", "came", "guests", "minutes", "version")
        return cls(row.forum, typed, initial={name: getattr(row, name) for name in names})

    def _decision(self, number: int) -> None:
        words = CharField(max_length=1000, required=False, widget=Textarea({"rows": 2}))
        words.label = gettext("Keputusan %(number)d") % {"number": number}
        self.fields[f"words_{number}"] = words
        self.fields[f"who_{number}"] = CharField(
            label=gettext("Penanggung jawab"), max_length=200, required=False
        )
        self.fields[f"due_{number}"] = DayField(label=gettext("Batas waktu"), required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for number in range(1, DECISIONS + 1):
            said = typed.get(f"who_{number}") or typed.get(f"due_{number}")
            if said and not typed.get(f"words_{number}"):
                self.add_error(f"words_{number}", gettext("Tulis apa yang diputuskan."))
        return typed

    @property
    def decision_rows(self) -> list[tuple[Any, Any, Any]]:
        """The boxes of each decision, for the page."""
        numbers = range(1, DECISIONS + 1)
        return [(self[f"words_{one}"], self[f"who_{one}"], self[f"due_{one}"]) for one in numbers]

    def told(self) -> Minutes:
        """What the action is told."""
        kept = self.cleaned_data
        decided = tuple(
            Decided(kept[f"words_{one}"], kept[f"who_{one}"], kept[f"due_{one}"])
            for one in range(1, DECISIONS + 1)
            if kept[f"words_{one}"]
        )
        names = ("on", "place", "agenda", "minutes", "guests")
        came = tuple(uuid.UUID(key) for key in kept["came"])
        return Minutes(came=came, decided=decided, **{name: kept[name] for name in names})


class FollowUpForm(Form):
    """What became of a decision."""

    version = IntegerField(widget=HiddenInput)
    became = ChoiceField(label=_("Bagaimana sekarang"), choices=FollowUpState.choices, widget=RadioSelect)
    result = CharField(label=_("Hasil"), max_length=1000, required=False, widget=Textarea({"rows": 3}))

    @classmethod
    def of(cls, row: Decision, typed: Any = None) -> FollowUpForm:
        """Filled with how it stands now."""
        held = {"version": row.version, "became": row.state, "result": row.result}
        return cls(typed, initial=held)
