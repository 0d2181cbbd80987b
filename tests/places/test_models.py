from datetime import date

import pytest
from django.db import IntegrityError

from simpul.places.models import Region

pytestmark = pytest.mark.django_db


class TestRegion:
    @pytest.mark.parametrize("wrong", [{"kind": "island"}, {"level": 2, "kind": "regency"}])
    def test_the_database_refuses_what_cannot_be(self, wrong):
        kept = {"level": 1, "kind": "province", **wrong}
        with pytest.raises(IntegrityError):
            Region.objects.create(
                code="77", name="X", search_name="x", decree="d", valid_from=date(2025, 1, 1), **kept
            )
