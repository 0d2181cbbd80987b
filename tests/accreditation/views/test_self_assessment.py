import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.accreditation.models import Evidence
from simpul.accreditation.queries.scores import self_scores_of
from tests.access.test_pictures import jpeg
from tests.accreditation.factories import applied, asked, begun, fresh, self_assessed, today, visiting

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accreditation:{name}", args=args)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def typed(**more):
    return {"value-1.1": "3", "words-1.1": "ada akta", "value-1.2": "none", "go": "next", **more}


@pytest.fixture
def told(client):
    told = begun()
    client.force_login(told.head)
    return told


class TestSelfAssessment:
    def test_shows_how_far_each_standard_has_come(self, client, told):
        client.post(at("self-standard", told.run.pk, "satu"), typed())
        words = text(client.get(at("self-assessment", told.run.pk)))
        assert "2/2" in words
        assert "1 belum tahu" in words

    def test_is_read_by_the_dinas_without_the_way_to_change_it(self, client, told):
        client.force_login(told.registrar)
        words = text(client.get(at("self-assessment", told.run.pk)))
        assert at("self-standard", told.run.pk, "satu") not in words
        assert at("self-read", told.run.pk, "satu") in words


class TestSelfStandard:
    def test_saves_and_goes_to_the_next(self, client, told):
        response = client.post(at("self-standard", told.run.pk, "satu"), typed())
        assert response.url == at("self-standard", told.run.pk, "dua")
        kept = self_scores_of(told.run)
        assert (kept["1.1"].value, kept["1.1"].words, kept["1.2"].value) == (3, "ada akta", None)

    def test_shows_again_what_was_saved(self, client, told):
        client.post(at("self-standard", told.run.pk, "satu"), typed())
        words = text(client.get(at("self-standard", told.run.pk, "satu")))
        assert "ada akta" in words
        assert 'value="3" ' in words or 'value="3"' in words

    def test_keeps_a_file_that_came_along(self, client, told):
        sent = SimpleUploadedFile("akta.jpg", jpeg(), content_type="image/jpeg")
        more = {"once-1.1": str(uuid.uuid4()), "file-1.1": sent, "title-1.1": "Akta"}
        client.post(at("self-standard", told.run.pk, "satu"), typed(**more))
        row = Evidence.objects.get()
        assert (row.item, row.title) == ("1.1", "Akta")
        assert client.get(at("evidence", row.pk))["Content-Disposition"].startswith("attachment")

    def test_keeps_the_words_when_the_file_is_refused_and_says_why(self, client, told):
        sent = SimpleUploadedFile("akta.exe", b"MZ", content_type="image/jpeg")
        response = client.post(
            at("self-standard", told.run.pk, "satu"), typed(**{"file-1.1": sent}), follow=True
        )
        assert "belum tersimpan" in text(response)
        assert self_scores_of(told.run)["1.1"].words == "ada akta"

    def test_loses_no_words_that_came_without_a_score(self, client, told):
        response = client.post(at("self-standard", told.run.pk, "satu"), {"words-1.1": "nanti dulu"})
        assert response.status_code == 422
        assert "nanti dulu" in response.content.decode()

    def test_shows_both_when_a_colleague_answered_meanwhile(self, client, told):
        client.post(at("self-standard", told.run.pk, "satu"), typed())
        response = client.post(at("self-standard", told.run.pk, "satu"), typed(**{"value-1.1": "4"}))
        assert response.status_code == 422
        assert "sudah diubah orang lain" in response.content.decode()

    def test_leads_to_reading_once_it_is_handed_on(self, client):
        told = asked()
        client.force_login(told.head)
        response = client.get(at("self-standard", told.run.pk, "satu"))
        assert response.url == at("self-read", told.run.pk, "satu")

    def test_has_no_page_for_a_standard_that_is_not_there(self, client, told):
        assert client.get(at("self-standard", told.run.pk, "tiga")).status_code == 404
        assert client.get(at("self-read", told.run.pk, "tiga")).status_code == 404


class TestEvidence:
    def test_is_taken_away_after_asking(self, client, told):
        sent = SimpleUploadedFile("akta.jpg", jpeg(), content_type="image/jpeg")
        client.post(at("self-standard", told.run.pk, "satu"), typed(**{"file-1.1": sent}))
        row = Evidence.objects.get()
        assert "Ya, hapus" in text(client.get(at("evidence-remove", row.pk)))
        client.post(at("evidence-remove", row.pk))
        assert client.get(at("evidence", row.pk)).status_code == 404


class TestAsk:
    def test_says_what_is_missing_and_goes_on_when_nothing_is(self, client, told):
        response = client.post(at("ask", told.run.pk), {"version": "1"}, follow=True)
        assert "belum lengkap" in text(response)
        done = self_assessed()
        client.force_login(done.head)
        client.post(at("ask", done.run.pk), {"version": "1"})
        assert fresh(done).stage == "recommendation"


class TestRecommend:
    def test_recommends_with_a_letter(self, client):
        told = asked()
        client.force_login(told.registrar)
        assert "Apakah lembaga ini direkomendasikan" in text(client.get(at("recommend", told.run.pk)))
        day = {
            "signed_on_day": str(today().day),
            "signed_on_month": str(today().month),
            "signed_on_year": str(today().year),
        }
        client.post(at("recommend", told.run.pk), {"version": "2", "answer": "yes", "number": "460/1", **day})
        assert fresh(told).stage == "application"

    def test_says_no_with_what_to_mend(self, client):
        told = asked()
        client.force_login(told.registrar)
        refused = client.post(at("recommend", told.run.pk), {"version": "2", "answer": "no"})
        assert refused.status_code == 422
        client.post(at("recommend", told.run.pk), {"version": "2", "answer": "no", "words": "pembukuan"})
        client.force_login(told.head)
        assert "pembukuan" in text(client.get(at("self-assessment", told.run.pk)))

    @pytest.mark.parametrize("situation", [applied, visiting], ids=["applied", "visiting"])
    def test_refuses_in_another_stage_and_keeps_what_was_typed(self, client, situation):
        told = situation()
        client.force_login(told.registrar)
        sent = {"version": str(told.run.version), "answer": "no", "words": "terlambat"}
        response = client.post(at("recommend", told.run.pk), sent)
        assert response.status_code == 422
        assert "terlambat" in response.content.decode()
