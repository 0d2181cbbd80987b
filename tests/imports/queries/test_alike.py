from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simpul.engines.matching.likeness import Card, likeness
from simpul.imports.queries.alike import _at_most, is_other_name

DAYS = some.dates(date(1950, 1, 1), date(1956, 12, 31))
NAMES = some.sampled_from(["Siti Aminah", "Aminah", "Siti Aminha", "Bambang", "Muh. Yusuf", "Mohamad Yusup"])


@some.composite
def cards(draw):
    born = draw(some.none() | DAYS)
    latest = draw(some.just(born) | DAYS.filter(lambda day: day >= born)) if born else None
    return Card(
        name=draw(NAMES),
        earliest=born,
        latest=latest,
        sex=draw(some.sampled_from(["", "L", "P"])),
        nik=draw(some.sampled_from([None, b"1", b"2"])),
        mother=draw(some.sampled_from(["", "kartini", "kartinah", "sri"])),
        region=draw(some.sampled_from(["", "21.02.10.2003", "21.02.10.2004", "21.02.01", "93.01"])),
    )


class TestAtMost:
    @given(cards(), cards())
    def test_is_never_less_than_the_true_weight(self, one, other):
        assert _at_most(one, other) >= likeness(one, other).answer


class TestIsOtherName:
    @pytest.mark.parametrize("other", ["AMINAH, SITI", "Siti Aminha", "Ibu Siti Aminah", "Aminah"])
    def test_forgives_how_it_is_written(self, other):
        assert not is_other_name("Siti Aminah", other)

    def test_knows_another_one(self):
        assert is_other_name("Siti Aminah", "Bambang Wijaya")
