import pytest

from simpul.cases.actions.around import About
from simpul.cases.models import Concerned
from simpul.cases.queries.around import around_of, offered_of, panel, people_like
from tests.cases.actions.test_around import added
from tests.cases.actions.test_ties import in_household, tied
from tests.cases.factories import a_case
from tests.screening.factories import TODAY, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


class TestAroundOf:
    def test_draws_what_was_recorded(self, case, caseworker):
        mother = added(case, caseworker, About(name="Rohani", relation="ibu", sex="P"))
        school = added(case, caseworker, About(name="SDN 4", relation="sekolah", kind="body"))
        tied(case, caseworker, "parent_of", mother, None)
        tied(case, caseworker, "strained", school, None)
        found = around_of(case, caseworker)
        assert [tie.words for tie in found.family_ties] == ["Rohani orang tua dari Siti Aminah"]
        assert {box.key for box in found.genogram.boxes} == {"", str(mother.pk)}
        assert {"strained", "body"} <= found.ecomap.signs

    def test_draws_no_family_before_one_was_told(self, case, caseworker):
        added(case, caseworker)
        assert around_of(case, caseworker).genogram is None

    def test_keeps_workers_words_and_drawings_from_the_head(self, case, caseworker, head):
        tied(case, caseworker, "supports", added(case, caseworker), None)
        found = around_of(case, head)
        (row,) = found.rows
        assert (row.name, row.relation, row.told_what) == ("Bibi Rohani", "", "")
        assert (found.ties, found.ecomap) == ((), None)

    def test_links_only_registered_people_within_reach(self, case, caseworker, stranger):
        row = added(case, caseworker)
        for other, is_linked in ((person(caseworker), True), (person(stranger), False)):
            Concerned.objects.filter(pk=row.pk).update(person=other)
            (shown,) = around_of(case, caseworker).rows
            assert (shown.person == other.pk) is is_linked


class TestPanel:
    def test_puts_guardians_first_and_counts_the_rest(self, case, caseworker):
        for number in range(7):
            added(case, caseworker, About(name=f"Orang {number}", relation="kenalan"))
        added(case, caseworker, About(name="Hasan", relation="wali", is_guardian=True))
        found = panel(case, caseworker, TODAY)
        assert (found.rows[0].name, len(found.rows), found.further) == ("Hasan", 6, 2)

    def test_asks_the_database_twice(self, case, caseworker, django_assert_num_queries):
        added(case, caseworker)
        caseworker.can("case.view")
        with django_assert_num_queries(2):
            panel(case, caseworker, TODAY)


class TestOfferedOf:
    def test_offers_the_household_without_who_is_listed(self, case, caseworker):
        listed = in_household(case, caseworker, "Rizki", "child")
        in_household(case, caseworker, "Dewi", "")
        added(case, caseworker, About(relation="anak", person=listed.pk))
        assert [one.name for one in offered_of(case, caseworker)] == ["Dewi"]

    def test_does_not_know_who_is_out_of_reach(self, case, caseworker, stranger):
        in_household(case, stranger, "Dewi", "")
        assert offered_of(case, caseworker) == ()


class TestPeopleLike:
    def test_finds_within_reach_only(self, caseworker, stranger):
        mine = person(caseworker, name="Nur Hayati")
        person(stranger, name="Nur Hayati")
        assert [one.pk for one in people_like(caseworker, "Nur Hayati")] == [mine.pk]

    def test_finds_nobody_without_a_name(self, caseworker):
        assert people_like(caseworker, "") == []
