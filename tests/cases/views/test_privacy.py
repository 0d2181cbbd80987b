import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.cases.actions.attachments import attach
from simpul.cases.models import Attachment, BrokenGlass, Case, Disclosure, SupervisionNote
from simpul.cases.queries.attachments import path_of
from simpul.cases.queries.privacy import panel
from simpul.cases.stages import Confidentiality
from tests.access import factories
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.cases.actions.test_privacy import WHY, agreed, supervised, told
from tests.cases.contacts_factories import noted
from tests.cases.factories import a_case
from tests.cases.views.test_around import sent, shown
from tests.people.factories import limited
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
PHOTO = jpeg(segment(0xE1, exif()))
DARURAT = "Anak itu menelepon minta tolong malam ini."


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture
def colleague(db, organisation):
    return factories.user_with("caseworker", organisation=organisation, name="Dewi")


def attached(case, by, data=PHOTO, title="Foto rumah", name="IMG 1.jpg"):
    return attach(case, by=by, key=uuid.uuid4(), title=title, file_name=name, data=data, **when(70))


def closed(case, level=Confidentiality.HIGHLY_RESTRICTED):
    Case.objects.filter(pk=case.pk).update(confidentiality=level)
    case.refresh_from_db()
    return case


def words_of(answer):
    return answer.content.decode()


class TestPrivacy:
    @pytest.mark.parametrize(
        ("role", "status"), [("caseworker", 200), ("supervisor", 200), ("head", 200), ("stranger", 404), ("volunteer", 403)]
    )  # fmt: skip
    def test_opens_for_who_sees_the_case(self, client, case, request, role, status):
        assert shown(client, request.getfixturevalue(role), "privacy", case.pk).status_code == status

    def test_keeps_titles_reasons_and_doors_from_the_head(self, client, case, caseworker, head):
        attached(case, caseworker)
        page = words_of(shown(client, head, "privacy", case.pk))
        for words in ("Foto rumah", "Ubah kerahasiaan", "Catatan supervisi", "Berkas untuk dibaca klien"):
            assert words not in page
        assert "Foto rumah" in words_of(shown(client, caseworker, "privacy", case.pk))

    def test_shows_supervisors_who_broke_the_glass_and_why(self, client, case, colleague, supervisor):
        sent(client, colleague, "break-glass", closed(case).person_id, once=uuid.uuid4(), because=DARURAT)
        page = words_of(shown(client, supervisor, "privacy", case.pk))
        for words in ("Dewi", DARURAT, "Sudah saya periksa", "Akhiri pembukaan"):
            assert words in page
        row = BrokenGlass.objects.get()
        assert sent(client, supervisor, "glass-acknowledge", row.pk).status_code == 302
        assert "diperiksa Pak Hamdan" in words_of(shown(client, supervisor, "privacy", case.pk))

    def test_panel_of_the_case_page_can_be_drawn(self, case, caseworker):
        context = Context({"privacy": panel(closed(case), caseworker, TODAY)})
        drawn = Template('{% include "cases/_privacy_panel.html" %}').render(context)
        assert "Sangat terbatas" in drawn
        assert "Tambah lampiran" in drawn


class TestProtect:
    def test_changes_the_level(self, client, case, caseworker):
        typed = {"version": case.version, "level": "highly_restricted", "because": WHY}
        assert sent(client, caseworker, "protect", case.pk, **typed).status_code == 302
        assert Case.objects.get(pk=case.pk).confidentiality == "highly_restricted"

    def test_shows_both_values_and_what_was_typed_after_a_clash(self, client, case, caseworker):
        typed = {"version": case.version + 7, "level": "team_only", "because": WHY}
        answer = sent(client, caseworker, "protect", case.pk, **typed)
        assert answer.status_code == 422
        assert WHY in words_of(answer)
        assert f'name="version" value="{case.version}"' in words_of(answer)

    def test_leads_who_sees_it_no_more_to_the_list(self, client, case, colleague):
        typed = {"version": case.version, "level": "team_only", "because": WHY}
        assert sent(client, colleague, "protect", case.pk, **typed).url == reverse("cases:cases")


class TestBreakGlass:
    def test_asks_why_opens_and_leads_to_the_case(self, client, case, colleague):
        person = closed(case).person_id
        asked = words_of(shown(client, colleague, "break-glass", person))
        assert "Mengapa berkas ini harus dibuka" in asked
        assert case.number not in asked
        assert (
            sent(client, colleague, "break-glass", person, once=uuid.uuid4(), because=DARURAT).status_code
            == 302
        )
        assert case.number in words_of(shown(client, colleague, "break-glass", person))
        assert shown(client, colleague, "privacy", case.pk).status_code == 200

    def test_every_reading_under_it_is_recorded(self, client, case, colleague):
        sent(client, colleague, "break-glass", closed(case).person_id, once=uuid.uuid4(), because=DARURAT)
        shown(client, colleague, "privacy", case.pk)
        read = Event.objects.filter(actor=colleague.pk, is_reading=True, permission=Permission.CASE_VIEW)
        assert read.about(case).count() == 1

    @pytest.mark.parametrize("because", ["", "darurat"])
    def test_shows_what_was_typed_when_refused(self, client, case, colleague, because):
        answer = sent(
            client, colleague, "break-glass", closed(case).person_id, once=uuid.uuid4(), because=because
        )
        assert answer.status_code == 422
        assert because in words_of(answer)
        assert not BrokenGlass.objects.exists()

    @pytest.mark.parametrize(
        ("role", "status"), [("caseworker", 404), ("supervisor", 404), ("stranger", 404), ("head", 403), ("volunteer", 403)]
    )  # fmt: skip
    def test_does_not_exist_where_nothing_is_closed(self, client, case, request, role, status):
        answer = shown(client, request.getfixturevalue(role), "break-glass", closed(case).person_id)
        assert answer.status_code == status

    def test_can_be_ended_early(self, client, case, colleague):
        sent(client, colleague, "break-glass", closed(case).person_id, once=uuid.uuid4(), because=DARURAT)
        assert shown(client, colleague, "glass-close", BrokenGlass.objects.get().pk).status_code == 302
        assert shown(client, colleague, "privacy", case.pk).status_code == 200
        answer = sent(client, colleague, "glass-close", BrokenGlass.objects.get().pk)
        assert answer.url == reverse("people:person", args=[case.person_id])
        assert shown(client, colleague, "privacy", case.pk).status_code == 404

    @pytest.mark.parametrize(
        ("role", "told"), [("colleague", "True"), ("caseworker", "False"), ("head", "False")]
    )
    def test_the_tag_says_that_something_is_closed(self, case, request, role, told):
        context = Context({"user": request.getfixturevalue(role), "person": closed(case).person})
        words = "{% load cases_of %}{% has_closed_case_of person as is_closed %}{{ is_closed }}"
        assert Template(words).render(context) == told


class TestSupervision:
    def test_is_written_and_read_by_supervisors(self, client, case, supervisor):
        typed = {
            "once": uuid.uuid4(),
            "words": "Lihat sisi ibu",
            "held_on_day": 20,
            "held_on_month": 11,
            "held_on_year": 2026,
        }
        assert sent(client, supervisor, "supervision", case.pk, **typed).status_code == 302
        assert SupervisionNote.objects.get().on.day == 20
        assert "Lihat sisi ibu" in words_of(shown(client, supervisor, "supervision", case.pk))

    @pytest.mark.parametrize("role", ["caseworker", "head", "officer", "verifier"])
    def test_has_no_door_for_others(self, client, case, request, role):
        assert shown(client, request.getfixturevalue(role), "supervision", case.pk).status_code == 403


def disclosure(**typed):
    return {
        "once": uuid.uuid4(), "told_on_day": 21, "told_on_month": 11, "told_on_year": 2026, "what": "Jadwal kontrol",
        "to_whom": "Puskesmas Meral", "because": "Supaya diantar", "basis": "consent", **typed,
    }  # fmt: skip


class TestDisclosures:
    def test_notes_one_and_lists_it(self, client, case, caseworker):
        agreed(case, caseworker)
        assert sent(client, caseworker, "disclosures", case.pk, **disclosure()).status_code == 302
        assert "Puskesmas Meral" in words_of(shown(client, caseworker, "disclosures", case.pk))

    @pytest.mark.parametrize(
        ("typed", "words"),
        [({}, "belum ada persetujuan"), ({"to_whom": ""}, "Isi salah satu saja")],
        ids=["no consent", "nobody"],
    )
    def test_shows_what_was_typed_when_refused(self, client, case, caseworker, typed, words):
        answer = sent(client, caseworker, "disclosures", case.pk, **disclosure(**typed))
        assert answer.status_code == 422
        assert words in words_of(answer)
        assert "Jadwal kontrol" in words_of(answer)
        assert not Disclosure.objects.exists()

    def test_keeps_the_words_from_the_head(self, client, case, caseworker, head):
        agreed(case, caseworker)
        told(case, caseworker)
        page = words_of(shown(client, head, "disclosures", case.pk))
        assert "dr. Lina" not in page
        assert "Simpan pemberitahuan" not in page

    def test_register_is_recorded_each_time(self, client, case, caseworker):
        agreed(case, caseworker)
        told(case, caseworker)
        for _ in range(2):
            assert "dr. Lina" in words_of(shown(client, caseworker, "disclosure-register", case.pk))
        assert Event.objects.filter(permission=Permission.CASE_PRINT, is_reading=True).count() == 2


class TestOwnFile:
    def test_shows_the_file_without_others_parts_and_says_why(self, client, case, caseworker, supervisor):
        noted(case, caseworker, third_party="Tetangga mendengar teriakan.")
        supervised(case, supervisor)
        page = words_of(shown(client, caseworker, "own-file", case.pk))
        assert "berjualan lagi" in page
        assert "1 keterangan dari orang lain" in page
        assert "UU 27/2022 pasal 33" in page
        assert "teriakan" not in page
        assert "menyimpulkan" not in page

    def test_is_recorded_each_time(self, client, case, caseworker):
        for _ in range(2):
            shown(client, caseworker, "own-file", case.pk)
        assert Event.objects.filter(permission=Permission.CASE_PRINT, person=case.person_id).count() == 2

    def test_is_not_printed_while_limited_unless_a_copy_was_asked_for(self, client, case, caseworker):
        limited(case.person, caseworker)
        assert shown(client, caseworker, "own-file", case.pk).status_code == 409

    @pytest.mark.parametrize(("role", "status"), [("head", 403), ("verifier", 403), ("stranger", 404)])
    def test_is_not_for_everybody(self, client, case, request, role, status):
        assert shown(client, request.getfixturevalue(role), "own-file", case.pk).status_code == status


class TestAttach:
    def test_takes_a_photograph_and_hands_it_over_without_its_place(self, client, case, caseworker):
        photo = SimpleUploadedFile("IMG 1.exe", PHOTO, content_type="application/x-msdownload")
        typed = {"once": uuid.uuid4(), "title": "Foto rumah", "file": photo}
        assert sent(client, caseworker, "attach", case.pk, **typed).status_code == 302
        answer = shown(client, caseworker, "attachment", Attachment.objects.get().pk)
        assert answer.content == jpeg()
        assert GPS not in answer.content
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"] == 'attachment; filename="IMG 1.jpg"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]

    @pytest.mark.parametrize("data", [b"MZ program", b"", None], ids=["program", "empty", "nothing"])
    def test_says_what_is_wrong_and_keeps_the_title(self, client, case, caseworker, data):
        file = {} if data is None else {"file": SimpleUploadedFile("foto.jpg", data)}
        answer = sent(client, caseworker, "attach", case.pk, once=uuid.uuid4(), title="Foto rumah", **file)
        assert answer.status_code == 422
        assert "Foto rumah" in words_of(answer)
        assert "Pilih lagi berkasnya" in words_of(answer)


class TestAttachment:
    def test_is_recorded_each_time(self, client, case, caseworker):
        row = attached(case, caseworker)
        for _ in range(2):
            shown(client, caseworker, "attachment", row.pk)
        assert Event.objects.about(row).filter(is_reading=True, person=case.person_id).count() == 2

    @pytest.mark.parametrize(
        ("role", "level", "status"),
        [("head", "ordinary", 403), ("volunteer", "ordinary", 403), ("stranger", "ordinary", 404),
         ("verifier", "ordinary", 200), ("colleague", "highly_restricted", 404), ("supervisor", "highly_restricted", 200)],
    )  # fmt: skip
    def test_is_for_who_may_read_words(self, client, case, caseworker, request, role, level, status):
        row = attached(case, caseworker)
        closed(case, level)
        assert shown(client, request.getfixturevalue(role), "attachment", row.pk).status_code == status

    def test_is_not_given_on_while_the_data_may_only_be_read(self, client, case, caseworker):
        row = attached(case, caseworker)
        limited(case.person, caseworker)
        answer = shown(client, caseworker, "attachment", row.pk)
        assert answer.status_code == 409
        assert "attachment" not in answer.headers.get("Content-Disposition", "")

    def test_says_so_when_the_file_is_gone_or_altered(self, client, case, caseworker):
        row = attached(case, caseworker)
        path_of(row).write_bytes(b"lain")
        assert shown(client, caseworker, "attachment", row.pk).status_code == 409
        path_of(row).unlink()
        assert "hilang atau rusak" in words_of(shown(client, caseworker, "attachment", row.pk))


class TestRemoveAttachment:
    def test_asks_once_more_then_destroys(self, client, case, caseworker, django_capture_on_commit_callbacks):
        row = attached(case, caseworker)
        place = path_of(row)
        assert "tidak dapat dikembalikan" in words_of(shown(client, caseworker, "attachment-remove", row.pk))
        assert place.exists()
        with django_capture_on_commit_callbacks(execute=True):
            assert sent(client, caseworker, "attachment-remove", row.pk).status_code == 302
        assert not place.exists()
        assert shown(client, caseworker, "attachment", row.pk).status_code == 404
        assert "dihancurkan" in words_of(shown(client, caseworker, "privacy", case.pk))


class TestGlassOpenings:
    def test_tells_supervisors_of_every_opening_and_of_the_case_only_where_they_see_it(
        self, client, case, colleague, supervisor
    ):
        typed = {"once": uuid.uuid4(), "because": DARURAT}
        sent(client, colleague, "break-glass", closed(case).person_id, **typed)
        page = words_of(shown(client, supervisor, "glass-openings"))
        assert "Dewi" in page
        assert case.number in page
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        page = words_of(shown(client, supervisor, "glass-openings"))
        assert "Dewi" in page
        assert "Kasus yang hanya untuk timnya" in page
        assert case.number not in page

    def test_tells_nothing_of_other_bodies(self, client, case, colleague, region):
        typed = {"once": uuid.uuid4(), "because": DARURAT}
        sent(client, colleague, "break-glass", closed(case).person_id, **typed)
        other = factories.user_with("case_supervisor", organisation=uuid.uuid4(), name="Pak Lain")
        assert "Dewi" not in words_of(shown(client, other, "glass-openings"))

    @pytest.mark.parametrize("role", ["caseworker", "head", "verifier", "volunteer"])
    def test_is_for_those_who_supervise(self, client, request, role):
        assert shown(client, request.getfixturevalue(role), "glass-openings").status_code == 403
