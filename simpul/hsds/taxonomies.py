"""The catalogue's lists as HSDS taxonomies: needs (PPKS) by edition, sources of help (PSKS), help, situations, access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from simpul.catalogue import casework, editions, sources
from simpul.catalogue import services as catalogue
from simpul.catalogue.casework import Entry
from simpul.catalogue.text import Text
from simpul.hsds.identifiers import key_of

LANGUAGE = "ind"  # ISO 639-2, as in the standard's examples
NEEDS, SOURCES, HELP, SITUATIONS, ACCESSES = "need", "source", "help", "situation", "access"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One list. `edition` is the code of the edition for needs, "" for others."""

    kind: str
    edition: str
    title: Text
    about: Text

    @property
    def id(self) -> str:
        return key_of("taxonomy", self.kind, self.edition)

    def row(self) -> Row:
        """As a row of the standard."""
        return {
            "id": self.id,
            "name": self.title.id,
            "description": self.about.id,
            "version": self.edition or "1",
            "simpul_name_en": self.title.en,
            "simpul_description_en": self.about.en,
        }


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a list, by its code there."""

    taxonomy: Taxonomy
    code: str
    title: Text
    about: Text

    @property
    def id(self) -> str:
        return key_of("taxonomy_term", self.taxonomy.kind, self.taxonomy.edition, self.code)

    def row(self) -> Row:
        """As a row of the standard, without its taxonomy."""
        return {
            "id": self.id,
            "code": self.code,
            "name": self.title.id,
            "description": self.about.id,
            "taxonomy": self.taxonomy.title.id,
            "language": LANGUAGE,
            "taxonomy_id": self.taxonomy.id,
            "simpul_name_en": self.title.en,
            "simpul_description_en": self.about.en,
        }

    def nested(self) -> Row:
        """As it stands in an answer, with its taxonomy."""
        return {**self.row(), "taxonomy_detail": self.taxonomy.row()}


_HELP = Taxonomy(
    HELP,
    "",
    Text("Jenis bantuan", "Kinds of help"),
    Text("Apa yang diberikan suatu layanan.", "What a service gives."),
)
_SITUATIONS = Taxonomy(
    SITUATIONS,
    "",
    Text("Keadaan", "Situations"),
    Text(
        "Kata-kata biasa yang dipakai orang ketika mencari bantuan.",
        "The plain words in which people look for help.",
    ),
)
_ACCESSES = Taxonomy(
    ACCESSES,
    "",
    Text("Akses bagi penyandang disabilitas", "Access for persons with disability"),
    Text("Bagaimana suatu tempat atau layanan dapat dipakai.", "How a place or a service can be used."),
)  # fmt: skip
_SOURCES = Taxonomy(
    SOURCES,
    "permensos-8-2012",
    Text("Potensi dan sumber kesejahteraan sosial (PSKS)", "Potentials and sources of social welfare (PSKS)"),
    Text("Siapa yang dapat membantu, menurut Permensos 8/2012.", "Who can help, after Permensos 8/2012."),
)


def _plain(taxonomy: Taxonomy, entries: Iterable[Entry]) -> Iterator[Term]:
    for entry in entries:
        yield Term(taxonomy, entry.code, entry.title, entry.about)


def _needs() -> Iterator[Term]:
    for edition in editions.all_editions():
        taxonomy = Taxonomy(
            NEEDS,
            edition.code,
            Text(f"Jenis PPKS: {edition.title.id}", f"Types of need (PPKS): {edition.title.en}"),
            Text(f"Sumber: {edition.source}", f"Source: {edition.source}"),
        )
        for need in edition.types:
            yield Term(taxonomy, need.code, need.display, need.definition or need.display)


@cache
def terms() -> Mapping[str, Term]:
    """Every term by its key, list by list."""
    found = [
        *_plain(_HELP, casework.service_kinds()),
        *_plain(_SITUATIONS, catalogue.situations()),
        *_plain(_ACCESSES, catalogue.accesses()),
        *_needs(),
        *(Term(_SOURCES, one.code, one.display, one.definition) for one in sources.edition().types),
    ]
    return MappingProxyType({term.id: term for term in found})


@cache
def taxonomies() -> Mapping[str, Taxonomy]:
    """Every list by its key."""
    return MappingProxyType({term.taxonomy.id: term.taxonomy for term in terms().values()})


@cache
def nested_terms() -> Mapping[str, Row]:
    """Every term as it stands in an answer, by its key. To be read, never changed."""
    return MappingProxyType({key: term.nested() for key, term in terms().items()})


@cache
def _by_code() -> Mapping[tuple[str, str, str], Term]:
    found = {(term.taxonomy.kind, term.taxonomy.edition, term.code): term for term in terms().values()}
    return MappingProxyType(found)


def term_of(kind: str, code: str, edition: str = "") -> Term | None:
    """The term of a code; None where the catalogue does not know it (any more)."""
    return _by_code().get((kind, edition, code))
