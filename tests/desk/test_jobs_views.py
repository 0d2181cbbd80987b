"""The page of one's own long work."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from simpul.access.models import Job
from simpul.desk.queries.jobs import _OF_ALL, _OF_ROW, Line
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def job(by=None, task="recaps.release", **told):
    whose = {"wanted_by": by.pk if by else None, "wanted_by_name": str(by or "Simpul")}
    return Job.objects.create(task=task, about=uuid.uuid4(), wanted_at=AT, **whose, **told)


def shown(client, user):
    client.force_login(user)
    return client.get(reverse("desk:work")).content.decode()


class TestWork:
    def test_shows_what_was_asked_for_what_came_of_it_and_where(self, client):
        officer = user_with("dinas_officer", region="21.02")
        ended = job(officer, state="done", told="Siap diperiksa: 4 angka disembunyikan.")
        words = shown(client, officer)
        assert "Menyiapkan angka publik" in words
        assert "Siap diperiksa" in words
        assert reverse("recaps:release", args=[ended.about]) in words

    def test_is_one_s_own_alone(self, client):
        officer, other = (user_with("dinas_officer", region="21.02") for _one in range(2))
        job(other, state="failed", told="Tidak jadi karena itu.")
        job(state="done", told="Malam selesai.")
        words = shown(client, officer)
        assert "Tidak jadi karena itu" not in words
        assert "Malam selesai" not in words

    def test_shows_the_nights_to_who_manages_the_system(self, client, administrator):
        job(state="done", told="Malam selesai.", task="population.night")
        assert "Malam selesai" in shown(client, administrator)

    def test_asks_the_database_as_often_for_many_as_for_few(self, client, django_assert_max_num_queries):
        officer = user_with("dinas_officer", region="21.02")
        for _one in range(30):
            job(officer, state="done", told="Selesai.")
        client.force_login(officer)
        with django_assert_max_num_queries(10):
            client.get(reverse("desk:work"))


class TestLine:
    @pytest.mark.parametrize("task", sorted({*_OF_ROW, *_OF_ALL}))
    def test_leads_to_a_page_that_is_there(self, task):
        assert Line(job(task=task)).href.startswith("/")

    def test_leads_nowhere_from_work_without_a_page(self):
        assert Line(job(task="research.destroy")).href == ""
