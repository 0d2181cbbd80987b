"""A clean catalogue has no problems, and each fault planted in a copy is found with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simpul.catalogue import facts
from simpul.catalogue.checks import check

FOLDER = Path("screening") / "permensos-8-2012"


def test_the_shipped_catalogue_has_no_problems():
    assert [str(problem) for problem in check()] == []


# What lies beside the rules is read by tests of its own; here it would only be read again for each planted fault.
BESIDE = (
    "casework",
    "instruments",
    "privacy",
    "rights",
    "organisations",
    "accreditation",
    "registration",
    "sources",
)
UNREAD = ("*.py", "__pycache__", "crosswalks", "screening", "holidays", *BESIDE)


@pytest.fixture
def root(tmp_path):
    """A small catalogue to spoil: the facts, and the list of 2012 alone."""
    copy = tmp_path / "catalogue"
    shutil.copytree(facts.ROOT, copy, ignore=shutil.ignore_patterns(*UNREAD))
    shutil.copytree(facts.ROOT / FOLDER, copy / FOLDER)
    return copy


def problem_after(root: Path, name: str | Path, old: str, new: str, line_of: str = "") -> str:
    """Spoils the first place of a text in a file, and gives what is found there; facts of older lists aside."""
    path = root / name
    source = path.read_text()
    assert old in source
    spoiled = source.replace(old, new, 1)
    path.write_text(spoiled)
    line = spoiled[: spoiled.index(line_of or new)].count("\n") + 1
    found = [problem for problem in check(root) if "no rule uses" not in problem.sentence]
    at = [problem.sentence for problem in found if problem.file == str(path) and problem.line == line]
    assert at, f"nothing found at {path.name}:{line}, but {[str(problem) for problem in found]}"
    return at[0]


# Each reads a whole catalogue again.
@pytest.mark.slow
class TestCheck:
    def test_finds_an_unknown_fact(self, root):
        said = problem_after(root, FOLDER / "adults.toml", '"NOT basic_needs_met"', '"NOT basic_need_met"')
        assert "did you mean 'basic_needs_met'" in said

    def test_finds_a_rule_that_sql_would_read_and_we_do_not(self, root):
        said = problem_after(root, FOLDER / "adults.toml", '"NOT steady_job"', '"steady_job IS NULL"')
        assert "IS is not allowed" in said

    def test_finds_a_criterion_that_the_rule_forgets(self, root):
        changed = "def AND b AND (a OR c)"
        said = problem_after(
            root, FOLDER / "adults.toml", "def AND b AND (a OR c OR d)", changed,
            '[[type.criterion]]\ncode = "d"\ntext = { id = "tanpa rencana',
        )  # fmt: skip
        assert "the rule does not use 'd'" in said

    def test_finds_a_criterion_that_can_never_change_the_verdict(self, root):
        said = problem_after(
            root, FOLDER / "families.toml", 'rule = "a OR b"', 'rule = "a OR (a AND b)"',
            '[[type.criterion]]\ncode = "b"\ntext = { id = "mempunyai mata pencaharian',
        )  # fmt: skip
        assert "'b' can never change the verdict" in said

    def test_finds_a_type_that_can_never_be_yes(self, root):
        said = problem_after(
            root, FOLDER / "adults.toml", 'rule = "a AND c"', 'rule = "a AND c AND NOT a"',
            '[[type]]\ncode = "PGM"',
        )  # fmt: skip
        assert said == "PGM can never be yes"

    def test_finds_an_example_that_disagrees(self, root):
        said = problem_after(
            root,
            FOLDER / "adults.examples.toml",
            'expect = "yes"',
            'expect = "no"',
            '[[example]]\ntype = "LUT"',
        )
        assert said.startswith("LUT, example “")
        assert "”: no is expected, the rule says yes because: " in said

    def test_tells_which_criterion_decided_an_example_in_both_languages(self, root):
        path = root / FOLDER / "families.toml"
        path.write_text(path.read_text().replace("BETWEEN 18 AND 59", "BETWEEN 18 AND 60"))
        told = [problem for problem in check(root) if problem.file.endswith("families.examples.toml")]
        assert len(told) == 1
        assert "PRSE, contoh “Tepat ulang tahun ke-60, " in told[0].told("id")
        assert "diharapkan tidak, aturan berkata ya karena: Perempuan berusia 18 sampai 59" in told[0].told(
            "id"
        )
        assert "“On the 60th birthday, " in told[0].told("en")

    @pytest.mark.parametrize(("new", "bound"), [("18 AND 60", 60), ("18 AND 58", 58), ("17 AND 59", 17)])
    def test_finds_an_age_that_the_text_does_not_say(self, root, new, bound):
        old = "AGE(born) BETWEEN 18 AND 59"
        said = problem_after(root, FOLDER / "families.toml", old, f"AGE(born) BETWEEN {new}")
        assert said.startswith(f"PRSE: the age bound {bound} of 'when' is not in the text in 'en'")

    def test_takes_under_18_for_17_and_never_for_18(self, root):
        said = problem_after(root, FOLDER / "children.toml", "BETWEEN 12 AND 17", "BETWEEN 12 AND 18")
        assert "the age bound 18 of 'when'" in said

    def test_lets_an_age_differ_from_the_text_where_the_catalogue_says_why(self, root):
        path = root / FOLDER / "families.toml"
        old, new = "18 AND 59", '18 AND 60"\ntext_says = "sengaja'
        path.write_text(path.read_text().replace(old, new, 1))
        assert not [problem for problem in check(root) if "age bound" in problem.sentence]

    def test_finds_an_example_with_a_fact_that_nobody_asks(self, root):
        said = problem_after(
            root, FOLDER / "adults.examples.toml", "left_alone = true", "left_aloen = true", "[[example]]"
        )
        assert said == "'left_aloen' is no fact that is asked"

    def test_finds_too_few_examples(self, root):
        path = root / FOLDER / "families.examples.toml"
        kept = [part for part in path.read_text().split("\n[[example]]") if 'type = "KAT"' not in part]
        path.write_text("\n[[example]]".join(kept))
        said = [problem.sentence for problem in check(root)]
        assert "KAT has 0 examples; at least 6 are needed" in said
        assert "KAT has no example that is yes" in said

    def test_finds_a_missing_translation(self, root):
        said = problem_after(
            root, FOLDER / "adults.toml", 'display = { id = "Pemulung", en = "Waste collector" }',
            'display = { id = "Pemulung" }',
        )  # fmt: skip
        assert said == "'display' has no translation in 'en'"

    def test_finds_a_missing_mark_of_verification(self, root):
        said = problem_after(
            root,
            FOLDER / "adults.toml",
            'jenis 13"\nverified = "source"\n',
            'jenis 13"\n',
            '[[type]]\ncode = "PML"',
        )
        assert said == "'verified' is missing"

    def test_finds_a_mark_that_means_nothing(self, root):
        said = problem_after(root, FOLDER / "adults.toml", 'verified = "source"', 'verified = "sure"')
        assert "must be one of: source, secondary" in said

    def test_finds_words_that_hurt(self, root):
        said = problem_after(
            root, FOLDER / "adults.toml", 'display = { id = "Tunawisma"', 'display = { id = "Gelandangan"'
        )
        assert said == "'display' holds a word that hurts: 'Gelandangan'"

    def test_finds_a_code_used_twice(self, root):
        said = problem_after(
            root, FOLDER / "adults.toml", 'code = "PML"', 'code = "PGM"', 'code = "PGM"\nnumber = 13'
        )
        assert "'PGM' is used twice" in said

    def test_finds_a_painful_question_without_guidance(self, root):
        path = root / "facts" / "law.toml"
        source = path.read_text()
        care = next(line for line in source.splitlines(keepends=True) if line.startswith("care ="))
        said = problem_after(root, "facts/law.toml", care, "", "pain = 2")
        assert "needs 'care'" in said

    def test_finds_a_question_that_points_at_nothing(self, root):
        path = root / "facts" / "disability.toml"
        condition = 'asked_if = "physical_difficulty OR mental_difficulty"\n'
        before, after = path.read_text().split("[difficulty_lasts]")
        path.write_text(before + "[difficulty_lasts]" + after.replace(condition, "", 1))
        said = [problem.sentence for problem in check(root) if problem.file == str(path)]
        assert said == ["'difficulty_lasts' points at something said before, so it needs 'asked_if'"]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('asked_if = "unsafe"', 'asked_if = "unsave"', "did you mean 'unsafe'"),
            ('asked_if = "unsafe"', 'asked_if = "maltreated"', "would have to be known to be asked"),
            ('asked_if = "unsafe"', 'asked_if = "neglected"', "is settled by others itself"),
            ('asked_if = "unsafe"', 'asked_if = "AT_LEAST(1, unsafe)"', "made of AND, OR and NOT"),
            ("otherwise = false", "otherwise = 3", "'otherwise' is an answer"),
            ("{ months = 6 }", "{ months = 0 }", "at least 1 month"),
            ("{ months = 6 }", "{ days = 6 }", "not a known word"),
        ],
    )
    def test_finds_a_condition_on_a_question_that_cannot_be(self, root, old, new, said):
        path = root / "facts" / "violence.toml"
        head, tail = path.read_text().split("[maltreated]")
        path.write_text(head + "[maltreated]" + tail.replace(old, new, 1))
        assert any(said in problem.sentence for problem in check(root))

    def test_finds_a_gate_that_is_less_secret_than_what_it_opens(self, root):
        path = root / "facts" / "violence.toml"
        head, tail = path.read_text().split("[maltreated]")
        path.write_text(head.replace("highly_restricted", "restricted") + "[maltreated]" + tail)
        said = [problem for problem in check(root) if "'unsafe' opens or settles" in problem.sentence]
        assert "'maltreated'" in "".join(problem.sentence for problem in said)
        assert {problem.line for problem in said} == {3}

    def test_does_not_blame_crosswalks_and_groups_for_a_slip_in_one_rule(self, tmp_path):
        root = tmp_path / "catalogue"
        shutil.copytree(facts.ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        path = root / FOLDER / "adults.toml"
        path.write_text(path.read_text().replace('"NOT basic_needs_met"', '"NOT basic_need_met"', 1))
        problems = check(root)
        assert [problem.file for problem in problems] == [str(path)]
        assert "did you mean" in problems[0].sentence

    def test_finds_a_step_to_a_type_that_is_not_there(self, tmp_path):
        root = tmp_path / "catalogue"
        shutil.copytree(facts.ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        path = root / "crosswalks" / "seed004-28-to-permensos-8-2012.toml"
        path.write_text(path.read_text().replace('to = ["', 'to = ["NONE", "', 1))
        assert [problem.sentence for problem in check(root)] == ["'NONE' is no type of permensos-8-2012"]

    def test_finds_a_contradiction_with_a_slip_of_the_pen(self, root):
        said = problem_after(root, "contradictions.toml", "income > 0", "incomes > 0")
        assert "did you mean 'income'" in said

    def test_finds_a_fact_that_no_rule_uses(self, root):
        path = root / "facts" / "community.toml"
        text = '\n[spare]\nderived = "poor"\ntopic = "community"\nlabel = { id = "a", en = "b" }\n'
        path.write_text(path.read_text() + text)
        line = path.read_text().splitlines().index("[spare]") + 1
        assert (str(path), line) in [(problem.file, problem.line) for problem in check(root)]

    def test_finds_two_defaults_and_a_file_that_is_no_toml(self, root):
        shutil.copytree(root / FOLDER, root / "screening" / "second")
        head = root / "screening" / "second" / "edition.toml"
        head.write_text(head.read_text().replace('"permensos-8-2012"', '"second"'))
        assert any("2 editions are the default" in problem.sentence for problem in check(root))
        (root / FOLDER / "adults.toml").write_text("[[type\n")
        assert any("not readable" in problem.sentence for problem in check(root))
