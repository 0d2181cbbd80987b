import copy
import json
from datetime import date

import pytest

from simpul.catalogue import accreditation as catalogue
from simpul.catalogue.accreditation import SchemeFault, from_words, to_words
from simpul.catalogue.accreditation.norms import read_norms
from simpul.catalogue.accreditation.reader import read_scheme
from simpul.catalogue.tables import CatalogueError

SHIPPED = catalogue.schemes()


def words_of(code="permensos-17-2012"):
    return to_words(catalogue.scheme(code))


class TestSchemes:
    @pytest.mark.parametrize("scheme", SHIPPED, ids=lambda scheme: scheme.code)
    def test_are_written_and_read_back_without_loss(self, scheme):
        assert from_words(json.loads(json.dumps(to_words(scheme)))) == scheme

    @pytest.mark.parametrize("scheme", SHIPPED, ids=lambda scheme: scheme.code)
    def test_say_of_every_line_where_it_comes_from(self, scheme):
        lines = (
            scheme,
            *scheme.conditions,
            *scheme.documents,
            *scheme.standards,
            *scheme.items,
            *scheme.grades,
        )
        assert all(line.source and line.verified for line in lines)

    def test_of_2009_has_its_conditions_and_the_seven_items_of_completeness(self):
        scheme = catalogue.scheme("permensos-107-2009")
        assert [condition.code for condition in scheme.conditions] == ["a", "b", "c"]
        assert [standard.code for standard in scheme.standards] == ["completeness", "process", "result"]
        assert len(scheme.standard("completeness").items) == 7
        assert {grade.validity_months for grade in scheme.grades} == {60}
        assert [grade.label.id for grade in scheme.grades] == ["Baik sekali", "Baik", "Cukup"]

    def test_of_2009_marks_what_is_ours(self):
        scheme = catalogue.scheme("permensos-107-2009")
        assert {item.verified for item in scheme.standard("completeness").items} == {"seed"}
        assert {item.verified for item in scheme.standard("process").items} == {"design"}
        assert scheme.is_example_weights

    def test_of_2012_has_six_standards_and_three_grades_that_hold_differently_long(self):
        scheme = catalogue.scheme("permensos-17-2012")
        assert [standard.weight for standard in scheme.standards] == [15, 20, 15, 20, 15, 15]
        assert [(grade.code, grade.validity_months, grade.min_score) for grade in scheme.grades] == [
            ("A", 60, 86),
            ("B", 36, 71),
            ("C", 24, 56),
        ]

    def test_of_2012_says_that_weights_and_cut_offs_are_an_example_without_a_law(self):
        scheme = catalogue.scheme("permensos-17-2012")
        assert scheme.is_example_weights
        assert "tanpa sumber hukum" in scheme.weights_source

    def test_of_2025_says_what_is_missing_and_cannot_be_used(self):
        scheme = catalogue.scheme("permensos-8-2025")
        assert not scheme.is_usable
        assert "belum tersedia" in scheme.missing.id

    @pytest.mark.parametrize(
        ("on", "code"),
        [
            (date(2010, 6, 1), "permensos-107-2009"),
            (date(2020, 6, 1), "permensos-17-2012"),
            (date(2026, 6, 1), "permensos-8-2025"),
        ],
    )
    def test_are_in_force_one_after_the_other(self, on, code):
        assert [scheme.code for scheme in catalogue.in_force(on)] == [code]


BROKEN = [
    ("standards", 0, "weight", 16, "standards", "jumlah bobot"),
    ("standards", 0, "weight", 0, "standards 1, weight", "bilangan bulat"),
    ("standards", 0, "items", [], "standards 1, items", "belum diisi"),
    ("standards", 0, "title", "", "standards 1, title", "belum diisi"),
    ("standards", 1, "code", "programme", "standards", "dua kali"),
    ("standards", 0, "wieght", 15, "standards 1, wieght", "tidak dikenal"),
    ("grades", 0, "code", "yes", "grades 1, code", "kode"),
    ("grades", 0, "min_score", 60, "grades", "berurutan"),
    ("grades", 0, "min_score", "banyak", "grades 1, min_score", "bilangan bulat"),
    ("conditions", 0, "rule", "rich", "conditions 1, rule", "pilihannya"),
]


class TestFromWords:
    @pytest.mark.parametrize(
        ("part", "number", "key", "value", "place", "words"), BROKEN, ids=[f"{b[4]} {b[5]}" for b in BROKEN]
    )
    def test_names_the_place_of_a_mistake(self, part, number, key, value, place, words):
        broken = copy.deepcopy(words_of())
        broken[part][number][key] = value
        with pytest.raises(SchemeFault) as fault:
            from_words(broken)
        assert fault.value.place == place
        assert words in fault.value.sentence.id.lower()

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"valid_from": "kemarin"}, "valid_from"),
            ({"valid_to": "2000-01-01"}, "valid_to"),
            ({"grades": []}, "grades"),
            ({"standards": [], "grades": []}, "standards"),
            ({"reminder_months": [0]}, "reminder_months"),
            ({"conditions": {}}, "conditions"),
            ({"standards": ["x"]}, "standards 1"),
            ({"regulation": 7}, "regulation"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_refuses_a_whole_that_cannot_be_used(self, changes, place):
        with pytest.raises(SchemeFault) as fault:
            from_words({**words_of(), **changes})
        assert fault.value.place == place

    def test_refuses_an_item_that_insists_on_a_grade_that_is_not_there(self):
        broken = copy.deepcopy(words_of())
        broken["standards"][0]["items"][0]["required_for"] = ["Z"]
        with pytest.raises(SchemeFault, match="no grade 'Z'"):
            from_words(broken)

    @pytest.mark.parametrize("words", [None, [], "skema", 7])
    def test_refuses_what_is_no_scheme_at_all(self, words):
        with pytest.raises(SchemeFault):
            from_words(words)

    def test_takes_one_text_for_both_languages(self):
        scheme = from_words({**words_of(), "title": "Skema kantor"})
        assert (scheme.title.id, scheme.title.en) == ("Skema kantor", "Skema kantor")


class TestReadScheme:
    def test_names_the_file_of_a_fault(self, tmp_path):
        path = tmp_path / "permensos-x.toml"
        path.write_text('code = "x"\n', encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"permensos-x\.toml"):
            read_scheme(path)

    def test_refuses_a_line_that_does_not_say_where_it_comes_from(self, tmp_path):
        source = (catalogue.FOLDER / "permensos-17-2012.toml").read_text(encoding="utf-8")
        path = tmp_path / "permensos-x.toml"
        path.write_text(
            source.replace('[[grade]]\ncode = "A"', '[[grade]]\ncode = "A"\n', 1), encoding="utf-8"
        )
        assert read_scheme(path).code == "permensos-17-2012"
        head, _grades, tail = source.partition("[[condition]]\n")
        path.write_text(f"{head}[[condition]]\n{tail.replace('verified = ', '# ', 1)}", encoding="utf-8")
        with pytest.raises(CatalogueError, match="how sure it is"):
            read_scheme(path)


class TestNorms:
    def test_have_words_for_every_agreement(self):
        found = catalogue.norms()
        assert [found.band(value).title.id for value in (100, 70, 50, 30, 0, -50)] == [
            "hampir sempurna",
            "kuat",
            "sedang",
            "cukup",
            "lemah",
            "lebih buruk daripada kebetulan",
        ]

    def test_refuse_bands_out_of_order(self, tmp_path):
        source = (catalogue.FOLDER / "norms.toml").read_text(encoding="utf-8")
        path = tmp_path / "norms.toml"
        path.write_text(source.replace("least = 81", "least = 1"), encoding="utf-8")
        with pytest.raises(CatalogueError, match="highest to the lowest"):
            read_norms(path)
