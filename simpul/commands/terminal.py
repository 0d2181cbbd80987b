"""What a command shows and where: results on standard output; progress, warnings and questions on standard error."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table


def out() -> Console:
    """Standard output of this moment. Nothing in people's names is taken for markup or colour."""
    return Console(highlight=False, markup=False, emoji=False)


def err() -> Console:
    """Standard error of this moment. In a log sentences stay whole, whatever their length."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=not sys.stderr.isatty())


def progress(*, counted: bool = True) -> Progress:
    """A bar on standard error; without a terminal (in a pipe or a log) nothing is drawn."""
    console = err()
    columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn()]
    if counted:
        columns.append(MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal)


def table(*headings: str, title: str = "") -> Table:
    """Columns beginning with '>' are numbers and stand to the right."""
    made = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading in headings:
        is_number = heading.startswith(">")
        made.add_column(heading.removeprefix(">"), justify="right" if is_number else "left", overflow="fold")
    return made
