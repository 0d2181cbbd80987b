"""Small groups: which organisations may be shown by themselves, and which are shown together or not at all."""

from __future__ import annotations

from collections.abc import Mapping

# What stands for the organisations that are shown together.
TOGETHER = "*"


def grouped(people: Mapping[str, int], smallest: int) -> dict[str, str]:
    """Under which name each organisation is shown: its own, or TOGETHER with others; those not shown are left out.

    `people` is how many there are in each. One small organisation alone could be reckoned from the total, so the
    next larger one hides it: together they are at least `smallest`.
    """
    if sum(people.values()) < smallest:
        return {}
    ordered = sorted(people, key=lambda name: (people[name], name))
    hidden = [name for name in ordered if people[name] < smallest]
    rest = [name for name in ordered if people[name] >= smallest]
    while hidden and sum(people[name] for name in hidden) < smallest and rest:
        hidden.append(rest.pop(0))
    return dict.fromkeys(hidden, TOGETHER) | {name: name for name in rest}
