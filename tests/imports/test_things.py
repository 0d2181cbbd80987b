"""Files of bodies, sources of help, services and answers, from the file to the register and back."""

from datetime import date

import pytest

from simpul.catalogue import casework
from simpul.catalogue.instruments import all_instruments
from simpul.imports import actions
from simpul.imports.actions.doubts import PersonNotOffered
from simpul.imports.models import Doubt
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Organisation, Source
from simpul.services.models import Service
from tests.imports.factories import AT, ON, csv, loaded, officer
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


class TestDoubts:
    """Rows alike what is there wait for somebody's look, whatever the list is of."""

    ALIKE = ("LKS Kasih Bunda", "Desa Pangke", "2010")

    @pytest.fixture
    def body(self, dinas):
        loaded(dinas, csv(BODY, headings=BODY_HEADINGS), kind="organisations")
        return Organisation.objects.get()

    def brought(self, by, *rows):
        return loaded(by, csv(*rows, headings=BODY_HEADINGS[:3]), kind="organisations")

    def decided(self, by, choice, **details):
        held = Doubt.objects.get()
        return actions.decide(held, by=by, version=held.version, decided=choice, on=ON, at=AT, **details)

    def test_are_of_bodies_alike_by_name_and_area(self, dinas, body):
        batch = self.brought(dinas, self.ALIKE, ("Yayasan Pelita Hati", "Desa Pangke"))
        assert counts(batch) == {"new": 1, "doubtful": 1}
        assert Doubt.objects.get().likes == [str(body.pk)]

    def test_said_to_be_the_same_alter_nothing(self, dinas, body):
        self.brought(dinas, self.ALIKE)
        assert self.decided(dinas, "same", person=body.pk).person == body.pk
        assert (Organisation.objects.count(), Organisation.objects.get().founded_year) == (1, 2009)

    def test_said_to_be_new_are_registered_and_taken_back_with_the_import(self, dinas, body):
        batch = self.brought(dinas, self.ALIKE)
        made = self.decided(dinas, "new").person
        assert Organisation.objects.get(pk=made).founded_year == 2010
        actions.undo(batch, by=dinas, at=AT)
        assert Organisation.objects.get() == body

    def test_are_none_other_than_those_shown(self, dinas, body):
        other = self.brought(dinas, ("Yayasan Pelita Hati", "Desa Pangke")).made.get().key
        self.brought(dinas, self.ALIKE)
        with pytest.raises(PersonNotOffered):
            self.decided(dinas, "same", person=other)

    @pytest.mark.parametrize("choice", ["", "same", "skipped"])
    def test_are_not_asked_a_second_time(self, dinas, body, choice):
        self.brought(dinas, self.ALIKE)
        if choice:
            self.decided(dinas, choice, person=body.pk if choice == "same" else None)
        assert counts(self.brought(dinas, self.ALIKE, ("Yayasan X", "Pangke"))) == {"new": 1, "known": 1}

    def test_are_of_sources_alike(self, dinas):
        loaded(dinas, csv(SOURCE, headings=SOURCE_HEADINGS), kind="sources")
        row = (SOURCE[0], "Pekerja Sosial Masyarakat", *SOURCE[2:])
        assert counts(loaded(dinas, csv(row, headings=SOURCE_HEADINGS), kind="sources")) == {"doubtful": 1}
        made = Source.objects.get(pk=self.decided(dinas, "new").person)
        assert (made.type_code, made.born) == ("PSM", date(1980, 3, 12))

    def test_are_of_services_alike_under_one_body(self, dinas, body):
        kind = casework.service_kinds()[0].title.id
        for name in ("Antar makanan siang", "Antar makanan ke rumah siang"):
            batch = loaded(
                dinas, csv((body.name, name, kind), headings=TestServices.HEADINGS[:3]), kind="services"
            )
        assert counts(batch) == {"doubtful": 1}
        made = Service.objects.get(pk=self.decided(dinas, "new").person)
        assert (made.organisation, made.name) == (body, "Antar makanan ke rumah siang")
