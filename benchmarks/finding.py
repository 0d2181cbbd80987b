"""How long it takes to rank all services of one kind for somebody, and to calculate a round for many people.

    python -m benchmarks.finding --services 2000 --people 400
    DATABASE_URL=postgresql://… python -m benchmarks.finding     # an empty database

Invented services of one kind that all take the region of the client, with ages, rules, places and areas. By processor
time of this process: the list as its page makes it (all ranked, the first twenty explained), beside the same with every
one of them explained; then a placing round end to end, from asking who waits to the stored proposal, with its queries.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.cases import Office, prepare, said

GOAL_MS = 250
PAGE = 20
RULES = ("", "poor", "is_elderly AND NOT cared_for", "poor OR is_elderly", "household_size >= 5", "is_child")
FACTS = {"poor": True, "household_size": 4, "left_alone": True}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--services", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        office = Office(chosen.people)
        add_services(office, chosen.services)
        add_facts(office)
        is_met = the_list(office, chosen.rounds)
        the_round(office)
    return 0 if is_met else 1


def add_services(office: Office, count: int) -> None:
    """One kind, everywhere in the regency; a few bodies offer many, as they do."""
    from simpul.organisations.models import Organisation, ServedArea
    from simpul.services.models import Area, AtPlace, Place, Service

    pick = office.random
    bodies = [
        Organisation(name=f"LKS {number}", kind="lks", region="21.02.01.1001", province="21")
        for number in range(max(1, count // 8))
    ]
    services, places, at_places, areas = [], [], [], []
    for number in range(count):
        body, region = pick.choice(bodies), f"21.02.{pick.randrange(1, 10):02}.{pick.randrange(1001, 1006)}"
        service = Service(
            organisation=body, name=f"Layanan {number}", kind="livelihood", listing="open", region=region, province="21",
            need_types=["LUT"] if number % 3 == 0 else [], need_edition="permensos-8-2012", cost=pick.choice(("free", "tariff")),
            age_from=pick.choice((None, 18, 60)), sex=pick.choice(("", "", "", "L", "P")), rule=pick.choice(RULES),
            free=pick.choice((None, 0, 1, 1)), free_on=office.today, days_waiting=pick.choice((None, 3, 20, 90)),
            confirmed_on=office.today - timedelta(days=pick.randrange(150)), modified_at=office.now,
        )  # fmt: skip
        services.append(service)
        place = Place(
            organisation=body, region=region, latitude=pick.uniform(0.6, 1.2), longitude=pick.uniform(103.2, 103.6),
            accesses=["wheelchair"], modified_at=office.now,
        )  # fmt: skip
        places.append(place)
        at_places.append(AtPlace(service=service, place=place))
        if number % 2:
            areas.append(Area(service=service, code="21.02"))
    served = [ServedArea(organisation=body, code="21.02") for body in bodies]
    filled: Any = (
        (Organisation, bodies), (ServedArea, served), (Service, services), (Place, places), (AtPlace, at_places), (Area, areas),
    )  # fmt: skip
    for model, rows in filled:
        office.keep(model, rows)


def add_facts(office: Office) -> None:
    """What is known of everybody, and that all of them wait."""
    from simpul.cases.models import PlanStep
    from simpul.people.models import Fact

    rows = []
    for person in office.persons:
        for name, value in FACTS.items():
            kept = {"noted_at": office.ago(20), "noted_by": office.workers[0].pk, "noted_by_name": "Rekan 0"}
            row = Fact(person=person, state="known", source="self", valid_from=office.ago(20).date(), **kept)
            row.say(name, value)
            rows.append(row)
    office.keep(Fact, rows)
    PlanStep.objects.update(state="planned")


def the_list(office: Office, rounds: int) -> bool:
    """The list of one line of a plan, and the same with a reason for every service."""
    from simpul.cases.models import PlanStep
    from simpul.referrals.queries.finding import ranking

    related = ("case__person", "case__screening", "plan")
    step = PlanStep.objects.select_related(*related).filter(case=office.rows[1].pk).order_by("pk")[0]
    worker = office.workers[0]

    def page() -> Any:
        found = ranking(step, worker, office.today)
        return [row.reasons for row in found.shown(found.rows[:PAGE])]

    def every() -> Any:
        return [one.finding for one in ranking(step, worker, office.today).rows]

    asked = queries_of(page)
    first, all_of_them = (timed(work, rounds) for work in (page, every))
    print(f"services ranked: {len(every())}, {asked} queries")
    print(
        f"first {PAGE} explained:  {first:6.0f} ms of the processor (goal {GOAL_MS}: {said(first <= GOAL_MS)})"
    )
    print(f"every one explained: {all_of_them:6.0f} ms of the processor, ratio {all_of_them / first:.1f}")
    return first <= GOAL_MS


def the_round(office: Office) -> None:
    """Everybody who waits is placed at once, as the page does it."""
    from simpul.access.models import Grant, User
    from simpul.access.reach import Where
    from simpul.referrals.actions.placing import make_round
    from simpul.referrals.models import Placing

    user = User.objects.create(username="bench-round", name="Rekan penempatan")
    Grant.objects.create(
        user=user, role="case_supervisor", organisation=office.organisation, granted_at=office.now
    )
    # One line of each plan waits: a round is of people.
    from simpul.cases.models import PlanStep

    PlanStep.objects.exclude(order=1).update(state="done")
    found: list[Any] = []

    def calculate() -> None:
        where = Where(organisation=office.organisation, region="21.02")
        told = {"title": "Percobaan", "need_kind": "livelihood", "on": office.today, "at": office.now}
        found.append(make_round(where, by=user, key=uuid.uuid4(), **told))

    spent, began = time.process_time(), time.perf_counter()
    asked = queries_of(calculate)
    spent, whole = time.process_time() - spent, time.perf_counter() - began
    people = Placing.objects.filter(round=found[0]).count()
    placed = Placing.objects.filter(round=found[0], proposed__isnull=False).count()
    print(
        f"a round of {people} people, {placed} placed: {spent:.1f} s of the processor, {whole:.1f} s whole, {asked} queries"
    )


def timed(work: Callable[[], Any], rounds: int) -> float:
    """Milliseconds of the processor, the median; the first, which warms, is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def queries_of(work: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


if __name__ == "__main__":
    raise SystemExit(main())
