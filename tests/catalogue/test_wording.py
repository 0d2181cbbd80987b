from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from simpul.catalogue import editions, facts, wording, words
from simpul.engines.rules import Answer, DateRange, Finding

ON = date(2026, 11, 21)


def told(finding: Finding, language: str = "id") -> str:
    return wording.sentence(finding, editions.default(), language)


def everything_in(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from everything_in(part)


class TestSentence:
    @pytest.mark.parametrize(
        ("kind", "about", "values", "expected"),
        [
            ("age", "born", {"value": 67, "operator": ">=", "bound": 60}, "Umur 67 tahun; batasnya 60 tahun atau lebih"),
            ("age", "born", {"value": 8, "operator": "between", "low": 6, "high": 17}, "Umur 8 tahun; batasnya 6 sampai 17 tahun"),
            ("age", "born", {"fewest": 58, "most": 62, "operator": ">=", "bound": 60},
             "Umur 58 sampai 62 tahun (perkiraan); batasnya 60 tahun atau lebih"),
            ("age", "born", {"operator": ">=", "bound": 60}, "Belum diketahui: tanggal lahir"),
            ("compare", "income", {"value": 900_000, "operator": "<", "other": "expenses", "bound": 1_400_000},
             "Penghasilan Rp900.000, lebih kecil dari pengeluaran pokok Rp1.400.000"),
            ("compare", "income", {"operator": "<", "other": "expenses", "bound": 1_400_000}, "Belum diketahui: penghasilan"),
            ("compare", "street_hours", {"value": 5, "operator": ">=", "bound": 4},
             "Waktu di jalan 5 jam per hari; batasnya 4 jam per hari atau lebih"),
            ("among", "sex", {"value": "P", "choices": ("P",)}, "Jenis kelamin: Perempuan; yang dihitung: Perempuan"),
            ("fact", "poor", {}, "Belum diketahui: apakah keluarganya tergolong miskin atau sangat miskin?"),
            ("fact", "collects_scrap", {"value": True},
             "Apakah ia mencari nafkah dengan mengumpulkan barang bekas? Ya"),
        ],
    )  # fmt: skip
    def test_tells_what_is_known_and_what_counts(self, kind, about, values, expected):
        assert told(Finding(Answer.UNKNOWN, kind, about, values)) == expected

    def test_counts_signs(self):
        counts = {"needed": 6, "of": 12, "met": 6, "open": 3}
        assert told(Finding(Answer.YES, "at_least", "", counts)) == "6 dari 12 tanda terpenuhi; perlu 6"
        counts["met"] = 4
        expected = "4 dari 12 tanda terpenuhi, 3 masih terbuka; perlu 6"
        assert told(Finding(Answer.UNKNOWN, "at_least", "", counts)) == expected

    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("kind", ["all", "any", "at_least", "not", "readings"])
    def test_leaves_it_to_the_tag_that_something_is_not_known(self, kind, language):
        finding = Finding(Answer.UNKNOWN, kind, "", {"needed": 2, "of": 3, "met": 1, "open": 2})
        said = told(finding, language).lower()
        assert "not known" not in said
        assert "belum diketahui" not in said

    def test_says_that_readings_differ(self):
        finding = (
            editions.default()
            .type("LUT")
            .judge({"born": date(1950, 1, 1), "basic_needs_met": True, "left_alone": True}, ON)
        )
        assert told(finding) == "Lanjut usia telantar: belum pasti"
        assert (
            told(finding.parts[0], "en") == "The text can be read in more than one way and the results differ"
        )
        assert told(finding.parts[0].parts[1]).endswith("salah satu sudah cukup: sesuai")

    def test_calls_a_sign_a_sign(self):
        finding = editions.default().type("PGM").judge({"decent_clothes": False}, ON)
        assert told(finding.parts[1], "en").startswith(
            "Supporting sign, does not decide: has no decent clothes"
        )

    def test_shows_a_code_that_the_edition_no_longer_has(self):
        assert told(Finding(Answer.NO, "type", "OLD")) == "OLD: tidak sesuai"
        assert told(Finding(Answer.NO, "criterion", "OLD.a")) == "OLD.a: tidak"

    def test_has_a_sentence_for_everything_in_every_example_even_after_storage(self):
        for edition in editions.all_editions():
            for need in edition.types:
                for example in need.examples:
                    finding = Finding.from_json(need.judge(example.facts, example.on).to_json())
                    for part in everything_in(finding):
                        for language in ("id", "en"):
                            words_told = wording.sentence(part, edition, language)
                            assert words_told
                            assert not list(words.hurtful_in(words_told, language))


class TestValue:
    @pytest.mark.parametrize(
        ("name", "value", "indonesian", "english"),
        [
            ("born", date(2026, 3, 1), "1 Maret 2026", "1 March 2026"),
            (
                "born",
                DateRange(date(1950, 1, 1), date(1950, 12, 31)),
                "sekitar tahun 1950",
                "about the year 1950",
            ),
            ("income", 1_400_000, "Rp1.400.000", "Rp1,400,000"),
            ("household_size", 6, "6 orang", "6 people"),
            ("poor", False, "Tidak", "No"),
            ("sex", "P", "Perempuan", "Female"),
            ("poor", None, "belum diketahui", "not known"),
        ],
    )
    def test_reads_as_people_write(self, name, value, indonesian, english):
        assert wording.value(name, value, "id") == indonesian
        assert wording.value(facts.get(name), value, "en") == english


class TestOpenQuestion:
    def test_keeps_abbreviations(self):
        assert wording.open_question("poor", "en") == "Not known: does the family count as poor or very poor?"
