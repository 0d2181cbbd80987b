"""Which reasons of a finding are told, and to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from simpul.catalogue import facts as catalogue_facts
from simpul.engines.reasons import Answer, Finding

_GATHERS = frozenset({"all", "any", "at_least"})


def decisive(finding: Finding) -> Iterator[Finding]:
    """The parts that made the answer, one level at a time: what the one line under a type says.

    Of *all of* the parts that failed (or, when it holds, all of them), of *any of* those that hold.
    """
    # The parts of a type are its rule and then its supporting signs, which decide nothing.
    deciding = finding.parts[:1] if finding.kind == "type" else finding.parts
    for part in deciding:
        if part.answer is not finding.answer:
            continue
        if part.kind == "readings":
            # They agree, or the answer would be open: the first says it for all.
            yield from decisive(part.parts[0]) if finding.answer is not Answer.UNKNOWN else (part,)
        elif part.kind in _GATHERS and part.parts:
            yield from decisive(part)
        else:
            yield part


def without(finding: Finding, facts: Collection[str]) -> Finding:
    """The same finding without the reasons that name one of these facts.

    What was judged together with such a reason is told as one other reason: beside four that are a no, a
    fifth that is left out would be read as a yes. The whole rule keeps its answer only.
    """
    if not named_in(finding) & frozenset(facts):
        return finding
    if finding.kind != "type":
        return _untold(finding)
    # The first part is the rule; supporting signs decide nothing, so that they can just be left out.
    rule = tuple(_told(part, facts) for part in finding.parts[:1])
    signs = tuple(part for part in finding.parts[1:] if not named_in(part) & frozenset(facts))
    return Finding(finding.answer, finding.kind, finding.about, finding.values, (*rule, *signs))


def _told(finding: Finding, facts: Collection[str]) -> Finding:
    """Down through conditions that must all hold to the choice that the reason is part of, and no further."""
    secret = [part for part in finding.parts if named_in(part) & frozenset(facts)]
    if not secret and finding.about not in facts:
        return finding
    if finding.kind != "all" or len(secret) != 1 or not _branches(secret[0]):
        return _untold(finding)
    parts = tuple(_told(part, facts) if part is secret[0] else part for part in finding.parts)
    return Finding(finding.answer, finding.kind, finding.about, finding.values, parts)


def _branches(finding: Finding) -> bool:
    while len(finding.parts) == 1:
        finding = finding.parts[0]
    return bool(finding.parts)


def _untold(finding: Finding) -> Finding:
    return Finding(finding.answer, "criterion", _("alasan lain"))


def named_in(finding: Finding) -> frozenset[str]:
    """The names of all facts that a finding and its reasons are about."""
    own = {finding.about, finding.values.get("other", "")} & catalogue_facts.specs().keys()
    return frozenset(own).union(*(named_in(part) for part in finding.parts))


def nodes_of_kind(finding: Finding, kind: str) -> Iterator[Finding]:
    if finding.kind == kind:
        yield finding
    for part in finding.parts:
        yield from nodes_of_kind(part, kind)
