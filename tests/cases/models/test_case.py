"""The whole table of who reaches a case: every level against everybody who may stand around it."""

import uuid
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import BrokenGlass, Case, CaseMember, Note, Task, TaskKind
from simpul.cases.models.case import is_reached_by, ties_of
from simpul.cases.queries.case import cases_within_reach, count_open
from simpul.cases.stages import Confidentiality
from tests.access import factories
from tests.cases.factories import a_case

pytestmark = pytest.mark.django_db
ELSEWHERE = uuid.UUID("0b6f3c52-3a54-4d54-9a51-2f6c0f1f0a03")
LEVELS = list(Confidentiality)
ALL, NONE = frozenset(LEVELS), frozenset()
ORDINARY = frozenset({Confidentiality.ORDINARY})
RESTRICTED = ORDINARY | {Confidentiality.RESTRICTED}
HIGHLY = RESTRICTED | {Confidentiality.HIGHLY_RESTRICTED}


@pytest.fixture
def case(caseworker):
    return a_case(caseworker, basic_needs_met=False)


def from_elsewhere():
    return factories.user_with("caseworker", organisation=ELSEWHERE)


def member(case, user, *, since=-5, until=None, ended=None, organisation=ELSEWHERE, covers=""):
    """In the team from and until so many days from now."""
    today = timezone.localdate()
    CaseMember.objects.create(
        case=case,
        at=timezone.now(),
        by_name="Rina",
        user=user.pk,
        name=str(user),
        organisation=organisation,
        covers=covers,
        since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
        ended_on=None if ended is None else today + timedelta(days=ended),
    )
    return user


def withdrawn(case):
    user = member(case, from_elsewhere())
    user.grants.update(withdrawn_at=timezone.now())
    user.forget_grants()
    return user


def moved_to_another_body(case):
    """In the team through a body where the right has ended, with a right somewhere else since."""
    user = withdrawn(case)
    factories.give(user, "caseworker", organisation=factories.OTHER_ORGANISATION)
    return user


def inactive(case, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


def broke_the_glass(case, *, hours):
    user = factories.user_with("caseworker", organisation=factories.ORGANISATION)
    now = timezone.now()
    BrokenGlass.objects.create(
        case=case, at=now, by_name=str(user), user=user.pk, until=now + timedelta(hours=hours)
    )
    return user


def of_area(role, region):
    return factories.user_with(role, region=region)


def at_home(role):
    return factories.user_with(role, organisation=factories.ORGANISATION)


TABLE = {
    "manager": (lambda case: User.objects.get(pk=case.worker), ALL),
    "member from elsewhere": (lambda case: member(case, from_elsewhere()), ALL),
    "member of the area": (lambda case: member(case, of_area("dinas_officer", "21"), organisation=None), ALL),
    "ended member": (lambda case: member(case, from_elsewhere(), ended=-1), NONE),
    "member whose grant was withdrawn": (withdrawn, NONE),
    "member who went to another body": (moved_to_another_body, NONE),
    "member through no body": (lambda case: member(case, from_elsewhere(), organisation=None), NONE),
    "cover before": (lambda case: member(case, from_elsewhere(), since=1, until=3, covers="Rina"), NONE),
    "cover on the first day": (lambda case: member(case, from_elsewhere(), since=0, until=3, covers="Rina"), ALL),
    "cover on the last day": (lambda case: member(case, from_elsewhere(), until=0, covers="Rina"), ALL),
    "cover after": (lambda case: member(case, from_elsewhere(), until=-1, covers="Rina"), NONE),
    "colleague": (lambda case: at_home("caseworker"), RESTRICTED),
    "colleague who was in the team": (lambda case: member(case, at_home("caseworker"), ended=-1), RESTRICTED),
    "head": (lambda case: at_home("head_of_lks"), ORDINARY),
    "supervisor": (lambda case: at_home("case_supervisor"), HIGHLY),
    "officer of the area": (lambda case: of_area("dinas_officer", "21.02"), RESTRICTED),
    "verifier of the area": (lambda case: of_area("dinas_verifier", "21.02"), RESTRICTED),
    "officer of another area": (lambda case: of_area("dinas_officer", "21.03"), NONE),
    "volunteer": (lambda case: of_area("field_volunteer", "21.02"), NONE),
    "administrator": (lambda case: factories.user_with("administrator"), NONE),
    "supervisor of another body": (
        lambda case: factories.user_with("case_supervisor", organisation=ELSEWHERE), NONE,
    ),
    "stranger": (lambda case: from_elsewhere(), NONE),
    "inactive member": (lambda case: inactive(case, member(case, from_elsewhere())), NONE),
    "inactive supervisor": (lambda case: inactive(case, at_home("case_supervisor")), NONE),
    "broke the glass": (lambda case: broke_the_glass(case, hours=1), ALL),
    "broke the glass long ago": (lambda case: broke_the_glass(case, hours=-1), RESTRICTED),
}  # fmt: skip
CELLS = [
    pytest.param(who, level, level in sees, id=f"{name}, {level}")
    for name, (who, sees) in TABLE.items()
    for level in LEVELS
]


def protected(case, level):
    Case.objects.filter(pk=case.pk).update(confidentiality=level)
    case.refresh_from_db()
    return case


class TestReachable:
    @pytest.mark.parametrize(("who", "level", "is_seen"), CELLS)
    def test_follows_the_table_for_the_case_its_rows_and_its_count(self, case, who, level, is_seen):
        user = who(protected(case, level))
        note = Note.objects.create(case=case, at=timezone.now(), by_name="Rina", on="2026-11-20", kind="call")
        for rows, row in ((Case.objects, case), (Note.objects, note)):
            assert rows.all().reachable(user, Permission.CASE_VIEW).filter(pk=row.pk).exists() is is_seen
        assert (count_open(user) == 1) is is_seen
        assert cases_within_reach(user).filter(person=case.person_id).exists() is is_seen

    @pytest.mark.parametrize("level", LEVELS)
    def test_gives_nobody_more_than_their_role(self, case, level):
        user = member(protected(case, level), from_elsewhere())
        assert not Case.objects.reachable(user, Permission.CASE_APPROVE).exists()
        assert not Case.objects.reachable(user, Permission.SUPERVISION_NOTE).exists()

    def test_finds_a_case_once_for_who_reaches_it_in_many_ways(self, case, caseworker):
        member(case, caseworker, organisation=factories.ORGANISATION)
        factories.give(caseworker, "dinas_officer", region="21.02")
        assert Case.objects.reachable(caseworker, Permission.CASE_VIEW).count() == 1

    def test_opens_only_the_case_of_the_team(self, case, caseworker):
        other = a_case(caseworker)
        user = member(case, from_elsewhere())
        assert list(Case.objects.reachable(user, Permission.CASE_VIEW)) == [case]
        assert other.person_id != case.person_id

    @pytest.mark.parametrize(
        "permission", ["CASE_NOTE", "CASE_TEAM", "CASE_PROTECT", "CASE_MOVE", "CASE_PLAN", "CASE_END"]
    )
    def test_lets_who_broke_the_glass_read_and_no_more(self, case, permission):
        user = broke_the_glass(protected(case, Confidentiality.TEAM_ONLY), hours=1)
        assert Case.objects.reachable(user, Permission.CASE_VIEW).exists()
        assert not Case.objects.reachable(user, Permission[permission]).exists()

    @pytest.mark.parametrize("permission", [Permission.CASE_APPROVE, Permission.SUPERVISION_NOTE])
    def test_gives_a_supervisor_of_another_body_no_say_through_the_team(self, case, permission):
        user = member(case, factories.user_with("case_supervisor", organisation=ELSEWHERE))
        assert Case.objects.reachable(user, Permission.CASE_VIEW).exists()
        assert not Case.objects.reachable(user, permission).exists()

    def test_lets_a_supervisor_in_the_team_decide_on_what_the_team_alone_sees(self, case):
        supervisor = at_home("case_supervisor")
        member(protected(case, Confidentiality.TEAM_ONLY), supervisor, organisation=factories.ORGANISATION)
        assert Case.objects.reachable(supervisor, Permission.CASE_APPROVE).exists()


PERMISSIONS = (
    Permission.CASE_VIEW,
    Permission.SENSITIVE_VIEW,
    Permission.CASE_MOVE,
    Permission.CASE_NOTE,
    Permission.CASE_PROTECT,
    Permission.CASE_APPROVE,
    Permission.SUPERVISION_NOTE,
    Permission.CASE_BREAK_GLASS,
    Permission.TEAM_VIEW,
)
KINDS = [pytest.param(who, id=name) for name, (who, _) in TABLE.items()]


def decided_alone(case, user, permission):
    row = Case.objects.annotate(**ties_of(user.pk, case.pk)).get(pk=case.pk)
    return is_reached_by(row, case, user, permission)


class TestIsReachedBy:
    @pytest.mark.slow
    @pytest.mark.parametrize("who", KINDS)
    def test_says_what_the_list_says_for_everybody_at_every_level(self, case, who):
        user = who(case)
        for level in LEVELS:
            protected(case, level)
            for permission in PERMISSIONS:
                listed = Case.objects.reachable(user, permission).filter(pk=case.pk).exists()
                assert decided_alone(case, user, permission) is listed, (level, permission)

    def test_says_the_same_for_a_case_of_an_area_without_a_body(self, case):
        Case.objects.filter(pk=case.pk).update(organisation=None)
        case.refresh_from_db()
        for who, _ in TABLE.values():
            user = who(case)
            listed = Case.objects.reachable(user, Permission.CASE_VIEW).filter(pk=case.pk).exists()
            assert decided_alone(case, user, Permission.CASE_VIEW) is listed

    def test_knows_every_way_into_the_team(self, case):
        user = member(case, from_elsewhere(), organisation=factories.OTHER_ORGANISATION)
        assert not decided_alone(case, user, Permission.CASE_VIEW)
        member(case, user)
        assert decided_alone(case, user, Permission.CASE_VIEW)


WATCHERS = [
    pytest.param(who, level, level in sees, id=f"{name}, {level}")
    for name, (who, sees) in TABLE.items()
    if name in ("colleague", "head", "supervisor", "officer of the area", "stranger")
    for level in (Confidentiality.ORDINARY, Confidentiality.HIGHLY_RESTRICTED)
]


class TestPages:
    @pytest.mark.slow
    @pytest.mark.parametrize(("who", "level", "is_seen"), WATCHERS)
    def test_list_and_case_show_no_more(self, client, case, who, level, is_seen):
        user = who(protected(case, level))
        client.force_login(user)
        assert (case.number in client.get(reverse("cases:cases")).content.decode()) is is_seen
        assert (client.get(reverse("cases:case", args=[case.pk])).status_code == 200) is is_seen

    @pytest.mark.slow
    @pytest.mark.parametrize(("who", "level", "is_seen"), WATCHERS)
    def test_the_day_shows_no_more(self, client, case, who, level, is_seen):
        user = who(protected(case, level))
        day = timezone.localdate()
        Task.objects.create(
            case=case, at=timezone.now(), by_name="Rina", kind=TaskKind.OWN, due_on=day, first_due_on=day,
            worker=user.pk, worker_name=str(user),
        )  # fmt: skip
        client.force_login(user)
        page = client.get(reverse("desk:today")).content.decode()
        assert (case.person.name in page) is is_seen

    @pytest.mark.parametrize(("who", "level", "is_seen"), WATCHERS)
    def test_the_tag_of_a_persons_page_gives_no_more(self, case, who, level, is_seen):
        request = RequestFactory().get("/")
        words = (
            "{% load cases_of %}{% open_case_of person as case %}{% if case %}{{ case.number }}{% endif %}"
        )
        context = Context({"user": who(protected(case, level)), "person": case.person, "request": request})
        assert (Template(words).render(context) == case.number) is is_seen
