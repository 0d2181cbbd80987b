"""The lists that describe a service, and which state of a listing may follow which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Listing(TextChoices):
    """Where a listing stands. HSDS: active, temporarily closed, inactive (draft), defunct."""

    DRAFT = "draft", _("Draf")
    OPEN = "open", _("Dibuka")
    PAUSED = "paused", _("Tutup sementara")
    ENDED = "ended", _("Tidak ada lagi")


LISTING_MAY_FOLLOW: dict[Listing, frozenset[Listing]] = {
    Listing.DRAFT: frozenset({Listing.OPEN, Listing.ENDED}),
    Listing.OPEN: frozenset({Listing.PAUSED, Listing.ENDED}),
    Listing.PAUSED: frozenset({Listing.OPEN, Listing.ENDED}),
    Listing.ENDED: frozenset({Listing.OPEN}),
}


class Cost(TextChoices):
    FREE = "free", _("Gratis")
    CONTRIBUTION = "contribution", _("Sumbangan sukarela")
    TARIFF = "tariff", _("Bertarif")
    UNKNOWN = "unknown", _("Belum diketahui")


class Sex(TextChoices):
    """Whom a service is for; empty means everybody. The same signs as in the catalogue of facts."""

    FEMALE = "P", _("Perempuan")
    MALE = "L", _("Laki-laki")


class WaitingOrder(TextChoices):
    """By what the next of a waiting list is found, after those in danger, who always come first."""

    ARRIVAL = "arrival", _("Menurut urutan masuk")
    URGENCY = "urgency", _("Menurut kegentingan, lalu urutan masuk")
    NEARNESS = "nearness", _("Menurut kedekatan, lalu urutan masuk")


class PlaceKind(TextChoices):
    PHYSICAL = "physical", _("Tempat yang didatangi")
    CONTACT_POINT = "contact_point", _("Titik hubung: alamat sebenarnya dirahasiakan")
    VIRTUAL = "virtual", _("Lewat telepon atau internet")


class Frequency(TextChoices):
    WEEKLY = "WEEKLY", _("Setiap minggu")
    MONTHLY = "MONTHLY", _("Setiap bulan")
