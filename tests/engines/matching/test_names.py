import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simpul.engines.matching.names import first_sound, longest_sound, name_key, name_sound, tokens

names = st.text(min_size=1, max_size=60)


class TestNameKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Soekarno", "Sukarno"),
            ("Djumadi", "Jumadi"),
            ("Tjokro", "Cokro"),
            ("Moh. Ali", "Muhammad Ali"),
            ("M. Ali", "Mochamad Ali"),
            ("Abd. Rahman", "Abdul Rahman"),
            ("Hj. Siti Aminah", "Siti Aminah"),
            ("Siti Aminah", "AMINAH SITI"),
            ("Khadijah", "Hadijah"),
            ("Syarif", "Sarif"),
            ("Ridhwan", "Ridwan"),
            ("Fathimah", "Fatimah"),
            ("Yusuf", "Jusuf"),
            ("Anna", "Ana"),
            ("Nur'aini", "Nuraini"),
            ("Nur’aini", "Nuraini"),
            ("Zaenab", "Saenab"),
            ("José", "Jose"),
        ],
    )
    def test_is_the_same_for_two_spellings(self, one, other):
        assert name_key(one) == name_key(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("Siti Aminah", "Siti Halimah"), ("Budi", "Badu"), ("Slamet", "Selamat Riyadi")]
    )
    def test_differs_for_different_names(self, one, other):
        assert name_key(one) != name_key(other)

    def test_keeps_a_name_that_is_only_a_title(self):
        assert name_key("Ibu") == "ibu"

    def test_takes_a_last_letter_m_for_an_initial(self):
        assert "muhamad" not in tokens("Siti M")

    @given(names)
    @example("ﬃ İ ß")
    def test_is_the_same_in_small_and_large_letters(self, name):
        assert name_key(name) == name_key(name.casefold())

    @given(
        st.lists(st.sampled_from(["slamet", "riyadi", "wahyuni", "budi", "sari"]), min_size=1, max_size=4),
        st.randoms(),
    )
    def test_is_the_same_in_any_order(self, words, chance):
        shuffled = words[:]
        chance.shuffle(shuffled)
        assert name_key(" ".join(words)) == name_key(" ".join(shuffled))

    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=30))
    def test_is_never_empty_for_letters(self, name):
        assert name_key(name)


class TestNameSound:
    @pytest.mark.parametrize(
        ("one", "other"), [("Sulastri", "Solastri"), ("Wahyuni", "Wahyune"), ("Rina", "Rani")]
    )
    def test_survives_a_wrong_vowel(self, one, other):
        assert name_sound(one) == name_sound(other)

    @given(names)
    def test_follows_from_the_key(self, name):
        assert len(name_sound(name).split()) == len(name_key(name).split())


class TestFirstSound:
    def test_is_of_the_first_word_that_is_no_title(self):
        assert first_sound("H. Slamet Riyadi") == first_sound("Slamet")

    def test_is_empty_without_letters(self):
        assert first_sound("12 -") == ""


class TestLongestSound:
    def test_is_of_the_longest_word(self):
        assert longest_sound("Sri Rahayuningsih") == longest_sound("Rahayuningsih")
