"""A text for people, in the two languages that Simpul speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Indonesian and in English; both are always there."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "en" (also "en-gb" and the like); Indonesian for any other language."""
        return self.en if language.split("-")[0].lower() == "en" else self.id

    def __str__(self) -> str:
        return self.id
