"""A registering office settling its own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.catalogue import registration as catalogue
from simpul.organisations.models import OfficeRules
from simpul.organisations.queries.certificate_numbers import fitting_pattern
from simpul.organisations.queries.registration_rules import is_own_office

LONGEST_NAME = 200
LONGEST_TITLE = 200
MOST_ADDED = 40


@action(Permission.REGISTRATION_DECIDE)
def set_rules(
    where: Where,
    /,
    *,
    by: User,
    at: datetime,
    version: int,
    called: str = "",
    signs: str = "",
    number_pattern: str = "",
    valid_months: int | None = None,
    working_days: int | None = None,
    report_months: int | None = None,
    taken: Sequence[str] = (),
    own_titles: Sequence[str] = (),
) -> OfficeRules:
    """Keep the rules of the office of `where.region`. Empty ones mean that the catalogue's default holds.

    `taken` are codes of the list of overlays, `own_titles` requirements in the office's own words. `version` is
    0 as long as nothing was set. The same rules sent twice change nothing. Raises Clash when somebody set rules
    since the page was opened. Applications that were submitted before keep what they were asked for.
    """
    if not is_own_office(where.region, by, Permission.REGISTRATION_DECIDE):
        raise Refusal(_("Aturan kantor ini diatur oleh pejabat kantor itu sendiri."))
    row = _locked(where.region)
    wanted = {
        "called": fitting(called, _("Nama kantor"), LONGEST_NAME),
        "signs": fitting(signs, _("Yang menandatangani"), LONGEST_NAME),
        "number_pattern": fitting_pattern(number_pattern) if number_pattern.strip() else "",
        "valid_months": _fitting_number("valid_months", valid_months),
        "working_days": _fitting_number("working_days", working_days),
        "report_months": _fitting_number("report_months", report_months),
        "added": _fitting_added(row, taken, own_titles),
    }
    before = {name: getattr(row, name) for name in wanted}
    if before == wanted and row.version in (version, version + 1):
        return row
    if row.version != version:
        raise Clash(_("Aturan kantor ini"), _differing(before, wanted), _differing(wanted, before))
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version = version + 1
    row.save()
    return row


def _locked(region: str) -> OfficeRules:
    made, _created = OfficeRules.objects.get_or_create(region=region, defaults={"version": 0})
    found: OfficeRules = OfficeRules.objects.select_for_update(of=("self",)).get(pk=made.pk)
    return found


def _fitting_number(code: str, value: int | None) -> int | None:
    norm = catalogue.norm(code)
    if value is not None and not norm.allows(value):
        raise Refusal(
            _("%(title)s: tulis angka dari %(least)s sampai %(most)s.")
            % {"title": norm.title.id, "least": norm.least, "most": norm.most}
        )
    return value


def _fitting_added(row: OfficeRules, taken: Sequence[str], titles: Sequence[str]) -> list[dict[str, str]]:
    """The additions in their order. A requirement in own words keeps its code as long as its words stay."""
    known = catalogue.overlays()
    if unknown := [code for code in taken if code not in known]:
        raise Refusal(_("Persyaratan %(code)s tidak ada dalam daftar.") % {"code": unknown[0]})
    added = [{"code": code, "title": known[code].title.id} for code in known if code in taken]
    codes = {one["title"]: one["code"] for one in row.added if one["code"] not in known}
    used = {int(code.rpartition("-")[2]) for code in codes.values()}
    for typed in titles:
        title = fitting(typed, _("Persyaratan"), LONGEST_TITLE)
        if not title or any(one["title"] == title for one in added):
            continue
        if title not in codes:
            number = max(used, default=0) + 1
            used.add(number)
            codes[title] = f"own-{number}"
        added.append({"code": codes[title], "title": title})
    if len(added) > MOST_ADDED:
        raise Refusal(_("Paling banyak %(most)s persyaratan tambahan.") % {"most": MOST_ADDED})
    return added


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> str:
    return "; ".join(_plain(value) for name, value in one.items() if value != other[name])


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(row["title"] for row in value)
    return str(value or _("seperti asalnya"))
