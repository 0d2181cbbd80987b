from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.organisations.actions.sources import answer_criteria, edit_source
from simpul.organisations.models import Source
from simpul.places import queries as places
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
VILLAGE, BORN = make.VILLAGE, date(1990, 3, 15)


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


@pytest.fixture
def officer(client):
    few_regions()
    user = user_with("dinas_officer", region="21.02")
    client.force_login(user)
    return user


def typed(**details):
    return {"once": uuid4(), "name": "Hasan Basri", "region": VILLAGE, "save": "1", **details}


class TestNew:
    def test_offers_the_twelve_types_and_local_ones(self, client, officer):
        told = client.get(at("source-new")).content.decode()
        assert "12. Dunia usaha" in told
        assert "Pendamping PKH" in told

    def test_an_unknown_type_does_not_exist(self, client, officer):
        assert client.get(at("source-register", "XYZ")).status_code == 404


class TestRegister:
    @pytest.mark.parametrize("code", ["PSM", "KPIONER", "KT", "WKSBM", "PENSOS-F", "FORUM-CSR"])
    def test_has_a_form_for_every_kind(self, client, officer, code):
        assert client.get(at("source-register", code)).status_code == 200

    def test_keeps_it_and_asks_the_criteria_next(self, client, officer):
        details = typed(
            sex="L",
            born_day="15",
            born_month="3",
            born_year="1990",
            nik=make.NIK,
            skills=["boat"],
            free_days=["6", "7"],
        )
        answer = client.post(at("source-register", "PSM"), details)
        row = Source.objects.get()
        assert answer.url == at("source-answers", row.pk)
        assert (row.born, row.nik, row.skills) == (date(1990, 3, 15), make.NIK, ["boat"])

    def test_a_double_click_makes_one(self, client, officer):
        details = typed()
        client.post(at("source-register", "PSM"), details)
        client.post(at("source-register", "PSM"), details)
        assert Source.objects.count() == 1

    def test_names_who_looks_the_same_and_keeps_both_when_told(self, client, officer):
        make.source(officer)
        answer = client.post(at("source-register", "TAGANA"), typed(name="Hasan  Basri"))
        assert answer.status_code == 422
        assert "Yang mirip" in answer.content.decode()
        client.post(at("source-register", "TAGANA"), typed(alike="1", is_another="on"))
        assert Source.objects.count() == 2

    def test_a_refused_form_keeps_what_was_typed(self, client, officer):
        answer = client.post(at("source-register", "PSM"), typed(region="", phone="0812000111"))
        assert answer.status_code == 422
        assert "0812000111" in answer.content.decode()
        assert not Source.objects.exists()

    def test_looking_for_a_place_judges_nothing(self, client, officer):
        answer = client.post(
            at("source-register", "PSM"), typed(name="", region="", region_text="pangke", region_find="1")
        )
        assert answer.status_code == 200
        assert VILLAGE in answer.content.decode()

    def test_gathers_areas_one_by_one(self, client, officer):
        details = typed(areas=["21.02.01"], area="21.02.10", area_find="1")
        told = client.post(at("source-register", "PSM"), details).content.decode()
        assert 'name="areas" value="21.02.10"' in told
        client.post(at("source-register", "PSM"), typed(areas=["21.02.01"], area="21.02.10"))
        assert Source.objects.get().areas == ["21.02.01", "21.02.10"]

    def test_refuses_a_village_out_of_reach(self, client, officer):
        answer = client.post(at("source-register", "PSM"), typed(region="93.01.01"))
        assert "di luar jangkauan" in answer.content.decode()
        assert not Source.objects.exists()

    def test_the_head_of_a_body_registers_for_that_body(self, client, officer):
        body = organisation()
        client.force_login(user_with("head_of_lks", organisation=body.pk))
        client.post(at("source-register", "PSM"), typed())
        assert Source.objects.get().organisation == body

    def test_finds_a_body_to_link(self, client, officer):
        body = organisation()
        told = client.post(
            at("source-register", "PSM"), typed(organisation_text="tunas", organisation_find="1")
        ).content.decode()
        assert str(body.pk) in told


class TestEdit:
    def test_begins_with_what_is_kept(self, client, officer):
        row = make.source(officer, letter_number="SK/7/2026", areas=["21.02.01"])
        told = client.get(at("source-edit", row.pk)).content.decode()
        assert "SK/7/2026" in told
        assert "Kec. Moro" in told

    def test_saves_and_shows(self, client, officer):
        row = make.source(officer)
        client.post(at("source-edit", row.pk), typed(name="Hasan Basri Lubis", version="1"))
        row.refresh_from_db()
        assert (row.name, row.version) == ("Hasan Basri Lubis", 2)

    def test_says_that_the_agreement_ended_with_the_name(self, client, officer):
        row = make.source(officer, born=BORN)
        make.agreed(row, officer, on=timezone.localdate())
        kept = {"born_day": "15", "born_month": "3", "born_year": "1990"}
        told = client.post(at("source-edit", row.pk), typed(version="1", **kept), follow=True)
        assert "Persetujuan daftar umum berakhir" not in told.content.decode()
        told = client.post(
            at("source-edit", row.pk), typed(name="Orang Lain", version="2", **kept), follow=True
        )
        assert "Persetujuan daftar umum berakhir" in told.content.decode()

    @pytest.mark.parametrize("name", ["area", "areas", "organisation_text"])
    def test_looks_for_nothing_with_a_zero_character(self, client, officer, name, monkeypatch):
        row, asked = make.source(officer), []
        names_of = places.names_of
        monkeypatch.setattr(places, "names_of", lambda codes: asked.extend(codes) or names_of(codes))
        details = typed(version="1", area_find="1", **{name: "21\0"})
        told = client.post(at("source-edit", row.pk), details)
        assert told.status_code == 200
        assert not any("\0" in code for code in asked)

    def test_shows_both_values_where_somebody_was_faster(self, client, officer):
        row = make.source(officer)
        edit_source(row, by=officer, version=1, changes={"availability": "Pagi"}, on=make.ON, at=make.AT)
        stale = typed(version="1", availability="Malam")
        told = client.post(at("source-edit", row.pk), stale)
        assert told.status_code == 422
        assert "Pagi" in told.content.decode()
        client.post(at("source-edit", row.pk), {**stale, "version": "2"})
        row.refresh_from_db()
        assert row.availability == "Malam"


class TestAnswers:
    def test_keeps_yes_no_and_not_known_apart(self, client, officer):
        row = make.source(officer)
        client.post(
            at("source-answers", row.pk),
            {"version": "1", "citizen": "yes", "healthy": "no", "psm_trained": ""},
        )
        row.refresh_from_db()
        assert row.answers == {"citizen": True, "healthy": False}

    def test_asks_only_what_the_record_does_not_tell(self, client, officer):
        row = make.source(officer, "WPKS")
        told = client.get(at("source-answers", row.pk)).content.decode()
        assert 'name="leader_recognised"' in told
        assert 'name="born"' not in told

    def test_shows_both_answers_where_somebody_was_faster(self, client, officer):
        row = make.source(officer)
        answer_criteria(row, by=officer, version=1, answers={"citizen": False}, on=make.ON)
        stale = {"version": "1", "citizen": "yes"}
        told = client.post(at("source-answers", row.pk), stale)
        assert told.status_code == 422
        assert 'name="version" value="2"' in told.content.decode()
        assert "Tersimpan sekarang" in told.content.decode()
        row.refresh_from_db()
        assert row.answers == {"citizen": False}

    def test_having_seen_both_the_worker_may_save(self, client, officer):
        row = make.source(officer)
        answer_criteria(row, by=officer, version=1, answers={"citizen": False}, on=make.ON)
        client.post(at("source-answers", row.pk), {"version": "2", "citizen": "yes"})
        row.refresh_from_db()
        assert row.answers == {"citizen": True}
