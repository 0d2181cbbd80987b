import pytest
from django.urls import reverse

from simpul.accreditation.models import DeskLine
from tests.accreditation.factories import applied, checked, fresh, recommended

pytestmark = pytest.mark.django_db


def at(name, told):
    return reverse(f"accreditation:{name}", args=[told.run.pk])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


class TestApply:
    def test_shows_conditions_and_papers_and_sends(self, client):
        told = recommended()
        client.force_login(told.head)
        words = text(client.get(at("apply", told)))
        assert "Berbadan hukum" in words
        assert "Surat permohonan" in words
        client.post(at("apply", told), {"version": str(told.run.version)})
        assert fresh(told).stage == "desk_check"

    def test_shows_what_was_returned(self, client):
        told = applied()
        client.force_login(told.secretary)
        client.post(at("desk", told), {"answer-surat": "wrong", "note-surat": "tanpa cap"})
        client.post(at("give-back", told), {"version": str(told.run.version), "words": "mohon dilengkapi"})
        client.force_login(told.head)
        words = text(client.get(at("apply", told)))
        assert "tanpa cap" in words
        assert "mohon dilengkapi" in words


class TestDesk:
    def test_keeps_the_answers(self, client):
        told = applied()
        client.force_login(told.secretary)
        assert "Surat permohonan" in text(client.get(at("desk", told)))
        client.post(at("desk", told), {"answer-surat": "met"})
        assert DeskLine.objects.get().answer == "met"
        assert "lanjut ke penugasan" in text(client.get(at("desk", told)))

    def test_keeps_what_was_typed_when_it_is_refused(self, client):
        told = applied()
        client.force_login(told.secretary)
        response = client.post(at("desk", told), {"note-surat": "tanpa cap"})
        assert response.status_code == 422
        assert "tanpa cap" in response.content.decode()

    def test_is_not_for_the_body(self, client):
        told = applied()
        client.force_login(told.head)
        assert client.get(at("desk", told)).status_code == 403


class TestAccept:
    def test_accepts_a_complete_file(self, client):
        told = checked()
        client.force_login(told.secretary)
        client.post(at("accept", told), {"version": str(told.run.version)})
        assert fresh(told).stage == "assignment"

    def test_says_what_is_missing(self, client):
        told = applied()
        client.force_login(told.secretary)
        response = client.post(at("accept", told), {"version": str(told.run.version)}, follow=True)
        assert "Berkas belum lengkap" in text(response)

    def test_opened_by_address_leads_to_the_desk(self, client):
        told = applied()
        client.force_login(told.secretary)
        assert client.get(at("accept", told)).url == at("desk", told)


class TestGiveBack:
    def test_refuses_without_anything_to_mend(self, client):
        told = checked()
        client.force_login(told.secretary)
        assert "Kembalikan" in text(client.get(at("give-back", told)))
        response = client.post(at("give-back", told), {"version": str(told.run.version), "words": ""})
        assert response.status_code == 422
