import pytest

from simpul.duplicates.queries.finding import records_within
from simpul.engines.linkage.records import Record
from tests.people.factories import BORN, NIK, VILLAGE, person

pytestmark = pytest.mark.django_db


class TestRecordsWithin:
    def test_are_people_as_linkage_compares_them(self, caseworker):
        someone = person(caseworker, nik=NIK, mother="Sulastri")
        expected = Record.of(
            str(someone.pk), "Siti Aminah", mother="Sulastri", earliest=BORN, sex="P", nik=NIK, region=VILLAGE
        )
        assert list(records_within(caseworker)) == [expected]

    def test_are_those_within_reach_alone(self, caseworker, stranger):
        person(caseworker)
        assert list(records_within(stranger)) == []
