"""The extract for research: answers under codes of its own, a codebook, and a page that says what may be done with it.

No names, no days, no words of anybody's own; organisations under codes, small ones together. A code cannot be led
back to the code on the attendance list without the key of this installation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.access.secrets import blind_index
from simpul.catalogue.instruments import Instrument, Item
from simpul.instruments.queries import wave_title
from simpul.instruments.queries.records import SCORED_KINDS
from simpul.programmes.models import Extract, Participant, Programme
from simpul.programmes.queries.evaluation_data import Gathered, gather, sheets_of
from simpul.programmes.queries.evaluation_groups import TOGETHER, grouped
from simpul.ui.reports import archive_of
from simpul.ui.sheets import Cell, as_csv

_CODE = 8
_OTHERS, _UNSAID = "LAIN", ""
# A codebook and its data have one language, whoever asks for them: the same bytes for everybody.
_LANGUAGE = "id"


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """The data and the codebook as CSV, and a digest of both."""

    data: bytes
    codebook: bytes
    digest: str


def extract_of(programme: Programme) -> ExtractFile:
    """The same data give the same bytes. Raises Refusal where too few people answered."""
    with translation.override(_LANGUAGE):
        gathered = gather(programme)
        data, codebook = as_csv(_data(gathered)), as_csv(_codebook(gathered))
    return ExtractFile(data, codebook, hashlib.sha256(data + codebook).hexdigest())


def archive(extract: Extract) -> bytes:
    """The zip that leaves. Raises Refusal where the data are no longer those that were recorded as leaving."""
    found = extract_of(extract.programme)
    if found.digest != extract.digest:
        raise Refusal(_("Data sudah berubah sejak ekstrak ini dicatat. Buat ekstrak baru."))
    with translation.override(_LANGUAGE):
        about = "\r\n".join(_about(extract)).encode()
    return archive_of([("baca-dulu.txt", about), ("buku-kode.csv", found.codebook), ("data.csv", found.data)])


# --- the data ---


def _data(gathered: Gathered) -> Iterator[tuple[Cell, ...]]:
    items = _items(gathered.instrument)
    aspects = [one.code for one in gathered.study.aspects]
    yield (
        "orang",
        "kelompok",
        "lembaga",
        "tes",
        *(f"nilai_{code}" for code in aspects),
        *(one.code for one in items),
    )
    yield from sorted(_rows(gathered, items, aspects), key=lambda row: (str(row[0]), str(row[3])))


def _rows(gathered: Gathered, items: list[Item], aspects: list[str]) -> Iterator[tuple[Cell, ...]]:
    groups = {one.group for one in gathered.scores}
    scores = {(one.person, one.wave, one.aspect): one.value for one in gathered.scores}
    bodies = _bodies(gathered)
    for sheet, person in sheets_of(gathered.programme):
        if person.member.arm not in groups:
            continue
        # Items of another version are not those of the codebook.
        is_same = sheet.instrument_version == gathered.instrument.version
        told: Mapping[str, Any] = (sheet.answers or {}) if is_same else {}
        yield (
            _person(gathered.programme, person),
            str(person.member.arm),
            bodies.get(str(person.member_id), _UNSAID),
            sheet.wave,
            *(scores.get((person.code, sheet.wave, code)) for code in aspects),
            *(_level(told.get(one.code)) for one in items),
        )


def _level(answer: Any) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _person(programme: Programme, person: Participant) -> str:
    """Keyed, so that nobody can try participants' codes out; the same in every extract of one programme."""
    told = blind_index(f"{programme.pk}:{person.pk}", "programme.extract").hex()
    return f"O-{told[: 2 * _CODE].upper()}"


def _bodies(gathered: Gathered) -> dict[str, str]:
    """The code of each organisation, in both arms; small ones together, and none where that is not enough."""
    homes = {one.person: one.organisation for one in gathered.scores}
    shown_as = grouped(Counter(homes.values()), gathered.smallest)
    return {
        key: _OTHERS
        if name == TOGETHER
        else "L-" + blind_index(name, "programme.extract").hex()[:_CODE].upper()
        for key, name in shown_as.items()
    }


def _items(instrument: Instrument) -> list[Item]:
    """Those with levels. Numbers (of children, of years) can point at a person and stay out."""
    return [
        item
        for domain in instrument.domains
        if domain.is_scored
        for item in domain.items
        if item.kind in SCORED_KINDS and item.kind != "number"
    ]


# --- what it means ---


def _codebook(gathered: Gathered) -> Iterator[tuple[Cell, ...]]:
    waves = gathered.programme.waves
    yield (_("kolom"), _("arti"), _("nilai"), _("aspek"))
    yield ("orang", _("Kode orang, hanya untuk ekstrak program ini"), "", "")
    yield ("kelompok", _("programme: ikut program; comparison: pembanding"), "", "")
    yield ("lembaga", _("Kode lembaga; LAIN: lembaga kecil bersama-sama; kosong: tidak ditampilkan"), "", "")
    yield ("tes", "; ".join(f"{wave}: {wave_title(wave)}" for wave in waves), "", "")
    for aspect in gathered.study.aspects:
        span = f"{aspect.lowest:g}..{aspect.highest:g}" if None not in (aspect.lowest, aspect.highest) else ""
        bands = "; ".join(f"{band.code} ({band.title}) >= {band.at_least:g}" for band in aspect.bands)
        yield (f"nilai_{aspect.code}", aspect.title, f"{span} {bands}".strip(), aspect.code)
    for domain in gathered.instrument.domains:
        for item in domain.items:
            if item in _items(gathered.instrument):
                yield (item.code, item.question.in_language(_LANGUAGE), _levels(item), domain.code)


def _levels(item: Item) -> str:
    told = "; ".join(f"{level.value} = {level.label.in_language(_LANGUAGE)}" for level in item.levels)
    return f"{told} ({_('dibalik')})" if item.is_reversed else told


def _about(extract: Extract) -> Iterator[str]:
    programme = extract.programme
    yield programme.title
    if programme.is_synthetic:
        yield _("DATA CONTOH: semua jawaban rekaan.")
    yield _("Tujuan: %(purpose)s") % {"purpose": extract.purpose}
    yield _("Untuk: %(whom)s") % {"whom": extract.for_whom}
    yield _("Dicatat: %(day)s") % {"day": extract.on.isoformat()}
    yield _("Sidik data: %(digest)s") % {"digest": extract.digest}
    yield ""
    yield _("Kode orang dan lembaga bukan nama. Jangan mencoba mengenali orangnya, jangan menggabungkannya dengan data lain yang memuat nama, dan hapus berkas ini bila tujuannya selesai.")  # fmt: skip
    yield _("Satu kelompok tanpa pembanding tidak membuktikan sebab. Orang selembaga saling mirip: hitung menurut lembaga.")  # fmt: skip
    yield ""
