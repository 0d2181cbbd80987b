"""How long the lists of organisations take with 20,000 of them in the database and eight people reading.

    python -m benchmarks.organisations --bodies 20000
    DATABASE_URL=postgresql://… python -m benchmarks.organisations --bodies 20000     # an empty database

Makes invented bodies all over the country by bulk inserts (certificates with printed words, papers, officers, staff
with certificates, reports, applications, flags), then asks for the office's page with its map, the office's list plain
and narrowed, what runs out, and the public list, through the whole stack and without a network: first by one person
alone (time, time of the processor without the database, time of all questions, their number, size compressed; then page
after page, which is what the goal of 150 ms is about), then by eight, each in a thread with a connection of its own, in as many processes as `simpul serve` starts; once without any
pause, which is what the machine can bear, and once with a second between a person's pages. `--show-queries` prints what
the slowest page asks the database.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import tempfile
import threading
import time
import uuid
from datetime import date, timedelta
from typing import Any

from benchmarks.cases import prepare, said, signed_in, visit

TOGETHER, GOAL_MS, BATCH = 8, 150, 1000
WORDS = ("Kasih", "Tunas", "Bahari", "Mulia", "Harapan", "Sejahtera", "Amanah", "Pelita", "Cahaya", "Bina")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bodies", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--show-queries", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        country = Country(arguments.bodies)
        country.alone(show_queries=arguments.show_queries)
        together(country, 1, arguments.seconds, 0.0, people_at_once=1)
        for pause in (0.0, 1.0):
            together(country, arguments.processes, arguments.seconds, pause)


class Country:
    """Bodies in every kabupaten/kota, written straight into their tables."""

    def __init__(self, count: int) -> None:
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection
        from django.utils import timezone

        self.random, self.count, self.now = random.Random(7), count, timezone.now()
        self.today = timezone.localdate(self.now)
        started = time.perf_counter()
        call_command("migrate", verbosity=0)
        self.users()
        self.bodies()
        self.papers()
        self.people_inside()
        self.with_the_office()
        with connection.cursor() as cursor:
            # What autovacuum does by itself soon after so many rows came in.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
        print(f"{count} bodies on {engine} in {time.perf_counter() - started:.0f} s", flush=True)

    # --- filling ---

    def users(self) -> None:
        """Half of them watch the whole country, which is the heaviest, half one province."""
        from simpul.access.gate import THE_MACHINE
        from simpul.access.models import Grant, User
        from simpul.access.reach import Where
        from simpul.places.actions import load_regions

        load_regions(Where(), by=THE_MACHINE)
        self.people = [
            User(username=f"bench-{number}", name=f"Rekan {number}") for number in range(TOGETHER + 1)
        ]
        for user in self.people:
            user.set_unusable_password()
        User.objects.bulk_create(self.people)
        Grant.objects.bulk_create(
            Grant(user=user, role="registrar", region="35" if number % 2 else "", granted_at=self.now)
            for number, user in enumerate(self.people)
        )

    def bodies(self) -> None:
        from simpul.catalogue import editions
        from simpul.organisations.models import Kind, Organisation
        from simpul.places.models import Level, Region

        codes = list(Region.objects.filter(level__gte=Level.REGENCY).values_list("code", flat=True))
        needs = [need.code for need in editions.default().types]
        self.rows = []
        for number in range(self.count):
            region = self.random.choice(codes)
            self.rows.append(
                Organisation(
                    name=f"LKS {' '.join(self.random.sample(WORDS, 2))} {number}", kind=self.random.choice(Kind.values),
                    region=region, province=region[:2], is_address_secret=number % 50 == 0, about="Mendampingi warga. " * 20,
                    need_types=self.random.sample(needs, 3), confirmed_type=self.random.choice(["A", "B", "C", "D", "", ""]),
                    level=self.random.choice(["village", "district", "regency", ""]), is_closed=number % 40 == 0,
                )
            )  # fmt: skip
        self.keep(Organisation, self.rows)

    def papers(self) -> None:
        """Three in four were registered, one in four accredited; a third of that has run out."""
        from simpul.organisations.models import Certificate, Flag, Paper

        certificates, papers, flags = [], [], []
        for number, body in enumerate(self.rows):
            if number % 4:
                certificates.append(self.certificate(Certificate, body, "registration", number))
            if number % 4 == 1:
                certificates.append(self.certificate(Certificate, body, "accreditation", number))
            papers += [
                Paper(
                    organisation=body,
                    kind=kind,
                    valid_to=self.day(),
                    at=self.now,
                )
                for kind in ("domicile", "licence")
            ]
            if number % 60 == 0:
                flag = Flag(organisation=body, kind="warning", on=self.today, at=self.now, by_name="Rekan 0")
                flag.words = "Laporan belum dikirim"
                flags.append(flag)
        for model, rows in ((Certificate, certificates), (Paper, papers), (Flag, flags)):
            self.keep(model, rows)

    def certificate(self, model: Any, body: Any, kind: str, number: int) -> Any:
        issued = self.today - timedelta(days=self.random.randrange(10, 1500))
        # A tenth by the ministry, a tenth by provinces, the others by their kabupaten/kota.
        length = {0: 0, 1: 2}.get(number % 10, 5)
        return model(
            organisation=body, kind=kind, number=f"{kind}/{number}", issuer="Dinas Sosial", issued_on=issued,
            valid_to=issued + timedelta(days=1095), grade="A", code=uuid.uuid4().hex[:16], at=self.now, by_name="Rekan 0",
            issuer_region=body.region[:length], words=[{"label": "Nama", "text": body.name}] * 12,
        )  # fmt: skip

    def people_inside(self) -> None:
        """Two officers with a term, and three who work there, of whom two hold a certificate."""
        from simpul.organisations.models import Officer, Staff

        officers, staff = [], []
        for body in self.rows:
            officers += [
                Officer(organisation=body, unit="board", title=title, name="Ibu Ratna", until=self.day())
                for title in ("Ketua", "Bendahara")
            ]
            held = [{"name": "Sertifikat kompetensi", "valid_to": self.day().isoformat()}]
            staff += [
                Staff(organisation=body, name=f"Pak {letter}", profession="expert", certificates=certificates)
                for letter, certificates in (("A", held), ("B", held), ("C", []))
            ]
        self.keep(Officer, officers)
        self.keep(Staff, staff)

    def with_the_office(self) -> None:
        """Reports of last year by half of the bodies, some of them not looked at; applications of one in twenty."""
        from simpul.organisations.models import Registration, Report

        year = {"since": date(self.today.year - 1, 1, 1), "until": date(self.today.year - 1, 12, 31)}
        kept = {"at": self.now, "by_name": "Rekan 0"}
        reports = [
            Report(
                organisation=body, region=body.region[:5], due_on=self.today, sent_on=self.today, **year, **kept,
                state="received" if number % 10 else "sent",
            )
            for number, body in enumerate(self.rows[: self.count // 2])
        ]  # fmt: skip
        runs = [
            Registration(
                organisation=body, kind="new", scheme="lks", stage=self.random.choice(["submitted", "desk_check"]),
                region=body.region[: (0, 2, 5)[number % 3]], submitted_on=self.today, complete_on=self.today,
                due_on=self.day(), **kept,
            )
            for number, body in enumerate(self.rows[::20])
        ]  # fmt: skip
        self.keep(Report, reports)
        self.keep(Registration, runs)

    def day(self) -> date:
        """A last day: a quarter of them past, a sixth soon."""
        return self.today + timedelta(days=self.random.randrange(-300, 900))

    def keep(self, model: Any, rows: list[Any]) -> None:
        model.objects.bulk_create(rows, batch_size=BATCH)

    # --- one person alone ---

    def alone(self, *, show_queries: bool) -> None:
        client, slowest = signed_in(self.people[0].pk), (0.0, "", [])
        print(f"{'page':34} {'ms':>7} {'cpu ms':>7} {'asked ms':>8} {'queries':>8} {'kB':>6}")
        for name, address in pages().items():
            visit(client, address)
            seconds, queries, kb = min((visit(client, address) for _ in range(5)), key=lambda one: one[0])
            slowest = max(slowest, (seconds, name, queries), key=lambda one: one[0])
            asked = sum(float(query["time"]) for query in queries)
            # On a busy machine the time of the processor is the fairer figure, without that of the database.
            spent = min(spent_on(client, address) for _ in range(5))
            print(
                f"{name:34} {seconds * 1000:7.1f} {spent * 1000:7.1f} {asked * 1000:8.1f} {len(queries):8} {kb:6.1f}",
                flush=True,
            )
        if show_queries:
            print(f"--- {slowest[1]}")
            for query in sorted(slowest[2], key=lambda query: -float(query["time"])):
                print(f"{query['time']} s\n{query['sql'][:1500]}")


def spent_on(client: Any, address: str) -> float:
    """Seconds of the processor for one page, without what counts the questions."""
    started = time.thread_time()
    client.get(address)
    return time.thread_time() - started


def pages() -> dict[str, str]:
    """One address of each kind."""
    watched = "/lembaga/kantor/daftar/"
    return {
        "office: queue, numbers, map": "/lembaga/kantor/",
        "the map of a province": "/lembaga/kantor/?wilayah=35",
        "list": watched,
        "list, a later page": f"{watched}?page=40",
        "list of a kabupaten": f"{watched}?wilayah=35.78",
        "list, registered, ending soon": f"{watched}?terdaftar=habis&urut=berakhir",
        "list, one need, by name": f"{watched}?melayani={_need()}&cari=kasih",
        "list, flagged": f"{watched}?ditandai=on",
        "what runs out: papers": "/lembaga/surat/habis/",
        "what runs out: staff": "/lembaga/surat/habis/?jenis=pegawai",
        "public list": "/lembaga/publik/",
        "public list, place and need": f"/lembaga/publik/?di=surabaya&melayani={_need()}",
    }


def _need() -> str:
    from simpul.catalogue import editions

    code: str = editions.default().types[0].code
    return code


# --- eight at once ---


def together(
    country: Country, processes: int, seconds: float, pause: float, people_at_once: int = TOGETHER
) -> None:
    """So many people go through the pages in an order of their own."""
    context = multiprocessing.get_context("spawn")
    answers: Any = context.Queue()
    starts = context.Barrier(processes)
    each = people_at_once // processes
    people = [user.pk for user in country.people[1:]]
    running = [
        context.Process(
            target=serve_some,
            args=(people[place * each : (place + 1) * each], seconds, pause, starts, answers),
        )
        for place in range(processes)
    ]
    for process in running:
        process.start()
    times: dict[str, list[float]] = {}
    for _ in running:
        for name, found in answers.get().items():
            times.setdefault(name, []).extend(found)
    for process in running:
        process.join()
    print(f"{people_at_once} at once in {processes} processes, {pause:g} s between a person's pages:")
    times["all pages"] = [one for found in times.values() for one in found]
    for name, found in times.items():
        if len(found) < 20:
            print(f"  {name:34} {len(found):5} pages, too few to tell")
            continue
        p95 = statistics.quantiles(found, n=20)[-1]
        print(
            f"  {name:34} {len(found):5} pages, p50 {statistics.median(found):4.0f} ms, p95 {p95:4.0f} ms"
            f" (goal {GOAL_MS}: {said(p95 < GOAL_MS)})",
            flush=True,
        )


def serve_some(people: list[Any], seconds: float, pause: float, starts: Any, answers: Any) -> None:
    """One process of the server, with as many people as threads."""
    prepare()
    times: dict[str, list[float]] = {}
    ready = threading.Barrier(len(people) + 1)
    threads = [
        threading.Thread(target=read, args=(person, seconds, pause, ready, times)) for person in people
    ]
    for thread in threads:
        thread.start()
    starts.wait()
    ready.wait()
    for thread in threads:
        thread.join()
    answers.put(times)


def read(person: Any, seconds: float, pause: float, ready: Any, times: dict[str, list[float]]) -> None:
    """One person, page after page."""
    from django.db import connection

    client, chance = signed_in(person), random.Random(str(person))
    # An area out of somebody's reach is refused, and no page to be measured.
    addresses = {name: address for name, address in pages().items() if client.get(address).status_code == 200}
    ready.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        name = chance.choice(list(addresses))
        started = time.perf_counter()
        response = client.get(addresses[name])
        times.setdefault(name, []).append((time.perf_counter() - started) * 1000)
        assert response.status_code == 200
        time.sleep(pause * chance.uniform(0.5, 1.5))
    connection.close()


if __name__ == "__main__":
    main()
