import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.desk.queries.quality import CHECKS, checks_of
from tests.access.factories import OTHER_ORGANISATION, give
from tests.cases.factories import opened
from tests.people.factories import person
from tests.screening.factories import TODAY, answered, consented, decided, finished, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def page(client, user, name="today", *args, **query):
    client.force_login(user)
    return client.get(reverse(f"desk:{name}", args=args), query)


def waiting(answer):
    return [line.waits_for for village in answer.context["villages"] for line in village.lines]


class TestToday:
    def test_says_what_to_do_first_when_nobody_waits(self, client, caseworker):
        shown = page(client, caseworker).content.decode()
        assert "Mulailah dengan seseorang" in shown
        assert "Orang baru" in shown

    def test_shows_each_person_with_one_thing_to_do(self, client, caseworker):
        started(caseworker)
        finished(caseworker)
        decided(caseworker)
        opened(decided(caseworker), caseworker)
        assert sorted(waiting(page(client, caseworker))) == ["asking", "case", "decided", "finished"]

    def test_leads_from_each_name_to_the_person(self, client, caseworker):
        screening = started(caseworker)
        address = reverse("people:person", args=[screening.person_id])
        assert f'href="{address}"' in page(client, caseworker).content.decode()

    def test_offers_in_the_bar_only_places_that_open(self, client, caseworker, administrator):
        places = [reverse("people:search"), reverse("cases:cases")]
        shown = page(client, caseworker).content.decode()
        assert all(f'<a href="{place}"' in shown for place in places)
        shown = page(client, administrator).content.decode()
        assert not any(f'<a href="{place}"' in shown for place in places)
        assert f'<a href="{reverse("screening:types")}"' in shown

    def test_puts_the_most_urgent_first(self, client, caseworker):
        started(caseworker)
        decided(caseworker)
        assert waiting(page(client, caseworker))[0] == "decided"

    def test_shows_the_most_urgent_first_however_many_wait_longer(self, client, caseworker, monkeypatch):
        monkeypatch.setattr("simpul.desk.views.PAGE_LENGTH", 2)
        for _ in range(3):
            started(caseworker)
        decided(caseworker)
        answer = page(client, caseworker)
        assert waiting(answer) == ["decided", "asking"]
        assert answer.context["desk"].waiting == 4
        assert len(waiting(page(client, caseworker, page="2"))) == 2

    def test_puts_an_urgent_case_before_what_is_only_waiting(self, client, caseworker):
        started(caseworker)
        opened(decided(caseworker), caseworker)
        assert waiting(page(client, caseworker)) == ["case", "asking"]

    def test_stands_in_the_trail_of_everybody_shown(self, client, caseworker):
        screening = started(caseworker)
        page(client, caseworker)
        shown = Event.objects.about_person(screening.person_id).filter(permission="desk.view")
        assert shown.count() == 1

    def test_groups_people_by_village(self, client, caseworker):
        started(caseworker)
        finished(caseworker)
        assert len(page(client, caseworker).context["villages"]) == 1

    def test_can_show_only_what_waits_for_one_thing(self, client, caseworker):
        started(caseworker)
        finished(caseworker)
        assert waiting(page(client, caseworker, menunggu="finished")) == ["finished"]

    def test_shows_a_volunteer_only_what_can_be_asked(self, client, caseworker, volunteer):
        started(caseworker)
        finished(caseworker)
        assert waiting(page(client, volunteer)) == ["asking"]

    def test_shows_a_stranger_nobody(self, client, caseworker, stranger):
        started(caseworker)
        assert waiting(page(client, stranger)) == []

    @pytest.mark.parametrize("role", ["head", "verifier", "officer", "supervisor"])
    def test_opens_for_everybody_who_meets_people(self, client, caseworker, request, role):
        finished(caseworker)
        assert page(client, request.getfixturevalue(role)).status_code == 200

    def test_tells_an_administrator_what_can_be_done_here(self, client, administrator):
        assert "Pengelola Simpul" in page(client, administrator).content.decode()

    def test_sends_who_is_signed_out_to_sign_in(self, client, db):
        assert client.get(reverse("desk:today")).status_code == 302

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, client, caseworker, django_assert_max_num_queries
    ):
        for _ in range(5):
            started(caseworker)
        page(client, caseworker)
        with django_assert_max_num_queries(24):
            page(client, caseworker)


class TestTeam:
    def test_shows_the_supervisor_every_screening(self, client, caseworker, supervisor):
        started(caseworker)
        finished(supervisor)
        assert {row.worker_name for row in page(client, supervisor, "team").context["rows"]} == {
            "Rina Wulandari",
            "Pak Hamdan",
        }

    def test_can_be_narrowed_to_a_worker_and_a_state(self, client, caseworker, supervisor):
        started(caseworker)
        finished(supervisor)
        rows = page(client, supervisor, "team", petugas=str(caseworker.pk), keadaan="asking").context["rows"]
        assert [row.state for row in rows] == ["asking"]

    def test_counts_all_and_shows_them_page_by_page(self, client, caseworker, supervisor, monkeypatch):
        monkeypatch.setattr("simpul.desk.views.PAGE_LENGTH", 2)
        for _ in range(3):
            started(caseworker)
        answer = page(client, supervisor, "team")
        assert "3 penapisan" in answer.content.decode()
        assert len(answer.context["rows"]) == 2
        assert len(page(client, supervisor, "team", page="2").context["rows"]) == 1

    def test_stands_in_the_trail_of_everybody_shown(self, client, caseworker, supervisor):
        people = {started(caseworker).person_id for _ in range(2)}
        page(client, supervisor, "team")
        for key in people:
            traces = page(client, supervisor, "trail", key).context["traces"]
            assert "melihat orang ini dalam daftar tim" in {trace.words for trace in traces}

    def test_takes_nonsense_in_the_address_calmly(self, client, caseworker, supervisor):
        started(caseworker)
        assert len(page(client, supervisor, "team", petugas="x", keadaan="y").context["rows"]) == 1

    @pytest.mark.parametrize(("role", "status"), [("caseworker", 403), ("volunteer", 403), ("head", 200)])
    def test_is_for_those_who_supervise(self, client, request, role, status):
        assert page(client, request.getfixturevalue(role), "team").status_code == status


class TestTrail:
    def test_shows_who_did_and_who_read(self, client, caseworker, supervisor):
        screening = answered(started(caseworker), caseworker, poor=True)
        client.force_login(caseworker)
        client.get(reverse("screening:result", args=[screening.pk]))
        traces = page(client, supervisor, "trail", screening.person_id).context["traces"]
        assert {"memulai penapisan", "membaca hasil penapisan", "membaca jejak ini"} <= {
            trace.words for trace in traces
        }

    def test_shows_each_print(self, client, caseworker, supervisor):
        screening = finished(caseworker)
        client.force_login(caseworker)
        client.get(reverse("screening:pdf", args=[screening.pk]))
        traces = page(client, supervisor, "trail", screening.person_id).context["traces"]
        assert "mencetak hasil penapisan" in {trace.words for trace in traces}

    def test_tells_a_list_from_the_page_of_a_case(self, client, caseworker, supervisor):
        case = opened(decided(caseworker), caseworker)
        client.force_login(caseworker)
        client.get(reverse("cases:cases"))
        words = {trace.words for trace in page(client, supervisor, "trail", case.person_id).context["traces"]}
        assert "melihat orang ini dalam daftar kasus" in words
        assert "membuka halaman kasus" not in words

    def test_can_show_only_readings(self, client, caseworker, supervisor):
        screening = started(caseworker)
        traces = page(client, supervisor, "trail", screening.person_id, hanya="baca").context["traces"]
        assert traces
        assert all(trace.is_reading for trace in traces)

    def test_tells_the_answers_of_one_interview_in_one_line(self, client, caseworker, supervisor):
        screening = started(caseworker)
        for minute, name in enumerate(("poor", "left_alone", "basic_needs_met")):
            answered(screening, caseworker, minutes=minute, **{name: True})
        answer = page(client, supervisor, "trail", screening.person_id)
        [answers] = [trace for trace in answer.context["traces"] if trace.words == "mencatat jawaban"]
        assert answers.times == 3
        assert f"mencatat jawaban (3 kali), {answers.span}" in answer.content.decode()

    def test_leaves_no_event_out_of_the_count(self, client, caseworker, supervisor):
        screening = answered(started(caseworker), caseworker, poor=True, left_alone=True)
        answer = page(client, supervisor, "trail", screening.person_id)
        # What the page itself adds stands on it too.
        counted = sum(trace.times for trace in answer.context["traces"])
        assert counted == answer.context["page"].paginator.count
        assert counted == Event.objects.about_person(screening.person_id).count()

    def test_does_not_exist_for_a_supervisor_elsewhere(self, client, caseworker, stranger):
        subject = consented(caseworker)
        give(stranger, "case_supervisor", organisation=OTHER_ORGANISATION)
        assert page(client, stranger, "trail", subject.pk).status_code == 404

    def test_is_not_for_a_caseworker(self, client, caseworker):
        assert page(client, caseworker, "trail", consented(caseworker).pk).status_code == 403


class TestSearch:
    def ask(self, client, user, **typed):
        client.force_login(user)
        return client.post(reverse("desk:search"), typed)

    def test_shows_whom_it_found_and_records_it(self, client, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal")
        shown = self.ask(client, caseworker, q="Siti Aminah")
        assert reverse("cases:case", args=[case.pk]) in shown.content.decode()
        told = Event.objects.about_person(case.person_id).filter(is_reading=True)
        assert {"person.search", "case.view"} <= set(told.values_list("permission", flat=True))

    def test_never_takes_a_name_from_the_address(self, client, caseworker):
        opened(consented(caseworker), caseworker, urgency="normal")
        client.force_login(caseworker)
        shown = client.get(reverse("desk:search"), {"q": "Siti Aminah"})
        assert shown.context["groups"] == ()

    def test_asks_for_two_letters(self, client, caseworker):
        assert "sedikitnya dua huruf" in self.ask(client, caseworker, q="S").content.decode()

    def test_says_when_nothing_fits(self, client, caseworker):
        assert "Belum ada yang cocok" in self.ask(client, caseworker, q="Zzyzx").content.decode()

    def test_opens_for_who_meets_no_people(self, client, administrator):
        assert self.ask(client, administrator, q="Siti").status_code == 200


class TestQuality:
    def test_counts_every_list_and_leads_to_it(self, client, caseworker):
        person(caseworker, born=None)
        shown = page(client, caseworker, "quality").content.decode()
        assert reverse("desk:quality-list", args=["lahir"]) in shown
        assert "Tanggal lahir belum diketahui" in shown

    @pytest.mark.parametrize("check", CHECKS, ids=[check.code for check in CHECKS])
    def test_opens_every_list(self, client, supervisor, caseworker, check):
        opened(consented(caseworker), caseworker, urgency="normal")
        if check in checks_of(supervisor):
            assert page(client, supervisor, "quality-list", check.code).status_code == 200

    def test_leads_to_the_form_and_records_whom_it_showed(self, client, caseworker):
        someone = person(caseworker, born=None)
        shown = page(client, caseworker, "quality-list", "lahir").content.decode()
        assert reverse("people:edit", args=[someone.pk]) in shown
        assert Event.objects.about_person(someone.pk).filter(permission="quality.view").count() == 1

    @pytest.mark.parametrize("code", ["tidak-ada", "lahir"])
    def test_is_closed_to_who_may_not_see_it(self, client, administrator, code):
        assert page(client, administrator, "quality-list", code).status_code in (403, 404)

    def test_tells_the_start_page_how_many_there_are(self, client, caseworker):
        person(caseworker, born=None)
        assert "1 catatan perlu dilengkapi" in page(client, caseworker).content.decode()
