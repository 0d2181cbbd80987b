"""Homes, and moving between them."""

from __future__ import annotations

from django.forms import ChoiceField, HiddenInput, IntegerField, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.people.forms.fields import HomeFields, HouseholdChoice, RegionField
from simpul.people.models import Relation


class HouseholdForm(HomeFields):
    """The address and family card of a household."""

    version = IntegerField(widget=HiddenInput)


class NewHouseholdForm(HomeFields, RegionField):
    """A home that is registered before its people."""

    once = UUIDField(widget=HiddenInput)


class MoveForm(HouseholdChoice):
    """With whom somebody lives from now on."""

    once = UUIDField(widget=HiddenInput)
    version = IntegerField(widget=HiddenInput)
    relation_to_head = ChoiceField(
        label=_("Hubungan dengan kepala keluarga"), required=False, choices=[("", "—"), *Relation.choices]
    )
