"""Refusals: a no with a sentence, that says what is wrong and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refusal(Exception):
    """Something was not done, and nothing was written. The message is shown to the person who asked."""


class NotAllowed(Refusal):
    """The person has no grant for this. Says so without telling whether the thing exists."""

    def __init__(self) -> None:
        super().__init__(
            _("Anda belum diberi hak untuk tindakan ini. Mintalah kepada pengelola Simpul di kantor Anda.")
        )


class Clash(Refusal):
    """Somebody else changed it meanwhile; both values are shown and nothing is overwritten."""

    def __init__(self, what: str, theirs: str, mine: str) -> None:
        self.what, self.theirs, self.mine = what, theirs, mine
        super().__init__(
            _(
                "%(what)s sudah diubah orang lain menjadi “%(theirs)s”. Isian Anda “%(mine)s” belum disimpan. Periksa, lalu simpan lagi."
            )
            % {"what": what, "theirs": theirs, "mine": mine}
        )


def fitting(words: str, what: str, most: int, *, is_needed: bool = False) -> str:
    """What was typed, without spaces around it; lines stay as they are. `what` names the field to people.

    Raises Refusal where it is longer than `most` letters, or missing and needed.
    """
    # PostgreSQL keeps no zero character.
    kept = words.replace("\r\n", "\n").replace("\0", "").strip()
    if is_needed and not kept:
        raise Refusal(_("%(what)s belum diisi.") % {"what": what})
    if len(kept) > most:
        raise Refusal(
            _("%(what)s terlalu panjang: paling banyak %(most)s huruf. Singkatkan, lalu simpan lagi.")
            % {"what": what, "most": most}
        )
    return kept
