import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Case, RightsGiven, Satisfaction
from tests.cases.factories import a_case, moved
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db

DAY = {"day": "21", "month": "11", "year": "2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def page(client, user, name, case, **asked):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=[case.pk]), asked)


def send(client, user, name, case, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=[case.pk]), typed)


def day(name):
    return {f"{name}_{part}": value for part, value in DAY.items()}


@pytest.mark.parametrize("name", ["rights", "rights-sheet", "satisfaction", "wishes"])
@pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403)])
def test_out_of_reach_nothing_opens(client, case, request, name, role, status):
    assert page(client, request.getfixturevalue(role), name, case).status_code == status


class TestRights:
    def test_shows_the_text_and_notes_that_it_was_given(self, client, case, caseworker):
        assert "Anda tidak dihakimi" in page(client, caseworker, "rights", case).content.decode()
        typed = {"once": uuid.uuid4(), "how": "Dibacakan", **day("given_on")}
        assert send(client, caseworker, "rights", case, **typed).status_code == 302
        assert "Dibacakan" in page(client, caseworker, "rights", case).content.decode()

    def test_loses_nothing_that_was_typed(self, client, case, caseworker):
        typed = {"once": uuid.uuid4(), "how": "Dibacakan", **day("given_on"), "given_on_year": "2027"}
        answer = send(client, caseworker, "rights", case, **typed)
        assert answer.status_code == 422
        assert "Dibacakan" in answer.content.decode()
        assert not RightsGiven.objects.exists()

    def test_tells_the_head_only_that_it_was_given(self, client, case, caseworker, head):
        send(client, caseworker, "rights", case, once=uuid.uuid4(), how="Bersama suaminya", **day("given_on"))
        shown = page(client, head, "rights", case).content.decode()
        assert "Naskah versi 1" in shown
        assert "Bersama suaminya" not in shown

    def test_takes_nothing_for_an_ended_case(self, client, case, caseworker):
        moved(case, caseworker, "left")
        send(client, caseworker, "rights", case, once=uuid.uuid4(), how="Dibacakan", **day("given_on"))
        assert not RightsGiven.objects.exists()


class TestRightsSheet:
    def test_is_there_in_both_languages_and_says_where_to_complain(self, client, case, caseworker):
        indonesian = page(client, caseworker, "rights-sheet", case).content.decode()
        english = page(client, caseworker, "rights-sheet", case, bahasa="en").content.decode()
        assert "paling lama 14 hari" in indonesian
        assert "You are not judged" in english
        assert reverse("cases:complain") in english

    def test_does_not_name_the_client_on_the_paper(self, client, case, caseworker):
        shown = page(client, caseworker, "rights-sheet", case).content.decode()
        assert case.person.name not in shown.partition("<article")[2]

    def test_knows_no_other_language(self, client, case, caseworker):
        assert page(client, caseworker, "rights-sheet", case, bahasa="xx").status_code == 404


class TestSatisfaction:
    def test_keeps_the_clients_words_and_says_who_entered_them(self, client, case, caseworker):
        typed = {"once": uuid.uuid4(), "entered": "asked", "instrument": "satisfaction", "item-heard": "2"}
        typed |= {"words": "Sering terburu-buru", **day("asked_on")}
        assert send(client, caseworker, "satisfaction", case, **typed).status_code == 302
        shown = page(client, caseworker, "satisfaction", case).content.decode()
        assert "Sering terburu-buru" in shown
        assert "dimasukkan oleh Rina Wulandari" in shown
        assert "ditanyakan oleh pendampingnya sendiri" in shown

    def test_shows_a_refused_form_again(self, client, case, caseworker):
        typed = {"once": uuid.uuid4(), "entered": "asked", "instrument": "satisfaction", **day("asked_on")}
        answer = send(client, caseworker, "satisfaction", case, **typed)
        assert answer.status_code == 422
        assert "Belum ada jawaban" in answer.content.decode()
        assert not Satisfaction.objects.exists()

    def test_is_filled_in_by_nobody_who_only_looks(self, client, case, head):
        assert send(client, head, "satisfaction", case, once=uuid.uuid4()).status_code == 404


class TestWishes:
    def test_are_kept_and_clash_loudly(self, client, case, caseworker):
        assert (
            send(client, caseworker, "wishes", case, version=case.version, wishes="Hanya Bu RT").status_code
            == 302
        )
        answer = send(client, caseworker, "wishes", case, version=case.version, wishes="Semua boleh")
        assert answer.status_code == 422
        assert "Hanya Bu RT" in answer.content.decode()
        assert "Semua boleh" in answer.content.decode()
        assert Case.objects.get(pk=case.pk).wishes == "Hanya Bu RT"
