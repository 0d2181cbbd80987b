import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context
from django.test.html import parse_html
from django.utils import translation

from simpul.catalogue import editions
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules.facts import DateRange
from simpul.ui.templatetags import ui
from tests.access.factories import ORGANISATION, user_with


class TestTanggal:
    def test_writes_the_month_in_the_language_of_the_page(self):
        day = date(2026, 12, 21)

        assert ui.tanggal(day) == "21 Desember 2026"
        with translation.override("en"):
            assert ui.tanggal(day) == "21 December 2026"

    def test_gives_a_moment_in_local_time(self, settings):
        settings.TIME_ZONE = "Asia/Jakarta"

        assert ui.tanggal(datetime(2026, 11, 21, 18, 5, tzinfo=UTC), "jam") == "22 November 2026 pukul 01.05"

    def test_says_an_estimate_as_an_estimate(self):
        year = DateRange(date(1950, 1, 1), date(1950, 12, 31))
        span = DateRange(date(1950, 1, 1), date(1951, 2, 1))

        assert ui.tanggal(year) == "sekitar tahun 1950"
        assert ui.tanggal(span) == "antara 1 Januari 1950 dan 1 Februari 1951"

    def test_is_empty_for_nothing(self):
        assert ui.tanggal(None) == ""


class TestUmur:
    @pytest.mark.parametrize(
        ("born", "on", "words"),
        [
            (date(1959, 11, 21), date(2026, 11, 20), "66 tahun"),
            (date(1959, 11, 21), date(2026, 11, 21), "67 tahun"),
            (date(2004, 2, 29), date(2023, 2, 28), "18 tahun"),
            (date(2004, 2, 29), date(2023, 3, 1), "19 tahun"),
            (date(2026, 3, 22), date(2026, 11, 21), "7 bulan"),
            (date(2026, 11, 21), date(2026, 11, 21), "0 bulan"),
        ],
    )
    def test_counts_completed_years_and_months(self, born, on, words):
        assert ui.umur(born, on) == words

    def test_gives_a_span_for_an_estimated_birth_date(self):
        born = DateRange(date(1950, 1, 1), date(1950, 12, 31))

        assert ui.umur(born, date(2026, 6, 1)) == "sekitar 75 sampai 76 tahun"
        assert ui.umur(born, date(2026, 12, 31)) == "76 tahun"

    def test_takes_a_number_of_years(self):
        assert ui.umur(0) == "0 tahun"
        assert ui.umur(None) == ""

    def test_refuses_to_guess_the_day(self):
        with pytest.raises(ValueError, match="the day asked about"):
            ui.umur(date(1959, 1, 1))


class TestRupiah:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [(0, "Rp0"), (999, "Rp999"), (1_250_000, "Rp1.250.000"), (-5000, "-Rp5.000"), (None, "")],
    )
    def test_writes_thousands_with_dots(self, amount, words):
        assert ui.rupiah(amount) == words


class TestAnswerWord:
    def test_says_of_a_type_whether_it_fits(self):
        words = [ui.answer_word(Finding(answer, "type", "LUT")) for answer in Answer]

        assert words == ["tidak sesuai", "belum pasti", "sesuai"]

    def test_says_of_a_reason_whether_it_holds(self):
        words = [ui.answer_word(Finding(answer, "criterion", "a")) for answer in Answer]

        assert words == ["tidak", "belum diketahui", "ya"]

    def test_leaves_a_grade_as_it_is(self):
        grade = Finding("B", "grade")

        assert ui.answer_word(grade) == "B"
        assert ui.answer_kind(grade) == ""


class TestReasonsOf:
    @pytest.fixture(autouse=True)
    def sentence(self, monkeypatch):
        words = {
            "umur": "Umur 67 tahun",
            "lansia": "Berusia 60 tahun: ya",
            "miskin": "Belum diketahui: apakah miskin?",
            "2012": "Menurut definisi di lampiran: sesuai",
            "peduli": "Apakah ada yang peduli? Tidak",
        }
        monkeypatch.setattr(
            ui.wording, "sentence", lambda finding, *_: words.get(finding.about, finding.about)
        )

    def lines(self, *parts: Finding) -> list[tuple[str, str, str]]:
        finding = Finding(Answer.UNKNOWN, "type", "LUT", parts=parts)
        return [(line.shape, line.sentence, line.detail) for line in ui.reasons_of(finding, None)]

    def test_tells_a_criterion_and_its_one_value_together_and_the_answer_once(self):
        age = Finding(Answer.YES, "criterion", "lansia", parts=(Finding(Answer.YES, "age", "umur"),))

        assert self.lines(age) == [("leaf", "Berusia 60 tahun", "Umur 67 tahun")]

    def test_lets_the_tag_answer_a_question_that_stands_alone(self):
        alone = Finding(Answer.NO, "fact", "peduli", {"value": False})

        assert self.lines(alone) == [("leaf", "Apakah ada yang peduli?", "")]

    def test_keeps_the_answer_to_a_question_under_its_criterion(self):
        value = Finding(Answer.NO, "fact", "peduli", {"value": False})
        denial = Finding(
            Answer.YES, "criterion", "lansia", parts=(Finding(Answer.YES, "not", parts=(value,)),)
        )

        assert self.lines(denial) == [("leaf", "Berusia 60 tahun", "Apakah ada yang peduli? Tidak")]

    def test_follows_a_denial_down_to_its_value(self):
        value = Finding(Answer.UNKNOWN, "fact", "miskin")
        denial = Finding(
            Answer.UNKNOWN, "criterion", "mampu", parts=(Finding(Answer.UNKNOWN, "not", parts=(value,)),)
        )

        assert self.lines(denial) == [("leaf", "mampu", "Apakah miskin?")]

    def test_tells_the_answer_of_a_reading_once_in_the_words_of_a_type_too(self):
        two = (Finding(Answer.YES, "fact", "a"), Finding(Answer.YES, "fact", "b"))
        reading = Finding(Answer.YES, "criterion", "2012", parts=two)

        assert self.lines(reading)[0] == ("folded", "Menurut definisi di lampiran", "")

    def test_opens_the_rule_and_folds_what_lies_deeper(self):
        two = (Finding(Answer.YES, "fact", "a"), Finding(Answer.YES, "fact", "b"))
        rule = Finding(
            Answer.YES, "all", "semua", parts=(Finding(Answer.YES, "any", "salah satu", parts=two), two[0])
        )

        shapes = [shape for shape, _sentence, _detail in self.lines(rule)]
        assert shapes == ["group", "folded", "leaf", "leaf", "end folded", "leaf", "end group"]


class TestWithoutAnswer:
    """With the true sentences of every type, in both languages: only what is told beside a tag stays."""

    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("answer", list(Answer))
    def test_leaves_no_answer_at_the_end_of_a_criterion_or_a_reading(self, language, answer):
        edition = editions.default()
        nodes = [(need, part) for need in edition.types for part in (*need.criteria, *need.readings)]

        with translation.override(language):
            for need, part in nodes:
                finding = Finding(answer, "criterion", f"{need.code}.{part.code}")
                told = ui.without_answer(ui.wording.sentence(finding, edition, language), finding)
                assert told.endswith(part.text.in_language(language)[1:])


class TestMistakesIn:
    def test_points_at_the_first_element_of_a_group(self):
        class Form(forms.Form):
            name = forms.CharField(label="Nama")
            sex = forms.ChoiceField(label="Jenis kelamin", widget=forms.RadioSelect, choices=[("L", "L")])

        form = Form({})
        form.add_error(None, "Sudah diubah.")

        assert [mistake.target for mistake in ui.mistakes_in(form)] == ["", "id_name", "id_sex_0"]

    def test_is_empty_for_a_form_not_sent_yet(self):
        assert ui.mistakes_in(forms.Form()) == []


class TestAsInput:
    @pytest.mark.parametrize(
        "widget", [forms.RadioSelect, forms.CheckboxSelectMultiple], ids=["radio", "box"]
    )
    @pytest.mark.parametrize("chosen", [None, "ya", ["tidak", 'a"<b>']], ids=str)
    def test_is_what_django_draws(self, widget, chosen):
        choices = [("", "kosong"), ("ya", "Ya"), ("tidak", "Tidak"), ('a"<b>', "Aneh"), (3, "Angka")]

        class One(forms.Form):
            answer = forms.ChoiceField(
                choices=choices, widget=widget({"aria-describedby": "x", "disabled": True})
            )

        field = One(initial={"answer": chosen})["answer"]
        for option in field:
            drawn = parse_html(option.tag())
            assert parse_html(ui.as_input(option)) == drawn


class TestFieldsOf:
    @pytest.fixture
    def form_of(self):
        class Ending(forms.Form):
            to = forms.ChoiceField(label="Ke mana?", widget=forms.RadioSelect)
            because = forms.CharField(label="Alasan", max_length=20)

            def __init__(self, choices, typed=None, **details):
                super().__init__(typed, **details)
                self.fields["to"].choices = choices

        return Ending

    def test_offers_the_choices_of_this_time(self, form_of):
        first = ui.fields_of(form_of([("a", "Pindah")]), "to")
        again, other = (
            ui.fields_of(form_of([("a", "Pindah")]), "to"),
            ui.fields_of(form_of([("b", "Pulang")]), "to"),
        )
        assert first == again
        assert "Pindah" in first
        assert "Pulang" in other
        assert "Pindah" not in other

    def test_shows_what_was_typed_to_nobody_else(self, form_of):
        typed = ui.fields_of(form_of([], {"because": "rahasia"}), "because")
        begun = ui.fields_of(form_of([], initial={"because": "dahulu"}), "because")
        empty = ui.fields_of(form_of([]), "because")
        assert "rahasia" in typed
        assert "dahulu" in begun
        assert "rahasia" not in empty
        assert "dahulu" not in empty

    def test_is_drawn_in_the_language_of_the_page(self, form_of):
        class Free(form_of):
            because = forms.CharField(label="Alasan", required=False)

        drawn = ui.fields_of(Free([]), "because")
        with translation.override("en"):
            assert ui.fields_of(Free([]), "because") != drawn


class TestPlacesHere:
    def test_leads_only_to_what_opens_and_marks_the_place(self):
        shown = ui.places_here(Context({"place_here": "cases", "may_see_cases": True}))
        other = ui.places_here(Context({"place_here": "people", "may_search": True}))
        assert 'href="/kasus/" aria-current="page"' in shown
        assert "/kasus/" not in other
        assert "/orang/" in other
        assert "/orang/" not in shown


class TestMorePlaces:
    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("role", "opened"),
        [
            (
                "caseworker",
                ["/cari/", "/rujukan/terkirim/", "/layanan/cari/", "/mitra/", "/mutu/", "/ganda/"],
            ),
            (
                "head_of_lks",
                [
                    *("/cari/", "/rujukan/masuk/", "/layanan/kelola/", "/mitra/", "/program/"),
                    *("/rekap/", "/penduduk/"),
                ],
            ),
            ("assessor", ["/cari/", "/layanan/cari/"]),
            (
                "registrar",
                [
                    *("/cari/", "/layanan/cari/", "/mitra/", "/program/", "/rekap/", "/rekap/terbitan/"),
                    *("/penduduk/", "/riset/putusan/", "/pekerjaan/"),
                ],
            ),
            (
                "dinas_officer",
                [
                    *("/cari/", "/rujukan/terkirim/", "/layanan/kelola/", "/mitra/", "/rekap/"),
                    *(
                        "/rekap/terbitan/",
                        "/penduduk/",
                        "/mutu/",
                        "/ganda/",
                        "/impor/",
                        "/riset/putusan/",
                        "/pekerjaan/",
                    ),
                ],
            ),
            ("researcher", ["/cari/", "/layanan/cari/", "/program/", "/riset/", "/pekerjaan/"]),
        ],
        ids=["caseworker", "head", "assessor", "registrar", "officer", "researcher"],
    )
    def test_leads_only_to_what_opens(self, role, opened):
        who = user_with(role, organisation=ORGANISATION)
        shown = ui.more_places(Context({"user": who, "place_here": "partners"}))
        assert re.findall('href="([^"]+)"', shown) == opened
        assert shown.count("aria-current") == ("/mitra/" in opened)
