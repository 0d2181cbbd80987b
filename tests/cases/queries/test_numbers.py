import csv
import io
import uuid
from datetime import date, timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.cases.models import Case, Complaint, Ending, Goal, Satisfaction, Task
from simpul.cases.queries.caseload import caseload
from simpul.cases.queries.goals import attainment
from simpul.cases.queries.numbers import Scope, as_csv, cases_behind, label_of, parts_of, period_of
from simpul.cases.queries.numbers.lines import Figure, Line, Part
from simpul.cases.queries.numbers.measured import growth, opinions
from simpul.cases.queries.numbers.scope import areas_of, organisations_of
from simpul.cases.queries.plans import unmet_needs
from simpul.cases.stages import ENDED
from tests.access.factories import OTHER_ORGANISATION
from tests.cases.assessing import ALL_GOOD, OWN, WG, assessed, owned
from tests.cases.factories import a_case, moved
from tests.cases.goals import goal_of, scored
from tests.cases.queries.random_cases import Chance
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def scope_of(viewer, **asked):
    period = {"since": TODAY - timedelta(days=200), "until": TODAY - timedelta(days=20)}
    return Scope(viewer, TODAY, **(period | asked))


def this_year(viewer, **asked):
    return scope_of(viewer, since=date(2026, 1, 1), until=TODAY, **asked)


def part(scope, code, instrument=""):
    (found,) = parts_of(scope, instrument, only=code)
    return found


def told(scope, code, instrument=""):
    """The figures of a part by the names of its lines."""
    lines = part(scope, code, instrument).lines
    return {line.title: tuple(figure.cases for figure in line.figures) for line in lines}


@pytest.fixture
def chance(caseworker, supervisor):
    return Chance(7, [caseworker, supervisor])


class TestEveryNumber:
    @pytest.mark.slow
    @pytest.mark.parametrize("seed", [1, 2, 3])
    @pytest.mark.parametrize("role", ["caseworker", "supervisor", "head", "officer", "stranger"])
    def test_is_the_length_of_its_list(self, caseworker, supervisor, request, seed, role):
        Chance(seed, [caseworker, supervisor]).cases(25)
        viewer = request.getfixturevalue(role)
        reached = set(Case.objects.reachable(viewer, Permission.CASE_VIEW).values_list("pk", flat=True))
        for found in parts_of(scope_of(viewer)):
            for figure in (figure for line in found.lines for figure in line.figures if found.has_list):
                keys = cases_behind(scope_of(viewer), found.code, figure.group)
                assert len(set(keys)) == len(keys) == figure.cases
                assert set(keys) <= reached

    def test_leads_nowhere_for_a_part_that_does_not_exist(self, caseworker):
        with pytest.raises(KeyError):
            cases_behind(scope_of(caseworker), "salary", "")


class TestParts:
    """Each number beside the same counted by hand, one case after the other."""

    @pytest.fixture
    def reached(self, chance, supervisor):
        chance.cases(40)
        return list(Case.objects.reachable(supervisor, Permission.CASE_VIEW))

    def behind(self, scope, code, group):
        return set(cases_behind(scope, code, group))

    def test_stages_are_of_running_cases(self, reached, supervisor):
        scope = scope_of(supervisor)
        running = [case for case in reached if case.stage not in ENDED]
        assert len(self.behind(scope, "stage", "")) == len(running)
        for case in running:
            assert case.pk in self.behind(scope, "stage", case.stage)

    def test_opened_and_ended_are_of_the_period(self, reached, supervisor):
        scope = scope_of(supervisor)

        def within(day):
            return day is not None and scope.since <= day <= scope.until

        assert self.behind(scope, "flow", "") == {case.pk for case in reached if within(case.opened_on)}
        assert self.behind(scope, "reason", "") == {case.pk for case in reached if within(case.closed_on)}

    def test_reasons_add_up_to_all_that_ended(self, reached, supervisor):
        lines = part(scope_of(supervisor), "reason").lines
        assert lines[0].figures[0].cases == sum(line.figures[0].cases for line in lines[1:]) > 0

    def test_overdue_are_the_tasks_that_are_overdue_everywhere(self, reached, supervisor):
        scope = scope_of(supervisor)
        late = Task.objects.overdue(TODAY).filter(case__in=[case.pk for case in reached])
        whole = part(scope, "overdue").lines[0]
        assert dict(whole.measures)["rows"] == late.count() > 0
        assert self.behind(scope, "overdue", "") == {task.case_id for task in late}

    def test_needs_without_service_are_those_of_the_plans(self, reached, supervisor):
        rows = unmet_needs(supervisor, "", TODAY)
        lines = part(scope_of(supervisor), "unmet").lines
        counted = {line.figures[0].group: dict(line.measures)["rows"] for line in lines[1:]}
        assert counted == {row.service_kind: row.steps for row in rows} != {}

    def test_load_is_that_of_the_page_of_loads(self, reached, supervisor):
        loads = {str(load.worker): load.open_cases for load in caseload(supervisor, TODAY)}
        lines = part(scope_of(supervisor), "worker").lines
        assert {line.figures[0].group: line.figures[0].cases for line in lines} == loads != {}

    def test_change_of_goals_is_that_of_each_case(self, reached, supervisor):
        scope = scope_of(supervisor)
        ended = {case.pk: case for case in reached if case.pk in self.behind(scope, "reason", "")}
        risen = {key for key, case in ended.items() if (attainment(case, scope.until).change or 0) > 0}
        assert self.behind(scope, "growth", "better") == risen
        assert self.behind(scope, "growth", "") == set(ended)


class TestWorkers:
    def test_shows_those_without_a_team_only_themselves(self, caseworker, supervisor):
        a_case(caseworker), a_case(supervisor)
        assert told(scope_of(caseworker), "worker") == {"Rina Wulandari": (1,)}
        assert told(scope_of(supervisor), "worker") == {"Rina Wulandari": (1,), "Pak Hamdan": (1,)}


class TestTimeInStage:
    def stand(self, by, *days):
        for number in days:
            Case.objects.filter(pk=a_case(by).pk).update(stage_since=TODAY - timedelta(days=number))

    def test_tells_the_middle_and_the_range(self, caseworker):
        self.stand(caseworker, 1, 2, 4, 30, 400)
        (_whole, line) = part(scope_of(caseworker), "stage").lines
        assert line.words == "nilai tengah 4 hari, 1 sampai 400 hari"
        assert dict(line.measures)["median_days"] == 4

    def test_says_nothing_of_fewer_than_five(self, caseworker):
        self.stand(caseworker, 1, 2, 4, 30)
        (_whole, line) = part(scope_of(caseworker), "stage").lines
        assert line.words == "lamanya: terlalu sedikit untuk dikatakan"
        assert {value for _name, value in line.measures} == {None}


class TestReasons:
    @pytest.mark.parametrize(
        ("stage", "reason", "completed_at", "title"),
        [
            ("died", None, None, "Meninggal dunia"),
            ("closed", "moved_away", NOW, "Pindah tempat tinggal"),
            ("closed", "moved_away", None, "alasan tidak dicatat"),
            ("left", "goals_reached", NOW, "Tujuan tercapai"),
        ],
    )
    def test_come_from_the_completed_ending_before_the_stage(
        self, caseworker, stage, reason, completed_at, title
    ):
        case = a_case(caseworker)
        Case.objects.filter(pk=case.pk).update(stage=stage, closed_on=TODAY)
        if reason:
            kept = {"reason": reason, "completed_at": completed_at, "on": TODAY}
            Ending.objects.create(case=case, at=NOW, by_name="Rina", **kept)
        assert told(this_year(caseworker), "reason") == {"Berakhir": (1,), title: (1,)}


class TestGoals:
    def test_are_reached_from_the_expected_level_on(self, caseworker):
        case = a_case(caseworker)
        for level in (-1, 0, 2, None):
            goal = goal_of(case, caseworker)
            if level is not None:
                scored(goal, caseworker, level, moment="final")
        Goal.objects.filter(number=4).update(state="dropped", ended_on=TODAY)
        goal_of(case, caseworker)
        Case.objects.update(stage="closed", closed_on=TODAY)
        lines = part(this_year(caseworker), "goals").lines
        assert [line.words for line in lines] == ["2 tujuan", "1 tujuan", "1 tujuan", "1 tujuan"]

    def test_of_a_running_case_that_are_not_over_are_not_counted(self, caseworker):
        scored(goal_of(a_case(caseworker), caseworker), caseworker, 2, moment="final")
        assert told(this_year(caseworker), "goals") == {}


class TestGrowth:
    @pytest.mark.parametrize(("number", "mean"), [(9, None), (10, pytest.approx(20.0))])
    def test_tells_no_mean_of_fewer_than_ten(self, caseworker, number, mean):
        for _ in range(number):
            goal = goal_of(a_case(caseworker), caseworker)
            scored(goal, caseworker, -1, moment="baseline")
            scored(goal, caseworker, 1, moment="final", minutes=120)
        Case.objects.update(stage="closed", closed_on=TODAY)
        found = growth(this_year(caseworker))
        assert (found.number, found.mean) == (number, mean)


class TestChange:
    def test_tells_who_changed_by_more_than_error(self, caseworker, supervisor):
        owned(supervisor)
        answers = {"better": ALL_GOOD, "same": {"tidur": 1, "cemas": 3, "lelah": 3}}
        for again in answers.values():
            case = a_case(caseworker)
            assessed(case, caseworker, OWN, {"tidur": 1, "cemas": 3, "lelah": 3})
            assessed(case, caseworker, OWN, again, days=90)
        later = TODAY + timedelta(days=100)
        scope = Scope(supervisor, later, TODAY + timedelta(days=1), later)
        assert told(scope, f"change:{OWN}", OWN) == {
            "Hidup sehari-hari": (1, 1, 0, 0),
            "Beban": (1, 1, 0, 0),
        }
        assert len(cases_behind(scope, f"change:{OWN}", "hidup~better")) == 1

    def test_cannot_be_said_without_a_measured_reliability(self, caseworker):
        case = a_case(caseworker)
        assessed(case, caseworker, WG), assessed(case, caseworker, WG, days=90)
        scope = Scope(caseworker, TODAY + timedelta(days=100), TODAY, TODAY + timedelta(days=100))
        assert set(told(scope, f"change:{WG}", WG).values()) == {(0, 0, 0, 1)}

    def test_is_only_of_instruments_used_again_in_the_period(self, caseworker):
        assessed(a_case(caseworker), caseworker, WG)
        assert [found.code for found in parts_of(this_year(caseworker), WG) if "change" in found.code] == []


class TestOpinions:
    @pytest.mark.parametrize(("number", "mean"), [(4, None), (5, 3.5)])
    def test_tell_no_mean_of_fewer_than_five(self, chance, supervisor, number, mean):
        for case in chance.cases(number):
            Satisfaction.objects.filter(case=case).delete()
            for days, score in ((9, 1.0), (3, 3.5)):
                chance.said(case, score, TODAY - timedelta(days=days))
        Case.objects.update(organisation=chance.person.organisation, confidentiality="ordinary")
        (held,) = opinions(this_year(supervisor)).values()
        assert (len(held.cases), held.mean) == (number, mean)

    def test_count_only_those_who_said_enough(self, chance, supervisor):
        case = chance.case(1)
        Satisfaction.objects.all().delete()
        Case.objects.update(organisation=chance.person.organisation, confidentiality="ordinary")
        chance.said(case, None, TODAY)
        assert opinions(this_year(supervisor)) == {}


class TestComplaints:
    def received(self, organisation, *, due_on=TODAY, answered_at=None):
        Complaint.objects.create(
            organisation=organisation,
            code_index=b"x",
            received_at=NOW,
            due_on=due_on,
            answered_at=answered_at,
        )

    def test_tell_which_were_answered_in_time(self, supervisor, organisation):
        yesterday = TODAY - timedelta(days=1)
        for answered_at in (NOW, None):
            for due_on in (TODAY, yesterday):
                self.received(organisation, due_on=due_on, answered_at=answered_at)
        self.received(OTHER_ORGANISATION)
        assert told(this_year(supervisor), "complaints") == {
            "Semua yang diterima": (4,),
            "Dijawab tepat waktu": (1,),
            "Dijawab terlambat": (1,),
            "Menunggu, belum lewat batas waktu": (1,),
            "Menunggu, sudah lewat batas waktu": (1,),
        }

    def test_are_not_for_who_does_not_receive_them(self, caseworker, organisation):
        self.received(organisation)
        assert parts_of(this_year(caseworker), only="complaints") == ()


class TestScope:
    @pytest.mark.parametrize(
        ("region", "number"), [("", 1), ("21.02", 1), ("21.02.01", 1), ("21.02.0", 0), ("31", 0)]
    )
    def test_keeps_to_an_area(self, caseworker, region, number):
        a_case(caseworker)
        assert scope_of(caseworker, region=region).cases().count() == number

    def test_keeps_to_an_organisation(self, caseworker, officer):
        case = a_case(caseworker)
        assert scope_of(officer, organisation=case.organisation).cases().count() == 1
        assert scope_of(officer, organisation=uuid.uuid4()).cases().count() == 0

    def test_offers_only_where_there_are_cases_in_reach(self, caseworker, stranger):
        a_case(caseworker)
        assert [code for code, _name in areas_of(caseworker)] == ["21.02", "21.02.01"]
        assert areas_of(stranger) == organisations_of(stranger) == ()


class TestPeriodOf:
    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            ("month", date(2026, 11, 1), TODAY),
            ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
            ("quarter", date(2026, 10, 1), TODAY),
            ("last_quarter", date(2026, 7, 1), date(2026, 9, 30)),
            ("year", date(2026, 1, 1), TODAY),
            ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ],
    )
    def test_begins_and_ends(self, period, first, last):
        assert period_of(period, TODAY) == (first, last)


class TestLabelOf:
    def test_names_a_figure_and_the_whole(self, caseworker):
        case = moved(a_case(caseworker), caseworker, "assessment")
        parts = parts_of(scope_of(caseworker))
        assert label_of(parts, "stage", case.stage) == ("Tahap, dan lamanya", "Asesmen")
        assert label_of(parts, "stage", "") == ("Tahap, dan lamanya", "Semua yang berjalan")
        assert label_of(parts, "salary", "") == ("", "")


class TestAsCsv:
    def test_has_a_row_for_every_figure(self):
        line = Line("=cmd()", (Figure("a", 3), Figure("b", 0)), "-1")
        made = as_csv([Part("x", "Tahap", "Apa?", ("Naik", "Turun"), (line,))], [("Masa", "2026")])
        rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
        assert rows[0] == ["Masa", "2026"]
        assert rows[3:] == [
            ["Tahap", "'=cmd()", "Naik", "3", "'-1", "Apa?"],
            ["Tahap", "'=cmd()", "Turun", "0", "'-1", "Apa?"],
        ]
