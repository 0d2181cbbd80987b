from __future__ import annotations

import io
import random
from datetime import date, timedelta

import polars as pl
import pytest

from simpul.access.files import amiss, leaves_no_file_behind, opened, path_of
from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.reasons import Answer
from simpul.people.models import Fact, Person
from simpul.people.queries import known_values
from simpul.population import reactions
from simpul.population.actions.keeping import _keep_row, _one_at_a_time
from simpul.population.actions.wishes import ERASER
from simpul.population.facts import codes_in
from simpul.population.models import Drawer, Forgotten, KeptRegister
from simpul.population.queries import read_register, register_on
from simpul.population.queries.changes import changes_between
from simpul.population.queries.opening import Source
from simpul.population.queries.register import Register
from tests.population.factories import kept, register_of, row
from tests.population.people import AT, ON, answer, random_people

EDITIONS = ("permensos-8-2012", "seed004-28")
pytestmark = pytest.mark.django_db


def screened(on=ON, at=AT + timedelta(days=1), **how):
    return reactions.screen(Where(), by=THE_MACHINE, on=on, at=at, **how)


def judged_one_by_one(people: list[Person], code: str, on=ON) -> dict[str, tuple[set, set]]:
    """What `judge` says of each person: the types that fit, and those that are not known."""
    found = {}
    for person in people:
        findings = editions.get(code).judge(known_values(person, on), on)
        yes, unknown = (
            {code for code, finding in findings.items() if finding.answer is answer}
            for answer in (Answer.YES, Answer.UNKNOWN)
        )
        found[str(person.pk)] = (yes, unknown)
    return found


def bits_of(code: str, on=ON) -> dict[str, tuple[set, set]]:
    made = register_on(on, code)
    return {
        person: (set(codes_in(yes, made.types)), set(codes_in(unknown, made.types)))
        for person, yes, unknown in made.people.select("person", "rule_yes", "rule_unknown").iter_rows()
    }


class TestScreen:
    @pytest.mark.parametrize("code", EDITIONS)
    @pytest.mark.parametrize("seed", range(4))
    def test_says_of_everybody_what_judge_says_of_each(self, seed, code):
        people = random_people(60, seed, share=(0.2, 0.5, 0.9, 1.0)[seed])
        screened(codes=EDITIONS)
        assert bits_of(code) == judged_one_by_one(people, code)

    def test_finds_something_to_say(self):
        random_people(60, 2, share=0.9)
        screened()
        words = register_on(ON).people.select(pl.col("rule_yes") != 0, pl.col("rule_unknown") != 0)
        assert all(0 < words.get_column(word).sum() < 60 for word in words.columns[:1])

    def test_says_the_same_when_only_what_is_new_was_opened(self):
        people = random_people(60, 5)
        screened(on=ON - timedelta(days=1))
        chance = random.Random(9)
        asked = [one for one in catalogue_facts.asked_facts().values() if one.of == "person"]
        for person in people[:5]:
            row = answer(chance, chance.choice(asked), person=person)
            row.noted_at = AT + timedelta(days=2)
            row.save()
        screened()
        partly = bits_of(EDITIONS[0])
        assert partly == judged_one_by_one(people, EDITIONS[0])
        screened(anew=True)
        assert bits_of(EDITIONS[0]) == partly

    def test_opens_nothing_twice(self, monkeypatch):
        people = random_people(30, 6)
        screened()
        opened = []
        original = Source.lines
        monkeypatch.setattr(
            Source, "lines", lambda self, shelf, which: opened.append(which) or original(self, shelf, which)
        )
        screened()
        assert opened == []
        Fact.objects.filter(person=people[3]).first().delete()
        screened()
        assert opened == [[str(people[3].pk)]]

    def test_sees_what_was_laid_to_somebody_else(self):
        first, second = random_people(12, 7)[:2]
        screened()
        Fact.objects.filter(person=first).update(person=second)
        screened()
        fresh = bits_of(EDITIONS[0])
        screened(anew=True)
        assert bits_of(EDITIONS[0]) == fresh

    @pytest.mark.parametrize("of", [2, 8])
    def test_does_not_depend_on_how_many_drawers_there_are(self, of, monkeypatch):
        people = random_people(40, 8)
        screened()
        monkeypatch.setattr(reactions, "drawers_for", lambda count: of)
        screened()
        assert bits_of(EDITIONS[0]) == judged_one_by_one(people, EDITIONS[0])
        assert set(Drawer.objects.values_list("of", flat=True)) == {of}

    def test_leaves_alone_who_is_limited_or_was_erased(self):
        limited, erased, other = random_people(3, 3, share=1.0)
        Person.objects.filter(pk=limited.pk).update(limited_since=AT)
        Person.objects.filter(pk=erased.pk).update(erased_at=AT)
        screened()
        people = register_on(ON).people
        assert set(people.get_column("person")) == {str(limited.pk), str(other.pk)}
        told = people.filter(pl.col("person") == str(limited.pk)).row(0, named=True)
        assert (told["judged"], told["rule_yes"], told["rule_unknown"]) == (False, 0, 0)

    def test_knows_nobody_who_was_registered_later(self):
        random_people(3, 3)
        assert screened(on=AT.date() - timedelta(days=1))[0].people == 0
        assert screened()[0].people == 3

    def test_needs_the_right_to_it(self, caseworker, officer):
        with pytest.raises(NotAllowed):
            reactions.screen(Where(), by=caseworker, on=ON, at=AT)
        with pytest.raises(NotAllowed):
            reactions.screen(Where(), by=officer, on=ON, at=AT)
        assert reactions.screen(Where(region="21.02"), by=officer, on=ON, at=AT)

    def test_goes_on_only_one_at_a_time(self):
        with _one_at_a_time(), pytest.raises(Refusal):
            screened()

    def test_tells_how_far_it_is(self):
        random_people(5, 1)
        heard = []
        screened(progress=lambda done, total: heard.append((done, total)))
        assert (heard[0], heard[-1]) == ((0, 5), (5, 5))


class TestCauses:
    def cause_of(self, person: Person, code: str, *between) -> list[str]:
        found = changes_between(*between)
        mine = found.filter((pl.col("person") == str(person.pk)) & (pl.col("type") == code))
        return mine.get_column("cause").to_list()

    def both(self, change, *, days: int = 1):
        """The registers before and after something happened."""
        before = ON - timedelta(days=days)
        screened(on=before, at=AT - timedelta(days=days))
        old = register_on(before)
        change()
        screened()
        return old, register_on(ON)

    @pytest.fixture
    def person(self) -> Person:
        """Somebody of 59 who turns 60 on the day: whether the type of older people fits is then open."""
        (made,) = random_people(1, 1, share=0.0)
        made.born_earliest = made.born_latest = ON.replace(year=ON.year - 60)
        made.registered_at = AT - timedelta(days=400)
        made.save()
        return made

    def test_is_the_birthday_where_nothing_was_said(self, person):
        old, new = self.both(lambda: None)
        assert self.cause_of(person, "LUT", old, new) == ["birthday"]

    def test_is_the_answer_where_something_was_said(self, person):
        Person.objects.update(born_earliest=date(1950, 1, 1), born_latest=date(1950, 1, 1))
        old, new = self.both(lambda: Fact.objects.bulk_create(left_in_need(person)))
        assert self.cause_of(person, "LUT", old, new) == ["fact"]

    def test_is_time_where_an_answer_grew_too_old(self, person):
        Person.objects.update(born_earliest=date(1950, 1, 1), born_latest=date(1950, 1, 1))
        Fact.objects.bulk_create(left_in_need(person, until=ON - timedelta(days=1)))
        old, new = self.both(lambda: None)
        assert self.cause_of(person, "LUT", old, new) == ["lapsed"]

    def test_is_the_edition_where_its_text_is_another(self, person):
        self.both(lambda: None, days=2)
        KeptRegister.objects.update(digest="f" * 64)
        register = register_on(ON)
        # As if the older text had said that the type fits.
        row = KeptRegister.objects.get(pk=register.key)
        changed = register.people.with_columns(
            rule_yes=pl.col("rule_yes") | 1, rule_unknown=pl.lit(0, pl.UInt64)
        )
        made = kept_again(row, changed, register.types)
        screened(on=ON + timedelta(days=1), at=AT + timedelta(days=3))
        found = changes_between(made, register_on(ON + timedelta(days=1)))
        assert set(found.get_column("cause")) == {"edition"}

    def test_is_remembered_over_nights_without_a_change(self, person):
        old, _ = self.both(lambda: None)
        for days in (1, 2, 3):
            screened(on=ON + timedelta(days=days), at=AT + timedelta(days=days + 2))
        newest = register_on(ON + timedelta(days=3))
        assert self.cause_of(person, "LUT", old, newest) == ["birthday"]


def left_in_need(person: Person, until: date | None = None) -> list[Fact]:
    """What settles the type of older people, said lately or (with an end) some time ago."""
    rows = []
    for name, value in (("basic_needs_met", False), ("left_alone", True)):
        row = Fact(
            person=person,
            state="known",
            source="self",
            noted_at=AT if until is None else AT - timedelta(days=30),
            noted_by=person.pk,
            noted_by_name="Yanti",
            valid_from=ON - timedelta(days=20),
            valid_until=until,
        )
        row.say(name, value)
        rows.append(row)
    return rows


def kept_again(row: KeptRegister, people: pl.DataFrame, types) -> Register:
    leaves_no_file_behind(_keep_row)(row, people, types)
    row.save()
    return register_on(row.on)


class TestForgetting:
    def test_takes_an_erased_person_out_of_every_file(self):
        gone, here = random_people(2, 4, share=1.0)
        first = screened(on=ON - timedelta(days=1))[0]
        ERASER(gone)
        Person.objects.filter(pk=gone.pk).update(erased_at=AT)
        assert read_register(first).people.height == 1
        screened()
        assert not Forgotten.objects.exists()
        for held in KeptRegister.objects.all():
            assert str(gone.pk) not in people_in_file(held)
        for drawer in Drawer.objects.filter(kind="person"):
            frame = pl.read_parquet(io.BytesIO(opened(drawer)))
            assert str(here.pk) in frame.get_column("subject")

    def test_does_not_bring_back_who_is_erased_meanwhile(self):
        gone, _ = random_people(2, 4, share=1.0)

        def erasing(done: int, total: int) -> None:
            if not done:
                ERASER(gone)
                Person.objects.filter(pk=gone.pk).update(erased_at=AT)

        (row,) = screened(on=ON - timedelta(days=1), progress=erasing)
        assert str(gone.pk) in people_in_file(row)
        assert str(gone.pk) not in read_register(row).people.get_column("person")
        screened()
        assert not any(str(gone.pk) in people_in_file(held) for held in KeptRegister.objects.all())

    def test_forgets_what_was_merged_into_the_erased(self):
        person, known_before, _ = random_people(3, 4, share=1.0)
        first = screened(on=ON - timedelta(days=1))[0]
        Person.objects.filter(pk=known_before.pk).update(merged_into=person)
        ERASER(person)
        assert {str(person.pk), str(known_before.pk)}.isdisjoint(
            read_register(first).people.get_column("person")
        )

    def test_opens_what_was_emptied_in_place(self):
        gone, _ = random_people(2, 4, share=1.0)
        screened(on=ON - timedelta(days=1))
        rows = list(Fact.objects.filter(person=gone))
        for fact in rows:
            fact.state = "unknown"
            fact.say("", None)
        Fact.objects.bulk_update(rows, ["state", "said_sealed", "name_index"])
        ERASER(gone)
        screened()
        drawer = Drawer.objects.get(kind="person")
        frame = pl.read_parquet(io.BytesIO(opened(drawer))).filter(pl.col("subject") == str(gone.pk))
        assert set(frame.get_column("name")) == {""}


def people_in_file(held: KeptRegister) -> list[str]:
    return pl.read_parquet(io.BytesIO(opened(held))).get_column("person").to_list()


class TestKeeping:
    def test_keeps_the_last_weeks_each_end_of_a_month_and_what_is_needed(self):
        for back in range(1, 120, 3):
            kept(register_of([row()], on=ON - timedelta(days=back)))
        needed = KeptRegister.objects.get(on=ON - timedelta(days=61))
        KeptRegister.objects.filter(pk=needed.pk).update(is_needed=True)
        screened()
        days = set(KeptRegister.objects.values_list("on", flat=True))
        recent = {ON} | {ON - timedelta(days=back) for back in range(1, 35, 3)}
        assert recent <= days
        assert needed.on in days
        assert {day for day in days if day.month == 8} == {date(2026, 8, 29)}

    def test_keeps_one_of_a_day_and_throws_its_file_away(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            (first,) = screened()
        old = path_of(first)
        with django_capture_on_commit_callbacks(execute=True):
            screened(at=AT + timedelta(days=1, hours=1))
        assert KeptRegister.objects.filter(on=ON).count() == 1
        assert not old.exists()

    def test_leaves_the_old_one_when_it_is_broken_off(self, monkeypatch):
        random_people(5, 2)
        screened()
        before = register_on(ON).people

        def broken(*given, **named):
            raise KeyboardInterrupt

        monkeypatch.setattr(reactions, "keep_screened", broken)
        with pytest.raises(KeyboardInterrupt):
            screened(anew=True)
        assert register_on(ON).people.equals(before)
        assert amiss().lost == ()

    def test_takes_away_what_a_killed_run_left(self):
        (first,) = screened()
        stray = path_of(first).with_name("stray")
        stray.write_bytes(b"half")
        screened(at=AT + timedelta(days=1, hours=1))
        assert not stray.exists()
