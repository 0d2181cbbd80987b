from datetime import date
from uuid import uuid5

import pytest

from simpul.access import chain
from simpul.access.models import Event
from simpul.access.refusal import Refusal
from simpul.imports import actions
from simpul.imports.models import Doubt, Made
from simpul.imports.queries.hanging import said_keys
from simpul.people import queries as people_queries
from simpul.people.models import Fact, Household, Person
from tests.imports.factories import (
    AMINAH,
    AT,
    HEADINGS,
    ON,
    RIZKI,
    csv,
    loaded,
    officer,
    plan,
    sent,
    supervisor,
    tried,
    xlsx,
)
from tests.people import factories as people

pytestmark = pytest.mark.django_db
NEW = {"new": 2, "added": 0, "known": 0, "doubtful": 0, "refused": 0}


def counts(batch):
    return {fate: count for fate, count in batch.counts.items() if count}


class TestRun:
    @pytest.mark.parametrize("make", [csv, xlsx])
    def test_registers_everybody_who_is_new(self, boss, make):
        assert loaded(boss, make(AMINAH, RIZKI)).counts == NEW
        aminah = Person.objects.get(name="Siti Aminah")
        assert (aminah.nik, aminah.sex, aminah.born) == (AMINAH[0], "P", date(1954, 3, 12))
        assert (aminah.organisation, aminah.region) == (people.ORGANISATION, people.VILLAGE)

    def test_makes_the_same_row_as_registering_by_hand(self, boss):
        loaded(boss, csv(AMINAH))
        listed = Person.objects.get()
        alone = people.person(boss, name="Siti Aminah", nik=AMINAH[0])
        same = [f.attname for f in Person._meta.concrete_fields if not f.attname.endswith(("_sealed", "_at"))]
        left = {name: getattr(listed, name) for name in same} | {"id": "", "household_id": ""}
        right = {name: getattr(alone, name) for name in same} | {"id": "", "household_id": ""}
        assert left == right

    def test_puts_a_family_into_one_home(self, boss):
        card = "2102010101010001"
        rows = [(*AMINAH, card, "Kepala Keluarga"), (*RIZKI, card, "cucu")]
        loaded(boss, csv(*rows, headings=(*HEADINGS, "No KK", "SHDK")))
        home = Household.objects.get()
        assert home.kk == card
        assert set(home.members.values_list("relation_to_head", flat=True)) == {"head", "grandchild"}

    def test_joins_a_family_that_is_known_by_its_card(self, boss):
        card = "2102010101010001"
        known = people.person(boss, name="Kartini", kk=card)
        loaded(boss, csv((*AMINAH, card), headings=(*HEADINGS, "No KK")))
        assert Person.objects.get(name="Siti Aminah").household == known.household

    def test_keeps_what_the_list_says_with_its_day_and_without_its_name(self, boss):
        loaded(boss, csv((*AMINAH, "Ya"), headings=(*HEADINGS, "Punya KTP")), source="document")
        aminah = Person.objects.get()
        held = people_queries.facts_on(aminah, ON)
        assert (held["has_id_card"].value, held["has_id_card"].source) == (True, "document")
        assert held["born"].valid_from == date(2026, 10, 1)
        assert {one.noted_by_name for one in Fact.objects.all()} == {
            "Bu Rahma, dari daftar tanggal 1 Oktober 2026"
        }

    def test_tells_in_no_key_which_question_was_answered(self, boss):
        batch = loaded(boss, csv((*AMINAH, "Ya"), headings=(*HEADINGS, "Punya KTP")))
        (key,) = said_keys(batch)
        assert Fact.objects.get(pk=key).name == "has_id_card"
        assert key not in {uuid5(batch.pk, f"said {number} has_id_card") for number in range(1, 4)}

    def test_changes_nothing_about_who_is_known_by_their_nik(self, boss):
        known = people.person(boss, name="Siti Aminah", nik=AMINAH[0], born=date(1950, 1, 1))
        batch = loaded(boss, csv(AMINAH))
        known.refresh_from_db()
        assert (counts(batch), known.born, known.version) == ({"known": 1}, date(1950, 1, 1), 1)

    def test_adds_to_who_is_known_only_what_is_news(self, boss):
        known = people.person(boss, nik=AMINAH[0])
        headings = (*HEADINGS, "Punya KTP")
        assert counts(loaded(boss, csv((*AMINAH, "Ya"), headings=headings))) == {"added": 1}
        assert counts(loaded(boss, csv((*AMINAH, "ya"), headings=headings))) == {"known": 1}
        assert Fact.objects.filter(person=known).named("has_id_card").count() == 1

    def test_does_not_join_two_people_because_a_number_is_the_same(self, boss):
        people.person(boss, name="Bambang Wijaya", sex="L", nik=AMINAH[0])
        assert counts(loaded(boss, csv(AMINAH))) == {"doubtful": 1}

    def test_lays_who_may_be_known_aside(self, boss):
        known = people.person(boss, name="Siti Aminah")
        batch = loaded(boss, csv(("", *AMINAH[1:]), RIZKI))
        doubt = Doubt.objects.get()
        assert counts(batch) == {"new": 1, "doubtful": 1}
        assert (doubt.likes, doubt.row["changes"]["name"]) == ([str(known.pk)], "Siti Aminah")

    def test_refuses_a_row_without_stopping_the_others(self, boss):
        batch = loaded(boss, csv(AMINAH, ("2.10E+15", "Budi", "L", "1990-01-01"), ("", "", "L", "")))
        assert counts(batch) == {"new": 1, "refused": 2}
        assert [number for number, _why in batch.refused] == [3, 4]

    def test_refuses_one_number_for_two_names(self, boss):
        batch = loaded(boss, csv(AMINAH, (AMINAH[0], "Bambang Wijaya", "L", "")))
        assert counts(batch) == {"refused": 2}
        assert "dipakai nama lain di baris 3" in batch.refused[0][1]

    def test_takes_the_same_person_of_a_file_once(self, boss):
        batch = loaded(boss, csv(AMINAH, AMINAH))
        assert counts(batch) == {"new": 1, "refused": 1}
        assert "sudah ada di baris 2" in batch.refused[0][1]

    def test_changes_nothing_with_the_same_rows_again(self, boss):
        without = ("", "Kakek Tanpa Nomor", "L", "umur 80")
        loaded(boss, csv(AMINAH, without))
        again = loaded(boss, xlsx(without, AMINAH))
        assert counts(again) == {"known": 2}
        assert Person.objects.count() == 2

    def test_refuses_who_lives_outside_the_reach(self, boss):
        headings = (*HEADINGS, "Kode Wilayah")
        batch = loaded(boss, csv((*AMINAH, "93.01.01"), (*RIZKI, "2102102004"), headings=headings))
        assert counts(batch) == {"new": 1, "refused": 1}
        assert Person.objects.get().region == "21.02.10.2004"

    def test_finds_the_village_by_its_names(self, boss):
        headings = (*HEADINGS, "Desa", "Kec")
        rows = [(*AMINAH, "DESA PANGKEE BARAT", "Kec. Meral Barat"), (*RIZKI, "Moro", "Moro")]
        batch = loaded(boss, csv(*rows, headings=headings))
        assert set(Person.objects.values_list("region", flat=True)) == {"21.02.10.2004", "21.02.01.1001"}
        assert batch.picture["corrected"] == [["DESA PANGKEE BARAT", "Pangkebarat"]]

    def test_keeps_what_the_list_called_somebody_as_quoted(self, boss):
        loaded(boss, csv((*AMINAH, "Lansia Terlantar"), headings=(*HEADINGS, "Jenis PMKS")))
        made = Made.objects.get(table="person")
        assert (made.said, b"LUT" in bytes(made.said_sealed)) == ("LUT", False)

    def test_is_three_events_and_not_one_for_each_row(self, boss):
        batch = tried(boss, csv(AMINAH, RIZKI))
        before = Event.objects.count()
        seen = plan(batch, boss)
        actions.run(batch, by=boss, plan=seen, version=batch.version, on=ON, at=AT)
        fresh = Event.objects.filter(number__gt=before)
        assert [event.permission for event in fresh] == ["person.register", "import.make", "import.make"]
        assert {event.subject_key for event in fresh} == {str(batch.pk)}
        assert not list(chain.breaks())

    def test_is_done_once_however_often_it_is_begun(self, boss):
        batch = tried(boss, csv(AMINAH))
        seen = plan(batch, boss)
        for _time in range(2):
            actions.run(batch, by=boss, plan=seen, version=batch.version, on=ON, at=AT)
        assert Person.objects.count() == 1

    def test_looks_again_where_somebody_was_registered_meanwhile(self, boss):
        batch = tried(boss, csv(AMINAH))
        seen = plan(batch, boss)
        people.person(boss, nik=AMINAH[0])
        with pytest.raises(actions.Moved):
            actions.run(batch, by=boss, plan=seen, version=batch.version, on=ON, at=AT)

    def test_writes_nothing_where_one_thing_goes_wrong(self, boss, monkeypatch):
        batch = tried(boss, csv(AMINAH, RIZKI))
        seen = plan(batch, boss)
        seen.new[1].changes["name"] = "x" * 300
        with pytest.raises(Refusal):
            actions.run(batch, by=boss, plan=seen, version=batch.version, on=ON, at=AT)
        assert (Person.objects.count(), Household.objects.count(), Made.objects.count()) == (0, 0, 0)

    def test_loads_nothing_that_nobody_tried(self, boss):
        batch = sent(boss, csv(AMINAH))
        with pytest.raises(actions.NotNow):
            actions.run(batch, by=boss, plan=plan(batch, boss), version=batch.version, on=ON, at=AT)


class TestRunOfFacts:
    def test_adds_to_who_is_known_and_refuses_who_is_not(self, boss):
        known = people.person(boss, nik=AMINAH[0])
        headings = ("NIK", "Nama", "Punya KTP", "Kepemilikan rumah")
        rows = [(AMINAH[0], "Siti Aminah", "tidak", "Sewa"), (RIZKI[0], "Rizki", "ya", "")]
        batch = loaded(boss, csv(*rows, headings=headings), kind="facts")
        held = people_queries.facts_on(known, ON)
        assert (held["has_id_card"].value, held["house_tenure"].value) == (False, "rent")
        assert counts(batch) == {"added": 1, "refused": 1}

    def test_takes_one_answer_a_row(self, boss):
        known = people.person(boss, nik=AMINAH[0])
        headings = ("NIK", "Pertanyaan", "Jawaban")
        rows = [
            (AMINAH[0], "Status perkawinan", "Janda"),
            (AMINAH[0], "Apakah ia punya KTP?", "ya"),
            (AMINAH[0], "Hobi", "x"),
        ]
        batch = loaded(boss, csv(*rows, headings=headings), kind="facts_down")
        held = people_queries.facts_on(known, ON)
        assert (held["marital"].value, held["has_id_card"].value) == ("cerai_mati", True)
        assert counts(batch) == {"added": 2, "refused": 1}

    def test_asks_about_a_name_that_is_not_theirs_once(self, boss):
        known = people.person(boss, nik=AMINAH[0])
        headings, row = ("NIK", "Nama", "Punya KTP", "Ket"), (AMINAH[0], "Bambang", "ya")
        batch = loaded(boss, csv((*row, "1"), headings=headings), kind="facts")
        assert counts(batch) == {"doubtful": 1}
        held = actions.decide(
            batch.doubts.get(), by=boss, version=1, decided="same", person=known.pk, on=ON, at=AT
        )
        assert (held.person, people_queries.facts_on(known, ON)["has_id_card"].value) == (known.pk, True)
        assert counts(loaded(boss, csv((*row, "2"), headings=headings), kind="facts")) == {"known": 1}

    def test_asks_whom_of_two_with_one_number_is_meant_and_registers_nobody(self, boss):
        for name in ("Siti Aminah", "Siti Aminah Lama"):
            people.person(boss, nik=AMINAH[0], name=name)
        headings = ("NIK", "Nama", "Punya KTP")
        held = loaded(boss, csv((*AMINAH[:2], "ya"), headings=headings), kind="facts").doubts.get()
        assert len(held.likes) == 2
        with pytest.raises(Refusal, match="hanya menambah keterangan"):
            actions.decide(held, by=boss, version=1, decided="new", on=ON, at=AT)

    def test_adds_nothing_to_a_limited_record(self, boss):
        people.limited(people.person(boss, nik=AMINAH[0]), boss)
        batch = loaded(
            boss, csv((AMINAH[0], "Siti Aminah", "ya"), headings=("NIK", "Nama", "Punya KTP")), kind="facts"
        )
        assert (counts(batch), "dibatasi" in batch.refused[0][1]) == ({"refused": 1}, True)


class TestReach:
    def test_does_not_know_people_of_another_office(self, boss):
        stranger = supervisor(organisation=people.ORGANISATION.__class__(int=7))
        people.person(stranger, organisation=people.ORGANISATION.__class__(int=7), nik=AMINAH[0])
        assert counts(loaded(boss, csv(AMINAH))) == {"new": 1}

    def test_an_office_of_the_area_knows_them_all(self, boss):
        people.person(boss, nik=AMINAH[0])
        assert counts(loaded(officer(), csv(AMINAH))) == {"known": 1}
