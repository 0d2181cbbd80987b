"""An empty people file with its headings, and beside it what each column means."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import IO

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact
from simpul.commands.language import _, chosen
from simpul.commands.stop import DONE, USAGE, Stop
from simpul.commands.terminal import err
from simpul.engines.rules import FactKind


def write_template(path: Path) -> int:
    """Two CSV files that any spreadsheet opens; nothing that exists is overwritten."""
    if path.suffix.lower() != ".csv":
        raise Stop(
            _("Berkas kosong ditulis sebagai .csv, yang dapat dibuka di lembar sebar: %s") % path, USAGE
        )
    explained = path.with_name(f"{path.stem}-{_('penjelasan')}.csv")
    for each in (path, explained):
        if each.exists():
            raise Stop(_("%s sudah ada dan tidak ditimpa. Pilih nama lain.") % each)
    facts = catalogue_facts.asked_facts()
    try:
        # The mark in front tells spreadsheets that this is UTF-8.
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(["id", "nik", "nama", *facts])
        with explained.open("x", encoding="utf-8-sig", newline="") as file:
            _explain(file, facts)
    except OSError as error:
        raise Stop(
            _("%(file)s tidak dapat ditulis: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error
    err().print(
        _("Berkas kosong: %(file)s. Arti tiap kolom: %(explained)s.") % {"file": path, "explained": explained}
    )
    return DONE


def _explain(file: IO[str], facts: dict[str, Fact]) -> None:
    language, writer = chosen(), csv.writer(file)
    writer.writerow([_("kolom"), _("arti"), _("isi"), _("mengapa ditanyakan")])
    writer.writerow(
        ["id, nik, nama", _("milik Anda sendiri, disalin ke hasil"), _("teks; NIK 16 angka sebagai teks"), ""]
    )
    for name, fact in facts.items():
        why = fact.why.in_language(language) if fact.why else ""
        writer.writerow([name, fact.question.in_language(language), what_to_write(fact), why])


def what_to_write(fact: Fact) -> str:
    """What belongs into the cells of a column. An empty cell means not known, for every kind."""
    language = chosen()
    if fact.kind is FactKind.BOOL:
        return _("ya / tidak / kosong bila tidak tahu")
    if fact.kind is FactKind.CHOICE:
        return " / ".join(f"{choice.code} ({choice.label.in_language(language)})" for choice in fact.choices)
    if fact.kind is FactKind.NUMBER:
        unit = fact.unit.in_language(language) if fact.unit else ""
        return _("bilangan bulat (%s)") % unit
    return _("tanggal 1954-08-17; perkiraan: kolom %(name)s_earliest dan %(name)s_latest") % {
        "name": fact.name
    }
