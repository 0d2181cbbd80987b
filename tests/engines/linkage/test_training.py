"""Learning is seen in what linkage finds; here is what is counted for it."""

import duckdb
import pytest

from simpul.engines.linkage import training
from simpul.engines.linkage.linking import fill
from simpul.engines.linkage.records import Record
from simpul.engines.linkage.training import families, pairs_with, some_of

HOME, AWAY = "21.92.01.2001", "21.92.01.2002"


def person(key, mother="", region=HOME):
    return Record.of(str(key), f"Budi {key}", mother=mother, region=region)


@pytest.fixture
def connection():
    with duckdb.connect(":memory:") as held:
        yield held


class TestFamilies:
    def test_are_the_pairs_of_one_mother_and_village(self, connection):
        homes = [("Siti", HOME), ("Siti", HOME), ("Siti", HOME), ("Siti", AWAY), ("", HOME), ("", HOME)]
        fill(connection, [person(key, *home) for key, home in enumerate(homes)])
        pairs, mothers = families(connection, "people")
        assert pairs == pairs_with(connection, "people", ("mother", "village")) == 3
        assert mothers == pytest.approx(1)

    def test_tell_how_rare_the_names_of_their_mothers_are(self, connection):
        mothers = ["Siti", "Siti", "Sulastri", "Rahayu", "Ratna", "Endang", "Yuni", "Wati"]
        fill(connection, [person(key, mother) for key, mother in enumerate(mothers)])
        assert families(connection, "people") == (1, pytest.approx(2 / 8))

    def test_are_none_where_no_mother_is_known(self, connection):
        fill(connection, [person(1), person(2)])
        assert families(connection, "people")[0] == 0


class TestSomeOf:
    def test_is_the_whole_of_a_small_register(self, connection):
        fill(connection, [person(key) for key in range(20)])
        assert some_of(connection, "people", 20) == "people"

    def test_is_about_so_many_of_a_large_one(self, connection, monkeypatch):
        monkeypatch.setattr(training, "_LEARNERS", 500)
        fill(connection, [person(key) for key in range(2_000)])
        chosen = some_of(connection, "people", 2_000)
        count = connection.execute(f"SELECT count(*) FROM {chosen}").fetchall()[0][0]
        assert 350 < count < 650
