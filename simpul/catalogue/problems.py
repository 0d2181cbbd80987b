"""Problems of a catalogue: what to mend, where, in the language of whoever mends it."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.catalogue.faults import in_indonesian
from simpul.catalogue.tables import CatalogueError
from simpul.catalogue.text import Text


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `sentence` is English; `indonesian` is empty where nobody has said it yet."""

    file: str
    line: int
    sentence: str
    indonesian: str = ""

    @classmethod
    def at(cls, file: str, line: int, said: Text) -> Problem:
        """A problem told in both languages."""
        return cls(file, line, said.en, said.id)

    @classmethod
    def of(cls, error: CatalogueError) -> Problem:
        """The problem that a reader of the files stumbled over."""
        return cls(error.file, error.line, error.sentence, in_indonesian(error.sentence))

    def told(self, language: str) -> str:
        """The place and the sentence in that language."""
        words = Text(self.indonesian or self.sentence, self.sentence).in_language(language)
        return f"{self.file}:{self.line}: {words}"

    def __str__(self) -> str:
        return self.told("en")
