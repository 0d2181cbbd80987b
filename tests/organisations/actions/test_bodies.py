from datetime import date
from uuid import uuid4

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.organisations import actions
from simpul.organisations.models import Organisation
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 21)


def register(by, *, region="21.02", key=None, **details):
    kept = {"name": "LKS Tunas Bahari", "kind": "lks", **details}
    return actions.register(Where(region=region), by=by, key=key or uuid4(), on=ON, **kept)


@pytest.fixture
def officer(db):
    return user_with("dinas_officer", region="21.02")


class TestRegister:
    def test_makes_an_organisation_in_its_region(self, officer):
        made = register(officer, founded_year=1998)
        assert (made.region, made.province, made.founded_year) == ("21.02", "21", 1998)

    def test_the_same_form_twice_makes_one(self, officer):
        key = uuid4()
        assert register(officer, key=key) == register(officer, key=key)
        assert Organisation.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [{"name": "  "}, {"name": "x" * 201}, {"kind": "bank"}, {"founded_year": 2027}, {"founded_year": 12}],
    )
    def test_refuses_what_cannot_be(self, officer, wrong):
        with pytest.raises(actions.OrganisationIncomplete):
            register(officer, **wrong)
        assert not Organisation.objects.exists()

    def test_refuses_an_area_out_of_reach(self, officer):
        with pytest.raises(NotAllowed):
            register(officer, region="21.71")
