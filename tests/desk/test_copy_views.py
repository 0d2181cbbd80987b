import json

import pytest
from django.urls import reverse

from simpul.access.models import Event
from tests.desk.queries.test_copy import opened
from tests.people.factories import NIK, consent, data_request, limited, person
from tests.screening.factories import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def aminah(caseworker):
    return person(caseworker, nik=NIK)


def address(someone):
    return reverse("desk:copy", args=[someone.pk])


def made(client, user, someone, **typed):
    client.force_login(user)
    return client.post(address(someone), typed) if typed else client.get(address(someone))


class TestCopy:
    def test_shows_everything_ready_to_print(self, client, caseworker):
        case = opened(decided(caseworker), caseworker)
        html = made(client, caseworker, case.person).content.decode()
        for told in ("Data diri", "Jawaban dan keterangan", "Penapisan", case.number, "mendata orang ini"):
            assert told in html

    def test_the_file_is_for_machines_and_its_name_tells_nothing(self, client, caseworker, aminah):
        response = made(client, caseworker, aminah, **{"as": "json"})
        told = json.loads(response.content)
        assert (told["format"], told["version"], told["person"]) == ("simpul.person-copy", 1, str(aminah.pk))
        assert told["sections"]["person"][0]["nik"] == NIK
        assert "Aminah" not in response["Content-Disposition"]
        assert response["Cache-Control"] == "no-store"

    def test_states_how_much_is_left_out(self, client, caseworker, aminah):
        consent(aminah, caseworker, witness="Pak Burhan")
        html = made(client, caseworker, aminah).content.decode()
        assert "1 bagian tidak disertakan" in html
        assert "Burhan" not in html

    def test_gives_workers_words_only_when_told_so(self, client, caseworker, aminah):
        consent(aminah, caseworker, basis="legal_duty", basis_because="Menurut putusan")
        assert "Menurut putusan" not in made(client, caseworker, aminah).content.decode()
        html = made(client, caseworker, aminah, words="1").content.decode()
        assert "Menurut putusan" in html
        assert "Tidak ada bagian yang ditinggalkan" in html

    def test_each_copy_is_recorded(self, client, caseworker, aminah):
        for _time in range(2):
            made(client, caseworker, aminah)
        copies = Event.objects.about_person(aminah.pk).filter(permission="person.copy", is_reading=True)
        assert copies.count() == 2

    def test_a_limited_record_leaves_only_at_the_persons_own_wish(self, client, caseworker, aminah):
        limited(aminah, caseworker)
        assert "NIK" not in made(client, caseworker, aminah).content.decode()
        data_request(aminah, caseworker, "copy")
        assert NIK in made(client, caseworker, aminah).content.decode()

    @pytest.mark.parametrize(
        ("role", "status"),
        [("stranger", 404), ("volunteer", 403), ("head", 403), ("verifier", 403), ("officer", 200)],
    )
    def test_is_closed_to_who_may_not(self, client, request, aminah, role, status):
        assert made(client, request.getfixturevalue(role), aminah).status_code == status
