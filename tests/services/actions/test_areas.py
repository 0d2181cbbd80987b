from __future__ import annotations

import pytest

from simpul.access.refusal import Clash
from simpul.services.actions.areas import set_areas
from simpul.services.models import Area, Revision
from simpul.services.queries.values import ValueWrong
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, DISTRICT, REGENCY, VILLAGE, a_head, a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    few_regions()
    return a_service(organisation(), areas=(VILLAGE,))


@pytest.fixture
def head(service):
    return a_head(service.organisation)


def held(service):
    return set(Area.objects.filter(service=service).values_list("code", flat=True))


class TestSetAreas:
    def test_takes_these_and_no_others(self, service, head):
        made = set_areas(service, by=head, seen=[VILLAGE], codes=[DISTRICT, REGENCY], at=AT)
        assert held(service) == {DISTRICT, REGENCY}
        assert made.version == 2
        assert len(Revision.objects.get(part="areas").after["areas"]) == 2

    def test_writes_nothing_when_nothing_differs(self, service, head):
        assert set_areas(service, by=head, seen=[], codes=[VILLAGE], at=AT).version == 1

    def test_clashes_with_another_who_changed_them(self, service, head):
        with pytest.raises(Clash, match="Pangke"):
            set_areas(service, by=head, seen=[DISTRICT], codes=[REGENCY], at=AT)
        assert held(service) == {VILLAGE}

    def test_knows_no_other_codes(self, service, head):
        with pytest.raises(ValueWrong, match="tidak dikenal"):
            set_areas(service, by=head, seen=[VILLAGE], codes=["99.99"], at=AT)
        assert held(service) == {VILLAGE}
