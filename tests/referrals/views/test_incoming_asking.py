"""Asking for help without an account: nothing of it is lost, nobody is remembered, machines are kept out."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.access.limits import Limit, forget_all
from simpul.referrals.forms.incoming import RequestTicket
from simpul.referrals.models import HelpRequest
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.papers import a_certificate
from tests.places.factories import few_regions
from tests.referrals.incoming import REFERENCE, TOLD, VILLAGE, answered, asked, closed, officer, taken
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
NUMBER = r"SB(?:-[2-9A-Z]{4}){3}"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    few_regions()
    forget_all()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def duty(db):
    return officer()


def typed(*, age=timedelta(minutes=5), **changed):
    plain = {
        "ticket": RequestTicket.issued(NOW - age).sealed(),
        "for_whom": "self",
        "situations": ["no_home"],
        "region": VILLAGE,
        "region_text": "",
        "website": "",
        **TOLD,
    }
    return plain | changed


def send(client, **fields):
    return client.post(reverse("referrals:ask"), fields)


def look(client, reference):
    return client.post(reverse("referrals:request-status"), {"reference": reference})


class TestAsk:
    def test_opens_with_the_numbers_to_call_before_any_question(self, client):
        answer = client.get(reverse("referrals:ask"))
        shown = answer.content.decode()
        assert shown.index("tel:112") < shown.index('name="situations"')
        assert "no-store" in answer["Cache-Control"]
        assert "sessionid" not in client.cookies

    def test_gives_a_number_once_and_says_when_somebody_answers(self, client, duty):
        answer = send(client, **typed())
        shown = answer.content.decode()
        assert re.search(NUMBER, shown)
        assert "48 jam" in shown
        assert "Dinas Sosial untuk" in shown
        assert not any(words in shown for words in TOLD.values())

    def test_says_to_call_first_where_there_is_danger(self, client, duty):
        shown = send(client, **typed(emergency="yes", situations=["hurt_at_home"])).content.decode()
        assert shown.index("tel:129") < shown.index("Simpan nomor permintaan")
        assert "2 jam" in shown

    def test_finds_a_place_and_keeps_what_was_typed(self, client, duty):
        shown = send(client, **typed(region="", region_text="Pangke", find="1")).content.decode()
        assert f'value="{VILLAGE}"' in shown
        assert all(words in shown for words in TOLD.values())
        assert not HelpRequest.objects.exists()

    def test_pressed_twice_is_one_with_the_same_number(self, client, duty):
        fields = typed()
        numbers = [re.search(NUMBER, send(client, **fields).content.decode())[0] for _ in range(2)]
        assert len(set(numbers)) == 1
        assert HelpRequest.objects.count() == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"website": "http://spam"},
            {"age": timedelta(seconds=1)},
            {"age": timedelta(days=2)},
            {"ticket": "x"},
            {"region": "99.99"},
            {"region": "21"},
            {"situations": ["' or 1"]},
            {"for_whom": "nobody"},
            {"for_whom": "body"},
            {"safe_ways": ["loudly"]},
        ],
        ids=[
            "honeypot",
            "too fast",
            "too old",
            "forged",
            "no place",
            "province",
            "situation",
            "whom",
            "body",
            "way",
        ],
    )
    def test_takes_nothing_that_is_wrong_and_loses_no_words(self, client, duty, changed):
        answer = send(client, **typed(**changed))
        assert answer.status_code == 422
        assert TOLD["words"] in answer.content.decode()
        assert not HelpRequest.objects.exists()

    @pytest.mark.parametrize(
        ("text", "target"), [("", "id_region_text"), ("Moro", "id_region_0")], ids=["no place", "not chosen"]
    )
    def test_leads_from_a_missing_place_to_where_it_is_mended(self, client, duty, text, target):
        shown = send(client, **typed(region="", region_text=text)).content.decode()
        assert f'href="#{target}"' in shown
        assert f'id="{target}"' in shown
        assert shown.count("Tulis nama wilayahnya, tekan") == 2

    def test_takes_signs_that_databases_refuse(self, client, duty):
        send(client, **typed(words="Atap\0 runtuh \U0001f600 <script>"))
        assert HelpRequest.objects.count() in (0, 1)
        assert client.get(reverse("referrals:ask")).status_code == 200

    def test_of_a_body_keeps_its_name_and_who_agreed(self, client, duty):
        send(client, **typed(for_whom="body", from_body="Puskesmas Meral", agreed="guardian"))
        made = HelpRequest.objects.get()
        assert (made.from_body, made.agreed) == ("Puskesmas Meral", "guardian")

    def test_goes_to_the_nearest_body_where_no_office_reads(self, client):
        near, far = organisation(region=VILLAGE), organisation(region="21.71", name="LKS Jauh")
        for body in (far, near):
            user_with("caseworker", organisation=body.pk)
            a_certificate(body)
        user_with("caseworker", organisation=organisation(region=VILLAGE, name="A tanpa tanda daftar").pk)
        shown = send(client, **typed(region="", region_text="Pangke"))
        assert (shown.status_code, f"Dibaca: {near.name}" in shown.text) == (422, True)
        send(client, **typed())
        assert HelpRequest.objects.get().organisation == near.pk

    def test_never_lays_violence_on_the_list_of_a_body(self, client):
        body = organisation(region=VILLAGE)
        a_certificate(body)
        user_with("caseworker", organisation=body.pk)
        answer = send(client, **typed(situations=["no_home", "hurt_at_home"]))
        assert (answer.status_code, "Belum ada kantor" in answer.text) == (422, True)
        assert not HelpRequest.objects.exists()

    def test_takes_the_only_place_of_that_name_where_its_office_reads(self, client, duty):
        assert send(client, **typed(region="", region_text="Pangke")).status_code == 422
        assert send(client, **typed(region="", region_text="Sugie")).status_code == 200
        assert HelpRequest.objects.get().region == "21.02.01.2002"

    def test_takes_in_nothing_that_nobody_would_read(self, client):
        answer = send(client, **typed())
        assert answer.status_code == 422
        assert "Belum ada kantor" in answer.content.decode()
        assert not HelpRequest.objects.exists()

    def test_stops_a_flood_of_requests_and_of_searches(self, client, duty, monkeypatch):
        monkeypatch.setattr("simpul.referrals.views.incoming_asking.SENDING", Limit("request-sent", 2))
        monkeypatch.setattr("simpul.referrals.views.incoming_asking.FINDING", Limit("request-find", 2))
        assert [send(client, **typed()).status_code for _ in range(3)] == [200, 200, 429]
        assert [send(client, **typed(find="1")).status_code for _ in range(3)] == [200, 200, 429]


class TestRequestStatus:
    @pytest.mark.parametrize("typed_so", [REFERENCE, REFERENCE.lower(), "7q4k 9mxr 2htw"])
    def test_opens_however_the_number_is_typed(self, client, typed_so):
        asked()
        answer = look(client, typed_so)
        assert answer.status_code == 200
        assert "Petugas belum membacanya" in answer.content.decode()

    def test_shows_the_answer_and_never_what_was_told_or_noted(self, client, duty):
        answered(taken(asked(safe_words="Lewat tetangga"), duty), duty, words="Ibu ini cemas.")
        shown = look(client, REFERENCE).content.decode()
        assert "Silakan datang besok." in shown
        assert not any(words in shown for words in (*TOLD.values(), "tetangga", "cemas", "Hamdan", "Pangke"))

    def test_says_no_hurting_word_of_a_request_that_was_none(self, client, duty):
        closed(asked(), duty, "not_serious", words="Salah kirim.")
        shown = look(client, REFERENCE).content.decode()
        assert "Bukan permintaan" not in shown
        assert "Salah kirim" not in shown

    def test_says_when_it_is_late(self, client, monkeypatch):
        asked()
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=3))
        assert "lewat waktunya" in look(client, REFERENCE).content.decode()

    @pytest.mark.parametrize(
        "number", ["SB-7Q4K-9MXR-2HTX", "SB-7Q4K", "'; drop", "\0"], ids=["other", "short", "odd", "zero"]
    )
    def test_knows_no_other_number(self, client, number):
        asked()
        answer = look(client, number)
        assert answer.status_code == 422
        assert (
            "tidak dikenal" in answer.content.decode()
            or "Ada yang perlu diperbaiki" in answer.content.decode()
        )

    def test_stops_a_machine_that_tries_numbers(self, client, monkeypatch):
        monkeypatch.setattr("simpul.referrals.views.incoming_asking.TRYING", Limit("request-number", 2))
        assert [look(client, "A").status_code for _ in range(3)] == [422, 422, 429]


class TestDoors:
    def test_stand_at_the_sign_in_page(self, client):
        shown = client.get(reverse("account_login")).content.decode()
        assert reverse("referrals:ask") in shown
        assert reverse("services:public") in shown
