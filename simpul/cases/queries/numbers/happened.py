"""What happened in the period, in words: opened, ended and why, goals and what they changed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.cases.queries.numbers import counted, measured
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
from simpul.instruments.queries.words import shown


def flow(scope: Scope) -> Part:
    source = counted.flow(scope)
    names = {"first": _("Dibuka, episode pertama"), "again": _("Dibuka, episode berikutnya")}
    lines = [whole(_("Dibuka"), source.total()), *lines_of(source.counted(), names)]
    definition = _("Kasus yang dibuka dalam masa ini, baik yang masih berjalan maupun yang sudah berakhir.")
    return Part("flow", _("Dibuka"), definition, (str(CASES),), tuple(lines))


def reasons(scope: Scope) -> Part:
    source = counted.by_reason(scope)
    found = source.counted()
    names = {code: title("end_reasons", code) for code in found if code != WITHOUT}
    names[WITHOUT] = _("alasan tidak dicatat")
    lines = [whole(_("Berakhir"), source.total()), *lines_of(found, names)]
    definition = _(
        "Kasus yang berakhir dalam masa ini, menurut alasan dalam pengakhiran yang sudah selesai; bila tidak ada, menurut keadaan saat kasus berakhir."
    )
    return Part("reason", _("Berakhir, menurut alasan"), definition, (str(CASES),), tuple(lines))


_OUTCOMES: dict[str, Promise] = {
    counted.REACHED: gettext_lazy("Tercapai seperti yang diharapkan atau lebih"),
    counted.MISSED: gettext_lazy("Kurang dari yang diharapkan"),
    counted.UNSCORED: gettext_lazy("Tidak dinilai pada akhirnya"),
    counted.DROPPED: gettext_lazy("Tidak dilanjutkan"),
}


def goals(scope: Scope) -> Part:
    lines = lines_of(counted.goals(scope).counted(), _OUTCOMES, _goals_words)
    definition = _(
        "Tujuan yang berakhir dalam masa ini, sendiri atau bersama kasusnya, menurut penilaian akhirnya yang terbaru. Tingkat 0 ke atas adalah tercapai. Yang tidak dinilai dan yang tidak dilanjutkan dihitung tersendiri."
    )
    return Part("goals", _("Tujuan"), definition, (str(CASES),), tuple(lines))


def _goals_words(number: int) -> str:
    return ngettext("%(number)s tujuan", "%(number)s tujuan", number) % {"number": number}


_DIRECTIONS: dict[str, Promise] = {
    measured.BETTER: gettext_lazy("Naik"),
    measured.SAME: gettext_lazy("Tetap"),
    measured.WORSE: gettext_lazy("Turun"),
    measured.UNSAID: gettext_lazy("Tidak dapat dibandingkan"),
}


def growth(scope: Scope) -> Part:
    found = measured.growth(scope)
    groups = found.source.counted()
    lines = [Line(str(name), (Figure(group, groups[group].cases),)) for group, name in _DIRECTIONS.items()]
    lines.insert(0, _mean_line(found, sum(number.cases for number in groups.values())))
    definition = _(
        "Nilai T pencapaian tujuan (Kiresuk dan Sherman 1968) saat kasus berakhir dibandingkan dengan keadaan awal, untuk kasus yang berakhir dalam masa ini dan tujuan yang mempunyai keduanya. Rata-rata tidak ditampilkan di bawah %(fewest)s kasus yang dapat dibandingkan."
    ) % {"fewest": measured.fewest_for_a_mean("goals")}
    return Part("growth", _("Perubahan pencapaian tujuan"), definition, (str(CASES),), tuple(lines))


def _mean_line(found: measured.Growth, cases: int) -> Line:
    words = _("%(number)s dapat dibandingkan; rata-rata perubahan: %(mean)s") % {
        "number": found.number,
        "mean": TOO_FEW if found.mean is None else shown(found.mean, sign=True),
    }
    measures = (("n", float(found.number)), ("mean_change", found.mean))
    return Line(_("Semua yang berakhir"), (Figure("", cases),), words, measures)
