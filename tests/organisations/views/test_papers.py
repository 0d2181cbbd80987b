import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.access.models import Event
from simpul.organisations.models import Paper
from simpul.organisations.queries.papers import panel
from simpul.organisations.queries.papers_told import Sent
from tests.access.factories import user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.organisations.papers import AT, TODAY, a_paper, added
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def here(name, row, **asked):
    address = reverse(f"organisations:{name}", args=[row.pk])
    return f"{address}?jenis={asked['jenis']}" if asked else address


def form(**details):
    return {"once": str(uuid.uuid4()), "number": "470/12", "save": "1", **details}


class TestPapersPanel:
    def test_tells_what_runs_out_and_how_many_there_are(self, body, head):
        for number in range(7):
            a_paper(body, kind="photograph", title=f"Foto {number}", valid_to=TODAY)
        told = {"papers": panel(body, head, TODAY)}
        html = render_to_string("organisations/_papers_panel.html", told)
        assert "hari terakhir" in html
        assert "dan 2 lagi" in html
        assert "Lihat 7 surat" in html

    def test_says_when_there_is_nothing(self, body, head):
        told = {"papers": panel(body, head, TODAY)}
        none = render_to_string("organisations/_papers_panel.html", told)
        assert "Belum ada surat" in none
        assert "Lihat 0 surat" not in none


class TestPapers:
    def test_shows_what_stands_and_what_it_replaced(self, as_head, body):
        newer = a_paper(body, number="470/13", valid_to=TODAY)
        a_paper(body, number="470/12", replaced_by=newer)
        html = as_head.get(here("papers", body)).content.decode()
        assert "470/13" in html
        assert "470/12" in html
        assert "hari terakhir" in html
        assert "diganti" in html

    def test_does_not_exist_for_a_stranger(self, client, body, caseworker):
        client.force_login(user_with("head_of_lks", organisation=organisation().pk))
        assert client.get(here("papers", body)).status_code == 404
        client.force_login(caseworker)
        assert client.get(here("papers", body)).status_code == 403

    def test_gives_who_only_reads_nothing_to_press(self, client, body):
        a_paper(body)
        client.force_login(user_with("plenary_member"))
        html = client.get(here("papers", body)).content.decode()
        assert "Hancurkan" not in html
        assert "Sudah diperiksa" not in html

    def test_asks_as_much_for_many_as_for_one(self, as_head, body, django_assert_max_num_queries):
        for number in range(30):
            a_paper(body, kind="photograph", title=f"Foto {number}")
        as_head.get(here("papers", body))
        with django_assert_max_num_queries(16):
            as_head.get(here("papers", body))


class TestPaperAdd:
    def test_says_that_lists_of_people_are_not_attached(self, as_head, body):
        assert "Jangan lampirkan daftar" in as_head.get(here("paper-add", body)).content.decode()
        one = as_head.get(here("paper-add", body, jenis="officers_identity")).content.decode()
        assert "dapat memuat data orang" in one

    def test_keeps_the_paper_with_its_file(self, as_head, body):
        sent = form(file=SimpleUploadedFile("surat.jpg", jpeg()))
        answer = as_head.post(here("paper-add", body, jenis="domicile"), sent, follow=True)
        assert "Surat disimpan" in answer.content.decode()
        assert Paper.objects.get().is_there

    def test_a_refused_form_keeps_what_was_typed(self, as_head, body):
        typed = form(issued_on_day="1", issued_on_month="1", issued_on_year="2099")
        answer = as_head.post(here("paper-add", body, jenis="domicile"), typed)
        assert answer.status_code == 422
        assert 'value="470/12"' in answer.content.decode()
        assert "sesudah hari ini" in answer.content.decode()

    def test_only_suggests_how_long_it_usually_holds(self, as_head, body):
        typed = form(issued_on_day="10", issued_on_month="1", issued_on_year="2026", suggest="1")
        answer = as_head.post(here("paper-add", body, jenis="domicile"), typed)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert all(part in html for part in ('value="9"', 'value="2027"', "Biasanya berlaku 12 bulan"))
        assert not Paper.objects.exists()

    def test_is_closed_to_who_only_reads(self, client, body):
        client.force_login(user_with("plenary_member"))
        assert client.get(here("paper-add", body)).status_code == 403


class TestPaperReplace:
    def test_takes_the_place(self, as_head, body):
        old = a_paper(body)
        as_head.post(here("paper-replace", old), form(number="470/13"))
        old.refresh_from_db()
        assert old.replaced_by.number == "470/13"

    def test_of_a_kind_that_is_gone_is_not_there(self, as_head, body):
        assert as_head.get(here("paper-replace", a_paper(body, kind="siup_lama"))).status_code == 404


class TestPaperNote:
    def test_shows_both_values_of_a_clash_and_keeps_what_was_typed(self, as_head, body):
        row = a_paper(body, number="471", version=2)
        answer = as_head.post(here("paper-note", row), {"version": "1", "number": "472"})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "471" in html
        assert 'value="472"' in html

    def test_begins_with_what_is_noted(self, as_head, body):
        assert 'value="471"' in as_head.get(here("paper-note", a_paper(body, number="471"))).content.decode()


class TestPaperFile:
    def test_is_handed_over_and_recorded_each_time(self, as_head, body, head):
        row = added(body, head, file=Sent("surat.jpg", jpeg()))
        before = Event.objects.filter(is_reading=True).count()
        for _time in range(2):
            answer = as_head.get(here("paper-file", row))
        assert answer.content == jpeg()
        assert answer["Content-Disposition"].startswith("attachment")
        assert Event.objects.filter(is_reading=True).count() == before + 2

    def test_that_is_not_there_is_not_found(self, as_head, body):
        assert as_head.get(here("paper-file", a_paper(body))).status_code == 404

    def test_does_not_exist_for_another_area(self, client, body, head):
        row = added(body, head, file=Sent("surat.jpg", jpeg()))
        client.force_login(user_with("dinas_officer", region="21.71"))
        assert client.get(here("paper-file", row)).status_code == 404


class TestPaperDestroy:
    def test_asks_once_more_and_why(self, as_head, body):
        row = a_paper(body)
        assert "tidak dapat dikembalikan" in as_head.get(here("paper-destroy", row)).content.decode()
        assert as_head.post(here("paper-destroy", row), {"because": ""}).status_code == 422
        assert Paper.objects.get().removed_at is None
        as_head.post(here("paper-destroy", row), {"because": "Salah berkas"})
        assert Paper.objects.get().removed_at is not None

    def test_leads_back_when_it_is_done_already(self, as_head, body):
        row = a_paper(body, removed_at=AT)
        assert as_head.get(here("paper-destroy", row)).status_code == 302


class TestPaperCheck:
    def test_is_pressed_by_an_officer(self, as_officer, body):
        row = a_paper(body)
        html = as_officer.post(here("paper-check", row), {"version": "1"}, follow=True).content.decode()
        assert "ditandai sudah diperiksa" in html
        assert Paper.objects.get().checked_by_name == "Ibu Farida"

    def test_of_what_changed_since_is_refused(self, as_officer, body):
        row = a_paper(body, version=2)
        as_officer.post(here("paper-check", row), {"version": "1"})
        assert Paper.objects.get().checked_on is None


class TestPapersRunning:
    def test_lists_what_ends_within_reach(self, as_officer, body):
        a_paper(body, valid_to=TODAY + timedelta(days=5))
        a_paper(organisation(region="21.71", name="LKS Jauh"), valid_to=TODAY)
        html = as_officer.get(reverse("organisations:papers-running")).content.decode()
        assert "LKS Tunas Bahari" in html
        assert "LKS Jauh" not in html

    def test_turns_pages(self, as_officer, body):
        for number in range(51):
            a_paper(body, kind="photograph", title=f"Foto {number:02}", valid_to=TODAY)
        html = as_officer.get(reverse("organisations:papers-running") + "?page=2").content.decode()
        assert html.count("LKS Tunas Bahari") == 1
        assert "Sebelumnya" in html

    @pytest.mark.parametrize("asked", ["surat", "sertifikat", "pengurus", "pegawai", "x"])
    def test_opens_for_every_kind_also_when_there_is_none(self, as_officer, asked):
        answer = as_officer.get(reverse("organisations:papers-running") + f"?jenis={asked}")
        assert "Tidak ada yang segera berakhir" in answer.content.decode()

    def test_asks_as_much_for_many_as_for_one(self, as_officer, django_assert_max_num_queries):
        for number in range(20):
            a_paper(organisation(name=f"LKS {number}"), valid_to=TODAY)
        as_officer.get(reverse("organisations:papers-running"))
        with django_assert_max_num_queries(15):
            as_officer.get(reverse("organisations:papers-running"))


class TestASecretPlace:
    @pytest.mark.parametrize("role", ["plenary_member", "accreditation_secretary", "dinas_verifier"])
    def test_keeps_its_files_from_who_may_not_know_it(self, client, body, head, role):
        row = added(body, head, file=Sent("surat.jpg", jpeg()))
        type(body).objects.update(is_address_secret=True)
        client.force_login(user_with(role, region="21.02" if role == "dinas_verifier" else ""))
        before = Event.objects.count()
        assert client.get(here("paper-file", row)).status_code == 403
        assert Event.objects.count() == before
        client.force_login(head)
        assert client.get(here("paper-file", row)).status_code == 200
