from datetime import date

import pytest

from simpul.catalogue.organisations import bodies, papers, standing
from simpul.catalogue.tables import CatalogueError
from simpul.engines.areas import AUTHORITIES, LEVELS
from simpul.engines.scoring import SIDES

TEXT = '{ id = "a", en = "a" }'
END = f'title = {TEXT}\nsource = "x"\nverified = "seed"\n'


class TestStandards:
    def test_have_all_levels_and_offices_from_the_narrowest(self):
        found = standing.standards()
        assert tuple(one.code for one in found.levels) == LEVELS
        assert tuple(one.code for one in found.authorities) == AUTHORITIES

    def test_mark_the_shares_as_our_own(self):
        assert {one.verified for one in standing.standards().types} == {"design"}
        assert standing.standards().edition.verified == "design"

    def test_ask_what_the_proposal_says(self):
        asked = [(one.code, one.share, one.own_income) for one in standing.standards().types]
        assert asked == [("A", 90, 50), ("B", 65, 0), ("C", 30, 0), ("D", 0, 0)]


class TestGroups:
    def test_are_thirteen(self):
        assert len(standing.groups()) == 13

    def test_stand_on_both_sides(self):
        assert {one.side for one in standing.indicators().values()} == set(SIDES)

    def test_look_only_where_the_record_has_a_place(self):
        known = {place for one in standing.indicators().values() for place in one.known_from}
        named = {kind: {place.partition(":")[2] for place in known if place.startswith(f"{kind}:")} for kind in ("staff", "facility", "paper")}  # fmt: skip
        assert named["staff"] == {one.code for one in bodies.professions()}
        assert named["facility"] <= {one.code for one in bodies.facilities()}
        assert all(papers.paper_kind(code) for code in named["paper"])

    def test_make_a_scheme_of_every_indicator(self):
        assert [one.code for one in standing.scheme().indicators] == list(standing.indicators())


class TestProvincesOn:
    @pytest.mark.parametrize(
        ("day", "count"),
        [
            (date(1990, 1, 1), 33),
            (date(2008, 6, 1), 33),
            (date(2013, 1, 1), 34),
            (date(2022, 12, 7), 37),
            (date(2022, 12, 8), 38),
        ],
        ids=str,
    )
    def test_counts_them_on_that_day(self, day, count):
        assert standing.provinces_on(day).count == count


class TestReadGroups:
    @pytest.mark.parametrize(
        ("words", "fault"),
        [
            (f'[[group]]\ncode = "a"\nside = "both"\n{END}', "side"),
            (f'[[group]]\ncode = "a"\nside = "service"\n{END}' * 2, "twice"),
            (f'[[group]]\ncode = "a"\nside = "service"\n{END}[[group.indicator]]\ncode = "b"\ntitle = {TEXT}\nseen = ["dream"]\n', "no way"),
            (f'[[group]]\ncode = "a"\nside = "service"\n{END}[[group.indicator]]\ncode = "b"\ntitle = {TEXT}\nknown_from = ["field"]\n', "place of the record"),
            ("[[gruop]]\n", "known word"),
        ],
        ids=["side", "twice", "seen", "known", "word"],
    )  # fmt: skip
    def test_refuses_a_slip_of_the_pen(self, tmp_path, words, fault):
        path = tmp_path / "indicators.toml"
        # A side is asked for by an indicator, so a group alone needs one.
        more = f'[[group.indicator]]\ncode = "z"\ntitle = {TEXT}\n' if fault == "side" else ""
        path.write_text(words + more)
        with pytest.raises(CatalogueError, match=fault):
            standing.read_groups(path)


class TestReadStandards:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("share = 65", "share = 95", "must not ask for less"),
            ("share = 90", "share = 190", "per cent"),
            ('code = "village"', 'code = "desa"', "in this order"),
            ("since = 2012-11-16", "since = 2002-11-16", "oldest to the newest"),
        ],
    )
    def test_refuses_what_cannot_be(self, tmp_path, old, new, fault):
        path = tmp_path / "standing.toml"
        path.write_text(standing.FILE.read_text().replace(old, new, 1))
        with pytest.raises(CatalogueError, match=fault):
            standing.read_standards(path)
