"""What several papers tell of the people around a client and of the providers: then, now, and the change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from simpul.cases.queries.papers.filling import Filling, day, lines_of
from simpul.cases.queries.papers.shapes import Boxes, Table, boxes
from simpul.cases.queries.support import Judged, Side, levels_to_choose, said, support_of
from simpul.catalogue import casework

_UNKNOWN = "unknown"


def support_table(filling: Filling) -> Table:
    """Both sides at the start and now."""
    rows = [
        (side.title, _judged(filling, side.first), _judged(filling, side.now), side.change)
        for side in _sides(filling)
        if side.first or side.now
    ]
    head = (_("Siapa"), _("Awal"), _("Kini"), _("Perubahan"))
    return filling.table("", head, rows, widths=(4, 4, 4, 3), empty=len(casework.support_aspects()))


def _sides(filling: Filling) -> tuple[Side, ...]:
    return support_of(filling.case, is_told=filling.is_told).sides if filling.case else ()


def _judged(filling: Filling, judged: Judged | None) -> str:
    """The level and its day; what shows it tells of others, so it stays where the paper stays."""
    if judged is None:
        return _("belum dinilai")
    level = f"{judged.level} · {judged.name}" if judged.level else judged.name
    return lines_of((level, day(judged.on), filling.others(judged.words)))


def support_levels(filling: Filling) -> tuple[Boxes, ...]:
    """Every level with its words; ticked is how it stood when it was judged last."""
    now = {side.code: side.now for side in _sides(filling)}
    return tuple(
        boxes(
            said(aspect.title),
            [*levels_to_choose(aspect), (_UNKNOWN, _("belum diketahui"))],
            {_code(now.get(aspect.code))},
        )
        for aspect in casework.support_aspects()
    )


def _code(judged: Judged | None) -> str:
    if judged is None:
        return ""
    return str(judged.level or _UNKNOWN)
