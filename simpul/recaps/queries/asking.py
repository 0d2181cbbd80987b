"""What a recap is asked for, from whichever door: page, interface or command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue import editions
from simpul.catalogue.needs import Edition
from simpul.organisations.queries.office_map import is_within
from simpul.recaps.facts import Asked, Definition
from simpul.recaps.stages import Every, last_ended


def editions_to_ask() -> tuple[Edition, ...]:
    """The lists by which people can be counted."""
    return tuple(one for one in editions.all_editions() if one.is_judgeable)


def day_mistakes(since: date | None, until: date | None, on: date) -> dict[str, str]:
    """What is wrong with the days, by "since" and "until"; nothing where they can be asked for on that day."""
    found = {}
    not_yet = _("Hari itu belum tiba. Pilih hari ini atau sebelumnya.")
    if until and until > on:
        found["until"] = not_yet
    if since and since > on:
        found["since"] = not_yet
    elif since and until and since > until:
        found["since"] = _("Awal jangka sesudah akhirnya. Tukar kedua hari itu.")
    return found


def asked_for(
    definition: Definition,
    *,
    tops: Iterable[str],
    on: date,
    area: str = "",
    since: date | None = None,
    until: date | None = None,
    edition: str = "",
    by_place: bool = False,
    suggested: bool = False,
) -> Asked:
    """What is counted; without days, the month that ended last for a flow and today for a stock. A flow since a day
    after that month runs until today.

    `tops` are the areas of who asks; without an area the first of them. Raises Refusal for what cannot be asked.
    """
    heads = tuple(tops)
    if area and not is_within(area, heads):
        raise Refusal(_("Wilayah itu tidak ada dalam jangkauan Anda. Pilih dari daftar."))
    if edition and edition not in {one.code for one in editions_to_ask()}:
        raise Refusal(_("Daftar jenis itu tidak ada, atau hanya berisi nama. Pilih dari daftar."))
    if mistakes := day_mistakes(since, until, on):
        raise Refusal(" ".join(mistakes.values()))
    uses = definition.uses
    ended = last_ended(on, Every.MONTH).until if "period" in uses else on
    last = until or (on if since and since > ended else ended)
    first = since if since and "period" in uses else last.replace(day=1)
    return Asked(
        since=first,
        until=last,
        area=area or next(iter(heads), ""),
        edition=edition if "edition" in uses else "",
        by_place=by_place and "place" in uses,
        suggested=suggested and "suggested" in uses,
    )
