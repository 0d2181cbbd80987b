"""`simpul backup`: everything into one file, while others go on working."""

from __future__ import annotations

import sqlite3
import tempfile
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from simpul.commands import archive, postgresql
from simpul.commands.language import _
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, progress


def run(options: Namespace) -> int:
    target: Path = options.file.expanduser().absolute()
    ensure_writable(target)
    with tempfile.TemporaryDirectory(prefix="simpul-backup-", dir=target.parent) as folder, progress() as bar:
        task = bar.add_task(_("Cadangan"), total=2)
        members = gather(Path(folder), with_keys=options.with_keys)
        bar.advance(task)
        archive.write(
            target,
            members,
            made_at=timezone.now().isoformat(timespec="seconds"),
            keys=archive.fingerprints(settings.SIMPUL_KEYS),
        )
        bar.advance(task)
    tell(target, with_keys=options.with_keys)
    return DONE


def ensure_writable(target: Path) -> None:
    if target.exists():
        raise Stop(_("%s sudah ada dan tidak ditimpa. Pilih nama lain, misalnya dengan tanggal.") % target)
    if not target.parent.is_dir():
        raise Stop(_("Folder %s tidak ada. Buat dulu, atau pilih folder lain.") % target.parent)


def gather(folder: Path, *, with_keys: bool) -> dict[str, Path]:
    """The files of the archive. The database first: what it names is in the folder of attachments by then."""
    database = settings.DATABASES["default"]
    members: dict[str, Path] = {}
    if database["ENGINE"].endswith("sqlite3"):
        members[archive.SQLITE] = folder / archive.SQLITE
        copy_sqlite(Path(database["NAME"]), members[archive.SQLITE])
    else:
        members[archive.POSTGRESQL] = folder / archive.POSTGRESQL
        postgresql.dump(database, members[archive.POSTGRESQL])
    attachments = Path(settings.MEDIA_ROOT)
    for path in sorted(attachments.rglob("*")):
        if path.is_file():
            members[f"{archive.ATTACHMENTS}/{path.relative_to(attachments).as_posix()}"] = path
    if with_keys:
        members[archive.KEYS] = settings.SIMPUL_KEYS_FILE
    return members


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own backup: one consistent state, also when somebody is writing."""
    if not source.exists():
        raise Stop(
            _("Belum ada data di %s, jadi tidak ada yang dicadangkan. Periksa SIMPUL_DATA.") % source.parent
        )
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)


def tell(target: Path, *, with_keys: bool) -> None:
    megabytes = max(target.stat().st_size / 1_000_000, 0.1)
    console = err()
    console.print(_("Cadangan utuh: %(file)s (%(size).1f MB).") % {"file": target, "size": megabytes})
    if with_keys:
        console.print(
            _(
                "Berkas ini memuat kunci: siapa pun yang memegangnya dapat membaca semua data. Simpan di tempat terkunci."
            )
        )
    else:
        console.print(
            _(
                "Kunci TIDAK ikut. Simpan salinan %s di tempat lain yang aman: tanpa kunci itu NIK, alamat dan jawaban "
                "peka tidak dapat dibuka lagi oleh siapa pun."
            )
            % settings.SIMPUL_KEYS_FILE
        )
