"""Help received: on the page of its body, in the list of an office, in files that leave."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.access.models import Event
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, change
from tests.organisations.factories import organisation
from tests.organisations.views.test_parts import address, form_of
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    few_regions()
    found = organisation(region="21.02")
    officer = user_with("dinas_officer", region="21.02")
    change(found, officer, "help", {"rows": [ROW_OF["help"](giver="Hamba Allah", account_by="2026-05-05")]})
    return found


def signed_in(client, role, **where):
    user = user_with(role, **(where or {"region": "21.02"}))
    client.force_login(user)
    return user


def page_of(client, body):
    return client.get(reverse("organisations:organisation", args=[body.pk])).content.decode()


class TestThePageOfItsBody:
    def test_tells_insiders_what_came_and_what_is_owed(self, client, body):
        signed_in(client, "head_of_lks", organisation=body.pk)
        html = page_of(client, body)
        assert "Hamba Allah" in html
        assert "Rp15.000.000" in html
        assert "Tahun 2026: 1 bantuan" in html
        assert "1 belum dipertanggungjawabkan" in html

    def test_tells_nobody_else_who_gave(self, client, body):
        signed_in(client, "caseworker", region="21.02")
        assert "Hamba Allah" not in page_of(client, body)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"rupiah": ""}, "Tulis jumlah uang"),
            ({"form": "goods", "rupiah": "", "quantity": ""}, "berapa banyak"),
            ({"received_on_year": "2199"}, "setelah diterima"),
            ({"account_by_year": "2020"}, "mendahului hari"),
            ({"accounting": "sent"}, "kapan pertanggungjawaban"),
            ({"accounted_on_day": "1", "accounted_on_month": "1", "accounted_on_year": "2026"}, "sesudah"),
        ],
        ids=["no-amount", "no-quantity", "future", "due-before", "sent-when", "answered-before"],
    )
    def test_takes_nothing_that_contradicts_itself(self, client, body, typed, words):
        signed_in(client, "dinas_officer")
        url = address(body, "help", name="row-add")
        whole = {
            **ROW_OF["help"](),
            "received_on_day": "4",
            "received_on_month": "5",
            "received_on_year": "2026",
        }
        due = {"account_by_day": "31", "account_by_month": "12", "account_by_year": "2026"}
        answer = client.post(url, form_of(client, url, **{**whole, **due, **typed}))
        assert answer.status_code == 422
        assert words in answer.content.decode()


class TestOfficeHelp:
    def test_lists_what_the_bodies_of_the_area_received(self, client, body):
        signed_in(client, "dinas_verifier")
        html = client.get(reverse("organisations:office-help"), {"keadaan": "lewat"}).content.decode()
        assert "Bantuan sarana" in html
        assert "lewat batas" in html

    def test_is_closed_to_who_watches_nothing(self, client, body):
        signed_in(client, "head_of_lks", organisation=body.pk)
        assert client.get(reverse("organisations:office-help")).status_code == 403

    def test_says_what_is_wrong_with_an_address_that_cannot_be(self, client, body):
        signed_in(client, "dinas_officer")
        assert client.get(reverse("organisations:office-help"), {"tahun": "lalu"}).status_code == 422


class TestFiles:
    def test_of_the_office_are_recorded(self, client, body):
        signed_in(client, "dinas_officer")
        answer = client.post(reverse("organisations:office-help-file", args=["xlsx"]) + "?keadaan=lewat")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
        assert rows.to_python()[1][3:6] == ["Bantuan sarana", "Uang", 15_000_000]
        assert (
            Event.objects.get(permission="organisation.export").details["filters"] == "bantuan?keadaan=lewat"
        )

    @pytest.mark.parametrize(
        ("role", "own", "status"),
        [("head_of_lks", True, 200), ("dinas_officer", False, 200), ("dinas_verifier", False, 403)],
        ids=["own-head", "officer", "reader"],
    )
    def test_of_one_body_are_for_the_body_and_its_office(self, client, body, role, own, status):
        signed_in(client, role, **({"organisation": body.pk} if own else {"region": "21.02"}))
        answer = client.post(reverse("organisations:help-file", args=[body.pk, "csv"]))
        assert answer.status_code == status
        assert (b"Hamba Allah" in answer.content) == (status == 200)

    def test_are_made_by_a_button_only(self, client, body):
        signed_in(client, "dinas_officer")
        assert client.get(reverse("organisations:help-file", args=[body.pk, "csv"])).status_code == 302
        assert client.get(reverse("organisations:office-help-file", args=["pdf"])).status_code == 404
