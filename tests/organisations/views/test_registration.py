import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.access.models import Event
from simpul.organisations.actions.registration_checks import pass_to_decision
from simpul.organisations.models import Paper, Registration, Sanction, VisitPhoto
from simpul.organisations.queries.registration_lines import line_row, seen_of
from simpul.organisations.stages import RunStage
from tests.access.factories import give, user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.organisations.office import flag
from tests.organisations.papers import a_paper
from tests.organisations.registering import (
    TODAY,
    a_body,
    act,
    approved,
    at_decision,
    at_desk,
    at_visit,
    begun,
    certified,
    fill,
    filled,
    fresh,
    given_back,
    head_of,
    officer_at,
    refused,
    registrar_at,
    sent,
    visited,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def body():
    return a_body(name="LKS Tunas Bahari")


@pytest.fixture
def head(body):
    return head_of(body)


@pytest.fixture
def officer():
    return officer_at()


@pytest.fixture
def registrar():
    return registrar_at()


def address(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


def html_for(client, user, name, *keys):
    client.force_login(user)
    return client.get(address(name, *keys)).content.decode()


def post(client, user, name, *keys, **typed):
    client.force_login(user)
    return client.post(address(name, *keys), typed)


class TestRegistrations:
    def test_offers_the_head_what_fits_and_the_duties(self, client, body, head):
        shown = html_for(client, head, "registrations", body.pk)
        assert "Pendaftaran baru" in shown
        assert "Perubahan data" not in shown
        assert "Melaporkan kegiatan kepada Dinas" in shown

    def test_shows_the_office_certificates_and_the_ladder(self, client, body, head, officer, registrar):
        given = certified(body, head, officer, registrar)
        shown = html_for(client, registrar, "registrations", body.pk)
        assert given.number in shown
        assert "Tangga sanksi" in shown
        assert "paling lambat 31 Januari 2027" in shown

    def test_does_not_exist_for_a_stranger(self, client, body):
        client.force_login(head_of(organisation(name="LKS Lain")))
        assert client.get(address("registrations", body.pk)).status_code == 404

    def test_begins_an_application_once(self, client, body, head):
        typed = {"once": str(uuid.uuid4()), "kind": "new", "scheme": "permensos-184-2011"}
        for _press in range(2):
            answer = post(client, head, "registration-start", body.pk, **typed)
        run = Registration.objects.get()
        assert answer["Location"] == address("registration", run.pk)
        assert run.scheme == "permensos-184-2011"

    def test_says_why_it_cannot_begin(self, client, body, head):
        begun(body, head)
        answer = post(
            client, head, "registration-start", body.pk, once=str(uuid.uuid4()), kind="new", scheme=""
        )
        assert answer.status_code == 422
        assert "masih punya permohonan" in answer.content.decode()

    def test_tells_the_refused_what_is_missing(self, client, body, head, officer, registrar):
        run = refused(body, head, officer, registrar)
        for page in ("registrations", "organisation"):
            shown = html_for(client, head, page, body.pk)
            assert "Belum ada kegiatan yang berjalan." in shown
            assert address("registration", run.pk) in shown
        assert "Mulai lagi" in shown

    def test_the_panel_leads_to_the_certificate(self, client, body, head, officer, registrar):
        given = certified(body, head, officer, registrar)
        assert address("certificate", given.pk) in html_for(client, head, "organisation", body.pk)


class TestRegistration:
    def test_leads_the_head_to_the_first_empty_line(self, client, body, head):
        run = begun(body, head)
        shown = html_for(client, head, "registration", run.pk)
        assert address("registration-line", run.pk, "R01") in shown
        assert "pasal Permensos 5/2024 belum kami miliki" in shown
        assert "Nota pendirian" not in shown

    def test_a_draft_is_the_applicants_alone(self, client, body, head, officer):
        client.force_login(user_with("registrar", region=""))
        assert client.get(address("registration", begun(body, head).pk)).status_code == 404

    def test_tells_each_the_one_next_step(self, client, body, head, officer, registrar):
        run = sent(body, head)
        assert "Saya yang memeriksa" in html_for(client, officer, "registration", run.pk)
        assert "Menunggu petugas" in html_for(client, head, "registration", run.pk)
        assert "0 dari 14 hari kerja" in html_for(client, head, "registration", run.pk)

    def test_tells_who_checked_that_another_decides(self, client, body, head, registrar):
        run = at_decision(body, head, registrar)
        assert "pejabat lain yang memutuskannya" in html_for(client, registrar, "registration", run.pk)
        assert address("registration-decide", run.pk) in html_for(
            client, registrar_at(), "registration", run.pk
        )

    def test_tells_the_returned_what_to_mend_and_how(self, client, body, head, officer):
        shown = html_for(client, head, "registration", given_back(body, head, officer).pk)
        assert "Surat domisili sudah habis masa berlakunya." in shown
        assert "waktu berhenti selama dilengkapi pemohon" in shown
        assert "R03" in shown

    def test_tells_the_refused_why_and_how_to_begin_again(self, client, body, head, officer, registrar):
        shown = html_for(client, head, "registration", refused(body, head, officer, registrar).pk)
        assert "Belum ada kegiatan yang berjalan." in shown
        assert "Tunjukkan program kerja" in shown
        assert "Mulai permohonan baru" in shown

    def test_the_officers_notes_stay_in_the_office(self, client, body, head, officer):
        run = at_visit(body, head, officer)
        visited(run, officer, words="Tetangga ragu.", photos=[("a.jpg", jpeg())])
        assert "Tetangga ragu." in html_for(client, officer, "registration", run.pk)
        assert "Tetangga ragu." not in html_for(client, head, "registration", run.pk)

    def test_shows_every_line_of_the_form_of_a_visit(self, client, body, head, officer):
        run = at_visit(body, head, officer)
        visited(run, officer, answers={"address": "yes", "safety": "no"})
        for reader in (officer, head):
            shown = " ".join(html_for(client, reader, "registration", run.pk).split())
            assert '<span class="tag yes" >ya</span> <span>Kantor ada di alamat yang ditulis</span>' in shown
            assert (
                '<span class="tag act" >tidak</span> <span>Penerima manfaat aman dan dihormati</span>'
                in shown
            )
            assert "tidak diisi</span> <span>Pengurus ada" in shown

    def test_calls_a_paper_without_a_title_by_its_kind_and_number(self, client, body, head):
        a_paper(body, kind="board_list", number="12/2026")
        shown = html_for(client, head, "registration", begun(body, head).pk)
        assert "Daftar pengurus dan anggota, 12/2026" in shown
        assert "board_list" not in shown

    def test_says_what_is_known_of_the_regulation(self, client, body, head):
        shown = html_for(client, head, "registration", begun(body, head).pk)
        assert "kantor perizinan (PTSP)" in shown

    def test_the_advice_of_the_desk_stays_in_the_office(self, client, body, head, officer):
        run = act(pass_to_decision, at_desk(body, head, officer), officer, words="Saran: jangan diterima.")
        assert "jangan diterima" in html_for(client, officer, "registration", run.pk)
        assert "jangan diterima" not in html_for(client, head, "registration", run.pk)

    def test_who_belongs_to_the_body_is_no_office_before_it(self, client, body, head, officer):
        run = at_visit(body, head, officer)
        visited(run, officer, words="Tetangga ragu.", photos=[("a.jpg", jpeg())])
        give(head, "registrar", region="21.02")
        assert "Tetangga ragu." not in html_for(client, head, "registration", run.pk)
        photo = VisitPhoto.objects.get()
        assert client.get(address("registration-photo", photo.pk)).status_code == 404

    def test_says_what_is_not_known_of_a_foreign_body(self, client):
        body = a_body(kind="foreign_lks")
        head = head_of(body)
        assert "bekerja bersama mitra setempat" in html_for(client, head, "registrations", body.pk)
        shown = html_for(client, head, "registration", begun(body, head).pk)
        assert "Naskah persyaratan izin LKS asing belum kami miliki" in shown
        assert "Perjanjian dengan mitra setempat" in shown

    def test_asks_the_database_as_often_for_a_full_file_as_for_an_empty_one(
        self, client, body, head, django_assert_max_num_queries
    ):
        run = filled(begun(body, head), head)
        html_for(client, head, "registration", run.pk)
        with django_assert_max_num_queries(60):
            client.get(address("registration", run.pk))


class TestLine:
    def test_offers_the_paper_that_stands_in_the_place_of_the_attached(self, client, body, head):
        run = begun(body, head)
        older = fill(run, head, "R03", file=jpeg(), file_name="a.jpg", key=uuid.uuid4()).paper
        newer = Paper.objects.create(organisation=body, kind="domicile", at=older.at)
        Paper.objects.filter(pk=older.pk).update(replaced_by=newer)
        shown = html_for(client, head, "registration-line", run.pk, "R03")
        assert f'value="{newer.pk}" selected' in shown
        assert str(older.pk) not in shown

    def test_takes_a_file_and_keeps_what_was_typed_when_it_is_refused(self, client, body, head):
        run = begun(body, head)
        wrong = SimpleUploadedFile("a.exe", b"MZ nothing")
        typed = {"once": str(uuid.uuid4()), "seen": seen_of(line_row(run, "R03")), "words": "Surat asli"}
        answer = post(client, head, "registration-line", run.pk, "R03", file=wrong, **typed)
        assert answer.status_code == 422
        assert "Surat asli" in answer.content.decode()
        right = SimpleUploadedFile("a.jpg", jpeg())
        answer = post(client, head, "registration-line", run.pk, "R03", file=right, **typed)
        assert answer.status_code == 302
        assert Paper.objects.get().kind == "domicile"

    def test_shows_both_where_somebody_was_faster(self, client, body, head):
        run = begun(body, head)
        seen = seen_of(line_row(run, "R07"))
        fill(run, head, "R07", "Saldo empat juta")
        typed = {"once": str(uuid.uuid4()), "seen": seen, "words": "Saldo sembilan juta"}
        answer = post(client, head, "registration-line", run.pk, "R07", **typed)
        assert answer.status_code == 422
        assert "Saldo empat juta" in answer.content.decode()
        assert "Saldo sembilan juta" in answer.content.decode()

    def test_is_the_applicants(self, client, body, head, officer):
        run = begun(body, head)
        client.force_login(officer)
        assert client.get(address("registration-line", run.pk, "R01")).status_code == 403
        client.force_login(head)
        assert client.get(address("registration-line", run.pk, "R99")).status_code == 404

    def test_a_paper_of_the_file_is_handed_to_the_office_and_recorded(self, client, body, head, officer):
        run = filled(begun(body, head), head)
        paper = fill(run, head, "R03", file=jpeg(), file_name="a.jpg", key=uuid.uuid4()).paper
        assert client.get(address("registration-paper", run.pk, paper.pk)).status_code == 302
        post(client, head, "registration-submit", run.pk, version=fresh(run).version, words="")
        client.force_login(officer)
        answer = client.get(address("registration-paper", run.pk, paper.pk))
        assert answer["Content-Disposition"].startswith("attachment")
        assert Event.objects.filter(subject_key=str(paper.pk), actor=officer.pk, is_reading=True).exists()


class TestSubmit:
    def test_says_to_which_office_and_why_and_sends_it(self, client, body, head):
        run = filled(begun(body, head), head)
        assert "Dinas Sosial 21.02" in html_for(client, head, "registration-submit", run.pk)
        answer = post(
            client, head, "registration-submit", run.pk, version=run.version, words="Mohon diperiksa"
        )
        assert answer.status_code == 302
        assert fresh(run).stage == RunStage.SUBMITTED

    def test_without_an_area_served_says_to_fill_it_in(self, client):
        body = a_body(areas=())
        head = head_of(body)
        run = filled(begun(body, head), head)
        assert "wilayah layanan lembaga belum diisi" in html_for(client, head, "registration-submit", run.pk)
        answer = post(client, head, "registration-submit", run.pk, version=run.version, words="Halo kantor")
        assert answer.status_code == 422
        assert "Halo kantor" in answer.content.decode()

    def test_can_be_taken_back(self, client, body, head):
        run = sent(body, head)
        assert "Tarik permohonan" in html_for(client, head, "registration-withdraw", run.pk)
        post(client, head, "registration-withdraw", run.pk, version=run.version, words="Belum siap")
        assert fresh(run).stage == RunStage.WITHDRAWN


class TestDesk:
    def test_the_queue_shows_what_is_due_and_what_is_late(self, client, body, head, officer):
        sent(body, head, TODAY.replace(month=9))
        shown = html_for(client, officer, "registration-queue")
        assert "LKS Tunas Bahari" in shown
        assert "lewat batas waktu" in shown
        client.force_login(officer_at("21.03"))
        assert "Tidak ada permohonan" in client.get(address("registration-queue")).content.decode()

    def test_the_queue_leads_to_the_rules_of_the_office_and_on(self, client, officer, registrar):
        assert address("registration-offices") in html_for(client, registrar, "registration-queue")
        client.force_login(officer)
        shown = client.get(address("registration-queue"), {"terlambat": ""}).content.decode()
        assert address("registration-offices") not in shown
        assert "Lihat semua permohonan di kantor ini" in shown

    def test_takes_up_checks_and_sends_on(self, client, body, head, officer):
        run = sent(body, head)
        post(client, officer, "registration-take", run.pk, version=run.version)
        met = {f"answer-{line['code']}": "met" for line in run.told["lines"]}
        assert "Pemeriksaan berkas" in html_for(client, officer, "registration-check", run.pk)
        post(client, officer, "registration-check", run.pk, version=fresh(run).version, **met)
        answer = post(
            client, officer, "registration-move", run.pk, version=fresh(run).version, to="decision", words=""
        )
        assert answer.status_code == 302
        assert fresh(run).stage == RunStage.DECISION

    def test_keeps_what_was_typed_when_a_note_is_missing(self, client, body, head, officer):
        run = at_desk(body, head, officer)
        typed = {"answer-R01": "wrong", "answer-R02": "wrong", "note-R02": "Belum ditandatangani"}
        answer = post(client, officer, "registration-check", run.pk, version=run.version, **typed)
        assert answer.status_code == 422
        assert "Belum ditandatangani" in answer.content.decode()

    def test_records_a_visit_with_photographs(self, client, body, head, officer):
        run = at_visit(body, head, officer)
        shown = html_for(client, officer, "registration-visit", run.pk)
        assert "usulan Simpul" in shown
        assert 'value="Ibu Farida"' in shown
        photos = [SimpleUploadedFile(f"{name}.jpg", jpeg()) for name in "ab"]
        typed = {
            "once": str(uuid.uuid4()),
            "day_day": "4",
            "day_month": "11",
            "day_year": "2026",
            "who": "Ibu Farida",
        }
        answer = post(client, officer, "registration-visit", run.pk, photos=photos, words="", **typed)
        assert answer.status_code == 302
        photo = VisitPhoto.objects.first()
        assert VisitPhoto.objects.count() == 2
        assert client.get(address("registration-photo", photo.pk)).status_code == 200
        client.force_login(head)
        assert client.get(address("registration-photo", photo.pk)).status_code == 403


class TestDecide:
    def test_a_refusal_needs_its_ground(self, client, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        assert "Dasar penolakan" in html_for(client, registrar, "registration-decide", run.pk)
        typed = {"version": run.version, "decision": "refuse", "words": "Belum ada kegiatan apa pun."}
        assert post(client, registrar, "registration-decide", run.pk, **typed).status_code == 422
        answer = post(client, registrar, "registration-decide", run.pk, grounds=["no_activity"], **typed)
        assert answer.status_code == 302
        assert fresh(run).stage == RunStage.REFUSED

    def test_shows_what_stands_about_the_body_without_its_words(self, client, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        flag(body, "Kata-kata rahasia", kind="complaint", on=TODAY)
        shown = html_for(client, registrar, "registration-decide", run.pk)
        assert "Pengaduan yang terbukti" in shown
        assert "Kata-kata rahasia" not in shown

    def test_can_give_it_back(self, client, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        typed = {"version": run.version, "decision": "return", "words": "Lampirkan bagannya dulu."}
        assert post(client, registrar, "registration-decide", run.pk, **typed).status_code == 302
        assert "Lampirkan bagannya dulu." in html_for(client, head, "registration", run.pk)
        assert fresh(run).stage == RunStage.RETURNED

    def test_an_approved_one_is_issued_with_a_suggested_end(self, client, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        post(
            client,
            registrar,
            "registration-decide",
            run.pk,
            version=run.version,
            decision="approve",
            words="",
        )
        shown = html_for(client, registrar, "registration-issue", run.pk)
        assert 'value="2029"' in shown
        assert "belum ditemukan dalam ketentuan" in shown
        typed = {"valid_to_day": "3", "valid_to_month": "11", "valid_to_year": "2029", "number": ""}
        answer = post(client, registrar, "registration-issue", run.pk, version=fresh(run).version, **typed)
        given = fresh(run).certificate
        assert answer["Location"] == address("certificate", given.pk)
        assert given.valid_to == date(2029, 11, 3)

    def test_is_not_for_the_officer(self, client, body, head, officer, registrar):
        run = approved(body, head, officer, registrar)
        client.force_login(officer)
        assert client.get(address("registration-issue", run.pk)).status_code == 403


class TestOffice:
    def test_the_registrar_settles_the_rules(self, client, registrar):
        client.force_login(registrar)
        place = address("registration-office", "21.02")
        assert client.get(address("registration-offices"))["Location"] == place
        shown = client.get(place).content.decode()
        assert "belum ditemukan dalam ketentuan" in shown
        assert "Rekening bank atas nama lembaga" in shown
        typed = {"version": 0, "called": "Dinsos Karimun", "taken": ["profile"], "own_titles": "Denah"}
        assert client.post(place, {**typed, "number_pattern": "tanpa nomor"}).status_code == 422
        assert client.post(place, typed).status_code == 302
        assert "Dinsos Karimun" in client.get(place).content.decode()

    def test_is_for_its_own_registrar(self, client, officer):
        client.force_login(registrar_at("21.03"))
        assert client.get(address("registration-office", "21.02")).status_code == 404
        client.force_login(officer)
        assert client.get(address("registration-offices")).status_code == 403

    def test_walks_the_ladder_of_sanctions(self, client, body, registrar):
        client.force_login(registrar)
        place = address("sanctions", body.pk)
        assert "Teguran tertulis" in client.get(place).content.decode()
        typed = {"once": str(uuid.uuid4()), "step": "warning", "ground": "Melayani tanpa tanda daftar."}
        assert client.post(place, {**typed, "step": "fine"}).status_code == 422
        assert client.post(place, typed).status_code == 302
        row = Sanction.objects.get()
        lifted = address("sanction-lift", row.pk)
        assert "Akhiri sanksi" in client.get(lifted).content.decode()
        client.post(lifted, {"because": "Permohonan sudah diajukan."})
        row.refresh_from_db()
        assert row.lifted_on == TODAY

    def test_offers_to_end_a_sanction_to_the_office_that_imposed_it(self, client, body, registrar):
        client.force_login(registrar)
        place = address("sanctions", body.pk)
        typed = {"once": str(uuid.uuid4()), "step": "warning", "ground": "Melayani tanpa tanda daftar."}
        client.post(place, typed)
        lifted = address("sanction-lift", Sanction.objects.get().pk)
        assert lifted in client.get(place).content.decode()
        client.force_login(registrar_at("21"))
        told = client.get(place).content.decode()
        assert typed["ground"] in told
        assert lifted not in told
