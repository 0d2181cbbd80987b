"""Which papers there are, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.queries.papers.assessing import assessment, comparison
from simpul.cases.queries.papers.beginning import agreement, consent, intake
from simpul.cases.queries.papers.ending import evaluation, follow_up, termination
from simpul.cases.queries.papers.filling import Filling
from simpul.cases.queries.papers.heading import heading_of
from simpul.cases.queries.papers.planning import plan
from simpul.cases.queries.papers.reporting import minutes, progress_report, social_report
from simpul.cases.queries.papers.shapes import Field, Paper, Section, section
from simpul.cases.stages import Stage


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper. `code` is its address; `stage` the one in which it is used; `asks` the fields by which it is
    chosen what it is about. What goes to the client never holds what is about others. `shows_identity`: inside, NIK,
    address and phone stand on it in full."""

    code: str
    title: Promise
    about: Promise
    stage: Stage
    draw: Callable[[Filling], tuple[Section, ...]]
    asks: tuple[str, ...] = ()
    goes_to_client: bool = False
    shows_identity: bool = False


KINDS: tuple[PaperKind, ...] = (
    PaperKind(
        "intake",
        _("Formulir intake"),
        _("Siapa yang datang, dengan masalah apa, seberapa mendesak, dan apa keputusannya."),
        Stage.INTAKE,
        intake,
        shows_identity=True,
    ),
    PaperKind(
        "persetujuan",
        _("Persetujuan"),
        _("Naskah yang berlaku, dan siapa yang menyetujui dengan cara apa."),
        Stage.INTAKE,
        consent,
        goes_to_client=True,
    ),
    PaperKind(
        "kesepakatan",
        _("Kesepakatan pelayanan"),
        _("Tujuan, layanan, kewajiban kedua pihak, kerahasiaan dan pengakhiran."),
        Stage.PLANNING,
        agreement,
        goes_to_client=True,
    ),
    PaperKind(
        "asesmen",
        _("Asesmen"),
        _("Satu instrumen dengan butir dan tingkatnya."),
        Stage.ASSESSMENT,
        assessment,
        ("assessment",),
    ),
    PaperKind(
        "laporan-sosial",
        _("Laporan sosial"),
        _("Identitas, keluarga, riwayat masalah, lingkungan, hasil asesmen, rekomendasi."),
        Stage.ASSESSMENT,
        social_report,
        shows_identity=True,
    ),
    PaperKind(
        "rencana",
        _("Rencana intervensi"),
        _("Kebutuhan, tujuan, layanan, penanggung jawab, tanggal, rencana saat krisis."),
        Stage.PLANNING,
        plan,
        goes_to_client=True,
    ),
    PaperKind(
        "perkembangan",
        _("Laporan perkembangan"),
        _("Catatan dan kemajuan tujuan dalam satu masa."),
        Stage.MONITORING,
        progress_report,
        ("since", "until"),
    ),
    PaperKind(
        "rapat",
        _("Notula rapat kasus"),
        _("Peserta, pembicaraan, keputusan dan tugas."),
        Stage.LINKING,
        minutes,
        ("conference",),
    ),
    PaperKind(
        "perbandingan",
        _("Perbandingan asesmen ulang"),
        _("Instrumen yang sama, dulu dan kini."),
        Stage.MONITORING,
        comparison,
        ("compared",),
        goes_to_client=True,
    ),
    PaperKind(
        "evaluasi",
        _("Evaluasi hasil"),
        _("Hasil tiap tujuan, jumlah, mutu dan biaya layanan, kebutuhan yang belum terpenuhi."),
        Stage.EVALUATION,
        evaluation,
    ),
    PaperKind(
        "pengakhiran",
        _("Pengakhiran"),
        _("Alasan, hasil, peralihan, pernyataan klien, rencana bimbingan lanjut."),
        Stage.TERMINATION,
        termination,
        goes_to_client=True,
    ),
    PaperKind(
        "bimbingan-lanjut",
        _("Bimbingan lanjut"),
        _("Keadaan sesudah pengakhiran, dan keputusannya."),
        Stage.FOLLOW_UP,
        follow_up,
        ("follow_up",),
    ),
)


def kind_called(code: str) -> PaperKind:
    """The paper at that address. KeyError where there is none."""
    return {kind.code: kind for kind in KINDS}[code]


def drawn(kind: PaperKind, filling: Filling, at: datetime) -> Paper:
    """The paper in the language of the page."""
    if kind.goes_to_client:
        filling = replace(filling, is_inside=False)
    filling = replace(filling, shows_identity=filling.shows_identity and kind.shows_identity)
    sections = kind.draw(filling)
    if filling.case is None:
        sections = (_whose(kind), *sections)
    heading = heading_of(filling, str(kind.title), kind.stage, at)
    return Paper(kind.code, (get_language() or "id")[:2], heading, sections)


def _whose(kind: PaperKind) -> Section:
    """Where the pen writes whose blank paper it is; a paper with the whole identity asks the name itself."""
    name = None if kind.shows_identity else Field(gettext("Nama klien"))
    return section(gettext("Kasus"), name, Field(gettext("Nomor kasus")))
