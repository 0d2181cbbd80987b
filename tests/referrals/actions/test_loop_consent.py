from datetime import date

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed
from simpul.cases.models import Case
from simpul.people.models import Consent
from simpul.people.queries import Limited
from simpul.referrals.actions.loop_consent import ConsentOpen, GeneralConsentMissing
from simpul.referrals.actions.loop_moving import NotNow
from simpul.referrals.models import Referral
from simpul.referrals.stages import Stage
from tests.access import factories
from tests.cases.factories import opened
from tests.people.factories import limited
from tests.referrals.loop import a_line, a_service, consented, generally_agreed, proposed, sent
from tests.screening.factories import TODAY
from tests.screening.factories import consented as somebody

pytestmark = pytest.mark.django_db
CHILD = {"name": "Rizki", "born": date(2018, 5, 5), "sex": "L"}


@pytest.fixture
def row(caseworker):
    return proposed(caseworker, a_service())


def of_a_child(by):
    return proposed(by, a_service(), a_line(by, opened(somebody(by, **CHILD), by, urgency="normal")))


class TestConsentTo:
    def test_keeps_who_agreed_to_exactly_what_and_how(self, row, caseworker):
        kept = consented(row, caseworker, mode="sign_language", shares=["need", "name", "need"])
        assert (kept.stage, kept.shares, kept.consented_on) == (Stage.CONSENTED, ["name", "need"], TODAY)
        assert (kept.consent_capacity, kept.consent_mode, kept.basis) == ("self", "sign_language", "consent")
        assert kept.shared is None

    def test_records_the_general_consent_only_when_it_was_given_too(self, row, caseworker):
        with pytest.raises(GeneralConsentMissing):
            consented(row, caseworker, with_general=False)
        assert not Consent.objects.filter(purpose="referral").exists()
        kept = consented(row, caseworker)
        assert kept.consent == Consent.objects.get(purpose="referral")

    def test_stands_under_the_general_consent_that_is_there(self, row, caseworker):
        generally_agreed(row.person, caseworker)
        kept = consented(row, caseworker, with_general=False)
        assert kept.consent == Consent.objects.get(purpose="referral")

    @pytest.mark.parametrize(
        "changed",
        [
            {"shares": []},
            {"shares": ["nik"]},
            {"shares": ["nonsense"]},
            {"basis": "nonsense"},
            {"capacity": ""},
            {"mode": ""},
            {"capacity": "companion"},
            {"capacity": "parent", "given_by": "Rohani"},
            {"capacity": "guardian", "given_by": "Rohani"},
            {"basis": "vital_interest", "because": "ya"},
        ],
        ids=str,
    )
    def test_is_refused_while_something_is_open(self, row, caseworker, changed):
        with pytest.raises(ConsentOpen):
            consented(row, caseworker, **changed)
        assert Referral.objects.get().stage == Stage.PROPOSED

    def test_of_a_child_is_given_by_who_brings_it_up(self, caseworker):
        row = of_a_child(caseworker)
        with pytest.raises(ConsentOpen, match="Untuk anak"):
            consented(row, caseworker)
        kept = consented(row, caseworker, capacity="parent", given_by="Rohani")
        assert (kept.consent_by, kept.consent.capacity) == ("Rohani", "parent")
        assert b"Rohani" not in bytes(kept.consent_by_sealed)

    def test_may_be_recorded_anew_until_it_is_sent(self, row, caseworker):
        first = consented(row, caseworker)
        again = consented(first, caseworker, shares=["need"])
        assert (again.shares, again.version) == (["need"], first.version + 1)
        with pytest.raises(NotNow):
            consented(sent(caseworker, a_service()), caseworker)

    def test_pressed_twice_is_recorded_once(self, row, caseworker):
        kept = [consented(row, caseworker, version=row.version) for _press in range(2)]
        assert kept[0].version == kept[1].version
        assert Consent.objects.filter(purpose="referral").count() == 1

    def test_shows_both_to_who_was_slower(self, row, caseworker):
        consented(row, caseworker)
        with pytest.raises(Clash) as clash:
            consented(row, caseworker, shares=["need"], version=row.version)
        assert clash.value.theirs.startswith("Nama lengkap")
        assert clash.value.mine == "Kebutuhan yang dirujuk"

    def test_is_refused_while_the_use_of_the_data_is_limited(self, row, caseworker):
        limited(row.person, caseworker)
        with pytest.raises(Limited):
            consented(row, caseworker)

    def test_of_a_case_of_the_team_is_the_teams(self, row, caseworker, organisation):
        Case.objects.update(confidentiality="team_only")
        colleague = factories.user_with("caseworker", organisation=organisation)
        with pytest.raises(NotAllowed):
            consented(row, colleague)

    def test_tells_the_record_nothing(self, row, caseworker):
        consented(row, caseworker, because="Ia tinggal sendiri.")
        events = Event.objects.filter(subject_key=str(row.pk))
        assert [event.details for event in events] == [{}]
        assert events.get().because is None
