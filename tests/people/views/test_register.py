from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.people.models import Household, Person
from tests.people.factories import BORN, NIK, VILLAGE, person
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
SEARCH, REGISTER = reverse("people:search"), reverse("people:register")


@pytest.fixture
def worker(client, caseworker):
    few_regions()
    client.force_login(caseworker)
    return client


def text(answer):
    return answer.content.decode()


def typed(**details):
    return {
        "once": str(uuid4()),
        "name": "Siti Aminah",
        "margin": "5",
        "source": "self",
        "household": "new",
        "save": "1",
        **details,
    }


class TestSearch:
    def test_shows_who_it_may_be_and_why(self, worker, caseworker):
        person(caseworker, nik=NIK)
        html = text(worker.post(SEARCH, {"name": "Sitti Aminah", "nik": NIK, "margin": "5"}))
        assert "NIK sama" in html
        assert "Bukan salah satu dari ini: daftarkan orang baru" in html
        assert "Pangke, Kec. Meral Barat, Kab. Karimun" in html

    def test_carries_what_was_typed_into_the_new_record(self, worker):
        looked = {
            "name": "Budi",
            "born_day": "3",
            "born_month": "2",
            "born_year": "1990",
            "nik": "12",
            "margin": "5",
            "region": VILLAGE,
        }
        assert 'name="born_year" value="1990"' in text(worker.post(SEARCH, looked))
        html = text(worker.post(REGISTER, {**looked, "start": "1"}))
        for kept in ('value="Budi"', 'value="1990"', 'value="12"', f'value="{VILLAGE}" checked'):
            assert kept in html
        assert "Ada yang perlu diperbaiki" not in html

    def test_says_what_is_odd_about_a_nik_before_that_nobody_was_found(self, worker):
        html = text(worker.post(SEARCH, {"nik": NIK[:15], "margin": "5"}))
        assert 0 < html.find("15 angka") < html.find("Belum ada yang cocok")

    def test_says_nothing_about_a_nik_that_may_be_right(self, worker):
        assert "tidak biasa" not in text(worker.post(SEARCH, {"nik": NIK, "margin": "5"}))

    def test_asks_for_a_name_or_a_number(self, worker):
        assert "Isi nama atau NIK" in text(worker.post(SEARCH, {"margin": "5"}))

    def test_looking_for_a_village_does_not_judge_the_rest(self, worker):
        html = text(worker.post(SEARCH, {"region_text": "pangke", "region_find": "1", "born_day": "99"}))
        assert f'value="{VILLAGE}"' in html
        assert 'value="99"' in html
        assert "Ada yang perlu diperbaiki" not in html

    def test_asks_the_same_number_of_questions_for_many(self, worker, caseworker, django_assert_num_queries):
        for number in range(10):
            person(caseworker, name=f"Siti Aminah {'abcdefghij'[number]}")
        looked = {"name": "Siti Aminah", "margin": "5"}
        worker.post(SEARCH, looked)
        with django_assert_num_queries(8):
            worker.post(SEARCH, looked)

    def test_stands_in_the_trail_of_each_person_shown_as_one_event(self, worker, caseworker):
        shown = [person(caseworker, name=f"Siti Aminah {letter}") for letter in "abc"]
        apart = person(caseworker, name="Burhanuddin")
        for _time in range(2):
            worker.post(SEARCH, {"name": "Siti Aminah", "margin": "5"})
        assert Event.objects.filter(permission="person.search").count() == 1
        for someone, times in [*((one, 1) for one in shown), (apart, 0)]:
            seen = Event.objects.about_person(someone.pk).filter(permission="person.search", is_reading=True)
            assert seen.count() == times

    def test_does_not_offer_registering_to_who_may_not(self, client, head):
        client.force_login(head)
        assert "daftarkan" not in text(client.post(SEARCH, {"name": "Siti", "margin": "5"})).lower().replace(
            "atau daftarkan sebagai", ""
        )

    def test_sends_strangers_to_the_door(self, client):
        assert client.get(SEARCH).status_code == 302


class TestRegister:
    def test_registers_and_shows_the_person(self, worker):
        answer = worker.post(REGISTER, typed(age="72", region=VILLAGE, sex="P"), follow=True)
        someone = Person.objects.get()
        assert answer.redirect_chain[0][0] == reverse("people:person", args=[someone.pk])
        assert (someone.region, someone.sex, someone.born_earliest < someone.born_latest) == (
            VILLAGE,
            "P",
            True,
        )

    def test_offers_the_next_member_of_the_household(self, worker):
        html = text(worker.post(REGISTER, typed(), follow=True))
        offer = (
            f'href="{REGISTER}?household={Household.objects.get().pk}">Tambah anggota rumah tangga ini</a>'
        )
        assert offer in html.split('<div class="page">')[0]

    def test_goes_on_to_the_next_member_at_once(self, worker):
        html = text(worker.post(REGISTER, typed(save="next"), follow=True))
        assert "Siti Aminah sudah didaftarkan" in html
        assert f'value="{Household.objects.get().pk}" checked' in html

    def test_keeps_a_name_that_is_script_as_text_in_the_offer(self, worker):
        html = text(worker.post(REGISTER, typed(name="<b>Siti</b>"), follow=True))
        assert "&lt;b&gt;Siti&lt;/b&gt; sudah didaftarkan" in html

    def test_likely_duplicates_shown_stand_in_their_trail(self, worker, caseworker):
        known = person(caseworker)
        worker.post(REGISTER, typed(name="Sitti Aminah", region=VILLAGE))
        assert Event.objects.about_person(known.pk).filter(permission="person.search").count() == 1

    def test_shows_likely_duplicates_before_saving_and_never_stops(self, worker, caseworker):
        person(caseworker)
        form = typed(name="Sitti Aminah", region=VILLAGE)
        html = text(worker.post(REGISTER, form))
        assert "Apakah salah satu dari mereka orang yang sama?" in html
        assert Person.objects.count() == 1
        seen = html.split('name="seen" value="')[1].split('"')[0]
        worker.post(REGISTER, {**form, "seen": seen})
        assert Person.objects.count() == 2

    def test_says_in_words_what_is_odd_about_a_nik(self, worker):
        form = typed(nik=NIK[:15])
        html = text(worker.post(REGISTER, form))
        assert "15 angka" in html
        assert not Person.objects.exists()
        worker.post(REGISTER, {**form, "seen": "nik:wrong_length"})
        assert Person.objects.get().nik == NIK[:15]

    def test_a_new_doubt_is_shown_although_an_old_one_was_seen(self, worker):
        worker.post(REGISTER, typed(nik="12", sex="P", seen="nik:not_digits"))
        assert not Person.objects.exists()

    def test_a_double_click_makes_one_person(self, worker):
        form = typed()
        answers = [worker.post(REGISTER, form), worker.post(REGISTER, form)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0].url == answers[1].url
        assert Household.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": " "}, "Tulis nama atau panggilan"),
            ({"name": "12"}, "Tulis nama atau panggilan"),
            ({"born_day": "30", "born_month": "2", "born_year": "1990"}, "tidak ada di kalender"),
            ({"born_day": "1", "born_month": "1", "born_year": "2199"}, "belum terjadi"),
            ({"born_day": "1", "born_month": "1", "born_year": "1876"}, "lebih dari 125 tahun"),
            ({"born_day": "1", "born_month": "", "born_year": ""}, "Isi tanggal, bulan dan tahun"),
            ({"age": "150"}, "lebih dari 125 tahun"),
            ({"age": "tua"}, "ditulis dengan angka"),
            ({"age": "50", "born_day": "1", "born_month": "1", "born_year": "1990"}, "jangan keduanya"),
            ({"nik": NIK, "nik_absent_because": "unknown"}, "NIK sudah diisi"),
            ({"region": "77.77"}, "tidak ada dalam daftar kode"),
            ({"household": "0b5c5a00-0000-4000-8000-000000000000"}, "tidak ditemukan"),
            ({"household": "<script>"}, "Pilih rumah tangga"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, worker, wrong, sentence):
        html = text(worker.post(REGISTER, typed(called="Nek Minah", **wrong)))
        assert sentence in html
        assert "Nek Minah" in html
        assert "Ada yang perlu diperbaiki" in html
        assert not Person.objects.exists()
        assert not Household.objects.exists()

    def test_tells_every_mistake_at_once(self, client, volunteer):
        few_regions()
        client.force_login(volunteer)
        wrong = {"name": "12", "age": "150", "born_day": "30", "born_month": "2", "born_year": "1990"}
        wrong |= {
            "household": str(uuid4()),
            "nik": NIK,
            "nik_absent_because": "unknown",
            "region": "93.01.01",
        }
        html = text(client.post(REGISTER, typed(**wrong)))
        for sentence in (
            "Tulis nama atau panggilan",
            "lebih dari 125 tahun",
            "tidak ada di kalender",
            "NIK sudah diisi",
            "tidak ditemukan",
            "di luar wilayah kerja Anda",
        ):
            assert sentence in html
        assert not Person.objects.exists()

    def test_an_exact_birth_date_beats_the_age_by_which_somebody_was_looked_for(self, worker):
        looked = {"name": "Siti Aminah", "age": "72", "margin": "5", "start": "1"}
        assert 'name="age_carried" value="72"' in text(worker.post(REGISTER, looked))
        born = {"born_day": "12", "born_month": "3", "born_year": "1954"}
        worker.post(REGISTER, typed(age="72", age_carried="72", **born))
        assert Person.objects.get().born == BORN

    def test_an_age_that_was_typed_beside_a_birth_date_is_asked_about(self, worker):
        born = {"born_day": "12", "born_month": "3", "born_year": "1954"}
        assert "jangan keduanya" in text(worker.post(REGISTER, typed(age="70", age_carried="72", **born)))

    def test_a_nik_that_disagrees_is_marked_once_it_was_looked_at(self, worker):
        form = typed(nik=NIK, sex="L", region=VILLAGE)
        html = text(worker.post(REGISTER, form))
        seen = html.split('name="seen" value="')[1].split('"')[0]
        html = text(worker.post(REGISTER, {**form, "seen": seen}, follow=True))
        assert "NIK tidak cocok dengan jenis kelamin; sudah diperiksa petugas" in html

    def test_keeps_script_as_text(self, worker):
        html = text(worker.post(REGISTER, typed(name="<script>alert(1)</script>"), follow=True))
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html

    def test_joins_a_household_found_by_name(self, worker, caseworker):
        first = person(caseworker)
        html = text(worker.post(REGISTER, typed(name="Rizki", household_text="aminah", household_find="1")))
        assert f'value="{first.household_id}"' in html
        worker.post(REGISTER, typed(name="Rizki", household=str(first.household_id)))
        rizki = Person.objects.get(name="Rizki")
        assert (rizki.household_id, rizki.region) == (first.household_id, VILLAGE)

    def test_refuses_a_village_outside_the_area(self, client, volunteer):
        few_regions()
        client.force_login(volunteer)
        assert "di luar wilayah kerja Anda" in text(client.post(REGISTER, typed(region="93.01.01")))

    def test_is_closed_to_who_may_not(self, client, head):
        client.force_login(head)
        assert client.get(REGISTER).status_code == 403
