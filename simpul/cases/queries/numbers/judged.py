"""What was found and said in the period, in words: assessed again, change by domain, opinions, complaints."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from simpul.access.permissions import Permission
from simpul.cases.queries.numbers import counted, measured
from simpul.cases.queries.numbers.lines import (
    CASES,
    TOO_FEW,
    Figure,
    Grouped,
    Line,
    Part,
    lines_of,
)
from simpul.cases.queries.numbers.scope import Scope
from simpul.instruments.queries import find_all
from simpul.instruments.queries.words import shown

CHANGE = "change:"


def instruments_in_use(scope: Scope) -> tuple[tuple[str, str], ...]:
    """The instruments with which cases were assessed again in the period, by title."""
    source = counted.reassessed(scope)
    return tuple((code, name) for code, name in _titles(source).items())


def _titles(source: Grouped) -> dict[str, str]:
    keys = sorted(set(source.rows.values_list("instrument", "instrument_version")))
    language = get_language() or "id"
    found = sorted(find_all(keys).items())
    titles = {code: code for code, _version in keys}
    titles |= {code: instrument.title.in_language(language) for (code, _version), instrument in found}
    return dict(sorted(titles.items(), key=lambda pair: pair[1]))


def reassessed(scope: Scope) -> Part:
    source = counted.reassessed(scope)
    lines = lines_of(source.counted(), _titles(source), _times)
    definition = _("Kasus yang dinilai ulang dalam masa ini, menurut instrumennya.")
    return Part("reassessed", _("Asesmen ulang"), definition, (str(CASES),), tuple(lines))


def _times(number: int) -> str:
    return ngettext("%(number)s asesmen ulang", "%(number)s asesmen ulang", number) % {"number": number}


_VERDICT_COLUMNS = (
    (measured.BETTER, gettext_lazy("Lebih baik")),
    (measured.SAME, gettext_lazy("Tetap dalam batas kesalahan")),
    (measured.WORSE, gettext_lazy("Lebih buruk")),
    (measured.UNSAID, gettext_lazy("Tidak dapat dikatakan")),
)


def change(scope: Scope, instrument: str) -> Part | None:
    name = dict(instruments_in_use(scope)).get(instrument)
    if name is None:
        return None
    lines = [_domain_line(domain) for domain in measured.change(scope, instrument).values()]
    definition = _(
        "Asesmen ulang terbaru dalam masa ini dibandingkan dengan asesmen awal, bagian demi bagian. Lebih baik dan lebih buruk hanya bila perubahannya lebih dari kesalahan pengukuran (Jacobson dan Truax 1991); tanpa keandalan instrumen yang pernah diukur, hal itu tidak dapat dikatakan."
    )
    columns = tuple(str(column) for _verdict, column in _VERDICT_COLUMNS)
    heading = _("Perubahan: %(name)s") % {"name": name}
    return Part(f"{CHANGE}{instrument}", heading, definition, columns, tuple(lines))


def _domain_line(domain: measured.DomainChange) -> Line:
    figures = tuple(
        Figure(f"{domain.code}~{verdict}", len(domain.groups.get(verdict, ())))
        for verdict, _column in _VERDICT_COLUMNS
    )
    bare = domain.by_figure
    words = _("menurut angkanya saja: %(better)s membaik, %(same)s tetap, %(worse)s memburuk") % {
        "better": bare["better"],
        "same": bare["same"],
        "worse": bare["worse"],
    }
    return Line(domain.title, figures, words)


# --- what clients say ---


def opinions(scope: Scope) -> Part:
    found = measured.opinions(scope)
    instruments = find_all({(held.instrument, held.version) for held in found.values()})
    lines = []
    for group, held in sorted(found.items()):
        instrument = instruments.get((held.instrument, int(held.version)))
        domains = {domain.code: domain for domain in instrument.domains} if instrument else {}
        name = (
            domains[held.code].title.in_language(get_language() or "id")
            if held.code in domains
            else held.code
        )
        measures = (("n", float(len(held.scores))), ("mean", held.mean))
        lines.append(Line(name, (Figure(group, len(held.cases)),), _opinion_words(held), measures))
    definition = _(
        "Pendapat terbaru penerima manfaat tiap kasus dalam masa ini, bila cukup banyak pertanyaan yang dijawab. Rata-rata tidak ditampilkan di bawah %(fewest)s orang."
    ) % {"fewest": measured.fewest_for_a_mean("opinions")}
    return Part("opinions", _("Pendapat penerima manfaat"), definition, (str(CASES),), tuple(lines))


def _opinion_words(held: measured.Opinions) -> str:
    if held.mean is None:
        return str(TOO_FEW)
    return _("rata-rata %(mean)s, dari %(least)s sampai %(most)s") % {
        "mean": shown(held.mean),
        "least": shown(held.least),
        "most": shown(held.most),
    }


_ANSWERS: dict[str, Promise] = {
    "in_time": gettext_lazy("Dijawab tepat waktu"),
    "late": gettext_lazy("Dijawab terlambat"),
    "waiting": gettext_lazy("Menunggu, belum lewat batas waktu"),
    "waiting_late": gettext_lazy("Menunggu, sudah lewat batas waktu"),
}


def complaints(scope: Scope) -> Part | None:
    """Only for those who receive complaints."""
    if not scope.viewer.can(Permission.COMPLAINT_RECEIVE):
        return None
    found = measured.complaints(scope)
    lines = [Line(_("Semua yang diterima"), (Figure("", sum(found.values())),))]
    lines += [
        Line(str(name), (Figure(group, found[group]),)) for group, name in _ANSWERS.items() if group in found
    ]
    definition = _(
        "Pengaduan yang diterima dalam masa ini, dan apakah dijawab sampai hari terakhirnya. Pengaduan tidak terhubung dengan kasus, jadi tidak ada daftar kasus di baliknya."
    )
    return Part("complaints", _("Pengaduan"), definition, (_("Pengaduan"),), tuple(lines), has_list=False)
