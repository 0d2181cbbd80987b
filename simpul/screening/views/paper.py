"""The family's paper: on screen, and as a PDF."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.organisations.queries import name_of
from simpul.people.queries import require_not_limited
from simpul.places.queries import path
from simpul.screening import queries
from simpul.screening.forms import PaperForm
from simpul.screening.models import Screening
from simpul.screening.queries import FamilyPaper, Result
from simpul.screening.views.results import withheld
from simpul.ui.render import file_answer, page
from simpul.ui.taking import taken
from simpul.ui.templatetags.ui import tanggal
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "screening" / "family.typ"


@needs(Permission.SCREENING_PRINT)
def paper(request: Entered, pk: UUID) -> HttpResponse:
    """What the paper will say, with a choice of the types that stand on it."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_VIEW)
    if (closed := _not_printable(request, screening)) is not None:
        return closed
    found, chosen = _found(request, screening)
    sheet = _sheet(screening, found, chosen)
    form = PaperForm(found.fits + found.open_and_raised, initial={"types": _ticked(sheet)})
    return page(
        request, "screening/paper.html", screening=screening, result=found, sheet=sheet, form=form,
        words=_words(screening, sheet),
    )  # fmt: skip


@needs(Permission.SCREENING_PRINT)
def pdf(request: Entered, pk: UUID) -> HttpResponse:
    """The same paper as a tagged PDF. What stands on it is sent, never in the address."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_VIEW)
    if (closed := _not_printable(request, screening)) is not None:
        return closed
    found, chosen = _found(request, screening)
    words = _words(screening, _sheet(screening, found, chosen))
    made = typeset(TEMPLATE, words | {"mark": taken(request.user, timezone.now())})
    return file_answer(made, "application/pdf", f"hasil-{found.on.isoformat()}.pdf", opens=True)


def _not_printable(request: Entered, screening: Screening) -> HttpResponse | None:
    """What is shown instead of the paper. What does get printed is recorded each time: no gate stands before paper."""
    if (closed := withheld(request, screening)) is not None:
        return closed
    require_not_limited(screening.person_id)
    if screening.finished_at is None:
        raise Refusal(_("Selesaikan penapisan dahulu, baru hasilnya dicetak untuk keluarga."))
    look_up(Screening, screening.pk, by=request.user, permission=Permission.SCREENING_PRINT, always=True)
    return None


def _found(request: Entered, screening: Screening) -> tuple[Result, Collection[str] | None]:
    found = queries.result(screening, on=timezone.localdate(), viewer=request.user)
    return found, request.POST.getlist("types") if request.method == "POST" else None


def _sheet(screening: Screening, found: Result, chosen: Collection[str] | None) -> FamilyPaper:
    return queries.family_paper(
        found,
        chosen=chosen,
        place=path(screening.region) if screening.region else "",
        worker_name=screening.decided_by_name or screening.finished_by_name,
    )


def _ticked(sheet: FamilyPaper) -> list[str]:
    return [need.code for need in sheet.fits] + [need.code for need, _fact in sheet.open]


def _words(screening: Screening, sheet: FamilyPaper) -> dict[str, Any]:
    """Everything the paper says, in the language of the page, as plain values."""
    language = get_language() or "id"
    return {
        "lang": language[:2],
        "title": _("Hasil percakapan kita"),
        "name": sheet.name,
        "about": _("untuk %(name)s") % {"name": sheet.name},
        "meta": " · ".join(filter(None, [tanggal(sheet.on), sheet.place])),
        "intro": _(
            "Terima kasih sudah bercerita. Kertas ini milik Anda. Isinya membantu menentukan bantuan yang cocok."
        ),
        "fits_title": _("Yang sesuai dengan keadaan Anda")
        if sheet.is_decided
        else _("Saran, belum diputuskan petugas"),
        "fits": [need.display.in_language(language) for need in sheet.fits],
        "fits_none": _("Belum ada jenis kebutuhan yang sesuai dengan jawaban hari ini."),
        "open_title": _("Yang masih perlu ditanyakan"),
        "open": _open_words(sheet, language),
        "next_title": _("Apa yang terjadi sekarang"),
        "next": _next_words(sheet.ended),
        "rights_title": _("Hak Anda"),
        "rights": _(
            "Anda boleh melihat dan memperbaiki data Anda, atau mencabut persetujuan Anda, kapan saja, tanpa harus memberi alasan."
        ),
        "contact_title": _("Bila ada pertanyaan"),
        "contact": ", ".join(filter(None, [sheet.worker_name, name_of(screening.organisation) or ""])),
        "not_a_decision": _("Kertas ini bukan surat keputusan dan bukan janji bantuan."),
        "count": ngettext("%(count)s hal sesuai", "%(count)s hal sesuai", len(sheet.fits))
        % {"count": len(sheet.fits)},
    }


def _open_words(sheet: FamilyPaper, language: str) -> list[str]:
    if not sheet.asks_more:
        return []
    more = _(
        "Masih ada beberapa hal yang kami tanyakan pada pertemuan berikutnya. Anda boleh tidak menjawab."
    )
    return [*(need.display.in_language(language) for need, _fact in sheet.open), more]


def _next_words(ending: str) -> list[str]:
    return {
        "case": [_("Seorang petugas mendampingi Anda dan akan menghubungi Anda.")],
        "referred": [
            _(
                "Anda dihubungkan dengan layanan lain yang lebih tepat. Petugas menjelaskan tempat dan waktunya."
            )
        ],
        "already_served": [_("Anda tetap didampingi lembaga yang sudah melayani Anda.")],
        "declined": [_("Anda memilih tidak didampingi sekarang. Anda boleh datang lagi kapan saja.")],
        "no_need": [
            _("Saat ini tidak ada bantuan yang perlu diatur. Anda boleh datang lagi bila keadaan berubah.")
        ],
    }.get(
        ending,
        [
            _("Petugas membaca kembali hasil ini dan memutuskan bersama Anda."),
            _("Tidak ada keputusan yang diambil oleh komputer."),
        ],
    )
