"""What a release will hold beside its tables: whom an office served, without those who are in no public number."""

from datetime import date

import pytest

from simpul.cases.models import Case
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.recaps.facts import Asked
from simpul.recaps.queries.public_preparing import _standards
from simpul.recaps.queries.standards import standards
from tests.access.factories import user_with
from tests.cases.factories import a_case
from tests.people.factories import limited
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
SERVICE = "older_community"


@pytest.fixture
def served(caseworker):
    cases = [a_case(caseworker) for _one in range(3)]
    Case.objects.update(spm_service=SERVICE)
    return [case.person for case in cases]


def told(officer):
    return _standards(officer, KARIMUN, TODAY)[1][SERVICE]


class TestStandards:
    def test_leave_out_whose_use_is_limited_or_who_took_the_consent_back(
        self, served, caseworker, supervisor
    ):
        officer = user_with("dinas_officer", region=KARIMUN)
        assert told(officer) == 3
        limited(served[0], supervisor)
        assert told(officer) == 2
        for consent in Consent.objects.filter(person=served[1]):
            withdraw_consent(consent, by=caseworker, **when(90))
        assert told(officer) == 1
        asked = Asked(date(TODAY.year, 1, 1), TODAY, KARIMUN)
        cells = {line.key: line.cells for line in standards(officer, asked).tables[0].lines}
        assert 3 in cells[SERVICE]
