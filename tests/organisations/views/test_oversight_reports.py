import uuid
from datetime import date

import pytest
from django.urls import reverse

from simpul.organisations.models import Report
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY, sent, started, written
from tests.organisations.papers import a_certificate
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    made = organisation(need_types=["01"])
    a_certificate(made, issued_on=date(2026, 3, 1), valid_to=None)
    return made


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def here(name, row):
    return reverse(f"organisations:{name}", args=[row.pk])


class TestReports:
    def test_offers_the_periods_that_are_owed(self, as_head, body):
        html = as_head.get(here("reports", body)).content.decode()
        assert "Dinas Sosial Kab. Karimun" in html
        assert 'value="2026-01-01"' in html
        assert "Saran: 12" in html

    def test_hides_drafts_from_the_office(self, as_officer, body, head):
        report = started(body, head)
        assert here("report", report) not in as_officer.get(here("reports", body)).content.decode()
        assert as_officer.get(here("report", report)).status_code == 404

    def test_is_closed_to_others(self, client, body):
        client.force_login(user_with("plenary_member"))
        assert client.get(here("reports", body)).status_code == 404


class TestReportStart:
    def test_leads_to_the_form(self, as_head, body):
        answer = as_head.post(here("report-start", body), {"once": uuid.uuid4(), "since": "2026-01-01"})
        assert answer.url == here("report-write", Report.objects.get())

    def test_of_what_is_no_period_says_so(self, as_head, body):
        sent_form = {"once": uuid.uuid4(), "since": "2026-02-01"}
        html = as_head.post(here("report-start", body), sent_form, follow=True).content.decode()
        assert "Pilih masa dari daftar" in html

    @pytest.mark.parametrize("form", [{"once": "x", "since": "2026-01-01"}, {"once": str(uuid.UUID(int=1))}])
    def test_of_nonsense_is_not_found(self, as_head, body, form):
        assert as_head.post(here("report-start", body), form).status_code == 404


class TestReportWrite:
    def form(self, report, **typed):
        return {"version": report.version, "activities": "Kelas.", "served__01__male": "1.250", **typed}

    def test_keeps_words_and_numbers_with_their_dots(self, as_head, body, head):
        report = started(body, head)
        as_head.post(here("report-write", report), self.form(report, money__income="12.500.000"))
        kept = Report.objects.get().told
        assert kept["served"]["01"] == {"male": 1250, "female": None}
        assert kept["money"]["income"] == 12_500_000

    def test_a_refused_form_keeps_what_was_typed(self, as_head, body, head):
        report = written(body, head)
        for typed in ({"served__01__male": "-3"}, {"version": 1}):
            answer = as_head.post(here("report-write", report), self.form(report, **typed))
            assert answer.status_code == 422
            assert "Kelas." in answer.content.decode()

    def test_begins_with_what_was_told(self, as_head, body, head):
        html = as_head.get(here("report-write", written(body, head))).content.decode()
        assert "Kelas membaca dua kali seminggu." in html
        assert 'value="12500000"' in html

    def test_of_a_sent_one_leads_to_reading(self, as_head, body, head):
        assert as_head.get(here("report-write", sent(body, head))).status_code == 302


class TestReport:
    def test_keeps_small_numbers_off_the_paper(self, as_head, body, head):
        html = as_head.get(here("report", written(body, head))).content.decode()
        assert '<span class="no-print">3</span>' in html
        assert "kurang dari 5" in html
        assert "Rp12.500.000" in html

    def test_does_not_exist_for_a_stranger(self, client, body, head):
        report = sent(body, head)
        client.force_login(user_with("head_of_lks", organisation=organisation().pk))
        assert client.get(here("report", report)).status_code == 404
        assert client.get(reverse("organisations:report", args=[uuid.uuid4()])).status_code == 404

    def test_gives_a_province_nothing_to_press(self, client, body, head):
        client.force_login(user_with("registrar", region="21"))
        html = client.get(here("report", sent(body, head))).content.decode()
        assert "Terima laporan" not in html


class TestSending:
    def test_goes_from_the_body_to_the_office_and_back(self, client, body, head, officer):
        report = written(body, head)
        client.force_login(head)
        client.post(here("report-refresh", report))
        report.refresh_from_db()
        assert "Laporan dikirim" in self.pressed(client, "report-send", report)
        client.force_login(officer)
        report.refresh_from_db()
        typed = {"version": report.version, "because": "Isi jumlahnya."}
        client.post(here("report-return", report), typed)
        report.refresh_from_db()
        assert (report.state, report.answer) == ("returned", "Isi jumlahnya.")

    def test_is_received(self, as_officer, body, head):
        assert "Laporan diterima" in self.pressed(as_officer, "report-receive", sent(body, head))

    def test_without_activities_says_what_is_missing(self, as_head, body, head):
        assert "belum lengkap" in self.pressed(as_head, "report-send", started(body, head))

    def pressed(self, client, name, report):
        return client.post(here(name, report), {"version": report.version}, follow=True).content.decode()


class TestReportReturn:
    def test_needs_a_reason_and_a_report_that_was_sent(self, as_officer, body, head):
        report = sent(body, head)
        assert as_officer.get(here("report-return", report)).status_code == 200
        assert as_officer.post(here("report-return", report), {"version": report.version}).status_code == 422
        Report.objects.update(state="received")
        assert as_officer.get(here("report-return", report)).status_code == 302


class TestQueue:
    def test_shows_what_was_sent_and_who_is_late(self, as_officer, body, head, monkeypatch):
        silent = organisation(name="LKS Diam")
        a_certificate(silent, issued_on=date(2026, 3, 1), valid_to=None)
        sent(body, head)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 2, 1))
        html = as_officer.get(reverse("organisations:reports-queue")).content.decode()
        assert "LKS Tunas Bahari" in html
        assert "LKS Diam" in html

    def test_asks_as_much_for_many_as_for_one(self, as_officer, django_assert_max_num_queries):
        for number in range(15):
            body = organisation(name=f"LKS {number}")
            a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
            sent(body, user_with("head_of_lks", organisation=body.pk))
        as_officer.get(reverse("organisations:reports-queue"))
        with django_assert_max_num_queries(20):
            as_officer.get(reverse("organisations:reports-queue"))
