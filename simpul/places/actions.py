"""What happens to places: the code list of a decree is loaded."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.places.models import Kind, Level, Region, RegionChange
from simpul.places.queries import searched

DATA = Path(__file__).parent / "data"
DECREE = "Kepmendagri 300.2.2-2430 Tahun 2025"
# The decree amends 300.2.2-2138/2025 of this day; its own day is not established (data/SOURCE.md).
VALID_FROM = date(2025, 4, 25)
COUNTS = {Level.PROVINCE: 38, Level.REGENCY: 514, Level.DISTRICT: 7_285, Level.VILLAGE: 83_762}
BATCH = 5_000
# Not `valid_from`: a code that an older list had already has been in force since then.
RENEWED = ["name", "kind", "search_name", "search_above", "decree", "valid_to"]
FIRST_CITY = 71

Progress = Callable[[int, int], None]


class CodeListWrong(Refusal):
    """The file is not the code list of the decree; nothing was loaded."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _(
                "Daftar kode wilayah tidak dapat dimuat: %(why)s. Pasang ulang Simpul, atau pakai berkas aslinya."
            )
            % {"why": why}
        )


@action(Permission.SYSTEM_MANAGE)
def load_regions(
    where: Where,
    /,
    *,
    by: User | Machine,
    file: Path = DATA / "regions.csv.gz",
    progress: Progress | None = None,
) -> int:
    """Load all regions and the table of changes; how many regions there are then.

    Does nothing when this decree's list is whole already. `progress` is called with done and all.
    Raises CodeListWrong when the file is not whole.
    """
    total = sum(COUNTS.values())
    if Region.objects.filter(decree=DECREE).count() == total:
        return total
    names = _read(file)
    rows = _regions(names)
    # Replacing row by row is twice as slow, and needed only where an older list is there.
    replacing = (
        {"update_conflicts": True, "unique_fields": ["code"], "update_fields": RENEWED}
        if Region.objects.exists()
        else {}
    )
    done = 0
    while batch := list(islice(rows, BATCH)):
        Region.objects.bulk_create(batch, **replacing)  # type: ignore[arg-type]
        done += len(batch)
        if progress:
            progress(done, total)
    Region.objects.exclude(decree=DECREE).filter(valid_to=None).update(valid_to=VALID_FROM)
    _load_changes()
    return done


def _read(file: Path) -> dict[str, str]:
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            rows = [(row["code"], row["name"].strip()) for row in csv.DictReader(lines)]
    except (OSError, EOFError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise CodeListWrong(_("berkas tidak terbaca")) from error
    names = dict(rows)
    if len(names) != len(rows):
        raise CodeListWrong(_("ada kode yang tercantum dua kali"))
    counts = Counter(code.count(".") + 1 for code in names)
    for level, expected in COUNTS.items():
        if counts[level] != expected:
            raise CodeListWrong(
                _("%(level)s berjumlah %(found)s, seharusnya %(expected)s")
                % {"level": level.label, "found": counts[level], "expected": expected}
            )
    orphans = [code for code in names if "." in code and code.rpartition(".")[0] not in names]
    if orphans:
        raise CodeListWrong(_("%(code)s tidak punya wilayah induk") % {"code": orphans[0]})
    return names


def _regions(names: dict[str, str]) -> Iterable[Region]:
    """Parents before children, so that no row points at one that is not there yet."""
    above: dict[str, str] = {"": ""}
    for code in sorted(names, key=lambda code: (code.count("."), code)):
        parent, _dot, last = code.rpartition(".")
        kind = _kind(code.count(".") + 1, last)
        name = names[code]
        if kind in (Kind.REGENCY, Kind.CITY):
            name = name.removeprefix("Kabupaten ").removeprefix("Kota ")
        # "Kota Administrasi Jakarta Pusat" is looked for as Jakarta Pusat.
        sought = searched(name.removeprefix("Administrasi "))
        above[code] = f"{sought} {above[parent]}".strip()
        yield Region(
            code=code,
            name=name,
            level=code.count(".") + 1,
            kind=kind,
            parent_id=parent or None,
            search_name=sought,
            search_above=above[parent],
            decree=DECREE,
            valid_from=VALID_FROM,
        )


def _kind(level: int, last: str) -> Kind:
    if level == Level.REGENCY:
        return Kind.CITY if int(last) >= FIRST_CITY else Kind.REGENCY
    if level == Level.VILLAGE:
        return {"1": Kind.KELURAHAN, "3": Kind.DESA_ADAT}.get(last[0], Kind.DESA)
    return Kind.PROVINCE if level == Level.PROVINCE else Kind.DISTRICT


def _load_changes() -> None:
    with (DATA / "changes.csv").open(encoding="utf-8", newline="") as lines:
        changes = [
            RegionChange(
                old_code=row["old_code"],
                new_code=row["new_code"],
                note=f"{row['old_name']} → {row['new_name']}",
            )
            for row in csv.DictReader(lines)
        ]
    RegionChange.objects.bulk_create(changes, ignore_conflicts=True)
