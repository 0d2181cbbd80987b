import math

import pytest

from simpul.duplicates.models import Pair
from simpul.duplicates.queries.waterfall import ROW, in_words, waterfall
from simpul.engines.linkage.model import defaults
from tests.duplicates.factories import PARTS

SILENT = {("kin", "none"), ("kin", "strangers")}


def drawn(parts=PARTS, start=-21.0):
    total = start + sum(bits for _about, _how, bits in parts)
    return waterfall(Pair(parts=parts, start=start, bits=total, probability=1 / (1 + 2**-total)))


class TestInWords:
    @pytest.mark.parametrize(
        ("about", "how"),
        [(about, level.code) for about, levels in defaults().items() for level in levels],
    )
    def test_says_every_level_of_the_comparison(self, about, how):
        assert bool(in_words(about, how)) is ((about, how) not in SILENT)


class TestWaterfall:
    def test_begins_at_the_start_and_ends_at_the_sum(self):
        first, *_, last = drawn().bars
        assert (first.bits, last.words) == (-21.0, "Seluruhnya")
        assert math.isclose(last.bits, 11.0)

    def test_puts_the_weightiest_first(self):
        between = drawn().bars[1:-1]
        assert [abs(bar.bits) for bar in between] == sorted((abs(part[2]) for part in PARTS), reverse=True)

    @pytest.mark.parametrize(
        ("bits", "strength", "speaks"),
        [
            (12.0, "sangat mendukung", "yes"),
            (4.0, "mendukung", "yes"),
            (1.0, "sedikit mendukung", "yes"),
            (0.2, "tidak berpengaruh", "open"),
            (-1.0, "sedikit menentang", "no"),
            (-4.0, "menentang", "no"),
            (-30.0, "sangat menentang", "no"),
        ],
    )
    def test_says_how_much_each_speaks(self, bits, strength, speaks):
        bar = drawn([["name", "same", bits]]).bars[1]
        assert (bar.strength, bar.speaks) == (strength, speaks)

    def test_draws_a_row_for_each(self):
        picture = drawn()
        assert picture.height == len(picture.bars) * ROW == (len(PARTS) + 2) * ROW

    def test_stays_inside_the_drawing(self):
        for bar in drawn().bars:
            numbers = [
                float(number)
                for number in bar.path.replace("M", "").replace("L", "").replace("Z", "").split()
            ]
            assert min(numbers) >= 0
            assert max(numbers) <= 600

    def test_is_never_certain(self):
        assert drawn([["nik", "same", 90.0]]).percent == 99
