"""Every view that gives a file is known here, with how it is recorded or why it need not be."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "simpul"
# A view that does one of these gives a file; so does one that calls another function of its module which does.
GIVERS = {"handed_over", "file_answer", "FileResponse", "StreamingHttpResponse"}
READING = "look_up(…, always=True): each opening is an event"
EXPORT = "note_export: who, what, when, narrowed to what"
# Either the name of the gated action that each of them goes through, one of the two above, or "open:" with a reason.
FILES = {
    "accreditation.minutes.minutes_pdf": READING,
    "accreditation.own_schemes.example": "open: a made-up scheme to write over",
    "accreditation.self_assessment.evidence": READING,
    "accreditation.validation.evidence": READING,
    "accreditation.visit.visit_evidence": READING,
    "cases.attachments.attachment": READING,
    "cases.numbers.numbers_file": EXPORT,
    "cases.papers.blank_paper_pdf": "open: empty lines for the pen",
    "cases.papers.paper_pdf": READING,
    "cases.tasks.calendar": "open: one's own tasks for one's own calendar, without names",
    "desk.copy": READING,
    "imports.batches.refused": READING,
    "instruments.analysis.answers_csv": "export_answers",
    "instruments.importing.answers_example": "open: an empty workbook",
    "instruments.own.example_csv": "open: a made-up instrument to write over",
    "instruments.own.example_xlsform": "open: a made-up instrument to write over",
    "instruments.own.example_xlsx": "open: a made-up instrument to write over",
    "instruments.own.xlsform": "open: questions, no answers",
    "instruments.papers.blank_pdf": "open: questions, no answers",
    "instruments.papers.sheet_pdf": READING,
    "organisations.certificates.certificate_pdf": READING,
    "organisations.help_received.help_file": "take_own_help_out",
    "organisations.help_received.office_help_file": "take_out",
    "organisations.office.office_file": "take_out",
    "organisations.papers.paper_file": READING,
    "organisations.registration.paper": READING,
    "organisations.registration_checks.photo": READING,
    "population.register.numbers_file": EXPORT,
    "programmes.evaluation.evaluation_docx": READING,
    "programmes.evaluation.evaluation_pdf": READING,
    "programmes.evaluation.extract_download": READING,
    "programmes.measuring.measure_example": "open: codes of a programme's participants and empty cells, for who runs it",
    "programmes.measuring.measure_paper": "open: an empty form with a code, for who runs the programme",
    "programmes.measuring.measure_papers": "open: the same for all who have not answered",
    "programmes.money.money_report": READING,
    "programmes.plans.proof": READING,
    "programmes.sessions.material": "open: what is taught; nothing about anybody, and the opening is an event",
    "programmes.sessions_certificates.certificate_pdf": READING,
    "recaps.public.public_file": "open: numbers that a person published; the same file for everybody",
    "recaps.recaps.file": "take_out",
    "referrals.outside.letter_pdf": READING,
    "referrals.unmet.unmet_file": EXPORT,
    "research.extract_file": "take_extract",
    "screening.paper.pdf": READING,
    "services.listing.calendar": "open: until when one's own listings are confirmed; nobody's data",
    "services.public_leaflet.leaflet_pdf": "open: the public directory on paper",
}
# Papers of Typst: those with people in them, and lists of an office, bear across every page who took them and when.
PAPERS = {
    "organisations/office_list.typ": "mark",
    "recaps/recap.typ": "mark",
    "accreditation/minutes.typ": "open: minutes that all sign",
    "cases/paper.typ": "across",
    "instruments/paper.typ": "across",
    "organisations/certificate.typ": "open: hangs on a wall; its QR says whether it is true",
    "programmes/certificate.typ": "open: hangs on a wall; its QR says whether it is true",
    "referrals/outside_letter.typ": "mark",
    "screening/family.typ": "mark",
    "services/leaflet.typ": "open: hangs on a notice board",
    "ui/report.typ": "open: the same data give the same bytes, whoever prints them; recorded each time",
}
# What writes tables into files beside ui/sheets, which makes every cell harmless.
WRITERS = {
    "ui/sheets.py": "the one place",
    "accreditation/forms/own_schemes.py": "the shipped example, in our own words",
    "instruments/forms/template.py": "the shipped example, in our own words",
    "hsds/folder.py": "the standard's own form for programs, which an apostrophe would break; public data",
}


def modules():
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "views" in parts or parts[-1] == "views.py":
            name = ".".join(part.removesuffix(".py") for part in parts if part not in ("views", "views.py"))
            yield (
                name,
                {
                    node.name: node
                    for node in ast.parse(path.read_text()).body
                    if isinstance(node, ast.FunctionDef)
                },
            )


def names_in(function):
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)
    }


def gives_a_file(function):
    named = any(
        isinstance(node, ast.Constant) and node.value == "Content-Disposition" for node in ast.walk(function)
    )
    typed = any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "HttpResponse"
        and any(keyword.arg == "content_type" for keyword in node.keywords)
        for node in ast.walk(function)
    )
    return named or typed or bool(names_in(function) & GIVERS)


def reached(function, functions):
    """The function and all of its module that it calls."""
    found, waiting = set(), [function.name]
    while waiting:
        name = waiting.pop()
        if name in functions and name not in found:
            found.add(name)
            waiting += names_in(functions[name])
    return [functions[name] for name in sorted(found)]


@cache
def views_with_files():
    found = {}
    for module, functions in modules():
        for name, function in functions.items():
            is_view = function.decorator_list and not name.startswith("_")
            whole = reached(function, functions)
            if is_view and any(gives_a_file(one) for one in whole):
                found[f"{module}.{name}"] = whole
    return found


def source(whole):
    return "\n".join(ast.unparse(function) for function in whole)


def holds(way, whole):
    """Whether what is said of a view is in its source."""
    text = source(whole)
    if way == READING:
        return "always=True" in text
    if way == EXPORT:
        return "note_export(" in text
    if way.startswith("open: "):
        return len(way) > len("open: ")
    return re.search(rf"\b{way}\b", text) is not None


def test_every_view_that_gives_a_file_is_known():
    assert set(views_with_files()) == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_goes_the_way_that_is_said(name):
    assert holds(FILES[name], views_with_files()[name]), f"{name} does not do what is said: {FILES[name]}"


@pytest.mark.parametrize("way", sorted({way for way in FILES.values() if way.isidentifier()}))
def test_an_action_that_is_named_is_gated(way):
    sources = [
        path.read_text()
        for path in ROOT.rglob("*.py")
        if "actions" in path.parts or path.name == "actions.py"
    ]
    gated = re.compile(rf"@action\(.*\)\ndef {way}\(")
    assert any(gated.search(text) for text in sources)


def test_every_paper_bears_who_took_it_or_says_why_not():
    papers = {"/".join(path.parts[-2:]) for path in ROOT.rglob("*.typ")}
    assert papers == set(PAPERS)


@pytest.mark.parametrize("name", [name for name, way in PAPERS.items() if not way.startswith("open: ")])
def test_a_paper_with_people_has_its_mark_across_the_page(name):
    paper = next(path for path in ROOT.rglob("*.typ") if path.as_posix().endswith(name))
    word = r"said\.mark" if PAPERS[name] == "mark" else r"across\)"
    assert re.search(rf"background:.*{word}", paper.read_text())


@pytest.mark.parametrize(
    "name",
    [
        "cases.papers.paper_pdf",
        "instruments.papers.sheet_pdf",
        "referrals.outside.letter_pdf",
        "screening.paper.pdf",
    ],
)
def test_a_view_of_a_paper_with_people_says_who_took_it(name):
    assert "taken(request.user" in source(views_with_files()[name])


def test_tables_are_written_where_cells_are_made_harmless():
    writes = re.compile(r"csv\.(writer|DictWriter)\(|\bWorkbook\(|\.write_csv\(|\.write_excel\(")
    found = {
        path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if writes.search(path.read_text())
    }
    # What the command line and the engines write is read by who runs commands on the machine itself.
    assert {name for name in found if not name.startswith(("commands/", "engines/"))} == set(WRITERS)
