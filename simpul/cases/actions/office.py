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
from simpul.cases.queries.office import told
from simpul.catalogue import casework


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
