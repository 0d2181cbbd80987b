from datetime import date

import pytest

from simpul.organisations.models import Officer, ServedArea, Staff
from simpul.organisations.queries.oversight_known import known_lines, known_of
from tests.organisations.factories import organisation
from tests.organisations.oversight import LAST_YEAR, TODAY
from tests.organisations.papers import a_certificate, a_paper

pytestmark = pytest.mark.django_db


def known(body):
    return known_of(body, TODAY, since=LAST_YEAR, until=date(2026, 12, 31))


@pytest.fixture
def body():
    made = organisation(capacity=30, need_types=["01"], service_systems=["day"], level="regency")
    Officer.objects.create(
        organisation=made, unit="board", title="Ketua", name="Ibu Ratna", until=date(2026, 1, 1)
    )
    Officer.objects.create(organisation=made, unit="board", title="Sekretaris", name="Pak Anwar")
    held = [{"name": "Kompetensi", "valid_to": "2030-01-01"}]
    Staff.objects.create(organisation=made, name="Pak Jamal", profession="social_worker", certificates=held)
    over = [{"name": "Kompetensi", "valid_to": "2020-01-01"}]
    Staff.objects.create(organisation=made, name="Bu Tini", profession="expert", certificates=over)
    for code in ("21.02.01.1001", "21.02.01.1002", "21.02.02"):
        ServedArea.objects.create(organisation=made, code=code)
    a_paper(made, valid_to=date(2026, 12, 31))
    a_certificate(made, valid_to=date(2028, 2, 29), number="12/2026")
    return made


class TestKnownOf:
    def test_counts_what_is_recorded(self, body):
        told = known(body)
        assert told["officers"] == {"board": 2}
        assert told["officers_ended"] == 1
        assert told["staff"] == {"social_worker": 1, "expert": 1}
        assert told["staff_certified"] == 1
        assert told["areas"] == {"villages": 2, "districts": 1}
        assert told["papers"] == [["domicile", "over"]]

    def test_names_nobody(self, body):
        told = repr(known(body))
        assert not [name for name in ("Ratna", "Anwar", "Jamal", "Tini") if name in told]

    def test_leaves_out_what_has_ended(self, body):
        for model in (Officer, Staff, ServedArea):
            model.objects.update(ended_on=TODAY)
        told = known(body)
        assert (told["officers"], told["staff"], told["areas"]) == ({}, {}, {})


class TestKnownLines:
    def test_say_it_in_words(self, body):
        lines = dict(known_lines(known(body)))
        assert lines["Kepengurusan"] == "Pengurus: 2"
        assert lines["Wilayah layanan"] == "kecamatan: 1, desa/kelurahan: 2"
        assert "Surat keterangan domisili: sudah habis" in lines["Surat"]
        assert lines["Tanda daftar dan akreditasi"] == "Tanda daftar 12/2026, sampai 29 Februari 2028"

    def test_say_what_is_not_recorded(self):
        lines = dict(known_lines(known(organisation())))
        assert lines["Daya tampung"] == "belum tercatat"
        assert lines["Wilayah layanan"] == "belum tercatat"

    def test_can_be_read_from_an_empty_report(self):
        assert known_lines({})
