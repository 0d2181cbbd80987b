import pytest
from django.utils import timezone

from simpul.access.gate import THE_MACHINE
from simpul.access.permissions import Permission
from simpul.people.models import Person
from simpul.referrals.models import Message, Referral, ReferralStep
from simpul.referrals.stages import Stage
from tests.access import factories
from tests.referrals.loop import a_service, answered, brought_to, lettered, receiver_of, sent

pytestmark = pytest.mark.django_db
RECEIVE, ANSWER, VIEW = Permission.REFERRAL_RECEIVE, Permission.REFERRAL_ANSWER, Permission.REFERRAL_VIEW


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


def reached(user, permission, model=Referral):
    return list(model.objects.reachable(user, permission))


class TestReachable:
    def test_the_receiver_reaches_what_was_sent_to_its_body_and_never_as_a_sender(
        self, caseworker, service, receiver
    ):
        row = sent(caseworker, service)
        assert reached(receiver, RECEIVE) == reached(receiver, ANSWER) == [row]
        assert reached(receiver, VIEW) == []
        assert reached(caseworker, VIEW) == [row]
        assert reached(caseworker, RECEIVE) == []

    def test_an_area_receives_nothing(self, caseworker, service, officer):
        sent(caseworker, service)
        assert reached(officer, RECEIVE) == []
        at_home = factories.give(officer, "head_of_lks", organisation=service.organisation_id)
        assert at_home.organisation == service.organisation_id
        assert len(reached(officer, RECEIVE)) == 1

    def test_ends_with_the_grant(self, caseworker, service, receiver):
        sent(caseworker, service)
        receiver.standing_grants[0].delete()
        receiver.forget_grants()
        assert reached(receiver, RECEIVE) == []

    def test_ends_when_everything_about_the_person_was_erased(self, caseworker, service, receiver):
        sent(caseworker, service)
        Person.objects.update(erased_at=timezone.now())
        assert reached(receiver, RECEIVE) == []

    @pytest.mark.parametrize("stage", list(Stage))
    def test_is_there_for_the_receiver_from_sending_to_withdrawal(self, caseworker, service, receiver, stage):
        brought_to(stage, caseworker, receiver, service)
        hidden = stage in (Stage.PROPOSED, Stage.CONSENTED, Stage.WITHDRAWN)
        assert bool(reached(receiver, RECEIVE)) is not hidden

    def test_the_machine_reaches_only_what_has_a_letter_and_only_to_answer(self, caseworker, service):
        sent(caseworker, service)
        row, _code = lettered(caseworker)
        assert reached(THE_MACHINE, ANSWER) == [row]
        assert reached(THE_MACHINE, RECEIVE) == reached(THE_MACHINE, VIEW) == []


class TestRowsOfOne:
    def test_are_reached_as_it_is(self, caseworker, service, receiver, stranger):
        answered(sent(caseworker, service), receiver, Stage.ACCEPTED, words="Datang Senin")
        for model in (Message, ReferralStep):
            assert reached(receiver, RECEIVE, model)
            assert reached(caseworker, VIEW, model)
            assert reached(stranger, RECEIVE, model) == reached(stranger, VIEW, model) == []
