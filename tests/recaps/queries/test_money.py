"""Money of programmes and help received, for three roles."""

from datetime import date

import pytest

from simpul.recaps.facts import Asked
from simpul.recaps.queries.money import money
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, change
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.programmes.making import TODAY, a_member, a_programme, an_agreed_plan, handed, signed

pytestmark = pytest.mark.django_db

ASKED = Asked(since=date(2026, 1, 1), until=TODAY, area="21.02")
ROLES = {"dinas_officer": {"region": "21.02"}, "dinas_verifier": {"region": "21"}, "registrar": {}}


@pytest.fixture
def body():
    few_regions()
    return organisation(name="LKS Tunas Bahari")


@pytest.fixture
def stimulus(body, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    member = a_member(a_programme(), body)
    head = user_with("head_of_lks", organisation=body.pk)
    officer = user_with("programme_officer", region="21.02")
    an_agreed_plan(member, head, officer)
    row = signed(member, head, officer, user_with("registrar", region="21.02"))
    handed(row, officer, 3_000_000)
    return row


def table(recap, key):
    return next(one for one in recap.tables if one.key == key)


def cells(found, line):
    return dict(zip((one.key for one in found.columns), line.cells, strict=True))


class TestMoney:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_adds_up_to_what_each_body_received(self, stimulus, role):
        recap = money(user_with(role, **ROLES[role]), ASKED)
        whole, each = table(recap, "programmes"), table(recap, "recipients")
        for key in ("asked", "granted", "received", "spent", "returned", "balance"):
            assert cells(whole, whole.total)[key] == sum(cells(each, line)[key] for line in each.lines)
        assert cells(whole, whole.total)["received"] == 3_000_000

    def test_says_when_it_was_handed_over_and_how_its_account_stands(self, stimulus):
        each = table(money(user_with("registrar"), ASKED), "recipients")
        told = cells(each, each.lines[0])
        assert (told["handed"], told["due"]) == (TODAY, date(2027, 3, 1))

    def test_leaves_out_what_did_not_happen_in_the_period(self, stimulus):
        before = Asked(since=date(2020, 1, 1), until=date(2020, 12, 31), area="21.02")
        assert table(money(user_with("registrar"), before), "recipients").lines == ()

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_counts_help_once_by_who_gave_it(self, body, role):
        row = ROW_OF["help"](received_on="2026-06-01", rupiah=2_000_000)
        change(body, user_with("dinas_officer", region="21.02"), "help", {"rows": [row]})
        recap = money(user_with(role, **ROLES[role]), ASKED)
        givers = table(recap, "givers")
        assert givers.total.cells[:2] == (1, 2_000_000)
        assert givers.total.cells == tuple(
            sum(one) for one in zip(*(line.cells for line in givers.lines), strict=True)
        )
        assert len(table(recap, "received").lines) == 1
