import re
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.access.limits import Limit, forget_all
from simpul.cases.forms.complaints import Ticket
from simpul.cases.models import Complaint
from simpul.organisations.models import Organisation
from tests.access.factories import ORGANISATION, user_with
from tests.cases.complaints import CODE, WORDS, complained
from tests.screening.factories import NOW, TODAY, VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    forget_all()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("simpul.cases.views.complaints.timezone.now", lambda: NOW)


@pytest.fixture
def office(db):
    return Organisation.objects.create(
        pk=ORGANISATION, name="LKS Harapan Bunda", kind="lks", region=VILLAGE, province="21"
    )


def typed(to, *, age=timedelta(minutes=5), **changed):
    ticket = Ticket.issued(NOW - age).sealed()
    plain = {"ticket": ticket, "words": WORDS, "office": f"o:{to.pk}", "website": "", "office_text": ""}
    return plain | changed


def send(client, **fields):
    return client.post(reverse("cases:complain"), fields)


def shown_code(answer):
    return re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.content.decode())[0]


class TestComplain:
    def test_opens_without_an_account(self, client):
        answer = client.get(reverse("cases:complain"))
        assert answer.status_code == 200
        assert "tanpa nama" in answer.content.decode()
        assert answer.content.decode().count("(boleh dikosongkan)") == 3
        assert "no-store" in answer["Cache-Control"]

    def test_finds_an_office_and_keeps_what_was_typed(self, client, office):
        answer = send(client, **typed(office, office="", find="1", office_text="harapan"))
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "LKS Harapan Bunda" in shown
        assert WORDS in shown
        assert not Complaint.objects.exists()

    def test_gives_a_code_that_opens_the_answer_later(self, client, office):
        code = shown_code(send(client, **typed(office)))
        answer = client.post(reverse("cases:complaint-status"), {"code": code.lower().replace("-", " ")})
        assert answer.status_code == 200
        assert "Belum ada jawaban" in answer.content.decode()

    def test_pressed_twice_is_one_with_the_same_code(self, client, office):
        fields = typed(office)
        assert shown_code(send(client, **fields)) == shown_code(send(client, **fields))
        assert Complaint.objects.count() == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"website": "http://spam"},
            {"age": timedelta(seconds=1)},
            {"age": timedelta(days=2)},
            {"ticket": "x"},
        ],
        ids=["honeypot", "too fast", "too old", "forged"],
    )
    def test_takes_nothing_from_a_machine_and_loses_no_words(self, client, office, changed):
        answer = send(client, **typed(office, **changed))
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
        assert not Complaint.objects.exists()

    def test_sends_again_from_the_page_that_refused(self, client, office):
        refused = send(client, **typed(office, age=timedelta(days=2))).content.decode()
        ticket = Ticket.read(re.search(r'name="ticket" value="([^"]+)"', refused)[1])
        again = Ticket(ticket.key, ticket.code, NOW - timedelta(minutes=1)).sealed()
        assert send(client, **typed(office, ticket=again)).status_code == 200

    def test_asks_for_an_office_that_exists(self, client, office):
        assert send(client, **typed(office, office="o:nowhere")).status_code == 422

    def test_stops_a_flood(self, client, office):
        codes = [send(client, **typed(office)).status_code for _ in range(61)]
        assert codes == [200] * 60 + [429]

    def test_stops_a_machine_that_reads_the_directory(self, client, office, monkeypatch):
        monkeypatch.setattr("simpul.cases.views.complaints.FINDING", Limit("complaint-find", 2))
        search = typed(office, office="", office_text="harapan") | {"find": "1"}
        codes = [send(client, **search).status_code for _ in range(3)]
        assert codes == [200, 200, 429]

    def test_remembers_nobody(self, client, office):
        send(client, **typed(office))
        assert "sessionid" not in client.cookies


class TestComplaintStatus:
    def test_shows_the_answer_and_nothing_of_the_office_behind_it(self, client):
        complaint = complained()
        complaint.state, complaint.answer, complaint.notes = "answered", "Sudah diantar", "Gudang kosong"
        complaint.answered_at, complaint.answered_by_name = NOW, "Pak Hamdan"
        complaint.save()
        shown = client.post(reverse("cases:complaint-status"), {"code": CODE}).content.decode()
        assert "Sudah diantar" in shown
        assert "Gudang kosong" not in shown
        assert "Hamdan" not in shown

    @pytest.mark.parametrize("code", ["K7PM2XQ9HT4X", "K7PM", "'; drop"], ids=["other", "short", "odd"])
    def test_knows_no_other_code(self, client, code):
        complained()
        answer = client.post(reverse("cases:complaint-status"), {"code": code})
        assert answer.status_code == 422
        assert "tidak dikenal" in answer.content.decode()

    def test_stops_a_machine_that_tries_codes(self, client):
        tries = [
            client.post(reverse("cases:complaint-status"), {"code": "A"}).status_code for _ in range(301)
        ]
        assert tries[-2:] == [422, 429]

    def test_says_when_the_answer_is_late(self, client):
        complaint = complained()
        complaint.due_on = TODAY - timedelta(days=1)
        complaint.save()
        shown = client.post(reverse("cases:complaint-status"), {"code": CODE}).content.decode()
        assert "lewat waktunya" in shown


class TestComplaints:
    def page(self, client, user):
        client.force_login(user)
        return client.get(reverse("cases:complaints"))

    def test_lists_late_ones_first_without_their_words(self, client, supervisor):
        complained(code="A" * 12)
        late = complained()
        late.due_on = TODAY - timedelta(days=1)
        late.save()
        shown = self.page(client, supervisor).content.decode()
        assert shown.index(str(late.pk)) == min(shown.index(str(row.pk)) for row in Complaint.objects.all())
        assert "terlambat" in shown
        assert WORDS not in shown

    @pytest.mark.parametrize(("role", "status"), [("head", 200), ("caseworker", 403), ("volunteer", 403)])
    def test_opens_for_those_who_receive_them(self, client, request, role, status):
        assert self.page(client, request.getfixturevalue(role)).status_code == status


class TestComplaint:
    def open(self, client, user, complaint):
        client.force_login(user)
        return client.get(reverse("cases:complaint", args=[complaint.pk]))

    def test_is_taken_up_and_answered(self, client, supervisor):
        complaint = complained()
        assert WORDS in self.open(client, supervisor, complaint).content.decode()
        client.post(reverse("cases:complaint-take", args=[complaint.pk]), {"version": 1})
        typed = {"version": 2, "answer": "Diantar hari Jumat", "notes": ""}
        client.post(reverse("cases:complaint-answer", args=[complaint.pk]), typed)
        assert "Diantar hari Jumat" in self.open(client, supervisor, complaint).content.decode()

    def test_is_closed_to_whom_it_is_about(self, client, supervisor):
        complaint = complained(about="Hamdan")
        shown = self.open(client, supervisor, complaint).content.decode()
        assert "menyebut nama Anda" in shown
        assert WORDS not in shown
        typed = {"version": 1, "answer": "Tidak benar", "notes": ""}
        answer = client.post(reverse("cases:complaint-answer", args=[complaint.pk]), typed)
        assert answer.status_code == 422
        assert WORDS not in answer.content.decode()

    def test_does_not_exist_out_of_reach(self, client, other_organisation):

        stranger = user_with("case_supervisor", organisation=other_organisation)
        assert self.open(client, stranger, complained()).status_code == 404

    def test_shows_a_refused_answer_again(self, client, supervisor):
        complaint = complained()
        client.force_login(supervisor)
        typed = {"version": 9, "answer": "Diantar hari Jumat", "notes": ""}
        answer = client.post(reverse("cases:complaint-answer", args=[complaint.pk]), typed)
        assert answer.status_code == 422
        assert "Diantar hari Jumat" in answer.content.decode()

    def test_is_erased_with_a_button_when_its_time_is_over(self, client, supervisor):
        complaint = complained()
        url = reverse("cases:complaint-erase", args=[complaint.pk])
        Complaint.objects.update(state="answered", answered_at=NOW, answered_by_name="Pak Hamdan")
        assert url not in self.open(client, supervisor, complaint).content.decode()
        assert client.post(url).status_code == 422
        Complaint.objects.update(answered_at=NOW - timedelta(days=4000))
        assert url in self.open(client, supervisor, complaint).content.decode()
        shown = client.post(url, follow=True).content.decode()
        assert ("sudah dihapus" in shown, WORDS in shown, "None" in shown) == (True, False, False)
