import pytest

from simpul.services.models import Service
from simpul.services.queries.calendar import calendar_of
from tests.organisations.factories import organisation
from tests.services.factories import TODAY, a_service

pytestmark = pytest.mark.django_db


def lines(**details):
    a_service(organisation(), confirmed_on=TODAY, **details)
    return calendar_of(Service.objects.select_related("organisation")).split("\r\n")


class TestCalendarOf:
    def test_stands_on_the_last_day_with_the_reminders_before_it(self):
        found = lines(name="Dapur umum")
        assert "DTSTART;VALUE=DATE:20270220" in found
        assert "SUMMARY:Pastikan layanan: Dapur umum" in found
        assert {"TRIGGER:-P3D", "TRIGGER:-P14D"} <= set(found)

    def test_holds_no_line_that_is_too_long_or_could_be_read_as_another(self):
        found = lines(name="Rumah singgah; makan, mandi\nBEGIN:VEVENT" + "é" * 80)
        assert max(len(line.encode()) for line in found) <= 75
        assert found.count("BEGIN:VEVENT") == 1

    def test_leaves_out_what_nobody_ever_confirmed(self):
        a_service(organisation(), confirmed_on=None)
        assert "BEGIN:VEVENT" not in calendar_of(Service.objects.select_related("organisation"))
