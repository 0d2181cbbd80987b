"""Pages of needs that found nothing, the same as files, and the cases behind a number."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.exports import note_export
from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.cases.queries.case import rows_of
from simpul.cases.queries.plans import kind_name
from simpul.places.models import CODE_SIGNS
from simpul.places.queries import names_of
from simpul.referrals.forms.unmet import UnmetNumbersForm
from simpul.referrals.queries import unmet as queries
from simpul.referrals.queries.unmet_types import TypeRow, types_table_of
from simpul.ui import sheets
from simpul.ui.render import file_answer, page

PAGE_LENGTH = 50


@needs(Permission.UNMET_VIEW)
def unmet(request: Entered) -> HttpResponse:
    """Needs that found nothing, by area, kind and reason."""
    form = _form(request)
    if not form.is_valid():
        return page(request, "referrals/unmet.html", status=422, form=form, table=None, heading=(), above=())
    scope = form.scope()
    table = queries.table_of(scope)
    return page(
        request,
        "referrals/unmet.html",
        form=form,
        table=table,
        rows=_linked(form, scope, table),
        types=_types_shown(scope, table),
        heading=_heading(scope),
        above=_above(form, scope),
        asked=form.asked(),
        may_see_cases=request.user.can(Permission.CASE_VIEW),
    )


def _types_shown(scope: queries.Scope, table: queries.Table) -> dict[str, object]:
    found = types_table_of(scope, table)
    rows = [
        {
            "row": row,
            "recorded": queries.told(row.recorded, table.smallest),
            "open": queries.told(row.open, table.smallest),
        }
        for row in found.rows
    ]
    return {"rows": rows, "is_cut": found.is_cut}


def _linked(
    form: UnmetNumbersForm, scope: queries.Scope, table: queries.Table
) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "row": row,
            "below": form.asked(wilayah=row.area) if len(row.area) > len(scope.region) else "",
            "behind": form.asked(isi_wilayah=row.area, isi_jenis=row.kind, isi_sebab=row.reason),
            "recorded": queries.told(row.recorded, table.smallest),
            "open": queries.told(row.open, table.smallest),
        }
        for row in table.rows
    )


@needs(Permission.UNMET_VIEW)
def unmet_file(request: Entered, form_of_file: str) -> HttpResponse:
    """The same as a file for a spreadsheet; recorded each time."""
    form = _form(request)
    if not form.is_valid() or form_of_file not in ("csv", "xlsx"):
        raise Http404
    scope = form.scope()
    asked = f"{scope.region} {scope.since} {scope.until}".strip()
    note_export(by=request.user, permission=Permission.UNMET_VIEW, file="unmet-needs", asked=asked)
    table = queries.table_of(scope)
    columns = (
        _("Kode wilayah"),
        _("Wilayah"),
        _("Jenis layanan"),
        _("Sebab"),
        _("Tercatat"),
        _("Masih terbuka"),
    )
    rows = [
        (row.area, row.place, row.kind_name, row.reason_name, *_cells(row, table.smallest))
        for row in table.rows
    ]
    type_columns = (*columns[:2], _("Jenis PPKS"), *columns[3:])
    types = [
        (row.area, row.place, row.type_name, row.reason_name, *_cells(row, table.smallest))
        for row in types_table_of(scope, table).rows
    ]
    if form_of_file == "csv":
        by_type = ((_by_type_words(),), type_columns, *types)
        body, kind = sheets.as_csv((*_heading(scope), (), *by_type, (), columns, *rows)), sheets.CSV
    else:
        about = sheets.Sheet(_("Tentang"), (), (*_heading(scope), (_("Jenis PPKS"), _by_type_words())))
        by_type_sheet = sheets.Sheet(_("Jenis PPKS"), type_columns, types)
        body = sheets.as_xlsx(sheets.Sheet(_("Kebutuhan"), columns, rows), by_type_sheet, about)
        kind = sheets.XLSX
    name = f"kebutuhan-belum-terpenuhi-{scope.since:%Y%m%d}-{scope.until:%Y%m%d}.{form_of_file}"
    return file_answer(body, kind, name)


def _by_type_words() -> str:
    """What has to be known where needs are counted by type."""
    return _("Menurut jenis PPKS: satu kebutuhan bisa terhitung pada beberapa jenis")


def _cells(row: queries.Row | TypeRow, smallest: int) -> tuple[sheets.Cell, sheets.Cell]:
    first = row.recorded if row.recorded is not None else queries.told(None, smallest)
    return first, row.open if row.open is not None else queries.told(None, smallest)


@needs(Permission.CASE_VIEW)
def unmet_list(request: Entered) -> HttpResponse:
    """The cases behind one number, as far as this person may see them."""
    form = _form(request)
    if not form.is_valid() or not request.user.can(Permission.UNMET_VIEW):
        raise Http404
    area, kind, reason = (request.GET.get(f"isi_{name}", "")[:40] for name in ("wilayah", "jenis", "sebab"))
    column = queries.OPEN if request.GET.get("kolom") == queries.OPEN else queries.RECORDED
    keys = queries.cases_behind(form.scope(), area, kind, reason, column)
    found = Paginator(keys, PAGE_LENGTH).get_page(request.GET.get("page"))
    reached = Case.objects.reachable(request.user, Permission.CASE_VIEW).select_related("person")
    by_key = reached.in_bulk(list(found))
    rows = rows_of([by_key[key] for key in found if key in by_key], request.user)
    note_shown(rows, by=request.user, permission=Permission.CASE_VIEW)
    place = str(names_of({area}).get(area, area)) if area else _("Wilayah belum diketahui")
    name = f"{place} · {kind_name(kind)} · {queries.reason_name(reason)}"
    asked = form.asked()
    return page(request, "referrals/unmet_list.html", rows=rows, page=found, name=name, asked=asked)


def _form(request: Entered) -> UnmetNumbersForm:
    return UnmetNumbersForm(request.GET.dict(), viewer=request.user, on=timezone.localdate())


def _heading(scope: queries.Scope) -> tuple[tuple[str, str], ...]:
    """What the numbers are about, and who counted them when."""
    place = names_of({scope.region}).get(scope.region) if scope.region else None
    counted_at = date_format(timezone.localtime(), "j F Y, H.i")
    return (
        (_("Masa"), f"{date_format(scope.since, 'j F Y')} – {date_format(scope.until, 'j F Y')}"),
        (_("Wilayah tempat tinggal"), str(place or scope.region) or _("semua yang dapat Anda lihat")),
        (_("Dihitung oleh"), f"{scope.viewer}, {counted_at}"),
    )


def _above(form: UnmetNumbersForm, scope: queries.Scope) -> tuple[tuple[str, str], ...]:
    """The areas above the one asked about, with their addresses."""
    codes = [scope.region[:signs] for signs in CODE_SIGNS if signs < len(scope.region)]
    names = names_of(codes)
    whole = (_("Semua wilayah"), form.asked(wilayah=""))
    told = [(names[code].name if code in names else code, form.asked(wilayah=code)) for code in codes]
    return (whole, *told) if scope.region else ()
