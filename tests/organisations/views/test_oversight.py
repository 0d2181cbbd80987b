import uuid
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.organisations.models import Flag
from simpul.organisations.queries.oversight import panel
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY, a_flag
from tests.organisations.papers import a_certificate
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
WORDS = "Papan nama belum dipasang."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def here(name, row):
    return reverse(f"organisations:{name}", args=[row.pk])


class TestOversightPanel:
    def html_for(self, body, user):
        told = {"oversight": panel(body, user, date(2027, 2, 1))}
        return render_to_string("organisations/_oversight_panel.html", told)

    def test_tells_the_body_what_it_owes(self, body):
        a_flag(body, kind="suspension", until=date(2027, 3, 1))
        a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
        html = self.html_for(body, user_with("head_of_lks", organisation=body.pk))
        assert "Penghentian sementara" in html
        assert "terlambat" in html
        assert here("reports", body) in html

    def test_leads_the_plenary_nowhere(self, body):
        a_flag(body)
        html = self.html_for(body, user_with("plenary_member"))
        assert "Peringatan" in html
        assert "href" not in html


class TestFlags:
    def test_tell_the_body_why(self, client, body):
        a_flag(body)
        client.force_login(user_with("head_of_lks", organisation=body.pk))
        html = client.get(here("flags", body)).content.decode()
        assert WORDS in html
        assert "Tambah catatan" not in html

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [
            ("dinas_verifier", {"region": "21.02"}, 200),
            ("plenary_member", {}, 404),
            ("dinas_officer", {"region": "21.71"}, 404),
            ("assessor", {}, 403),
        ],
    )
    def test_tell_nobody_else(self, client, body, role, where, status):
        a_flag(body)
        client.force_login(user_with(role, **where))
        answer = client.get(here("flags", body))
        assert answer.status_code == status
        assert (WORDS in answer.content.decode()) is (status == 200)


class TestFlagRaise:
    def test_keeps_it_and_says_so(self, as_officer, body):
        sent = {"once": uuid.uuid4(), "kind": "complaint", "words": "Pintu dikunci malam hari."}
        html = as_officer.post(here("flag-raise", body), sent, follow=True).content.decode()
        assert "Pintu dikunci malam hari." in html
        assert Flag.objects.get().kind == "complaint"

    def test_a_refused_form_keeps_what_was_typed(self, as_officer, body):
        sent = {"once": uuid.uuid4(), "kind": "", "words": "Pintu dikunci malam hari."}
        answer = as_officer.post(here("flag-raise", body), sent)
        assert answer.status_code == 422
        assert "Pintu dikunci malam hari." in answer.content.decode()


class TestFlagLift:
    def test_lifts_with_a_reason(self, as_officer, body):
        flag = a_flag(body)
        assert as_officer.post(here("flag-lift", flag), {"because": ""}).status_code == 422
        html = as_officer.post(here("flag-lift", flag), {"because": "Sudah dipasang."}, follow=True)
        assert "Sudah dipasang." in html.content.decode()
        assert as_officer.get(here("flag-lift", flag)).status_code == 302


class TestFlagsReview:
    def test_lists_old_ones_within_reach(self, as_officer, body):
        a_flag(body, on=TODAY.replace(year=2026))
        a_flag(organisation(name="LKS Jauh", region="21.71"), on=TODAY.replace(year=2026))
        html = as_officer.get(reverse("organisations:flags-review")).content.decode()
        assert "LKS Tunas Bahari" in html
        assert "LKS Jauh" not in html

    def test_says_when_there_is_none(self, as_officer):
        html = as_officer.get(reverse("organisations:flags-review")).content.decode()
        assert "Tidak ada yang perlu ditinjau" in html
