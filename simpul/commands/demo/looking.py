"""How strong the bodies of the example programme stood before it and after it, as it was seen there."""

from __future__ import annotations

from uuid import UUID

from simpul.commands.demo.deeds import Deed
from simpul.commands.demo.office import organisation_key
from simpul.programmes.actions import strength
from simpul.programmes.models import Member
from simpul.programmes.queries.strength import asked, instrument_of, mark_of


def look(deed: Deed, key: UUID, occasion: str) -> None:
    """The six fields of each body; only what Simpul does not know of itself is asked."""
    told = deed.told["strength"][occasion]
    for name in deed.told["bodies"]:
        member = Member.objects.get(programme=key, organisation=organisation_key(name))
        when = deed.when(told["later"], minutes=60)
        check = strength.begin_for_mentor(
            member, by=deed.by, key=deed.key("strength", occasion, name), occasion=occasion, seen_on=when["on"], **when
        )  # fmt: skip
        seen = {**told["answers"], **told.get("of", {}).get(name, {})}
        open_items = {item.code for item in asked(instrument_of(check), check.known).items}
        answers = {code: level for code, level in seen.items() if code in open_items}
        check = strength.answer_for_mentor(check, by=deed.by, mark=mark_of(check.answers), answers=answers)
        strength.finish_for_mentor(check, by=deed.by, at=when["at"], mark=mark_of(check.answers))
