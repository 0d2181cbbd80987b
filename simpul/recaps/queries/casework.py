"""R9: what became of cases, per body and per worker, by the definitions that casework counts by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.access.models import User
from simpul.cases.models import TaskKind
from simpul.cases.queries.numbers import WITHOUT, counted
from simpul.cases.queries.numbers.lines import Counted, Grouped
from simpul.cases.queries.team import title
from simpul.cases.stages import Stage
from simpul.catalogue import casework
from simpul.engines.disclosure.counting import Flow
from simpul.organisations.queries import named
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.people import summed, whole
from simpul.recaps.queries.reached import CaseReach, case_reach, in_care_at_start, period_heading
from simpul.referrals.models import Referral
from simpul.referrals.stages import UNANSWERED
from simpul.referrals.stages import Stage as ReferralStage

# Of these nothing was said by who received them: unread or unanswered, or taken back, or come to nothing.
_WITHOUT_ANSWER = UNANSWERED | {ReferralStage.WITHDRAWN, ReferralStage.FAILED}


def management(user: User, asked: Asked) -> Recap:
    """R9: stock and flow of cases, what is late, referrals and goals; then stages, reasons and outcomes."""
    scope = case_reach(user, asked)
    tables = (
        _flows(scope, asked, "organisation", "bodies", _("Menurut lembaga"), _("Lembaga"), _body_names),
        _flows(
            replace(scope, is_team=True),
            asked,
            "worker",
            "workers",
            _("Menurut manajer kasus"),
            _("Manajer kasus"),
            _worker_names,
            (_("Tanpa hak melihat tim, hanya kasus Anda sendiri yang dihitung di sini."),),
        ),
        _stages(scope),
        _reasons(scope),
        _outcomes(scope),
    )
    heading = period_heading(asked, _("kasus, menurut tempat tinggal sekarang"), _("kasus dalam Simpul"))
    return Recap("R9", str(_TITLE), asked, tables, heading)


def _flows(
    scope: CaseReach,
    asked: Asked,
    by: str,
    key: str,
    heading: str,
    head: str,
    names: Callable[[CaseReach, set[str]], Mapping[str, str]],
    notes: tuple[str, ...] = (),
) -> Table:
    """One line for each body or worker. Start and new less ended are those at the end: nothing is counted twice."""
    started = _by(scope.cases().filter(in_care_at_start(asked)), by)
    new, ended = _by(counted.flow(scope).rows, by), _by(counted.ended(scope), by)
    late = _by(_late(scope), f"case__{by}", case="case")
    sent = _sent(scope)
    outgoing, answered = _rows_by(sent, f"case__{by}"), _rows_by(_answered(sent), f"case__{by}")
    groups = set(started) | set(new) | set(ended) | set(late) | set(outgoing)
    called = names(scope, groups)
    lines = []
    for group in sorted(groups, key=lambda one: (one == WITHOUT, called.get(one, one))):
        flow = Flow(started[group], new[group], {"ended": ended[group]})
        reached = _reached(_narrowed(scope, by, group))
        cells = (flow.start, flow.new, flow.left, flow.end, late[group], outgoing[group], answered[group])
        lines.append(Line(group, called.get(group, group), (*cells, *reached)))
    return Table(
        key,
        heading,
        _("kasus"),
        head,
        _columns(),
        tuple(_with_share(line) for line in lines),
        _with_share(summed(lines)) if lines else None,
        (
            *notes,
            _(
                "Bagian tujuan yang tercapai dihitung dari tujuan yang berakhir dan dinilai; tanpa yang tidak dinilai dan yang tidak dilanjutkan."
            ),
            _(
                "Kasus dengan kerahasiaan lebih tinggi hanya dihitung bagi yang berwenang mengetahui kasus itu."
            ),
        ),
    )


def _columns() -> tuple[Column, ...]:
    cases, referrals, goals = _("Kasus"), _("Rujukan"), _("Tujuan")
    return (
        Column("start", pgettext("recap", "awal"), cases, rows="case"),
        Column("new", _("dibuka"), cases, rows="case"),
        Column("ended", _("berakhir"), cases, rows="case"),
        Column("end", _("akhir"), cases, rows="case"),
        Column("late", _("asesmen ulang terlambat"), cases, rows="case"),
        Column("sent", _("dikirim"), referrals, rows="referral"),
        Column("answered", _("di antaranya dijawab"), referrals, rows="referral"),
        Column("reached", _("tercapai"), goals, rows="goal"),
        Column("missed", pgettext("recap", "kurang"), goals, rows="goal"),
        Column("share", _("tercapai, persen"), goals),
    )


def _late(scope: CaseReach) -> Any:
    """The tasks to assess again that are overdue."""
    return counted.overdue(scope).rows.filter(kind=TaskKind.REASSESSMENT)


def _sent(scope: CaseReach) -> Any:
    return Referral.objects.filter(case__in=scope.keys(), sent_at__date__range=(scope.since, scope.until))


def _answered(sent: Any) -> Any:
    return sent.exclude(stage__in=sorted(_WITHOUT_ANSWER))


def _by(rows: Any, by: str, *, case: str = "pk") -> Counter[str]:
    """Cases, each once, by a field."""
    return Counter({group: found.cases for group, found in Grouped(rows, by, case=case).counted().items()})


def _rows_by(rows: Any, by: str) -> Counter[str]:
    return Counter({group: found.rows for group, found in Grouped(rows, by).counted().items()})


def _narrowed(scope: CaseReach, by: str, group: str) -> CaseReach:
    if group == WITHOUT:
        return replace(scope, is_without_body=True)
    if by == "worker":
        return replace(scope, worker=UUID(group))
    return replace(scope, organisation=UUID(group))


def _reached(scope: CaseReach) -> tuple[int, int]:
    found = counted.goals(scope).counted()
    nothing = Counted()
    return found.get(counted.REACHED, nothing).rows, found.get(counted.MISSED, nothing).rows


def _with_share(line: Line) -> Line:
    """The share is of the sums, never the sum of shares."""
    reached, missed = (whole(cell) for cell in line.cells[-2:])
    return replace(line, cells=(*line.cells, share(reached, reached + missed)))


def share(part: int, whole: int) -> Cell:
    """Per cent with one decimal; nothing of nothing."""
    return round(100 * part / whole, 1) if whole else None


def _body_names(_scope: CaseReach, groups: set[str]) -> Mapping[str, str]:
    names = named({UUID(group) for group in groups if group != WITHOUT})
    return {str(key): name for key, name in names.items()} | {WITHOUT: _("Kantor, tanpa lembaga")}


def _worker_names(scope: CaseReach, _groups: set[str]) -> Mapping[str, str]:
    pairs = scope.cases().values_list("worker", "worker_name").distinct()
    return {str(worker): name for worker, name in sorted(pairs, key=lambda pair: pair[1])}


# --- one column each ---


def _listed(
    key: str,
    heading: str,
    unit: str,
    rows: str,
    found: Mapping[str, int],
    names: Mapping[str, str],
    notes: tuple[str, ...] = (),
) -> Table:
    """A line for every name, also of nothing; then what has no name."""
    order = [*names, *sorted(set(found) - set(names))]
    lines = [Line(group, names.get(group, group), (found.get(group, 0),)) for group in order]
    head, columns = _("Menurut"), (Column("all", pgettext("recap", "Jumlah"), rows=rows),)
    return Table(key, heading, unit, head, columns, tuple(lines), summed(lines) if lines else None, notes)


def _stages(scope: CaseReach) -> Table:
    found = {group: number.cases for group, number in counted.by_stage(scope).counted().items()}
    names = {str(stage.value): str(stage.label) for stage in Stage if stage in found}
    notes = (_("Kasus yang belum berakhir, menurut tahapnya sekarang, bukan pada akhir jangka."),)
    return _listed("stages", _("Tahap sekarang"), _("kasus"), "case", found, names, notes)


def reason_names() -> dict[str, str]:
    """Why episodes end, in the order of the catalogue; last, without a reason told."""
    told = {one.code: title("end_reasons", one.code) for one in casework.end_reasons()}
    return told | {WITHOUT: _("alasan tidak dicatat")}


def _reasons(scope: CaseReach) -> Table:
    found = {group: number.cases for group, number in counted.by_reason(scope).counted().items()}
    return _listed("reasons", _("Berakhir menurut alasan"), _("kasus"), "case", found, reason_names())


def _outcomes(scope: CaseReach) -> Table:
    names = {
        counted.REACHED: _("Tercapai seperti yang diharapkan atau lebih"),
        counted.MISSED: _("Kurang dari yang diharapkan"),
        counted.UNSCORED: _("Tidak dinilai pada akhirnya"),
        counted.DROPPED: _("Tidak dilanjutkan"),
    }
    found = {group: number.rows for group, number in counted.goals(scope).counted().items()}
    return _listed("goals", _("Tujuan yang berakhir"), _("tujuan"), "goal", found, names)


# --- the rows behind a number ---


def behind_management(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The cases, referrals or goals behind one number; of every line where none is named, as in a total."""
    scope = case_reach(user, asked)
    if table in _BY:
        whole = replace(scope, is_team=table == "workers")
        return _behind_flow(_narrowed(whole, _BY[table], line) if line else whole, asked, column)
    if table == "goals":
        return _goals(scope, line)
    sources = {"stages": counted.by_stage, "reasons": counted.by_reason}
    return _rows("case", sources[table](scope).keys(line)) if table in sources else None


_BY = {"bodies": "organisation", "workers": "worker"}


def _behind_flow(scope: CaseReach, asked: Asked, column: str) -> Rows | None:
    if column in (counted.REACHED, counted.MISSED):
        return _goals(scope, column)
    if column in ("sent", "answered"):
        sent = _sent(scope)
        return _rows("referral", (sent if column == "sent" else _answered(sent)).values("pk"))
    standing = Q(opened_on__lte=asked.until) & (Q(closed_on=None) | Q(closed_on__gt=asked.until))
    cases: Mapping[str, Callable[[], Any]] = {
        "start": lambda: scope.cases().filter(in_care_at_start(asked)).values("pk"),
        "new": lambda: counted.flow(scope).keys(""),
        "ended": lambda: counted.ended(scope).values("pk"),
        "end": lambda: scope.cases().filter(standing).values("pk"),
        "late": lambda: _late(scope).values("case"),
    }
    return _rows("case", cases[column]()) if column in cases else None


def _rows(kind: str, rows: Any) -> Rows:
    """Of values of one key each, each once."""
    return Rows(kind, tuple({str(key) for row in rows.order_by() for key in row.values()}))


def _goals(scope: CaseReach, outcome: str) -> Rows:
    found = counted.outcomes(scope)
    return Rows("goal", tuple(str(goal) for goal, _case, one in found if outcome in ("", one)))


_TITLE = gettext_lazy("Rekap manajemen kasus")

DEFINITIONS = (
    Definition(
        "R9",
        _TITLE,
        gettext_lazy(
            "Kasus awal, baru, berakhir dan akhir; asesmen ulang yang terlambat; rujukan; tujuan yang tercapai."
        ),
        management,
        behind_management,
        frozenset({"area", "period"}),
    ),
)
