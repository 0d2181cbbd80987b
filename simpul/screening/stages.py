"""The life of a screening: being asked, finished, decided, ended; and the ways in which it may end."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a screening stands. Computed from what happened, never set by hand."""

    ASKING = "asking", _("Sedang ditanyakan")
    FINISHED = "finished", _("Menunggu keputusan")
    DECIDED = "decided", _("Belum ditindaklanjuti")
    ENDED = "ended", _("Selesai")


class Urgency(TextChoices):
    """How soon somebody must act. The order is that of the day's list."""

    EMERGENCY = "emergency", _("Darurat: hari ini juga")
    URGENT = "urgent", _("Segera: dalam beberapa hari")
    NORMAL = "normal", _("Biasa")


class Ending(TextChoices):
    """What came of a screening."""

    CASE = "case", _("Kasus dibuka")
    REFERRED = "referred", _("Langsung dirujuk ke layanan lain")
    ALREADY_SERVED = "already_served", _("Sudah dilayani lembaga lain")
    DECLINED = "declined", _("Belum ingin didampingi")
    NO_NEED = "no_need", _("Tidak membutuhkan layanan")


# Before all is decided only these may end it: the person stops, is helped already, or must be helped
# elsewhere at once.
ENDS_UNDECIDED = frozenset({Ending.DECLINED, Ending.REFERRED, Ending.ALREADY_SERVED})
