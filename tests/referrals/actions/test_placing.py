import uuid

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.models import Case
from simpul.cases.stages import Confidentiality
from simpul.referrals.actions import placing as actions
from simpul.referrals.actions.loop import propose
from simpul.referrals.models import Placing, PlacingRound, Referral
from simpul.referrals.stages import Stage
from simpul.services.models import Service
from tests.cases.plans import now_at
from tests.referrals.loop import a_service
from tests.referrals.placing import a_round, a_shelter, all_confirmed, placed, row_of, someone_waits
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(organisation):
    return Where(organisation=organisation)


def applied(found, by, *, version=None):
    version = PlacingRound.objects.get(pk=found.pk).version if version is None else version
    return actions.apply_round(found, by=by, version=version, **when(220))


class TestMakeRound:
    def test_proposes_the_best_for_all_together(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti", sex="P")
        someone_waits(caseworker, "Budi", sex="L")
        a_shelter(name="Untuk semua")
        a_shelter(name="Untuk perempuan", sex="P", region="14.71")
        assert placed(a_round(supervisor, here)) == {"Siti": "Untuk perempuan", "Budi": "Untuk semua"}

    def test_refers_nobody(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        a_shelter()
        a_round(supervisor, here)
        assert not Referral.objects.exists()

    def test_places_who_is_in_danger_first(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Adi")
        someone_waits(caseworker, "Siti", urgency="emergency")
        a_shelter(free=1)
        assert set(placed(a_round(supervisor, here))) == {"Siti"}

    @pytest.mark.parametrize(
        ("shelter", "why"),
        [
            ({"sex": "L"}, "not_for_them"),
            ({"free": None}, "room_unknown"),
            ({"free": 0}, "full"),
            ({"takes_referrals": False}, "no_service"),
        ],
        ids=["not for her", "room not known", "full", "takes no referrals"],
    )
    def test_says_why_somebody_is_left_over(self, here, caseworker, supervisor, shelter, why):
        line = someone_waits(caseworker, "Siti")
        a_shelter(**shelter)
        assert row_of(a_round(supervisor, here), line.case).finding["answer"] == why

    def test_counts_those_already_on_their_way(self, here, caseworker, supervisor):
        first, second = (someone_waits(caseworker, name) for name in ("Adi", "Siti"))
        shelter = a_shelter(free=1)
        propose(first, by=caseworker, key=uuid.uuid4(), service=shelter, **when(150))
        found = a_round(supervisor, here)
        assert row_of(found, second.case).finding["answer"] == "full"
        assert found.measures["people"] == 1

    def test_keeps_no_facts_with_the_proposal(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        a_shelter(age_from=60, rule="NOT poor OR poor")
        said = str(row_of(a_round(supervisor, here), line.case).finding)
        assert "1954" not in said
        assert "poor" not in said

    def test_is_made_once_of_a_repeated_form(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        key = uuid.uuid4()
        assert a_round(supervisor, here, key=key) == a_round(supervisor, here, key=key)
        assert Placing.objects.count() == 1

    def test_is_refused_where_nobody_waits(self, here, caseworker, supervisor):
        now_at(someone_waits(caseworker, "Siti"), caseworker, "done")
        with pytest.raises(Refusal, match="Tidak ada yang menunggu"):
            a_round(supervisor, here)

    def test_is_not_for_a_caseworker(self, here, caseworker):
        someone_waits(caseworker, "Siti")
        with pytest.raises(NotAllowed):
            a_round(caseworker, here)

    def test_leaves_out_cases_of_others(self, here, caseworker, supervisor, stranger):
        someone_waits(caseworker, "Siti")
        someone_waits(stranger, "Orang lain")
        assert Placing.objects.filter(round=a_round(supervisor, here)).count() == 1

    def test_leaves_out_cases_of_their_team_alone(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        someone_waits(caseworker, "Adi")
        Case.objects.filter(pk=line.case_id).update(confidentiality=Confidentiality.TEAM_ONLY)
        found = a_round(supervisor, here)
        assert not Placing.objects.filter(round=found, case=line.case_id).exists()


class TestDecide:
    def test_confirms_another_service_than_the_proposed_one(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        a_shelter()
        other = a_shelter(name="Rumah singgah", region="14.71")
        row = actions.decide(
            row_of(a_round(supervisor, here), line.case), by=supervisor, service=other, version=1, **when(210)
        )
        assert (row.is_confirmed, row.chosen) == ("yes", other)

    def test_refuses_a_service_of_another_kind(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        row = row_of(a_round(supervisor, here), line.case)
        with pytest.raises(Refusal, match="tidak menerima rujukan"):
            actions.decide(row, by=supervisor, service=a_service(), version=1, **when(210))

    def test_says_who_decided_otherwise_meanwhile(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        shelter = a_shelter()
        row = row_of(a_round(supervisor, here), line.case)
        for _press in range(2):
            actions.decide(row, by=supervisor, service=None, version=1, **when(210))
        with pytest.raises(Clash):
            actions.decide(row, by=supervisor, service=shelter, version=1, **when(211))
        assert row_of(row.round, line.case).is_confirmed == "no"


class TestApplyRound:
    def test_refers_only_who_was_confirmed(self, here, caseworker, supervisor):
        first, second = (someone_waits(caseworker, name) for name in ("Adi", "Siti"))
        a_shelter(free=2)
        found = a_round(supervisor, here)
        actions.decide(
            row_of(found, first.case),
            by=supervisor,
            service=row_of(found, first.case).proposed,
            version=1,
            **when(210),
        )
        actions.decide(row_of(found, second.case), by=supervisor, service=None, version=1, **when(210))
        assert applied(found, supervisor).state == "applied"
        assert [(row.case_id, row.stage) for row in Referral.objects.all()] == [
            (first.case_id, Stage.PROPOSED)
        ]

    def test_stays_open_while_somebody_is_undecided(self, here, caseworker, supervisor):
        lines = [someone_waits(caseworker, name) for name in ("Adi", "Siti")]
        a_shelter(free=2)
        found = a_round(supervisor, here)
        row = row_of(found, lines[0].case)
        actions.decide(row, by=supervisor, service=row.proposed, version=1, **when(210))
        assert applied(found, supervisor).state == "proposed"

    def test_is_refused_when_places_went_meanwhile(self, here, caseworker, supervisor):
        for name in ("Adi", "Siti"):
            someone_waits(caseworker, name)
        shelter = a_shelter(free=2)
        found = a_round(supervisor, here)
        all_confirmed(found, supervisor)
        Service.objects.filter(pk=shelter.pk).update(free=1)
        with pytest.raises(Refusal, match="kosong 1, disetujui 2"):
            applied(found, supervisor)
        assert not Referral.objects.exists()

    def test_is_refused_when_the_room_is_known_no_longer(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        shelter = a_shelter()
        found = a_round(supervisor, here)
        all_confirmed(found, supervisor)
        Service.objects.filter(pk=shelter.pk).update(free=None)
        with pytest.raises(Refusal, match="tidak lagi diketahui"):
            applied(found, supervisor)

    def test_refers_nobody_where_one_plan_was_changed(self, here, caseworker, supervisor):
        lines = [someone_waits(caseworker, name) for name in ("Adi", "Siti")]
        a_shelter(free=2)
        found = a_round(supervisor, here)
        all_confirmed(found, supervisor)
        now_at(lines[1], caseworker, "done")
        with pytest.raises(Refusal, match=lines[1].case.number):
            applied(found, supervisor)
        assert not Referral.objects.exists()

    def test_refers_once_when_pressed_twice(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        a_shelter()
        found = a_round(supervisor, here)
        all_confirmed(found, supervisor)
        assert applied(found, supervisor, version=1) == applied(found, supervisor, version=1)
        assert Referral.objects.count() == 1

    def test_is_refused_for_a_version_that_is_old(self, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        found = a_round(supervisor, here)
        with pytest.raises(Clash):
            applied(found, supervisor, version=7)


class TestDropRound:
    def test_needs_a_reason_and_ends_it(self, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        found = a_round(supervisor, here)
        with pytest.raises(Refusal, match="Alasan"):
            actions.drop_round(found, by=supervisor, version=1, because="", **when(210))
        actions.drop_round(found, by=supervisor, version=1, because="Air sudah surut", **when(210))
        with pytest.raises(Refusal, match="sudah selesai"):
            actions.decide(row_of(found, line.case), by=supervisor, service=None, version=1, **when(211))


def test_the_day_is_kept(here, caseworker, supervisor):
    someone_waits(caseworker, "Siti")
    assert a_round(supervisor, here).on == TODAY
