"""An office setting its own norms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal
from simpul.cases.models import Office
from simpul.cases.queries.office import model_choices, model_told, told
from simpul.catalogue import casework
from simpul.catalogue.casework import WorkingModel


@action(Permission.CASE_SETTINGS)
def set_norms(where: Where, /, *, by: User, at: datetime, version: int, own: Mapping[str, Any]) -> Office:
    """Keep where this office departs from the catalogue; without an own value the default holds.

    `own` maps the keys of casework.norm_entries() to values; what equals the default is not kept. `version` is
    0 as long as nothing was set. The same norms sent twice change nothing. Raises Clash when somebody set
    norms since the page was opened.
    """
    wanted = _departures(own)
    office = _locked(where, by, at)
    before = office.norms
    if office.version == version + 1 and before == wanted:
        return office
    if office.version != version:
        differing = [key for key in {**before, **wanted} if before.get(key) != wanted.get(key)]
        raise Clash(_("Norma kantor ini"), told(before, differing), told(wanted, differing))
    office.norms, office.version = wanted, version + 1
    office.changed_at, office.changed_by_name = at, str(by)
    office.save()
    return office


@action(Permission.CASE_SETTINGS, tells={"model"})
def set_model(
    where: Where, /, *, by: User, at: datetime, version: int, model: str, own: Mapping[str, Any]
) -> Office:
    """Keep what this office changes in one working model: steps, roles, required parts, kind of evaluation.

    `own` has the fields of queries.office.model_choices() and "evaluation"; what equals the catalogue is not
    kept, so that nothing changed means the catalogue's model. Versions and clashes as in `set_norms`.
    """
    known = casework.working_model(model)
    if known is None:
        raise Refusal(_("Model kerja itu tidak dikenal. Pilih dari daftarnya."))
    wanted = _changed(known, own)
    office = _locked(where, by, at)
    before = office.models.get(model, {})
    if office.version == version + 1 and before == wanted:
        return office
    if office.version != version:
        raise Clash(str(known.title), model_told(known, before), model_told(known, wanted))
    kept = {code: changes for code, changes in office.models.items() if code != model}
    office.models, office.version = kept | ({model: wanted} if wanted else {}), version + 1
    office.changed_at, office.changed_by_name = at, str(by)
    office.save()
    return office


def _changed(model: WorkingModel, own: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the catalogue, in its order. Raises Refusal for what is not known, or no step at all."""
    changed: dict[str, Any] = {}
    for field, known in model_choices().items():
        chosen = own.get(field, getattr(model, field))
        if unknown := [code for code in chosen if code not in known]:
            raise Refusal(_("Pilihan ini tidak dikenal: %(codes)s.") % {"codes": ", ".join(unknown)})
        ordered = [code for code in known if code in chosen]
        if set(ordered) != set(getattr(model, field)):
            changed[field] = ordered
    if changed.get("expected_steps") == []:
        raise Refusal(_("Pilih sekurangnya satu tahap."))
    evaluation = own.get("evaluation", model.evaluation)
    if evaluation not in casework.EVALUATIONS:
        raise Refusal(_("Pilih jenis evaluasi dari daftarnya."))
    return changed | ({"evaluation": evaluation} if evaluation != model.evaluation else {})


def _locked(where: Where, by: User, at: datetime) -> Office:
    """The office's row, not to be changed by others meanwhile; a new one of version 0 where there was none."""
    made, _created = Office.objects.get_or_create(
        organisation=where.organisation,
        region=where.region,
        defaults={"version": 0, "changed_at": at, "changed_by_name": str(by)},
    )
    locked: Office = Office.objects.select_for_update(of=("self",)).get(pk=made.pk)
    return locked


def _departures(own: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the catalogue. Raises Refusal for a value beyond the limits."""
    norms = {norm.key: norm for norm in casework.norm_entries()}
    kept: dict[str, Any] = {}
    for key, value in own.items():
        norm = norms.get(key)
        if norm is None or not norm.allows(value):
            raise Refusal(
                _("Nilai ini tidak dapat dipakai: %(norm)s.") % {"norm": norm.title if norm else key}
            )
        default = list(norm.value) if isinstance(norm.value, tuple) else norm.value
        if value != default:
            kept[key] = value
    return kept
