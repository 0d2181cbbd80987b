"""Why something changed between two days, and where one person stands with one type."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """Why a person stands otherwise with a type than before. The order is that of the tables."""

    FACT = "fact", _("Jawaban baru")
    BIRTHDAY = "birthday", _("Ulang tahun atau batas waktu")
    LAPSED = "lapsed", _("Jawaban lama tidak berlaku lagi")
    EDITION = "edition", _("Aturan lain")
    DECISION = "decision", _("Keputusan petugas")
    # Of another list: only where a type is one for one the same is what a worker decided carried over.
    NOT_CARRIED = "not_carried", _("Keputusan petugas tidak terbawa ke daftar itu")
    NEW_PERSON = "new_person", _("Orang baru")
    STOPPED = "stopped", _("Tidak lagi ditapis")
    GONE = "gone", _("Tidak lagi tercatat")


class Standing(TextChoices):
    """What is true of one person and one type, in the columns of the page."""

    CONFIRMED = "confirmed", _("Sudah ditetapkan petugas")
    SUGGESTED = "suggested", _("Disarankan aturan, belum diputuskan")
    UNKNOWN = "unknown", _("Belum dapat dikatakan")


class Gone(TextChoices):
    """Why somebody who is known is not here any more; empty for whoever is."""

    DIED = "died", _("Meninggal dunia")
