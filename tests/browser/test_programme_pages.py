"""Pages of a capacity programme, on a small phone and for who cannot see: nothing sticks out, nothing shuts out."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from simpul.access import limits
from simpul.programmes.actions import cohort, sessions, sessions_certificates
from simpul.programmes.queries.cohort_told import Helper
from simpul.programmes.queries.criteria import usual
from tests.access.factories import user_with
from tests.browser.conftest import axe, sideways, too_small
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.programmes.making import a_member, a_programme
from tests.programmes.meeting import a_session, people

NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()


@pytest.fixture
def running(transactional_db):
    few_regions()
    limits.forget_all()
    officer = user_with("programme_officer", region="21.02", name="Bu Ratna")
    programme = a_programme(criteria=usual(), area=["21.02"], starts_on=TODAY, stage_since=TODAY)
    member = a_member(programme, organisation(name="Forum Komunikasi Keluarga Anak dengan Kecacatan"))
    organisation(name="LKS Embrio Bina Sejahtera", confirmed_type="D")
    head = user_with("head_of_lks", organisation=member.organisation_id, name="Bu Salmah")
    mentor = user_with("mentor", region="21.02", name="Pak Hadi")
    helper = Helper("Pak Hadi", "mentor", account=mentor.username)
    cohort.add_worker(programme, by=officer, key=uuid.uuid4(), on=TODAY, at=NOW, helper=helper)
    one = people(member, officer, 1, account=head.username)[0]
    session = a_session(programme, officer, on=TODAY)
    sessions.note_attendance(session, by=officer, on=TODAY, at=NOW, came={one.pk: "yes"})
    session = sessions.open_qr(session, by=officer, on=TODAY, at=NOW)
    told = {"pattern": "{nomor}/SERT/{tahun}", "issuer": "Dinas Sosial Karimun", "signs": "Pak Lukman"}
    (diploma,) = sessions_certificates.issue(
        programme, by=officer, on=TODAY, at=NOW, participants={one.pk}, **told
    )
    return {
        "programme": programme,
        "member": member,
        "session": session,
        "participant": one,
        "diploma": diploma,
        "officer": officer,
        "head": head,
        "mentor": mentor,
        None: None,
    }


PAGES = [
    ("officer", "programmes", None),
    ("officer", "programme", "programme"),
    ("officer", "programme-new", None),
    ("officer", "programme-change", "programme"),
    ("officer", "programme-criteria", "programme"),
    ("officer", "programme-move", "programme"),
    ("officer", "candidates", "programme"),
    ("officer", "participants", "programme"),
    ("officer", "worker-add", "programme"),
    ("officer", "member", "member"),
    ("officer", "participant-add", "member"),
    ("officer", "session", "session"),
    ("officer", "session-attendance", "session"),
    ("officer", "session-qr", "session"),
    ("officer", "session-list", "session"),
    ("officer", "certificates", "programme"),
    ("head", "mine", None),
    ("head", "programme", "programme"),
    ("head", "session", "session"),
    ("mentor", "programme", "programme"),
]


class TestPagesOfProgrammes:
    @pytest.mark.parametrize(("who", "name", "of"), PAGES, ids=[f"{who}-{name}" for who, name, _of in PAGES])
    def test_fit_a_small_phone_and_shut_nobody_out(self, visit, running, who, name, of):
        address = reverse(f"programmes:{name}", args=[running[of].pk] if of else [])
        page = visit(address, by=running[who], width=320)
        assert (sideways(page), too_small(page), axe(page)) == ([], [], [])


class TestOpenPages:
    def test_somebody_notes_themselves_present_without_a_script(self, visit, running):
        people(running["member"], running["officer"], 2)
        address = reverse("programmes:arrive", args=[running["session"].qr_mark])
        page = visit(address, width=320, javascript=False)
        page.get_by_label("Kode peserta Anda").fill("p 2")
        page.get_by_role("button", name="Catat kehadiran saya").click()
        assert "Kehadiran P02 sudah dicatat" in page.inner_text("main")
        page.get_by_role("link", name="Beri pendapat").click()
        page.get_by_label("Ya, sangat").first.check()
        page.get_by_role("button", name="Kirim").click()
        assert "tanpa nama" in page.inner_text("main")

    def test_a_certificate_is_checked_word_for_word(self, visit, running):
        page = visit(reverse("programmes:check"), width=320)
        page.get_by_label("Kode periksa").fill(running["diploma"].code.lower())
        page.get_by_role("button", name="Periksa", exact=True).click()
        assert "Pak Rahmat" in page.inner_text("main")
        assert (sideways(page), axe(page)) == ([], [])


class TestProgrammeNew:
    def test_an_area_is_found_without_a_script(self, visit, running):
        page = visit(reverse("programmes:programme-new"), by=running["officer"], width=360, javascript=False)
        page.locator("#id_area_text").fill("Moro")
        page.get_by_role("button", name="Cari wilayah").click()
        page.locator("input[name=area]").first.check()
        page.get_by_role("button", name="Tambah wilayah ini").click()
        assert page.locator("input[name=areas]:checked").count() == 1
