"""The parts of a copy about what stands beside the work: network and providers, and getting ready for a service."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from simpul.cases.models import Preparation, SupportReview
from simpul.cases.queries.plans import kind_name
from simpul.desk.queries.copy.copying import Copying, Row, Section, row
from simpul.desk.queries.copy.of_cases import case_of, of_cases, section_of


def support_reviews(copying: Copying) -> Section:
    """How able the people around and the providers were; the words tell of others and are left out."""
    rows = of_cases(SupportReview, copying, "on")
    return section_of("support_reviews", _("Jejaring dan penyedia"), rows, _review, copying)


def _review(one: SupportReview, copying: Copying) -> Iterator[Row]:
    for private in (one.network_words, one.providers_words):
        copying.others(private)
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("moment", _("Saat"), one.moment, one.get_moment_display()),
        ("network", _("Jejaring (1-4)"), one.network),
        ("providers", _("Penyedia (1-4)"), one.providers),
        ("by", _("Petugas"), one.by_name),
    )


def preparations(copying: Copying) -> Section:
    """What was done to get ready for each service; who came along is told without names."""
    rows = of_cases(Preparation, copying, "on")
    return section_of("preparations", _("Persiapan untuk layanan"), rows, _preparation, copying)


def _preparation(one: Preparation, copying: Copying) -> Iterator[Row]:
    copying.others(one.company_words)
    kind = one.step.service_kind
    yield row(
        case_of(one),
        ("service_kind", _("Jenis layanan"), kind, kind_name(kind)),
        ("on", _("Tanggal"), one.on),
        ("informed", _("Yang dijelaskan"), copying.words(one.informed)),
        ("difficulties", _("Yang mungkin sulit"), copying.words(one.difficulties)),
        ("practised", _("Yang dilatih"), copying.words(one.practised)),
        ("company", _("Siapa yang menemani"), one.company, one.get_company_display()),
        ("by", _("Petugas"), one.by_name),
    )
