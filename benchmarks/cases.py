"""How long the page of a case takes with 20,000 cases in the database and eight people at work.

    python -m benchmarks.cases --cases 20000
    DATABASE_URL=postgresql://… python -m benchmarks.cases --cases 20000     # an empty database

Makes invented people and cases by bulk inserts (members, moves, notes, tasks, goals with scores, plans with
steps; screenings and assessments for those that are opened), then measures through the whole stack, without a
network: how many queries a first and a repeated view make and the size compressed, by one person alone; then
eight people, each in a thread with a connection of its own, in as many processes as `simpul serve` starts. Once
without any pause, which is what the machine can bear, and once with a second between a person's pages.
`--show-queries` prints what a repeated view asks the database.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import os
import random
import statistics
import tempfile
import threading
import time
import uuid
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import django

OPENED, WORKERS, TOGETHER = 400, 40, 8
GOAL_MS, GOAL_QUERIES, GOAL_KB = 100, 12, 20
WORDS = "Ditemui di rumah bersama keluarga. Obat masih ada, beras tinggal sedikit, anak kembali bersekolah. "
LEVELS = {str(level): f"Berjualan {level + 3} hari seminggu" for level in range(-2, 3)}
BATCH = 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--show-queries", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        office = Office(arguments.cases)
        office.alone(show_queries=arguments.show_queries)
        for pause in (0.0, 1.0):
            together(office, arguments.processes, arguments.seconds, pause)


def prepare() -> None:
    """Django as it runs, without a look-up of host names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


class Office:
    """One organisation with many cases, written straight into its tables."""

    def __init__(self, count: int) -> None:
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection
        from django.utils import timezone

        self.random, self.count, self.now = random.Random(7), count, timezone.now()
        self.today = timezone.localdate(self.now)
        self.sealed: dict[Any, bytes] = {}
        started = time.perf_counter()
        call_command("migrate", verbosity=0)
        self.users()
        self.people()
        self.cases()
        for fill in (self.team, self.moves, self.notes, self.tasks, self.goals, self.plans, self.measured):
            fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.opened = [case.pk for case in self.rows[:OPENED]]
        engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
        print(f"{count} cases on {engine} in {time.perf_counter() - started:.0f} s", flush=True)

    # --- filling ---

    def users(self) -> None:
        from simpul.access.gate import THE_MACHINE
        from simpul.access.models import Grant, User
        from simpul.access.reach import Where
        from simpul.places.actions import load_regions

        load_regions(Where(), by=THE_MACHINE)
        self.organisation = uuid.uuid4()
        self.workers = [User(username=f"bench-{number}", name=f"Rekan {number}") for number in range(WORKERS)]
        for user in self.workers:
            user.set_unusable_password()
        User.objects.bulk_create(self.workers)
        Grant.objects.bulk_create(
            Grant(user=user, role="caseworker", organisation=self.organisation, granted_at=self.now)
            for user in self.workers
        )

    def people(self) -> None:
        from simpul.people.models import Consent, Household, Person

        homes = [self.at_home(Household) for _ in range(self.count)]
        self.persons = [
            self.at_home(
                Person, household=home, name=f"Orang {number}", name_key=f"orang{number}", sex="P", regency="21.02",
                nik_absent_because="none_yet", registered_by=self.workers[0].pk, born_year=1954,
            )
            for number, home in enumerate(homes)
        ]  # fmt: skip
        self.keep(Household, homes)
        self.keep(Person, self.persons)
        consents = []
        for person in self.persons:
            consent = Consent(
                person=person, organisation=self.organisation, region=person.region, purpose="screening",
                basis="public_service", given_at=self.ago(300), given_on=self.ago(300).date(),
                recorded_by=self.workers[0].pk, recorded_by_name="Rekan 0",
            )  # fmt: skip
            consent.basis_because = "Data percobaan"
            consents.append(consent)
        self.keep(Consent, consents)

    def at_home(self, model: Any, **details: Any) -> Any:
        region = f"21.02.{self.random.randrange(1, 10):02}.{self.random.randrange(1001, 1006)}"
        where = {"organisation": self.organisation, "region": region, "province": "21"}
        return model(registered_at=self.ago(300), **where, **details)

    def cases(self) -> None:
        from simpul.cases.models import Case
        from simpul.cases.stages import ENDED, Stage
        from simpul.screening.models import Screening

        screenings = self.screenings(Screening)
        stages = [*list(Stage), *[Stage.MONITORING] * 12]
        self.rows = []
        for number, person in enumerate(self.persons):
            opened, worker = self.ago(self.random.randrange(200, 290)), self.random.choice(self.workers)
            stage = Stage.MONITORING if number < OPENED else self.random.choice(stages)
            case = Case(
                number=f"{self.today:%Y}-{number}", person=person, organisation=self.organisation, region=person.region,
                province="21", series=str(self.organisation), stage=stage, opened_at=opened, opened_on=opened.date(),
                worker=worker.pk, worker_name=str(worker), stage_since=self.ago(30).date(), working_model="full_support",
                closed_on=self.ago(30).date() if stage in ENDED else None, last_contact_on=self.ago(3).date(),
            )  # fmt: skip
            case.summary = "Ibu ini ingin kembali berjualan kue dan tidak makan sendirian lagi."
            case.screening = screenings[number] if number < OPENED else None
            case.need_types = self.needs if case.screening else []
            self.rows.append(case)
        self.keep(Case, self.rows)
        self.seen = {case.pk for case in self.rows[:OPENED]}

    def screenings(self, model: Any) -> list[Any]:
        """One interview, decided the way a worker does, copied for every case that will be opened."""
        from simpul.screening import actions

        once = {"by": self.workers[0], "on": self.today, "at": self.ago(290)}
        held = actions.finish(actions.start(self.persons[0], key=uuid.uuid4(), **once), **once)
        facts, findings = held.facts, held.findings
        kept = {field.attname: getattr(held, field.attname) for field in model._meta.concrete_fields}
        self.needs = sorted(findings)[:3] if isinstance(findings, dict) else []
        rows = []
        for person in self.persons[1:OPENED]:
            row = model(**(kept | {"id": uuid.uuid4(), "person_id": person.pk}))
            row.facts, row.findings = facts, findings
            rows.append(row)
        self.keep(model, rows)
        return [held, *rows]

    def seal(self, row: Any, **words: Any) -> None:
        """Seal the words of what will be opened; all others get the bytes of the first, which only take their room."""
        for name, said in words.items():
            column, place = f"{name}_sealed", (type(row), name)
            if row.case_id in self.seen or place not in self.sealed:
                setattr(row, name, said)
                self.sealed.setdefault(place, getattr(row, column))
            else:
                setattr(row, column, self.sealed[place])

    def of(self, case: Any, days: int, **details: Any) -> dict[str, Any]:
        return {"case": case, "at": self.ago(days), "by": case.worker, "by_name": case.worker_name, **details}

    def team(self) -> None:
        from simpul.cases.models import CaseMember

        rows = []
        for case in self.rows:
            others = [user for user in self.random.sample(self.workers, 2) if user.pk != case.worker][:1]
            team = [(case.worker, case.worker_name), *((user.pk, str(user)) for user in others)]
            for place, (user, name) in enumerate(team):
                kept = {"organisation": self.organisation, "since": case.opened_on, "roles": ["broker"]}
                rows.append(
                    CaseMember(**self.of(case, 200, user=user, name=name, is_manager=place == 0, **kept))
                )
        self.keep(CaseMember, rows)

    def moves(self) -> None:
        from simpul.cases.models import StageMove

        way = ("intake", "assessment", "planning", "linking")
        self.keep(
            StageMove,
            [
                StageMove(**self.of(case, 190 - 20 * place, stage_from=start, stage_to=to))
                for case in self.rows
                for place, (start, to) in enumerate(pairwise(way))
            ],
        )

    def notes(self) -> None:
        from simpul.cases.models import Note

        rows = []
        for case in self.rows:
            for days in range(5, 155, 15):
                note = Note(**self.of(case, days, on=self.ago(days).date(), kind="visit", minutes=40))
                self.seal(note, words=WORDS * 2, next_step="Bawa buku catatan")
                rows.append(note)
        self.keep(Note, rows)

    def tasks(self) -> None:
        from simpul.cases.models import Task

        rows = []
        for case in self.rows:
            for days in (-20, 3, 10):
                due_on = self.today + timedelta(days=days)
                kept = {"due_on": due_on, "first_due_on": due_on, "worker": case.worker, "kind": "visit"}
                task = Task(**self.of(case, 25, state="done" if days < 0 else "open", **kept))
                self.seal(task, words="Antar ke puskesmas")
                rows.append(task)
        self.keep(Task, rows)

    def goals(self) -> None:
        from simpul.cases.models import Goal, GoalScore

        self.goal_rows, scores = [], []
        for case in self.rows:
            for number in (1, 2, 3):
                goal = Goal(**self.of(case, 150, number=number, term="short", target_on=self.ago(-60).date()))
                self.seal(goal, words="Berjualan lagi", criterion="Buku catatan penjualan", levels=LEVELS)
                self.goal_rows.append(goal)
                for days, moment in ((150, "baseline"), (60, "progress")):
                    level = self.random.randrange(-2, 3)
                    kept = {"goal": goal, "moment": moment, "on": self.ago(days).date(), "level": level}
                    scores.append(GoalScore(**self.of(case, days, **kept)))
        self.keep(Goal, self.goal_rows)
        self.keep(GoalScore, scores)

    def plans(self) -> None:
        from simpul.cases.models import Plan, PlanStep

        plans = [Plan(**self.of(case, 140, number=1, state="agreed")) for case in self.rows]
        steps = []
        for plan, case in zip(plans, self.rows, strict=True):
            for order in (1, 2, 3):
                kept = {"order": order, "service_kind": "livelihood", "state": "running", "cost": 250_000}
                days = {"state_since": self.ago(100).date(), "due_on": self.ago(-20).date()}
                step = PlanStep(**self.of(case, 140, plan=plan, line=uuid.uuid4(), **kept, **days))
                self.seal(step, need="Modal usaha", action="Ajukan modal", provider="Koperasi Melati")
                steps.append(step)
        self.keep(Plan, plans)
        self.keep(PlanStep, steps)

    def measured(self) -> None:
        """A baseline and a re-assessment of those that will be opened."""
        from simpul.cases.models import Assessment
        from simpul.engines.scoring import score
        from simpul.instruments.queries import find

        instrument = find("family-support", 1)
        rows = []
        for case in self.rows[:OPENED]:
            for days, occasion in ((160, "baseline"), (70, "reassessment")):
                answers = {
                    item.code: self.random.choice(item.levels).value
                    for item in instrument.items
                    if item.kind == "scale"
                }
                kept = {"instrument": instrument.code, "instrument_version": "1", "digest": instrument.digest}
                row = Assessment(**self.of(case, days, occasion=occasion, on=self.ago(days).date(), **kept))
                row.completed_at, row.answers = row.at, answers
                row.scores = [found.to_json() for found in score(instrument.scheme(), answers)]
                rows.append(row)
        self.keep(Assessment, rows)

    def ago(self, days: int) -> Any:
        return self.now - timedelta(days=days)

    def keep(self, model: Any, rows: list[Any]) -> None:
        from django.db import connection

        if connection.vendor != "postgresql":
            model.objects.bulk_create(rows, batch_size=BATCH)
            return
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        # COPY takes a tenth of the time of inserts.
        asked = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
        with connection.cursor() as cursor, cursor.copy(asked) as copy:
            for row in rows:
                values = (field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields)
                copy.write_row(tuple(values))

    # --- one person alone ---

    def alone(self, *, show_queries: bool) -> None:
        """Queries, size and time of the pages about cases, by one person who opens each twice."""
        client = signed_in(self.workers[0].pk)
        pages = {"Kasus": "/kasus/", "Angka kasus": "/kasus/angka/"}
        pages |= {f"one case ({number})": f"/kasus/{key}/" for number, key in enumerate(self.opened[:20])}
        visit(client, f"/kasus/{self.opened[-1]}/")  # warms templates and catalogues
        print(f"{'page':24} {'view':>9} {'ms':>7} {'cpu ms':>7} {'queries':>8} {'kB gz':>6}")
        repeated: list[tuple[float, float, int, float]] = []
        for name, address in pages.items():
            for view in ("first", "repeated"):
                spent = time.thread_time()
                seconds, queries, kb = visit(client, address)
                spent = time.thread_time() - spent
                if not name.startswith("one case") or name == "one case (0)":
                    print(
                        f"{name:24} {view:>9} {seconds * 1000:7.1f} {spent * 1000:7.1f} {len(queries):8} {kb:6.1f}"
                    )
            if name.startswith("one case"):
                repeated.append((seconds * 1000, spent * 1000, len(queries), kb))
        middle, spent = (statistics.median(one[place] for one in repeated) for place in (0, 1))
        most, size = max(one[2] for one in repeated), max(one[3] for one in repeated)
        # On a busy machine the time of the processor is the fairer figure, without that of the database.
        print(f"one case, repeated: median {middle:.1f} ms, {spent:.1f} ms of the processor")
        print(f"  queries: {most} (goal {GOAL_QUERIES}: {said(most <= GOAL_QUERIES)})")
        print(f"  kB of HTML: {size:.1f} (goal {GOAL_KB}: {said(size < GOAL_KB)})", flush=True)
        if show_queries:
            for number, query in enumerate(visit(client, f"/kasus/{self.opened[0]}/")[1], start=1):
                print(f"--- {number}: {query['time']} s\n{query['sql'][:1500]}")


def said(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def signed_in(user: Any) -> Any:
    from django.test import Client

    from simpul.access.models import User

    client = Client()
    client.force_login(User.objects.get(pk=user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def visit(client: Any, address: str) -> tuple[float, list[dict[str, str]], float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        started = time.perf_counter()
        response = client.get(address)
        seconds = time.perf_counter() - started
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return seconds, captured.captured_queries, len(gzip.compress(response.content)) / 1000


# --- eight at once ---


def together(office: Office, processes: int, seconds: float, pause: float) -> None:
    """Eight people open cases for so long; a person's first and later views of a case are told apart."""
    context = multiprocessing.get_context("spawn")
    answers: Any = context.Queue()
    starts = context.Barrier(processes)
    each = TOGETHER // processes
    people = [user.pk for user in office.workers[1 : TOGETHER + 1]]
    running = [
        context.Process(
            target=serve_some,
            args=(people[place * each : (place + 1) * each], office.opened, seconds, pause, starts, answers),
        )
        for place in range(processes)
    ]
    for process in running:
        process.start()
    times: dict[str, list[float]] = {"first": [], "repeated": []}
    for _ in running:
        for view, found in answers.get().items():
            times[view] += found
    for process in running:
        process.join()
    print(f"{TOGETHER} at once in {processes} processes, {pause:g} s between a person's pages:")
    for view, found in times.items():
        if len(found) < 20:
            print(f"  {view}: {len(found)} pages, too few to tell")
            continue
        p95 = statistics.quantiles(found, n=20)[-1]
        goal = f" (goal {GOAL_MS}: {said(p95 < GOAL_MS)})"
        print(
            f"  {view}: {len(found)} pages, p50 {statistics.median(found):.0f} ms, p95 {p95:.0f} ms{goal}",
            flush=True,
        )


def serve_some(
    people: list[Any], cases: list[Any], seconds: float, pause: float, starts: Any, answers: Any
) -> None:
    """One process of the server, with as many people as threads."""
    prepare()
    times: dict[str, list[float]] = {"first": [], "repeated": []}
    ready = threading.Barrier(len(people) + 1)
    threads = [
        threading.Thread(target=work, args=(person, cases, seconds, pause, ready, times)) for person in people
    ]
    for thread in threads:
        thread.start()
    starts.wait()
    ready.wait()
    for thread in threads:
        thread.join()
    answers.put(times)


def work(
    person: Any, cases: list[Any], seconds: float, pause: float, ready: Any, times: dict[str, list[float]]
) -> None:
    """One person: mostly the same few cases, now and then another."""
    from django.db import connection

    client, chance, seen = signed_in(person), random.Random(str(person)), set()
    own = chance.sample(cases, 5)
    client.get(f"/kasus/{chance.choice(cases)}/")  # warm
    ready.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        key = chance.choice(own) if chance.random() < 0.9 else chance.choice(cases)
        started = time.perf_counter()
        response = client.get(f"/kasus/{key}/")
        times["repeated" if key in seen else "first"].append((time.perf_counter() - started) * 1000)
        assert response.status_code == 200
        seen.add(key)
        time.sleep(pause * chance.uniform(0.5, 1.5))
    connection.close()


if __name__ == "__main__":
    main()
