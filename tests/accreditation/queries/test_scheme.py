from datetime import date, timedelta

import pytest

from simpul.accreditation.models import OwnScheme
from simpul.accreditation.queries.scheme import schemes_for
from tests.accreditation.factories import body, own_scheme, today

pytestmark = pytest.mark.django_db


def codes(on=None, **details):
    return [scheme.code for scheme in schemes_for(body(**details), on or today())]


class TestSchemesFor:
    def test_gives_those_of_the_catalogue_that_are_in_force(self):
        assert codes(date(2020, 5, 1)) == ["permensos-17-2012"]

    def test_puts_an_offices_own_first(self):
        own_scheme()
        assert codes() == ["kecil", "permensos-8-2025"]

    def test_lets_an_offices_own_stand_for_the_regulation_that_it_holds(self):
        own_scheme(regulation="Permensos 8/2025")
        assert codes() == ["kecil"]

    def test_leaves_out_what_was_closed_or_has_not_begun(self):
        own_scheme()
        OwnScheme.objects.update(closed_on=today())
        assert "kecil" not in codes()
        assert "kecil" in codes(today() - timedelta(days=1))
        OwnScheme.objects.update(closed_on=None, valid_from=today() + timedelta(days=1))
        assert "kecil" not in codes()

    @pytest.mark.parametrize(
        ("region", "is_there"), [("21", True), ("21.02", True), ("73", False), ("", True)]
    )
    def test_gives_those_of_the_offices_that_cover_the_body(self, region, is_there):
        own_scheme()
        OwnScheme.objects.update(region=region)
        assert ("kecil" in codes()) is is_there
