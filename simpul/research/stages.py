"""Where a file for research stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    MEASURING = "measuring", _("sedang diukur")
    WAITING = "waiting", _("menunggu persetujuan")
    IMPOSSIBLE = "impossible", _("tidak dapat dibuat aman")
    REFUSED = "refused", _("ditolak")
    MAKING = "making", _("disetujui, sedang dibuat")
    READY = "ready", _("dapat diunduh")
    OVER = "over", _("sudah dihancurkan")
