"""Recaps of organisations and sources of help: the counts of their own pages, laid out."""

from datetime import date

import pytest

from simpul.organisations.models import Organisation
from simpul.organisations.queries.office_asked import NO_TYPE
from simpul.recaps.facts import Asked
from simpul.recaps.queries.bodies import kinds, register, sources
from tests.access.factories import user_with
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)
KARIMUN = "21.02"
ASKED = Asked(since=ON, until=ON, area=KARIMUN)


@pytest.fixture
def officer():
    return user_with("dinas_officer", region=KARIMUN)


def total(recap, column):
    table = recap.tables[0]
    return table.total.cells[[one.key for one in table.columns].index(column)]


class TestKinds:
    def test_counts_each_body_in_one_line(self, officer):
        organisation(name="Satu", region="21.02.10.2003")
        organisation(name="Dua", region="21.02")
        recap = kinds(officer, ASKED)
        assert total(recap, "all") == sum(line.cells[0] for line in recap.tables[0].lines) == 2

    def test_leaves_out_what_closed_and_what_lies_elsewhere(self, officer):
        organisation(name="Tutup", region=KARIMUN)
        Organisation.objects.update(is_closed=True)
        organisation(name="Jauh", region="14.01")
        assert total(kinds(officer, ASKED), "all") == 0

    def test_says_how_many_have_no_type_yet(self, officer):
        organisation(region=KARIMUN)
        assert total(kinds(officer, ASKED), NO_TYPE) == 1


class TestRegister:
    def test_has_one_line_for_each_body(self, officer):
        organisation(name="Satu", region=KARIMUN)
        organisation(name="Dua", region=KARIMUN)
        assert [line.words for line in register(officer, ASKED).tables[0].lines] == ["Dua", "Satu"]

    def test_keeps_the_address_of_a_safe_house_to_itself(self, officer):
        organisation(name="Rumah aman", region=KARIMUN, address="Jalan Rahasia 1")
        Organisation.objects.update(is_address_secret=True)
        assert not any(
            "Jalan Rahasia" in str(cell)
            for line in register(officer, ASKED).tables[0].lines
            for cell in line.cells
        )


class TestSources:
    def test_never_adds_persons_to_bodies(self, officer):
        persons, bodies, *_rest = sources(officer, ASKED).tables
        assert persons.total is None
        assert not {line.key for line in persons.lines} & {line.key for line in bodies.lines}

    def test_names_all_twelve_types_also_with_nobody(self, officer):
        persons, bodies, *_rest = sources(officer, ASKED).tables
        assert len(persons.lines) + len(bodies.lines) >= 12
