import pytest

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.organisations.actions import office
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db


def take_out(by, *, region="21.02", form="csv", number=3):
    office.take_out(Where(region=region), by=by, form=form, number=number, filters="jenis=lks")


class TestTakeOut:
    def test_stands_in_the_record_with_who_and_how_many(self):
        officer = user_with("dinas_officer", region="21.02")
        take_out(officer)
        event = Event.objects.get(permission="organisation.export")
        assert (event.actor, event.region) == (officer.pk, "21.02")
        assert event.details == {"form": "csv", "number": 3, "filters": "jenis=lks"}

    def test_refuses_an_area_out_of_reach(self):
        with pytest.raises(NotAllowed):
            take_out(user_with("dinas_officer", region="21.02"), region="21")

    def test_refuses_a_book_of_paper(self):
        with pytest.raises(office.TooLongForPaper):
            take_out(user_with("registrar", region="21.02"), form="pdf", number=office.MOST_ON_PAPER + 1)
