import uuid

import pytest
from django.utils import translation

from simpul.instruments.models import AnswerSheet
from simpul.programmes.actions import evaluation as actions
from simpul.programmes.queries.evaluation_report import report_of
from simpul.ui.reports import Picture, Table
from tests.programmes.evaluating import INSTRUMENT, a_participant, karimun, take_away
from tests.programmes.making import AT, TODAY, a_member, an_agreed_plan, handed, signed


def run(made, by):
    return actions.run(made.programme, by=by, key=uuid.uuid4(), on=TODAY, at=AT)


def section(report, title):
    return next(one for one in report.sections if one.title == title)


def table(report, title, number=0):
    found = [block for block in section(report, title).blocks if isinstance(block, Table)]
    return dict(found[number].pairs)


class TestReportOf:
    def test_follows_people_from_the_list_to_the_last_test(self, officer):
        made = karimun()
        a_participant(made.members[0], 30)
        take_away(made, "post", 0, 7)
        flow = table(report_of(run(made, officer)), "Perjalanan lembaga dan peserta")
        told = {name: cells[0][1] for name, cells in flow.items()}
        assert told["Lembaga: terpilih"] == "5"
        assert told["Peserta terdaftar"] == "31"
        assert told["Peserta yang mengisi: tes akhir"] == "28"
        assert (told["Hanya tes awal"], told["Tidak mengisi keduanya"]) == ("2", "1")

    def test_counts_people_in_categories_with_their_percentages(self, officer):
        report = report_of(run(karimun(), officer))
        blocks = [one for one in section(report, "Kepengurusan").blocks if isinstance(one, Table)]
        [found] = [one for one in blocks if one.caption.startswith("Kategori")]
        assert [row[0] for row in found.rows] == ["Kurang", "Cukup", "Baik"]
        counts = [int(row[1].split()[0]) for row in found.rows]
        assert sum(counts) == 30
        assert found.rows[0][1] == f"{counts[0]} ({counts[0] / 0.3:.2f} %)".replace(".", ",")

    def test_says_yes_to_no_change_that_five_bodies_cannot_bear_out(self, officer):
        report = report_of(run(karimun(), officer))
        told = {name: cells[-1][1] for name, cells in table(report, "Hasil singkat").items()}
        assert all(words.startswith("belum dapat dikatakan: ") for words in told.values())
        flips = dict(table(report, "Semua aspek", 1)["Kepengurusan"])["p balik tanda, Holm"]
        assert f"p balik tanda, Holm = {flips}" in told["Kepengurusan"]

    def test_tells_plans_and_money_by_body(self, officer, head, decider, body):
        made = karimun()
        member = made.members[0]
        member.organisation = body
        member.save()
        an_agreed_plan(member, head, officer)
        handed(signed(member, head, officer, decider), officer, 2_000_000)
        report = report_of(run(made, officer))
        plans = table(report, "Rencana aksi dan pelaksanaannya")
        assert dict(plans["LKS Tunas Bahari"])["Anggaran"] == "Rp2.000.000"
        assert dict(table(report, "Bantuan stimulan")["Jumlah"])["Diserahkan"] == "Rp2.000.000"

    def test_compares_every_two_of_three_tests_by_their_names(self, officer):
        made = karimun(waves=["pre", "m2", "post"], design="waves")
        for row in list(AnswerSheet.objects.filter(wave="post")):
            row.pk, row.wave = uuid.uuid4(), "m2"
            row.answers = AnswerSheet.objects.get(wave="post", participant=row.participant).answers
            row.save(force_insert=True)
        report = report_of(run(made, officer))
        blocks = section(report, "Kepengurusan").blocks
        [found] = [
            one for one in blocks if isinstance(one, Table) and one.caption.startswith("Antara dua tes")
        ]
        assert [row[:2] for row in found.rows] == [
            ("Tes awal", "Tes ke-2"), ("Tes awal", "Tes akhir"), ("Tes ke-2", "Tes akhir"),
        ]  # fmt: skip
        assert found.rows[2][2] == "0,00"

    def test_leaves_three_tests_uncompared_where_few_missed_one(self, officer):
        made = karimun(waves=["pre", "m2", "post"], design="waves")
        for row in list(AnswerSheet.objects.filter(wave="pre"))[:28]:
            answers, row.pk, row.wave = row.answers, uuid.uuid4(), "m2"
            row.answers = answers
            row.save(force_insert=True)
        result = run(made, officer).result
        one = result["evaluation"]["aspects"][0]
        assert one["over_waves"]["steps"] == []
        assert not [told for told in one["findings"] if told["kind"].startswith(("waves_", "step_"))]

    def test_draws_bodies_and_everybody(self, officer):
        report = report_of(run(karimun(), officer))
        [picture] = [one for one in section(report, "Legalitas").blocks if isinstance(one, Picture)]
        assert picture.about.count("dari") == 6
        assert "LKS A" in picture.about

    def test_compares_with_the_other_group_where_there_is_one(self, officer):
        made = karimun(design="comparison")
        for member in made.members[3:]:
            member.arm = "comparison"
            member.save()
        report = report_of(run(made, officer))
        told = " ".join(section(report, "Legalitas").blocks[0].lines)
        assert "pembanding" in told
        assert len(section(report, "Perjalanan lembaga dan peserta").blocks) == 2

    @pytest.mark.parametrize(
        ("language", "words"), [("id", "Legalitas"), ("en", "Legality")], ids=["id", "en"]
    )
    def test_speaks_the_language_of_the_page(self, officer, language, words):
        found = run(karimun(), officer)
        with translation.override(language):
            assert words in [one.title for one in report_of(found).sections]


class TestFewWhoLeft:
    def test_are_counted_without_what_they_scored(self, officer):
        made = karimun()
        take_away(made, "post", 0)
        found = run(made, officer)
        told = " ".join(section(report_of(found), "Manajemen").blocks[0].lines)
        assert "1 orang tidak ikut tes akhir. Arah perubahan tetap sama" in told
        management = next(
            one for one in found.result["evaluation"]["aspects"] if one["aspect"]["code"] == "management"
        )
        assert management["missing"] == {"people": 1}


class TestFewWhoAreFarOut:
    def test_are_counted_without_what_they_scored(self, officer):
        made = karimun()
        sheet = AnswerSheet.objects.get(wave="post", participant=made.people[0].pk)
        sheet.answers = {item.code: 1 for domain in INSTRUMENT.domains for item in domain.items}
        sheet.save()
        found = run(made, officer)
        told = " ".join(section(report_of(found), "Manajemen").blocks[0].lines)
        assert "1 orang berubah jauh berbeda dari yang lain dan tetap dihitung" in told
        kept = [one["shape"] for one in found.result["evaluation"]["aspects"]]
        assert [one["without"] for one in kept if one["outliers"]] == [None] * sum(
            bool(one["outliers"]) for one in kept
        )


class TestLabels:
    def test_of_bodies_without_answers_stay_out(self, officer):
        made = karimun()
        a_member(made.programme)
        assert len(run(made, officer).result["labels"]) == 5
