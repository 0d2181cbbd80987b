import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.office import set_norms
from simpul.cases.models import Office
from simpul.cases.queries.office import norms_for
from tests.cases.factories import a_case
from tests.screening.factories import NOW

pytestmark = pytest.mark.django_db


def kept(where, by, *, version=0, **own):
    return set_norms(where, by=by, at=NOW, version=version, own=own)


class TestSetNorms:
    def test_keeps_only_what_departs_from_the_catalogue(self, supervisor, organisation):
        office = kept(Where(organisation), supervisor, reassess_days=60, complaint_days=14)
        assert (office.norms, office.version, office.changed_by_name) == (
            {"reassess_days": 60},
            1,
            "Pak Hamdan",
        )

    def test_is_followed_by_the_cases_of_that_office_and_no_other(
        self, caseworker, supervisor, stranger, organisation
    ):
        kept(Where(organisation), supervisor, caseload__community=12)
        assert norms_for(a_case(caseworker))["caseload"]["community"] == 12
        assert norms_for(a_case(stranger))["caseload"]["community"] == 20

    def test_sent_twice_changes_once(self, supervisor, organisation):
        for _ in range(2):
            office = kept(Where(organisation), supervisor, reassess_days=60)
        assert (office.version, Office.objects.count()) == (1, 1)

    def test_shows_who_was_slower_both_values_and_writes_nothing(self, supervisor, organisation):
        kept(Where(organisation), supervisor, reassess_days=60)
        with pytest.raises(Clash, match=r"Jarak asesmen ulang: 60 hari.*Jarak asesmen ulang: 45 hari"):
            kept(Where(organisation), supervisor, reassess_days=45)
        assert Office.objects.get().norms == {"reassess_days": 60}

    @pytest.mark.parametrize(
        "own", [{"reassess_days": 0}, {"reassess_days": "60"}, {"moon_days": 3}], ids=str
    )
    def test_refuses_what_cannot_be_and_leaves_no_row(self, supervisor, organisation, own):
        with pytest.raises(Refusal, match="tidak dapat dipakai"):
            kept(Where(organisation), supervisor, **own)
        assert not Office.objects.exists()

    @pytest.mark.parametrize("role", ["stranger", "caseworker", "head", "verifier"])
    def test_refuses_who_may_not(self, request, organisation, role):
        with pytest.raises(NotAllowed):
            kept(Where(organisation), request.getfixturevalue(role), reassess_days=60)
