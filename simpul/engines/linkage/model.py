"""What is compared, and how: Splink's settings for Indonesian names, in words of no one database.

No surname, titles that come and go, many spellings; births known by the year alone; NIK with a slip; brothers, sisters and twins. Splink
writes the conditions for DuckDB or Spark. Needs the extra `big`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from splink import SettingsCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

# Each key brings together those who share all its columns. Measured: of 1,000 true pairs 995 share one of them. The
# first five find who moved far away; one word of a name and a whole district would bring together half of it.
KEYS = (
    ("nik",),
    ("longest", "born_exactly"),
    ("longest", "mother"),
    ("first", "mother"),
    ("born_exactly", "mother"),
    ("born_exactly", "regency"),
    ("sound", "regency"),
    ("longest", "regency", "born_year"),
    ("longest", "village"),
    ("initials", "village"),
    ("mother", "district", "sex"),
)
# Pairs that share these are one person almost always.
CERTAIN_KEYS = (("nik",), ("name", "born_exactly", "mother"))
# Splink learns slips among pairs that share one thing, from all the others.
LEARNING_KEYS = (("nik",), ("born_exactly", "mother"), ("sound", "village"))
# How children of one mother agree at best.
HOME = (("mother", "same"), ("region", "same_village"))


class LinkageMissing(RuntimeError):
    """Splink or DuckDB is not installed."""

    def __init__(self) -> None:
        super().__init__("Linkage needs Splink and DuckDB: install Simpul with the extra 'big'.")


@dataclass(frozen=True, slots=True)
class Level:
    """How one thing can turn out. `is_fixed`: the same for every register."""

    code: str
    m: float
    u: float
    is_fixed: bool = False


Levels = Mapping[str, tuple[Level, ...]]
Conditions = Mapping[str, Mapping[str, "ComparisonLevelCreator"]]


def require_installed() -> None:
    """Raises LinkageMissing where the extra is not there."""
    if find_spec("splink") is None or find_spec("duckdb") is None:
        raise LinkageMissing


@cache
def defaults() -> Levels:
    """What is taken for true before anything is learned, the best first."""
    return {
        about: tuple(
            Level(code, held["m"], held["u"], held.get("fixed", False)) for code, held in levels.items()
        )
        for about, levels in _table().items()
        if isinstance(levels, dict) and about != "proposing"
    }


@cache
def proposing() -> Mapping[str, float]:
    """From what probability a pair is proposed, and when a register is large enough to learn from."""
    held: Mapping[str, float] = _table()["proposing"]
    return held


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "levels.toml").read_text("utf-8"))


def settings(levels: Levels, *, strangers: float) -> SettingsCreator:
    """Splink's settings with these levels. `strangers`: the probability that two records at random are one person."""
    require_installed()
    from splink import SettingsCreator, block_on
    from splink.comparison_library import CustomComparison

    conditions = _conditions()
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=strangers,
        comparisons=[
            CustomComparison(
                output_column_name=about,
                comparison_levels=[_unknown(about), *(_level(about, level, conditions) for level in held)],
            )
            for about, held in levels.items()
        ],
        blocking_rules_to_generate_predictions=[block_on(*key) for key in KEYS],
        # Splink tells which level it was only together with what was compared.
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )


# Where these are not known on either side, nothing is said of it.
NEEDED = {
    "name": ("name",),
    "born": ("born_first",),
    "nik": ("nik",),
    "mother": ("mother",),
    "region": ("regency",),
    "sex": ("sex",),
    "kin": ("name",),
}
# What counts by how rare it is, and the column whose values are counted.
BY_RARITY = {
    ("name", "same"): "name",
    ("name", "same_sound"): "sound",
    ("born", "same"): "born",
    ("mother", "same"): "mother",
}


def _unknown(about: str) -> ComparisonLevelCreator:
    from splink.comparison_level_library import CustomLevel

    sides = [f"{column}_{side} IS NULL" for column in NEEDED[about] for side in "lr"]
    return CustomLevel(" OR ".join(sides), "unknown").configure(is_null_level=True)


def _level(about: str, level: Level, conditions: Conditions) -> ComparisonLevelCreator:
    created = conditions[about][level.code].configure(
        label_for_charts=level.code,
        m_probability=level.m,
        u_probability=level.u,
        fix_m_probability=level.is_fixed,
        fix_u_probability=level.is_fixed,
    )
    column = BY_RARITY.get((about, level.code))
    return created.configure(tf_adjustment_column=column) if column else created


def _conditions() -> Conditions:
    """The condition of each level, by thing and code: made anew each time, for what Splink learns stays in them."""
    from splink.comparison_level_library import CustomLevel, ElseLevel, ExactMatchLevel

    return {
        "name": _of_names(),
        "born": _of_births(),
        "nik": _of_numbers(),
        "mother": _of_mothers(),
        "region": {
            "same_village": ExactMatchLevel("village"),
            "same_district": ExactMatchLevel("district"),
            "same_regency": ExactMatchLevel("regency"),
            "elsewhere": ElseLevel(),
        },
        "sex": {"same": CustomLevel("sex_l = sex_r"), "different": ElseLevel()},
        "kin": _of_kin(),
    }


def _of_names() -> dict[str, ComparisonLevelCreator]:
    from splink.comparison_level_library import (
        And,
        ArrayIntersectLevel,
        ElseLevel,
        ExactMatchLevel,
        JaroWinklerLevel,
        Or,
    )

    return {
        "same": ExactMatchLevel("name"),
        "same_sound": ExactMatchLevel("sound"),
        "alike": Or(JaroWinklerLevel("name", 0.94), _is_slip_of_word()),
        "part": _is_part(),
        "some_words": Or(
            ArrayIntersectLevel("words", 2),
            And(ArrayIntersectLevel("words", 1), JaroWinklerLevel("name", 0.8)),
        ),
        "faintly_alike": JaroWinklerLevel("name", 0.85),
        "different": ElseLevel(),
    }


def _is_slip_of_word() -> ComparisonLevelCreator:
    """Some words are the same, and the rest of one name is a slip of the rest of the other, wherever it was sorted."""
    from splink.comparison_level_library import And, ArrayIntersectLevel, CustomLevel

    left, right = (
        f"array_join(filter(words_{one}, word -> NOT array_contains(words_{other}, word)), ' ')"
        for one, other in ("lr", "rl")
    )
    # One slip in three letters at most.
    is_slip = f"3 * levenshtein({left}, {right}) <= least(length({left}), length({right}))"
    return And(ArrayIntersectLevel("words", 1), CustomLevel(is_slip, base_dialect_str="spark"))


def _is_part() -> ComparisonLevelCreator:
    """One name is a part of the other, or has initials in the place of words."""
    from splink.comparison_level_library import ArraySubsetLevel, CustomLevel, Or

    return Or(
        ArraySubsetLevel("words"),
        CustomLevel("initials_l = initials_r AND (has_initial_l = 1 OR has_initial_r = 1)"),
    )


_SAME_YEAR = "substr(born_l, 1, 4) = substr(born_r, 1, 4)"


def _of_births() -> dict[str, ComparisonLevelCreator]:
    from splink.comparison_level_library import CustomLevel, ElseLevel, ExactMatchLevel

    return {
        "same": ExactMatchLevel("born"),
        "swapped": CustomLevel(
            f"{_SAME_YEAR} AND substr(born_l, 6, 2) = substr(born_r, 9, 2)"
            " AND substr(born_l, 9, 2) = substr(born_r, 6, 2)"
        ),
        "one_slip": _slips("born", 1),
        "estimate_fits": CustomLevel(
            "(born_l IS NULL OR born_r IS NULL) AND born_first_l <= born_last_r AND born_first_r <= born_last_l"
        ),
        # A day that stands for the year alone.
        "same_year": CustomLevel(f"{_SAME_YEAR} AND (born_exactly_l IS NULL OR born_exactly_r IS NULL)"),
        "near": _slips("born", 2),
        "different": ElseLevel(),
    }


def _of_numbers() -> dict[str, ComparisonLevelCreator]:
    from splink.comparison_level_library import ElseLevel, ExactMatchLevel

    return {
        "same": ExactMatchLevel("nik"),
        "one_slip": _slips("nik", 1),
        "two_slips": _slips("nik", 2),
        "different": ElseLevel(),
    }


def _slips(column: str, most: int) -> ComparisonLevelCreator:
    """At most so many slips; two neighbours changed over count as one."""
    from splink.comparison_level_library import And, DamerauLevenshteinLevel, LevenshteinLevel

    # The first says nothing of its own, for two neighbours are two slips to it: but it is asked six times as fast.
    return And(LevenshteinLevel(column, 2 * most), DamerauLevenshteinLevel(column, most))


def _of_mothers() -> dict[str, ComparisonLevelCreator]:
    from splink.comparison_level_library import ElseLevel, ExactMatchLevel, JaroWinklerLevel

    return {
        "same": ExactMatchLevel("mother"),
        "alike": JaroWinklerLevel("mother", 0.94),
        "faintly_alike": JaroWinklerLevel("mother", 0.86),
        "different": ElseLevel(),
    }


def _of_kin() -> dict[str, ComparisonLevelCreator]:
    """Children of one mother, or of one village where a mother is not known, whose names are not alike."""
    from splink.comparison_level_library import (
        And,
        CustomLevel,
        ElseLevel,
        ExactMatchLevel,
        JaroWinklerLevel,
        Not,
        Or,
    )

    one_mother = JaroWinklerLevel("mother", 0.94)
    of_one_village = CustomLevel("(mother_l IS NULL OR mother_r IS NULL) AND village_l = village_r")
    born_on_one_day = ExactMatchLevel("born")
    births_fit = CustomLevel(
        f"born_l IS NULL OR born_r IS NULL OR {_SAME_YEAR} OR levenshtein(born_l, born_r) <= 2"
    )
    # Registered together, so that only the serial number tells them apart.
    in_one_series = CustomLevel("substr(nik_l, 1, 12) = substr(nik_r, 1, 12)")
    # A number says birth and regency again: of two born on one day there, it is near without any slip.
    of_one_regency = CustomLevel("substr(nik_l, 1, 4) = substr(nik_r, 1, 4)")
    may_be_kin = Or(one_mother, of_one_village, And(born_on_one_day, of_one_regency))
    # Hasan and Husein sound alike to our ears and are two boys: near is not the same.
    alike = Or(ExactMatchLevel("sound"), JaroWinklerLevel("name", 0.94), _slips("name", 3))
    return {
        # Each is asked only where none before it holds, what is quick before what is not.
        "none": And(
            may_be_kin,
            Or(ExactMatchLevel("nik"), _slips("name", 1), _is_slip_of_word(), And(_is_part(), births_fit)),
        ),
        "near_twins_by_number": And(
            born_on_one_day, Or(And(one_mother, in_one_series), And(of_one_regency, Not(alike)))
        ),
        "near_twins": And(born_on_one_day, one_mother, alike),
        "twins": And(born_on_one_day, one_mother),
        "twins_of_village": And(born_on_one_day, of_one_village),
        "siblings": one_mother,
        "strangers": ElseLevel(),
    }
