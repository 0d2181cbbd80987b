import pytest

from simpul.access.reach import Where
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_files import address_of, where_of
from tests.access.factories import ORGANISATION, user_with
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db


class TestAddressOf:
    @pytest.mark.parametrize(
        ("details", "told"),
        [({}, "Jalan Raya 1"), ({"kind": "family"}, ""), ({"is_address_secret": True}, "dirahasiakan")],
        ids=["office", "home", "secret"],
    )
    def test_tells_neither_a_home_nor_a_safe_house(self, details, told):
        assert address_of(organisation(address="Jalan Raya 1", **details)) == told


class TestWhereOf:
    def test_is_the_area_asked_for(self):
        user = user_with("dinas_officer", region="21")
        assert where_of(user, Asked(area="21.02")) == Where(region="21.02")

    @pytest.mark.parametrize(
        ("where", "told"),
        [({"region": "21.02"}, Where(region="21.02")), ({}, Where()),
         ({"organisation": ORGANISATION}, Where(organisation=ORGANISATION))],
        ids=["area", "everywhere", "one body"],
    )  # fmt: skip
    def test_is_otherwise_where_the_right_was_given(self, where, told):
        assert where_of(user_with("registrar", **where), Asked()) == told
