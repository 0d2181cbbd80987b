"""What everybody may find of services, without an account and without being remembered."""

import gzip
from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from simpul.access.limits import forget_all
from simpul.access.models import Event
from simpul.organisations.models import ServedArea
from simpul.services.models import Service
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, REGENCY, TODAY, VILLAGE, a_service, at_place, days_ago, hours_row

pytestmark = pytest.mark.django_db
NOON_SUNDAY = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
NOON_MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    few_regions()
    forget_all()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


TELLING = (
    "name",
    "alternate_name",
    "about",
    "rule_words",
    "cost_words",
    "procedure",
    "alert",
    "contact_name",
    "website",
)


def look(client, **typed):
    return client.get(reverse("services:public"), typed or {"semua": "1"})


def send(client, **typed):
    return client.post(reverse("services:public"), typed)


def names(answer):
    return [line.service.name for line in answer.context["lines"]]


def one(client, service):
    return client.get(reverse("services:public-one", args=[service.pk]))


class TestPublic:
    def test_opens_with_numbers_to_call_and_plain_words(self, client):
        shown = client.get(reverse("services:public")).content.decode()
        assert shown.index("tel:112") < shown.index("Tidak punya makanan")
        assert not Event.objects.exists()
        assert "sessionid" not in client.cookies

    @pytest.mark.parametrize(
        "typed",
        [
            {"situasi": "old_alone"},
            {"jenis": "food"},
            {"melayani": "LUT"},
            {"akses": "home_visit"},
            {"gratis": "on"},
            {"di": "Pangke"},
        ],
        ids=lambda typed: next(iter(typed)),
    )
    def test_finds_by_each_thing_asked(self, client, typed):
        a_service(need_types=["LUT"], accesses=["home_visit"], areas=[VILLAGE])
        a_service(name="Kursus jahit", kind="training", situations=["no_income"], cost="tariff", areas=["93"])
        assert names(look(client, **typed)) == ["Antar makanan lansia"]

    def test_finds_access_of_a_place_too(self, client):
        a_service(place={"region": VILLAGE, "accesses": ["wheelchair"]})
        assert names(look(client, akses="wheelchair")) == ["Antar makanan lansia"]

    def test_finds_what_its_kind_suggests_where_the_owner_chose_no_words(self, client):
        a_service(name="Dapur umum", situations=[])
        assert names(look(client, situasi="no_food")) == ["Dapur umum"]

    @pytest.mark.parametrize(
        "changed",
        [{"listing": "draft"}, {"listing": "ended"}, {"ends_on": days_ago(1)}, {"begins_on": days_ago(-1)}],
        ids=["draft", "ended", "over", "not begun"],
    )
    def test_hides_what_is_not_offered(self, client, changed):
        hidden = a_service(**changed)
        assert names(look(client)) == []
        assert one(client, hidden).status_code == 404

    @pytest.mark.parametrize("changed", [{"is_closed": True}, {"kind": "family"}], ids=["closed", "family"])
    def test_hides_those_of_a_body_that_is_not_listed(self, client, changed):
        a_service(organisation(**changed))
        assert names(look(client)) == []

    def test_can_be_used_without_cookies(self, db):
        client = Client(enforce_csrf_checks=True)
        shown = client.get(reverse("services:public")).text
        assert "?situasi=no_food" in shown
        assert "?situasi=hurt_at_home" not in shown
        refused = send(client, situasi="no_food")
        assert refused.status_code == 403
        assert f'href="{reverse("services:public")}"' in refused.text
        assert "tel:112" in refused.text

    def test_refuses_a_place_that_is_not_there_and_keeps_what_was_typed(self, client):
        answer = send(client, di="Atlantis")
        assert answer.status_code == 422
        assert "Atlantis" in answer.content.decode()

    @pytest.mark.parametrize(
        "typed",
        [{"situasi": "x'"}, {"di": "\0"}, {"wilayah": "99.99"}, {"jenis": "?" * 500}],
        ids=["no situation", "zero sign", "no region", "long"],
    )
    def test_bears_whatever_is_typed(self, client, typed):
        assert look(client, **typed).status_code in (200, 422)
        assert send(client, **typed).status_code in (200, 302, 422)

    def test_names_other_places_that_are_called_so(self, client):
        answer = look(client, di="Moro")
        assert {other.code for other in answer.context["place"].others} == {"21.02.01.1001"}

    def test_asks_the_same_number_of_questions_for_many(
        self, client, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON_MONDAY)
        for number in range(12):
            body = organisation(name=f"LKS {number}")
            hours_row(
                a_service(body, place={"region": VILLAGE}, areas=[REGENCY]),
                opens_at=time(8),
                closes_at=time(16),
            ).save()
        with django_assert_max_num_queries(12):
            assert len(names(look(client, wilayah=VILLAGE, buka="on", gratis="on"))) == 10


class TestOrder:
    def test_sinks_what_nobody_confirmed_and_goes_by_nearness(self, client):
        a_service(name="Jauh", region="21.71", areas=["21"])
        Service.objects.filter(name="Jauh").update(region="21.71")
        a_service(name="Lama", place={"region": VILLAGE}, areas=["21"], confirmed_on=days_ago(91))
        a_service(name="Dekat", place={"region": VILLAGE}, areas=["21"])
        a_service(name="Sekecamatan", place={"region": "21.02.10.2004"}, areas=["21"])
        found = look(client, wilayah=VILLAGE)
        assert names(found) == ["Dekat", "Sekecamatan", "Jauh", "Lama"]
        assert [line.is_unconfirmed for line in found.context["lines"]] == [False, False, False, True]

    def test_does_not_sink_on_the_last_day_of_the_norm(self, client):
        a_service(confirmed_on=days_ago(90))
        assert [line.is_unconfirmed for line in look(client).context["lines"]] == [False]

    def test_tells_nothing_of_where_a_secret_place_is(self, client):
        secret = organisation(name="Rumah Aman", is_address_secret=True, region=VILLAGE)
        a_service(secret, name="A", areas=[REGENCY])
        Service.objects.filter(name="A").update(region=VILLAGE)  # as before its body became secret
        a_service(name="B", place={"region": "21.02.01.1001"}, areas=[REGENCY])
        assert names(look(client, wilayah=VILLAGE)) == ["A", "B"]
        assert "Pangke" not in "".join(line.place for line in look(client).context["lines"])


class TestWhere:
    @pytest.mark.parametrize(
        ("areas", "asked", "is_found"),
        [
            (["21.02"], VILLAGE, True),
            ([VILLAGE], "21.02", True),
            (["21.02.01"], VILLAGE, False),
            (["93"], VILLAGE, False),
        ],
        ids=["within", "a part", "another district", "another province"],
    )
    def test_is_for_the_people_of_its_areas(self, client, areas, asked, is_found):
        a_service(areas=areas)
        assert bool(names(look(client, wilayah=asked))) is is_found

    @pytest.mark.parametrize("asked", [VILLAGE, "21.02.01.1001", "21.02.01"])
    def test_of_a_hidden_place_goes_by_the_regency_alone(self, client, asked):
        a_service(organisation(name="Rumah Aman", is_address_secret=True), areas=[VILLAGE])
        a_service(organisation(), areas=[VILLAGE], place={"kind": "contact_point", "address": ""})
        assert len(names(look(client, wilayah=asked))) == 2
        assert names(look(client, wilayah="21.71")) == []

    @pytest.mark.parametrize(
        ("code", "is_found"), [("21.02", True), ("93", False)], ids=["there", "not there"]
    )
    def test_takes_those_of_its_body_where_it_has_none(self, client, code, is_found):
        body = organisation()
        ServedArea.objects.create(organisation=body, code=code)
        a_service(body)
        assert bool(names(look(client, wilayah=VILLAGE))) is is_found


class TestOpenNow:
    @pytest.mark.parametrize(
        ("hours", "expected"),
        [
            ({"by_day": "SU", "opens_at": time(8), "closes_at": time(16)}, True),
            ({"by_day": "MO", "opens_at": time(8), "closes_at": time(16)}, False),
            ({"by_day": "SA", "opens_at": time(20), "closes_at": time(13)}, True),
            ({"by_day": "SU", "opens_at": None, "closes_at": None}, None),
            ({"by_day": "SU", "opens_at": time(13, 30), "closes_at": time(15), "zone": 9}, True),
        ],
        ids=["open", "another day", "past midnight", "by appointment", "eastern time"],
    )
    def test_drops_the_surely_closed_and_keeps_what_is_not_known(self, client, monkeypatch, hours, expected):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON_SUNDAY)
        hours_row(a_service(), **hours).save()
        lines = look(client, buka="on").context["lines"]
        assert [line.is_open for line in lines] == ([] if expected is False else [bool(expected)])

    def test_puts_the_surely_open_first(self, client, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON_SUNDAY)
        a_service(name="A tanpa jam")
        hours_row(a_service(name="Buka"), by_day="SU", opens_at=time(8), closes_at=time(16)).save()
        assert names(look(client, buka="on")) == ["Buka", "A tanpa jam"]


class TestPrivacy:
    @pytest.mark.parametrize(
        "typed",
        [{"situasi": "hurt_at_home"}, {"melayani": "ODHA"}, {"cari": "hiv"}],
        ids=["situation", "type", "words"],
    )
    def test_of_a_guarded_search_stays_out_of_addresses(self, client, typed):
        for number in range(11):
            a_service(
                name=f"L {number}",
                kind="shelter",
                situations=["hurt_at_home"],
                need_types=["ODHA"],
                about="hiv",
            )
        answer = send(client, **typed)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert reverse("services:leave") in shown
        assert not any(f"{name}=" in shown for name in typed)
        assert len(names(send(client, page="2", **typed))) == 1

    def test_of_an_address_written_by_hand_asks_anew(self, client):
        a_service(situations=["hurt_at_home"])
        answer = client.get(reverse("services:public"), {"situasi": "hurt_at_home"})
        assert answer.templates[0].name == "services/public_start.html"

    def test_of_a_harmless_search_goes_to_an_address_so_that_going_back_works(self, client):
        answer = send(client, situasi="no_food", di="Pangke")
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"?wilayah={VILLAGE}&situasi=no_food")

    def test_shows_numbers_first_in_an_emergency(self, client):
        shown = send(client, situasi="hurt_at_home").content.decode()
        assert shown.index("tel:129") < shown.index("tel:110") < shown.index("Ubah pencarian")


class TestPublicOne:
    def test_says_everything_that_somebody_needs(self, client):
        service = a_service(
            papers=["KTP"], procedure="Telepon dahulu", age_from=60, accesses=["home_visit"], areas=[REGENCY],
            place={"region": VILLAGE}, free=4, free_on=TODAY, website="contoh.id", rule_words="Tinggal sendiri",
        )  # fmt: skip
        shown = one(client, service).content.decode()
        for words in (
            "KTP",
            "Telepon dahulu",
            "60 tahun ke atas",
            "Petugas datang ke rumah",
            "Kab. Karimun",
        ):
            assert words in shown
        for words in (
            "Jalan Nelayan 3",
            "Gratis",
            'href="https://contoh.id"',
            "tel:0777321123",
            "Tinggal sendiri",
        ):
            assert words in shown

    def test_says_how_it_is_given_in_which_languages_and_in_what_order(self, client):
        service = a_service(
            alternate_name="Rantang", setting="outreach", languages=["ms", "ins", "qaa"],
            capacity=10, waiting_order="urgency",
        )  # fmt: skip
        shown = one(client, service).content.decode()
        for words in (
            "Dikenal juga sebagai Rantang",
            "Penjangkauan",
            "Bahasa isyarat (BISINDO atau SIBI), qaa",
        ):
            assert words in shown
        assert "Menurut kegentingan" in shown
        assert "Urutan daftar tunggu" not in one(client, a_service(name="Tanpa daftar")).content.decode()

    def test_of_a_shelter_tells_its_contact_point_and_never_its_place(self, client):
        body = organisation(
            name="Rumah Aman", is_address_secret=True, region=VILLAGE, address="Jalan Rahasia 9"
        )
        service = a_service(
            body, name="Tempat aman", kind="shelter", situations=["hurt_at_home"], areas=[VILLAGE]
        )
        at_place(service, address="Jalan Rahasia 9", latitude=1.0, longitude=103.4)
        shown = one(client, service).content.decode()
        assert not any(words in shown for words in ("Rahasia 9", "Pangke", "Meral Barat", "103"))
        assert "Titik hubung" in shown
        assert shown.index("tel:129") < shown.index("0777-321123")

    def test_holds_back_every_word_of_a_body_that_became_secret(self, client):
        body = organisation(name="Rumah Aman", region=VILLAGE, address="Kenanga 7")
        telling = dict.fromkeys(TELLING, "Kenanga 7")
        service = a_service(body, papers=["KTP", "Bawa ke Kenanga 7"], kind="shelter", **telling)
        hours_row(service, words="Di Kenanga 7").save()
        body.is_address_secret = True
        body.save()
        pages = [one(client, service), look(client)]
        assert not any("kenanga" in shown.text.lower() for shown in pages)
        assert [line.name for line in pages[1].context["lines"]] == ["Tempat tinggal"]
        assert "KTP" in pages[0].text

    def test_of_violence_offers_a_way_out_and_keeps_a_plain_title(self, client):
        answer = one(client, a_service(name="Tempat aman", situations=["hurt_at_home"]))
        shown = answer.content.decode()
        assert "Tempat aman" not in shown.split("</title>")[0]
        assert reverse("services:leave") in shown
        assert "no-store" in answer["Cache-Control"]

    def test_says_what_is_not_known(self, client):
        shown = one(client, a_service(cost="unknown", confirmed_on=None)).content.decode()
        assert "Jam buka belum diketahui" in shown
        assert "Keterangan ini belum dipastikan lagi" in shown


class TestLeave:
    def test_goes_to_a_page_that_tells_nothing(self, client):
        answer = client.get(reverse("services:leave"))
        assert answer.status_code == 302
        assert "layanan" not in answer["Location"]
        assert answer["Referrer-Policy"] == "no-referrer"


class TestWeight:
    def test_of_a_full_page_fits_a_slow_line(self, client):
        for number in range(30):
            service = a_service(
                name=f"Layanan {number} untuk lansia",
                about="Kata " * 80,
                place={"region": VILLAGE},
                areas=[REGENCY],
            )
            hours_row(service, opens_at=time(8), closes_at=time(16)).save()
        pages = [client.get(reverse("services:public")), look(client, wilayah=VILLAGE), one(client, service)]
        assert [len(gzip.compress(shown.content, 6)) < 14_000 for shown in pages] == [True] * 3

    def test_needs_no_script(self, client):
        assert "onclick" not in look(client).content.decode()
        assert " hx-" not in look(client).content.decode()


class TestLanguage:
    def test_of_the_catalogue_follows_the_page(self, client):
        client.cookies["django_language"] = "en"
        answer = client.get(reverse("services:public"))
        assert "Nothing to eat" in answer.content.decode()


class TestDoor:
    def test_of_who_signs_in_leads_who_needs_help_first(self, client):
        shown = client.get(reverse("account_login")).text
        assert shown.index(reverse("referrals:ask")) < shown.index('name="login"')
        assert shown.index(reverse("services:public")) < shown.index('name="login"')
