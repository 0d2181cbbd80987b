"""Nothing is written outside actions. The exceptions stand here, each with its reason."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "simpul"
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "executemany",
}
MAY_WRITE = {
    "access/chain.py": "the record of events is written by the gate itself",
    "ui/reports.py": "saves a Word file into memory; it knows no database",
    "access/jobs.py": "keeps the list of what waits to be done; what a job does goes through actions",
    "access/rotation.py": "seals every row anew in batches; called only by the gated action rotate_keys",
}
# Words that are also verbs of dictionaries, sets and files.
NOT_THE_DATABASE = ("commands/", "engines/", "catalogue/")


def product_files():
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if "migrations" in path.parts or name in MAY_WRITE or name.startswith(NOT_THE_DATABASE):
            continue
        if "actions" in path.parts or path.name == "actions.py":
            continue
        yield pytest.param(path, id=name)


@pytest.mark.parametrize("path", list(product_files()))
def test_nothing_is_written_outside_actions(path):
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    writes = [call.lineno for call in calls if getattr(call.func, "attr", None) in WRITES]
    queryset_updates = list(lines_with_objects_update(path))
    assert not writes + queryset_updates, (
        f"{path} writes on lines {writes + queryset_updates}; use actions.py"
    )


def lines_with_objects_update(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "update":
            source = ast.unparse(node.func.value)
            if "objects" in source or ".filter(" in source:
                yield node.lineno


def test_commands_reach_the_database_only_through_actions():
    offenders = [
        path.name
        for path in (ROOT / "commands").rglob("*.py")
        if ".objects.create" in path.read_text() or ".bulk_create" in path.read_text()
    ]
    assert not offenders
