from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import Event
from simpul.people import actions
from simpul.people.models import DataRequest, Person
from tests.people.factories import AT, NIK, answer, data_request, limited, person
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def aminah(caseworker):
    few_regions()
    return person(caseworker)


def address(name, key=None):
    return reverse(f"people:{name}", args=[key] if key else [])


def seen(client, user, url):
    client.force_login(user)
    return client.get(url)


def sent(client, user, url, **typed):
    client.force_login(user)
    return client.post(url, typed)


def text(response):
    return response.content.decode()


class TestWaiting:
    def test_lists_late_ones_first_with_their_clock(self, client, caseworker, aminah):
        now = timezone.now()
        other = person(caseworker, name="Budi Santoso")
        data_request(other, caseworker, received_at=now, at=now)
        data_request(aminah, caseworker, received_at=now - timedelta(days=5), at=now)
        html = text(seen(client, caseworker, address("data-requests")))
        assert 0 < html.index("Siti Aminah") < html.index("Budi Santoso")
        assert "terlambat 48 jam" in html

    def test_stands_in_the_trail_of_everybody_shown(self, client, caseworker, aminah):
        data_request(aminah, caseworker)
        seen(client, caseworker, address("data-requests"))
        shown = Event.objects.about_person(aminah.pk).filter(
            permission="data_request.record", is_reading=True
        )
        assert shown.count() == 1

    def test_says_where_requests_are_made(self, client, caseworker):
        assert "dari halaman orang" in text(seen(client, caseworker, address("data-requests")))

    @pytest.mark.parametrize(("role", "status"), [("volunteer", 403), ("head", 403), ("supervisor", 200)])
    def test_is_for_who_works_with_people(self, client, request, role, status):
        answer = seen(client, request.getfixturevalue(role), address("data-requests"))
        assert answer.status_code == status

    def test_shows_nobody_elses(self, client, caseworker, stranger, aminah):
        data_request(aminah, caseworker)
        assert "Siti Aminah" not in text(seen(client, stranger, address("data-requests")))


class TestRecord:
    def typed(self, **details):
        return {"once": str(uuid4()), "kind": "copy", "capacity": "self", **details}

    def test_records_and_shows_the_request(self, client, caseworker, aminah):
        response = sent(client, caseworker, address("data-request-new", aminah.pk), **self.typed())
        asked = DataRequest.objects.get()
        assert response.url == address("data-request", asked.pk)
        assert "sisa 71 jam" in text(client.get(response.url))

    def test_an_earlier_day_counts_from_its_first_hour(self, client, caseworker, aminah):
        day = timezone.localdate() - timedelta(days=1)
        received = {f"received_{part}": getattr(day, part) for part in ("day", "month", "year")}
        sent(client, caseworker, address("data-request-new", aminah.pk), **self.typed(**received))
        moment = timezone.localtime(DataRequest.objects.get().received_at)
        assert (moment.date(), moment.hour) == (day, 0)

    def test_a_double_click_makes_one(self, client, caseworker, aminah):
        typed = self.typed()
        for _time in range(2):
            assert (
                sent(client, caseworker, address("data-request-new", aminah.pk), **typed).status_code == 302
            )
        assert DataRequest.objects.count() == 1

    def test_a_refused_form_keeps_what_was_typed(self, client, caseworker, aminah):
        typed = self.typed(capacity="guardian", words="Ingin tahu isinya")
        response = sent(client, caseworker, address("data-request-new", aminah.pk), **typed)
        assert response.status_code == 422
        assert "Ingin tahu isinya" in text(response)
        assert "Tulis nama orang tua, wali" in text(response)

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("head", 403)])
    def test_is_closed_to_who_may_not(self, client, request, aminah, role, status):
        url = address("data-request-new", aminah.pk)
        assert seen(client, request.getfixturevalue(role), url).status_code == status


class TestAnswer:
    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("copy", "Buat salinan data"),
            ("correct", "Ubah data"),
            ("limit", "hanya dapat dibaca"),
            ("erase", "Masa simpan belum habis"),
            ("object", "Keputusan di Simpul selalu diambil petugas"),
        ],
    )
    def test_offers_what_the_request_needs(self, client, caseworker, aminah, kind, words):
        asked = data_request(aminah, caseworker, kind)
        assert words in text(seen(client, caseworker, address("data-request", asked.pk)))

    def test_a_refusal_tells_its_ground(self, client, caseworker, aminah):
        asked = data_request(aminah, caseworker)
        typed = {"outcome": "refused", "answer": "Pelapornya dapat dikenali"}
        refused = sent(client, caseworker, address("data-request", asked.pk), **typed)
        assert refused.status_code == 422
        assert "Pelapornya dapat dikenali" in text(refused)
        done = sent(client, caseworker, address("data-request", asked.pk), ground="another_person", **typed)
        assert "Membuka data pribadi orang lain" in text(client.get(done.url))

    def test_who_answers_second_sees_what_stands(self, client, caseworker, supervisor, aminah):
        asked = data_request(aminah, caseworker)
        answer(asked, caseworker)
        typed = {"outcome": "taken_back", "answer": "Tidak jadi"}
        clash = sent(client, supervisor, address("data-request", asked.pk), **typed)
        assert clash.status_code == 422
        assert "sudah diubah orang lain menjadi “Dipenuhi”" in text(clash)

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger, aminah):
        url = address("data-request", data_request(aminah, caseworker).pk)
        assert seen(client, stranger, url).status_code == 404


class TestErase:
    @pytest.fixture
    def checked(self, caseworker, aminah):
        return answer(data_request(aminah, caseworker, "erase"), caseworker)

    def test_the_second_person_erases_and_gets_the_minutes(self, client, supervisor, aminah, checked):
        url = address("data-request-erase", checked.pk)
        assert "Tidak dapat dibatalkan" in text(seen(client, supervisor, url))
        done = sent(client, supervisor, url, despite="Ia meminta sendiri")
        html = text(client.get(done.url))
        assert done.url == address("minutes", checked.pk)
        for told in (str(aminah.pk), "Rina Wulandari", "Pak Hamdan", "jawaban dan keterangan"):
            assert told in html
        assert "Siti Aminah" not in html

    def test_without_a_reason_it_is_refused_while_the_time_runs(self, client, supervisor, aminah, checked):
        refused = sent(client, supervisor, address("data-request-erase", checked.pk), despite="")
        assert refused.status_code == 422
        assert "Tulis mengapa data tetap dihapus" in text(refused)
        assert Person.objects.get(pk=aminah.pk).erased_at is None

    def test_who_agreed_first_sees_no_button(self, client, supervisor, aminah):
        asked = answer(data_request(aminah, supervisor, "erase"), supervisor)
        html = text(seen(client, supervisor, address("data-request-erase", asked.pk)))
        assert "Hapus sekarang" not in html
        assert "Orang lain harus memeriksanya" in html

    @pytest.mark.parametrize(("role", "status"), [("caseworker", 403), ("stranger", 403), ("officer", 200)])
    def test_is_for_supervisors_and_officers(self, client, request, checked, role, status):
        url = address("data-request-erase", checked.pk)
        assert seen(client, request.getfixturevalue(role), url).status_code == status

    def test_an_open_request_cannot_be_erased_by_its_address(self, client, caseworker, supervisor, aminah):
        asked = data_request(aminah, caseworker, "erase")
        assert seen(client, supervisor, address("data-request-erase", asked.pk)).status_code == 404
        assert seen(client, supervisor, address("minutes", asked.pk)).status_code == 404

    def test_the_page_of_who_was_erased_is_a_shell(self, client, caseworker, supervisor, aminah, checked):
        actions.erase(checked, by=supervisor, on=AT.date(), at=AT, despite="Ia meminta sendiri")
        html = text(seen(client, caseworker, address("person", aminah.pk)))
        assert "Data sudah dihapus" in html
        assert address("minutes", checked.pk) in html
        assert "Catat persetujuan" not in html


class TestLiftLimit:
    def test_opens_the_record_again(self, client, caseworker, aminah):
        limited(aminah, caseworker)
        assert "Pemakaian data dibatasi" in text(seen(client, caseworker, address("person", aminah.pk)))
        assert sent(client, caseworker, address("limit-lift", aminah.pk), reason="").status_code == 422
        assert sent(client, caseworker, address("limit-lift", aminah.pk), reason="Beres").status_code == 302
        assert not Person.objects.get(pk=aminah.pk).is_limited

    def test_a_form_that_stood_open_is_refused_with_what_was_typed(self, client, caseworker, aminah):
        limited(aminah, caseworker)
        typed = {"once": uuid4(), "purpose": "screening", "basis": "legal_duty", "basis_because": "Putusan"}
        html = text(sent(client, caseworker, address("consent", aminah.pk), **typed))
        assert "sedang dibatasi" in html
        assert "Putusan" in html

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403)])
    def test_is_closed_to_who_may_not(self, client, request, aminah, role, status):
        url = address("limit-lift", aminah.pk)
        assert seen(client, request.getfixturevalue(role), url).status_code == status


class TestHold:
    def test_a_second_press_does_not_turn_it_round(self, client, supervisor, aminah):
        for _time in range(2):
            sent(client, supervisor, address("hold", aminah.pk), do="hold", reason="Sidang")
        assert Person.objects.get(pk=aminah.pk).held_because == "Sidang"
        sent(client, supervisor, address("hold", aminah.pk), do="lift", reason="Selesai")
        assert Person.objects.get(pk=aminah.pk).held_since is None

    @pytest.mark.parametrize(("role", "status"), [("caseworker", 403), ("supervisor", 200)])
    def test_is_for_who_may_erase(self, client, request, aminah, role, status):
        url = address("hold", aminah.pk)
        assert seen(client, request.getfixturevalue(role), url).status_code == status


class TestOnThePersonPage:
    def test_leads_to_the_rights_and_counts_what_waits(self, client, caseworker, aminah):
        data_request(aminah, caseworker)
        html = text(seen(client, caseworker, address("person", aminah.pk)))
        assert reverse("desk:copy", args=[aminah.pk]) in html
        assert address("data-request-new", aminah.pk) in html
        assert "1 menunggu" in html

    def test_offers_a_volunteer_none_of_it(self, client, volunteer, aminah):
        html = text(seen(client, volunteer, address("person", aminah.pk)))
        assert "Salinan data" not in html

    def test_offers_no_change_of_a_limited_record(self, client, caseworker, aminah):
        limited(aminah, caseworker)
        html = text(seen(client, caseworker, address("person", aminah.pk)))
        for closed in ("edit", "consent", "move"):
            assert f'href="{address(closed, aminah.pk)}"' not in html
        assert address("limit-lift", aminah.pk) in html

    def test_marks_a_nik_that_was_looked_at(self, client, caseworker, aminah):
        odd = person(caseworker, nik=NIK, sex="L", nik_confirmed=True)
        html = text(seen(client, caseworker, address("person", odd.pk)))
        assert "NIK tidak cocok dengan jenis kelamin; sudah diperiksa petugas" in html
