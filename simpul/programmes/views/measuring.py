"""Pages of one measurement as who runs the programme sees it: who filled in, paper, and answers from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument
from simpul.instruments.forms import AnswersFileForm, ConfirmForm
from simpul.instruments.forms.answer_rows import SHEET
from simpul.instruments.forms.xlsform.writing import sheet_of
from simpul.instruments.queries import (
    AnswerRow,
    Fate,
    ImportPlan,
    paper_words,
    participant_called,
    plan_import,
    said_question,
    wave_title,
)
from simpul.instruments.views.finding import PDF, file_answer
from simpul.instruments.views.papers import typeset
from simpul.programmes.actions import measuring as actions
from simpul.programmes.forms.measuring import BeginSheetForm
from simpul.programmes.models import Participant, Programme
from simpul.programmes.queries import measuring as queries
from simpul.ui.doing import act, done, form_page
from simpul.ui.render import page
from simpul.ui.sheets import XLSX, as_xlsx

_MANAGE = Permission.PROGRAMME_MANAGE


@needs(_MANAGE)
def measure(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """Who filled in and who did not, with names: this page is for who runs the programme alone."""
    programme = _programme(request, pk, wave)
    try:
        shown = queries.wave_page(programme, request.user, wave, timezone.localdate())
    except Refusal as refusal:
        return page(request, "programmes/measure_none.html", programme=programme, words=str(refusal))
    return page(request, "programmes/measure.html", shown=shown)


@needs(_MANAGE)
def measure_begin(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """Write down what a participant answered: the day first, then the sheet opens."""
    participant = _participant(request, pk, wave)
    programme = participant.programme
    form = BeginSheetForm(request.POST or None, initial={"answered_on": timezone.localdate()})
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "answered_on": form.cleaned_data["answered_on"]}
        if done(request, form, actions.begin_sheet, participant, wave=wave, **details):
            return redirect("programmes:measure-fill", pk, wave)
    return form_page(
        request,
        "ui/form.html",
        form,
        title=f"{wave_title(wave)} · {participant.code}",
        about=participant.member.organisation.name,
        words=" ".join(queries.warnings_of(programme, wave, timezone.localdate())),
        back=reverse("programmes:measure", args=[programme.pk, wave]),
        button=_("Mulai mengisi"),
    )


# --- paper ---


@needs(_MANAGE)
def measure_paper(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """The blank form of one participant, with their code and no name."""
    participant = _participant(request, pk, wave)
    instrument = _instrument(participant.programme)
    name = f"{participant.code}-{wave}.pdf"
    return file_answer(_blanks(instrument, [participant], wave), PDF, name, is_kept=False)


@needs(_MANAGE)
def measure_papers(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """The blank forms of everybody who has not filled in yet, in one PDF to print."""
    programme = _programme(request, pk, wave)
    instrument = _instrument(programme)
    people = [line.participant for line in queries.lines_of(programme, wave) if not line.is_done]
    if not people:
        messages.info(request, _("Tidak ada lembar yang perlu dicetak: semua peserta sudah mengisi."))
        return redirect("programmes:measure", pk, wave)
    return file_answer(_blanks(instrument, people, wave), PDF, f"lembar-{wave}.pdf", is_kept=False)


def _blanks(instrument: Instrument, people: Sequence[Participant], wave: str) -> bytes:
    """A form for each, one after the other, with their code and no name."""
    words = paper_words(instrument)
    title = wave_title(wave)
    copies = [
        [{**line, "value": told.get(line["label"], line["value"])} for line in words["head"]]
        for told in ({_("Kode peserta"): one.code, _("Gelombang"): title} for one in people)
    ]
    return typeset({**words, "copies": copies})


# --- a spreadsheet of answers ---


@needs(_MANAGE)
def measure_example(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """A workbook with the codes of everybody who has not filled in yet, for their answers."""
    programme = _programme(request, pk, wave)
    instrument = _instrument(programme)
    columns = ("kode", "gelombang", "tanggal", *(item.code for item in instrument.items))
    rows = [
        {"kode": line.participant.code, "gelombang": wave}
        for line in queries.lines_of(programme, wave)
        if not line.is_done
    ]
    explained = [{"kolom": item.code, "arti": said_question(item)} for item in instrument.items]
    content = as_xlsx(sheet_of(SHEET, columns, rows), sheet_of("petunjuk", ("kolom", "arti"), explained))
    return file_answer(content, XLSX, f"jawaban-{wave}.xlsx")


@needs(_MANAGE)
def measure_import(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """A spreadsheet in, what would happen out; nothing is kept before the yes."""
    programme = _programme(request, pk, wave)
    instrument = _instrument(programme)
    form = _file_form(request, programme, instrument)
    if request.method == "POST" and form.is_valid():
        try:
            rows = queries.placed(programme, wave, form.rows)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, programme, wave, instrument, form, rows)
    return _upload_page(request, programme, wave, form)


def _file_form(request: Entered, programme: Programme, instrument: Instrument) -> AnswersFileForm:
    known = queries.participants_by_code(programme)

    def called(code: str) -> UUID:
        row = known.get(code.strip().casefold())
        # Somebody unknown gets a key of nobody: `placed` then names the row.
        return row.pk if row else participant_called(queries.where_of(programme), code, series=programme.pk)

    return AnswersFileForm(
        instrument, request.POST or None, request.FILES or None, on=timezone.localdate(), called=called
    )


def _preview(
    request: Entered,
    programme: Programme,
    wave: str,
    instrument: Instrument,
    form: AnswersFileForm,
    rows: Sequence[AnswerRow],
) -> HttpResponse:
    plan: ImportPlan = plan_import(instrument, rows, series=programme.pk)
    return page(
        request,
        "programmes/measure_preview.html",
        programme=programme,
        wave=wave,
        title=wave_title(wave),
        form=ConfirmForm(instrument, initial={"content": ConfirmForm.packed(instrument, rows)}),
        number=len(rows),
        new=len(plan.rows(Fate.NEW)),
        same=len(plan.rows(Fate.SAME)),
        different=plan.numbers(Fate.DIFFERENT),
        twice=plan.numbers(Fate.TWICE),
        missing=[said_question(instrument.item(code)) for code in form.missing],
        warnings=queries.warnings_of(programme, wave, timezone.localdate()),
    )


def _upload_page(
    request: Entered, programme: Programme, wave: str, form: AnswersFileForm, refusal: str = ""
) -> HttpResponse:
    status = 422 if form.is_bound or refusal else 200
    title = wave_title(wave)
    shown: dict[str, Any] = {
        "programme": programme,
        "wave": wave,
        "title": title,
        "form": form,
        "refusal": refusal,
    }
    return page(request, "programmes/measure_upload.html", status=status, **shown)


@needs(_MANAGE)
def measure_accept(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """What was looked through is kept and locked; sent twice it is kept once."""
    if request.method != "POST":
        return redirect("programmes:measure-import", pk, wave)
    programme = _programme(request, pk, wave)
    instrument = _instrument(programme)
    form = ConfirmForm(instrument, request.POST)
    called = queries.participants_by_code(programme)
    empty = AnswersFileForm(instrument, on=timezone.localdate(), called=lambda code: called[code].pk)
    if not form.is_valid():
        words = _("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
        return _upload_page(request, programme, wave, empty, words)
    try:
        plan = act(request, actions.import_sheets, programme, wave=wave, rows=form.cleaned_data["content"])
    except Refusal as refusal:
        return _upload_page(request, programme, wave, empty, str(refusal))
    kept = len(plan.rows(Fate.NEW))
    told = ngettext("%(count)s lembar ditambahkan.", "%(count)s lembar ditambahkan.", kept) % {"count": kept}
    messages.success(request, told if kept else _("Tidak ada yang baru: semua jawaban itu sudah ada."))
    return redirect("programmes:measure", pk, wave)


# --- what every page begins with ---


def _programme(request: Entered, pk: UUID, wave: str) -> Programme:
    found = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    if wave not in found.waves:
        raise Http404
    return found


def _participant(request: Entered, pk: UUID, wave: str) -> Participant:
    related = ("programme", "member__organisation", "member__programme")
    found = look_up(Participant, pk, by=request.user, permission=_MANAGE, related=related)
    if wave not in found.programme.waves:
        raise Http404
    return found


def _instrument(programme: Programme) -> Instrument:
    """404 where nothing can be filled in; the page of the wave says why."""
    try:
        return queries.instrument_of(programme)
    except Refusal as refusal:
        raise Http404 from refusal
