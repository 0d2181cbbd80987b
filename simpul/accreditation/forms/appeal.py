"""An appeal, and who looks again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, Select, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.accreditation.queries.plenary import LONGEST_WORDS


class AppealForm(Form):
    """Why the body does not agree."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    words = CharField(
        label=_("Alasan keberatan"),
        help_text=_(
            "Sebutkan butir yang menurut Anda keliru dan buktinya. Keberatan hanya dapat diajukan satu kali."
        ),
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 8}),
    )


class RecheckerForm(Form):
    """Which validator looks at the scores again."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    user = ChoiceField(label=_("Penyelia yang memeriksa ulang"), widget=Select)

    def __init__(self, users: Iterable[User], typed: Any = None) -> None:
        super().__init__(typed)
        self.users = {str(user.pk): user for user in users}
        chosen: Any = self.fields["user"]
        chosen.choices = [(key, str(user)) for key, user in self.users.items()]

    def chosen(self) -> User:
        return self.users[self.cleaned_data["user"]]
