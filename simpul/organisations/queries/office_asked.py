"""What somebody asked a list of organisations for, and how that stands in an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

NO_TYPE = "-"
# The six levels of area, in the words of a list.
LEVELS = (
    ("village", _("desa/kelurahan")),
    ("district", _("kecamatan")),
    ("regency", _("kabupaten/kota")),
    ("province", _("provinsi")),
    ("regional", _("regional")),
    ("national", _("nasional")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was narrowed to. Empty means not asked; the names of the address are in `_ADDRESS`.

    `area` is the beginning of a region code, `is_exact` asks only for those whose place is not known any closer.
    `registered`, `accredited` and `papers` are "ya", "tidak" or "habis" (runs out soon, or has run out for papers).
    """

    area: str = ""
    is_exact: bool = False
    kind: str = ""
    type: str = ""
    level: str = ""
    need: str = ""
    registered: str = ""
    accredited: str = ""
    papers: str = ""
    is_flagged: bool = False
    state: str = ""
    text: str = ""
    sort: str = ""

    def but(self, **changed: Any) -> Asked:
        return replace(self, **changed)

    @property
    def pairs(self) -> dict[str, str]:
        """What was asked as it stands in an address, nothing that was not asked."""
        asked = ((name, getattr(self, field)) for field, name in _ADDRESS.items())
        return {name: "ya" if value is True else value for name, value in asked if value}

    @property
    def address(self) -> str:
        return urlencode(self.pairs)

    @property
    def told(self) -> str:
        """For the record of events: what was asked, without what somebody typed."""
        return urlencode({name: "…" if name == "cari" else value for name, value in self.pairs.items()})


# In the order of the fields.
_ADDRESS = {
    "area": "wilayah",
    "is_exact": "tepat",
    "kind": "jenis",
    "type": "tipe",
    "level": "tingkat",
    "need": "melayani",
    "registered": "terdaftar",
    "accredited": "terakreditasi",
    "papers": "surat",
    "is_flagged": "ditandai",
    "state": "keadaan",
    "text": "cari",
    "sort": "urut",
}
