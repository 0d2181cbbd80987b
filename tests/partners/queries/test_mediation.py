from simpul.access.permissions import Permission
from simpul.partners.models import Mediation
from simpul.partners.queries import mediation as queries
from tests.partners.making import a_mediation


class TestReach:
    def test_the_mediating_body_reads_it_and_takes_it_on(self, body, other, head, head_of_other):
        a_mediation(body, head, mediator=other.name)
        for permission in (Permission.PARTNER_VIEW, Permission.PARTNER_EDIT):
            assert Mediation.objects.reachable(head_of_other, permission).exists()

    def test_another_body_reads_nothing(self, body, other, head, head_of_other):
        a_mediation(body, head, counterpart=other.name)
        assert not Mediation.objects.reachable(head_of_other, Permission.PARTNER_VIEW).exists()


class TestWhole:
    def test_offers_only_what_follows(self, body, head):
        shown = queries.whole(a_mediation(body, head), head)
        assert [stage.value for stage in shown.following] == ["accepted", "withdrawn"]
