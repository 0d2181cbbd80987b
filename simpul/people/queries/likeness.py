"""Finding one person among many: candidates by indexed keys, weighed with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.secrets import blind_index
from simpul.engines.matching import likeness as weighing
from simpul.engines.matching.letters import slips_of
from simpul.engines.matching.names import first_sound, longest_sound, name_key, name_sound, sound_of, tokens
from simpul.engines.matching.nik import cleaned
from simpul.engines.reasons import Finding
from simpul.engines.rules import DateRange
from simpul.people.facts import first_and_last
from simpul.people.models import Person, PersonQuerySet
from simpul.places.models import REGENCY_SIGNS

# Per key: more people than this share only a name as common as Siti, and then other keys tell them apart.
FEW = 200
# A part of a name alone says least, and whoever types "Siti" is shown twenty of thousands anyway.
FEW_BY_PART = 60
# A register of so many people is still read from one end to the other when nothing else finds a name.
READ_WHOLE = 50_000

_IN_WORDS: dict[tuple[str, str], Promise] = {
    ("nik", "same"): _("NIK sama"),
    ("nik", "different"): _("NIK berbeda"),
    ("name", "same"): _("nama sama"),
    ("name", "same_sound"): _("nama terdengar sama"),
    ("name", "alike"): _("nama sangat mirip"),
    ("name", "part"): _("sebagian nama sama"),
    ("name", "some_words"): _("ada kata yang sama dalam nama"),
    ("name", "faintly_alike"): _("nama agak mirip"),
    ("name", "different"): _("nama berbeda"),
    ("born", "same"): _("tanggal lahir sama"),
    ("born", "swapped"): _("tanggal dan bulan lahir tertukar"),
    ("born", "one_slip"): _("tanggal lahir beda satu angka"),
    ("born", "estimate_fits"): _("umur cocok dengan perkiraan"),
    ("born", "same_year"): _("tahun lahir sama"),
    ("born", "near"): _("umur berdekatan"),
    ("born", "different"): _("umur berbeda jauh"),
    ("mother", "same"): _("nama ibu sama"),
    ("mother", "alike"): _("nama ibu mirip"),
    ("mother", "different"): _("nama ibu berbeda"),
    ("region", "same_village"): _("desa atau kelurahan sama"),
    ("region", "same_district"): _("kecamatan sama"),
    ("region", "same_regency"): _("kabupaten atau kota sama"),
    ("region", "elsewhere"): _("kabupaten atau kota lain"),
    ("sex", "different"): _("jenis kelamin berbeda"),
}


def agreement_words(about: str, how: str) -> str:
    """How one thing agrees between two records, in words; empty where it is not worth a word."""
    return str(_IN_WORDS.get((about, how), ""))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing compared, in words; `speaks` is yes for the same person, no against, open for neither."""

    words: str
    speaks: str


@dataclass(frozen=True)
class Likeness:
    """A person found, how much the cards look alike, and why."""

    person: Person
    finding: Finding

    @property
    def region(self) -> str:
        return self.person.region

    @property
    def score(self) -> int:
        return int(self.finding.answer)

    @cached_property
    def reasons(self) -> list[Reason]:
        """What speaks for and against, the weightiest first."""
        parts = sorted(self.finding.parts, key=lambda part: -abs(part.values["weight"]))
        told = ((part, agreement_words(part.about, part.values["how"])) for part in parts)
        marks = {"yes": "yes", "no": "no"}
        return [Reason(words, marks.get(str(part.answer), "open")) for part, words in told if words]


def search(
    user: User,
    *,
    name: str = "",
    born: date | DateRange | None = None,
    nik: str = "",
    region: str = "",
    mother: str = "",
    sex: str = "",
    limit: int = 20,
) -> list[Likeness]:
    """People within reach who may be the one looked for, the likeliest first, each with reasons."""
    card = card_of(name=name, born=born, nik=nik, region=region, mother=mother, sex=sex)
    return _weighed(user, card, weighing.POSSIBLE, limit)


def likely_same(
    user: User,
    *,
    name: str = "",
    born: date | DateRange | None = None,
    nik: str = "",
    region: str = "",
    mother: str = "",
    sex: str = "",
    apart_from: UUID | None = None,
    limit: int = 10,
) -> list[Likeness]:
    """People within reach who look like the same person, worth a look before a new one is registered."""
    card = card_of(name=name, born=born, nik=nik, region=region, mother=mother, sex=sex)
    found = _weighed(user, card, weighing.LIKELY, limit + 1)
    return [one for one in found if one.person.pk != apart_from][:limit]


def nik_fingerprint(nik: str) -> bytes | None:
    """The fingerprint by which a NIK is found again; None for none."""
    digits = cleaned(nik)
    return blind_index(digits, "person.nik") if digits else None


def card_of(
    *,
    name: str,
    born: date | DateRange | None,
    nik: str,
    region: str,
    mother: str,
    sex: str,
) -> weighing.Card:
    """What was typed as a card that can be compared."""
    earliest, latest = first_and_last(born)
    return weighing.Card(
        name=name,
        earliest=earliest,
        latest=latest,
        sex=sex,
        nik=nik_fingerprint(nik),
        mother=name_key(mother)[:250],
        region=region,
    )


def _weighed(user: User, card: weighing.Card, least: int, limit: int) -> list[Likeness]:
    # By the name and number of a record that was merged, too: whoever knows only those must find the person.
    reach = Person.everybody.reachable(user, Permission.PERSON_SEARCH)
    people = list(reach.filter(_among(list(_candidates(reach, card)))))
    weighed = [Likeness(person, _likeness(person, card)) for person in people]
    if card.key and not any(_fits_by_name(one) for one in weighed):
        seen = {person.pk for person in people}
        more = (person for person in _further(reach, card, is_anybody=bool(people)) if person.pk not in seen)
        weighed += [Likeness(person, _likeness(person, card)) for person in more]
    kept = [one for one in weighed if one.score >= least or _is_same_nik(one)]
    found = _as_known_now(user, kept)
    return sorted(found, key=lambda one: (-one.score, one.person.name, str(one.person.pk)))[:limit]


def _further(reach: PersonQuerySet, card: weighing.Card, *, is_anybody: bool) -> list[Person]:
    """Where no name found so far fits: names that sound as if one letter was typed wrongly; then any part of a name."""
    slipped: list[Person] = list(reach.filter(name_sound__in=slips_of(card.sound))[:FEW])
    if slipped or is_anybody or _is_large():
        return slipped
    # The slow way through the whole table: the word looked for may stand in the middle.
    return list(reach.filter(Q(*_holding_each_word(card.name)))[:FEW])


def _is_large() -> bool:
    """Whether reading the whole register would keep somebody waiting. A name's first and longest word still find it."""
    return bool(Person.everybody.order_by().values("pk")[READ_WHOLE : READ_WHOLE + 1])


_OF_THE_NAME = frozenset({"same", "same_sound", "alike", "part"})


def _fits_by_name(one: Likeness) -> bool:
    return any(part.about == "name" and part.values["how"] in _OF_THE_NAME for part in one.finding.parts)


def _as_known_now(user: User, found: list[Likeness]) -> list[Likeness]:
    """Each person once, as the record says into which another one was merged; by what fits best."""
    into = {one.person.merged_into_id for one in found} - {None}
    if not into:
        return found
    reach = Person.objects.reachable(user, Permission.PERSON_SEARCH)
    survivors = {person.pk: person for person in reach.filter(pk__in=into)}
    best: dict[UUID, Likeness] = {}
    for one in found:
        person = survivors.get(one.person.merged_into_id) if one.person.merged_into_id else one.person
        if person is not None and (person.pk not in best or best[person.pk].score < one.score):
            best[person.pk] = Likeness(person, one.finding)
    return list(best.values())


def _likeness(person: Person, card: weighing.Card) -> Finding:
    """By the name, or by what the person is called where that fits better."""
    by_name = weighing.likeness(card, person.card)
    if not person.called:
        return by_name
    by_called = weighing.likeness(card, replace(person.card, name=person.called))
    return by_called if by_called.answer > by_name.answer else by_name


def _is_same_nik(one: Likeness) -> bool:
    return any(part.about == "nik" and part.values["how"] == "same" for part in one.finding.parts)


def _holding_each_word(name: str) -> Iterator[Q]:
    for word in tokens(name):
        yield Q(name_key__contains=word) | Q(called__icontains=word)


def _candidates(reach: PersonQuerySet, card: weighing.Card) -> Iterator[PersonQuerySet]:
    """One narrow question per key, each answered by an index of its own."""
    sound, first, longest = name_sound(card.name), first_sound(card.name), longest_sound(card.name)
    exact = card.earliest if card.earliest == card.latest else None
    regency = card.region[:REGENCY_SIGNS] if len(card.region) >= REGENCY_SIGNS else ""
    if card.nik:
        yield reach.filter(nik_index=card.nik)
    if exact and card.sound:
        yield reach.filter(name_sound=sound, born_earliest=exact)
    if card.mother and card.sound:
        yield reach.filter(name_sound=sound, mother_name_key=card.mother)
    if exact and regency:
        yield reach.filter(born_earliest=exact, regency=regency)
    if exact and card.mother:
        yield reach.filter(born_earliest=exact, mother_name_key=card.mother)
    if longest and card.region:
        yield reach.filter(name_long=longest, region=card.region)
        yield reach.filter(name_first=first, region=card.region)
    if card.mother and card.region:
        yield reach.filter(mother_name_key=card.mother, region=card.region)
    if sound and regency:
        yield reach.filter(name_sound=sound, regency=regency)
    if longest and regency and card.earliest and card.latest:
        years = range(card.earliest.year, card.latest.year + 1)
        yield reach.filter(name_long=longest, regency=regency, born_year__in=years)
    yield from _by_name_alone(reach, card, sound)


def _by_name_alone(reach: PersonQuerySet, card: weighing.Card, sound: str) -> Iterator[PersonQuerySet]:
    """Somebody who looks for a person may know nothing but a part of the name."""
    if not sound:
        return
    parts = sorted({sound_of(word) for word in tokens(card.name)})
    yield reach.filter(name_sound=sound)
    yield reach.filter(called_sound=sound)
    yield reach.filter(name_first__in=parts)[:FEW_BY_PART]
    yield reach.filter(name_long__in=parts)[:FEW_BY_PART]


def _among(questions: list[PersonQuerySet]) -> Q:
    """All the answers in one statement: a union of limited questions, which the ORM cannot write on SQLite."""
    if not questions:
        return Q(pk__in=[])
    texts: list[str] = []
    values: list[Any] = []
    for number, question in enumerate(questions):
        limited = question if question.query.is_sliced else question[:FEW]
        text, parameters = limited.values("pk").query.sql_with_params()
        texts.append(f"SELECT * FROM ({text}) AS key_{number}")  # noqa: S608 - Django's own statement
        values.extend(parameters)
    return Q(pk__in=RawSQL(" UNION ".join(texts), values))  # noqa: S611 - and its own parameters
