"""The life of a capacity programme as tables. Stages are those of the Karimun programme (seed 002), in its order."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    PREPARATION = "preparation", _("Persiapan: penjajakan dan koordinasi")
    PRE_TEST = "pre_test", _("Tes awal")
    SOCIALISATION = "socialisation", _("Sosialisasi")
    MATERIAL = "material", _("Materi dan diskusi")
    ACTION_PLAN = "action_plan", _("Rencana aksi")
    STIMULUS = "stimulus", _("Bantuan stimulan")
    MONITORING = "monitoring", _("Pemantauan dan pendampingan")
    EVALUATION = "evaluation", _("Evaluasi")
    POST_TEST = "post_test", _("Tes akhir")
    HANDOVER = "handover", _("Penyerahan ke daerah")
    CLOSED = "closed", _("Selesai")
    STOPPED = "stopped", _("Dihentikan")


ORDER = (
    Stage.PREPARATION,
    Stage.PRE_TEST,
    Stage.SOCIALISATION,
    Stage.MATERIAL,
    Stage.ACTION_PLAN,
    Stage.STIMULUS,
    Stage.MONITORING,
    Stage.EVALUATION,
    Stage.POST_TEST,
    Stage.HANDOVER,
    Stage.CLOSED,
)
ENDED = frozenset({Stage.CLOSED, Stage.STOPPED})


def following(stage: Stage) -> tuple[Stage, ...]:
    """Where a programme may go next: on (stages may be passed over with a reason), or to its end."""
    if stage in ENDED:
        return ()
    return (*ORDER[ORDER.index(stage) + 1 :], Stage.STOPPED)


class Design(TextChoices):
    ONE_GROUP = "one_group", _("Satu kelompok, tes awal dan tes akhir")
    COMPARISON = "comparison", _("Dengan kelompok pembanding, tes awal dan tes akhir")
    WAVES = "waves", _("Satu kelompok, beberapa gelombang pengukuran")
    COMPARISON_WAVES = "comparison_waves", _("Dengan kelompok pembanding, beberapa gelombang")


WITH_COMPARISON = frozenset({Design.COMPARISON, Design.COMPARISON_WAVES})


class Arm(TextChoices):
    PROGRAMME = "programme", _("Ikut program")
    COMPARISON = "comparison", _("Pembanding")


class MemberState(TextChoices):
    CANDIDATE = "candidate", _("Calon")
    CHOSEN = "chosen", _("Terpilih")
    NOT_CHOSEN = "not_chosen", _("Tidak terpilih")
    LEFT = "left", _("Mengundurkan diri")


class Known(TextChoices):
    YES = "yes", _("Ya")
    NO = "no", _("Tidak")
    UNKNOWN = "unknown", _("Belum diketahui")


class Part(TextChoices):
    """What somebody does in a programme beside taking part."""

    OFFICER = "officer", _("Pengelola program")
    COMMITTEE = "committee", _("Panitia setempat")
    FACILITATOR = "facilitator", _("Fasilitator")
    TRAINER = "trainer", _("Narasumber")
    MENTOR = "mentor", _("Pendamping")
    RESEARCHER = "researcher", _("Peneliti")
    WITNESS = "witness", _("Saksi")


class SessionKind(TextChoices):
    SOCIALISATION = "socialisation", _("Sosialisasi")
    LECTURE = "lecture", _("Ceramah")
    DISCUSSION = "discussion", _("Tanya jawab dan diskusi")
    PRACTICE = "practice", _("Praktik")
    WORKSHOP = "workshop", _("Lokakarya rencana aksi")
    OTHER = "other", _("Lainnya")


class Came(TextChoices):
    YES = "yes", _("Hadir")
    NO = "no", _("Tidak hadir")
    EXCUSED = "excused", _("Izin")


class By(TextChoices):
    QR = "qr", _("Kode QR")
    LIST = "list", _("Daftar hadir")


class PlanState(TextChoices):
    DRAFT = "draft", _("Disusun")
    SUBMITTED = "submitted", _("Diajukan")
    RETURNED = "returned", _("Dikembalikan untuk diperbaiki")
    AGREED = "agreed", _("Disepakati")
    REPLACED = "replaced", _("Diganti versi baru")


class Realised(TextChoices):
    DONE = "done", _("Terlaksana")
    PARTLY = "partly", _("Terlaksana sebagian")
    NOT = "not", _("Tidak terlaksana")


class MoneyState(TextChoices):
    REQUESTED = "requested", _("Diajukan")
    APPROVED = "approved", _("Disetujui")
    REFUSED = "refused", _("Ditolak")
    AGREED = "agreed", _("Perjanjian ditandatangani")
    RUNNING = "running", _("Disalurkan")
    REPORTED = "reported", _("Dipertanggungjawabkan")
    CLOSED = "closed", _("Selesai")
    WITHDRAWN = "withdrawn", _("Ditarik")


_M = MoneyState
MONEY_MAY_FOLLOW: dict[MoneyState, frozenset[MoneyState]] = {
    _M.REQUESTED: frozenset({_M.APPROVED, _M.REFUSED, _M.WITHDRAWN}),
    _M.APPROVED: frozenset({_M.AGREED, _M.WITHDRAWN}),
    _M.AGREED: frozenset({_M.RUNNING, _M.WITHDRAWN}),
    _M.RUNNING: frozenset({_M.REPORTED}),
    _M.REPORTED: frozenset({_M.RUNNING, _M.CLOSED}),
    _M.CLOSED: frozenset(),
    _M.REFUSED: frozenset(),
    _M.WITHDRAWN: frozenset(),
}


class Entry(TextChoices):
    """One movement of stimulus money. All amounts are above nothing; the kind says which way."""

    INSTALMENT = "instalment", _("Penyerahan")
    SPENDING = "spending", _("Belanja")
    RETURN = "return", _("Pengembalian")
    REVERSAL = "reversal", _("Pembatalan catatan")


class Occasion(TextChoices):
    BEFORE = "before", _("Sebelum program")
    AFTER = "after", _("Sesudah program")
    BETWEEN = "between", _("Di tengah program")
