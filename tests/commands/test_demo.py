"""The example office."""

from __future__ import annotations

import csv
import gzip
from datetime import date

import pytest
from django.db import transaction

from simpul.access import chain
from simpul.access.models import Event, User
from simpul.access.roles import PUBLIC, ROLES
from simpul.cases.models import Case, StageMove
from simpul.catalogue.words import hurtful_in
from simpul.commands import demo, main
from simpul.commands.demo import office, story
from simpul.commands.stop import DONE, STOPPED
from simpul.engines.matching.nik import masked
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.places.actions import DATA
from simpul.screening.models import Screening

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The office made once for all tests here, and unmade after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        story.tell(TODAY)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def made(told, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("made")
class TestTell:
    def test_gives_every_role_somebody_who_signs_in(self):
        roles = set(User.objects.values_list("grants__role", flat=True))
        assert roles == set(ROLES) - {PUBLIC.name}
        assert all(user.check_password(office.OFFICE["password"]) for user in User.objects.all()[:2])

    def test_has_the_five_organisations_with_their_source(self):
        published = Organisation.objects.filter(is_published_example=True)
        assert published.count() == 5
        assert all("Rusmiyati" in organisation.source for organisation in published)

    def test_shows_screenings_in_every_state(self):
        assert {screening.state.value for screening in Screening.objects.all()} == {
            "asking",
            "finished",
            "decided",
            "ended",
        }

    def test_shows_every_kind_of_ending_that_the_story_needs(self):
        endings = set(Screening.objects.exclude(ending="").values_list("ending", flat=True))
        assert endings == {"case", "declined", "already_served"}

    def test_leaves_open_what_nobody_knows(self):
        leman = Screening.objects.get(person__name="Leman")
        assert leman.findings["LUT"]["answer"] == "unknown"

    def test_shows_a_text_that_can_be_read_in_two_ways(self):
        agus = Screening.objects.get(person__name="Agus")
        assert agus.findings["AT"]["answer"] == "unknown"
        assert agus.findings["AT"]["parts"][0]["kind"] == "readings"

    def test_opens_cases_with_what_the_person_hopes_for(self):
        assert Case.objects.count() == 4
        assert all(case.summary and case.need_types for case in Case.objects.all())

    def test_shows_cases_at_different_stages(self):
        stages = set(Case.objects.values_list("stage", flat=True))
        assert stages == {"intake", "assessment", "intervention", "reassessment"}

    def test_moves_no_case_after_the_day_of_the_demo(self):
        days = {move.at.astimezone().date() for move in StageMove.objects.exclude(stage_from="")}
        assert len(days) > 4
        assert max(days) <= TODAY

    def test_went_through_the_gate_at_every_step(self):
        assert list(chain.breaks()) == []
        assert Event.objects.filter(permission="case.open").count() == 4

    def test_uses_no_nik_that_somebody_could_have(self):
        numbers = [person.nik for person in Person.objects.all() if person.nik]
        assert numbers
        assert all(len(nik) == 16 and nik.endswith("0000") and masked(nik) for nik in numbers)

    def test_gives_nobody_the_nik_of_another(self):
        numbers = [person.nik for person in Person.objects.all() if person.nik]
        assert len(set(numbers)) == len(numbers)

    def test_says_nothing_hurtful(self):
        texts = [case.summary for case in Case.objects.all()] + [
            text for each in Organisation.objects.all() for text in (each.about, each.legal_note)
        ]
        assert not [word for text in texts for word in hurtful_in(text)]

    def test_is_known_again(self):
        assert office.is_there()


class TestBirth:
    @pytest.mark.parametrize("today", [date(2026, 11, 21), date(2028, 2, 29), date(2027, 3, 1)])
    def test_gives_the_told_age_on_any_day(self, today):
        for household in office.read("people.toml")["household"]:
            for person in household["person"]:
                born = story.birth(person, today)
                if isinstance(born, date):
                    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
                    assert years == person["age"][0], person["name"]


class TestRun:
    @pytest.fixture(autouse=True)
    def _no_regions(self, monkeypatch):
        monkeypatch.setattr(demo, "prepare", lambda: None)

    def test_refuses_a_folder_that_real_people_work_in(self, db, caseworker, capsys):
        assert main(["demo", "--no-serve"]) == STOPPED
        assert "SIMPUL_DATA" in capsys.readouterr().err
        assert not User.objects.filter(username="rina").exists()

    def test_tells_who_signs_in_and_that_it_is_not_real(self, db, monkeypatch, capsys):
        monkeypatch.setattr(demo, "make_office", lambda options: None)
        monkeypatch.setattr(demo, "ensure_free", lambda host, port: None)
        monkeypatch.setattr(demo, "serve", lambda host, port, workers: None)
        assert main(["demo"]) == DONE
        said = capsys.readouterr().err
        assert all(account.username in said for account in office.accounts())
        assert "data contoh" in said


class TestPlaces:
    def test_are_in_the_list_of_regions(self):
        with gzip.open(DATA / "regions.csv.gz", "rt", encoding="utf-8") as lines:
            codes = {row["code"] for row in csv.DictReader(lines)}
        told = [household["region"] for household in office.read("people.toml")["household"]]
        told += [each["region"] for each in office.OFFICE["organisation"]]
        assert set(told) <= codes

    def test_spread_over_several_districts(self):
        households = office.read("people.toml")["household"]
        assert len({household["region"][:8] for household in households}) >= 5
