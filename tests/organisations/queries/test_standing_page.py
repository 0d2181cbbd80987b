import pytest

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.queries import standing_page as shown
from simpul.organisations.queries.standing_types import type_of
from tests.organisations.factories import organisation
from tests.organisations.standing import ALL, DAY, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return organisation()


def all_words(lines):
    return " ".join(f"{line.word} {line.words} {all_words(line.inside)}" for line in lines)


class TestTypeShown:
    def test_tells_a_certain_type_by_name(self, body):
        answered(body, dict.fromkeys(ALL, "no"))
        found = shown.type_shown(type_of(body, DAY))
        assert (found.answer, found.name, found.range, found.settle) == ("D", "D (embrio)", "", ())

    def test_tells_the_range_and_what_settles_it(self, body):
        found = shown.type_shown(type_of(body, DAY))
        assert (found.answer, found.range) == ("", "antara D (embrio) dan A (mandiri)")
        assert found.settle_head.startswith("Sekurangnya 8 jawaban lagi")

    def test_tells_missing_and_open_apart_in_what_lifts(self, body):
        answered(body, {"deed": "no"})
        words = all_words(shown.type_shown(type_of(body, DAY)).lift)
        assert "belum ada Akta notaris" in words
        assert "Kelembagaan: 18 indikator lagi." in words

    def test_tells_the_money_wanting(self, body):
        body.yearly_budget, body.yearly_own_income = 100_000_000, 20_000_000
        answered(body, dict.fromkeys(ALL, "yes"))
        words = all_words(shown.type_shown(type_of(body, DAY)).lift)
        assert "sekarang 20%. Kurang Rp30.000.000." in words

    def test_counts_every_indicator_once_in_its_group(self, body):
        groups = shown.type_shown(type_of(body, DAY)).groups
        assert [group.code for group in groups] == [group.code for group in catalogue.groups()]
        assert sum(group.unknown for group in groups) == len(ALL)

    def test_says_what_waits_for_an_officer(self, body):
        answered(body, {"deed": "no"}, seen="visit")
        answered(body, {"deed": "yes"}, after=1)
        deed = shown.type_shown(type_of(body, DAY)).groups[0].indicators[0]
        assert (deed.word, deed.otherwise) == (
            "belum ada",
            "Catatan lembaga kini: ada. Menunggu dilihat petugas.",
        )


class TestAxesOf:
    @pytest.mark.parametrize(
        ("systems", "words"), [([], ""), (["residential", "day"], "Dalam panti"), (["day"], "Di luar panti")]
    )
    def test_tells_residential_or_not(self, body, systems, words):
        body.service_systems = systems
        assert shown.axes_of(body)[5].words == words

    @pytest.mark.parametrize(
        ("is_direct", "words"), [(None, ""), (True, "Langsung"), (False, "Tidak langsung")]
    )
    def test_tells_direct_or_not(self, body, is_direct, words):
        body.is_direct = is_direct
        assert shown.axes_of(body)[6].words == words


class TestOwnWordOnly:
    def test_counts_what_nobody_else_saw(self, body):
        answered(body, {"deed": "yes", "safe": "yes", "vision": "no"})
        answered(body, {"safe": "yes"}, seen="visit", after=1)
        assert shown.own_word_only(type_of(body, DAY)) == 1


class TestTypeRows:
    def test_tell_what_each_type_asks_for(self):
        asked = [share for _name, _about, share in shown.type_rows()]
        assert "90%" in asked[0]
        assert "50%" in asked[0]
        assert asked[-1] == "tanpa syarat"


class TestHandOf:
    def test_tells_officers_and_the_body_apart(self, body, officer, verifier, stranger):
        assert [shown.hand_of(body, user) for user in (officer, verifier, stranger)] == ["officer", "", ""]
