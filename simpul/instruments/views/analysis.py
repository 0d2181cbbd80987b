"""Pages for who reads answers: how the items work, and the answers by code as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.catalogue.instruments import Instrument
from simpul.catalogue.instruments.analysis import norms
from simpul.instruments import actions, queries
from simpul.instruments.queries import AnswerRecord
from simpul.instruments.views.finding import file_answer, shown_instrument
from simpul.ui.doing import act, form_page
from simpul.ui.render import page
from simpul.ui.sheets import CSV, as_csv
from simpul.ui.taking import TakingForm


@needs(Permission.INSTRUMENT_READ)
def items(request: Entered, code: str, version: int) -> HttpResponse:
    """Difficulty, item-total correlation, alpha with interval, floor and ceiling, of one wave."""
    found, _row = shown_instrument(request, code, version)
    rows, waves, chosen = _wave(request, code, version)
    counted, waiting = queries.in_lots(request.user, rows.filter(wave=chosen))
    return page(
        request,
        "instruments/items.html",
        instrument=found,
        waves=waves,
        wave=chosen,
        aspects=queries.analysis_page(found, counted),
        waiting=waiting,
        fewest=int(norms()["fewest_people"].value),
        may_export=request.user.can(Permission.INSTRUMENT_FILL) and rows.exists(),
    )


@needs(Permission.INSTRUMENT_READ)
def results(request: Entered, code: str, version: int) -> HttpResponse:
    """What many people answered, item by item, of one wave."""
    found, _row = shown_instrument(request, code, version)
    rows, waves, chosen = _wave(request, code, version)
    counted, waiting = queries.in_lots(request.user, rows.filter(wave=chosen))
    told = queries.records(counted)
    return page(
        request,
        "instruments/results.html",
        instrument=found,
        waves=waves,
        wave=chosen,
        items=queries.summaries(found, told),
        figures=queries.home_work_figures(told) if code == queries.HOME_WORK else [],
        waiting=waiting,
        fewest=int(norms()["fewest_people"].value),
    )


def _wave(request: Entered, code: str, version: int) -> tuple[Any, list[str], str]:
    """The answers that may be read, the waves they are of, and the one that was chosen."""
    rows = queries.readable(request.user, instrument=(code, version))
    waves = queries.waves_of(rows)
    asked = request.GET.get("gelombang", waves[0] if waves else "")
    return rows, waves, asked if asked in waves else next(iter(waves), "")


@needs(Permission.INSTRUMENT_FILL)
def answers_csv(request: Entered, code: str, version: int) -> HttpResponse:
    """The answers by code: no names, no own words; for who fills in and reads. Recorded each time, with why."""
    if not request.user.can(Permission.INSTRUMENT_READ):
        raise NotAllowed
    found, _row = shown_instrument(request, code, version)
    form = TakingForm(request.POST or None, label_suffix="")
    if not form.is_valid():
        title, back = _("Unduh jawaban tanpa nama (CSV)"), reverse("instruments:items", args=[code, version])
        return form_page(request, "ui/form.html", form, title=title, back=back, button=_("Unduh"))
    where, because = queries.where_to_fill(request.user), form.cleaned_data["alasan"]
    told = act(request, actions.export_answers, where, instrument=code, version=version, because=because)
    return file_answer(_table(found, told), CSV, f"jawaban-{code}-{version}.csv", is_kept=False)


def _table(found: Instrument, told: Sequence[AnswerRecord]) -> bytes:
    """One person and wave in a line."""
    columns = [item.code for item in found.items if item.kind != "text"]
    aspects = [domain.code for domain in found.domains if domain.is_scored]
    scores = [_("nilai_%(aspect)s") % {"aspect": aspect} for aspect in aspects]
    table: list[list[str | int | float | None]] = [
        [_("kode"), _("lembaga"), _("gelombang"), _("tanggal"), *columns, *scores]
    ]
    for one in told:
        answers = [_cell(one.answers.get(column), one.states.get(column, "")) for column in columns]
        figures = [one.scores.get(aspect) for aspect in aspects]
        table.append([one.person, one.organisation, one.wave, one.on, *answers, *figures])
    return as_csv(table)


def _cell(answer: int | None, state: str) -> int | str:
    return state if answer is None else answer
