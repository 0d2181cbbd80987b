"""What was typed about tasks, checked."""

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
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.cases.models import Case, Task, TaskKind
from simpul.cases.queries.tasks import FREE, Line, workers_of
from simpul.ui.fields import DayField, DependentText

KINDS = [(kind.value, kind.label) for kind in TaskKind if kind in FREE]
_TWO_LINES = {"rows": 2}


class KindField(ChoiceField):
    """A task or a visit; what is not told is a task."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Jenis"), choices=KINDS, required=False, initial=TaskKind.OWN.value, widget=RadioSelect
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value or TaskKind.OWN.value)


class TaskForm(Form):
    """A new task: what, by when, whose."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    words = CharField(label=_("Apa yang akan dikerjakan?"), max_length=300, widget=Textarea(attrs=_TWO_LINES))
    due_on = DayField(
        label=_("Paling lambat"), error_messages={"required": _("Isi tanggalnya, supaya tidak terlupa.")}
    )
    kind = KindField()
    worker = ChoiceField(label=_("Siapa yang mengerjakan?"))

    def __init__(self, case: Case, by: User, typed: Any = None, *, on: date) -> None:
        super().__init__(typed)
        self.fields["worker"] = _worker_field(case, by, by.pk, on=on)

    def clean_worker(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["worker"])


class FinishForm(Form):
    """Nothing to type: one press."""


class PostponeForm(Form):
    """Another day, and why."""

    version = IntegerField(widget=HiddenInput)
    until = DayField(label=_("Sampai kapan?"), error_messages={"required": _("Isi tanggal yang baru.")})
    because = CharField(label=_("Mengapa diundurkan?"), max_length=250, widget=Textarea(attrs=_TWO_LINES))

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="postpone-%s")


class DropForm(Form):
    """Why it will not be done."""

    because = CharField(label=_("Mengapa tidak jadi?"), max_length=300, widget=Textarea(attrs=_TWO_LINES))

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="drop-%s")


class EditForm(Form):
    """Other words, an earlier day, somebody else."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Apa yang akan dikerjakan?"), max_length=300, widget=Textarea(attrs=_TWO_LINES))
    due_on = DayField(label=_("Paling lambat"), error_messages={"required": _("Isi tanggalnya.")})
    worker = ChoiceField(label=_("Siapa yang mengerjakan?"))
    because = DependentText(
        label=_("Mengapa diubah?"), required=False, max_length=300, widget=Textarea(attrs=_TWO_LINES)
    )

    def __init__(self, task: Task, line: Line, by: User, typed: Any = None, *, on: date) -> None:
        kept: dict[str, str | date] = {"words": line.words, "due_on": line.due_on}
        super().__init__(typed, initial=kept, auto_id="edit-%s")
        self.fields["worker"] = _worker_field(task.case, by, line.worker, line.worker_name, on=on)
        if task.kind in FREE:
            del self.fields["because"]
        else:
            self.fields["because"].required = True

    def clean_worker(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["worker"])


def _worker_field(case: Case, by: User, chosen: uuid.UUID | None, name: str = "", *, on: date) -> ChoiceField:
    """The team, and who has it now though no longer of the team."""
    names = {str(worker.key): worker.name for worker in workers_of(case, by, on)}
    if chosen is not None:
        names.setdefault(str(chosen), name)
    return ChoiceField(
        label=_("Siapa yang mengerjakan?"), choices=list(names.items()), initial=str(chosen or by.pk)
    )
