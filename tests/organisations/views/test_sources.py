from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import Event
from simpul.organisations.models import Source
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


@pytest.fixture
def officer(client):
    few_regions()
    user = user_with("dinas_officer", region="21.02")
    client.force_login(user)
    return user


def html(answer):
    return answer.content.decode()


class TestSources:
    def test_shows_name_type_and_place(self, client, officer):
        make.source(officer, skills=["boat"])
        told = html(client.get(at("sources")))
        assert "Hasan Basri" in told
        assert "Pekerja sosial masyarakat (PSM)" in told
        assert "Pangke, Kec. Meral Barat" in told
        assert "Mengemudikan perahu" in told

    def test_shows_nothing_of_another_area(self, client, officer):
        make.source(officer)
        client.force_login(user_with("dinas_officer", region="21.71"))
        assert "Hasan Basri" not in html(client.get(at("sources")))

    @pytest.mark.parametrize(
        ("asked", "is_found"),
        [
            ("jenis=PSM", True),
            ("jenis=TKSK", False),
            ("keahlian=boat", True),
            ("keahlian=legal", False),
            ("hari=6", True),
            ("hari=1", False),
            ("wilayah=21.02.10", True),
            ("wilayah=21.02.01.2002", True),
            ("wilayah=93.01", False),
            ("keadaan=berhenti", False),
        ],
    )
    def test_is_narrowed_by_the_address(self, client, officer, asked, is_found):
        make.source(officer, skills=["boat"], free_days=["6"], areas=["21.02.01"])
        assert ("Hasan Basri" in html(client.get(f"{at('sources')}?{asked}"))) is is_found

    @pytest.mark.parametrize(("name", "is_found"), [("hasan", True), ("wahyu", False)])
    def test_finds_a_name_without_putting_it_into_the_address(self, client, officer, name, is_found):
        make.source(officer)
        assert ("Hasan Basri" in html(client.post(at("sources"), {"nama": name}))) is is_found
        assert "Hasan Basri" in html(client.get(f"{at('sources')}?nama=wahyu"))

    def test_asks_the_same_number_of_questions_for_many(self, client, officer, django_assert_num_queries):
        for number in range(12):
            make.training(make.source(officer, name=f"Relawan {number}", is_another=True), officer)
        client.get(at("sources"))
        with django_assert_num_queries(9):
            client.get(at("sources"))

    def test_is_closed_to_who_may_not_see_volunteers(self, client, officer):
        client.force_login(user_with("registrar", region="21.02"))
        assert client.get(at("sources")).status_code == 403


class TestSource:
    def test_tells_which_criteria_are_open_and_what_settles_them(self, client, officer):
        row = make.source(officer, born=date(1990, 3, 15))
        told = html(client.get(at("source", row.pk)))
        assert "1 terpenuhi, 0 tidak, 7 belum diketahui" in told
        assert "Yang memastikan: Sertifikat pelatihan PSM" in told

    def test_opening_it_is_recorded(self, client, officer):
        row = make.source(officer)
        client.get(at("source", row.pk))
        assert Event.objects.about(row).filter(is_reading=True).count() == 1

    def test_does_not_exist_out_of_reach(self, client, officer):
        row = make.source(officer)
        client.force_login(user_with("dinas_officer", region="21.71"))
        assert client.get(at("source", row.pk)).status_code == 404

    def test_offers_no_change_to_who_only_sees(self, client, officer):
        row = make.source(officer)
        client.force_login(user_with("dinas_verifier", region="21.02"))
        told = html(client.get(at("source", row.pk)))
        assert "Ubah keterangan" not in told
        assert client.get(at("source-edit", row.pk)).status_code == 403

    def test_the_head_of_a_body_sees_who_serves_there(self, client, officer):
        body = organisation()
        row = make.source(officer, organisation=body)
        client.force_login(user_with("head_of_lks", organisation=body.pk))
        assert "Hasan Basri" in html(client.get(at("source", row.pk)))

    def test_shows_the_other_rules_about_a_type(self, client, officer):
        row = make.source(officer, "TKSK", born=date(1990, 3, 15))
        assert "Menurut aturan lain: Permensos 3/2013 Pasal 9" in html(client.get(at("source", row.pk)))


class TestCounts:
    def test_counts_by_type_and_area(self, client, officer):
        make.source(officer, sex="L")
        told = html(client.get(at("source-counts")))
        assert "Perempuan pemimpin kesejahteraan sosial" in told
        assert "Wanita" not in told

    def test_narrows_to_an_area(self, client, officer):
        make.source(officer)
        assert "Kec. Meral Barat" in html(client.get(f"{at('source-counts')}?wilayah=21.02"))


class TestTypes:
    def test_shows_all_lists_with_where_they_come_from(self, client, officer):
        told = html(client.get(at("source-types")))
        assert "Tenaga kesejahteraan sosial kecamatan (TKSK)" in told
        assert "Keperintisan dan kepahlawanan" in told
        assert "Permensos 8/2012, lampiran, jenis 3" in told


class TestErased:
    def test_shows_only_what_counts(self, client, officer):
        row = make.source(officer)
        Source.objects.filter(pk=row.pk).update(name="", erased_at=timezone.now(), erased_because="requested")
        told = html(client.get(at("source", row.pk)))
        assert "Data sudah dihapus" in told
        assert "Diminta oleh yang bersangkutan" in told


class TestNik:
    def test_stands_on_a_page_of_its_own_and_each_time_is_recorded(self, client, officer):
        row = make.source(officer, nik=make.NIK)
        assert make.NIK not in html(client.get(at("source", row.pk)))
        readings = Event.objects.filter(is_reading=True, permission="source.edit")
        for times in (1, 2):
            assert make.NIK in html(client.get(at("source-nik", row.pk)))
            assert readings.count() == times

    def test_is_closed_to_who_only_sees_sources(self, client, officer):
        row = make.source(officer, nik=make.NIK)
        client.force_login(user_with("dinas_verifier", region="21.02"))
        assert "source-nik" not in html(client.get(at("source", row.pk)))
        assert client.get(at("source-nik", row.pk)).status_code == 404
