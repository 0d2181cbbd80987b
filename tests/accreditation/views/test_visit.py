import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.accreditation.actions.visit import sign_as_assessor
from simpul.accreditation.models import Assignment, Evidence, Score, Visit
from tests.access.test_pictures import jpeg
from tests.accreditation.factories import (
    accepted,
    fresh,
    locked,
    minuted,
    named,
    now,
    scored,
    signature,
    signed,
    today,
    visiting,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accreditation:{name}", args=args)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def told(client):
    told = visiting()
    client.force_login(told.first)
    return told


def typed(**more):
    return {"value-1.1": "4", "words-1.1": "ruang rapi", "value-1.2": "none", "go": "next", **more}


class TestVisit:
    def test_shows_nothing_before_the_declaration(self, client):
        told = accepted()
        named(told, told.first)
        client.force_login(told.first)
        for name, more in (("visit", ()), ("sheet", ("satu",))):
            response = client.get(at(name, told.run.pk, *more))
            assert response.status_code == 403 or "benturan kepentingan" in response.content.decode()
            assert "tertulis" not in response.content.decode()

    def test_shows_how_far_one_has_come(self, client, told):
        client.post(at("sheet", told.run.pk, "satu"), typed())
        assert "2/2" in text(client.get(at("visit", told.run.pk)))

    def test_does_not_show_what_the_other_assessor_gave(self, client, told):
        scored(told, told.second, {"1.1": 1})
        client.post(at("sheet", told.run.pk, "satu"), typed())
        assert "2/2" in text(client.get(at("visit", told.run.pk)))
        assert Score.objects.count() == 3
        assert "Asesor Dua" not in text(client.get(at("sheet", told.run.pk, "satu")))

    def test_shows_agreement_once_all_have_locked(self, client):
        told = locked()
        client.force_login(told.first)
        assert "Kesepakatan antarasesor" in text(client.get(at("visit", told.run.pk)))

    def test_does_not_exist_for_who_is_not_named(self, client, told):
        Assignment.objects.filter(user=told.first.pk).update(withdrawn_on=today())
        assert client.get(at("visit", told.run.pk)).status_code == 404


class TestSheet:
    def test_shows_what_the_body_says_and_takes_the_scores(self, client, told):
        words = text(client.get(at("sheet", told.run.pk, "satu")))
        assert "Kata lembaga: 3/4" in words
        assert "Tidak dapat dilihat" in words
        response = client.post(at("sheet", told.run.pk, "satu"), typed())
        assert response.url == at("sheet", told.run.pk, "dua")
        assert [(row.item, row.value) for row in Score.objects.order_by("item")] == [
            ("1.1", 4),
            ("1.2", None),
        ]

    def test_keeps_a_photograph_that_came_along(self, client, told):
        sent = SimpleUploadedFile("a.jpg", jpeg(), content_type="image/jpeg")
        once = {"once-1.1": str(uuid.uuid4()), "file-1.1": sent}
        client.post(at("sheet", told.run.pk, "satu"), typed(**once))
        row = Evidence.objects.get()
        assert row.is_of_visit
        assert client.get(at("visit-evidence", row.pk)).status_code == 200

    def test_only_shows_once_locked(self, client):
        told = locked()
        client.force_login(told.first)
        words = text(client.get(at("sheet", told.run.pk, "satu")))
        assert "Simpan dan lanjut" not in words
        assert "4/4" in words
        assert client.post(at("sheet", told.run.pk, "satu"), typed()).status_code == 422

    def test_has_no_page_for_a_standard_that_is_not_there(self, client, told):
        assert client.get(at("sheet", told.run.pk, "tiga")).status_code == 404


class TestRefused:
    def test_notes_that_the_body_does_not_sign(self, client):
        told = locked()
        row = minuted(told)
        for user in (told.first, told.second):
            sign_as_assessor(row, by=user, version=1, at=now(), signature=signature(str(user)))
        client.force_login(told.first)
        assert at("refused", row.pk) in text(client.get(at("visit", told.run.pk)))
        assert "Catat" in text(client.get(at("refused", row.pk)))
        typed = {"version": "1", "name": "Asesor Satu", "title": "Asesor", "agrees": "no"}
        assert client.post(at("refused", row.pk), typed).status_code == 422
        client.post(at("refused", row.pk), {**typed, "words": "Diminta dua kali."})
        assert "tidak bersedia menandatangani" in text(client.get(at("visit", told.run.pk)))


class TestLock:
    def test_asks_first_and_says_what_is_missing(self, client, told):
        assert "Ya, kunci" in text(client.get(at("lock", told.run.pk)))
        response = client.post(at("lock", told.run.pk), follow=True)
        assert "Masih ada butir tanpa nilai" in text(response)

    def test_locks(self, client, told):
        client.post(at("sheet", told.run.pk, "satu"), typed())
        client.post(at("sheet", told.run.pk, "dua"), {"value-2.1": "2"})
        assert "Nilai Anda sudah dikunci" in text(client.post(at("lock", told.run.pk), follow=True))


def minutes(**more):
    day = {
        "held_on_day": str(today().day),
        "held_on_month": str(today().month),
        "held_on_year": str(today().year),
    }
    return {"once": str(uuid.uuid4()), "version": "0", "met_with": "Ketua", "minutes": "Baik.", **day, **more}


class TestMinutes:
    def test_are_written_then_mended_then_signed(self, client, told):
        text(client.get(at("minutes", told.run.pk)))
        client.post(at("minutes", told.run.pk), minutes())
        row = Visit.objects.get()
        assert "Baik." in text(client.get(at("minutes-edit", row.pk)))
        client.post(at("minutes-edit", row.pk), minutes(version="1", minutes="Sangat baik."))
        assert "Sangat baik." in text(client.get(at("sign-assessor", row.pk)))
        signs = {"version": "2", "name": "Asesor Satu", "title": "Asesor", "agrees": "yes"}
        client.post(at("sign-assessor", row.pk), signs)
        assert [one["side"] for one in Visit.objects.get().signed] == ["assessor"]

    def test_keep_what_was_typed_when_something_is_missing(self, client, told):
        response = client.post(at("minutes", told.run.pk), minutes(met_with=""))
        assert response.status_code == 422
        assert "Baik." in response.content.decode()


class TestSign:
    def test_lets_the_body_read_and_sign(self, client, told):
        row = minuted(told)
        client.force_login(told.head)
        assert "Ruang layanan bersih" in text(client.get(at("sign", row.pk)))
        signs = {"version": "1", "name": "Bu Salmah", "title": "Ketua", "agrees": "no"}
        assert client.post(at("sign", row.pk), signs).status_code == 422
        client.post(at("sign", row.pk), {**signs, "words": "ruang sudah diperbaiki"})
        assert "ruang sudah diperbaiki" in text(client.get(at("sign", row.pk)))


class TestFinish:
    def test_hands_over(self, client):
        told = signed()
        client.force_login(told.first)
        assert "Serahkan kepada penyelia" in text(client.get(at("visit", told.run.pk)))
        client.post(at("finish", told.run.pk), {"version": str(told.run.version)})
        assert fresh(told).stage == "validation"

    def test_says_what_is_missing(self, client, told):
        response = client.post(at("finish", told.run.pk), {"version": str(told.run.version)}, follow=True)
        assert "mengunci" in text(response)
