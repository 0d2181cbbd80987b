"""Whether two runs are so close that their difference would tell what one person scored.

A reader who holds both has the numbers of every shown group twice. Where fewer people than may be shown alone came, left
or answered otherwise in one group and one test, that difference is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simpul.access.secrets import blind_index
from simpul.programmes.models import Evaluation, Programme
from simpul.programmes.queries.evaluation_data import Gathered

# Half the bytes of a mark would do for a hundred thousand people.
_BYTES = 8
# Who is in no group that is shown by itself still stands in the numbers of all.
_REST = "-"

# By group and test: who answered, and a mark of what. Keyed, so that nobody can try people or scores out.
Marks = dict[str, dict[str, str]]


def marks_of(gathered: Gathered) -> Marks:
    """What a run keeps so that a later one can be held against it; says nothing of anybody without the key."""
    groups: dict[tuple[str, str], str] = {}
    for one in gathered.scores:
        shown = gathered.shown_as.get(one.organisation, _REST)
        groups[one.person, one.wave] = f"{one.group}|{shown}|{one.wave}"
    found: Marks = {}
    for (person, wave), group in groups.items():
        answers = f"{person}:{wave}:{gathered.answered[person, wave]}"
        found.setdefault(group, {})[_mark(gathered.programme, person)] = _mark(gathered.programme, answers)
    return found


def _mark(programme: Programme, text: str) -> str:
    return blind_index(f"{programme.pk}:{text}", "programme.evaluation")[:_BYTES].hex()


def is_close(now: Marks, before: Mapping[str, Mapping[str, str]], smallest: int) -> bool:
    """Whether in some group and test somebody changed, but fewer than `smallest`.

    Groups whose people went from one to the other are held together, since their sums can be. A test that nobody had
    taken before has nothing to be taken off from.
    """
    tested = {_wave(group) for group in before}
    for groups in _joined(now, before):
        if _wave(groups[0]) in tested:
            mine, theirs = _together(now, groups), _together(before, groups)
            changed = sum(mine.get(person) != theirs.get(person) for person in mine.keys() | theirs.keys())
            if 0 < changed < smallest:
                return True
    return False


def _wave(group: str) -> str:
    return group.rpartition("|")[2]


def _together(marks: Mapping[str, Mapping[str, str]], groups: Iterable[str]) -> dict[str, str]:
    return {person: mark for group in groups for person, mark in marks.get(group, {}).items()}


def _joined(now: Marks, before: Mapping[str, Mapping[str, str]]) -> list[list[str]]:
    """Groups, and together those of one test that somebody stood in first and in the other later."""
    stood: dict[tuple[str, str], str] = {}
    leads = {group: group for group in (*now, *before)}

    def lead(group: str) -> str:
        while leads[group] != group:
            group = leads[group]
        return group

    for marks in (before, now):
        for group, people in marks.items():
            for person in people:
                other = stood.setdefault((person, _wave(group)), group)
                leads[lead(group)] = lead(other)
    found: dict[str, list[str]] = {}
    for group in sorted(leads):
        found.setdefault(lead(group), []).append(group)
    return list(found.values())


def is_close_to_any(now: Marks, runs: Iterable[Evaluation], smallest: int) -> bool:
    """The same against every run that readers may hold."""
    return any(is_close(now, run.marks, smallest) for run in runs)
