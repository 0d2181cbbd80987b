"""The example office."""

from __future__ import annotations

import csv
import gzip
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from simpul.access import chain
from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.roles import PUBLIC, ROLES
from simpul.accreditation.models import Accreditation, Decision, Recommendation
from simpul.cases.models import (
    Assessment,
    Case,
    CaseMember,
    Complaint,
    Concerned,
    Conference,
    Disclosure,
    FollowUp,
    Goal,
    GoalScore,
    Handover,
    Note,
    Plan,
    RightsGiven,
    ServiceCheck,
    StageMove,
    SupervisionNote,
    Task,
    Tie,
)
from simpul.catalogue import casework
from simpul.catalogue.words import hurtful_in
from simpul.commands.demo import office, story
from simpul.commands.soundness import audit_problems
from simpul.desk.queries import bodies_waiting
from simpul.engines.matching.nik import masked
from simpul.organisations.models import (
    Account,
    Certificate,
    Change,
    Facility,
    Flag,
    Indicator,
    Officer,
    Organisation,
    Paper,
    Registration,
    Report,
    Source,
    Staff,
)
from simpul.organisations.queries.public import public_page
from simpul.organisations.queries.registration import queue
from simpul.organisations.queries.standing import level_of
from simpul.partners.models import Agreement, Mediation
from simpul.partners.models import Decision as MeetingDecision
from simpul.people.models import DataRequest, Person
from simpul.places.actions import DATA, _regions
from simpul.places.models import Region
from simpul.programmes.models import Diploma, Evaluation, Participant, Programme, Stimulus, Visit
from simpul.referrals.models import Alternative, HelpRequest, NeedUnmet, Placing, Referral
from simpul.screening.models import Screening
from simpul.services.models import Place, Service
from simpul.services.queries.shown import is_unconfirmed

TODAY = date(2026, 11, 21)
WORK_WITH_BODIES = [
    "budi", "ratna", "joko", "lina", "tuti", "yusuf", "agus", "maya", "sri", "wati", "salmah", "rosna", "idham",
]  # fmt: skip
NOT_IN_THE_PAPER = [
    Account,
    Certificate,
    Facility,
    Flag,
    Officer,
    Paper,
    Registration,
    Report,
    Staff,
    Accreditation,
]
DATED = [
    Assessment, CaseMember, Concerned, Conference, Disclosure, Goal, GoalScore, Note, Plan, RightsGiven, ServiceCheck,
    StageMove, SupervisionNote, Task,
]  # fmt: skip
# office.toml holds names and titles as their owners wrote them.
STORIES = [
    *(
        office.FOLDER / f"{name}.toml"
        for name in (
            "people",
            "bodies",
            "published",
            "scheme",
            "sources",
            "services",
            "network",
            "programme",
            "strengthening",
            "accompanied",
        )
    ),
    *sorted((office.FOLDER / "cases").glob("*.toml")),
]


# The whole story of the example office is told once for all of them, which takes its time.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("the example office")]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The office made once for all tests here, and unmade after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        _load_regions_of("21")
        story.tell(TODAY)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def _load_regions_of(province):
    """The places of one province as they are shipped: all of the country would take too long."""
    with gzip.open(DATA / "regions.csv.gz", "rt", encoding="utf-8") as lines:
        names = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    near = {code: name for code, name in names.items() if code.split(".")[0] == province}
    Region.objects.bulk_create(_regions(near))


def one_by_one(rows, case=""):
    """Without those whom Bina Lansia accompanied: their stories are alike (test_demo_accompanied)."""
    return rows.exclude(**{f"{case}organisation": office.organisation_key("bina-lansia")})


@pytest.fixture
def made(told, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("made")
class TestTell:
    def test_gives_every_role_somebody_who_signs_in(self):
        roles = set(User.objects.values_list("grants__role", flat=True))
        assert roles == set(ROLES) - {PUBLIC.name}
        assert all(user.check_password(office.OFFICE["password"]) for user in User.objects.all()[:2])

    def test_has_the_five_organisations_with_their_source(self):
        published = Organisation.objects.filter(is_published_example=True)
        assert published.count() == 5
        assert all("Rusmiyati" in organisation.source for organisation in published)

    def test_shows_screenings_in_every_state(self):
        assert {screening.state.value for screening in Screening.objects.all()} == {
            "asking",
            "finished",
            "decided",
            "ended",
        }

    def test_shows_every_kind_of_ending_that_the_story_needs(self):
        endings = set(Screening.objects.exclude(ending="").values_list("ending", flat=True))
        assert endings == {"case", "declined", "already_served"}

    def test_leaves_open_what_nobody_knows(self):
        leman = Screening.objects.get(person__name="Leman")
        assert leman.findings["LUT"]["answer"] == "unknown"

    def test_shows_a_text_that_can_be_read_in_two_ways(self):
        agus = Screening.objects.get(person__name="Agus")
        assert agus.findings["AT"]["answer"] == "unknown"
        assert agus.findings["AT"]["parts"][0]["kind"] == "readings"

    def test_opens_cases_with_what_the_person_hopes_for(self):
        assert one_by_one(Case.objects).count() == 9
        assert all(case.summary for case in Case.objects.all())

    def test_shows_cases_at_different_stages(self):
        stages = set(one_by_one(Case.objects).values_list("stage", flat=True))
        assert stages == {"intake", "goals", "planning", "linking", "monitoring", "follow_up", "left"}

    def test_shows_every_working_model_and_a_family(self):
        models = set(Case.objects.values_list("working_model", flat=True))
        assert models == {model.code for model in casework.working_models()}
        assert Case.objects.filter(kind="family", household__isnull=False).count() == 1

    def test_shows_a_second_episode(self):
        again = Case.objects.get(episode=2)
        assert (again.earlier.stage, again.worker_name) == ("left", "Dewi Anggraini")

    def test_hides_one_case_from_the_head_of_the_office(self):
        hidden = Case.objects.get(confidentiality="highly_restricted")
        seen_by = [
            name
            for name in ("hasan", "yuli", "laila", "budi")
            if is_within_reach(hidden, User.objects.get(username=name), Permission.CASE_VIEW)
        ]
        assert seen_by == ["hasan"]

    def test_compares_two_assessments_of_one_instrument(self):
        found = Assessment.objects.filter(occasion="reassessment", completed_at__isnull=False)
        again = one_by_one(found, "case__")
        assert {one.case.person.name for one in again} == {"Rokiah", "Zulkifli"}
        for one in again:
            baseline = Assessment.objects.get(case=one.case, instrument=one.instrument, occasion="baseline")
            assert one.scores != baseline.scores

    def test_describes_five_levels_of_every_goal(self):
        goals = list(Goal.objects.all())
        assert len(goals) > 8
        assert all(set(goal.levels) == {"-2", "-1", "0", "1", "2"} for goal in goals)
        assert set(GoalScore.objects.values_list("moment", flat=True)) == {"baseline", "progress", "final"}

    def test_lets_one_plan_wait_for_the_supervisor(self):
        states = Plan.objects.values_list("state", flat=True)
        assert list(states).count("waiting") == 1
        assert list(states).count("approved") == 5

    def test_asks_for_what_was_agreed_and_not_given(self):
        assert ServiceCheck.objects.filter(delivered="no").count() == 1
        assert Task.objects.waiting().filter(kind="advocate").count() == 2

    def test_has_something_to_do_before_on_and_after_the_day(self):
        waiting = Task.objects.waiting()
        assert Task.objects.overdue(TODAY).exists()
        assert waiting.filter(due_on=TODAY).exists()
        assert waiting.filter(due_on__gt=TODAY, due_on__lte=TODAY + timedelta(days=7)).exists()

    def test_lets_something_of_every_kind_wait(self):
        assert Handover.objects.get(state="proposed").to_name == "Rina Oktavia"
        assert Complaint.objects.get().state == "received"
        assert DataRequest.objects.waiting().count() == 1
        assert FollowUp.objects.filter(done_on=None, due_on__lte=TODAY).count() == 1

    def test_works_in_teams_with_and_without_accounts(self):
        members = CaseMember.objects.filter(is_manager=False)
        assert members.filter(user=None, profession="volunteer").exists()
        assert members.exclude(user=None).exists()

    def test_draws_families_over_three_generations(self):
        fikri = Case.objects.get(person__name="Fikri")
        assert Concerned.objects.filter(case=fikri).count() >= 10
        assert Tie.objects.filter(case=fikri, kind="parent_of").count() >= 8

    @pytest.mark.parametrize("table", DATED, ids=lambda table: table.__name__)
    def test_tells_nothing_that_has_not_happened(self, table):
        rows = list(table.objects.all())
        assert rows
        end_of_day = datetime.combine(TODAY, time(0), tzinfo=timezone.get_default_timezone())
        assert all(row.at < end_of_day for row in rows)
        assert all(getattr(row, "on", TODAY) <= TODAY for row in rows)

    def test_moves_each_case_in_the_order_of_time(self):
        for case in Case.objects.all():
            moves = list(case.moves.order_by("at"))
            assert moves[0].stage_from == ""
            assert [move.stage_to for move in moves[:-1]] == [move.stage_from for move in moves[1:]]

    def test_went_through_the_gate_at_every_step(self):
        assert list(chain.breaks()) == []
        assert Event.objects.filter(permission="case.open").count() == Case.objects.count()

    def test_uses_no_nik_that_somebody_could_have(self):
        numbers = [person.nik for person in Person.objects.all() if person.nik]
        assert numbers
        assert all(len(nik) == 16 and nik.endswith("0000") and masked(nik) for nik in numbers)

    def test_gives_nobody_the_nik_of_another(self):
        numbers = [person.nik for person in Person.objects.all() if person.nik]
        assert len(set(numbers)) == len(numbers)

    def test_says_nothing_hurtful(self):
        texts = [text for each in Organisation.objects.all() for text in (each.about, each.legal_note)]
        assert not [word for text in texts for word in hurtful_in(text)]

    @pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_tells_nothing_hurtful(self, path):
        assert not list(hurtful_in(path.read_text(encoding="utf-8")))

    def test_is_known_again(self):
        assert office.is_there()


@pytest.mark.usefixtures("made")
class TestBodies:
    """What the story tells of organisations, registration, accreditation and sources of help."""

    @pytest.mark.parametrize("username", WORK_WITH_BODIES)
    def test_give_everybody_who_works_with_them_something_to_do(self, username):
        assert bodies_waiting(User.objects.get(username=username), TODAY)

    @pytest.mark.parametrize("table", NOT_IN_THE_PAPER, ids=lambda table: table.__name__)
    def test_add_nothing_to_the_five_of_the_paper(self, table):
        assert table.objects.exists() or table is Account
        assert not table.objects.filter(organisation__is_published_example=True).exists()

    def test_tell_of_the_five_only_what_stands_on_paper(self):
        five = Organisation.objects.filter(is_published_example=True)
        assert set(Indicator.objects.values_list("seen", flat=True)) == {"paper"}
        assert Indicator.objects.exclude(organisation__in=five).count() == 0
        assert not any(
            (body.address, body.vision, body.phone, body.need_types) != ("", "", "", []) for body in five
        )
        assert set(Change.objects.filter(organisation__in=five).values_list("part", flat=True)) == {"area"}

    def test_give_the_five_the_levels_of_the_paper(self):
        levels = {
            name: str(
                level_of(Organisation.objects.get(pk=office.organisation_key(name)), TODAY).finding.answer
            )
            for name in ("fkkadk", "komda-lansia", "kks", "rumah-sosial", "ar-raudhah")
        }
        assert levels["fkkadk"] == levels["komda-lansia"] == levels["kks"] == "regency"
        assert (levels["rumah-sosial"], levels["ar-raudhah"]) == ("village", "unknown")

    def test_are_said_to_be_invented_where_they_are(self):
        invented = Organisation.objects.filter(is_published_example=False).exclude(kind="dinas")
        assert invented.count() == 7
        assert all("rekaan" in body.about for body in invented)

    def test_show_one_to_everybody_with_its_certificates(self):
        page = public_page(office.organisation_key("harapan-meral"), TODAY)
        assert page.registered.issued_on < TODAY - timedelta(days=700)
        assert page.accredited.grade == "C"
        assert [area.name for area in page.areas] == ["Kec. Karimun", "Kec. Meral"]

    def test_stand_at_every_turn_of_an_accreditation(self):
        stages = Accreditation.objects.order_by("stage").values_list("stage", flat=True)
        assert list(stages) == ["accredited", "desk_check", "plenary", "visit"]
        assert Decision.objects.get().grade == "C"
        plans = Recommendation.objects.values_list("plan", flat=True)
        assert sorted(map(bool, plans)) == [False, True]

    def test_stand_at_every_turn_of_a_registration(self):
        stages = Registration.objects.order_by("stage").values_list("stage", flat=True)
        assert list(stages) == ["issued", "issued", "issued", "returned", "submitted"]
        waiting = queue(User.objects.get(username="budi"), TODAY).get()
        assert TODAY < waiting.due_on < TODAY + timedelta(days=14)

    def test_have_papers_and_warnings_old_and_new(self):
        ends = Paper.objects.filter(valid_to__isnull=False).values_list("valid_to", flat=True)
        assert TODAY + timedelta(days=75) in ends
        assert min(ends) < TODAY
        assert Flag.objects.get().lifted_on < TODAY
        assert set(Report.objects.values_list("state", flat=True)) == {"received"}

    def test_know_six_sources_of_help_of_six_types(self):
        assert Source.objects.values("type_code").distinct().count() == Source.objects.count() == 6

    def test_leave_a_record_that_holds(self):
        assert list(audit_problems()) == []

    def test_are_served_by_people_of_their_own_names(self):
        """An assessor with the name of an officer could not be named."""
        names = set(Officer.objects.values_list("name", flat=True)) | set(
            Staff.objects.values_list("name", flat=True)
        )
        heads = {account.name for account in office.accounts() if account.role == "head_of_lks"}
        assert names & {account.name for account in office.accounts()} <= heads


@pytest.mark.usefixtures("made")
class TestServices:
    """What the story tells of services, referrals, requests for help and partners."""

    def test_are_told_of_no_body_of_the_paper(self):
        assert Service.objects.public().count() > 6
        assert not Service.objects.filter(organisation__is_published_example=True).exists()
        assert not Place.objects.filter(organisation__is_published_example=True).exists()

    def test_lead_to_a_shelter_by_its_contact_point_alone(self):
        [shelter] = Organisation.objects.filter(is_address_secret=True)
        [place] = Place.objects.filter(organisation=shelter)
        assert (place.kind, place.address, place.region) == ("contact_point", "", "21.02")

    def test_show_one_that_nobody_confirmed_for_long(self):
        old = [one.name for one in Service.objects.public() if is_unconfirmed(one, TODAY)]
        assert old == ["Senam dan periksa tekanan darah"]

    def test_show_referrals_on_their_ways(self):
        stages = Referral.objects.order_by("stage").values_list("stage", flat=True)
        assert list(stages) == ["confirmed", "declined", "proposed", "sent", "sent"]
        assert Referral.objects.get(stage="sent", service=None).code_until > TODAY

    def test_offer_another_service_where_one_declined(self):
        declined = Referral.objects.get(stage="declined")
        wished = Alternative.objects.get(is_wished=True)
        assert wished.line == declined.line
        assert Referral.objects.get(stage="proposed").service == wished.service

    def test_give_who_receives_something_to_answer(self):
        idham = User.objects.get(username="idham")
        waiting = Referral.objects.reachable(idham, Permission.REFERRAL_RECEIVE)
        assert [one.stage for one in waiting] == ["sent"]

    def test_leave_needs_open(self):
        reasons = NeedUnmet.objects.filter(ended_on=None).values_list("reason", flat=True)
        assert set(reasons) == {"full", "papers_missing"}

    def test_propose_places_that_nobody_has_decided_about(self):
        placings = Placing.objects.filter(round__state="proposed")
        assert {bool(one.proposed_id) for one in placings} == {True, False}
        assert not placings.exclude(is_confirmed="").exists()

    def test_hold_one_urgent_request_and_an_answered_one(self):
        found = HelpRequest.objects.order_by("state").values_list("state", "is_urgent")
        assert list(found) == [("answered", False), ("new", True)]

    def test_show_bodies_working_together(self):
        assert Agreement.objects.get(state="standing").confirmed_on
        assert MeetingDecision.objects.order_by("order").values_list("state", flat=True)[0] == "open"
        assert Mediation.objects.get().stage == "talking"


@pytest.mark.usefixtures("made")
class TestProgrammes:
    """What the story tells of strengthening bodies."""

    def test_let_one_run_and_one_be_evaluated(self):
        evaluated = Programme.objects.get(is_synthetic=True)
        running = Programme.objects.get(is_synthetic=False)
        assert Evaluation.objects.get().programme == evaluated
        assert Diploma.objects.filter(programme=evaluated).exists()
        assert evaluated.stage == "closed"
        assert not running.members.filter(organisation__is_published_example=True).exists()

    def test_wait_for_who_decides_about_money(self):
        asked = Stimulus.objects.exclude(state="closed").get()
        assert (asked.state, asked.granted) == ("requested", None)

    def test_are_visited_by_the_mentor_who_was_named(self):
        fajar = User.objects.get(username="fajar")
        assert set(Visit.objects.values_list("by", flat=True)) == {fajar.pk}

    def test_let_somebody_take_part_by_an_account(self):
        zainab = User.objects.get(username="zainab")
        assert Participant.objects.get(user=zainab.pk).member.organisation.short_name == "Bina Lansia"
