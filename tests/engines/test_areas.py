"""Area level and authority, held against a plain twin over the real code list."""

import csv
import gzip

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simpul.engines.areas import AUTHORITIES, LEVELS, authority, half_of, level, served
from simpul.engines.reasons import Answer, Finding
from simpul.places.actions import DATA

with gzip.open(DATA / "regions.csv.gz", "rt", encoding="utf-8") as lines:
    REAL = [row["code"] for row in csv.DictReader(lines)]
BY_DEPTH = {depth: [code for code in REAL if code.count(".") == depth] for depth in range(4)}
PROVINCES = len(BY_DEPTH[0])
PANGKE, PANGKE_BARAT = "21.02.10.2003", "21.02.10.2004"

# Regions near each other as well as anywhere: otherwise nearly every set is national.
FAMILY: dict[str, list[str]] = {code: [code, code[:5], code[:2]] for code in BY_DEPTH[2]}
for village in BY_DEPTH[3]:
    FAMILY[village[:8]].append(village)
near = st.sampled_from(BY_DEPTH[2]).flatmap(lambda district: st.sampled_from(FAMILY[district]))
within_karimun = st.sampled_from([code for code in REAL if code.startswith("21.02") or code == "21"])
anywhere = st.integers(0, 3).flatmap(lambda depth: st.sampled_from(BY_DEPTH[depth]))
areas = st.one_of(
    st.sets(near, max_size=4), st.sets(within_karimun, max_size=6), st.sets(anywhere, max_size=40)
)


def spread(code):
    """Plain twin: everything a region as a whole holds, as villages; "more than one" of each is at least two."""
    parts = code.split(".")
    if len(parts) == 4:
        return {tuple(parts)}
    return {leaf for child in ("x", "y") for leaf in spread(".".join([*parts, child]))}


def twin_level(codes, provinces):
    leaves = {leaf for code in codes for leaf in spread(code)}
    # A village of a kecamatan served as a whole is one of those already counted.
    counts = [len({leaf[:depth] for leaf in leaves}) for depth in (1, 2, 3, 4)]
    if not leaves:
        return Answer.UNKNOWN
    if counts[0] > 1:
        return "national" if counts[0] * 2 >= provinces else "regional"
    names = {1: "province", 2: "regency", 3: "district"}
    return next((name for depth, name in names.items() if counts[depth] > 1), "village")


def twin_authority(codes):
    found = twin_level(codes, 10_000)
    if found in (Answer.UNKNOWN, "regional"):
        return {Answer.UNKNOWN: Answer.UNKNOWN, "regional": "ministry"}[found]
    return "province" if found == "province" else "regency"


class TestLevel:
    @given(areas, st.sampled_from([PROVINCES, 33, 2, 7]))
    @example(set(BY_DEPTH[0][:18]), 38)
    @example(set(BY_DEPTH[0][:19]), 38)
    def test_agrees_with_its_plain_twin_on_real_codes(self, codes, provinces):
        assert level(codes, provinces=provinces).answer == twin_level(codes, provinces)

    @given(areas, st.one_of(near, within_karimun, anywhere))
    def test_never_falls_when_a_region_is_added(self, codes, added):
        before = level(codes, provinces=PROVINCES).answer
        after = level({*codes, added}, provinces=PROVINCES).answer
        assert before is Answer.UNKNOWN or LEVELS.index(before) <= LEVELS.index(after)

    @given(areas)
    def test_ends_its_rules_with_the_one_that_fits(self, codes):
        found = level(codes, provinces=PROVINCES)
        rules = [part for part in found.parts if part.kind == "area_rule"]
        assert [rule.answer for rule in rules[:-1]] == [Answer.NO] * (len(rules) - 1 if rules else 0)
        assert not rules or (rules[-1].answer, rules[-1].about) == (Answer.YES, found.answer)

    @pytest.mark.parametrize(
        ("codes", "expected"),
        [
            ([PANGKE], "village"),
            ([PANGKE, PANGKE_BARAT], "district"),
            (["21.02.10"], "district"),
            (["21.02.10", PANGKE], "district"),
            ([PANGKE, "21.02.01.1001"], "regency"),
            (["21.02"], "regency"),
            ([PANGKE, "21.71.01.1001"], "province"),
            (["21"], "province"),
            (["21", "14"], "regional"),
        ],
        ids=str,
    )
    def test_follows_the_rule_as_printed(self, codes, expected):
        assert level(codes, provinces=PROVINCES).answer == expected

    @pytest.mark.parametrize(("provinces", "half"), [(33, 17), (38, 19), (34, 17), (2, 2), (1, 2)])
    def test_needs_half_of_the_provinces_of_that_date_rounded_up(self, provinces, half):
        codes = [f"{number:02}" for number in range(11, 11 + half)]
        assert half_of(provinces) == half
        assert level(codes, provinces=provinces).answer == "national"
        assert level(codes[1:], provinces=provinces).answer != "national"

    def test_says_what_was_declared_whole_and_what_adds_nothing(self):
        found = level(["21.02.10", PANGKE], provinces=PROVINCES)
        assert found.values["whole_district"] == ("21.02.10",)
        assert [
            (part.about, part.values["inside"]) for part in found.parts if part.kind == "area_inside"
        ] == [(PANGKE, "21.02.10")]

    def test_is_not_known_where_nothing_is_served(self):
        assert level([], provinces=PROVINCES).answer is Answer.UNKNOWN

    def test_refuses_a_country_without_provinces(self):
        with pytest.raises(ValueError, match="province"):
            level([PANGKE], provinces=0)

    def test_survives_being_kept_as_json(self):
        found = level(["21.02.10", PANGKE], provinces=PROVINCES)
        assert Finding.from_json(found.to_json()) == found


class TestAuthority:
    @given(areas)
    def test_agrees_with_its_plain_twin_on_real_codes(self, codes):
        assert authority(codes).answer == twin_authority(codes)

    @given(areas, st.one_of(near, anywhere))
    def test_never_moves_to_a_lower_office_when_a_region_is_added(self, codes, added):
        before, after = authority(codes).answer, authority({*codes, added}).answer
        assert before is Answer.UNKNOWN or AUTHORITIES.index(before) <= AUTHORITIES.index(after)

    @pytest.mark.parametrize(
        ("codes", "answer", "region"),
        [
            ([PANGKE], "regency", "21.02"),
            (["21.02.10", "21.02.01"], "regency", "21.02"),
            ([PANGKE, "21.71"], "province", "21"),
            (["21"], "province", "21"),
            ([PANGKE, "14.71"], "ministry", ""),
        ],
        ids=str,
    )
    def test_names_the_office_and_its_region(self, codes, answer, region):
        found = authority(codes)
        assert (found.answer, found.values["region"]) == (answer, region)

    def test_is_not_known_where_nothing_is_served(self):
        found = authority([])
        assert found.answer is Answer.UNKNOWN
        assert "region" not in found.values


class TestServed:
    @pytest.mark.parametrize(
        "wrong", ["2102", "21.2", "21.02.10.203", "21.02.", "", "２１", "21.02.10.2003\n"]
    )
    def test_refuses_what_is_not_a_code_with_a_sentence(self, wrong):
        with pytest.raises(ValueError, match="is not the code of a region"):
            served([wrong])

    @given(areas)
    def test_loses_no_region(self, codes):
        area = served(codes)
        assert set(area.codes) | {code for code, _outer in area.inside} == codes

    @given(areas)
    def test_counts_each_region_once(self, codes):
        area = served(codes)
        assert not any(a != b and a.startswith(f"{b}.") for a in area.codes for b in area.codes)
