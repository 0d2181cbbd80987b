import pytest

from simpul.organisations.forms.public import PublicForm
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


class TestPublicForm:
    def test_takes_the_place_that_was_typed(self):
        form = PublicForm({"di": "pangke"})
        assert form.asked().area == form.place.taken.code == "21.02.10.2003"

    def test_takes_the_place_that_was_chosen_before_the_one_typed(self):
        assert PublicForm({"di": "pangke", "wilayah": "21.02"}).asked().area == "21.02"

    @pytest.mark.parametrize(
        "wrong", [{"di": "atlantis"}, {"wilayah": "99"}, {"jenis": "person"}, {"melayani": "x"}]
    )
    def test_says_what_it_does_not_know(self, wrong):
        form = PublicForm(wrong)
        assert form.asked() is None
        assert form.errors

    def test_asks_for_nothing_that_is_not_public(self):
        asked = PublicForm({"ditandai": "ya", "surat": "habis", "keadaan": "semua"}).asked()
        assert asked.pairs == {}
