"""The lives of things about organisations as tables: what may follow what."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Who may take part in social welfare: UU 11/2009 art. 38(2), government bodies, and words offices use."""

    LKS = "lks", _("Lembaga Kesejahteraan Sosial (LKS)")
    LKSA = "lksa", _("Lembaga Kesejahteraan Sosial Anak (LKSA)")
    FOREIGN_LKS = "foreign_lks", _("LKS asing")
    PERSON = "person", _("Perseorangan")
    FAMILY = "family", _("Keluarga")
    RELIGIOUS = "religious", _("Organisasi keagamaan")
    COMMUNITY = "community", _("Organisasi sosial kemasyarakatan")
    NGO = "ngo", _("Lembaga swadaya masyarakat")
    PROFESSION = "profession", _("Organisasi profesi")
    BUSINESS = "business", _("Badan usaha")
    DINAS = "dinas", _("Dinas Sosial")
    FORUM = "forum", _("Forum atau jejaring")
    GOVERNMENT = "government", _("Lembaga pemerintah lain")
    OTHER = "other", _("Lainnya")


class LegalStatus(TextChoices):
    LEGAL_ENTITY = "legal_entity", _("Berbadan hukum")
    NO_LEGAL_ENTITY = "no_legal_entity", _("Tidak berbadan hukum")


class Legitimation(TextChoices):
    REGISTERED = "registered", _("Terdaftar")
    CONFIRMED = "confirmed", _("Dikukuhkan")
    ACKNOWLEDGED = "acknowledged", _("Diakui")


class Nature(TextChoices):
    OPERATIONAL = "operational", _("Operasional: melayani langsung")
    FEDERATIVE = "federative", _("Federatif: beranggotakan organisasi")
    COORDINATING = "coordinating", _("Koordinatif: mengoordinasikan")


class Owner(TextChoices):
    GOVERNMENT = "government", _("Pemerintah")
    PRIVATE = "private", _("Masyarakat")


class Formality(TextChoices):
    FORMAL = "formal", _("Organisasi formal")
    LOCAL = "local", _("Organisasi lokal")


class ServiceSystem(TextChoices):
    RESIDENTIAL = "residential", _("Dalam panti")
    FAMILY = "family", _("Dalam keluarga")
    COMMUNITY = "community", _("Berbasis masyarakat")
    DAY = "day", _("Layanan harian")
    OUTREACH = "outreach", _("Penjangkauan")


class GoalKind(TextChoices):
    """Perrow's five kinds of goals of an organisation, as the seed on organisations lists them."""

    SOCIAL = "social", _("Tujuan kemasyarakatan")
    OUTPUT = "output", _("Tujuan layanan")
    SYSTEM = "system", _("Tujuan jalannya organisasi")
    PRODUCT = "product", _("Tujuan mutu hasil")
    DERIVED = "derived", _("Tujuan turunan")


class Unit(TextChoices):
    FOUNDERS = "founders", _("Pembina")
    OVERSEERS = "overseers", _("Pengawas")
    BOARD = "board", _("Pengurus")
    OPERATIONS = "operations", _("Pelaksana")


class HelpForm(TextChoices):
    MONEY = "money", _("Uang")
    GOODS = "goods", _("Barang")
    SERVICE = "service", _("Jasa atau tenaga")


class Giver(TextChoices):
    """From whom a body receives help."""

    MINISTRY = "ministry", _("Kementerian Sosial")
    REGION = "region", _("Pemerintah daerah")
    VILLAGE = "village", _("Pemerintah desa")
    BUSINESS = "business", _("Badan usaha")
    BODY = "body", _("Lembaga lain")
    PERSON = "person", _("Perseorangan atau masyarakat")
    FOREIGN = "foreign", _("Pemberi dari luar negeri")


class Accounting(TextChoices):
    """How far a body has answered for help that it received."""

    NOT_ASKED = "not_asked", _("tidak diminta")
    OPEN = "open", _("belum dibuat")
    SENT = "sent", _("sudah diserahkan")
    RETURNED = "returned", _("dikembalikan untuk diperbaiki")
    ACCEPTED = "accepted", _("diterima pemberi")


# For these the body still owes an answer.
OWED = frozenset({Accounting.OPEN, Accounting.RETURNED})


class ChangeState(TextChoices):
    WAITING = "waiting", _("Menunggu pemeriksaan")
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")


class Authority(TextChoices):
    """Who registers, by how far an organisation serves."""

    REGENCY = "regency", _("Dinas Sosial kabupaten/kota")
    PROVINCE = "province", _("Dinas Sosial provinsi")
    MINISTRY = "ministry", _("Kementerian Sosial")


class RunKind(TextChoices):
    """Why a registration is asked for."""

    NEW = "new", _("Pendaftaran baru")
    RENEWAL = "renewal", _("Perpanjangan")
    CHANGE = "change", _("Perubahan data")


class RunStage(TextChoices):
    """One run of registration, from draft to certificate."""

    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Diajukan")
    DESK_CHECK = "desk_check", _("Pemeriksaan berkas")
    RETURNED = "returned", _("Dikembalikan untuk dilengkapi")
    FIELD_VISIT = "field_visit", _("Pemeriksaan lapangan")
    DECISION = "decision", _("Menunggu keputusan")
    APPROVED = "approved", _("Disetujui")
    REFUSED = "refused", _("Ditolak")
    ISSUED = "issued", _("Tanda daftar terbit")
    WITHDRAWN = "withdrawn", _("Ditarik pemohon")


_S = RunStage
# What may follow what. A returned file comes back to the desk that returned it; nothing follows an end.
MAY_FOLLOW: dict[RunStage, frozenset[RunStage]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.DESK_CHECK, _S.WITHDRAWN}),
    _S.DESK_CHECK: frozenset({_S.RETURNED, _S.FIELD_VISIT, _S.DECISION, _S.WITHDRAWN}),
    _S.RETURNED: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.FIELD_VISIT: frozenset({_S.RETURNED, _S.DECISION, _S.WITHDRAWN}),
    _S.DECISION: frozenset({_S.APPROVED, _S.REFUSED, _S.RETURNED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.ISSUED}),
    _S.REFUSED: frozenset(),
    _S.ISSUED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
RUN_ENDED = frozenset(stage for stage, following in MAY_FOLLOW.items() if not following)
# Whose hands it is in: the office's clock runs only here.
WITH_THE_OFFICE = frozenset({_S.SUBMITTED, _S.DESK_CHECK, _S.FIELD_VISIT, _S.DECISION, _S.APPROVED})


class CertificateKind(TextChoices):
    REGISTRATION = "registration", _("Tanda daftar")
    LICENCE = "licence", _("Izin operasional LKS asing")
    ACCREDITATION = "accreditation", _("Sertifikat akreditasi")


# Either of them registers a body: for a foreign one it is the licence.
REGISTERED_BY = (CertificateKind.REGISTRATION, CertificateKind.LICENCE)


class CertificateState(TextChoices):
    """What was done to a certificate. Whether it has run out is told by its dates, never stored."""

    STANDING = "standing", _("Berlaku")
    SUSPENDED = "suspended", _("Dibekukan")
    WITHDRAWN = "withdrawn", _("Dicabut")
    REPLACED = "replaced", _("Diganti yang baru")
    # Entered by mistake from a paper: as if it had never been there, but for its own page.
    STRUCK = "struck", _("Dicoret karena salah catat")


class SanctionStep(TextChoices):
    """The ladder of UU 11/2009 for who serves without registration or licence, in its order."""

    WARNING = "warning", _("Teguran tertulis")
    STOP = "stop", _("Penghentian sementara kegiatan")
    REVOCATION = "revocation", _("Pencabutan tanda daftar atau izin")
    FINE = "fine", _("Denda administratif")


class FlagKind(TextChoices):
    WARNING = "warning", _("Peringatan")
    SUSPENSION = "suspension", _("Penghentian sementara")
    COMPLAINT = "complaint", _("Pengaduan yang terbukti")


class SourceUnit(TextChoices):
    """What a source of help is, by its type."""

    PERSON = "person", _("Perorangan")
    FAMILY = "family", _("Keluarga")
    ORGANISATION = "organisation", _("Lembaga")
    NETWORK = "network", _("Jejaring")


class ReportState(TextChoices):
    DRAFT = "draft", _("Draf")
    SENT = "sent", _("Dikirim")
    RETURNED = "returned", _("Dikembalikan")
    RECEIVED = "received", _("Diterima Dinas")
