"""The text of consent as plain lines, from the very page that is read out to people."""

from __future__ import annotations

from html.parser import HTMLParser

from django.template.loader import render_to_string

from simpul.cases.queries.papers.shapes import Words
from simpul.people.models import CONSENT_TEXT

_FOR_THE_PEN = "…………………………"


def consent_text(name: str, version: str = "") -> tuple[str, tuple[Words, ...]]:
    """The version and its words, for somebody of that name; the version in force where none is named."""
    version = version or CONSENT_TEXT
    reader = _Lines()
    reader.feed(
        render_to_string(f"people/consent_text_{version}.html", {"person": {"name": name or _FOR_THE_PEN}})
    )
    return version, reader.blocks()


class _Lines(HTMLParser):
    """Paragraphs and points in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li"):
            self.inside = tag
            self.lines.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            tag, words = self.lines[-1]
            self.lines[-1] = (tag, words + data)

    def blocks(self) -> tuple[Words, ...]:
        found: list[Words] = []
        for tag, words in self.lines:
            is_list = tag == "li"
            if found and found[-1].is_list == is_list:
                found[-1] = Words((*found[-1].lines, words.strip()), is_list)
            else:
                found.append(Words((words.strip(),), is_list))
        return tuple(found)
