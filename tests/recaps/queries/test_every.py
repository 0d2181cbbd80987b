"""What holds of every recap."""

from dataclasses import replace
from datetime import date

import pytest

from simpul.organisations.models import Organisation, Source
from simpul.people.models import Person
from simpul.programmes.models import Programme
from simpul.recaps.facts import Asked
from simpul.recaps.queries import RECAPS
from tests.access.factories import ORGANISATION, user_with
from tests.population.factories import kept, register_of, row
from tests.recaps.factories import Office, asked_of

pytestmark = pytest.mark.django_db

ASKED = Asked(since=date(2026, 11, 1), until=date(2026, 11, 22), area="21.02")
ROLES = {
    "dinas_officer": {"region": "21.02"},
    "head_of_lks": {"organisation": ORGANISATION},
    "registrar": {},
}


class TestRecaps:
    def test_are_the_fifteen_of_the_catalogue(self):
        assert list(RECAPS) == [f"R{number}" for number in range(1, 16)]

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_have_as_many_cells_as_columns_and_a_unit(self, role):
        kept(register_of([row(confirmed=("LUT",))], on=date(2026, 10, 31)))
        kept(register_of([row(confirmed=("LUT",))], on=date(2026, 11, 22)))
        reader = user_with(role, **ROLES[role])
        for code, definition in RECAPS.items():
            area = "21.02.10" if code == "R1" else "21" if code == "R3" else ASKED.area
            recap = definition.make(reader, replace(ASKED, area=area))
            assert recap.tables, code
            assert area in dict(recap.heading)["Wilayah"], code
            assert not recap.limits, code
            for table in recap.tables:
                assert table.unit, code
                for line in (*table.lines, *filter(None, [table.total])):
                    assert len(line.cells) == len(table.columns), (code, table.key)


class TestOldCodes:
    """Rows keep the code under which they were written; a recap asks by the codes of its day."""

    def told(self, code, area, kept_at):
        for model in (Organisation, Source, Programme, Person):
            model._default_manager.update(region=kept_at)
        recap = RECAPS[code].make(self.reader, replace(asked_of(code), area=area))
        # Events are never written anew, so what left cannot be moved for a test.
        return [(one.key, one.lines, one.total) for one in recap.tables if one.key != "exports"]

    @pytest.mark.parametrize("code", [f"R{number}" for number in range(5, 15)])
    def test_count_where_they_went(self, code):
        Office()
        self.reader = user_with("registrar")
        new, old = (self.told(code, "93", kept_at) for kept_at in ("93.01.01", "91.01.01"))
        assert old == new
        assert any(line.cells for _key, lines, _total in old for line in lines)
        left = self.told(code, "91", "91.01.01")
        assert left == self.told(code, "91", "93.01.01")
