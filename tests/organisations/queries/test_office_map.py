from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.organisations.models import Organisation
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_list import everywhere, listed
from simpul.organisations.queries.office_map import area_choices, is_within, tile_map
from simpul.places.models import Region
from tests.organisations.factories import organisation
from tests.places.factories import NAMES, few_regions

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
CODES = [*NAMES, "21.02.99", "91.01"]


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


class TestTileMap:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        bodies=st.lists(st.tuples(st.sampled_from(CODES), st.booleans(), st.sampled_from(["", "A", "D"]))),
        area=st.sampled_from(["", *CODES]),
    )
    def test_agrees_with_the_list_behind_every_tile(self, bodies, area):
        Organisation.objects.all().delete()
        for region, is_secret, type_ in bodies:
            organisation(region=region, is_address_secret=is_secret, confirmed_type=type_)
        found = tile_map(everywhere(), Asked(area=area), ON)
        assert sum(tile.number for tile in found.tiles) == found.total
        assert found.total == listed(everywhere(), Asked(area=area), ON).count()
        for tile in found.tiles:
            assert listed(everywhere(), tile.asked, ON).count() == tile.number
            assert sum(number for _type, number in tile.types) == tile.number

    def test_has_a_tile_for_each_region_below_in_the_order_of_codes(self):
        organisation(region="21.02.10.2003")
        found = tile_map(everywhere(), Asked(area="21.02"), ON)
        assert [(tile.name, tile.number) for tile in found.tiles] == [
            ("Kec. Moro", 0),
            ("Kec. Meral Barat", 1),
        ]

    def test_shows_a_secret_place_no_closer_than_its_regency(self):
        organisation(region="21.02.10.2003", is_address_secret=True)
        found = tile_map(everywhere(), Asked(area="21.02"), ON)
        assert [tile.number for tile in found.tiles if not tile.is_rest] == [0, 0]
        assert [tile.number for tile in found.tiles if tile.is_rest] == [1]

    def test_names_an_old_code_by_what_it_became(self):
        organisation(region="91.01")
        names = [tile.name for tile in tile_map(everywhere(), Asked(area="91"), ON).tiles]
        assert names == ["Kab. Merauke"]

    def test_has_the_regions_of_the_day_asked_about(self):
        Region.objects.filter(code="21.71").update(valid_to=date(2026, 6, 1))
        before, after = (
            tile_map(everywhere(), Asked(area="21"), day) for day in (date(2026, 5, 31), date(2026, 6, 1))
        )
        assert [tile.code for tile in before.tiles] == ["21.02", "21.71"]
        assert [tile.code for tile in after.tiles] == ["21.02"]

    def test_gives_each_type_its_list_in_the_table(self):
        organisation(region="21.02", confirmed_type="D")
        (tile, *_others) = tile_map(everywhere(), Asked(area="21"), ON).tiles
        assert ("D", 1, "wilayah=21.02&tipe=D") in tile.cells
        assert tile.said == "tipe D: 1"


class TestAreaChoices:
    def test_lead_up_to_the_own_area_and_one_step_down(self):
        assert [code for code, _name in area_choices("21.02.10", ["21.02"])] == [
            "21.02", "21.02.10", "21.02.10.2003", "21.02.10.2004",
        ]  # fmt: skip

    def test_are_the_own_areas_where_none_was_chosen(self):
        assert [code for code, _name in area_choices("", ["21.02", "93"])] == ["21.02", "93"]

    def test_keep_a_code_that_is_in_no_list_any_more(self):
        assert ("21.02.99", "21.02.99") in area_choices("21.02.99", ["21.02"])


class TestIsWithin:
    def test_knows_where_a_code_ends(self):
        assert is_within("21.02.10", ["21.02"])
        assert not is_within("21.021", ["21.02"])
        assert is_within("93", ["21", ""])
