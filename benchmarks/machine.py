"""How busy the machine was while something was measured, so that a figure is not read for more than it says."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

# The columns of the first line of /proc/stat, in hundredths of a second over all cores.
_USER, _NICE, _SYSTEM, _IDLE, _WAITING, _IRQ, _SOFT, _STOLEN = range(8)


def _ticks() -> list[int]:
    line = Path("/proc/stat").read_text().splitlines()[0]
    return [int(word) for word in line.split()[1:9]]


def spent() -> float:
    """Seconds of the processor by this process and those of its children that have ended."""
    held = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in held)


def peak_mb() -> float:
    """The most memory that this process ever held, in MB."""
    # Not by getrusage: that still counts the process which started this one.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def largest_child_mb() -> float:
    """The most memory that any process held which this one started and which has ended, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


@contextmanager
def watched() -> Iterator[None]:
    """Says at the end how much of the machine was ours, what others took, and what its host gave away."""
    before, began, ours = _ticks(), perf_counter(), spent()
    yield
    took, used = perf_counter() - began, spent() - ours
    passed = [new - old for new, old in zip(_ticks(), before, strict=True)]
    whole = sum(passed) or 1
    busy = (whole - passed[_IDLE] - passed[_WAITING] - passed[_STOLEN]) / whole
    # A database's own processes count as others: they are not our children.
    own = used / (took * (os.cpu_count() or 1))
    print(
        f"[machine: {took:.0f} s; cores busy {busy:.0%}, of it this process and its children {min(own, busy):.0%};"
        f" waiting for the disk {passed[_WAITING] / whole:.0%}, stolen {passed[_STOLEN] / whole:.1%};"
        f" load {os.getloadavg()[0]:.1f}]",
        flush=True,
    )
