"""What was typed about the ending and the looks afterwards, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    CheckboxInput,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Select,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Afterwards, Condition, Ending, FollowUp
from simpul.cases.queries.ending import (
    LABELS,
    LONGEST_HANDED_TO,
    LONGEST_OUTCOME,
    LONGEST_WORDS,
    MOST_FOLLOW_UPS,
    PROCESS,
    TRANSITION,
    GoalOutcome,
    Told,
    reasons,
)
from simpul.people.models import Capacity
from simpul.ui.fields import DayField, DependentText

_CANNOT_BE_SAID = "none"
_SPARE_DAYS = 1


def _words(label: Any, hint: Any = "", rows: int = 3, longest: int = LONGEST_WORDS) -> CharField:
    """Words that completing the ending may ask for; a draft is kept without them."""
    return DependentText(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=Textarea(attrs={"rows": rows}),
    )


class EndingForm(Form):
    """The whole draft. Nothing has to be complete before it is completed."""

    version = IntegerField(widget=HiddenInput)
    held_on = DayField(label=LABELS["held_on"])
    reason = ChoiceField(label=_("Alasan berakhir"), required=False, widget=RadioSelect)
    is_lasting_need = BooleanField(
        label=_("Kebutuhannya menetap, jadi yang dinilai adalah proses pelayanannya"),
        required=False,
        widget=CheckboxInput,
    )
    effect = _words(
        _("Apa yang berubah bagi orang itu?"), _("Juga yang tidak berubah, atau memburuk."), rows=5
    )
    process_quantity = _words(
        PROCESS["quantity"], _("Cukupkah yang diberikan, dan sesering yang dijanjikan?"), 2
    )
    process_quality = _words(PROCESS["quality"], _("Seberapa baik layanannya menurut klien dan tim?"), 2)
    process_cost = _words(PROCESS["cost"], _("Berapa biayanya, siapa yang menanggung, sepadankah?"), 2)
    process_fit = _words(PROCESS["fit"], _("Apa yang berjalan lain daripada rencana, dan mengapa?"), 2)
    process_unmet = _words(PROCESS["unmet"], _("Apa yang masih kurang, dan siapa yang sudah diberi tahu?"), 2)
    transition_goes_on = _words(TRANSITION["goes_on"], _("Layanan, obat, sekolah, usaha, ibadah."))
    transition_stands_by = _words(TRANSITION["stands_by"], _("Nama dan cara menghubunginya."), 2)
    transition_when_hard = _words(TRANSITION["when_hard"], _("Tanda-tandanya, dan ke mana meminta tolong."))
    made_with_client = BooleanField(
        label=_("Rencana peralihan ini disusun bersama klien"), required=False, widget=CheckboxInput
    )
    handed_to = _words(
        LABELS["handed_to"], _("Siapa atau lembaga mana yang melanjutkan."), 2, LONGEST_HANDED_TO
    )
    statement_capacity = ChoiceField(
        label=_("Yang menyatakan"),
        required=False,
        choices=[("", _("Tidak ada pernyataan: tulis mengapa")), *Capacity.choices],
        widget=RadioSelect,
    )
    statement = _words(
        LABELS["statement"], _("Dengan kata-katanya sendiri, atau mengapa tidak ada pernyataan.")
    )
    follow_up_words = _words(
        LABELS["follow_up_words"],
        _("Bagaimana bimbingan lanjut dilakukan, atau mengapa tidak ada."),
        2,
    )

    def __init__(self, ending: Ending, goals: Iterable[GoalOutcome], typed: Any = None) -> None:
        held = Told.of(ending)
        super().__init__(typed, initial=_held(ending, held))
        reason: Any = self.fields["reason"]
        reason.choices = [("", _("belum ditentukan")), *reasons()]
        self.fields["reason"].depends = self.fields["statement_capacity"].depends = True  # type: ignore[attr-defined]
        self.goals = tuple(goals)
        for goal in self.goals:
            self._add_goal(goal)
        self.days = [f"follow_up_{number}" for number in range(1, len(held.follow_ups) + _SPARE_DAYS + 1)]
        for number, name in enumerate(self.days[:MOST_FOLLOW_UPS]):
            self.fields[name] = DayField(label=_("Kunjungan bimbingan lanjut"), required=False)
            self.initial[name] = held.follow_ups[number] if number < len(held.follow_ups) else None
        self.days = self.days[:MOST_FOLLOW_UPS]

    def _add_goal(self, goal: GoalOutcome) -> None:
        levels = [
            (str(one.level), f"{one.said} · {one.name}" + (f": {one.words}" if one.words else ""))
            for one in goal.levels
            if goal.may_be_scored
        ]
        self.fields[f"level_{goal.number}"] = ChoiceField(
            label=_("Hasil akhir"),
            required=False,
            choices=[("", _("belum dinilai")), *levels, (_CANNOT_BE_SAID, _("tidak dapat dikatakan"))],
            widget=Select,
        )
        self.fields[f"words_{goal.number}"] = _words(
            _("Apa yang menunjukkannya, atau mengapa tidak dapat dikatakan?"), "", 2, LONGEST_OUTCOME
        )
        if goal.is_final:
            self.initial[f"level_{goal.number}"] = _CANNOT_BE_SAID if goal.level is None else str(goal.level)
            self.initial[f"words_{goal.number}"] = goal.because

    @property
    def goal_fields(self) -> list[tuple[GoalOutcome, Any, Any]]:
        """Each goal with its two fields."""
        return [(goal, self[f"level_{goal.number}"], self[f"words_{goal.number}"]) for goal in self.goals]

    @property
    def process_fields(self) -> list[Any]:
        return [self[f"process_{name}"] for name in PROCESS]

    @property
    def transition_fields(self) -> list[Any]:
        return [self[f"transition_{name}"] for name in TRANSITION]

    @property
    def day_fields(self) -> list[Any]:
        return [self[name] for name in self.days]

    def clean(self) -> dict[str, Any]:
        """Words to a goal of which no outcome was chosen would be lost, so it says so."""
        cleaned = super().clean() or {}
        for goal in self.goals:
            if cleaned.get(f"words_{goal.number}") and not cleaned.get(f"level_{goal.number}"):
                self.add_error(f"level_{goal.number}", _("Pilih hasilnya, atau “tidak dapat dikatakan”."))
        if not cleaned.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", _("Isi tanggal pengakhiran."))
        return cleaned

    def told(self) -> Told:
        """What was typed, for the action."""
        typed = self.cleaned_data
        outcomes = {
            str(goal.key): {
                "level": _level(typed[f"level_{goal.number}"]),
                "words": typed[f"words_{goal.number}"],
            }
            for goal in self.goals
            if typed[f"level_{goal.number}"]
        }
        return Told(
            held_on=typed["held_on"],
            reason=typed["reason"],
            is_lasting_need=typed["is_lasting_need"],
            outcomes=outcomes,
            effect=typed["effect"],
            process={name: typed[f"process_{name}"] for name in PROCESS},
            transition={name: typed[f"transition_{name}"] for name in TRANSITION},
            made_with_client=typed["made_with_client"],
            handed_to=typed["handed_to"],
            statement=typed["statement"],
            statement_capacity=typed["statement_capacity"],
            follow_ups=tuple(typed[name] for name in self.days if typed[name]),
            follow_up_words=typed["follow_up_words"],
        )


def _level(typed: str) -> int | None:
    return None if typed == _CANNOT_BE_SAID else int(typed)


def _held(ending: Ending, held: Told) -> dict[str, Any]:
    plain = (
        "held_on",
        "reason",
        "is_lasting_need",
        "effect",
        "made_with_client",
        "handed_to",
        "statement",
        "statement_capacity",
        "follow_up_words",
    )
    return (
        {name: getattr(held, name) for name in plain}
        | {f"process_{name}": words for name, words in held.process.items()}
        | {f"transition_{name}": words for name, words in held.transition.items()}
        | {"version": ending.version}
    )


class FollowUpForm(Form):
    """What was found at a look after the ending, and what was decided."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    version = IntegerField(widget=HiddenInput)
    done_on = DayField(label=_("Dilakukan pada"))
    condition = ChoiceField(label=_("Keadaannya"), choices=Condition.choices, widget=RadioSelect)
    words = CharField(
        label=_("Apa yang ditemukan?"),
        help_text=_("Bila tidak bertemu, tulis hari dan cara mencobanya."),
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )
    decision = ChoiceField(label=_("Lalu"), choices=Afterwards.choices, widget=RadioSelect)
    next_on = DayField(
        label=_("Bimbingan lanjut berikutnya"),
        help_text=_("Hanya bila dilanjutkan dan belum ada jadwal berikutnya."),
        required=False,
    )
    cancels_rest = BooleanField(
        label=_("Batalkan bimbingan lanjut lain yang masih menunggu"), required=False, widget=CheckboxInput
    )

    def __init__(self, look: FollowUp, typed: Any = None, *, on: date) -> None:
        super().__init__(typed, initial={"done_on": on, "version": look.version})
        # Needed where it goes on and no other look waits.
        self.fields["next_on"].depends = True  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        details = dict(self.cleaned_data)
        return {"key": details.pop("once"), **details}


class CancelForm(Form):
    """Why a look will not be made."""

    version = IntegerField(widget=HiddenInput)
    reason = CharField(
        label=_("Mengapa dibatalkan?"), max_length=LONGEST_WORDS, widget=Textarea(attrs={"rows": 2})
    )

    def __init__(self, look: FollowUp, typed: Any = None) -> None:
        super().__init__(typed, initial={"version": look.version}, auto_id="cancel_%s")
