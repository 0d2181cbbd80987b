"""What a registering office has settled for itself, over the catalogue's defaults; and what it asks applicants for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue import registration as catalogue
from simpul.catalogue.registration import Demand
from simpul.catalogue.text import Text
from simpul.organisations.models import OfficeRules
from simpul.organisations.queries.certificate_numbers import in_indonesian
from simpul.organisations.stages import Authority
from simpul.places.models import PROVINCE_SIGNS
from simpul.places.queries import names_of

# The code of a province has this many signs, "21"; that of a regency has more.
# In the address of a page, where a region's code would stand.
MINISTRY_ADDRESS = "pusat"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by which one office works. `own` names those that it set itself; the others are suggestions."""

    region: str
    called: str
    signs: str
    number_pattern: str
    valid_months: int
    working_days: int
    report_months: int
    added: tuple[Demand, ...]
    own: frozenset[str]
    version: int


def rules_of(region: str) -> Rules:
    """The rules of the office of a region ("21.02", "21", "" for the ministry)."""
    row: OfficeRules | None = OfficeRules.objects.filter(region=region).first()
    kept = row or OfficeRules(region=region, version=0)
    numbers = {code: getattr(kept, code) for code in ("valid_months", "working_days", "report_months")}
    own = {code for code, value in numbers.items() if value is not None}
    own |= {code for code in ("called", "signs", "number_pattern") if getattr(kept, code)}
    return Rules(
        region=region,
        called=kept.called or default_name(region),
        signs=kept.signs,
        number_pattern=in_indonesian(kept.number_pattern or catalogue.pattern().value),
        **{
            code: value if value is not None else catalogue.norm(code).value
            for code, value in numbers.items()
        },
        added=tuple(_added(kept.added)),
        own=frozenset(own),
        version=kept.version,
    )


def _added(rows: Iterable[dict[str, str]]) -> Iterable[Demand]:
    """An office's additions: of the list of overlays by their code, or in its own words."""
    for row in rows:
        known = catalogue.overlays().get(row["code"])
        yield known or own_demand(row["code"], row["title"])


def own_demand(code: str, title: str) -> Demand:
    """A demand in an office's own words."""
    return Demand(
        code=code,
        title=Text(title, title),
        about=Text("", ""),
        source="",
        verified="",
        is_local=True,
    )


def default_name(region: str) -> str:
    """How an office is called as long as it did not say so itself. In Indonesian: it stands on its papers."""
    return office_names([region])[region]


def office_names(regions: Iterable[str]) -> dict[str, str]:
    """The default names of many offices at once."""
    wanted = set(regions)
    found = names_of(wanted)
    names: dict[str, str] = {}
    for region in wanted:
        if not region:
            names[region] = "Kementerian Sosial Republik Indonesia"
        elif region in found:
            kind = "Provinsi " if len(region) == PROVINCE_SIGNS else ""
            names[region] = f"Dinas Sosial {kind}{found[region].name}"
        else:
            names[region] = f"Dinas Sosial {region}"
    return names


def called(regions: Iterable[str]) -> dict[str, str]:
    """The names of many offices at once, as they call themselves."""
    wanted = set(regions)
    own = dict(
        OfficeRules.objects.filter(region__in=wanted).exclude(called="").values_list("region", "called")
    )
    return office_names(wanted) | own


def authority_of_region(region: str) -> str:
    """What kind of office a region's code means."""
    if not region:
        return str(Authority.MINISTRY)
    return str(Authority.PROVINCE if len(region) == PROVINCE_SIGNS else Authority.REGENCY)


def is_own_office(region: str, user: User, permission: Permission) -> bool:
    """Whether somebody works for that office itself. A province reaches what its regencies do, and decides it not."""
    return any(
        grant.organisation is None and grant.region == region for grant in user.grants_with(permission)
    )


def own_offices(user: User, permission: Permission) -> list[str]:
    """The offices for which somebody holds the permission: whole regencies, provinces, or the ministry."""
    regions = {grant.region for grant in user.grants_with(permission) if grant.organisation is None}
    return sorted(region for region in regions if region.count(".") < 2)


def demands(
    scheme: str, legal_status: str, rules: Rules | None, *, is_foreign: bool = False
) -> tuple[Demand, ...]:
    """What a body of this legal status brings to that office; without an office what the scheme alone asks for."""
    asked = [
        demand
        for demand in catalogue.scheme(scheme).demands
        if demand.is_asked_of(legal_status, is_foreign=is_foreign)
    ]
    return (*asked, *(rules.added if rules else ()))


# --- words ---


def said(text: Text) -> str:
    """A text of the catalogue in the reader's language."""
    return text.in_language(get_language() or "id")


def sure(verified: str) -> str:
    """How sure we are of it, in words; empty for an office's own."""
    return said(catalogue_facts.verified_label(verified)) if verified else ""


def suggestion(code: str) -> str:
    """Where a default number comes from, and that it is only a suggestion."""
    norm = catalogue.norm(code)
    return _("Saran: %(value)s. %(source)s (%(sure)s).") % {
        "value": norm.value,
        "source": norm.source,
        "sure": sure(norm.verified),
    }
