"""The duty list and the page of one request: who reaches it, what stands in lists, and how it becomes a case."""

from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.referrals.models import HelpRequest
from simpul.referrals.queries.incoming_waiting import waits
from tests.access.factories import user_with
from tests.cases.factories import a_case
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.referrals.incoming import TOLD, another, answered, asked, linked, now_of, officer, reached, taken
from tests.screening.factories import NOW, TODAY
from tests.services.factories import a_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    few_regions()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))


@pytest.fixture
def by(client):
    found = officer()
    client.force_login(found)
    return found


def opened(client, request, name="request"):
    return client.get(reverse(f"referrals:{name}", args=[request.pk]))


def send(client, request, name, **typed):
    fields = {"version": now_of(request).version, **typed}
    return client.post(reverse(f"referrals:{name}", args=[request.pk]), fields)


def shorts(answer):
    return [row.short for row in answer.context["rows"]]


class TestRequests:
    def test_puts_danger_first_then_the_overdue_then_the_oldest(self, client, by):
        newest = another(22)
        oldest = another(23, minutes=-600)
        overdue = another(24, minutes=-60 * 50)
        urgent = another(25, emergency="yes", minutes=5)
        answer = client.get(reverse("referrals:requests"))
        assert shorts(answer) == [row.short for row in (urgent, overdue, oldest, newest)]

    def test_shows_no_name_number_or_word(self, client, by):
        asked()
        shown = client.get(reverse("referrals:requests")).content.decode()
        assert not any(words in shown for words in TOLD.values())

    @pytest.mark.parametrize(
        ("shown", "expected"), [("saya", 1), ("selesai", 1), ("hapus", 0), ("menunggu", 2), ("?", 2)]
    )
    def test_can_be_narrowed(self, client, by, shown, expected):
        another(22)
        taken(another(23), by)
        answered(taken(another(24), by), by)
        assert len(shorts(client.get(reverse("referrals:requests"), {"tampil": shown}))) == expected

    def test_asks_the_same_number_of_questions_for_many(self, client, by, django_assert_max_num_queries):
        for number in range(22, 42):
            another(number)
        with django_assert_max_num_queries(12):
            client.get(reverse("referrals:requests"))

    @pytest.mark.parametrize("role", ["head_of_lks", "field_volunteer", "administrator", "registrar"])
    def test_is_closed_to_others(self, client, role):
        client.force_login(user_with(role, region="" if role == "administrator" else "21.02"))
        assert client.get(reverse("referrals:requests")).status_code == 403


class TestOne:
    @pytest.mark.parametrize(
        ("told", "is_warned"),
        [
            ({"situations": ["hurt_at_home"]}, True),
            ({"situations": ["no_home"]}, False),
            ({"situations": ["hurt_at_home"], "safe_words": "Pagi saja"}, False),
        ],
        ids=["nothing said", "no danger", "said"],
    )
    def test_warns_where_no_safe_way_was_told(self, client, by, told, is_warned):
        shown = client.get(reverse("referrals:request", args=[asked(**told).pk])).text
        assert ("Cara yang aman tidak disebut" in shown) is is_warned

    def test_is_recorded_as_read_without_a_fact_about_anybody(self, client, by):
        request = asked(safe_ways=["no_visit"])
        shown = opened(client, request).content.decode()
        (event,) = Event.objects.filter(is_reading=True)
        assert (event.subject_key, event.details) == (str(request.pk), {})
        assert TOLD["words"] in shown
        assert "Jangan datang ke rumah" in shown
        assert TOLD["name"] not in shown.split("</title>")[0]

    def test_does_not_exist_out_of_reach(self, client):
        request = asked()
        client.force_login(user_with("dinas_officer", region="93.01"))
        for name in ("request", "request-reach", "request-answer", "request-pass-on", "request-case"):
            assert opened(client, request, name).status_code == 404
        assert send(client, request, "request-take").status_code == 404

    def test_is_read_by_the_body_it_lies_with_and_by_no_other(self, client):
        body = organisation()
        request = asked(organisation=body.pk)
        seen = []
        for place in (body.pk, organisation().pk):
            client.force_login(user_with("caseworker", organisation=place))
            seen.append(opened(client, request).status_code)
        assert seen == [200, 404]

    def test_hides_what_became_a_case_that_the_reader_may_not_open(self, client, by):
        case = a_case(by)
        request = linked(reached(taken(asked(), by), by), by, case)
        type(case).objects.filter(pk=case.pk).update(confidentiality="team_only")
        client.force_login(officer(name="Bu Erna"))
        shown = opened(client, request).content.decode()
        assert not any(words in shown for words in (*TOLD.values(), case.number))


class TestDeeds:
    def test_lead_from_taking_to_an_answer(self, client, by):
        request = asked()
        assert send(client, request, "request-take").status_code == 302
        assert send(client, request, "request-reach", reached="yes").status_code == 302
        assert send(client, request, "request-answer", template="come").status_code == 302
        assert "Silakan datang ke kantor" in now_of(request).answer

    def test_say_who_was_faster(self, client, by):
        request = taken(asked(), officer(name="Bu Erna"))
        answer = client.post(reverse("referrals:request-take", args=[request.pk]), {"version": "1"})
        assert answer.status_code == 422
        assert "Bu Erna" in answer.content.decode()

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("request-reach", {"words": "Sudah dicoba"}),
            ("request-answer", {"words": "Sudah dicoba"}),
            ("request-close", {"words": "Sudah dicoba", "to": "double", "double_of": "SB-0000"}),
            ("request-pass-on", {"words": "Sudah dicoba", "to": "o:x"}),
        ],
    )
    def test_refused_keep_what_was_typed(self, client, by, name, typed):
        request = taken(asked(), by)
        answer = send(client, request, name, **typed)
        assert answer.status_code == 422
        assert "Sudah dicoba" in answer.content.decode()
        assert now_of(request).state == "taken"

    def test_pass_on_to_a_service_with_its_public_words(self, client, by):
        service = a_service(situations=["no_home"])
        request = taken(asked(), by)
        assert send(client, request, "request-pass-on", to=f"s:{service.pk}").status_code == 302
        assert "0777-321123" in now_of(request).answer

    def test_close_one_that_was_sent_twice(self, client, by):
        first, second = asked(), another(23)
        assert send(client, second, "request-close", to="double", double_of=first.short).status_code == 302
        assert now_of(second).double_of == first

    def test_only_answer_what_a_button_sent(self, client, by):
        request = asked()
        assert opened(client, request, "request-take")["Location"] == reverse(
            "referrals:request", args=[request.pk]
        )
        assert opened(client, request, "request-erase").status_code == 302


class TestToCase:
    def test_carries_over_only_what_is_ticked(self, client, by):
        shown = opened(client, taken(asked(), by), "request-case").content.decode()
        assert f'type="checkbox" name="name" value="{TOLD["name"]}"' in shown
        assert "checked" not in shown
        found = client.post(reverse("people:search"), {"name": TOLD["name"]})
        assert TOLD["name"] in found.content.decode()

    def test_offers_the_cases_opened_since(self, client, by):
        request = taken(asked(minutes=-10_000), by)
        case = a_case(by)
        answer = send(client, request, "request-case", case=str(case.pk))
        assert answer["Location"] == reverse("cases:case", args=[case.pk])
        assert now_of(request).person == case.person

    def test_takes_a_case_by_its_number(self, client, by):
        request, case = taken(asked(minutes=10_000), by), a_case(by)
        assert send(client, request, "request-case", number=case.number).status_code == 302
        assert now_of(request).case == case

    @pytest.mark.parametrize(
        "typed", [{}, {"number": "2026-999"}, {"case": "x"}], ids=["nothing", "none", "odd"]
    )
    def test_refuses_what_is_no_case(self, client, by, typed):
        request = taken(asked(), by)
        assert send(client, request, "request-case", **typed).status_code == 422
        assert now_of(request).state == "taken"


class TestErase:
    def test_of_all_that_are_old_leaves_the_others(self, client, by):
        old, young = answered(taken(another(22), by), by), answered(taken(another(23), by), by)
        HelpRequest.objects.filter(pk=old.pk).update(erase_on=TODAY - timedelta(days=1))
        client.post(reverse("referrals:requests-erase"))
        assert (now_of(old).name, now_of(young).name) == (None, TOLD["name"])

    def test_of_one_before_its_day_is_refused(self, client, by):
        request = answered(taken(asked(), by), by)
        assert send(client, request, "request-erase").status_code == 302
        assert now_of(request).name == TOLD["name"]


class TestWaits:
    def test_count_each_once_danger_first(self, by):
        another(22, emergency="yes", minutes=-60 * 50)
        another(23, minutes=-60 * 50)
        another(24)
        taken(another(25), by)
        told = waits(by, NOW)
        assert [(one.number, one.is_late) for one in told] == [(1, True), (1, True), (1, False)]

    def test_say_nothing_to_others(self):
        asked()
        assert waits(user_with("head_of_lks", region="21.02"), NOW) == ()
