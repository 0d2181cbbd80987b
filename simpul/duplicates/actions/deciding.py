"""What a person decides about two records, short of merging them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import current
from simpul.duplicates.models import REASON_LENGTH, Pair, PairState

# Taking a decision back is one too.
DECISIONS = (PairState.DIFFERENT, PairState.UNSURE, PairState.OPEN)


class NotDecidable(Refusal):
    """The two were merged, or there is no such decision."""


@action(Permission.PERSON_MERGE)
def decide(pair: Pair, /, *, by: User, decision: str, version: int, at: datetime, because: str = "") -> Pair:
    """Say that these are two people (never proposed again), that nobody is sure yet, or that it is open again.

    `because` stays with the pair, sealed. Sent twice it is one decision. Raises NotDecidable.
    """
    said = _worded(because)
    held = current(pair)
    if held.state == decision and held.version == version + 1:
        return held
    held = current(pair, version)
    if held.state == PairState.SAME:
        raise NotDecidable(_("Kedua catatan ini sudah digabung. Batalkan dulu penggabungannya."))
    if decision not in DECISIONS:
        raise NotDecidable(_("Pilih: dua orang berbeda, atau belum yakin."))
    held.state, held.because = decision, said or None
    held.decided_at, held.decided_by, held.decided_by_name = at, by.pk, str(by)
    held.version = version + 1
    held.save()
    return held


def _worded(because: str) -> str:
    """A reason as it is kept. Raises NotDecidable for one that is longer than anything real."""
    said = because.replace("\r\n", "\n").replace("\0", "").strip()
    if len(said) > REASON_LENGTH:
        raise NotDecidable(
            _("Alasan terlalu panjang: paling banyak %(most)s huruf. Singkatkan, lalu simpan lagi.")
            % {"most": REASON_LENGTH}
        )
    return said
