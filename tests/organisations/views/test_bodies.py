import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.access.models import Event
from simpul.organisations.models import Kind, Organisation
from simpul.organisations.queries.parts import values_of
from tests.access.factories import user_with
from tests.organisations.changing import change, officer_row, propose
from tests.organisations.factories import organisation
from tests.organisations.office import registered
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_role(client):
    few_regions()

    def signed_in(role, **where):
        client.force_login(user_with(role, **where))
        return client

    return signed_in


@pytest.fixture
def body(db):
    made = organisation()
    officer = user_with("dinas_officer", region="21.02")
    for part in ("officers", "staff", "accounts", "identity", "purpose"):
        change(made, officer, part)
    return made


def html_of(client, body):
    return client.get(reverse("organisations:organisation", args=[body.pk])).content.decode()


def questions(client, body):
    with CaptureQueriesContext(connection) as captured:
        html_of(client, body)
    return len(captured)


class TestOrganisations:
    def test_lists_them_with_their_region(self, as_role):
        organisation()
        html = (
            as_role("caseworker", region="21.02").get(reverse("organisations:organisations")).content.decode()
        )
        assert "LKS Tunas Bahari" in html
        assert "Kab. Karimun, Kepulauan Riau" in html

    @pytest.mark.parametrize(
        ("role", "told"), [("dinas_officer", "Daftarkan lembaga pertama"), ("caseworker", "Hubungi mereka")]
    )
    def test_says_what_to_do_when_there_is_none(self, as_role, role, told):
        html = as_role(role, region="21.02").get(reverse("organisations:organisations")).content.decode()
        assert "Belum ada lembaga" in html
        assert told in html

    @pytest.mark.parametrize(
        ("role", "names"),
        [
            (
                "dinas_officer",
                ["registration-queue", "changes", "papers-running", "reports-queue", "flags-review"],
            ),
            ("registrar", ["registration-queue", "registration-offices"]),
            ("plenary_member", ["papers-running"]),
            ("caseworker", []),
        ],
    )
    def test_leads_to_every_queue_that_opens(self, as_role, role, names):
        html = as_role(role, region="21.02").get(reverse("organisations:organisations")).content.decode()
        links = re.findall(r'href="(/lembaga/[^"]+)"', html)
        assert all(reverse(f"organisations:{name}") in links for name in names)
        assert {as_role(role, region="21.02").get(link).status_code for link in set(links)} <= {200, 302}

    def test_sends_strangers_to_the_door(self, client):
        assert client.get(reverse("organisations:organisations")).status_code == 302


class TestOrganisation:
    def test_hides_a_secret_address(self, as_role):
        house = organisation(address="Jalan Rahasia 1", is_address_secret=True)
        html = (
            as_role("caseworker", organisation=uuid4())
            .get(reverse("organisations:organisation", args=[house.pk]))
            .content.decode()
        )
        assert "Jalan Rahasia" not in html
        assert "Dirahasiakan" in html

    def test_hides_the_coordinates_of_a_secret_address_too(self, as_role):
        house = organisation(latitude=1.2345, longitude=103.4321, is_address_secret=True)
        html = html_of(as_role("plenary_member"), house)
        assert "1,23" not in html
        assert "103,43" not in html

    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            ("head_of_lks", True),
            ("dinas_officer", True),
            ("registrar", True),
            ("dinas_verifier", True),
            ("caseworker", False),
            ("researcher", False),
            ("assessor", False),
        ],
    )
    def test_shows_phones_staff_and_accounts_only_to_who_may_see_inside(self, as_role, body, role, sees):
        where = {"organisation": body.pk} if role == "head_of_lks" else {"region": "21.02"}
        html = html_of(as_role(role, **({} if role == "researcher" else where)), body)
        assert [word in html for word in ("0812 1", "Budi", "887766")] == [sees] * 3
        assert "Ratna Dewi" in html

    @pytest.mark.parametrize(
        ("role", "may"),
        [("head_of_lks", True), ("dinas_officer", True), ("dinas_verifier", False), ("researcher", False)],
    )
    def test_offers_changing_only_to_who_may(self, as_role, body, role, may):
        where = {"organisation": body.pk} if role == "head_of_lks" else {"region": "21.02"}
        html = html_of(as_role(role, **({} if role == "researcher" else where)), body)
        assert (reverse("organisations:part", args=[body.pk, "identity"]) in html) is may

    def test_notes_that_an_insider_read_it(self, as_role, body):
        html_of(as_role("dinas_officer", region="21.02"), body)
        assert Event.objects.about(body).filter(is_reading=True).count() == 1

    def test_asks_the_same_number_of_questions_for_many_officers(self, as_role, body):
        client = as_role("dinas_officer", region="21.02")
        html_of(client, body)
        few = questions(client, body)
        officer = user_with("dinas_officer", region="21.02")
        read = values_of(body, "officers")["rows"]
        rows = [*read, *(officer_row(name=f"Orang {number}") for number in range(30))]
        change(body, officer, "officers", {"rows": rows})
        html_of(client, body)
        assert questions(client, body) == few

    def test_shows_an_officer_what_waits_and_the_body_itself_too(self, as_role, body):
        propose(body, user_with("head_of_lks", organisation=body.pk), values={"phone": "0777 55"})
        insider = html_of(as_role("dinas_officer", region="21.02"), body)
        outsider = html_of(as_role("caseworker", region="21.02"), body)
        assert "0777 55" in insider
        assert "0777 55" not in outsider

    def test_leads_an_insider_to_the_certificates_and_their_paper(self, as_role, body):
        given = registered(body)
        links = [
            reverse(f"organisations:{name}", args=[given.pk]) for name in ("certificate", "certificate-pdf")
        ]
        insider = html_of(as_role("dinas_officer", region="21.02"), body)
        outsider = html_of(as_role("caseworker", region="21.02"), body)
        assert [link in insider for link in links] == [True, True]
        assert [link in outsider for link in links] == [False, False]


class TestStructure:
    def test_draws_the_units_and_lists_everybody_below(self, as_role, body):
        url = reverse("organisations:structure", args=[body.pk])
        html = as_role("researcher").get(url).content.decode()
        assert "<svg" in html
        assert html.count("Ratna Dewi") == 2
        assert "0812 1" not in html

    def test_says_when_a_term_has_run_out(self, as_role, body):
        officer = user_with("dinas_officer", region="21.02")
        row = officer_row(since="2015-01-01", until="2020-01-01")
        change(body, officer, "officers", {"rows": [row]})
        url = reverse("organisations:structure", args=[body.pk])
        assert "masa jabatan habis" in as_role("researcher").get(url).content.decode()

    def test_is_closed_to_who_may_not_know_a_secret_place(self, as_role, body):
        Organisation.objects.update(is_address_secret=True)
        url = reverse("organisations:structure", args=[body.pk])
        assert as_role("dinas_verifier", region="21.02").get(url).status_code == 403
        assert as_role("dinas_officer", region="21.02").get(url).status_code == 200

    def test_says_what_to_do_when_there_is_none(self, as_role):
        url = reverse("organisations:structure", args=[organisation().pk])
        assert "Belum ada susunan" in as_role("researcher").get(url).content.decode()


class TestRegister:
    def form(self, **details):
        return {"once": uuid4(), "name": "LKS Baru", "kind": "lks", "region": "21.02", "save": "1", **details}

    def test_registers_and_shows_it(self, as_role):
        answer = as_role("dinas_officer", region="21.02").post(
            reverse("organisations:register"), self.form(), follow=True
        )
        assert "LKS Baru sudah didaftarkan" in answer.content.decode()

    @pytest.mark.parametrize("kind", Kind.values)
    def test_registers_every_kind_of_body(self, as_role, kind):
        as_role("dinas_officer", region="21.02").post(reverse("organisations:register"), self.form(kind=kind))
        assert Organisation.objects.get().kind == kind

    def test_looking_for_a_region_keeps_what_was_typed(self, as_role):
        typed = self.form(region="", region_text="karimun", region_find="1")
        html = (
            as_role("dinas_officer", region="21.02")
            .post(reverse("organisations:register"), typed)
            .content.decode()
        )
        assert 'value="LKS Baru"' in html
        assert 'value="21.02"' in html
        assert not Organisation.objects.exists()

    def test_is_closed_to_those_without_the_right(self, as_role):
        assert as_role("caseworker", region="21.02").get(reverse("organisations:register")).status_code == 403
