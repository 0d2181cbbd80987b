"""What should be looked at before a new person is saved. A doubt is shown; it never stops anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.access.models import User
from simpul.engines.matching.nik import Oddity
from simpul.engines.rules import DateRange
from simpul.people.models import Household
from simpul.people.queries.likeness import Likeness, likely_same
from simpul.people.queries.register import household_with_kk, nik_warnings


@dataclass(frozen=True)
class Doubts:
    """People who look the same, what is odd about the NIK, a household with the same family card."""

    likely: list[Likeness]
    nik: list[tuple[Oddity, str]]
    household: Household | None = None

    @property
    def seal(self) -> str:
        """What was shown, so that a second press counts only for the doubts that were seen."""
        codes = [f"same:{one.person.pk}" for one in self.likely] + [
            f"nik:{oddity}" for oddity, _words in self.nik
        ]
        return " ".join(sorted(codes + ([f"kk:{self.household.pk}"] if self.household else [])))

    def unseen(self, seen: str) -> bool:
        """Whether there is a doubt that this worker was not shown yet."""
        return not set(self.seal.split()) <= set(seen.split())

    @property
    def nik_sentences(self) -> list[str]:
        return [words for _oddity, words in self.nik]


def doubts_about_new(
    user: User,
    *,
    name: str,
    born: date | DateRange | None,
    nik: str,
    region: str,
    mother: str,
    sex: str,
    kk: str = "",
    household: UUID | None = None,
) -> Doubts:
    """Everything worth a second look before this person is registered."""
    return Doubts(
        likely=likely_same(user, name=name, born=born, nik=nik, region=region, mother=mother, sex=sex),
        nik=nik_warnings(nik, born=born, sex=sex),
        household=household_with_kk(user, kk) if kk and household is None else None,
    )


def doubts_about_edit(
    user: User, person_id: UUID, *, nik: str, born: date | DateRange | None, sex: str
) -> Doubts:
    """What is odd about a NIK that is changed, and who else has it."""
    same = likely_same(user, nik=nik, apart_from=person_id) if nik else []
    return Doubts(likely=same, nik=nik_warnings(nik, born=born, sex=sex))
