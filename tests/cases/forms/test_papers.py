import pytest

from simpul.cases.forms.papers import PaperForm
from simpul.cases.models import Assessment, FollowUp
from simpul.cases.queries.papers import KINDS, Choices, kind_called
from tests.cases.factories import a_case
from tests.cases.papers import full_case, written
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return full_case(caseworker)


def form_of(case, code, **typed):
    return PaperForm(kind_called(code), Choices(case), typed or {"x": ""}, since=TODAY, until=TODAY)


class TestPaperForm:
    def test_asks_only_what_the_paper_is_about(self, case):
        asked = {kind.code: set(form_of(case, kind.code).fields) for kind in KINDS}
        assert asked["perkembangan"] == {"inside", "since", "until"}
        assert asked["perbandingan"] == {"compared"}
        assert asked["rencana"] == set()
        assert all(("inside" in asked[kind.code]) != kind.goes_to_client for kind in KINDS)

    def test_has_names_of_its_own_for_each_paper(self, case):
        ids = [form_of(case, code)["inside"].id_for_label for code in ("intake", "rapat")]
        assert len(set(ids)) == 2

    def test_takes_the_newest_where_nothing_is_chosen(self, case):
        later = written(FollowUp, case, due_on=TODAY.replace(year=2027))
        form = form_of(case, "bimbingan-lanjut")
        assert form.is_valid()
        assert form.picked().follow_up == later

    def test_takes_what_was_chosen_and_nothing_of_another_case(self, case, caseworker):
        first, second = Assessment.objects.order_by("on")
        form = form_of(case, "asesmen", assessment=str(first.pk))
        assert form.is_valid()
        assert form.picked().assessment == first
        elsewhere = a_case(caseworker)
        Assessment.objects.filter(pk=second.pk).update(case=elsewhere)
        assert not form_of(case, "asesmen", assessment=str(second.pk)).is_valid()

    @pytest.mark.parametrize("code", ["asesmen", "rapat", "perbandingan", "bimbingan-lanjut"])
    def test_is_ready_only_with_what_it_is_about(self, case, caseworker, code):
        assert form_of(case, code).is_ready
        assert not form_of(a_case(caseworker), code).is_ready
