"""Findings on a terminal: what fits, what is open and what would settle it, what does not fit; each with its source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.tree import Tree

from simpul.catalogue import contradictions, wording
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.needs import Edition, NeedType
from simpul.commands.language import _, chosen
from simpul.engines.rules import Answer, Finding, Value
from simpul.screening.facts import open_facts, prices

MARKS = {Answer.YES: "✓", Answer.UNKNOWN: "?", Answer.NO: "✗"}


def show_findings(
    console: Console, edition: Edition, values: Mapping[str, Value], on: date, in_vain: Collection[str]
) -> None:
    """All findings; a rule suggests, a person decides, and the last line says so."""
    findings = edition.judge(values, on)
    by_answer: dict[Answer, list[NeedType]] = {answer: [] for answer in Answer}
    for need in edition.types:
        if need.node:
            by_answer[findings[need.code].answer].append(need)
    console.print()
    console.print(_("Temuan per %s") % on.isoformat(), style="bold")
    for answer, heading in (
        (Answer.YES, _("Sesuai")),
        (Answer.UNKNOWN, _("Belum pasti")),
    ):
        if by_answer[answer]:
            console.print()
            console.print(f"{heading} ({len(by_answer[answer])})", style="bold")
        for need in by_answer[answer]:
            if answer is Answer.YES:
                console.print(_reasons(need, findings[need.code], edition))
                continue
            # All that is open would fill the screen; the one thing to find out is what helps.
            console.print(f"{MARKS[answer]} {need.display.in_language(chosen())}")
            console.print(Padding(_settling(need, edition, values, on, in_vain), (0, 0, 0, 4)), style="dim")
    _show_no(console, by_answer[Answer.NO])
    console.print()
    console.print(_("Ini saran menurut aturan. Pekerja sosial yang memutuskan, bersama orangnya."))


def show_contradictions(console: Console, values: Mapping[str, Value], on: date) -> None:
    """Answers that do not fit together, to be looked at again with the person; no finding changes by them."""
    found = contradictions.found(values, on)
    if not found:
        return
    console.print()
    console.print(_("Jawaban yang tidak cocok satu sama lain"), style="bold")
    for clash in found:
        console.print(f"! {clash.sentence.in_language(chosen())}")
    console.print(
        _("Keduanya boleh benar. Tanyakan sekali lagi dengan tenang, lalu ubah yang keliru."), style="dim"
    )


def _reasons(need: NeedType, finding: Finding, edition: Edition) -> Tree:
    tree = Tree(f"{MARKS[finding.answer]} {need.display.in_language(chosen())}", guide_style="dim")
    for part in finding.parts:
        _grow(tree, part, edition)
    sure = catalogue_facts.verified_label(need.verified).in_language(chosen())
    tree.add(_("Sumber: %(source)s (%(verified)s)") % {"source": need.source, "verified": sure}, style="dim")
    return tree


def _grow(tree: Tree, finding: Finding, edition: Edition) -> None:
    branch = tree.add(f"{MARKS[finding.answer]} {wording.sentence(finding, edition, chosen())}")
    for part in finding.parts:
        _grow(branch, part, edition)


def _settling(
    need: NeedType, edition: Edition, values: Mapping[str, Value], on: date, in_vain: Collection[str]
) -> str:
    """The one question whose answer would help most."""
    _answer, still_open = open_facts(edition, on).step(values)[need.code]
    if not still_open:
        return _("Naskah peraturannya dapat dibaca dengan dua cara; keduanya ditunjukkan di atas.")
    still_open -= catalogue_facts.asking().volunteered
    if not still_open:
        return _("Tidak ditanyakan; hanya dicatat bila disampaikan sendiri.")
    name = min(still_open, key=lambda fact: (fact in in_vain, prices()[fact], fact))
    return _("Yang perlu diketahui: %s") % catalogue_facts.get(name).question.in_language(chosen())


def _show_no(console: Console, needs: list[NeedType]) -> None:
    if not needs:
        return
    console.print()
    console.print(f"{_('Tidak sesuai')} ({len(needs)})", style="bold")
    console.print("  " + "; ".join(need.display.in_language(chosen()) for need in needs), style="dim")
