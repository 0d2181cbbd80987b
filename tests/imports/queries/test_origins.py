import pytest

from simpul.imports import actions
from simpul.imports.models import Doubt
from simpul.imports.queries.origins import batches_about, origin_of
from simpul.people.models import Person
from tests.imports.factories import AMINAH, AT, HEADINGS, ON, csv, loaded
from tests.people import factories as people

pytestmark = pytest.mark.django_db


class TestOriginOf:
    def test_tells_the_list_and_what_it_called_somebody(self, boss):
        batch = loaded(boss, csv((*AMINAH, "jompo"), headings=(*HEADINGS, "Jenis PMKS")))
        origin = origin_of(Person.objects.get().pk)
        assert (origin.batch, origin.number, origin.said) == (batch, 2, "Lanjut usia telantar")

    def test_is_nothing_for_who_was_registered_by_hand(self, boss):
        assert origin_of(people.person(boss).pk) is None


class TestBatchesAbout:
    def test_knows_the_list_that_registered_somebody(self, boss):
        batch = loaded(boss, csv(AMINAH))
        assert batches_about(Person.objects.get().pk) == [batch.pk]

    def test_knows_the_list_whose_row_somebody_took_for_them(self, boss):
        known = people.person(boss, name="Siti Aminah")
        batch = loaded(boss, csv(("", *AMINAH[1:])))
        assert batches_about(known.pk) == []
        doubt = Doubt.objects.get()
        actions.decide(doubt, by=boss, version=1, decided="same", person=known.pk, on=ON, at=AT)
        assert batches_about(known.pk) == [batch.pk]
