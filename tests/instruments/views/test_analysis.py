from uuid import UUID

import pytest
from django.urls import reverse

from simpul.access.models import Event
from tests.access.factories import user_with
from tests.instruments.factories import SESSION, locked

pytestmark = pytest.mark.django_db
ARGS = ["session-evaluation", 1]


@pytest.fixture
def reader(client):
    client.force_login(user_with("researcher"))
    return client


def html(answer):
    return answer.content.decode()


def many(by, number, wave="sesudah"):
    for person in range(number):
        answers = {code: 1 + (value + person) % 4 for code, value in SESSION.items()}
        locked(by, answers, participant=UUID(int=person + 1), wave=wave)


class TestItems:
    def test_shows_no_figure_of_too_few(self, reader, caseworker):
        many(caseworker, 4)
        told = html(reader.get(reverse("instruments:items", args=ARGS)))
        assert "Angka ditampilkan mulai 5 orang" in told
        assert "Alfa Cronbach" not in told

    def test_shows_alpha_with_its_interval_and_every_item(self, reader, caseworker):
        many(caseworker, 10)
        told = html(reader.get(reverse("instruments:items", args=ARGS)))
        assert "10 orang, 10 menjawab semua butir" in told
        assert "Alfa Cronbach" in told
        assert "rentang 95 %" in told
        assert told.count('<th scope="row">') == len(SESSION)

    def test_keeps_the_waves_apart(self, reader, caseworker):
        many(caseworker, 10)
        many(caseworker, 5, wave="sebelum")
        told = html(reader.get(reverse("instruments:items", args=ARGS), {"gelombang": "sebelum"}))
        assert "5 orang, 5 menjawab" in told

    def test_calls_the_tests_of_a_programme_by_their_names_in_their_order(self, reader, caseworker):
        for wave in ("post", "m2", "pre"):
            many(caseworker, 5, wave=wave)
        told = html(reader.get(reverse("instruments:items", args=ARGS)))
        places = [told.index(words) for words in ("Tes awal", "Tes ke-2", "Tes akhir")]
        assert places == sorted(places)
        assert ">pre<" not in told
        assert '<strong aria-current="page">Tes awal</strong>' in told

    def test_says_what_to_wait_for_where_nobody_answered(self, reader):
        assert "Belum ada jawaban" in html(reader.get(reverse("instruments:items", args=ARGS)))


class TestAnswersCsv:
    def test_gives_codes_and_numbers_only_and_is_recorded(self, client, caseworker):
        sheet = locked(caseworker, SESSION | {"to_improve": "Kata Pak Jamal"})
        client.force_login(caseworker)
        before = Event.objects.filter(permission="instrument.fill").count()
        answer = client.post(reverse("instruments:answers-csv", args=ARGS), {"alasan": "Uji butir"})
        told = html(answer)
        assert sheet.code in told
        assert "nilai_session" in told
        assert not any(word in told for word in ("Wan Aminah", "Jamal", "to_improve", str(sheet.participant)))
        assert answer["Cache-Control"] == "no-store"
        assert Event.objects.filter(permission="instrument.fill").count() == before + 1

    def test_asks_first_what_for(self, client, caseworker):
        locked(caseworker)
        client.force_login(caseworker)
        assert "Untuk apa" in html(client.get(reverse("instruments:answers-csv", args=ARGS)))
        assert client.post(reverse("instruments:answers-csv", args=ARGS), {"alasan": " "}).status_code == 422

    def test_is_not_for_who_only_counts_answers_together(self, reader, caseworker):
        locked(caseworker)
        assert reader.get(reverse("instruments:answers-csv", args=ARGS)).status_code == 403

    def test_is_not_for_who_only_fills_in(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get(reverse("instruments:answers-csv", args=ARGS)).status_code == 403


class TestResults:
    def test_counts_answers_of_one_wave(self, reader, caseworker):
        many(caseworker, 10)
        told = html(reader.get(reverse("instruments:results", args=ARGS)))
        assert "3 dari 10 (30 %)" in told
        assert "Wan Aminah" not in told

    def test_adds_a_lot_of_people_at_a_time_so_that_nobody_is_the_difference_of_two_counts(
        self, client, reader, caseworker
    ):
        many(caseworker, 7)
        told = html(reader.get(reverse("instruments:results", args=ARGS)))
        assert "dari 5 (" in told
        assert "2 lembar belum ikut dihitung" in told
        client.force_login(caseworker)
        assert "dari 7 (" in html(client.get(reverse("instruments:results", args=ARGS)))

    def test_shows_nothing_of_too_few(self, reader, caseworker):
        many(caseworker, 2)
        assert "Belum cukup jawaban" in html(reader.get(reverse("instruments:results", args=ARGS)))

    @pytest.mark.parametrize("wave", ["lain", "\0", "x" * 500], ids=["other", "zero", "long"])
    def test_takes_the_first_wave_for_one_that_does_not_exist(self, reader, caseworker, wave):
        many(caseworker, 10)
        told = html(reader.get(reverse("instruments:results", args=ARGS), {"gelombang": wave}))
        assert "dari 10" in told
