from datetime import timedelta

import pytest

from simpul.cases.queries.assessments import (
    may_be_started,
    other_version,
    panel,
)
from tests.cases.assessing import (
    ALL_GOOD,
    OWN,
    WG,
    assessed,
    begun,
    own_instrument,
    owned,
    reworded,
)
from tests.cases.contacts_factories import opened
from tests.instruments.factories import added
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


class TestPanel:
    def test_tells_what_changed_and_what_is_due(self, case, caseworker):
        six = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
        assessed(case, caseworker, WG, dict.fromkeys(six, 2))
        assessed(case, caseworker, WG, dict.fromkeys(six, 1), days=90)
        (group,) = panel(case, caseworker, TODAY + timedelta(days=200)).groups
        assert (group.comparison.better, group.comparison.worse) == (1, 0)
        assert (group.due_on, group.is_late) == (TODAY + timedelta(days=180), True)
        assert [entry.occasion_name for entry in group.entries] == ["Asesmen ulang", "Asesmen awal"]

    def test_names_a_draft_before_anything_is_completed(self, case, caseworker):
        draft = begun(case, caseworker)
        (group,) = panel(case, caseworker, TODAY).groups
        assert (group.draft.key, group.comparison, group.last, group.due_on) == (draft.pk, None, None, None)
        assert group.title.startswith("Enam pertanyaan")

    @pytest.mark.parametrize("role", ["caseworker", "head"])
    def test_asks_the_database_twice_at_most(self, case, caseworker, supervisor, request, role):
        owned(supervisor)
        assessed(case, caseworker, OWN, ALL_GOOD)
        begun(case, caseworker, OWN, days=3)
        begun(case, caseworker, "family-support")
        viewer = request.getfixturevalue(role)
        viewer.can("case.view")
        with request.getfixturevalue("django_assert_max_num_queries")(2):
            found = panel(case, viewer, TODAY)
        assert found.is_told is (role == "caseworker")

    def test_is_empty_without_any(self, case, caseworker):
        assert panel(case, caseworker, TODAY).groups == ()


class TestMayBeStarted:
    def test_puts_those_used_before_first_and_says_what_it_would_be(self, case, caseworker):
        assessed(case, caseworker, WG)
        first, *rest = may_be_started(case, caseworker)
        assert (first.code, first.occasion_name, first.is_other_version) == (WG, "Asesmen ulang", False)
        assert {choice.occasion_name for choice in rest} == {"Asesmen awal"}

    def test_tells_when_the_version_is_another_than_at_the_baseline(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, ALL_GOOD)
        added(supervisor, reworded(own_instrument(), "cemas"))
        first = may_be_started(case, caseworker)[0]
        assert (first.is_other_version, first.baseline_version, first.instrument.version) == (True, "1", 2)

    def test_points_to_what_is_being_filled_in(self, case, caseworker):
        draft = begun(case, caseworker)
        assert {choice.code: choice.draft for choice in may_be_started(case, caseworker)}[WG] == draft.pk


class TestOtherVersion:
    def test_names_the_version_of_the_baseline_where_it_differs(self, case, caseworker, supervisor):
        owned(supervisor)
        baseline = assessed(case, caseworker, OWN, ALL_GOOD)
        same = assessed(case, caseworker, OWN, ALL_GOOD, days=1)
        added(supervisor, reworded(own_instrument(), "cemas"))
        other = begun(case, caseworker, OWN, days=2)
        assert [other_version(row) for row in (baseline, same, other)] == ["", "", "1"]
