import pytest

from simpul.people.actions import ERASERS
from simpul.screening.actions import ERASER
from simpul.screening.models import Decision, Screening
from tests.screening.factories import decided

pytestmark = pytest.mark.django_db


class TestEraser:
    def test_is_called_when_a_person_is_erased(self):
        assert ERASER in ERASERS

    def test_leaves_shells_without_a_word(self, caseworker):
        screening = decided(caseworker, basic_needs_met=False)
        ERASER(screening.person)
        left = Screening.objects.get(pk=screening.pk)
        assert (left.facts, left.findings) == (None, None)
        assert {row.verdict for row in Decision.objects.filter(screening=screening)} == {None}

    def test_counts_the_rows_for_the_minutes(self, caseworker):
        screening = decided(caseworker, basic_needs_met=False)
        decisions = Decision.objects.filter(screening=screening).count()
        assert ERASER(screening.person) == {"screenings": 1 + decisions}

    def test_leaves_others_alone(self, caseworker):
        screening, other = decided(caseworker), decided(caseworker)
        ERASER(screening.person)
        assert Screening.objects.get(pk=other.pk).facts is not None
