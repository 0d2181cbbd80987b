from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from simpul.services.models import Service
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import TODAY, a_head, a_service, days_ago, hours_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def as_head(client, body):
    client.force_login(a_head(body))
    return client


@pytest.fixture
def service(body):
    return a_service(body, capacity=10, free=4, free_on=TODAY, place={})


def here(name, *args):
    return reverse(f"services:{name}", args=[getattr(one, "pk", one) for one in args])


class TestMine:
    def test_offers_one_tap_for_each_listing_and_a_new_one(self, as_head, service, body):
        text = as_head.get(here("mine")).text
        assert "4 tempat kosong menurut lembaga" in text
        assert here("confirm", service) in text
        assert here("new", body) in text

    def test_is_not_for_who_keeps_nothing(self, client, caseworker):
        client.force_login(caseworker)
        assert client.get(here("mine")).status_code == 403

    def test_asks_the_same_few_questions_for_any_number(self, as_head, body, django_assert_max_num_queries):
        for number in range(12):
            a_service(body, name=f"Layanan {number}", place={})
        with django_assert_max_num_queries(14):
            assert as_head.get(here("mine")).text.count("Masih sesuai<") == 12


class TestUnconfirmed:
    def test_tells_the_office_whom_to_call(self, client, officer, body):
        old = a_service(body, name="Lama sekali", confirmed_on=days_ago(200))
        a_service(body, name="Segar")
        client.force_login(officer)
        text = client.get(here("unconfirmed")).text
        assert "LKS Tunas Bahari" in text
        assert "0777-321123" in text
        assert here("one", old) in text
        assert "Segar" not in text


class TestOf:
    def test_shows_a_colleague_what_everybody_may_find(self, client, caseworker, body, service):
        a_service(body, name="Masih rahasia", listing="draft")
        client.force_login(caseworker)
        text = client.get(here("of", body)).text
        assert "Antar makanan lansia" in text
        assert "Masih rahasia" not in text
        assert "Tambah layanan" not in text

    def test_shows_its_head_everything_and_the_way_to_more(self, as_head, body):
        a_service(body, name="Masih draf", listing="draft")
        text = as_head.get(here("of", body)).text
        assert "Masih draf" in text
        assert "Tambah layanan" in text


class TestOne:
    def test_shows_every_part_and_what_it_needs(self, as_head, service):
        hours_row(service).save()
        text = as_head.get(here("one", service)).text
        for words in ("Senin–Jumat", "Jalan Nelayan 3", "Lansia sendirian", "daya tampung 10", "Gratis"):
            assert words in text

    def test_does_not_exist_for_a_stranger(self, client, service):
        client.force_login(a_head(organisation(name="LKS Lain")))
        assert client.get(here("one", service)).status_code == 404

    @pytest.mark.parametrize("listing", ["draft", "paused", "ended"])
    def test_stands_whatever_became_of_it(self, as_head, body, listing):
        bare = a_service(body, listing=listing, situations=[], confirmed_on=None, rule="gone")
        assert as_head.get(here("one", bare)).status_code == 200


class TestNew:
    def test_keeps_a_draft_and_leads_to_it(self, as_head, body):
        sent = {"once": str(uuid.uuid4()), "name": "Asrama anak", "kind": "shelter"}
        answer = as_head.post(here("new", body), sent)
        made = Service.objects.get()
        assert answer.url == here("one", made)
        assert (made.name, made.listing) == ("Asrama anak", "draft")

    def test_shows_the_form_again_with_what_was_typed(self, as_head, body):
        answer = as_head.post(here("new", body), {"once": str(uuid.uuid4()), "about": "Hangat."})
        assert answer.status_code == 422
        assert "Hangat." in answer.text
        assert not Service.objects.exists()

    def test_lets_the_office_help_a_body_without_account(self, client, officer, body):
        client.force_login(officer)
        sent = {"once": str(uuid.uuid4()), "name": "Dapur umum", "kind": "food"}
        assert client.post(here("new", body), sent).status_code == 302


class TestMissing:
    @pytest.mark.parametrize(
        ("listing", "words"), [("open", "perlu dilengkapi"), ("draft", "sebelum dibuka")]
    )
    def test_says_what_is_missing_in_words_of_its_state(self, as_head, service, listing, words):
        Service.objects.filter(pk=service.pk).update(listing=listing, situations=[])
        assert words in as_head.get(here("one", service)).text


class TestSoonUnconfirmed:
    def test_stands_first_on_the_list_with_the_number_to_call(self, client, officer, body):
        a_service(body, name="Segera", confirmed_on=days_ago(88), phone="0777-555666")
        a_service(body, name="Lama", confirmed_on=days_ago(100))
        client.force_login(officer)
        shown = client.get(here("unconfirmed")).text
        assert (
            shown.index("Segera lewat waktu") < shown.index("0777-555666") < shown.index("Sudah lewat waktu")
        )


class TestPart:
    @pytest.mark.parametrize(
        "code", ["what", "found", "whom", "rule", "cost", "bring", "access", "contact", "room"]
    )
    def test_asks_one_thing_and_keeps_it_as_it_is(self, as_head, service, code):
        asked = as_head.get(here("part", service, code))
        sent = {name: value for name, value in asked.context["form"].initial.items() if value is not None}
        for box in asked.context["form"]:
            value = box.value()
            if value not in (None, False):
                sent[box.name] = value
        assert as_head.post(here("part", service, code), sent).status_code == 302
        service.refresh_from_db()
        assert service.version == 1

    def test_puts_a_mistake_at_its_field_with_what_was_typed(self, as_head, service):
        answer = as_head.post(here("part", service, "rule"), {"rule": "is_eldery", "version": 1})
        assert answer.status_code == 422
        assert "Mungkin maksudnya “is_elderly”" in str(answer.context["form"].errors["rule"])
        assert "is_eldery" in answer.text

    def test_shows_a_rule_in_plain_words_before_it_is_kept(self, as_head, service):
        sent = {"rule": "is_elderly", "version": 1, "look": "1"}
        answer = as_head.post(here("part", service, "rule"), sent)
        assert answer.status_code == 200
        assert "Lanjut usia, 60 tahun atau lebih" in answer.context["told"]
        service.refresh_from_db()
        assert service.rule == ""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("", "poor"), ("is_elderly OR is_child", "(is_elderly OR is_child) AND poor"), ("poor", "poor")],
        ids=["none", "another", "the same"],
    )
    def test_writes_the_rule_from_what_was_ticked(self, as_head, service, typed, kept):
        sent = {"rule": typed, "version": 1, "ready": ["poor"]}
        assert as_head.post(here("part", service, "rule"), sent).status_code == 302
        service.refresh_from_db()
        assert service.rule == kept

    def test_names_the_mistake_of_a_rule_that_is_only_looked_at(self, as_head, service):
        sent = {"rule": "nobody", "version": 1, "look": "1"}
        answer = as_head.post(here("part", service, "rule"), sent)
        assert answer.status_code == 422
        assert "tidak dikenal" in str(answer.context["form"].errors["rule"])

    def test_shows_both_after_a_clash_and_saves_the_second_time(self, as_head, service, officer, client):
        stale = {"phone": "0777-999888", "version": "1"}
        as_head.post(here("part", service, "contact"), {"phone": "0777-111222", "version": "1"})
        again = as_head.post(here("part", service, "contact"), stale)
        assert again.status_code == 422
        assert "0777-111222" in again.text
        sent = {"phone": "0777-999888", "version": again.context["form"].data["version"]}
        assert as_head.post(here("part", service, "contact"), sent).status_code == 302

    def test_suggests_situations_for_the_kind(self, as_head, body):
        bare = a_service(body, situations=[])
        assert "Tidak punya makanan" in as_head.get(here("part", bare, "found")).context["suggested"]

    def test_knows_no_other_part(self, as_head, service):
        assert as_head.get(here("part", service, "magic")).status_code == 404


class TestLife:
    def test_opens_a_draft_that_is_complete(self, as_head, body):
        draft = a_service(body, listing="draft", confirmed_on=None, place={})
        assert "Buka untuk umum" in as_head.get(here("one", draft)).text
        as_head.post(here("open", draft))
        draft.refresh_from_db()
        assert (draft.listing, draft.confirmed_on) == ("open", TODAY)

    def test_says_why_a_draft_is_not_opened(self, as_head, body):
        draft = a_service(body, listing="draft", situations=[])
        answer = as_head.post(here("open", draft), follow=True)
        assert "belum dapat dibuka" in answer.text

    def test_pauses_with_words_and_not_without(self, as_head, service):
        assert as_head.post(here("pause", service), {"words": ""}).status_code == 422
        as_head.post(here("pause", service), {"words": "Perbaikan atap."})
        service.refresh_from_db()
        assert (service.listing, service.alert) == ("paused", "Perbaikan atap.")

    def test_asks_once_more_before_it_ends(self, as_head, service):
        assert "Ya, tidak ada lagi" in as_head.get(here("end", service)).text
        as_head.post(here("end", service))
        service.refresh_from_db()
        assert service.listing == "ended"
        assert "Tidak ada lagi" in as_head.get(here("history", service)).text

    def test_lets_nobody_else(self, client, service):
        client.force_login(user_with("dinas_officer", region="21.71"))
        for name in ("open", "pause", "end", "confirm", "room"):
            assert client.post(here(name, service), {"words": "x", "free": "1"}).status_code == 404
        service.refresh_from_db()
        assert (service.listing, service.version) == ("open", 1)


class TestCalendar:
    def test_is_a_file_of_ones_own_listings(self, as_head, service):
        a_service(organisation(name="LKS lain"), name="Bukan milik sendiri")
        answer = as_head.get(here("calendar"))
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert (answer.text.count("BEGIN:VEVENT"), f"UID:{service.pk}@simpul" in answer.text) == (1, True)
