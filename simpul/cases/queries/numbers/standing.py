"""How things stand now, in words: stages, load, what is overdue, needs without a service."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.cases.models import TaskKind
from simpul.cases.queries.numbers import counted
from simpul.cases.queries.numbers.lines import (
    CASES,
    TOO_FEW,
    WITHOUT,
    Figure,
    Line,
    Part,
    lines_of,
    whole,
)
from simpul.cases.queries.numbers.scope import Scope
from simpul.cases.queries.team import title
from simpul.cases.stages import Stage
from simpul.instruments.queries.words import shown


def stages(scope: Scope) -> Part:
    source, days = counted.by_stage(scope), counted.days_in_stage(scope)
    found = source.counted()
    lines = [whole(_("Semua yang berjalan"), source.total())]
    for stage in Stage:
        if stage in found:
            _number, middle, least, most = days[stage]
            measures = (("median_days", middle), ("least_days", least), ("most_days", most))
            words = _days_words(middle, least, most)
            lines.append(Line(str(stage.label), (Figure(stage, found[stage].cases),), words, measures))
    definition = _(
        "Kasus yang belum berakhir, menurut tahapnya hari ini. Lamanya dihitung dari hari kasus masuk ke tahap itu sampai hari ini: nilai tengah, lalu yang terpendek dan terpanjang. Di bawah %(fewest)s kasus tidak ditampilkan."
    ) % {"fewest": counted.fewest_for_a_median()}
    return Part("stage", _("Tahap, dan lamanya"), definition, (str(CASES),), tuple(lines))


def _days_words(middle: float | None, least: int | None, most: int | None) -> str:
    if middle is None:
        return _("lamanya: %(few)s") % {"few": TOO_FEW}
    return _("nilai tengah %(middle)s hari, %(least)s sampai %(most)s hari") % {
        "middle": shown(middle),
        "least": least,
        "most": most,
    }


def workers(scope: Scope) -> Part:
    lines = lines_of(counted.by_worker(scope).counted(), counted.names_of_workers(scope))
    definition = _(
        "Kasus yang belum berakhir, menurut manajer kasusnya hari ini. Tanpa hak melihat tim, hanya kasus Anda sendiri yang dihitung di sini."
    )
    return Part("worker", _("Beban per petugas"), definition, (str(CASES),), tuple(lines))


def models(scope: Scope) -> Part:
    found = counted.by_model(scope).counted()
    names = {code: title("working_models", code) for code in found if code != WITHOUT}
    names[WITHOUT] = _("belum dipilih")
    definition = _("Kasus yang belum berakhir, menurut model kerjanya hari ini.")
    return Part("model", _("Menurut model kerja"), definition, (str(CASES),), tuple(lines_of(found, names)))


def overdue(scope: Scope) -> Part:
    source = counted.overdue(scope)
    lines = [
        whole(_("Semua yang terlambat"), source.total(), _tasks),
        *lines_of(source.counted(), dict(TaskKind.choices), _tasks),
    ]
    definition = _(
        "Tugas yang belum dikerjakan dan hari terakhirnya sudah lewat, sama dengan di Hari ini. Satu kasus bisa mempunyai beberapa tugas, juga dari jenis yang berbeda."
    )
    return Part("overdue", _("Tugas yang terlambat"), definition, (str(CASES),), tuple(lines))


def _tasks(number: int) -> str:
    return ngettext("%(number)s tugas", "%(number)s tugas", number) % {"number": number}


def unmet(scope: Scope) -> Part:
    source = counted.unmet(scope)
    found = source.counted()
    names = {code: title("service_kinds", code) for code in found}
    lines = [
        whole(_("Semua kebutuhan belum terpenuhi"), source.total(), _needs),
        *lines_of(found, names, _needs),
    ]
    definition = _(
        "Langkah rencana yang layanannya tidak ditemukan sampai hari ini, dalam kasus yang belum berakhir. Langkah yang sama dalam beberapa versi rencana dihitung sekali."
    )
    return Part("unmet", _("Kebutuhan belum terpenuhi"), definition, (str(CASES),), tuple(lines))


def _needs(number: int) -> str:
    return ngettext("%(number)s kebutuhan", "%(number)s kebutuhan", number) % {"number": number}
