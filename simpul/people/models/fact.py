"""What is known about people."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    Model,
    Q,
    UUIDField,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed, blind_index
from simpul.people.models.choices import Source, State
from simpul.people.models.person import Household, Person

# What is said of a fact fills at least so many characters before it is sealed: a name's length would betray it.
SAID_LENGTH = 160


def fact_fingerprint(name: str, about: uuid.UUID | None) -> bytes:
    """By which a fact of that name about that person or household is found while its name stays sealed.

    Another one for everybody: or who reads the table alone would see who was asked the same rare question.
    """
    return blind_index(f"{about}\x1f{name}", "fact.name")


class FactQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the person lives."""

    def named(self, name: str) -> FactQuerySet:
        """Those of that name, among facts about few: the people and households here are asked for first."""
        return self.named_any([name])

    def named_any(self, names: Iterable[str]) -> FactQuerySet:
        asked = list(names)
        about = {person or household for person, household in self._subjects()} if asked else set()
        return self.filter(name_index__in=[fact_fingerprint(name, key) for key in about for name in asked])

    def _subjects(self) -> Iterable[tuple[uuid.UUID | None, uuid.UUID | None]]:
        return self.order_by().values_list("person_id", "household_id").distinct()

    def valid_on(self, on: date) -> FactQuerySet:
        return self.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))


class Fact(Model):
    """One thing said about a person or a household. Never changed: what is said later supersedes it.

    That somebody spoke of violence or an illness at all is as private as what was said: name, value and proof
    are sealed together, and `name_index` finds the name among the facts of one person or household.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, null=True, related_name="facts_said")
    household = ForeignKey(Household, PROTECT, null=True, related_name="facts_said")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    name_index = BinaryField(max_length=16)
    said_sealed = BinaryField()
    state = CharField(max_length=8, choices=State.choices)
    source = CharField(max_length=12, choices=Source.choices)
    noted_at = DateTimeField()
    noted_by = UUIDField()
    noted_by_name = CharField(max_length=200)
    valid_from = DateField()
    valid_until = DateField(null=True)

    said = Sealed("said_sealed", "fact.said")
    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["person", "name_index", "noted_at"], name="fact_person"),
            Index(fields=["household", "name_index", "noted_at"], name="fact_household"),
        )
        constraints = (
            CheckConstraint(
                name="fact_is_about_a_person_or_a_household",
                condition=Q(person__isnull=False, household=None) | Q(person=None, household__isnull=False),
                violation_error_message=_("Fakta harus tentang satu orang atau satu rumah tangga."),
            ),
            CheckConstraint(
                name="fact_state_is_known_here",
                condition=Q(state__in=State.values),
                violation_error_message=_(
                    "Pilih salah satu: diketahui, tidak tahu, atau tidak mau menjawab."
                ),
            ),
            CheckConstraint(
                name="fact_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Masa berlaku berakhir sebelum dimulai."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def say(self, name: str, value: Any, proof: str = "") -> None:
        """Seal what is said; state and subject come first. `value` as JSON holds it, None unless it is known.

        Raises ValueError where state and value do not agree: the database cannot see it.
        """
        if (self.state == State.KNOWN) is (value is None):
            raise ValueError("A known fact has a value, any other has none.")
        said = json.dumps({"name": name, "value": value, "proof": proof})
        self.said = said.ljust(SAID_LENGTH)
        self.name_index = fact_fingerprint(name, self.person_id or self.household_id)
        self.__dict__.pop("_opened", None)

    @cached_property
    def _opened(self) -> dict[str, Any]:
        """Opened once, however much of it is read."""
        opened: dict[str, Any] = json.loads(self.said)
        return opened

    @property
    def name(self) -> str:
        return str(self._opened["name"])

    @property
    def value(self) -> Any:
        return self._opened["value"]

    @property
    def proof(self) -> str:
        return str(self._opened["proof"])

    @property
    def about_person(self) -> uuid.UUID | None:
        return self.person_id

    @property
    def about_people(self) -> list[uuid.UUID]:
        """Everybody in the household that the fact is about, if it is about one."""
        return self.household.about_people if self.household else []
