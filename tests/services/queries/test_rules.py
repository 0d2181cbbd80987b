from __future__ import annotations

import pytest

from simpul.engines.reasons import Answer
from simpul.services.queries.rules import RuleRefused, node_of, vocabulary, words_of
from tests.services.factories import TODAY


class TestNodeOf:
    def test_is_what_the_engine_judges(self):
        node = node_of("poor AND NOT cared_for")
        assert node.verdict({"poor": True, "cared_for": False}, TODAY) is Answer.YES
        assert node.verdict({"poor": True}, TODAY) is Answer.UNKNOWN

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_is_none_where_there_is_no_rule(self, text):
        assert node_of(text) is None

    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            ("is_eldery", "Mungkin maksudnya “is_elderly”"),
            ("xyzzy", "“xyzzy” tidak dikenal"),
            ("AGE(born)", "Umur adalah angka"),
            ("poor = 1", "“poor” dijawab ya atau tidak"),
            ("born", "“born” bukan ya atau tidak"),
            ("AGE(sex) > 3", "“sex” bukan tanggal"),
            ("sex = 'X'", "“X” bukan pilihan dari “sex”"),
            ("sex > 'P'", "tidak punya urutan"),
            ("household_size > 'a'", "angka bulat"),
            ("household_size >= 900", "di luar yang mungkin"),
            ("AT_LEAST(5, poor)", "AT_LEAST dimulai dengan angka"),
            ("AGE(born) BETWEEN 17 AND 6", "angka yang kecil dahulu"),
            ("1 = 1", "selalu sama"),
            ("poor AND", "di sekitar “AND”"),
            ("poor; poor", "tanpa titik koma"),
            ("poor -- catatan", "tanpa catatan"),
            ("sex = 'P", "tanda petik"),
            ("(" * 40 + "poor" + ")" * 40, "terlalu dalam"),
            ("poor OR " * 800 + "poor", "terlalu panjang"),
            ("poor IS NULL", "Contoh yang terbaca"),
            ("SELECT 1", "di sekitar “SELECT”"),
        ],
        ids=range(21),
    )
    def test_says_in_plain_words_what_is_wrong(self, rule, words):
        with pytest.raises(RuleRefused) as refused:
            node_of(rule)
        assert words in str(refused.value)


class TestWordsOf:
    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            ("", ""),
            ("is_elderly", "Lanjut usia, 60 tahun atau lebih"),
            ("has_id_card", "Apakah ia punya KTP? Ya"),
            ("NOT has_id_card", "Apakah ia punya KTP? Tidak"),
            ("NOT is_elderly", "Bukan: lanjut usia, 60 tahun atau lebih"),
            ("AGE(born) BETWEEN 6 AND 17", "Umur: 6 sampai 17 tahun"),
            ("AGE(born) < 18", "Umur: kurang dari 18 tahun"),
            ("sex = 'P'", "Jenis kelamin: Perempuan"),
            ("household_size BETWEEN 2 AND 4", "Jumlah penghuni: 2 orang sampai 4 orang"),
            ("income <= 1500000", "Penghasilan: Rp1.500.000 atau kurang"),
            ("income < expenses", "Penghasilan: kurang dari Pengeluaran pokok"),
            ("is_elderly AND sex = 'P'", "Lanjut usia, 60 tahun atau lebih\nJenis kelamin: Perempuan"),
            ("is_elderly OR sex = 'P'", "Salah satu: lanjut usia, 60 tahun atau lebih; Jenis kelamin: Perempuan"),
        ],
        ids=range(13),
    )  # fmt: skip
    def test_says_the_rule_to_people(self, rule, words):
        assert words_of(rule, "id") == words

    def test_counts_signs_and_joins_what_stands_inside(self):
        told = words_of("AT_LEAST(2, is_child AND sex = 'P', is_elderly, has_id_card)", "id")
        assert told.startswith(
            "Paling sedikit 2 dari: anak, di bawah 18 tahun, dan Jenis kelamin: Perempuan; "
        )


class TestVocabulary:
    def test_holds_only_names_that_a_rule_may_use(self):
        known = {name: choices for name, _words, choices in vocabulary("id")}
        assert ("P", "Perempuan") in known["sex"]
        assert {"is_elderly", "poor", "born"} <= set(known)
