from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import polars as pl
import pytest

from simpul.access.files import opened, path_of
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.population.models import Forgotten, KeptRegister
from simpul.population.queries import newest, register_on, within
from tests.access.factories import user_with
from tests.population.factories import ON, kept, register_of, row

VIEW = Permission.POPULATION_VIEW


def keys(register) -> set[str]:
    return set(register.people.get_column("person"))


@pytest.mark.django_db
class TestRegisterOn:
    def test_is_none_where_nothing_is_kept(self):
        assert register_on(ON) is None

    def test_gives_back_what_was_kept(self):
        made = register_of([row(confirmed=("LUT",), rule_yes=("LUT", "PD"), age=70), row(sex="L")])
        kept(made)
        found = register_on(ON)
        assert found.people.equals(made.people)
        assert (found.types, found.on, found.edition) == (made.types, made.on, made.edition)

    def test_takes_the_newest_at_or_before_the_day(self):
        for day, people in ((20, 1), (21, 2), (22, 3)):
            kept(register_of([row() for _ in range(people)], on=date(2026, 11, day)))
        assert register_on(date(2026, 11, 21)).people.height == 2
        assert register_on(date(2026, 12, 31)).people.height == 3
        assert register_on(None).people.height == 3
        assert register_on(date(2026, 11, 19)) is None

    def test_knows_only_its_own_edition(self):
        kept(register_of([row()], edition="seed004-28"))
        assert register_on(ON) is None
        assert register_on(ON, "seed004-28").people.height == 1

    def test_leaves_out_at_once_who_was_erased(self):
        gone, here = row(), row()
        kept(register_of([gone, here]))
        assert len(keys(register_on(ON))) == 2
        Forgotten.objects.create(subject=UUID(gone["person"]))
        assert keys(register_on(ON)) == {here["person"]}

    def test_refuses_a_file_that_was_altered(self):
        made = kept(register_of([row()]))
        place = path_of(made)
        place.write_bytes(place.read_bytes()[:-1] + b"x")
        with pytest.raises(Refusal):
            register_on(ON)

    def test_is_not_readable_in_the_folder(self):
        someone = row(confirmed=("LUT",))
        made = kept(register_of([someone]))
        assert someone["person"].encode() not in path_of(made).read_bytes()
        assert b"PAR1" in opened(made)


@pytest.mark.django_db
class TestWithin:
    def test_is_nobody_for_a_stranger(self, administrator: User):
        assert within(register_of([row()]), administrator, VIEW).people.height == 0

    def test_is_the_organisation_of_the_grant(self, head: User, organisation: UUID, other_organisation: UUID):
        ours = row(organisation=organisation, region="")
        rows = [ours, row(organisation=other_organisation), row(organisation=None)]
        assert keys(within(register_of(rows), head, VIEW)) == {ours["person"]}

    def test_is_the_area_of_the_grant_and_no_other_that_begins_alike(self, officer: User):
        inside = [row(region="21.02"), row(region="21.02.10.2003", organisation=None)]
        outside = [row(region="21.021"), row(region="21.01.01"), row(region="")]
        found = within(register_of(inside + outside), officer, VIEW)
        assert keys(found) == {told["person"] for told in inside}

    def test_is_both_where_the_grant_names_both(self, db: None, organisation: UUID):
        user = user_with("head_of_lks", organisation=organisation, region="21.02")
        inside = row(region="21.02.01")
        rows = [inside, row(region="21.03"), row(region="21.02.01", organisation=uuid4())]
        assert keys(within(register_of(rows), user, VIEW)) == {inside["person"]}

    def test_is_everybody_for_who_acts_everywhere(self, db: None):
        registrar = user_with("registrar")
        assert within(register_of([row(), row(region="")]), registrar, VIEW).people.height == 2


@pytest.mark.django_db
class TestNewest:
    def test_is_empty_before_the_first_night(self):
        found = newest()
        assert (found.kept, found.job, found.is_running) == (None, None, False)

    def test_is_the_newest_of_the_usual_edition(self):
        kept(register_of([row()], on=date(2026, 11, 1)))
        last = kept(register_of([row()], on=date(2026, 11, 2)))
        kept(register_of([row()], on=date(2026, 11, 3), edition="seed004-28"))
        assert newest().kept == KeptRegister.objects.get(pk=last.pk)


class TestRegister:
    def test_says_who_has_a_type(self):
        made = register_of([row(confirmed=("AT",)), row(confirmed=("LUT", "PD")), row()])
        assert made.people.filter(made.of_type("LUT", "confirmed")).height == 1
        assert made.people.select(pl.col("confirmed")).to_series().to_list() == [2, 12, 0]

    def test_knows_no_type_of_another_edition(self):
        with pytest.raises(KeyError):
            register_of([]).of_type("XYZ", "confirmed")
