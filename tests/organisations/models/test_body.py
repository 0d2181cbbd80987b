from datetime import date

import pytest

from simpul.organisations.models import Staff
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db


def worker(*days):
    held = [{"name": "Sertifikat kompetensi", "valid_to": day} for day in days]
    return Staff(organisation=organisation(), name="Pak Jamal", profession="expert", certificates=held)


class TestFirstEnd:
    @pytest.mark.parametrize(
        ("days", "first"),
        [(["2027-03-01", "2026-12-31"], date(2026, 12, 31)), (["besok", None, "2027-03-01"], date(2027, 3, 1)), ([], None)],
        ids=["the nearest", "only what is a day", "nothing held"],
    )  # fmt: skip
    def test_is_the_nearest_last_day_of_the_certificates(self, days, first):
        person = worker(*days)
        person.save()
        assert person.first_end == first
        assert Staff.objects.get().first_end == first

    def test_is_found_also_where_many_are_kept_at_once(self):
        Staff.objects.bulk_create([worker("2027-03-01")])
        assert Staff.objects.get().first_end == date(2027, 3, 1)

    def test_follows_what_is_changed(self):
        person = worker("2027-03-01")
        person.save()
        person.certificates = []
        person.save()
        assert Staff.objects.get().first_end is None
