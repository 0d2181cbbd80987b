"""Simpul ties people in need to those who can help."""

from functools import cache
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


@cache
def version() -> str:
    """Which version this is: of the installed package, or of the project where it runs from its own folder.

    Nothing where neither is there.
    """
    # Read only here: these two cost more than all else that `simpul --help` loads.
    from importlib import metadata

    try:
        return metadata.version("simpul")
    except metadata.PackageNotFoundError:
        return _version_in(_PROJECT)


def _version_in(project: Path) -> str:
    import tomllib

    try:
        head = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return ""
    # Another project's folder may hold this package.
    return str(head["version"]) if head.get("name") == "simpul" else ""
