"""Reports: sections of words, lists, tables and pictures, shown on a page, set as PDF, or written as DOCX.

The same report gives the same bytes. Needs no Django, so that the command line may use it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import typst

from simpul.ui.drawings import Mark
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent / "report.typ"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Every file of an archive carries a time; the day of making would make each one another.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_NO_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 -- the library writes it as it is
_DRAWN_WIDTH_MM = 100
# The dots of an inch of a drawing in a DOCX, which holds no SVG.
_DOTS = 220


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text in a picture; `anchor` is "start", "middle" or "end"."""

    x: str
    y: str
    text: str
    anchor: str = "middle"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it is called and what it shows, in words for who cannot see it."""

    title: str
    about: str
    width: int
    height: int
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]
    kind: str = "picture"

    @property
    def svg(self) -> str:
        """The drawing by itself, in the colour of the text around it; all text escaped."""
        box = f'viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}"'
        told = f"<title>{escape(self.title)}</title><desc>{escape(self.about)}</desc>"
        lines = "".join(_mark(mark) for mark in self.marks)
        words = "".join(_word(word) for word in self.words)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" '
            f"aria-label={quoteattr(f'{self.title}. {self.about}')}>{told}"
            f'<g fill="none" stroke="currentColor" stroke-width="1.2">{lines}</g>'
            f'<g fill="currentColor" font-size="12">{words}</g></svg>'
        )


def _mark(mark: Mark) -> str:
    dashes = ' stroke-dasharray="4 3"' if mark.is_dashed else ""
    width = ' stroke-width="3"' if mark.is_thick else ""
    return f'<path d="{mark.path}"{dashes}{width}/>'


def _word(word: Word) -> str:
    weight = ' font-weight="700"' if word.is_bold else ""
    place = f'x="{word.x}" y="{word.y}" text-anchor="{word.anchor}"'
    return f"<text {place}{weight}>{escape(word.text)}</text>"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs."""

    lines: tuple[str, ...]
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that stand under each other with a dot."""

    lines: tuple[str, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; the first cell of a row is its heading. `widths` are shares."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = "table"

    @property
    def pairs(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Each row as its heading and the other cells with their headings, for tables that become cards."""
        return tuple((row[0], tuple(zip(self.head[1:], row[1:], strict=True))) for row in self.rows)


Block = Words | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; what `is_folded` a screen shows only when it is opened, paper always."""

    title: str
    blocks: tuple[Block, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `pages` is "Halaman {page} dari {total}" in its language, `warning` stands above all."""

    title: str
    about: str
    language: str
    pages: str
    sections: tuple[Section, ...]
    warning: str = ""


# --- PDF ---


def as_pdf(report: Report) -> bytes:
    """A tagged PDF. Raises typst.TypstError for words that cannot be set."""
    words = {
        "lang": report.language,
        "title": report.title,
        "about": report.about,
        "warning": report.warning,
        "pages": report.pages,
        "sections": [
            {"title": one.title, "blocks": [_plain(block) for block in one.blocks]} for one in report.sections
        ],
    }
    return typeset(TEMPLATE, words)


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        alt = f"{block.title}. {block.about}"
        return {"kind": block.kind, "svg": block.svg, "alt": alt, "caption": block.title}
    if isinstance(block, Table):
        rows = [list(row) for row in block.rows]
        told = {"caption": block.caption, "head": list(block.head), "widths": list(block.widths)}
        return {"kind": block.kind, **told, "rows": rows}
    return {"kind": block.kind, "lines": list(block.lines)}


# --- DOCX ---


def as_docx(report: Report) -> bytes:
    """A Word file with headings, real tables, and pictures with their words."""
    from docx import Document

    made = Document()
    _stamp(made, report)
    made.add_heading(_storable(report.title), level=0)
    made.add_paragraph(_storable(report.about))
    if report.warning:
        made.add_paragraph().add_run(_storable(report.warning)).bold = True
    for section in report.sections:
        made.add_heading(_storable(section.title), level=1)
        for block in section.blocks:
            _write(made, block)
    out = io.BytesIO()
    made.save(out)
    return _timeless(out.getvalue())


def _stamp(made: Any, report: Report) -> None:
    held = made.core_properties
    held.title, held.author, held.last_modified_by = _storable(report.title), "Simpul", "Simpul"
    held.created = held.modified = _NO_DAY
    held.language, held.comments, held.revision = report.language, "", 1


def _write(made: Any, block: Block) -> None:
    if isinstance(block, Words):
        for line in block.lines:
            made.add_paragraph(_storable(line))
    elif isinstance(block, Listing):
        for line in block.lines:
            made.add_paragraph(_storable(line), style="List Bullet")
    elif isinstance(block, Table):
        _write_table(made, block)
    else:
        _write_picture(made, block)


def _write_table(made: Any, block: Table) -> None:
    if block.caption:
        made.add_paragraph(_storable(block.caption), style="Caption")
    table = made.add_table(rows=1, cols=len(block.head), style="Table Grid")
    _fill(table.rows[0], block.head, is_bold=True)
    # Read out as headings, and repeated on the next sheet of paper.
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for row in block.rows:
        _fill(table.add_row(), row)
    made.add_paragraph()


def _fill(row: Any, cells: Sequence[str], *, is_bold: bool = False) -> None:
    for cell, text in zip(row.cells, cells, strict=True):
        cell.paragraphs[0].add_run(_storable(text)).bold = is_bold


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _write_picture(made: Any, picture: Picture) -> None:
    from docx.shared import Mm

    drawn = made.add_picture(io.BytesIO(as_png(picture)), width=Mm(_DRAWN_WIDTH_MM))
    drawn._inline.docPr.set("descr", _storable(f"{picture.title}. {picture.about}"))
    made.add_paragraph(_storable(picture.title), style="Caption")


def as_png(picture: Picture) -> bytes:
    """The drawing in black on white, for files that hold no SVG."""
    page = '#let said = json(bytes(sys.inputs.data))\n#set page(width: auto, height: auto, margin: 2mm)\n#image(bytes(said), format: "svg", width: 100mm)'
    made: Any = typst.compile(
        page.encode(),
        sys_inputs={"data": json.dumps(picture.svg, ensure_ascii=False)},
        format="png",
        ppi=_DOTS,
    )
    return bytes(made)


def _storable(text: str) -> str:
    """What XML can hold of it."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _timeless(content: bytes) -> bytes:
    """The same archive with one time for all its files."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive_of([(name, archive.read(name)) for name in archive.namelist()])


def archive_of(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of these files; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()
