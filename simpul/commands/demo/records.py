"""The record, papers, warnings and reports of the bodies of the example office."""

from __future__ import annotations

from datetime import date
from typing import Any

from simpul.commands.demo.deeds import Deed, Doer
from simpul.organisations.actions import oversight, oversight_reports, papers
from simpul.organisations.actions.changes import change_directly, propose_change
from simpul.organisations.queries.oversight_reports import periods_of
from simpul.organisations.queries.papers_told import Sent, Told
from simpul.organisations.queries.parts import ROWS, mark_of, values_of

# One empty page: enough to be kept, opened and handed over as a paper is.
EMPTY_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


def _part(deed: Deed) -> None:
    """An officer writes one part of the record."""
    body, part = deed.body, deed.told["part"]
    held = values_of(body, part)
    change_directly(
        body,
        by=deed.by,
        key=deed.key(part),
        part=part,
        values=_values(deed),
        read=mark_of(held),
        **deed.when(),
    )


def _propose(deed: Deed) -> None:
    """The body asks for other values; they wait for an officer."""
    body, part = deed.body, deed.told["part"]
    held = values_of(body, part)
    propose_change(
        body,
        by=deed.by,
        key=deed.key(part),
        part=part,
        values=_values(deed),
        read=mark_of(held),
        **deed.words("because"),
        **deed.when(),
    )


def _values(deed: Deed) -> dict[str, Any]:
    """As a form sends them: days as text, rows each with a key of their own."""
    values = _as_text(deed.told["values"])
    for place, row in enumerate(values.get(ROWS, ())):
        row["id"] = str(deed.key("row", str(place)))
    return dict(values)


def _as_text(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _as_text(one) for name, one in told.items()}
    if isinstance(told, list):
        return [_as_text(one) for one in told]
    return told.isoformat() if isinstance(told, date) else told


def _paper(deed: Deed) -> None:
    told = Told(**deed.words("title", "number", "issuer", "issued_on", "valid_to"))
    file = Sent(f"{deed.told['kind']}.pdf", EMPTY_PAGE) if deed.told.get("has_file") else None
    paper = papers.add_paper(
        deed.body, by=deed.by, key=deed.key(), kind=deed.told["kind"], told=told, file=file, **deed.when()
    )
    if "checked_by" in deed.told:
        papers.check_paper(
            paper, by=deed.users[deed.told["checked_by"]], version=paper.version, on=deed.on(1)
        )


def _flag(deed: Deed) -> None:
    """A warning; lifted later where the story says so."""
    flag = oversight.raise_flag(
        deed.body, by=deed.by, key=deed.key(), **deed.words("kind", "words"), **deed.when()
    )
    if "lifted" in deed.told:
        lifted = deed.told["lifted"]
        oversight.lift_flag(flag, by=deed.by, on=deed.on(lifted["later"]), words=lifted["because"])


def _report(deed: Deed) -> None:
    """The report of the first period that still lacks one, written and sent; received where the story says so."""
    body, when = deed.body, deed.when()
    owed = [one for one in periods_of(body, when["on"]) if one.has_ended and one.report is None]
    if not owed:
        return
    since = owed[-1].period.since
    report = oversight_reports.start_report(body, by=deed.by, key=deed.key(), since=since, **when)
    report = oversight_reports.write_report(
        report, by=deed.by, version=report.version, told=deed.told["report"]
    )
    report = oversight_reports.send_report(report, by=deed.by, on=when["on"], version=report.version)
    if "received_by" in deed.told:
        officer = deed.users[deed.told["received_by"]]
        oversight_reports.receive_report(report, by=officer, on=deed.on(1), version=report.version)


DOERS: dict[str, Doer] = {
    "part": _part,
    "propose": _propose,
    "paper": _paper,
    "flag": _flag,
    "report": _report,
}
