"""What can happen to a case: the only writes. One file for each part of the work."""

from simpul.cases.actions.opening import describe, open_case, reopen
from simpul.cases.actions.stages import move, prescreen

__all__ = ("describe", "move", "open_case", "prescreen", "reopen")
