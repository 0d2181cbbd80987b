"""`simpul restore`: everything back from one file. Nothing is touched before the whole file is proved sound."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from argparse import Namespace
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from simpul.access.keys import Keyring, KeysUnreadable
from simpul.commands import archive, folders, language, postgresql
from simpul.commands.archive import Listing
from simpul.commands.framework import PRIVATE
from simpul.commands.language import _
from simpul.commands.stop import DONE, STOPPED, Stop
from simpul.commands.terminal import err, progress

ASIDE = "before-restore"
# The name that `simpul.access.seal_file` gives it; that module needs Django.
SEAL = "record.seal"


def run(options: Namespace) -> int:
    data = folders.data_folder()
    existing = things_there()
    if existing and not options.replace:
        raise Stop(
            _(
                "Sudah ada data di %s. Tidak ada yang diubah. Pilih folder kosong dengan SIMPUL_DATA, atau pakai --replace."
            )
            % data
        )
    os.umask(PRIVATE)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as staged, progress() as bar:
        task = bar.add_task(_("Pulihkan"), total=3)
        folder = Path(staged)
        listing = archive.extract(options.file, folder)
        ensure_same_kind(listing)
        ensure_sound(folder, listing)
        ensure_keys(folder, listing)
        bar.advance(task)
        aside = move_aside(existing, data) if existing else None
        seal_aside(aside)
        put_in_place(folder, listing)
        bar.advance(task)
        is_whole = brought_up_to_date(listing)
        bar.advance(task)
    tell(listing, aside)
    return DONE if is_whole else STOPPED


def things_there() -> list[Path]:
    """What a restore would replace. Keys alone are no data: they may have been put there for the restore."""
    data, found = folders.data_folder(), []
    if folders.is_postgresql():
        if postgresql.has_tables(folders.database()):
            found.append(data / archive.POSTGRESQL)
    else:
        name = Path(folders.database()["NAME"])
        found += [path for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")) if path.exists()]
    if folders.attachments_folder().is_dir() and any(folders.attachments_folder().iterdir()):
        found.append(folders.attachments_folder())
    return found


def ensure_same_kind(listing: Listing) -> None:
    if folders.is_postgresql() == (listing.database == archive.POSTGRESQL):
        return
    raise Stop(
        _("Cadangan ini dari PostgreSQL. Sebutkan basis datanya dengan DATABASE_URL. Tidak ada yang diubah.")
        if listing.database == archive.POSTGRESQL
        else _("Cadangan ini dari SQLite. Jalankan tanpa DATABASE_URL. Tidak ada yang diubah.")
    )


def ensure_sound(folder: Path, listing: Listing) -> None:
    if listing.database != archive.SQLITE:
        return
    with closing(sqlite3.connect(folder / archive.SQLITE)) as connection:
        try:
            answer = connection.execute("pragma integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
    if answer != "ok":
        raise Stop(_("Basis data di dalam cadangan rusak: %s. Tidak ada yang diubah.") % answer)


def ensure_keys(folder: Path, listing: Listing) -> None:
    """The keys that will be used must be those that sealed this data."""
    here = folders.keys_file()
    used = folder / archive.KEYS if listing.has_keys else here
    if not used.exists():
        raise Stop(
            _("Cadangan ini tanpa kunci. Salin dulu kuncinya ke %s, lalu ulangi. Tidak ada yang diubah.")
            % here
        )
    try:
        held = archive.fingerprints(Keyring.at(used))
    except KeysUnreadable as error:
        raise Stop(str(error)) from error
    if not listing.keys.items() <= held.items():
        raise Stop(
            _(
                "Kunci di %s bukan kunci cadangan ini. Salin kunci yang benar ke sana, lalu ulangi. Tidak ada yang diubah."
            )
            % here
        )


def move_aside(existing: list[Path], data: Path) -> Path:
    """The old data into a folder of their own; nothing is deleted."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = data / f"{ASIDE}-{stamp}"
    aside.mkdir(mode=0o700)
    for path in existing:
        if path.name == archive.POSTGRESQL:
            postgresql.dump(folders.database(), aside / archive.POSTGRESQL)
        else:
            shutil.move(path, aside / path.name)
    if folders.keys_file().exists():
        shutil.copy2(folders.keys_file(), aside / archive.KEYS)
    return aside


def seal_aside(aside: Path | None) -> None:
    """The file of the record that is replaced; kept, because it says how far that record had come."""
    seal = folders.keys_file().with_name(SEAL)
    if seal.exists():
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        shutil.move(seal, aside / SEAL if aside else seal.with_name(f"{SEAL}.{ASIDE}-{stamp}"))


def put_in_place(folder: Path, listing: Listing) -> None:
    if listing.has_keys:
        folders.keys_file().parent.mkdir(parents=True, exist_ok=True)
        (folder / archive.KEYS).replace(folders.keys_file())
    if (folder / archive.ATTACHMENTS).is_dir():
        # An empty folder that stands there already would take the other one into itself.
        with suppress(OSError):
            folders.attachments_folder().rmdir()
        shutil.move(folder / archive.ATTACHMENTS, folders.attachments_folder())
    if listing.database == archive.POSTGRESQL:
        postgresql.restore(folders.database(), folder / archive.POSTGRESQL)
    else:
        (folder / archive.SQLITE).replace(folders.database()["NAME"])


def brought_up_to_date(listing: Listing) -> bool:
    """Migrate, record the restore, and walk the record of events, in processes of their own that read the restored keys."""
    me = [sys.executable, "-m", "simpul", "--language", language.chosen()]
    steps = [["migrate", "--restored", listing.made_at], ["check", "--audit", "--data"]]
    return all(subprocess.run([*me, *step], env=os.environ, check=False).returncode == 0 for step in steps)  # noqa: S603


def tell(listing: Listing, aside: Path | None) -> None:
    console = err()
    console.print(_("Data per %s sudah dipulihkan.") % listing.made_at)
    if aside:
        console.print(_("Data sebelumnya dipindahkan ke %s. Hapus bila sudah yakin.") % aside)
