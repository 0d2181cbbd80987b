"""Whose people a service takes: the regions, told one by one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash
from simpul.places import queries as regions
from simpul.services.actions.keeping import _held, _revised, _written
from simpul.services.models import Area, Service
from simpul.services.queries.values import ValueWrong

_MOST = 500


@action(Permission.SERVICE_EDIT)
def set_areas(
    service: Service, /, *, by: User, seen: Collection[str], codes: Collection[str], at: datetime
) -> Service:
    """These regions and no others; none at all means those that the body serves.

    `seen` are the codes that the page showed. Raises ValueWrong, and Clash where somebody changed them meanwhile.
    """
    current = _held(service)
    before = set(Area.objects.filter(service=current).values_list("code", flat=True))
    wanted = _known(codes)
    if wanted == before:
        return current
    if before != set(seen):
        raise Clash(_("Wilayah yang dilayani"), _words(before), _words(wanted))
    Area.objects.filter(service=current, code__in=before - wanted).delete()
    Area.objects.bulk_create([Area(service=current, code=code) for code in sorted(wanted - before)])
    _written(current, at)
    told = ({"areas": sorted(map(regions.path, found))} for found in (before, wanted))
    _revised(current, "areas", *told, by=by, at=at)
    return current


def _known(codes: Collection[str]) -> set[str]:
    if len(codes) > _MOST:
        raise ValueWrong(
            "areas", _("Wilayahnya terlalu banyak. Pilih kecamatan atau kabupaten yang memuatnya.")
        )
    found = regions.names_of(set(codes))
    if unknown := sorted(set(codes) - set(found)):
        raise ValueWrong(
            "areas",
            _("Kode wilayah %(code)s tidak dikenal. Cari namanya, lalu pilih dari daftar.")
            % {"code": unknown[0][:20]},
        )
    return {place.code for place in found.values()}


def _words(codes: Collection[str]) -> str:
    names = regions.names_of(set(codes))
    return ", ".join(str(names.get(code, code)) for code in sorted(codes)) or _("menurut wilayah lembaga")
