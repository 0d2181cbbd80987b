"""The tables of every evaluation: in a command, on a page and on paper."""

import pytest

from simpul.engines.statistics import SHORT, TESTS, Aspect, Study, evaluate, to_json
from tests.engines.statistics.test_findings import scores

UNTESTED = [
    pytest.param([5], [7], "Hanya 1 orang", id="one-person"),
    pytest.param([5, 6, 7], [7, 8, 9], "Tanpa keragaman tidak ada uji", id="all-by-the-same"),
    pytest.param([5, 6, 7], [5, 6, 7], "Tidak ada yang dapat diuji", id="all-equal"),
]


def record(before, after, **options):
    [one] = to_json(evaluate(Study((Aspect("A"),), scores(before, after, **options))))["aspects"]
    return one


class TestTests:
    @pytest.mark.parametrize(("before", "after", "_words"), UNTESTED)
    def test_show_no_p_where_nothing_is_tested(self, before, after, _words):
        one = record(before, after, organisations=3)
        assert TESTS.row(one, "A", "id")[1:] == ("-",) * 7

    def test_show_none_of_an_older_record_either(self):
        one = record([5, 6, 7], [7, 8, 9]) | {"ranks_holm_p": 0.25}
        assert TESTS.row(one, "A", "id")[1:] == ("-",) * 7

    def test_show_every_p_that_decides(self):
        after = [15 + number % 3 * 0.1 + number * 0.01 for number in range(30)]
        row = TESTS.row(record([10.0] * 30, after, organisations=5), "A", "id")
        shown = dict(zip(TESTS.heads("id"), row, strict=True))
        assert shown["p Wilcoxon"] == "< 0,001"
        assert shown["p balik tanda, Holm"] == "0,063"


class TestShort:
    @pytest.mark.parametrize(("before", "after", "words"), UNTESTED)
    def test_says_why_nothing_can_be_tested(self, before, after, words):
        told = SHORT.row(record(before, after), "A", "id")[2]
        assert told.startswith("tidak dapat diuji: ")
        assert words in told

    def test_says_yes_only_beside_tests_that_all_agree(self):
        after = [15 + number % 3 * 0.1 + number * 0.01 for number in range(30)]
        told = [SHORT.row(record([10.0] * 30, after, organisations=n), "A", "id")[2] for n in (5, 6)]
        assert told == ["belum dapat dikatakan: p balik tanda, Holm = 0,063", "ya"]

    def test_says_no_test_by_organisation_could_be_made_beside_those_by_person(self):
        after = [15 + number % 3 * 0.1 for number in range(30)]
        told = SHORT.row(record([10.0] * 30, after, organisations=5), "A", "id")[2]
        assert told.startswith("belum dapat dikatakan: Rata-rata perubahan di semua 5 lembaga persis sama")

    def test_names_what_is_not_known_of_whom(self):
        rows = list(scores([5, 6, 4, 7, 5, 6], [9, 11, 8, 12, 8, 11]))
        rows = [type(one)(one.person, "A", one.wave, one.value, "o" * (one.person < "p03")) for one in rows]
        [one] = to_json(evaluate(Study((Aspect("A"),), rows)))["aspects"]
        assert SHORT.row(one, "A", "en")[2] == "cannot be said: the organisation is not told for everybody"

    def test_speaks_of_before_and_after(self):
        assert SHORT.row(record([5, 6], [None, None]), "A", "id")[1] == "- → -"
        assert SHORT.heads("id") == ("Aspek", "Sebelum → sesudah", "Lebih dari kebetulan?")
