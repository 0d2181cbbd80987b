"""What can be chosen where people are recorded."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class NikAbsent(TextChoices):
    NONE_YET = "none_yet", _("Belum punya NIK")
    UNKNOWN = "unknown", _("Punya, tetapi nomornya tidak diketahui")
    UNWILLING = "unwilling", _("Tidak mau menunjukkan")


class Relation(TextChoices):
    HEAD = "head", _("Kepala keluarga")
    SPOUSE = "spouse", _("Istri atau suami")
    CHILD = "child", _("Anak")
    CHILD_IN_LAW = "child_in_law", _("Menantu")
    GRANDCHILD = "grandchild", _("Cucu")
    PARENT = "parent", _("Orang tua atau mertua")
    RELATIVE = "relative", _("Saudara atau kerabat lain")
    OTHER = "other", _("Lainnya")


class Moving(TextChoices):
    EVERYBODY = "everybody", _("Semua yang serumah pindah bersama")
    ALONE = "alone", _("Hanya orang ini; ia mendapat rumah tangga sendiri")


class Purpose(TextChoices):
    SCREENING = "screening", _("Penapisan kebutuhan dan pendampingan")
    REFERRAL = "referral", _("Rujukan: data dibagikan kepada lembaga lain yang membantu")


class Basis(TextChoices):
    CONSENT = "consent", _("Persetujuan")
    VITAL_INTEREST = "vital_interest", _("Keadaan darurat: keselamatan jiwa orang ini atau orang lain")
    LEGAL_DUTY = "legal_duty", _("Kewajiban hukum")
    PUBLIC_SERVICE = "public_service", _("Tugas pelayanan publik menurut peraturan")


class Capacity(TextChoices):
    SELF = "self", _("Orang itu sendiri")
    PARENT = "parent", _("Orang tua")
    GUARDIAN = "guardian", _("Wali")
    COMPANION = "companion", _("Orang itu sendiri bersama pendampingnya")


class Mode(TextChoices):
    WRITTEN = "written", _("Tertulis, ditandatangani")
    SPOKEN = "spoken", _("Lisan")
    SIGN_LANGUAGE = "sign_language", _("Bahasa isyarat")
    EASY_READ = "easy_read", _("Bacaan mudah dengan gambar")
    AUDIO = "audio", _("Rekaman suara")
    COMPANION = "companion", _("Melalui pendamping")


class State(TextChoices):
    KNOWN = "known", _("Diketahui")
    UNKNOWN = "unknown", _("Tidak tahu")
    REFUSED = "refused", _("Tidak mau menjawab")


class Source(TextChoices):
    SELF = "self", _("Orang itu sendiri")
    FAMILY = "family", _("Keluarga atau tetangga")
    OBSERVATION = "observation", _("Dilihat petugas")
    DOCUMENT = "document", _("Dokumen")
    OFFICIAL = "official", _("Keterangan resmi")


class RequestKind(TextChoices):
    """What somebody may ask about their data (UU 27/2022, articles 6 to 11)."""

    COPY = "copy", _("Salinan data")
    CORRECT = "correct", _("Memperbaiki atau melengkapi data")
    LIMIT = "limit", _("Membatasi pemakaian data")
    ERASE = "erase", _("Menghapus data")
    OBJECT = "object", _("Keberatan, atau menarik persetujuan")


class RequestState(TextChoices):
    OPEN = "open", _("Menunggu jawaban")
    CHECKED = "checked", _("Disetujui, menunggu orang kedua")
    GRANTED = "granted", _("Dipenuhi")
    REFUSED = "refused", _("Ditolak dengan alasan")
    TAKEN_BACK = "taken_back", _("Ditarik oleh yang meminta")
