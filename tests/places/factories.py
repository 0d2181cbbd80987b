"""A few regions, true ones, instead of all 91,599."""

from simpul.places.actions import DECREE, VALID_FROM, _regions
from simpul.places.models import Region, RegionChange

NAMES = {
    "21": "Kepulauan Riau",
    "21.02": "Kabupaten Karimun",
    "21.71": "Kota Batam",
    "21.02.01": "Moro",
    "21.02.10": "Meral Barat",
    "21.02.10.2003": "Pangke",
    "21.02.10.2004": "Pangke Barat",
    "21.02.01.1001": "Moro",
    "21.02.01.2002": "Sugie",
    "93": "Papua Selatan",
    "93.01": "Kabupaten Merauke",
    "93.01.01": "Merauke",
}
VILLAGE = "21.02.10.2003"
NEXT_VILLAGE = "21.02.10.2004"
OTHER_DISTRICT = "21.02.01.1001"


def few_regions():
    Region.objects.bulk_create(_regions(NAMES))
    RegionChange.objects.create(old_code="91.01", new_code="93.01", note="KAB. MERAUKE")
    return DECREE, VALID_FROM
