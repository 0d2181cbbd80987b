"""What was typed about the team of a case and its conferences, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    MultipleChoiceField,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import CaseMember
from simpul.cases.queries.tasks import Worker
from simpul.cases.queries.team import Colleague, Team, mark_of, participant_words
from simpul.catalogue import casework
from simpul.catalogue.casework import Entry
from simpul.ui.fields import DayField, DependentText

_NAME = {"autocomplete": "off", "spellcheck": "false"}
GUESTS, DECISIONS = 4, 5


def _titles(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    return [(entry.code, entry.title.in_language(get_language() or "id")) for entry in entries]


def _professions() -> list[tuple[str, str]]:
    return [("", "—"), *_titles(casework.professions())]


def _roles() -> list[tuple[str, str]]:
    return _titles(casework.roles())


class PartForm(Form):
    """What part somebody takes in a team, and until when."""

    profession = ChoiceField(label=_("Profesi"), choices=_professions, required=False)
    roles = MultipleChoiceField(
        label=_("Peran dalam kasus ini"), choices=_roles, required=False, widget=CheckboxSelectMultiple
    )
    until = DayField(
        label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila tidak ada batas waktunya.")
    )

    def part(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("profession", "roles", "until")}


class MemberForm(PartForm):
    """Somebody new: a colleague, somebody of another body by the name they sign in with, or a name only."""

    field_order = ("colleague", "username", "called", "profession", "roles", "until")

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    colleague = ChoiceField(label=_("Rekan yang dapat membuka kasus ini"), required=False)
    username = DependentText(
        label=_("Atau nama pengguna rekan dari lembaga lain"),
        required=False,
        max_length=150,
        widget=TextInput(_NAME),
        help_text=_("Ia dapat membuka kasus ini selama menjadi anggota tim."),
    )
    called = DependentText(
        label=_("Atau nama orang tanpa akun"),
        required=False,
        max_length=200,
        widget=TextInput(_NAME),
        help_text=_("Misalnya: dr. Lina, Puskesmas Meral. Ia tidak melihat apa pun di sini."),
    )

    def __init__(self, colleagues: Iterable[Colleague], typed: Any = None) -> None:
        super().__init__(typed)
        choices = [("", "—"), *((str(one.key), one.name) for one in colleagues)]
        self.fields["colleague"].choices = choices  # type: ignore[attr-defined]
        self.fields["colleague"].depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = [name for name in ("colleague", "username", "called") if cleaned.get(name)]
        if len(told) != 1 and not self.errors:
            words = gettext("Isi satu saja: pilih rekan, tulis nama pengguna, atau tulis nama.")
            self.add_error(told[1] if told else "colleague", words)
        return cleaned


class ChangeForm(PartForm):
    """Another part for a member; `seen` is what the page showed."""

    seen = CharField(widget=HiddenInput, required=False, max_length=500)

    def __init__(self, member: CaseMember, typed: Any = None) -> None:
        held = {"profession": member.profession, "roles": member.roles, "until": member.until}
        super().__init__(typed, initial={**held, "seen": mark_of(member)})


class ConferenceForm(Form):
    """The minutes of a conference: the team to be ticked, guests by name, and tasks line by line."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    held_on = DayField(label=_("Tanggal rapat"))
    place = CharField(label=_("Tempat"), required=False, max_length=200)
    present = MultipleChoiceField(
        label=_("Anggota tim yang ikut"), required=False, widget=CheckboxSelectMultiple
    )
    discussed = CharField(label=_("Yang dibicarakan"), max_length=4000, widget=Textarea({"rows": 4}))
    client_view = CharField(
        label=_("Pandangan penerima manfaat"),
        help_text=_("Apa yang ia inginkan, dan apakah ia ikut rapat."),
        required=False,
        max_length=4000,
        widget=Textarea({"rows": 3}),
    )
    decided = CharField(label=_("Yang diputuskan"), max_length=4000, widget=Textarea({"rows": 4}))

    def __init__(self, team: Team, workers: Iterable[Worker], *, on: date, typed: Any = None) -> None:
        super().__init__(typed, initial={"held_on": on})
        self.team = {str(member.key): member for member in team.standing}
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (key, participant_words({"name": one.name, "profession": "", "organisation": one.profession}))
            for key, one in self.team.items()
        ]
        for number in range(GUESTS):
            self.fields[f"guest_{number}"] = CharField(
                label=_("Nama"), required=False, max_length=200, widget=TextInput(_NAME)
            )
            self.fields[f"guest_profession_{number}"] = ChoiceField(
                label=_("Profesi"), choices=_professions, required=False
            )
            self.fields[f"guest_home_{number}"] = CharField(
                label=_("Lembaga"), required=False, max_length=200
            )
        doers = [("", "—"), *((str(worker.key), worker.name) for worker in workers)]
        for number in range(DECISIONS):
            self.fields[f"task_{number}"] = CharField(label=_("Tugas"), required=False, max_length=300)
            self.fields[f"task_worker_{number}"] = ChoiceField(
                label=_("Siapa yang mengerjakan"), choices=doers, required=False
            )
            self.fields[f"task_due_{number}"] = DayField(label=_("Paling lambat"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(DECISIONS):
            if cleaned.get(f"task_{number}") and not cleaned.get(f"task_worker_{number}"):
                self.add_error(f"task_worker_{number}", gettext("Pilih siapa yang mengerjakan."))
        if not self.participants() and not self.errors:
            self.add_error("present", gettext("Centang atau tulis siapa saja yang ikut."))
        return cleaned

    @property
    def guests(self) -> list[list[Any]]:
        names = ("guest", "guest_profession", "guest_home")
        return [[self[f"{name}_{number}"] for name in names] for number in range(GUESTS)]

    @property
    def tasks(self) -> list[list[Any]]:
        names = ("task", "task_worker", "task_due")
        return [[self[f"{name}_{number}"] for name in names] for number in range(DECISIONS)]

    def participants(self) -> list[dict[str, str]]:
        """Members that were ticked, with the profession that they have in the team, and guests by name."""
        cleaned = self.cleaned_data
        codes = {name: code for code, name in _titles(casework.professions())}
        told = [
            {"name": one.name, "profession": codes.get(one.profession, ""), "organisation": one.home}
            for one in (self.team[key] for key in cleaned.get("present") or ())
        ]
        for number in range(GUESTS):
            if name := cleaned.get(f"guest_{number}"):
                profession = cleaned.get(f"guest_profession_{number}") or ""
                home = cleaned.get(f"guest_home_{number}") or ""
                told.append({"name": name, "profession": profession, "organisation": home})
        return told

    def decisions(self) -> list[dict[str, Any]]:
        cleaned = self.cleaned_data
        return [
            {
                "words": cleaned[f"task_{number}"],
                "worker": uuid.UUID(cleaned[f"task_worker_{number}"]),
                "due_on": cleaned[f"task_due_{number}"],
            }
            for number in range(DECISIONS)
            if cleaned.get(f"task_{number}")
        ]
