"""Two workers change the same row at once: the first is kept, the second is told both values, and nothing is lost.

Two hundred pairs over every action that carries a version, always the same ones.
"""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import Clash
from simpul.cases.actions import describe
from simpul.cases.actions.around import About, add_concerned, edit_concerned
from simpul.cases.actions.assessments import save_draft
from simpul.cases.actions.goals import edit_goal
from simpul.cases.actions.office import set_norms
from simpul.cases.actions.plan_steps import edit_step
from simpul.cases.actions.plans import write_crisis_plan
from simpul.cases.actions.privacy import protect
from simpul.cases.actions.tasks import edit_task
from simpul.cases.actions.team import add_member, change_member
from simpul.cases.actions.voice import note_wishes
from simpul.cases.models import Office
from simpul.cases.queries.assessments import said_answer
from simpul.cases.queries.description import Description
from simpul.cases.queries.ending import reason_name
from simpul.cases.queries.plans import kind_name
from simpul.cases.queries.privacy import level_words
from simpul.cases.queries.team import mark_of, title
from simpul.catalogue import casework, instruments
from simpul.screening.stages import Urgency
from simpul.ui.templatetags.ui import rupiah
from tests.access.factories import user_with
from tests.cases import assessing, endings, goals, plans
from tests.cases.contacts_factories import opened, tasked
from tests.screening.factories import TODAY, when

PAIRS = 17
SEED = 20261122
Values = dict[str, Any]


@dataclass(frozen=True)
class Contest:
    """One action with a version: how it is called, what may be typed, and how each value is told."""

    row: Any
    write: Callable[..., Any]
    held: Callable[[Any], Values]
    choices: Mapping[str, Callable[[random.Random], Any]]
    said: Mapping[str, Callable[[Any], str]]
    version: Callable[[Any], Any] = lambda row: row.version

    def fresh(self) -> Any:
        return type(self.row)._default_manager.get(pk=self.row.pk)

    def told(self, name: str, value: Any) -> str:
        return self.said.get(name, str)(value)


# --- what may be typed ---


def words(dice: random.Random) -> str:
    """A sentence that no other holds."""
    return f"{dice.choice(['Ingin', 'Mau', 'Sudah', 'Belum'])} {dice.choice(['berjualan', 'belajar', 'pulang'])} {dice.getrandbits(40):010x}"


def day(dice: random.Random) -> Any:
    return TODAY + timedelta(days=dice.randint(1, 300))


def one_of(*values: Any) -> Callable[[random.Random], Any]:
    return lambda dice: dice.choice(values)


def said_day(value: Any) -> str:
    return f"{value:%d-%m-%Y}"


def yes_no(value: bool) -> str:
    return "ya" if value else "tidak"


def picked(*names: str) -> Callable[[Any], Values]:
    """These values of a row, as they would be typed again; nothing is typed as an empty text."""
    return lambda row: {name: getattr(row, name) if getattr(row, name) is not None else "" for name in names}


# --- the contests ---


def of_goal(case, by, other) -> Contest:
    return Contest(
        goals.goal_of(case, by),
        lambda row, who, version, typed: edit_goal(row, by=who, version=version, **typed, **when(200)),
        picked("words", "term", "criterion", "target_on", "priority", "weight", "levels"),
        {
            "words": words,
            "criterion": words,
            "target_on": day,
            "priority": one_of(1, 2, 3),
            "weight": one_of(*range(1, 11)),
            "term": one_of("short", "long"),
        },
        {"target_on": said_day, "term": {"short": "Jangka pendek", "long": "Jangka panjang"}.__getitem__},
    )


def of_step(case, by, other) -> Contest:
    return Contest(
        plans.step_of(plans.plan_of(case, by), by),
        lambda row, who, version, typed: edit_step(row, by=who, version=version, **typed, **when(200)),
        picked("need", "service_kind", "action", "provider", "due_on", "cost", "alternatives"),
        {
            "need": words,
            "action": words,
            "provider": words,
            "due_on": day,
            "cost": lambda dice: dice.randint(1, 9_000_000),
            "service_kind": one_of("food", "shelter", "health", "schooling"),
        },
        {"due_on": said_day, "cost": rupiah, "service_kind": kind_name},
    )


def of_concerned(case, by, other) -> Contest:
    about = About(name="Bu Jamilah", relation="tetangga")
    names = ("name", "relation", "phone", "sex", "born_year", "is_guardian", "lives_with_client")
    return Contest(
        add_concerned(case, by=by, key=uuid.uuid4(), about=about, **when(100)),
        lambda row, who, version, typed: edit_concerned(
            row, by=who, version=version, about=About(**(typed | {"born_year": typed["born_year"] or None})), **when(200)
        ),
        picked(*names),
        {
            "name": words,
            "relation": words,
            "phone": lambda dice: f"08{dice.getrandbits(30)}",
            "born_year": lambda dice: dice.randint(1940, 2020),
            "is_guardian": one_of(True, False),
            "lives_with_client": one_of(True, False),
        },
        {"is_guardian": yes_no, "lives_with_client": yes_no},
    )  # fmt: skip


def of_task(case, by, other) -> Contest:
    names = {by.pk: str(by), other.pk: str(other)}
    return Contest(
        tasked(case, by),
        lambda row, who, version, typed: edit_task(row, by=who, version=version, on=TODAY, **typed),
        picked("words", "due_on", "worker"),
        {"words": words, "worker": one_of(by.pk, other.pk)},
        {"worker": names.__getitem__},
    )


def of_assessment(case, by, other) -> Contest:
    instrument = instruments.get(assessing.WG)
    asked = ("walking", "seeing", "hearing")
    texts = ("client_view", "family_view", "observed", "strengths", "conclusion")

    def write(row, who, version, typed):
        answers = {code: typed[code] for code in asked if typed[code]}
        kept = {name: typed[name] for name in (*texts, "sources")}
        moment = assessing.when(0, 200)
        return save_draft(row, by=who, version=version, held_on=TODAY, answers=answers, **kept, **moment)

    def held(row):
        return picked(*texts, "sources")(row) | {code: (row.answers or {}).get(code, "") for code in asked}

    return Contest(
        assessing.begun(case, by),
        write,
        held,
        dict.fromkeys(texts, words) | {code: one_of(1, 2, 3, 4) for code in asked},
        {code: lambda value, code=code: said_answer(instrument, code, value) for code in asked},
    )


def of_ending(case, by, other) -> Contest:
    texts = ("effect", "statement", "handed_to", "follow_up_words")
    return Contest(
        endings.begun(case, by),
        lambda row, who, version, typed: endings.saved(row, who, version=version, **typed),
        picked("reason", *texts),
        dict.fromkeys(texts, words)
        | {"reason": one_of("goals_reached", "own_wish", "moved_away", "referred_out")},
        {"reason": reason_name},
    )


def of_description(case, by, other) -> Contest:
    entries = {entry.code: str(entry.title) for entry in (*casework.working_models(), *casework.settings())}
    described = Description(
        kind="group", group_name="Kelompok Melati", working_model="full_support", setting="community"
    )
    return Contest(
        describe(case, by=by, version=case.version, described=described, **when(199)),
        lambda row, who, version, typed: describe(
            row, by=who, version=version, described=Description(kind="group", **typed), **when(200)
        ),
        picked("group_name", "working_model", "setting", "summary", "urgency"),
        {
            "group_name": words,
            "summary": words,
            "urgency": one_of(*Urgency.values),
            "working_model": one_of(*(model.code for model in casework.working_models())),
            "setting": one_of("community", "residential"),
        },
        {
            "working_model": entries.__getitem__,
            "setting": entries.__getitem__,
            "urgency": lambda code: str(Urgency(code).label),
        },
    )


def of_protection(case, by, other) -> Contest:
    return Contest(
        case,
        lambda row, who, version, typed: protect(
            row, by=who, version=version, because="Diminta orangnya", level=typed["confidentiality"], **when(200)
        ),
        picked("confidentiality"),
        {"confidentiality": one_of("ordinary", "restricted", "highly_restricted")},
        {"confidentiality": level_words},
    )  # fmt: skip


def of_norms(case, by, other) -> Contest:
    where = Where(organisation=case.organisation)
    office = set_norms(where, by=by, at=when()["at"], version=0, own={"reassess_days": 60})
    names = ("reassess_days", "advocate_days", "service_check_days", "no_contact_days")
    norms = {norm.key: norm.value for norm in casework.norm_entries()}
    return Contest(
        office,
        lambda row, who, version, typed: set_norms(where, by=who, at=when(200)["at"], version=version, own=typed),
        lambda row: {name: Office.objects.get(pk=row.pk).norms.get(name, norms[name]) for name in names},
        {name: lambda dice: dice.randint(31, 89) for name in names},
        {},
    )  # fmt: skip


def of_crisis_plan(case, by, other) -> Contest:
    return Contest(
        plans.plan_of(case, by),
        lambda row, who, version, typed: write_crisis_plan(
            row, by=who, version=version, words=typed["crisis"], **when(200)
        ),
        picked("crisis"),
        {"crisis": words},
        {},
    )


def of_wishes(case, by, other) -> Contest:
    return Contest(
        case,
        lambda row, who, version, typed: note_wishes(row, by=who, version=version, **typed, **when(200)),
        picked("wishes"),
        {"wishes": words},
        {},
    )


def of_member(case, by, other) -> Contest:
    return Contest(
        add_member(
            case,
            by=by,
            key=uuid.uuid4(),
            called="Ns. Fitri",
            profession="nurse",
            roles=["broker"],
            **when(100),
        ),
        lambda row, who, version, typed: change_member(
            row, by=who, seen=version, on=TODAY, profession=typed["profession"], roles=[typed["roles"]]
        ),
        lambda row: {"profession": row.profession, "roles": row.roles[0]},
        {
            "profession": one_of("nurse", "doctor", "lawyer", "teacher"),
            "roles": one_of("broker", "planner", "therapist"),
        },
        {"profession": lambda code: title("professions", code), "roles": lambda code: title("roles", code)},
        mark_of,
    )


CONTESTS = [
    of_goal, of_step, of_concerned, of_task, of_assessment, of_ending, of_description, of_protection, of_norms,
    of_crisis_plan, of_wishes, of_member,
]  # fmt: skip


# --- two at once ---


@pytest.fixture
def other(db, organisation, supervisor):
    return user_with("case_supervisor", organisation=organisation, name="Bu Ratna")


def made(contest: Callable[..., Contest], by: Any, other: Any) -> Contest:
    case = opened(by)
    add_member(case, by=by, key=uuid.uuid4(), user=other.pk, **when(80))
    return contest(type(case).objects.get(pk=case.pk), by, other)


def changed(contest: Contest, dice: random.Random, base: Values, unlike: Values) -> Values:
    """Some of the values changed, so that all in all it is neither what stood there nor `unlike`."""
    while True:
        names = dice.sample(sorted(contest.choices), dice.randint(1, len(contest.choices)))
        typed = base | {name: contest.choices[name](dice) for name in names}
        if typed not in (base, unlike):
            return typed


def everything() -> dict[str, list[Any]]:
    """Every row of every table of cases, as the database holds it, and how much was recorded."""
    tables = {
        model.__name__: sorted(map(repr, model._default_manager.order_by().values_list()))
        for model in apps.get_app_config("cases").get_models()
    }
    return tables | {"events": [Event.objects.count()]}


@pytest.mark.parametrize("contest", CONTESTS, ids=lambda contest: contest.__name__)
class TestTwoWorkers:
    @pytest.mark.slow
    def test_keep_the_first_and_tell_the_second_both(self, contest, supervisor, other):
        dice, contest = random.Random(f"{SEED} {contest.__name__}"), made(contest, supervisor, other)
        for _number in range(PAIRS):
            read = contest.fresh()
            base, version = contest.held(read), contest.version(read)
            first = changed(contest, dice, base, base)
            second = changed(contest, dice, base, first)
            contest.write(read, supervisor, version, first)
            kept = everything()
            with pytest.raises(Clash) as clash:
                contest.write(read, other, version, second)
            assert everything() == kept
            held = contest.held(contest.fresh())
            assert {name: held[name] for name in contest.choices} == only(contest, first)
            for name in contest.choices:
                if first[name] != second[name]:
                    assert contest.told(name, first[name]) in clash.value.theirs or not first[name]
                    assert contest.told(name, second[name]) in clash.value.mine or not second[name]

    def test_lets_the_second_save_after_reading(self, contest, supervisor, other):
        dice, contest = random.Random(SEED), made(contest, supervisor, other)
        read = contest.fresh()
        base, version = contest.held(read), contest.version(read)
        first = changed(contest, dice, base, base)
        second = changed(contest, dice, base, first)
        contest.write(read, supervisor, version, first)
        now = contest.fresh()
        contest.write(now, other, contest.version(now), second)
        held = contest.held(contest.fresh())
        assert {name: held[name] for name in contest.choices} == only(contest, second)


def only(contest: Contest, typed: Values) -> Values:
    return {name: typed[name] for name in contest.choices}


class TestPairs:
    def test_are_two_hundred(self):
        assert len(CONTESTS) * PAIRS >= 200


# --- truly at the same moment ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "contest", [of_goal, of_step, of_task, of_description, of_norms], ids=lambda contest: contest.__name__
)
class TestTwoThreads:
    def test_let_one_of_both_through(self, contest, supervisor, other):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one writer in at a time; two at once are tried on PostgreSQL.")
        dice, contest = random.Random(SEED), made(contest, supervisor, other)
        for _number in range(5):
            read = contest.fresh()
            base, version = contest.held(read), contest.version(read)
            first = changed(contest, dice, base, base)
            second = changed(contest, dice, base, first)
            came = both_at_once(
                lambda typed=first, read=read, version=version: contest.write(
                    read, supervisor, version, typed
                ),
                lambda typed=second, read=read, version=version: contest.write(read, other, version, typed),
            )
            assert sorted(type(one).__name__ == "Clash" for one in came) == [False, True]
            through = second if isinstance(came[0], Clash) else first
            held = contest.held(contest.fresh())
            assert {name: held[name] for name in contest.choices} == only(contest, through)


def both_at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What came of each, started at the same moment on connections of their own: a result or a clash."""
    ready, came = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int) -> None:
        try:
            ready.wait(10)
            came[number] = calls[number]()
        except Clash as clash:
            came[number] = clash
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came
