"""Faults of catalogue files, in Indonesian."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import simpul
from simpul.catalogue import faults, tables
from simpul.catalogue.problems import Problem

PACKAGE = Path(simpul.__file__).parent
READERS = [
    *(PACKAGE / "engines/rules" / f"{name}.py" for name in ("reader", "comparisons")),
    *(PACKAGE / "catalogue" / f"{name}.py" for name in ("tables", "facts", "editions", "examples", "contradictions")),
]  # fmt: skip
SPEAKING = {"_refusal", "error", "OperandError", "CatalogueError"}


def sentences(path: Path) -> Iterator[str]:
    """Every sentence that a reader of files can say, with "X" for what it names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        found: list[ast.expr] = []
        if isinstance(node, ast.Call) and _name(node.func) in SPEAKING:
            # Of three arguments the first two are file and line.
            found = [node.args[2] if len(node.args) == 3 else node.args[0]]
        elif isinstance(node, ast.Assign) and _name(node.targets[0]) == "sentence":
            found = (
                [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            )
        elif isinstance(node, ast.AnnAssign) and _name(node.target) == "_REFUSED":
            found = node.value.values if isinstance(node.value, ast.Dict) else []
        elif isinstance(node, ast.FunctionDef) and node.name in {"_why_refused", "_range"}:
            found = [part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value]
        yield from (text for part in found if (text := _text(part)))


def _name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.FormattedValue):
        # What may have been meant is a sentence of its own, below.
        return "" if _name(node.value) == "hint" else "X"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


SAID = [(path.stem, text) for path in READERS for text in dict.fromkeys(sentences(path))]


class TestInIndonesian:
    @pytest.mark.parametrize(("reader", "sentence"), SAID, ids=[f"{r}-{t[:50]}" for r, t in SAID])
    def test_knows_everything_that_the_readers_say(self, reader, sentence):
        assert faults.in_indonesian(sentence)

    def test_keeps_the_names_of_facts(self):
        said = faults.in_indonesian("'por' is not known here; did you mean 'poor'?")
        assert said == "'por' tidak dikenal di sini; mungkin maksud Anda 'poor'?"

    def test_tells_what_stands_inside_too(self):
        said = faults.in_indonesian(
            "poor (yes or no) cannot be compared with 3 (fixed number): a whole number is needed"
        )
        assert (
            said
            == "poor (ya atau tidak) tidak dapat dibandingkan dengan 3 (bilangan tetap): perlu bilangan bulat"
        )

    def test_says_nothing_where_it_does_not_know(self):
        assert faults.in_indonesian("something new") == ""

    def test_fills_every_place_that_it_names(self):
        for table in tables.read(faults._FILE).tables("fault"):
            names = [set(faults._PLACE.findall(table.string(language))) for language in ("en", "id")]
            assert names[0] == names[1], table.string("en")


class TestProblem:
    def test_of_a_reader_is_told_in_both_languages(self):
        problem = Problem.of(tables.CatalogueError("adults.toml", 7, "'code' is missing"))
        assert problem.told("id") == "adults.toml:7: 'code' belum ada"
        assert problem.told("en") == "adults.toml:7: 'code' is missing"
