from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from simpul.access.jobs import run_waiting
from simpul.access.models import Event, Job
from simpul.catalogue.instruments import all_instruments
from simpul.imports.models import Batch, Doubt
from simpul.imports.queries.planning import looked_at
from simpul.imports.queries.reading import opened
from simpul.imports.stages import Fate
from simpul.people.models import Person
from tests.access.factories import user_with
from tests.imports.factories import AMINAH, HEADINGS, RIZKI, csv, loaded, officer, sent, tried, xlsx
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, boss):
    client.force_login(boss)

    def opened_page(name, *args, data=None, **details):
        address = reverse(f"imports:{name}", args=args)
        return client.post(address, data, **details) if data is not None else client.get(address, **details)

    return opened_page


def told(boss, data, **changed):
    grant = boss.standing_grants[0]
    return {
        "once": uuid4(),
        "file": SimpleUploadedFile("daftar.csv", data),
        "kind": "people",
        "office": f"{grant.organisation}|{grant.region}",
        "list_name": "Daftar lansia",
        "listed_on_day": "1",
        "listed_on_month": "10",
        "listed_on_year": "2026",
        "source": "official",
        "basis": "public_service",
        "basis_because": "Surat 470/12",
        **changed,
    }


class TestSend:
    def test_leads_to_the_columns(self, page, boss):
        answer = page("send", data=told(boss, csv(AMINAH)))
        batch = Batch.objects.get()
        assert answer.url == reverse("imports:columns", args=[batch.pk])

    def test_reads_the_file_while_nothing_is_being_written(self, page, boss, monkeypatch):
        held = []

        def noting(data):
            held.append(len(connection.savepoint_ids))
            return looked_at(data)

        monkeypatch.setattr("simpul.imports.views.sending.looked_at", noting)
        outside = len(connection.savepoint_ids)
        page("send", data=told(boss, csv(AMINAH)))
        assert (held, Batch.objects.count()) == ([outside], 1)

    def test_is_shown_again_with_what_was_typed(self, page, boss):
        answer = page("send", data=told(boss, b"1;2\n3;4\n"))
        assert (answer.status_code, "Judul kolom tidak ditemukan" in answer.text) == (422, True)
        assert "Daftar lansia" in answer.text

    def test_leads_back_to_a_file_that_is_here_already(self, page, boss):
        batch = loaded(boss, csv(AMINAH))
        answer = page("send", data=told(boss, csv(AMINAH)), follow=True)
        assert ("sudah dimuat" in answer.text, str(batch) in answer.text) == (True, True)

    def test_is_closed_to_who_may_not_import(self, client, regions):
        client.force_login(user_with("caseworker", organisation=people.ORGANISATION))
        assert client.get(reverse("imports:send")).status_code == 403


class TestColumns:
    def test_shows_the_guess_with_what_stands_in_each_column(self, page, boss):
        text = page("columns", sent(boss, csv(AMINAH)).pk).text
        assert "Tgl Lahir" in text
        assert '<option value="born" selected>' in text

    def test_does_not_say_that_a_column_may_be_empty(self, page, boss):
        text = page("columns", sent(boss, csv(AMINAH)).pk).text
        # Only the village that all may share.
        assert text.count("(boleh dikosongkan)") == 1

    def test_takes_the_answer_and_begins_the_try(self, page, boss):
        batch = sent(boss, csv(AMINAH))
        answer = page(
            "columns",
            batch.pk,
            data={"version": 1, "col-0": "nik", "col-1": "name", "region": people.VILLAGE},
            follow=True,
        )
        assert "Memeriksa berkas" in answer.text
        run_waiting()
        batch.refresh_from_db()
        assert (batch.state, batch.mapping, batch.default_region) == (
            "tried",
            {"0": "nik", "1": "name"},
            people.VILLAGE,
        )

    def test_says_what_is_missing(self, page, boss):
        answer = page("columns", sent(boss, csv(AMINAH)).pk, data={"version": 1, "col-0": "nik"})
        assert (answer.status_code, "Belum ada kolom untuk: Nama" in answer.text) == (422, True)

    def test_takes_a_question_by_its_words(self, page, boss):
        batch = sent(boss, csv((*AMINAH, "ya"), headings=(*HEADINGS, "Catatan")))
        words = "Apakah ia punya KTP?"
        data = {"version": 1, "col-1": "name", "col-4": "question:", "ask-4": words}
        page("columns", batch.pk, data=data)
        batch.refresh_from_db()
        assert batch.mapping["4"] == "fact:has_id_card"

    def test_offers_the_items_of_an_instrument(self, page, boss):
        found = next(one for one in all_instruments() if all(item.levels for item in one.items))
        data = csv(("P1", "1"), headings=("Kode Peserta", found.items[0].code))
        batch = sent(boss, data, kind="sheets", instrument=found.code)
        assert f'<option value="item:{found.items[0].code}" selected>' in page("columns", batch.pk).text

    def test_looks_for_a_region_without_judging(self, page, boss):
        batch = sent(boss, csv(AMINAH))
        answer = page("columns", batch.pk, data={"version": 1, "region_text": "pangke", "region_find": "1"})
        assert "Pangke" in answer.text
        assert "Ada yang perlu diperbaiki" not in answer.text


class TestBatch:
    def test_shows_what_would_happen(self, page, boss):
        text = page("batch", tried(boss, csv(AMINAH, ("1", "Budi", "L", ""))).pk).text
        assert "Yang akan terjadi" in text
        assert "NIK harus 16 angka" in text
        assert "1 Laki-laki" in text

    def test_loads_at_a_press(self, page, boss):
        batch = tried(boss, csv(AMINAH))
        page("start", batch.pk, data={})
        run_waiting()
        text = page("batch", batch.pk).text
        assert ("Yang dimuat" in text, Person.objects.count()) == (True, 1)

    def test_follows_the_work_only_for_who_began_it(self, page, boss):
        batch = tried(boss, csv(AMINAH))
        page("start", batch.pk, data={})
        own = page("batch", batch.pk).text
        Job.objects.update(wanted_by=uuid4())
        another = page("batch", batch.pk).text
        assert ("hx-get" in own, "hx-get" in another) == (True, False)
        assert "Muat ulang" in another

    def test_does_not_exist_for_another_office(self, client, boss):
        batch = tried(boss, csv(AMINAH))
        client.force_login(officer(region="93.01"))
        assert client.get(reverse("imports:batch", args=[batch.pk])).status_code == 404

    def test_offers_to_leave_out_a_column_that_is_not_understood(self, page, boss):
        batch = tried(boss, csv(("Siti", "Golongan X"), headings=("Nama", "Jenis PPKS")))
        assert "Abaikan kolom ini" in page("batch", batch.pk).text
        page("ignore", batch.pk, data={"version": batch.version, "place": "1"})
        run_waiting()
        batch.refresh_from_db()
        assert (batch.mapping, batch.count(Fate.NEW)) == ({"0": "name"}, 1)

    def test_does_not_offer_it_for_what_nobody_can_do_without(self, page, boss):
        batch = tried(boss, csv(("123", "2102105203540001"), headings=("Nama", "NIK")))
        assert "Abaikan kolom ini" not in page("batch", batch.pk).text

    def test_leaves_out_nothing_of_a_file_that_changed_meanwhile(self, page, boss):
        batch = tried(boss, csv(("Siti", "Golongan X"), headings=("Nama", "Jenis PPKS")))
        answer = page("ignore", batch.pk, data={"version": 99, "place": "1"}, follow=True)
        batch.refresh_from_db()
        assert ("sudah diubah orang lain" in answer.text, "1" in batch.mapping) == (True, True)

    def test_shows_no_word_that_hurts(self, page, boss):
        headings = ("Nama", "Jenis Kecacatan")
        batch = tried(boss, csv(("Siti", "Tuna Netra"), ("Budi", "orang gila"), headings=headings))
        for name in ("batch", "columns"):
            text = page(name, batch.pk).text.casefold()
            assert not [
                text[text.find(word) - 60 :][:120]
                for word in ("cacat", "tuna netra", "orang gila")
                if word in text
            ]

    def test_throws_a_file_away(self, page, boss):
        batch = tried(boss, csv(AMINAH))
        page("drop", batch.pk, data={})
        assert str(batch) not in page("batches").text.split("<main")[1].split("Berkas sudah dihancurkan")[-1]


class TestRefused:
    @pytest.mark.parametrize("make", [csv, xlsx])
    def test_comes_back_as_the_same_kind_of_file_with_the_reason(self, page, boss, make):
        batch = loaded(boss, make(AMINAH, ("12", "Budi", "L", "1990-01-01")))
        answer = page("refused", batch.pk)
        rows = opened(answer.content).rows
        assert rows[0] == [*HEADINGS, "alasan"]
        assert rows[1][:2] == ["12", "Budi"]
        assert "NIK harus 16 angka" in rows[1][4]

    def test_runs_nothing_where_a_spreadsheet_opens_it(self, page, boss):
        batch = loaded(boss, csv(AMINAH, ("12", '=HYPERLINK("http://x")', "L", "1990-01-01")))
        assert b"\"'=HYPERLINK(" in page("refused", batch.pk).content

    def test_is_recorded_each_time(self, page, boss):
        batch = loaded(boss, csv(AMINAH, ("12", "Budi", "L", "")))
        before = Event.objects.count()
        for _time in range(2):
            page("refused", batch.pk)
        assert Event.objects.count() == before + 2


class TestDoubts:
    @pytest.fixture
    def doubt(self, boss):
        people.person(boss, name="Siti Aminah")
        loaded(boss, csv(("", *AMINAH[1:]), RIZKI))
        return Doubt.objects.get()

    def test_stand_in_a_list(self, page, doubt):
        assert "Siti Aminah" in page("doubts", doubt.batch_id).text

    def test_stand_beside_who_they_may_be(self, page, doubt):
        text = page("doubt", doubt.pk).text
        assert "Orang yang sama: Siti Aminah" in text
        assert "12 Maret 1954" in text

    def test_are_decided_at_a_press(self, page, doubt):
        answer = page("doubt", doubt.pk, data={"version": 1, "choice": "new"})
        assert answer.url == reverse("imports:doubts", args=[doubt.batch_id])
        assert Person.objects.count() == 3

    def test_ask_for_a_choice(self, page, doubt):
        answer = page("doubt", doubt.pk, data={"version": 1})
        assert (answer.status_code, "Pilih salah satu." in answer.text) == (422, True)

    def test_of_a_list_that_only_adds_offer_nobody_new(self, page, boss):
        people.person(boss, name="Siti Aminah", nik=AMINAH[0])
        headings = ("NIK", "Nama", "Punya KTP")
        loaded(boss, csv((AMINAH[0], "Bambang", "ya"), headings=headings), kind="facts")
        text = page("doubt", Doubt.objects.get().pk).text
        assert ("Orang yang sama: Siti Aminah" in text, "Orang lain" in text) == (True, False)

    def test_of_bodies_stand_beside_the_body_they_may_be(self, client, dinas):
        client.force_login(dinas)
        for name in ("Yayasan Kasih Bunda", "LKSA Kasih Bunda"):
            loaded(dinas, csv((name, "Desa Pangke"), headings=("Nama Lembaga", "Desa")), kind="organisations")
        held = Doubt.objects.get()
        assert "LKSA Kasih Bunda" in client.get(reverse("imports:doubts", args=[held.batch_id])).text
        address = reverse("imports:doubt", args=[held.pk])
        text = client.get(address).text
        assert ("Yang sama: Yayasan Kasih Bunda" in text, "Orang yang sama" in text) == (True, False)
        client.post(address, {"version": 1, "choice": held.likes[0]})
        assert "Sama dengan yang sudah tercatat" in client.get(address).text


class TestUndo:
    def test_asks_first(self, page, boss):
        batch = loaded(boss, csv(AMINAH))
        assert "Urungkan semuanya" in page("undo", batch.pk).text
        page("undo", batch.pk, data={})
        run_waiting()
        assert not Person.objects.exists()

    def test_says_what_prevents_it(self, page, boss):
        batch = loaded(boss, csv(AMINAH))
        people.consent(Person.objects.get(), boss)
        text = page("undo", batch.pk).text
        assert ("Persetujuan: 1" in text, "Urungkan semuanya" in text) == (True, False)


class TestBatches:
    def test_begins_with_what_to_do(self, page):
        assert "Belum ada berkas" in page("batches").text

    def test_lists_what_was_sent(self, page, boss):
        assert sent(boss, csv(AMINAH)).list_name in page("batches").text
