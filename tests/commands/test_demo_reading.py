"""How the demo reads its story, apart from telling it."""

from __future__ import annotations

import csv
import gzip
from datetime import date, timedelta

import pytest

from simpul.access.models import User
from simpul.catalogue import holidays
from simpul.commands import demo, main
from simpul.commands.demo import deeds, journal, networking, office, story
from simpul.commands.stop import DONE, STOPPED
from simpul.places.actions import DATA

TODAY = date(2026, 11, 21)


class TestReadNetwork:
    def test_knows_how_to_do_everything_that_is_told(self):
        told = {deed.told["do"] for deed in networking.read_network(TODAY, _Anybody())}
        assert told == set(networking.DOERS)


class TestReadDeeds:
    def test_knows_how_to_do_everything_that_is_told(self):
        told = {deed.told["do"] for deed in deeds.read_deeds(TODAY, _Anybody())}
        assert told == set(story.OF_BODIES)

    def test_gives_each_line_a_key_of_its_own(self):
        keys = [deed.key() for deed in deeds.read_deeds(TODAY, _Anybody())]
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize("days", range(7))
    def test_happens_on_days_on_which_an_office_is_open(self, days):
        today = TODAY + timedelta(days=days)
        found = deeds.read_deeds(today, _Anybody())
        assert {deed.on(later).weekday() for deed in found for later in range(7)} <= set(range(5))
        assert all(deed.on() < today for deed in found)

    def test_counts_working_days_back(self):
        deed = deeds.Deed(0, {}, TODAY, {"working_ago": 10})
        assert holidays.working_days_between(deed.on(), TODAY) == 10


class TestPutDays:
    def test_puts_days_in_at_every_depth(self):
        told = {"rows": [{"since": {"days_ago": 1}}], "until": {"days_ahead": 2}, "words": "tetap"}
        assert deeds.put_days(told, TODAY) == {
            "rows": [{"since": date(2026, 11, 20)}],
            "until": date(2026, 11, 23),
            "words": "tetap",
        }

    def test_counts_years_also_on_a_leap_day(self):
        told = {"years_ago": 41, "days_ahead": 0}
        assert deeds.put_days(told, date(2028, 2, 29)) == date(1987, 2, 28)


class TestReadLives:
    def test_puts_the_days_of_all_cases_in_order(self):
        entries = journal.read_lives(TODAY, _Anybody())
        moments = [entry.at for entry in entries]
        assert moments == sorted(moments)
        told = [entry.life.name for entry in entries]
        whole = {name for name in told if name.startswith("accompanied ")}
        assert len(set(told) - whole) == 9
        assert len(whole) == 21

    def test_tells_each_line_before_the_day_of_the_demo(self):
        entries = journal.read_lives(TODAY, _Anybody())
        assert all(entry.on < TODAY for entry in entries)

    def test_knows_how_to_do_everything_that_is_told(self):
        entries = journal.read_lives(TODAY, _Anybody())
        assert {entry.told["do"] for entry in entries} == set(story.DOERS)

    def test_gives_each_line_a_key_of_its_own(self):
        keys = [entry.key() for entry in journal.read_lives(TODAY, _Anybody())]
        assert len(set(keys)) == len(keys)


class _Anybody(dict):
    """Every name is somebody: who it is does not matter to the order of days."""

    def __missing__(self, name):
        return name


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
