"""An office's norms: the catalogue's defaults with the office's own laid over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.cases.models import Case, Office
from simpul.cases.stages import WAY, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import Norm, WorkingModel
from simpul.organisations.queries import named
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import FoundRegion, names_of

MEGABYTE = 1_000_000


def norms_for(case: Case) -> dict[str, Any]:
    """The norms by which this case is worked: those of its organisation, or of its area's office."""
    return laid_over(offices_of(case).values_list("norms", flat=True).first() or {})


def laid_over(own: Mapping[str, Any]) -> dict[str, Any]:
    """The catalogue's norms with an office's own; what is no longer known or allowed is passed over."""
    norms = dict(casework.norms())
    for norm in casework.norm_entries():
        value = own.get(norm.key)
        if value is None or not norm.allows(value):
            continue
        if norm.part:
            norms[norm.code][norm.part] = value
        else:
            norms[norm.code] = value
    return norms


def model_of(case: Case, own: Mapping[str, Any] | None = None) -> WorkingModel | None:
    """The working model of a case as its office works it; None where none was chosen.

    `own` is what the office changed, for who has it at hand already.
    """
    model = casework.working_model(case.working_model)
    if model is None:
        return None
    if own is None:
        own = offices_of(case).values_list("models", flat=True).first() or {}
    return as_worked(model, own)


def as_worked(model: WorkingModel, own: Mapping[str, Any]) -> WorkingModel:
    """A working model of the catalogue with an office's own steps, roles, parts and evaluation laid over it."""
    changed = own.get(model.code, {})
    kept: dict[str, Any] = {
        field: tuple(code for code in known if code in changed[field])
        for field, known in model_choices().items()
        if field in changed
    }
    if changed.get("evaluation") in casework.EVALUATIONS:
        kept["evaluation"] = changed["evaluation"]
    return replace(model, **kept)


def model_choices() -> dict[str, tuple[str, ...]]:
    """What an office may choose from for each part of a working model, in the order of the page."""
    return {
        "expected_steps": tuple(str(stage) for stage in WAY),
        "expected_roles": tuple(entry.code for entry in casework.roles()),
        "required_parts": casework.REQUIRED_PARTS,
    }


def model_told(model: WorkingModel, own: Mapping[str, Any]) -> str:
    """What an office changed in a working model, in words."""
    worked = as_worked(model, {model.code: own})
    said = [
        f"{label}: {', '.join(model_words(field)[code] for code in getattr(worked, field)) or _('tidak ada')}"
        for field, label in model_labels().items()
        if field in own
    ]
    if "evaluation" in own:
        said.append(f"{_('Evaluasi')}: {evaluation_words()[worked.evaluation]}")
    return "; ".join(said) or _("seperti asalnya")


def model_labels() -> dict[str, str]:
    """How each part of a working model is called."""
    return {
        "expected_steps": _("Tahap yang diharapkan"),
        "expected_roles": _("Peran yang diharapkan"),
        "required_parts": _("Bagian yang wajib"),
    }


def model_words(field: str) -> dict[str, str]:
    """What may be chosen for one part of a working model, by code."""
    if field == "expected_steps":
        return {code: str(Stage(code).label) for code in model_choices()[field]}
    if field == "required_parts":
        return {code: str(words) for code, words in _PARTS.items()}
    language = get_language() or "id"
    return {entry.code: entry.title.in_language(language) for entry in casework.roles()}


def evaluation_words() -> dict[str, str]:
    """The two kinds of evaluation."""
    return {"effect": _("hasil pada klien"), "process": _("proses layanan sudah cukup")}


_PARTS = {
    "functional_assessment": gettext_lazy("Asesmen fungsi"),
    "strengths_inventory": gettext_lazy("Daftar kekuatan"),
    "professional_team": gettext_lazy("Tim lintas profesi"),
}


def offices_of(case: Case) -> Any:
    """Whose norms a case follows: its organisation's; without one, those of the regency's office."""
    if case.organisation:
        return Office.objects.filter(organisation=case.organisation)
    return Office.objects.filter(organisation=None, region=case.region[:REGENCY_SIGNS])


def office_at(where: Where) -> Office | None:
    """The office that has set norms of its own."""
    found: Office | None = Office.objects.filter(organisation=where.organisation, region=where.region).first()
    return found


def homes_of(user: User) -> tuple[Where, ...]:
    """The offices whose norms this person may set: whole organisations, and regencies."""
    homes = []
    for grant in user.grants_with(Permission.CASE_SETTINGS):
        if grant.organisation and not grant.region:
            homes.append(Where(organisation=grant.organisation))
        elif not grant.organisation and len(grant.region) == REGENCY_SIGNS:
            homes.append(Where(region=grant.region))
    return tuple(dict.fromkeys(homes))


@dataclass(frozen=True, slots=True)
class Home:
    """One office by its name, and the address of its norms."""

    where: Where
    name: str

    @property
    def address(self) -> str:
        return "cases:norms-of-organisation" if self.where.organisation else "cases:norms-of-area"

    @property
    def model_address(self) -> str:
        return "cases:model-of-organisation" if self.where.organisation else "cases:model-of-area"

    @property
    def key(self) -> UUID | str:
        return self.where.organisation or self.where.region


def homes_named(user: User) -> tuple[Home, ...]:
    """The same offices by name."""
    homes = homes_of(user)
    organisations = named({home.organisation for home in homes})
    areas = names_of({home.region for home in homes if home.region})
    return tuple(
        Home(home, organisations.get(home.organisation, "") if home.organisation else _area(home, areas))
        for home in homes
    )


def _area(home: Where, areas: Mapping[str, FoundRegion]) -> str:
    found = areas.get(home.region)
    return found.name if found else home.region


@dataclass(frozen=True, slots=True)
class NormRow:
    """One norm on the page: what the catalogue says, and what the office set."""

    norm: Norm
    own: Any

    @property
    def key(self) -> str:
        return self.norm.key

    @property
    def is_own(self) -> bool:
        return self.own is not None

    @property
    def default_words(self) -> str:
        return value_words(self.norm, self.norm.value)

    @property
    def own_words(self) -> str:
        """What the office set, in words; empty where the default holds."""
        return value_words(self.norm, self.own) if self.is_own else ""


def rows_of(office: Office | None) -> tuple[NormRow, ...]:
    """Every norm, in the order of the catalogue."""
    own = office.norms if office else {}
    return tuple(NormRow(norm, own.get(norm.key)) for norm in casework.norm_entries())


def told(own: Mapping[str, Any], keys: Collection[str]) -> str:
    """These norms in words, for whoever meets somebody else's change."""
    language = get_language() or "id"
    return "; ".join(
        f"{norm.title.in_language(language)}: {value_words(norm, own.get(norm.key, norm.value))}"
        for norm in casework.norm_entries()
        if norm.key in keys
    )


def value_words(norm: Norm, value: Any) -> str:
    """A value with its unit."""
    if norm.unit == "yes_no":
        return _("ya") if value else _("tidak")
    if isinstance(value, (list, tuple)):
        return _("%(numbers)s bulan") % {"numbers": ", ".join(str(one) for one in value)}
    if norm.unit == "bytes":
        return _("%(count)s MB") % {"count": value // MEGABYTE}
    return _units(norm.unit, value) % {"count": value}


def _units(unit: str, count: int) -> str:
    if unit == "hours":
        return ngettext("%(count)s jam", "%(count)s jam", count)
    if unit == "times":
        return ngettext("%(count)s kali", "%(count)s kali", count)
    if unit == "cases":
        return ngettext("%(count)s kasus", "%(count)s kasus", count)
    return ngettext("%(count)s hari", "%(count)s hari", count)
