import uuid
from datetime import date

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.programmes.actions import mentoring
from simpul.programmes.models import Proof, Visit, Worker
from tests.access.factories import user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY, a_draft, a_member
from tests.programmes.mentored import a_mentor, a_visit, seen


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


def mended(visit, by, *, key=None, **details):
    key = key or uuid.uuid4()
    return mentoring.mend_visit(visit, by=by, key=key, on=TODAY, at=AT, seen=seen(**details))


class TestRecordVisit:
    def test_keeps_what_was_found_with_its_photograph(self, member, mentor, plan):
        line = plan.items.get().line
        row = a_visit(member, mentor, lines=(line,), file=("ruang.jpg", jpeg()))
        assert (row.mentor_name, row.lines, Proof.objects.get().of) == (
            "Pak Darwis",
            [str(line)],
            row.pk,
        )

    def test_makes_one_of_a_form_that_was_sent_twice(self, member, mentor):
        key = uuid.uuid4()
        assert a_visit(member, mentor, key=key) == a_visit(member, mentor, key=key)

    def test_is_for_who_is_named_in_the_programme(self, member):
        with pytest.raises(NotAllowed):
            a_visit(member, user_with("mentor", region="21.02"))

    def test_a_mentor_of_one_body_does_not_write_about_another(self, programme, mentor):
        other = a_member(programme, organisation(name="LKS Lain"))
        with pytest.raises(NotAllowed):
            a_visit(other, mentor)

    def test_ends_with_the_naming(self, member, mentor):
        Worker.objects.update(ended_on=TODAY)
        with pytest.raises(NotAllowed):
            a_visit(member, mentor)

    def test_the_office_writes_down_what_a_mentor_brought_on_paper(self, member, officer):
        row = mentoring.record_visit_for_mentor(
            member, by=officer, key=uuid.uuid4(), on=TODAY, at=AT, seen=seen(mentor="Bu Halimah")
        )
        assert (row.mentor_name, row.by_name) == ("Bu Halimah", "Bu Ratna")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"found": "  "}, "Temuan belum diisi"),
            ({"visited_on": date(2026, 11, 23)}, "belum tiba"),
            ({"next_on": TODAY}, "sesudah kunjungan ini"),
            ({"lines": (uuid.UUID(int=7),)}, "tidak ada dalam rencana"),
            ({"advice": "x" * 4001}, "terlalu panjang"),
        ],
        ids=["nothing", "tomorrow", "next_today", "no_line", "too_long"],
    )
    def test_refuses_what_cannot_be(self, member, mentor, wrong, words):
        with pytest.raises(Refusal, match=words):
            a_visit(member, mentor, **wrong)

    def test_a_line_that_was_never_agreed_is_none(self, member, head, mentor):
        with pytest.raises(Refusal, match="tidak ada dalam rencana"):
            a_visit(member, mentor, lines=(a_draft(member, head).items.get().line,))

    def test_a_file_that_is_none_leaves_no_visit(self, member, mentor):
        with pytest.raises(Refusal, match="Jenis berkas"):
            a_visit(member, mentor, file=("a.txt", b"halo"))
        assert not Visit.objects.exists()

    def test_is_over_when_the_programme_is(self, member, mentor):
        type(member.programme).objects.update(stage="closed")
        member.refresh_from_db()
        with pytest.raises(Refusal, match="sudah selesai"):
            a_visit(member, mentor)


class TestMendVisit:
    def test_a_newer_note_takes_its_place_and_the_old_one_stays(self, member, mentor):
        old = a_visit(member, mentor)
        new = mended(old, mentor, found="Buku kas sudah diisi")
        old.refresh_from_db()
        assert (new.mends, old.found) == (old, "Buku kas belum diisi sejak Juli")

    def test_is_done_once(self, member, mentor):
        old, key = a_visit(member, mentor), uuid.uuid4()
        assert mended(old, mentor, key=key) == mended(old, mentor, key=key)
        with pytest.raises(Refusal, match="sudah diperbaiki"):
            mended(old, mentor)


class TestAddPhoto:
    def test_keeps_one_of_a_form_that_was_sent_twice(self, member, mentor):
        row, key = a_visit(member, mentor), uuid.uuid4()
        for _time in range(2):
            mentoring.add_photo(row, by=mentor, key=key, at=AT, file=("a.jpg", jpeg()))
        assert Proof.objects.filter(of=row.pk).count() == 1

    def test_stops_at_a_dozen(self, member, mentor):
        row = a_visit(member, mentor)
        Proof.objects.bulk_create(
            Proof(programme=row.programme, member=member, of=row.pk, at=AT, by_name="Pak Darwis")
            for _number in range(12)
        )
        with pytest.raises(Refusal, match="paling banyak memuat 12 foto"):
            mentoring.add_photo(row, by=mentor, key=uuid.uuid4(), at=AT, file=("a.jpg", jpeg()))
