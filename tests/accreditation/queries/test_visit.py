import pytest

from simpul.accreditation.models import Score
from simpul.accreditation.queries.visit import agreements, unfinished
from simpul.catalogue import accreditation as catalogue
from tests.accreditation.factories import locked, signed, visiting

pytestmark = pytest.mark.django_db


def larger(told):
    """The run judged by a scheme of thirty-three items, scored by both with one disagreement."""
    scheme = catalogue.scheme("permensos-17-2012")
    told.run.scheme_words = catalogue.to_words(scheme)
    told.run.save()
    template = list(Score.objects.order_by("at"))
    for row in template[:1] + template[-1:]:
        for number, item in enumerate(scheme.items):
            value = 0 if number == 0 and row is template[0] else number % 5
            Score.objects.create(
                accreditation=told.run,
                assignment=row.assignment,
                item=item.code,
                value=value,
                at=row.at,
                by_name=row.by_name,
            )
    return told


class TestAgreements:
    def test_are_hidden_until_all_have_locked(self):
        assert agreements(visiting().run) == ()

    def test_say_why_there_is_no_number_over_few_items(self):
        (pair,) = agreements(locked().run)
        assert pair.agreement.kappa is None
        assert "Terlalu sedikit" in pair.why_not
        assert (pair.agreement.items, pair.agreement.same) == (3, 2)

    def test_give_a_number_with_its_interval_and_a_word(self):
        (pair,) = agreements(larger(locked()).run)
        assert pair.agreement.items == 33
        assert pair.agreement.low <= pair.agreement.kappa <= pair.agreement.high
        assert pair.band_words == "hampir sempurna"


class TestUnfinished:
    def test_is_empty_when_nothing_is_missing(self):
        assert unfinished(signed().run) == ""
