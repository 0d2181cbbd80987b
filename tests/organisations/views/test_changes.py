from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.organisations.models import Organisation
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, accept, change, propose, refuse
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    few_regions()
    return organisation(region="21.02.10")


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


@pytest.fixture
def officer(db):
    return user_with("dinas_officer", region="21.02")


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


def html_of(client, user, url):
    client.force_login(user)
    return client.get(url).content.decode()


class TestChange:
    def test_shows_only_what_differs_and_says_it_in_words(self, client, body, head, officer):
        made = propose(body, head, values={"phone": "0777 2"})
        html = html_of(client, officer, at("change", made.pk))
        assert "Telepon lembaga" in html
        assert "0777 2" in html
        assert "diisi" in html
        assert "Nama lembaga" not in html

    def test_offers_each_reader_only_what_they_may_do(self, client, body, head, officer):
        made = propose(body, head)
        shown = {
            user: html_of(client, user, at("change", made.pk))
            for user in (head, officer, user_with("dinas_verifier", region="21.02"))
        }
        told = [("Terima perubahan" in html, "Tarik kembali" in html) for html in shown.values()]
        assert told == [(False, True), (True, False), (False, False)]

    def test_shows_what_moved_on_and_offers_no_acceptance(self, client, body, head, officer):
        made = propose(body, head, values={"phone": "0777 2"})
        change(body, officer, values={"phone": "0777 1"})
        html = html_of(client, officer, at("change", made.pk))
        assert "0777 1" in html
        assert "0777 2" in html
        assert "Terima perubahan" not in html

    def test_tells_no_outsider_where_a_safe_house_is(self, client, head, officer, body):
        Organisation.objects.update(is_address_secret=True, address="Jalan Rahasia 1")
        made = propose(body, head, values={"address": "Jalan Sembunyi 2"})
        html = html_of(client, user_with("plenary_member"), at("change", made.pk))
        assert "Alamat" in html
        assert "Jalan" not in html
        assert "Jalan Sembunyi 2" in html_of(client, officer, at("change", made.pk))

    def test_an_address_told_while_it_becomes_secret_is_not_told(self, client, body, head):
        made = propose(body, head, values={"address": "Jalan Sembunyi 2", "is_address_secret": True})
        assert "Jalan" not in html_of(client, user_with("plenary_member"), at("change", made.pk))

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [
            ("head_of_lks", {"organisation": uuid4()}, 404),
            ("registrar", {"region": "93"}, 404),
            ("caseworker", {"region": "21.02"}, 403),
        ],
        ids=["other-head", "other-area", "caseworker"],
    )
    def test_is_closed_to_others(self, client, body, head, role, where, status):
        made = propose(body, head)
        client.force_login(user_with(role, **where))
        assert client.get(at("change", made.pk)).status_code == status


class TestAnswers:
    @pytest.mark.parametrize(
        ("name", "phone"), [("change-accept", "0777 2"), ("change-refuse", ""), ("change-withdraw", "")]
    )
    def test_each_button_does_what_it_says_however_often_it_is_pressed(
        self, client, body, head, officer, name, phone
    ):
        made = propose(body, head, values={"phone": "0777 2"})
        client.force_login(head if name == "change-withdraw" else officer)
        for _press in range(2):
            assert client.post(at(name, made.pk), {"because": "Salah nomor."}).status_code == 302
        assert Organisation.objects.get().phone == phone

    @pytest.mark.parametrize("name", ["change-accept", "change-refuse", "change-withdraw"])
    def test_opened_without_a_press_nothing_happens(self, client, body, head, officer, name):
        made = propose(body, head)
        client.force_login(head if name == "change-withdraw" else officer)
        client.get(at(name, made.pk))
        made.refresh_from_db()
        assert made.state == "waiting"

    def test_a_refusal_without_a_reason_is_asked_again(self, client, body, head, officer):
        made = propose(body, head)
        client.force_login(officer)
        answer = client.post(at("change-refuse", made.pk), {"because": ""})
        assert answer.status_code == 422
        assert "Tulis alasannya" in answer.content.decode()

    @pytest.mark.parametrize("name", ["change-accept", "change-refuse"])
    def test_the_head_cannot_answer_their_own_proposal(self, client, body, head, name):
        made = propose(body, head)
        client.force_login(head)
        assert client.post(at(name, made.pk), {"because": "x"}).status_code == 403

    def test_the_body_reads_why_it_was_refused_until_it_proposes_anew(self, client, body, head, officer):
        refuse(propose(body, head), officer, because="Nomor itu milik orang lain.")
        assert "Nomor itu milik orang lain." in html_of(client, head, at("organisation", body.pk))
        propose(body, head)
        assert "Nomor itu milik orang lain." not in html_of(client, head, at("organisation", body.pk))


class TestWaiting:
    def test_lists_what_waits_within_reach(self, client, body, head, officer):
        far = organisation(name="LKS Jauh", region="93.01", province="93")
        propose(far, user_with("head_of_lks", organisation=far.pk))
        made = propose(body, head)
        html = html_of(client, officer, at("changes"))
        assert at("change", made.pk) in html
        assert "LKS Jauh" not in html

    def test_asks_the_same_number_of_questions_for_many(
        self, client, body, head, officer, django_assert_max_num_queries
    ):
        for code in ("identity", "purpose", "legal", "service"):
            propose(body, head, code)
        html_of(client, officer, at("changes"))
        with django_assert_max_num_queries(8):
            client.get(at("changes"))


class TestHistory:
    def test_shows_each_accepted_change_with_before_and_after(self, client, body, head, officer):
        change(body, officer, values={"phone": "0777 1"})
        body.refresh_from_db()
        accept(propose(body, head, values={"phone": "0777 2"}), officer)
        html = html_of(client, head, at("history", body.pk))
        assert html.count("0777 1") == 2
        assert html.count("0777 2") == 1

    def test_can_be_read_part_by_part(self, client, body, officer):
        change(body, officer, values={"phone": "0777 1"})
        change(body, officer, "accounts", {"rows": [ROW_OF["accounts"](bank="Bank Laut")]})
        html = html_of(client, officer, f"{at('history', body.pk)}?bagian=accounts")
        assert "Bank Laut" in html
        assert "0777 1" not in html

    def test_keeps_what_was_not_taken_apart(self, client, body, head, officer):
        refuse(propose(body, head), officer)
        html = html_of(client, head, at("history", body.pk))
        assert "Belum ada perubahan yang diterima" in html
        assert "Usulan yang ditolak" in html

    def test_is_for_insiders_only(self, client, body):
        client.force_login(user_with("caseworker", organisation=body.pk))
        assert client.get(at("history", body.pk)).status_code == 403
