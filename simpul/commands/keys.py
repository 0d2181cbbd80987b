"""`simpul keys rotate`: a fresh key, and everything sealed again with it."""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings

from simpul.access.actions import rotate_keys
from simpul.access.checks import keys_fit
from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.commands.language import _
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err


def run(_options: Namespace) -> int:
    if not keys_fit():
        raise Stop(
            _("Kunci di %s bukan kunci basis data ini. Tidak ada yang diubah.") % settings.SIMPUL_KEYS_FILE
        )
    number = rotate_keys(Where(), by=THE_MACHINE)
    console = err()
    console.print(_("Kunci baru nomor %s dipakai; semua data peka sudah disandikan dengannya.") % number)
    console.print(
        _("Salin %s ke tempat aman yang sama dengan salinan sebelumnya, lalu jalankan ulang 'simpul serve'.")
        % settings.SIMPUL_KEYS_FILE
    )
    return DONE
