"""What files are of, what becomes of a row, and where an import stands: what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What the rows of a file are."""

    PEOPLE = "people", _("Orang dan keluarganya")
    HOUSEHOLDS = "households", _("Rumah tangga saja, menurut nomor KK, tanpa nama orang")
    FACTS = "facts", _("Keterangan tentang orang yang sudah terdata, satu kolom satu pertanyaan")
    ANSWERS_DOWN = "facts_down", _("Keterangan tentang orang, satu baris satu jawaban")
    ORGANISATIONS = "organisations", _("Lembaga (LKS)")
    SOURCES = "sources", _("Relawan dan sumber bantuan (PSKS)")
    SERVICES = "services", _("Layanan lembaga")
    SHEETS = "sheets", _("Jawaban instrumen (tes, survei, asesmen)")


# Files whose rows are people or their homes: they are kept for an organisation or an area.
OF_PEOPLE = frozenset({Kind.PEOPLE, Kind.HOUSEHOLDS, Kind.FACTS, Kind.ANSWERS_DOWN})


class State(TextChoices):
    """Where an import stands. `sent`: its columns wait for somebody's look."""

    SENT = "sent", _("kolom belum diperiksa")
    TRIED = "tried", _("sudah dicoba, belum dimuat")
    DONE = "done", _("sudah dimuat")
    UNDONE = "undone", _("sudah diurungkan")
    DROPPED = "dropped", _("dibuang sebelum dimuat")


# Trying again after another look at the columns is always possible before anything was written.
MAY_FOLLOW: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.SENT: frozenset({State.TRIED, State.DROPPED}),
        State.TRIED: frozenset({State.SENT, State.TRIED, State.DONE, State.DROPPED}),
        State.DONE: frozenset({State.UNDONE}),
        State.UNDONE: frozenset(),
        State.DROPPED: frozenset(),
    }
)


class Fate(TextChoices):
    """What becomes of one row."""

    NEW = "new", _("baru")
    ADDED = "added", _("sudah terdata, keterangannya bertambah")
    KNOWN = "known", _("sudah terdata, tidak ada yang berubah")
    DOUBTFUL = "doubtful", _("meragukan: mungkin sama dengan yang sudah ada")
    REFUSED = "refused", _("ditolak, dengan alasan")


class Decided(TextChoices):
    """What somebody said about a doubtful row."""

    SAME = "same", _("orang yang sama")
    NEW = "new", _("orang baru")
    SKIPPED = "skipped", _("dilewati")


class Table(TextChoices):
    """In which table something stands that an import made."""

    PERSON = "person", _("orang")
    HOUSEHOLD = "household", _("rumah tangga")
    ORGANISATION = "organisation", _("lembaga")
    SOURCE = "source", _("sumber bantuan")
    SERVICE = "service", _("layanan")
    SHEET = "sheet", _("lembar jawaban")
