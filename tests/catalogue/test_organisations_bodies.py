import pytest

from simpul.catalogue.organisations import bodies
from simpul.catalogue.tables import CatalogueError


class TestLists:
    def test_hold_the_five_groups_of_staff_that_the_guide_names(self):
        codes = [one.code for one in bodies.professions()]
        assert codes == ["social_worker", "educator", "expert", "support", "companion"]

    def test_name_every_facility_in_both_languages_with_its_source(self):
        assert all(one.title.id and one.title.en and one.source for one in bodies.facilities())


class TestDigitsOf:
    @pytest.mark.parametrize(("code", "digits"), [("npwp", (15, 16)), ("nib", (13,))])
    def test_says_how_long_a_number_is(self, code, digits):
        assert bodies.digits_of(code) == digits

    def test_does_not_invent_a_number(self):
        with pytest.raises(KeyError):
            bodies.digits_of("siup")


class TestReadLists:
    @pytest.fixture
    def written(self, tmp_path):
        def write(text):
            path = tmp_path / "bodies.toml"
            path.write_text(text)
            return path

        return write

    def test_refuses_a_code_that_stands_twice(self, written):
        one = '[[profession]]\ncode = "a"\ntitle = { id = "A", en = "A" }\nsource = "x"\nverified = "seed"\n'
        with pytest.raises(CatalogueError, match="twice"):
            bodies.read_lists(written(one + one))

    def test_refuses_a_number_without_lengths(self, written):
        with pytest.raises(CatalogueError, match="lengths"):
            bodies.read_lists(written('[[number]]\ncode = "nib"\ntitle = { id = "N", en = "N" }\n'))

    def test_refuses_a_word_that_nobody_reads(self, written):
        with pytest.raises(CatalogueError):
            bodies.read_lists(written('[[profesi]]\ncode = "a"\n'))
