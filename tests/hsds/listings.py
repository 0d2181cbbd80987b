"""Invented services as the interface tells them."""

import datetime

from simpul.services.models import Hours
from tests.organisations.factories import organisation
from tests.services.factories import a_service

ADDRESS = "Gang Kenanga 7"
VILLAGE = "21.02.10.2003"


def meals(**details):
    """A whole listing: a place with a position, hours, area, papers, cost."""
    kept = {
        "place": {"address": ADDRESS, "region": VILLAGE, "postal_code": "29661", "latitude": 1.05, "longitude": 103.35, "accesses": ["wheelchair"]},
        "areas": ("21.02",),
        "need_types": ["LUT"],
        "need_edition": "permensos-8-2012",
        "languages": ["id", "ms"],
        "accesses": ["wheelchair"],
        "papers": ["KTP atau surat keterangan desa"],
        "procedure": "Datang, lalu didata.",
        "rule": "is_elderly",
        "rule_words": "Lansia yang tinggal sendiri",
        "age_from": 60,
        "email": "kantor@lembaga.or.id",
        "website": "https://lembaga.or.id",
        **details,
    }  # fmt: skip
    service = a_service(**kept)
    Hours.objects.create(
        service=service,
        frequency="WEEKLY",
        by_day="MO,TU",
        opens_at=datetime.time(8),
        closes_at=datetime.time(16),
    )
    return service


def hidden(**details):
    """A shelter that must not be found, with everything written where it does not belong."""
    body = organisation(
        name="Rumah Aman Melati",
        is_address_secret=True,
        region=VILLAGE,
        address=ADDRESS,
        phone="0777-999888",
        website="https://rumahaman.example",
        about=f"Berada di {ADDRESS}.",
        latitude=1.0512,
        longitude=103.3512,
    )
    kept = {
        "name": "Rumah aman", "kind": "shelter", "about": f"Datang ke {ADDRESS}.", "procedure": "Kenanga, pintu biru.",
        "place": {"address": ADDRESS, "region": VILLAGE, "postal_code": "29661", "latitude": 1.0512, "longitude": 103.3512},
        "areas": (VILLAGE,),
        **details,
    }  # fmt: skip
    return a_service(body, **kept)
