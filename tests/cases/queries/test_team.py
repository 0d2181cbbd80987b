import uuid
from datetime import timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.cases.actions.handover import accept, propose
from simpul.cases.actions.team import Minutes, Participant, add_member, end_member, hold_conference
from simpul.cases.models import Case, Office
from simpul.cases.queries.caseload import caseload, load_words, loads_of
from simpul.cases.queries.team import colleagues_of, conferences_of, home_of, panel, team_of
from tests.access import factories
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def joined(case, by, user, **details):
    return add_member(case, by=by, key=uuid.uuid4(), user=user.pk, **details, **when(70))


class TestPanel:
    def test_shows_who_is_there_that_day_and_what_waits(self, case, caseworker, supervisor):
        joined(case, caseworker, supervisor, until=TODAY)
        propose(case, by=caseworker, key=uuid.uuid4(), to=supervisor.pk, because="Pindah tugas", **when(80))
        assert [one.name for one in panel(case, caseworker, TODAY).members] == [
            "Rina Wulandari",
            "Pak Hamdan",
        ]
        assert len(panel(case, caseworker, TODAY + timedelta(days=1)).members) == 1
        assert panel(case, supervisor, TODAY).is_asked
        assert not panel(case, caseworker, TODAY).is_asked

    def test_asks_the_database_once(self, case, caseworker, django_assert_num_queries):
        with django_assert_num_queries(1):
            panel(case, caseworker, TODAY)


class TestTeamOf:
    def test_parts_who_left_from_who_is_there(self, case, caseworker, supervisor, stranger):
        end_member(joined(case, caseworker, supervisor), by=caseworker, **when(80))
        joined(case, caseworker, stranger, profession="nurse", roles=["broker"])
        team = team_of(case, TODAY)
        assert [one.name for one in team.former] == ["Pak Hamdan"]
        assert [(one.profession, one.roles) for one in team.standing][1] == ("Perawat", ("Penghubung",))


class TestConferencesOf:
    def test_name_who_took_part_only_to_those_who_read_words(self, case, caseworker, head):
        told = {
            "participants": (Participant("dr. Lina", "doctor"),),
            "discussed": "Obat",
            "decided": "Diantar",
        }
        minutes = Minutes(held_on=TODAY, **told)
        hold_conference(case, by=caseworker, key=uuid.uuid4(), minutes=minutes, **when(70))
        assert "dr. Lina" in conferences_of(case, caseworker)[0].participants[0]
        assert conferences_of(case, head)[0].participants == ()


class TestColleaguesOf:
    def test_are_those_who_can_work_on_it(
        self, case, caseworker, supervisor, head, officer, stranger, verifier
    ):
        found = {one.key for one in colleagues_of(case, Permission.CASE_MOVE)}
        assert found == {caseworker.pk, supervisor.pk, officer.pk}

    def test_count_the_team_and_nobody_outside_where_only_the_team_sees(
        self, case, caseworker, supervisor, stranger
    ):
        joined(case, caseworker, stranger)
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        case.refresh_from_db()
        found = {one.key for one in colleagues_of(case, Permission.CASE_MOVE)}
        assert found == {caseworker.pk, stranger.pk}


class TestHomeOf:
    def test_is_the_body_of_the_case_where_they_belong_to_it(self, case, supervisor, stranger, officer):
        factories.give(supervisor, "caseworker", organisation=factories.OTHER_ORGANISATION)
        assert home_of(supervisor, case) == case.organisation
        assert home_of(stranger, case) == factories.OTHER_ORGANISATION
        assert home_of(officer, case) is None


class TestCaseload:
    def cases(self, by, number, **changes):
        keys = [a_case(by).pk for _ in range(number)]
        Case.objects.filter(pk__in=keys).update(**changes)

    def test_counts_open_cases_by_model_beside_the_norm(self, caseworker, supervisor):
        self.cases(caseworker, 2, working_model="expanded_broker")
        self.cases(caseworker, 1, working_model="full_support")
        self.cases(caseworker, 1, stage="closed")
        (row,) = caseload(supervisor, TODAY)
        assert (row.name, row.open_cases, row.is_above) == ("Rina Wulandari", 3, False)
        assert row.by_model == (("Dukungan penuh", 1), ("Perantara layanan", 2))
        assert row.norm == round(3 / (2 / 40 + 1 / 15))

    def test_follows_the_norm_of_the_office(self, caseworker, supervisor, organisation):
        self.cases(caseworker, 2, working_model="full_support")
        norms = {"caseload__full_support": 1}
        Office.objects.create(
            organisation=organisation, norms=norms, changed_at=NOW, changed_by_name="Bu Salmah"
        )
        (row,) = caseload(supervisor, TODAY)
        assert (row.norm, row.is_above) == (1, True)

    def test_takes_the_setting_where_no_model_was_chosen(self, caseworker, supervisor):
        self.cases(caseworker, 1, setting="residential")
        assert [row.norm for row in caseload(supervisor, TODAY)] == [15]

    def test_tells_in_how_many_cases_somebody_stands_in(self, caseworker, supervisor):
        case = a_case(caseworker)
        a_case(supervisor)
        days = {"starts_on": TODAY, "until": TODAY + timedelta(days=5)}
        asked = propose(
            case, by=caseworker, key=uuid.uuid4(), to=supervisor.pk, because="Cuti tahunan", kind="cover", **days, **when(70)
        )  # fmt: skip
        accept(asked, by=supervisor, **when(80))
        assert {row.name: row.covered for row in caseload(supervisor, TODAY)} == {
            "Rina Wulandari": 0,
            "Pak Hamdan": 1,
        }
        assert not any(row.covered for row in caseload(supervisor, TODAY + timedelta(days=6)))

    def test_knows_nothing_of_another_body(self, stranger, supervisor):
        a_case(stranger)
        assert caseload(supervisor, TODAY) == ()

    def test_is_told_of_a_colleague_before_one_more_is_given(self, caseworker, supervisor, organisation):
        self.cases(caseworker, 2, working_model="full_support")
        loads = loads_of([caseworker.pk, supervisor.pk])
        assert load_words(loads.get(caseworker.pk)) == "2 kasus"
        assert load_words(loads.get(supervisor.pk)) == "belum ada kasus"
        norms = {"caseload__full_support": 2}
        Office.objects.create(
            organisation=organisation, norms=norms, changed_at=NOW, changed_by_name="Bu Salmah"
        )
        full = loads_of([caseworker.pk])[caseworker.pk]
        assert load_words(full) == "2 kasus, sudah penuh menurut norma 2"
