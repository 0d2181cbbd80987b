import pytest

from simpul.engines.matching.letters import Letters, slips_of, threes, words_of

NAMES = (
    "Yayasan Kasih Ibu Karimun",
    "Yayasan Bina Insani",
    "LKS Tunas Bahari",
    "Panti Wreda Kasih Karimun",
    "Yayasan Al-Ikhlas",
)


def found(text, limit=10):
    return [NAMES[key] for key in Letters(enumerate(NAMES)).find(text, limit).keys]


class TestFind:
    @pytest.mark.parametrize(
        "typed", ["Kasih Ibuu", "kaish ibu", "yayasn kasih ibu", "kasi ibu", "KASIH  IBÚ"]
    )
    def test_forgives_a_slip_of_typing(self, typed):
        assert found(typed)[0] == "Yayasan Kasih Ibu Karimun"

    def test_asks_for_every_word(self):
        assert found("tunas kasih") == []

    def test_takes_a_word_begun_for_the_whole(self):
        assert found("tun bah") == ["LKS Tunas Bahari"]

    def test_looks_for_slips_only_where_the_word_itself_is_nowhere(self):
        names = Letters(enumerate(["Bina Insan", "Bima Insan"]))
        assert names.find("bina").keys == (0,)

    def test_puts_the_whole_word_before_the_word_begun(self):
        assert Letters(enumerate(["Ibunda Karimun", "Ibu Karimun"])).find("ibu karimun").keys == (1, 0)

    def test_counts_beyond_the_limit(self):
        answer = Letters(enumerate(NAMES)).find("yayasan", limit=2)
        assert (len(answer.keys), answer.count) == (2, 3)

    @pytest.mark.parametrize("typed", ["", "!?", "zebra"])
    def test_finds_nothing_for_what_is_nowhere(self, typed):
        assert found(typed) == []

    def test_finds_nothing_among_no_names(self):
        assert Letters([]).find("kasih").count == 0


class TestWordsOf:
    def test_leaves_marks_and_repetitions_away(self):
        assert words_of("Al-Ikhlás  al IKHLAS 2") == ["al", "ikhlas", "2"]


class TestThrees:
    def test_tells_the_beginning_twice(self):
        assert threes("ibu") == {"  i", " ib", "ibu", "bu "}


class TestSlipsOf:
    @pytest.mark.parametrize("other", ["am st", "amm st", "amn s", "amn ts", "amnt st", "man st", "amn stw"])
    def test_gives_what_one_slip_makes_of_a_name(self, other):
        assert other in slips_of("amn st")

    @pytest.mark.parametrize("other", ["amn st", "bmm st", "amn st st", "am s"])
    def test_gives_nothing_else(self, other):
        assert other not in slips_of("amn st")

    def test_gives_nothing_for_no_name(self):
        assert slips_of("") == []
