from dataclasses import replace

import pytest

from simpul.cases.forms.papers import PaperForm
from simpul.cases.models import Case, Note, StageMove
from simpul.cases.queries.papers import (
    KINDS,
    Choices,
    Filling,
    Picked,
    drawn,
    filling_of,
    instrument_called,
    kind_called,
)
from tests.cases.factories import a_case
from tests.cases.papers import (
    FAMILY_SAYS,
    FROM_NEIGHBOUR,
    INSTRUMENT,
    NEIGHBOUR,
    full_case,
    whole_life,
    written,
)
from tests.cases.support import PRACTISED, TETANGGA, judged, prepared
from tests.screening.factories import NOW, TODAY

# Every kind of paper, blank and filled.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


@pytest.fixture
def case(caseworker):
    return full_case(caseworker)


def filled(case, by, kind, *, is_inside=False, **picked):
    form = PaperForm(kind, Choices(case), {"since_day": ""}, since=TODAY, until=TODAY)
    assert form.is_valid()
    chosen = replace(form.picked(), **picked)
    return drawn(kind, filling_of(case, by, TODAY, picked=chosen, is_inside=is_inside), NOW)


def blank(by, kind):
    picked = Picked(instrument=instrument_called(by, INSTRUMENT))
    return drawn(kind, Filling(by, TODAY, picked=picked), NOW)


def blocks(paper, kind):
    return [block for part in paper.sections for block in part.blocks if block.kind == kind]


def ticked(paper, label):
    return [
        option.words
        for one in blocks(paper, "boxes")
        if one.label == label
        for option in one.options
        if option.is_ticked
    ]


class TestBesideTheClient:
    def test_evaluation_tells_then_now_and_the_change(self, case, caseworker):
        judged(case, caseworker, 1, None, network_words=TETANGGA)
        judged(case, caseworker, 3, 2, moment="final", minutes=150)
        paper = filled(case, caseworker, kind_called("evaluasi"), is_inside=True)
        rows = [row for table in blocks(paper, "table") for row in table.rows]
        network = next(row for row in rows if row[0].startswith("Kemampuan jejaring"))
        assert (TETANGGA in network[1], network[3]) == (True, "Naik 2 tingkat")
        assert ticked(paper, network[0])[0].startswith("3 · Membantu bila didampingi")

    @pytest.mark.parametrize("code", ["rencana", "perkembangan"])
    def test_plan_and_progress_tell_how_the_client_was_prepared(self, case, caseworker, code):
        step = case.planstep_set.get()
        prepared(step, caseworker, practised=PRACTISED, company="family", company_words="Anaknya Budi")
        paper = filled(case, caseworker, kind_called(code), is_inside=True)
        rows = [row for table in blocks(paper, "table") for row in table.rows if PRACTISED in "".join(row)]
        assert "Ditemani keluarga" in rows[0][4]
        # The plan is given to the client; who came along is told of others.
        assert ("Budi" in rows[0][4]) is (code == "perkembangan")


class TestDrawn:
    @EVERY
    def test_a_blank_paper_is_all_lines_and_boxes(self, caseworker, kind):
        paper = blank(caseworker, kind)
        values = {field.value for field in blocks(paper, "field")}
        assert values <= {"", "Skala keadaan hidup", "1"}
        assert not any(option.is_ticked for one in blocks(paper, "boxes") for option in one.options)
        assert all(table.empty and not table.rows for table in blocks(paper, "table"))
        assert blocks(paper, "signatures")

    @EVERY
    def test_blank_and_filled_are_the_same_form(self, caseworker, case, kind):
        def labels(paper):
            return {block.label for block in (*blocks(paper, "field"), *blocks(paper, "boxes"))}

        by_hand = {
            "Kasus",
            "Nama klien",
            "Nomor kasus",
            "Tanggal dan jenis pertemuan",
            "Dengan siapa",
            "Tempat",
        }
        by_hand |= {"Keterangan orang lain", "Langkah berikutnya", "Lamanya, dalam menit"}
        assert labels(blank(caseworker, kind)) - by_hand <= labels(
            filled(case, caseworker, kind, is_inside=True)
        )

    @EVERY
    def test_rows_of_a_table_have_as_many_cells_as_its_head(self, caseworker, case, kind):
        for paper in (blank(caseworker, kind), filled(case, caseworker, kind)):
            for table in blocks(paper, "table"):
                lengths = {len(row) for row in (table.widths, *table.rows)}
                assert lengths == {len(table.head)}

    @EVERY
    def test_nothing_of_others_stands_on_what_the_client_gets(self, caseworker, case, kind):
        told = str(filled(case, caseworker, kind).as_words())
        private = (NEIGHBOUR, FROM_NEIGHBOUR, FAMILY_SAYS, "dr. Wirya", "Beras dan air")
        assert [words for words in private if words in told] == []

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("laporan-sosial", NEIGHBOUR),
            ("laporan-sosial", FAMILY_SAYS),
            ("perkembangan", FROM_NEIGHBOUR),
            ("rapat", "dr. Wirya"),
            ("rapat", "Beras dan air"),
        ],
    )
    def test_inside_it_stands_there(self, caseworker, case, code, words):
        assert words in str(filled(case, caseworker, kind_called(code), is_inside=True).as_words())

    @pytest.mark.parametrize(
        "kind", [kind for kind in KINDS if kind.goes_to_client], ids=lambda kind: kind.code
    )
    def test_a_paper_of_the_client_never_stays_inside(self, caseworker, case, kind):
        shy, told = (filled(case, caseworker, kind, is_inside=inside) for inside in (False, True))
        assert shy == told

    @EVERY
    def test_workers_words_are_for_who_may_read_them(self, caseworker, case, kind, monkeypatch):
        monkeypatch.setattr("simpul.cases.queries.papers.filling.sees_all", lambda *_: False)
        told = str(filled(case, caseworker, kind, is_inside=True).as_words())
        hidden = ("berjualan kue", "Rumahnya bocor", "Telepon posko", "Memasak bersama", "Saya sudah kuat")
        assert [words for words in hidden if words in told] == []

    @EVERY
    def test_names_the_stage_as_the_law_does(self, caseworker, case, kind):
        Case.objects.filter(pk=case.pk).update(stage="linking")
        case.refresh_from_db()
        here = filled(case, caseworker, kind).heading.stage
        assert here == "Tahap: Penghubungan layanan · PP 39/2012: pemecahan masalah · ATENSI: implementasi"
        assert blank(caseworker, kind).heading.stage.startswith(f"Tahap: {kind.stage.label} · PP 39/2012: ")


class TestPapersFromTheCase:
    def test_assessment_ticks_the_levels_that_were_answered(self, caseworker, case):
        paper = filled(case, caseworker, kind_called("asesmen"))
        assert ticked(paper, "Atap, dinding dan lantai") == ["Layak: Kokoh dan terawat."]
        assert ticked(paper, "Sumber") == ["Dilihat petugas"]

    def test_comparison_shows_both_times_and_does_not_claim_what_is_unknown(self, caseworker, case):
        [table] = blocks(filled(case, caseworker, kind_called("perbandingan")), "table")
        house = table.rows[0]
        assert house[:4] == ("Rumah", "1", "4", "+3")
        assert "Belum dapat dikatakan" in house[4]

    def test_progress_keeps_to_its_period_and_to_corrections(self, caseworker, case):
        old = Note.objects.get()
        written(Note, case, on=TODAY, kind="visit", words="Memasak di teras", corrects=old)
        kind = kind_called("perkembangan")
        told = str(filled(case, caseworker, kind, since=TODAY).as_words())
        assert "Memasak di teras" in told
        assert "Memasak bersama" not in told
        earlier = TODAY.replace(day=1)
        assert "Memasak di teras" not in str(filled(case, caseworker, kind, until=earlier).as_words())

    def test_evaluation_holds_outcome_score_service_and_process(self, caseworker, case):
        told = str(filled(case, caseworker, kind_called("evaluasi")).as_words())
        for words in ("Makan tiga kali", "'50'", "Lima kilo", "Beras baik", "Diberikan sesuai kesepakatan"):
            assert words in told

    def test_termination_ticks_the_reason_and_names_the_follow_ups(self, caseworker, case):
        paper = filled(case, caseworker, kind_called("pengakhiran"))
        assert len(ticked(paper, "Alasan")) == 1
        assert "21 Desember 2026" in str(paper.as_words())

    @pytest.mark.parametrize(
        ("stage", "answer"),
        [
            ("outreach", []),
            ("intake", ["Didampingi lembaga ini"]),
            ("referred_out", ["Dirujuk ke lembaga lain"]),
            ("not_eligible", ["Perlu layanan lain dahulu, dengan rujukan"]),
        ],
    )
    def test_intake_turns_nobody_away(self, caseworker, stage, answer):
        case = a_case(caseworker)
        Case.objects.filter(pk=case.pk).update(stage=stage)
        written(StageMove, case, stage_to=stage, because="Ke puskesmas")
        paper = filled(Case.objects.get(pk=case.pk), caseworker, kind_called("intake"))
        assert ticked(paper, "Keputusan") == answer
        assert ("Ke puskesmas" in str(paper.as_words())) == (stage in ("referred_out", "not_eligible"))

    def test_intake_names_who_reported_only_inside(self, caseworker, case):
        case.referred_by, case.referral_words, case.risk = "neighbour", "Pak Jamal", "Diancam"
        kind = kind_called("intake")
        inside, given = (filled(case, caseworker, kind, is_inside=inside) for inside in (True, False))
        assert ticked(inside, "Datang melalui") == ["Tetangga atau warga"]
        assert "Pak Jamal" in str(inside.as_words())
        assert ticked(given, "Datang melalui") == []
        assert "Pak Jamal" not in str(given.as_words())
        assert "Diancam" in str(given.as_words())

    def test_social_report_tells_what_was_assessed_of_work_health_and_home(self, caseworker):
        case = a_case(caseworker)
        case.risk = "Diancam"
        answers = {"health": 1, "income": 1, "work": 1, "shelter": 1, "physical_own_words": "Kaki sakit"}
        whole_life(case, answers, conclusion="Perlu rumah lain")
        paper = filled(case, caseworker, kind_called("laporan-sosial"))
        fields = {field.label: field.value for field in blocks(paper, "field")}
        assert "Sangat sulit" in fields["Kesehatan dan disabilitas"]
        assert "Kaki sakit" in fields["Kesehatan dan disabilitas"]
        assert fields["Pekerjaan, sekolah dan penghasilan"].count("Sangat sulit") == 2
        assert "Sangat sulit" in fields["Rumah dan lingkungan"]
        assert fields["Rekomendasi"] == "Perlu rumah lain"
        assert "Diancam" in fields["Bagaimana masalah ini muncul, dan apa yang sudah dicoba"]

    def test_social_report_recommends_what_is_aimed_at(self, caseworker, case):
        paper = filled(case, caseworker, kind_called("laporan-sosial"))
        fields = {field.label: field.value for field in blocks(paper, "field")}
        assert fields["Rekomendasi"] == "1. Makan dua kali sehari"

    def test_consent_holds_the_whole_text_in_force(self, caseworker, case):
        paper = filled(case, caseworker, kind_called("persetujuan"))
        first, points, basis = blocks(paper, "words")
        assert first.lines[0].startswith("Kami ingin membantu Siti Aminah.")
        assert (len(points.lines), points.is_list) == (8, True)
        assert "UU 27/2022" in basis.lines[0]
        assert ticked(paper, "Cara memberi persetujuan") == ["Lisan"]
