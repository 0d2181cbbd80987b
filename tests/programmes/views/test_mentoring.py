import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.programmes.models import Proof, Visit
from tests.access.test_pictures import jpeg
from tests.programmes.mentored import a_mentor, a_visit
from tests.programmes.views.test_plans import at, day


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


@pytest.fixture
def as_mentor(client, mentor):
    client.force_login(mentor)
    return client


def typed(**details):
    kept = {"once": str(uuid.uuid4()), "found": "Buku kas belum diisi", **day("visited_on", 2026, 11, 22)}
    return kept | details


class TestVisits:
    def test_a_mentor_writes_a_visit_with_a_photograph(self, as_mentor, member, plan):
        line = plan.items.get().line
        told = typed(lines=[str(line)], file=SimpleUploadedFile("a.jpg", jpeg()))
        as_mentor.post(at("visit-add", member.pk), told | day("next_on", 2026, 12, 20))
        page = as_mentor.get(at("visits", member.pk)).text
        assert "Buku kas belum diisi" in page
        assert "20 Desember 2026" in page
        assert as_mentor.get(at("proof", Proof.objects.get().pk))["Content-Type"] == "image/jpeg"

    def test_what_was_typed_stays_when_it_is_refused(self, as_mentor, member):
        answer = as_mentor.post(at("visit-add", member.pk), typed(**day("next_on", 2026, 11, 1)))
        assert answer.status_code == 422
        assert "Buku kas belum diisi" in answer.text
        assert not Visit.objects.exists()

    def test_a_line_that_is_none_is_told(self, as_mentor, member, plan):
        answer = as_mentor.post(at("visit-add", member.pk), typed(lines=["bukan-baris"]))
        assert answer.status_code == 422

    def test_a_wrong_one_is_mended(self, as_mentor, member, mentor):
        old = a_visit(member, mentor)
        as_mentor.post(at("visit-mend", old.pk), typed(found="Buku kas ada"))
        assert Visit.objects.get(found="Buku kas ada").mends == old

    def test_a_photograph_is_added(self, as_mentor, member, mentor):
        row = a_visit(member, mentor)
        told = {"once": str(uuid.uuid4()), "file": SimpleUploadedFile("a.jpg", jpeg())}
        assert as_mentor.post(at("visit-photo", row.pk), told).status_code == 302
        assert as_mentor.post(at("visit-photo", row.pk), {"once": str(uuid.uuid4())}).status_code == 422

    def test_the_office_says_who_was_there(self, client, officer, member):
        client.force_login(officer)
        assert client.post(at("visit-add", member.pk), typed()).status_code == 422
        client.post(at("visit-add", member.pk), typed(mentor="Bu Halimah"))
        assert Visit.objects.get().mentor_name == "Bu Halimah"

    def test_the_body_reads_what_was_advised_and_writes_nothing(self, client, head, member, mentor):
        a_visit(member, mentor, advice="Isi setiap Jumat")
        client.force_login(head)
        page = client.get(at("visits", member.pk)).text
        assert "Isi setiap Jumat" in page
        assert at("visit-add", member.pk) not in page
        assert client.post(at("visit-add", member.pk), typed()).status_code == 404

    def test_a_stranger_finds_nothing(self, client, stranger, member):
        client.force_login(stranger)
        assert client.get(at("visits", member.pk)).status_code == 404


class TestMine:
    def test_leads_to_the_next_visit(self, as_mentor, member):
        page = as_mentor.get(at("mentoring-mine")).text
        assert "LKS Tunas Bahari" in page
        assert at("visit-add", member.pk) in page

    def test_is_for_mentors(self, client, head):
        client.force_login(head)
        assert client.get(at("mentoring-mine")).status_code == 403
