"""The capacity programme of the example office: that of the paper, run again with invented answers (programme.toml).

The sums of all answers are those of the paper, so its sixteen means come out; everything else about them is made up,
and the programme is marked so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.catalogue.instruments import get
from simpul.commands.demo.answers import invented
from simpul.commands.demo.completing import accompany, account, hand_over, pay, plan
from simpul.commands.demo.deeds import Deed
from simpul.commands.demo.looking import look
from simpul.commands.demo.meetings import certify, meet
from simpul.commands.demo.office import key_of, organisation_key, read
from simpul.commands.demo.published import confirm
from simpul.instruments.actions import sheets
from simpul.programmes.actions import cohort, evaluation
from simpul.programmes.actions.programme import set_up
from simpul.programmes.models import Member, Participant, Programme
from simpul.programmes.queries.cohort_told import Person
from simpul.programmes.queries.programme_told import Told
from simpul.programmes.stages import Arm, Design, Known

# Invented, and no more than a code and a number.
_NAMED = "Peserta contoh %d"


def steps(today: date, users: Mapping[str, User], by: str) -> list[Callable[[], None]]:
    """From its first visit to its handover, answered twice, evaluated. `by` is the account of a programme officer."""
    told: dict[str, Any] = {**read("programme.toml"), "by": by, "do": "programme", "of": "office"}
    asked = {
        name: Deed(0, users, today, {**told, "ago": told[f"{name}_ago"]}) for name in ("began", "pre", "post")
    }
    return [
        partial(_confirm_types, asked["began"], "types_before"),
        partial(_begin, asked["began"]),
        partial(_answer, asked["pre"], "pre"),
        partial(look, asked["pre"], programme_key(), "before"),
        *(partial(step, asked["pre"], programme_key()) for step in (meet, plan, pay, accompany)),
        partial(account, asked["post"], programme_key()),
        partial(_answer, asked["post"], "post"),
        partial(look, asked["post"], programme_key(), "after"),
        partial(_evaluate, asked["post"]),
        *(partial(step, asked["post"], programme_key()) for step in (certify, hand_over)),
        partial(_confirm_types, asked["post"], "types_after"),
    ]


def programme_key() -> UUID:
    return key_of("programme", "karimun")


def _confirm_types(deed: Deed, when: str) -> None:
    """How bodies stood before it began and after it was over: what they are chosen by, and whether it lasted."""
    told = deed.told[when]
    for key, code in told["codes"].items():
        of_body = {**deed.told, "of": key, "do": when, "by": deed.told["decider"]}
        confirm(replace(deed, told=of_body), {**told, "code": code})


def _begin(deed: Deed) -> None:
    told = deed.told
    where = Where(region=told["area"][0])
    described = Told(
        title=told["title"],
        design=Design.ONE_GROUP,
        area=told["area"],
        starts_on=deed.on(),
        aim=told["aim"],
        instrument=told["instrument"],
        source=told["source"],
        budget=told["budget"],
        partners=told["partners"],
    )
    programme = set_up(where, by=deed.by, key=programme_key(), told=described, **deed.when())
    # No page marks invented answers: they come from here alone.
    Programme.objects.filter(pk=programme.pk).update(is_synthetic=True)
    bodies = [organisation_key(key) for key in told["bodies"]]
    for member in cohort.nominate(programme, by=deed.by, bodies=bodies, **deed.when(minutes=10)):
        on = deed.on()
        member = cohort.note_willing(member, by=deed.by, on=on, willing=Known.YES)
        cohort.choose(member, by=deed.by, on=on, arm=Arm.PROGRAMME, words=told["because"])
    for number, key in enumerate(key for key in bodies for _person in range(told["in_each"])):
        member = Member.objects.get(programme=programme, organisation=key)
        person = Person(_NAMED % (number + 1))
        cohort.add_participant(
            member, by=deed.by, key=deed.key("participant", str(number)), person=person, **deed.when(minutes=20)
        )  # fmt: skip


def _answer(deed: Deed, wave: str) -> None:
    """Everybody's sheet of one test, as it is typed in from paper."""
    told, programme = deed.told, Programme.objects.get(pk=programme_key())
    instrument = get(programme.instrument, programme.instrument_version)
    given = invented(
        instrument.scheme().domains,
        told["sums"],
        bodies=len(told["bodies"]),
        in_each=told["in_each"],
        seed=told["seed"],
    )
    people = Participant.objects.filter(programme=programme).select_related("member").order_by("code")
    where, when = Where(programme.organisation, programme.region), deed.when()
    for number, (person, answers) in enumerate(zip(people, given[wave], strict=True)):
        sheet = sheets.begin(
            where,
            by=deed.by,
            key=deed.key("sheet", wave, str(number)),
            instrument=instrument.code,
            version=instrument.version,
            participant=person.pk,
            series=programme.pk,
            wave=wave,
            about=person.member.organisation_id,
            **when,
        )
        sheet = sheets.answer(sheet, by=deed.by, version=sheet.version, answers=answers, at=when["at"])
        sheets.lock(sheet, by=deed.by, version=sheet.version, at=when["at"])


def _evaluate(deed: Deed) -> None:
    programme = Programme.objects.get(pk=programme_key())
    evaluation.run(programme, by=deed.by, key=deed.key("evaluation"), **deed.when(later=1))
