"""The people and bodies around a client, and what ties them: what genogram and ecomap are drawn from."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    F,
    ForeignKey,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.people.models import Person, Sex


class TieKind(TextChoices):
    """Ties of the genogram first, those of the ecomap after them."""

    PARENT_OF = "parent_of", _("orang tua dari")
    PARTNER_OF = "partner_of", _("pasangan dari")
    FORMER_PARTNER_OF = "former_partner_of", _("pernah menjadi pasangan dari")
    SIBLING_OF = "sibling_of", _("saudara kandung dari")
    CARES_FOR = "cares_for", _("mengasuh atau merawat")
    SUPPORTS = "supports", _("mendukung")
    STRAINED = "strained", _("hubungan tegang dengan")
    BROKEN = "broken", _("hubungan terputus dengan")


class Tells(TextChoices):
    """What this person or body may be told of the case, by the client's own wish."""

    NOTHING = "nothing", _("tidak diberi tahu apa pun")
    SOME = "some", _("hanya hal yang disebut")
    ALL = "all", _("boleh diberi tahu semuanya")


class ConcernedKind(TextChoices):
    PERSON = "person", _("Orang")
    BODY = "body", _("Lembaga atau layanan")
    COMMUNITY = "community", _("Lingkungan, kelompok, atau tempat ibadah")


class Concerned(OfCase):
    """Somebody or something that matters to the client, whether registered here or not.

    `relation` says in the worker's own words what they are to the client.
    """

    kind = CharField(max_length=10, choices=ConcernedKind.choices, default=ConcernedKind.PERSON)
    person = ForeignKey(Person, PROTECT, null=True, related_name="concerned_in")
    name_sealed = BinaryField(null=True)
    name: Any = Sealed("name_sealed", "concerned.name")
    relation_sealed = BinaryField(null=True)
    relation: Any = Sealed("relation_sealed", "concerned.relation")
    phone_sealed = BinaryField(null=True)
    phone: Any = Sealed("phone_sealed", "concerned.phone")
    told_what_sealed = BinaryField(null=True)
    told_what: Any = Sealed("told_what_sealed", "concerned.told_what")
    sex = CharField(max_length=1, choices=Sex.choices, blank=True)
    born_year = PositiveSmallIntegerField(null=True)
    is_alive = BooleanField(default=True)
    lives_with_client = BooleanField(default=False)
    is_guardian = BooleanField(default=False)
    tells = CharField(max_length=10, choices=Tells.choices, default=Tells.NOTHING)
    ended_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.pk)


class Tie(OfCase):
    """How two of them stand to each other. `None` at either end is the client."""

    one = ForeignKey(Concerned, PROTECT, null=True, related_name="ties_from")
    other = ForeignKey(Concerned, PROTECT, null=True, related_name="ties_to")
    kind = CharField(max_length=20, choices=TieKind.choices)
    ended_on = DateField(null=True)

    class Meta:
        constraints = (
            CheckConstraint(
                name="tie_has_two_ends",
                condition=~Q(one=F("other")) & (Q(one__isnull=False) | Q(other__isnull=False)),
                violation_error_message=_("Pilih dua orang yang berbeda."),
            ),
        )

    def __str__(self) -> str:
        return self.kind
