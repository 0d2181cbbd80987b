import uuid
from datetime import date

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.instruments.models import AnswerSheet
from simpul.programmes.actions import programme as actions
from simpul.programmes.models import Programme, ProgrammeStep
from simpul.programmes.queries.programme_told import Told
from tests.programmes.making import AT, TODAY, asked


def told(**details):
    kept = {
        "title": "Penguatan LKS Karimun",
        "design": "one_group",
        "area": ["21.02"],
        "starts_on": date(2027, 1, 5),
        "instrument": "organisation-capacity:1",
    }
    return Told(**(kept | details))


def made(by, key=None, region="21.02", **details):
    where = Where(region=region)
    return actions.set_up(where, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, told=told(**details))


def moved(row, by, to, **details):
    kept = {"version": row.version, "reached_on": TODAY, "words": "", **details}
    return actions.move(row, by=by, on=TODAY, at=AT, to=to, **kept)


class TestSetUp:
    def test_begins_with_preparation_and_the_criteria_of_the_paper(self, officer):
        row = made(officer)
        assert row.steps.get().stage == "preparation"
        assert [one["rule"] for one in row.criteria] == ["embrio OR tumbuh", "willing"]

    def test_keeps_the_very_text_of_the_instrument(self, officer):
        row = made(officer)
        assert (row.instrument, row.instrument_version, len(row.instrument_digest)) == (
            "organisation-capacity",
            1,
            64,
        )

    def test_makes_one_of_a_form_that_was_sent_twice(self, officer):
        key = uuid.uuid4()
        assert made(officer, key=key) == made(officer, key=key)
        assert Programme.objects.count() == 1

    def test_is_not_for_bodies(self, head):
        with pytest.raises(NotAllowed):
            made(head)

    def test_stays_within_ones_own_area(self, officer):
        with pytest.raises(NotAllowed):
            made(officer, region="91.01")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"area": []}, "wilayah"),
            ({"area": ["99.99"]}, "tidak dikenal"),
            ({"title": " "}, "belum diisi"),
            ({"design": "waves", "waves": 9}, "Pengukuran"),
            ({"design": "crystal_ball"}, "rancangan"),
            ({"ends_on": date(2026, 1, 1)}, "sebelum dimulai"),
            ({"instrument": "no-such:1"}, "tidak ditawarkan"),
        ],
        ids=["nowhere", "unknown_place", "no_title", "too_often", "no_design", "backwards", "no_instrument"],
    )
    def test_refuses_what_cannot_be(self, officer, wrong, words):
        with pytest.raises(Refusal, match=words):
            made(officer, **wrong)
        assert not Programme.objects.exists()


class TestWavesOf:
    @pytest.mark.parametrize(
        ("design", "number", "codes"),
        [("one_group", 5, ["pre", "post"]), ("waves", 4, ["pre", "m2", "m3", "post"])],
        ids=["two_whatever_was_typed", "several"],
    )
    def test_names_each_measurement(self, officer, design, number, codes):
        assert made(officer, design=design, waves=number).waves == codes


class TestChange:
    def test_keeps_the_instrument_once_somebody_answered(self, officer):
        row = made(officer)
        AnswerSheet.objects.create(
            instrument=row.instrument, instrument_version=1, digest="d", purpose="learning", series=row.pk,
            wave="pre", participant=uuid.uuid4(), on=TODAY, by=officer.pk, begun_at=AT,
        )  # fmt: skip
        with pytest.raises(Refusal, match="tidak diubah lagi"):
            actions.change(row, by=officer, version=1, told=told(instrument=""))
        changed = actions.change(row, by=officer, version=1, told=told(title="Nama baru"))
        assert changed.title == "Nama baru"


class TestMove:
    def test_writes_the_step_with_its_words(self, officer):
        row = moved(made(officer), officer, "pre_test", words="Tes awal diikuti 30 orang")
        assert (row.stage, row.steps.order_by("at", "pk").count()) == ("pre_test", 2)
        assert ProgrammeStep.objects.filter(words="Tes awal diikuti 30 orang").exists()

    def test_passing_over_a_stage_needs_a_reason(self, officer):
        row = made(officer)
        with pytest.raises(Refusal, match="Tes awal"):
            moved(row, officer, "socialisation")
        assert moved(row, officer, "socialisation", words="Tes awal digabung").stage == "socialisation"

    def test_never_goes_back(self, officer):
        row = moved(made(officer), officer, "pre_test")
        with pytest.raises(Refusal, match="tidak mengikuti"):
            moved(row, officer, "preparation", words="Kembali")

    def test_a_test_needs_an_instrument(self, officer):
        with pytest.raises(Refusal, match="Pilih instrumen"):
            moved(made(officer, instrument=""), officer, "pre_test")

    def test_handing_over_names_who_receives(self, officer, programme):
        with pytest.raises(Refusal, match="Diserahkan kepada"):
            moved(programme, officer, "handover", words="Tahap lain digabung")
        row = moved(programme, officer, "handover", words="Digabung", handed_over_to="Dinas Sosial Karimun")
        assert row.handed_over_to == "Dinas Sosial Karimun"

    @pytest.mark.parametrize("end", ["closed", "stopped"])
    def test_does_not_end_while_money_is_open(self, officer, programme, member, head, plan, end):
        asked(member, head)
        with pytest.raises(Refusal, match="bantuan stimulan"):
            moved(programme, officer, end, words="Selesai")

    def test_nothing_changes_after_the_end(self, officer, programme):
        row = moved(programme, officer, "stopped", words="Anggaran dialihkan")
        assert row.closing_words == "Anggaran dialihkan"
        with pytest.raises(Refusal, match="sudah selesai"):
            moved(row, officer, "closed", words="Tutup")

    def test_stopping_needs_a_reason(self, officer, programme):
        with pytest.raises(Refusal, match="mengapa program dihentikan"):
            moved(programme, officer, "stopped")
