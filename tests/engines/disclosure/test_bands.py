import tomllib
from pathlib import Path

import pytest

import simpul.catalogue
from simpul.engines.disclosure.bands import UNKNOWN, Band, Bands, column

FILE = Path(simpul.catalogue.__file__).parent / "recaps" / "bands.toml"
SETS = {one["code"]: Bands.read(one["code"], one["band"]) for one in tomllib.loads(FILE.read_text())["set"]}


class TestBands:
    @pytest.mark.parametrize(
        ("years", "full", "compact"),
        [
            (0, "0-5", "0-5"),
            (5, "0-5", "0-5"),
            (6, "6-11", "6-17"),
            (17, "12-17", "6-17"),
            (18, "18-24", "18-59"),
            (59, "45-59", "18-59"),
            (60, "60-69", "60+"),
            (70, "70+", "60+"),
            (111, "70+", "60+"),
            (None, UNKNOWN, UNKNOWN),
        ],
    )
    def test_put_each_age_into_one(self, years, full, compact):
        assert (SETS["full"].of(years), SETS["compact"].of(years)) == (full, compact)

    def test_are_eight_and_four_with_a_column_for_the_unknown(self):
        assert [len(SETS[code].codes) for code in ("full", "compact")] == [9, 5]

    def test_refuse_years_below_none(self):
        with pytest.raises(ValueError, match="nobody is -1"):
            SETS["full"].of(-1)

    @pytest.mark.parametrize(
        "bands",
        [
            (),
            (Band("a", 1),),
            (Band("a", 0, 5),),
            (Band("a", 0, 5), Band("b", 7)),
            (Band("a", 0, 5), Band("b", 5)),
            (Band("a", 0), Band("b", 6)),
        ],
        ids=["none", "not from 0", "no open end", "a gap", "twice", "two open ends"],
    )
    def test_refuse_gaps_and_overlaps(self, bands):
        with pytest.raises(ValueError, match="do not follow"):
            Bands("x", bands)

    @pytest.mark.parametrize(
        "row", [{"code": 1, "from": 0}, {"code": "a", "from": "0"}, {"code": "a", "from": 0, "to": "x"}]
    )
    def test_refuse_rows_that_are_no_bands(self, row):
        with pytest.raises(ValueError, match="is not a band"):
            Bands.read("x", [row])


class TestDimension:
    def test_puts_fine_bands_within_wide_ones(self):
        tree = SETS["full"].dimension("age", within=SETS["compact"]).tree
        assert tree.parts["6-17"] == ("12-17", "6-11")
        assert tree.parts[""] == ("0-5", "18-59", "6-17", "60+", UNKNOWN)

    def test_is_flat_without_wider_ones(self):
        assert SETS["compact"].dimension("age").codes == ("", "0-5", "18-59", "6-17", "60+", UNKNOWN)

    def test_refuses_a_band_that_lies_in_two(self):
        wide = Bands("wide", (Band("0-3", 0, 3), Band("4+", 4)))
        with pytest.raises(ValueError, match="do not lie within"):
            SETS["full"].dimension("age", within=wide)


class TestColumn:
    @pytest.mark.parametrize(
        ("value", "expected"), [("F", "F"), (None, UNKNOWN), ("?", UNKNOWN), ("", UNKNOWN)]
    )
    def test_drops_nobody(self, value, expected):
        assert column(value, {"F", "M"}) == expected
