"""The file that leaves: data, codebook, the table of k-anonymity, and what who receives it promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.catalogue import disclosure, editions
from simpul.research.models import Extract
from simpul.research.queries.rows import TYPES, Made, keyed
from simpul.ui.reports import archive_of
from simpul.ui.sheets import Cell, as_csv

ZIP = "application/zip"
# Data and their codebook have one language: the same bytes for everybody.
LANGUAGE = "id"


def archive(extract: Extract, made: Made) -> bytes:
    """The same extract gives the same bytes."""
    with override(LANGUAGE):
        about = "\r\n".join(_about(extract, made)).encode()
        files = [
            ("baca-dulu.txt", about),
            ("buku-kode.csv", as_csv(_codebook(extract, made))),
            ("data.csv", as_csv(_data(extract, made))),
            ("kemiripan.csv", as_csv(_likeness(made.standing()))),
        ]
    return archive_of(files)


def _data(extract: Extract, made: Made) -> Iterator[tuple[Cell, ...]]:
    plain = [column for column in made.columns if column != TYPES]
    words = _columns_of_types(extract, made)
    yield ("orang", *plain, *words)
    for key, row in keyed(made, extract.salt):
        yield (key, *(row[column] for column in plain), *_types_in(row, extract, made))


def _columns_of_types(extract: Extract, made: Made) -> list[str]:
    if TYPES not in made.columns:
        return []
    return [TYPES] if TYPES in made.steps else [f"jenis_{code}" for code in extract.types]


def _types_in(row: dict[str, str], extract: Extract, made: Made) -> tuple[Cell, ...]:
    if TYPES not in made.columns:
        return ()
    # As numbers 0 and 1 only where nothing was made coarser.
    return (row[TYPES],) if TYPES in made.steps else tuple(int(bit) for bit in row[TYPES])


def _codebook(extract: Extract, made: Made) -> Iterator[tuple[Cell, ...]]:
    yield (_("kolom"), _("arti"), _("nilai"), _("dikasarkan"))
    yield ("orang", _("Kunci orang, hanya dalam berkas ini; bukan nama dan bukan NIK"), "", "")
    for variable in disclosure.variables():
        if variable.code in made.columns:
            step = made.steps.get(variable.code, "")
            yield (variable.code, variable.title.id, variable.values.id, step_words(step))
    names = {need.code: need.display.id for need in editions.get(extract.edition).types}
    if TYPES in made.steps:
        listed = "; ".join(names[code] for code in extract.types)
        yield (
            TYPES,
            _("Banyaknya jenis dari: %(names)s") % {"names": listed},
            "n0, n1, …",
            step_words(made.steps[TYPES]),
        )
    elif TYPES in made.columns:
        for code in extract.types:
            yield (f"jenis_{code}", names[code], _("1 ditetapkan pekerja sosial; 0 tidak"), "")


def step_words(step: str) -> str:
    """What was done to a column, in words."""
    return {
        "": _("tidak"),
        "compact": _("kelompok umur lebar"),
        "regency": _("menjadi kabupaten atau kota"),
        "count": _("menjadi banyaknya jenis"),
        "*": _("dikosongkan"),
    }[step]


def standing_lines(standing: dict[str, Any]) -> list[tuple[str, Cell]]:
    """The table of k-anonymity in words: for the page before approval, and for the file."""
    return [
        (_("Setiap orang serupa dengan paling sedikit (k)"), standing["k"]),
        (_("Kelompok serupa yang terkecil"), standing["smallest"]),
        (_("Baris dalam berkas"), standing["rows"]),
        (_("Baris yang dihapus"), standing["left_out"]),
        *(
            (_("Orang dalam kelompok berisi %(size)s") % {"size": size}, people)
            for size, people in standing["classes"].items()
        ),
    ]


def _likeness(standing: dict[str, Any]) -> Iterator[tuple[Cell, ...]]:
    yield (_("ukuran"), _("nilai"))
    yield from standing_lines(standing)
    for column, step in sorted(standing["steps"].items()):
        yield (_("kolom %(column)s") % {"column": column}, step_words(step))


def _about(extract: Extract, made: Made) -> Iterator[str]:
    yield _("Berkas untuk penelitian, tanpa nama")
    yield _("Tujuan: %(purpose)s") % {"purpose": extract.purpose}
    yield _("Untuk: %(whom)s") % {"whom": extract.for_whom}
    yield _("Wilayah: %(area)s; keadaan %(day)s; daftar jenis %(edition)s") % {
        "area": extract.region,
        "day": extract.on.isoformat(),
        "edition": extract.edition,
    }
    yield _("Isi: %(rows)s orang yang dikenal kantor dan ditetapkan pekerja sosial punya salah satu jenis yang diminta. Bukan seluruh penduduk.") % {"rows": len(made.rows)}  # fmt: skip
    yield ""
    yield _("Syarat pemakaian:")
    yield from (f"- {one.id}" for one in disclosure.conditions())
    yield ""
