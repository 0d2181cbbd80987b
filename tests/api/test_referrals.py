import pytest

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.referrals.stages import Stage
from tests.referrals.loop import a_service, brought_to, receiver_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


def asked(client, user, address):
    client.force_login(user)
    return client.get(f"/api/referrals/{address}")


class TestSent:
    def test_lists_those_of_cases_within_reach(self, client, caseworker, service, stranger):
        row = sent(caseworker, service)
        found = asked(client, caseworker, "sent").json()
        assert [(one["number"], one["stage"]) for one in found["rows"]] == [(row.number, "sent")]
        assert asked(client, stranger, "sent").json()["rows"] == []

    def test_one_tells_what_was_shared_and_how_far_it_is(self, client, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        found = asked(client, caseworker, f"sent/{row.pk}").json()
        assert [line["share"] for line in found["seen"]["told"]] == ["name", "need", "contact"]
        assert (found["stage"], found["to_whom"]) == ("accepted", "LKS Harapan Laut")

    @pytest.mark.parametrize(("role", "status"), [("receiver", 404), ("stranger", 404), ("head", 403)])
    def test_one_is_for_who_reaches_the_case(
        self, client, caseworker, service, receiver, request, role, status
    ):
        row = sent(caseworker, service)
        user = receiver if role == "receiver" else request.getfixturevalue(role)
        assert asked(client, user, f"sent/{row.pk}").status_code == status


class TestReceived:
    def test_lists_what_came_to_ones_own_body(self, client, caseworker, service, receiver):
        sent(caseworker, service, shares=["need"])
        rows = asked(client, receiver, "received").json()["rows"]
        assert [one["called"] for one in rows] == [""]
        assert asked(client, caseworker, "received").json()["rows"] == []

    def test_one_holds_nothing_of_the_case(self, client, caseworker, service, receiver):
        row = sent(caseworker, service, shares=["need"])
        answer = asked(client, receiver, f"received/{row.pk}")
        told = answer.content.decode()
        assert answer.status_code == 200
        for hidden in (str(row.case_id), str(row.person_id), row.case.number, "Siti"):
            assert hidden not in told
        read = Event.objects.filter(permission=Permission.REFERRAL_RECEIVE, is_reading=True)
        assert read.filter(actor=receiver.pk, person=row.person_id).exists()

    @pytest.mark.parametrize("stage", [Stage.CONSENTED, Stage.WITHDRAWN])
    def test_one_does_not_exist_unsent_or_taken_back(self, client, caseworker, service, receiver, stage):
        row = brought_to(stage, caseworker, receiver, service)
        assert asked(client, receiver, f"received/{row.pk}").status_code == 404
