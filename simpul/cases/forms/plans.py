"""What was typed about plans, their steps, and whether services were given, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import CaseMember, Delivered, Plan, PlanStep, StepState
from simpul.cases.queries.goals import LONGEST_REASON, goals_with_words
from simpul.cases.queries.plans import (
    LONGEST_ACTION,
    LONGEST_CRISIS,
    LONGEST_HOW,
    LONGEST_NAME,
    LONGEST_NEED,
    LONGEST_PROVIDER,
    kind_name,
    providers,
    said_alternatives,
    service_kinds,
    team_of,
)
from simpul.people.models import Capacity
from simpul.ui.fields import DayField, DependentText, RupiahField

_CLIENT, _UNCHANGED = "client", "unchanged"


class StepForm(Form):
    """One step of the plan: the need first, then what is done about it, by whom, when, at what cost."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    version = IntegerField(widget=HiddenInput, required=False)
    need = CharField(
        label=_("Kebutuhan apa yang dijawab?"), max_length=LONGEST_NEED, widget=Textarea(attrs={"rows": 2})
    )
    service_kind = ChoiceField(label=_("Jenis layanan"))
    action = CharField(
        label=_("Apa yang akan dilakukan?"),
        required=False,
        max_length=LONGEST_ACTION,
        widget=Textarea(attrs={"rows": 2}),
    )
    goal = TypedChoiceField(label=_("Untuk tujuan"), required=False, coerce=uuid.UUID, empty_value=None)
    provider = CharField(
        label=_("Penyedia"),
        help_text=_("Lembaga, layanan, keluarga, atau siapa saja yang memberi bantuan ini."),
        required=False,
        max_length=LONGEST_PROVIDER,
        widget=TextInput(attrs={"list": "providers", "autocomplete": "off"}),
    )
    in_charge = ChoiceField(label=_("Penanggung jawab"), required=False)
    due_on = DayField(label=_("Tanggal"), required=False)
    cost = RupiahField(label=_("Biaya"), help_text=_("Dalam rupiah. Tulis 0 bila tidak dipungut biaya."))
    alternatives = CharField(
        label=_("Pilihan lain"),
        help_text=_("Satu baris satu pilihan, misalnya: Puskesmas Tebing: buka Sabtu."),
        required=False,
        max_length=4000,
        widget=Textarea(attrs={"rows": 3}),
    )

    def __init__(self, plan: Plan, step: PlanStep | None = None, typed: Any = None) -> None:
        super().__init__(typed, initial=_held(step) if step else None)
        self.step, self.members = step, team_of(plan.case)
        self.registered = providers()
        self._choices("service_kind", [("", _("Pilih jenisnya")), *_kinds(step)])
        goals = [(str(goal.pk), f"{goal.number}. {goal.words}") for goal in _goals(plan, step)]
        self._choices("goal", [("", _("tidak untuk satu tujuan tertentu")), *goals])
        self._choices("in_charge", _in_charge_choices(self.members, step))
        if step:
            self.initial["in_charge"] = _chosen(self.members, step)

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the actions, without `key` and `version`."""
        plain = ("need", "service_kind", "action", "goal", "provider", "due_on", "cost")
        user, name = self._in_charge(self.cleaned_data["in_charge"])
        return {
            **{field: self.cleaned_data[field] for field in plain},
            "provider_organisation": self._registered(self.cleaned_data["provider"]),
            "in_charge": user,
            "in_charge_name": name,
            "alternatives": _alternatives(self.cleaned_data["alternatives"]),
        }

    def _registered(self, provider: str) -> uuid.UUID | None:
        """The organisation of the register that is named exactly so."""
        if self.step and provider == (self.step.provider or ""):
            held: uuid.UUID | None = self.step.provider_organisation
            return held
        by_name = {name.casefold(): key for name, key in self.registered.items()}
        return by_name.get(provider.casefold())

    def _in_charge(self, chosen: str) -> tuple[uuid.UUID | None, str]:
        if chosen == _CLIENT:
            return None, gettext("Penerima manfaat sendiri")
        if chosen == _UNCHANGED and self.step:
            return self.step.in_charge, self.step.in_charge_name
        member = next((member for member in self.members if str(member.pk) == chosen), None)
        return (member.user, member.name) if member else (None, "")


def _kinds(step: PlanStep | None) -> list[tuple[str, str]]:
    """What the catalogue offers, and a kind of an older edition that this step still has."""
    kinds = service_kinds()
    if step and step.service_kind not in dict(kinds):
        kinds.append((step.service_kind, kind_name(step.service_kind)))
    return kinds


def _goals(plan: Plan, step: PlanStep | None) -> list[Any]:
    """The goals that are worked on, and the one that this step has although it has ended."""
    goals = list(goals_with_words(plan.case))
    if step and step.goal and step.goal not in goals:
        goals.append(step.goal)
    return goals


def _in_charge_choices(members: Iterable[CaseMember], step: PlanStep | None) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("belum ditentukan"))]
    choices += [(str(member.pk), member.name) for member in members]
    choices.append((_CLIENT, _("Penerima manfaat sendiri")))
    if step and _chosen(members, step) == _UNCHANGED:
        choices.append((_UNCHANGED, step.in_charge_name))
    return choices


def _chosen(members: Iterable[CaseMember], step: PlanStep) -> str:
    if not step.in_charge_name:
        return ""
    pair = (step.in_charge, step.in_charge_name)
    found = next((member for member in members if (member.user, member.name) == pair), None)
    if found:
        return str(found.pk)
    return _CLIENT if pair == (None, gettext("Penerima manfaat sendiri")) else _UNCHANGED


def _held(step: PlanStep) -> dict[str, Any]:
    names = ("need", "service_kind", "action", "provider", "due_on", "cost")
    return {name: getattr(step, name) for name in names} | {
        "goal": str(step.goal_id) if step.goal_id else "",
        "alternatives": "\n".join(said_alternatives(step.alternatives)),
    }


def _alternatives(text: str) -> list[dict[str, str]]:
    """One entry for each line; what follows the first colon is said about it."""
    parts = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [{"provider": provider.strip(), "words": words.strip()} for provider, _colon, words in parts]


class StateForm(Form):
    """How far a step is."""

    version = IntegerField(widget=HiddenInput)
    to = ChoiceField(label=_("Keadaan langkah ini"), choices=StepState.choices, widget=RadioSelect)
    reason = DependentText(
        label=_("Catatan atau alasan"),
        help_text=_("Perlu diisi bila tidak ada layanan yang ditemukan, atau bila langkah ini tidak jadi."),
        required=False,
        max_length=LONGEST_REASON,
        widget=Textarea(attrs={"rows": 3}),
    )


class CrisisForm(Form):
    """What is done when things get worse."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(
        label=_("Rencana saat krisis"),
        help_text=_(
            "Tanda-tanda bahwa keadaan memburuk, apa yang dilakukan dahulu, siapa yang dihubungi, dan ke mana pergi."
        ),
        required=False,
        max_length=LONGEST_CRISIS,
        widget=Textarea(attrs={"rows": 8}),
    )


class AgreeForm(Form):
    """Who agreed to the plan, how, and when; and the team."""

    version = IntegerField(widget=HiddenInput)
    capacity = ChoiceField(label=_("Siapa yang menyetujui?"), choices=Capacity.choices, widget=RadioSelect)
    agreed_by = DependentText(
        label=_("Nama orang tua, wali, atau pendamping"), required=False, max_length=LONGEST_NAME
    )
    how = CharField(
        label=_("Bagaimana rencana ini dijelaskan dan disepakati?"),
        max_length=LONGEST_HOW,
        widget=Textarea(attrs={"rows": 3}),
    )
    agreed_on = DayField(label=_("Disepakati pada"))
    team_agreed_on = DayField(label=_("Disepakati tim pada"))
    team_says = CharField(
        label=_("Pendapat tim"), required=False, max_length=LONGEST_HOW, widget=Textarea(attrs={"rows": 2})
    )

    def __init__(self, on: date, typed: Any = None) -> None:
        super().__init__(typed, initial={"agreed_on": on, "team_agreed_on": on})


class DecideForm(Form):
    """A supervisor's word on a plan."""

    version = IntegerField(widget=HiddenInput)
    approved = TypedChoiceField(
        label=_("Keputusan Anda"),
        choices=[("yes", _("Setujui rencana ini")), ("no", _("Kembalikan untuk diperbaiki"))],
        coerce=lambda value: value == "yes",
        widget=RadioSelect,
    )
    reason = DependentText(
        label=_("Catatan"),
        help_text=_("Perlu diisi bila rencana dikembalikan: apa yang perlu diperbaiki."),
        required=False,
        max_length=LONGEST_HOW,
        widget=Textarea(attrs={"rows": 3}),
    )


class CheckForm(Form):
    """Whether a service was given: how much, how good, at what cost, does it fit, what is still missing."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    seen_on = DayField(label=_("Diperiksa pada"))
    delivered = ChoiceField(
        label=_("Apakah layanan diberikan?"), choices=Delivered.choices, widget=RadioSelect
    )
    quantity = CharField(label=_("Berapa banyak atau berapa kali?"), required=False, max_length=LONGEST_NEED)
    quality = TypedChoiceField(
        label=_("Mutunya menurut penerima manfaat"),
        choices=[
            ("4", _("Sangat baik")),
            ("3", _("Baik")),
            ("2", _("Kurang")),
            ("1", _("Buruk")),
            ("", _("Belum diketahui")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=RadioSelect,
    )
    cost = RupiahField(label=_("Biaya yang dikeluarkan"))
    fits_plan = ChoiceField(
        label=_("Sesuai dengan rencana?"),
        choices=[("yes", _("Ya")), ("no", _("Tidak")), ("unknown", _("Belum diketahui"))],
        initial="unknown",
        widget=RadioSelect,
    )
    unmet = CharField(
        label=_("Yang belum terpenuhi"),
        required=False,
        max_length=LONGEST_REASON,
        widget=Textarea(attrs={"rows": 2}),
    )
    words = CharField(
        label=_("Catatan"), required=False, max_length=LONGEST_REASON, widget=Textarea(attrs={"rows": 2})
    )

    def __init__(self, on: date, typed: Any = None) -> None:
        super().__init__(typed, initial={"seen_on": on})

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        cleaned = dict(self.cleaned_data)
        return {"key": cleaned.pop("once"), **cleaned}
