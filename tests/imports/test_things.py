"""Files of bodies, sources of help, services and answers, from the file to the register and back."""

import pytest

from simpul.catalogue.instruments import all_instruments
from simpul.imports import actions
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Organisation, Source
from simpul.services.models import Service
from tests.imports.factories import AT, csv, loaded, officer
from tests.people import factories as people

pytestmark = pytest.mark.django_db
VILLAGE = "21.02.10.2003"
BODY = ("Yayasan Kasih Bunda", "Desa Pangke", "2009", "0777-321123", "Anak Terlantar, Lansia Terlantar")
BODY_HEADINGS = ("Nama Lembaga", "Desa", "Tahun Berdiri", "Telepon", "Jenis PMKS")
SOURCE = ("Rudi Hartono", "Tenaga Kesejahteraan Sosial Kecamatan", "L", "12-03-1980", "SMA")
SOURCE_HEADINGS = ("Nama", "Jenis PSKS", "JK", "Tgl Lahir", "Pendidikan Terakhir")


def counts(batch):
    return {fate: count for fate, count in batch.counts.items() if count}


class TestOrganisations:
    def test_are_registered_with_what_the_list_says(self, dinas):
        batch = loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        body = Organisation.objects.get()
        assert counts(batch) == {"new": 1}
        assert (body.name, body.region, body.founded_year, body.phone) == (
            BODY[0],
            VILLAGE,
            2009,
            "0777-321123",
        )
        assert body.need_types == ["AT", "LUT"] or set(body.need_types) == {"AT", "LUT"}

    def test_are_known_by_their_name(self, dinas):
        loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        again = loaded(
            dinas, csv(("YAYASAN KASIH BUNDA", "Pangke"), headings=BODY_HEADINGS[:2]), kind="organisations"
        )
        assert counts(again) == {"known": 1}

    def test_are_refused_with_a_reason(self, dinas):
        rows = [("Yayasan A", "Atlantis"), ("Yayasan B", "Pangke"), ("Yayasan B", "Pangke")]
        batch = loaded(dinas, csv(*rows, headings=BODY_HEADINGS[:2]), kind="organisations")
        assert counts(batch) == {"new": 1, "refused": 2}

    def test_are_taken_back(self, dinas):
        batch = loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        actions.undo(batch, by=dinas, at=AT)
        assert not Organisation.objects.exists()

    def test_stay_where_something_hangs_on_them(self, dinas):
        batch = loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        loaded(
            dinas,
            csv(
                ("Yayasan Kasih Bunda", "Antar makanan", "meals"),
                headings=("Lembaga", "Nama Layanan", "Jenis Bantuan"),
            ),
            kind="services",
        )
        if Service.objects.exists():
            with pytest.raises(actions.StillUsed, match="layanan"):
                actions.undo(batch, by=dinas, at=AT)


class TestSources:
    def test_are_registered_and_known_again(self, dinas):
        assert counts(loaded(dinas, csv(SOURCE, headings=SOURCE_HEADINGS), kind="sources")) == {"new": 1}
        held = Source.objects.get()
        assert (held.type_code, held.sex, held.education, held.region) == ("TKSK", "L", "slta", VILLAGE)
        again = loaded(dinas, csv((*SOURCE, "x"), headings=(*SOURCE_HEADINGS, "Catatan")), kind="sources")
        assert counts(again) == {"known": 1}

    def test_are_taken_back(self, dinas):
        batch = loaded(dinas, csv(SOURCE, headings=SOURCE_HEADINGS), kind="sources")
        actions.undo(batch, by=dinas, at=AT)
        assert not Source.objects.exists()


class TestServices:
    HEADINGS = ("Lembaga", "Nama Layanan", "Jenis Bantuan", "Telepon", "Kapasitas", "Gratis")

    @pytest.fixture
    def body(self, dinas):
        loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        return Organisation.objects.get()

    @pytest.fixture
    def kind(self):
        from simpul.catalogue import casework

        return casework.service_kinds()[0]

    def test_come_to_their_body_as_drafts(self, dinas, body, kind):
        row = (body.name, "Antar makanan", kind.title.id, "0777-321123", "20", "ya")
        batch = loaded(dinas, csv(row, headings=self.HEADINGS), kind="services")
        service = Service.objects.get()
        assert counts(batch) == {"new": 1}
        assert (service.organisation, service.kind, service.capacity, service.cost) == (
            body,
            kind.code,
            20,
            "free",
        )
        assert service.listing == "draft"

    def test_are_refused_where_nobody_knows_the_body(self, dinas, body, kind):
        row = ("Lembaga Lain", "Antar makanan", kind.title.id)
        assert counts(loaded(dinas, csv(row, headings=self.HEADINGS[:3]), kind="services")) == {"refused": 1}

    def test_are_taken_back(self, dinas, body, kind):
        row = (body.name, "Antar makanan", kind.title.id, "0777-321123")
        batch = loaded(dinas, csv(row, headings=self.HEADINGS[:4]), kind="services")
        actions.undo(batch, by=dinas, at=AT)
        assert not Service.objects.exists()


class TestSheets:
    @pytest.fixture
    def instrument(self):
        return next(one for one in all_instruments() if all(item.levels for item in one.items))

    def brought(self, by, instrument, *codes):
        headings = ("Kode Peserta", "Tanggal", *(item.code for item in instrument.items))
        answers = [str(item.levels[0].value) for item in instrument.items]
        rows = [(code, "2026-11-01", *answers) for code in codes]
        return loaded(by, csv(*rows, headings=headings), kind="sheets", instrument=instrument.code)

    def test_are_locked_answers(self, boss, instrument):
        assert counts(self.brought(boss, instrument, "P1", "P2")) == {"new": 2}
        assert AnswerSheet.objects.filter(locked_at__isnull=False).count() == 2

    def test_change_nothing_a_second_time(self, boss, instrument):
        self.brought(boss, instrument, "P1")
        assert counts(self.brought(boss, instrument, "P1", "P2")) == {"new": 1, "known": 1}

    def test_are_taken_back(self, boss, instrument):
        batch = self.brought(boss, instrument, "P1")
        actions.undo(batch, by=boss, at=AT)
        assert not AnswerSheet.objects.exists()


class TestOfficer:
    def test_needs_the_right_for_what_the_file_makes(self, regions):
        stranger = officer(region="93.01")
        batch = loaded(
            stranger, csv(BODY, headings=BODY_HEADINGS), kind="organisations", default_region="93.01.01"
        )
        assert counts(batch) == {"refused": 1}
        assert not Organisation.objects.filter(pk=people.ORGANISATION).exists()
