"""What a paper is made of, whether it is filled from a case or left for the pen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Field:
    """One thing under its label. Without a value so many empty lines are left for the pen."""

    kind: ClassVar[str] = "field"
    label: str
    value: str = ""
    lines: int = 1

    @property
    def pen(self) -> range:
        """The lines to write on."""
        return range(self.lines)


@dataclass(frozen=True, slots=True)
class Option:
    """One box with its words."""

    words: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """A choice as a row of boxes, ticked or empty."""

    kind: ClassVar[str] = "boxes"
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one column."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `widths` are the shares of the columns, `empty` the rows left for the pen."""

    kind: ClassVar[str] = "table"
    label: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    empty: int = 0

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Every row with the head of each column beside its words, the empty rows after them."""
        empty = (("\u00a0",) * len(self.head),) * self.empty
        return tuple(tuple(map(Cell, self.head, row)) for row in (*self.rows, *empty))


@dataclass(frozen=True, slots=True)
class Words:
    """What every copy of the paper says, line by line."""

    kind: ClassVar[str] = "words"
    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: in what capacity, and the name where it is known."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    kind: ClassVar[str] = "signatures"
    people: tuple[Signature, ...]


Block = Field | Boxes | Table | Words | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """Some blocks under a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below every paper.

    `stage` names the stage, also as PP 39/2012 and ATENSI call it; `printed` says when and by whom.
    """

    office: str
    title: str
    client: str
    number: str
    stage: str
    mark: str
    printed: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper in plain words: the same for the page and for the PDF."""

    code: str
    language: str
    heading: Heading
    sections: tuple[Section, ...]

    def as_words(self) -> dict[str, Any]:
        """As JSON holds it, for typesetting."""
        return {
            "code": self.code,
            "lang": self.language,
            "heading": asdict(self.heading),
            "sections": [
                {
                    "title": section.title,
                    "blocks": [{"kind": block.kind, **asdict(block)} for block in section.blocks],
                }
                for section in self.sections
            ],
        }


def section(title: str, *blocks: Block | None) -> Section:
    """Blocks under a title; None leaves one out."""
    return Section(title, tuple(block for block in blocks if block is not None))


def boxes(label: str, choices: Iterable[tuple[str, str | Promise]], ticked: Collection[str] = ()) -> Boxes:
    """The choices of a field as boxes."""
    return Boxes(label, tuple(Option(str(words), code in ticked) for code, words in choices))
