"""Gather the texts that people see, for translation into English, without GNU gettext.

Indonesian stands in the code and is the key; English stands in `simpul/locale/en/LC_MESSAGES/django.po`. Existing
translations are kept, texts no longer used are dropped, and the `.mo` that programs read is written anew.

    python tools/messages.py            gather and compile
    python tools/messages.py --check    fail when a text has no English, or a file is not up to date
    python tools/messages.py --missing  list the texts that have no English yet
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = PROJECT / "simpul"
PO = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    *("_", "gettext", "gettext_lazy", "gettext_noop"),
    *("ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"),
}
HEADER = "Simpul in English. Written by tools/messages.py; only the English texts are edited by hand."

# Parts of the header that would change on every run, or say nothing.
CHANGING = tuple(
    f'"{name}'.encode()
    for name in (
        *("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator"),
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "Language-Team"),
    )
)

Key = tuple[str | None, str | tuple[str, str]]


@dataclass
class Found:
    """One text, with the files it stands in and the remarks for translators."""

    files: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def gathered() -> dict[Key, Found]:
    """Every text in templates and Python files."""
    texts: dict[Key, Found] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".typ"} or "migrations" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        name = path.relative_to(PROJECT).as_posix()
        for key, remarks in _texts_in(path):
            found = texts.setdefault(key, Found())
            found.files.add(name)
            found.remarks += [remark for remark in remarks if remark not in found.remarks]
    return texts


def _texts_in(path: Path) -> Iterator[tuple[Key, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Templates become something like Python, in which every text is a call.
        # The page's own indentation means nothing there.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    file = io.BytesIO(source.encode())
    for _line, call, words, remarks in extract_python(
        file, sorted(CALLS), ["Translators:"], {"encoding": "utf-8"}
    ):
        key = _key(call, words)
        if key is not None:
            yield key, remarks


def _key(call: str, words: str | tuple[str | None, ...] | None) -> Key | None:
    if words is None:  # not a text but a name: translated where that text itself is written
        return None
    parts = [words] if isinstance(words, str) else list(words)
    if call.startswith(("pgettext", "npgettext")):
        context, parts = parts[0], parts[1:]
    else:
        context = None
    one = parts[0] if parts else None
    if not one:
        return None
    many = parts[1] if call.startswith(("ngettext", "npgettext")) and len(parts) > 1 else None
    return context, (one, many) if many else one


def merged(texts: dict[Key, Found], kept: Catalog) -> Catalog:
    """The catalogue of exactly these texts, with the English that was there."""
    made = Catalog(locale="en", project="Simpul", header_comment=f"# {HEADER}", charset="utf-8", fuzzy=False)
    for context, ident in sorted(texts, key=lambda key: (str(key[1]).casefold(), key[0] or "")):
        found = texts[context, ident]
        one = ident if isinstance(ident, str) else ident[0]
        earlier: Message | None = kept.get(one, context)
        english = earlier.string if earlier and _same_shape(ident, earlier.string) else _empty(ident)
        made.add(
            ident,
            english,
            locations=[(name, None) for name in sorted(found.files)],
            auto_comments=found.remarks,
            context=context,
        )
    return made


def _empty(ident: str | tuple[str, str]) -> str | tuple[str, str]:
    return "" if isinstance(ident, str) else ("", "")


def _same_shape(ident: object, string: object) -> bool:
    return isinstance(ident, str) == isinstance(string, str)


def untranslated(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and not _is_whole(message)]


def _is_whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def broken(catalogue: Catalog) -> Iterator[str]:
    """Translations whose places for values differ from the original's: they would fail when shown."""
    for message in catalogue:
        if message.id and _is_whole(message):
            for error in message.check(catalogue):
                yield f"{message.id!r}: {error}"


def as_po(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, width=110, omit_header=False, sort_output=False, include_lineno=False)
    lines = [line for line in file.getvalue().split(b"\n") if not line.startswith(CHANGING)]
    return b"\n".join(lines)


def as_mo(catalogue: Catalog) -> bytes:
    # Babel would write the present minute into the file, and no two compilations would be the same.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> int:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--check", action="store_true")
    reader.add_argument("--missing", action="store_true")
    options = reader.parse_args()
    settings.configure(USE_I18N=True)
    django.setup()
    kept = read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.exists() else Catalog(locale="en")
    catalogue = merged(gathered(), kept)
    missing, wrong = untranslated(catalogue), list(broken(catalogue))
    # Read again from its own text, so that what is compiled does not depend on how it was gathered.
    po = as_po(catalogue)
    mo = as_mo(read_po(io.BytesIO(po), locale="en"))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if options.missing:
        for message in missing:
            print(message.id, "   <-", ", ".join(name for name, _line in message.locations))
        return 1 if missing else 0
    if options.check:
        return _checked(po, mo, missing, wrong)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    PO.with_suffix(".mo").write_bytes(mo)
    print(f"{len(catalogue)} texts, {len(missing)} without English yet")
    return 1 if wrong else 0


def _checked(po: bytes, mo: bytes, missing: list[Message], wrong: list[str]) -> int:
    """Says what is not in order; the exit code."""
    sentences = [f"{message.id!r} has no English yet ({PO.relative_to(PROJECT)})" for message in missing]
    if not PO.exists() or PO.read_bytes() != po:
        sentences.append(f"{PO.relative_to(PROJECT)} is not up to date: run `make messages`")
    compiled = PO.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo:
        sentences.append(f"{compiled.relative_to(PROJECT)} is not up to date: run `make messages`")
    print("\n".join(sentences), end="\n" if sentences else "", file=sys.stderr)
    return 1 if sentences or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
