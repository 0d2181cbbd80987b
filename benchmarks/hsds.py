"""How long the HSDS interface takes with 2,000 services in the database: every page of every list, and single rows.

    python -m benchmarks.hsds --services 2000
    DATABASE_URL=postgresql://… python -m benchmarks.hsds --services 2000     # an empty database

Makes invented bodies, services, places, hours and areas by bulk inserts, then asks through the whole stack, without a
network and without an account: every page of the lists, plain and `full`, searches, terms, distance, and single rows.
Says p50 and p95 of each kind, the number of questions to the database and the size compressed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import time as clock
from typing import Any

from benchmarks.cases import prepare, said, visit

GOAL_MS, BATCH, MOST_PAGES = 100, 1000, 40
WORDS = ("Kasih", "Tunas", "Bahari", "Mulia", "Harapan", "Sejahtera", "Amanah", "Pelita", "Cahaya", "Bina")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--services", type=int, default=200)
    parser.add_argument(
        "--per-page",
        type=int,
        default=0,
        help="rows on each page; without it as many as the interface gives itself",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        Register(arguments.services).measure(arguments.per_page)


class Register:
    """Services in every kabupaten/kota, written straight into their tables."""

    def __init__(self, count: int) -> None:
        from django.core.management import call_command
        from django.db import connection
        from django.utils import timezone

        self.random, self.count, self.now = random.Random(7), count, timezone.now()
        started = time.perf_counter()
        call_command("migrate", verbosity=0)
        self.fill()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        print(f"{count} services on {connection.vendor} in {time.perf_counter() - started:.0f} s", flush=True)

    def fill(self) -> None:
        from simpul.access.gate import THE_MACHINE
        from simpul.access.reach import Where
        from simpul.catalogue import casework
        from simpul.organisations.models import Organisation
        from simpul.places.actions import load_regions
        from simpul.places.models import Level, Region
        from simpul.services.models import Area, AtPlace, Hours, Place, Service

        load_regions(Where(), by=THE_MACHINE)
        villages = list(Region.objects.filter(level=Level.VILLAGE).values_list("code", flat=True)[::40])
        kinds = [kind.code for kind in casework.service_kinds()]
        bodies, services, places, at_places, hours, areas = [], [], [], [], [], []
        for number in range(self.count):
            region = self.random.choice(villages)
            if number % 2 == 0:
                bodies.append(Organisation(name=f"LKS {self.random.choice(WORDS)} {number}", kind="lks", region=region, province=region[:2], about="Mendampingi warga. " * 10))  # fmt: skip
            body = bodies[-1]
            name = f"Layanan {' '.join(self.random.sample(WORDS, 2))} {number}"
            service = Service(
                organisation=body, name=name, kind=self.random.choice(kinds), listing="open", about="Datang dan didampingi. " * 15,
                situations=["no_food", "old_alone"], need_types=["LUT"], need_edition="permensos-8-2012", accesses=["wheelchair"],
                languages=["id", "ms"], papers=["KTP", "Kartu Keluarga"], cost="free", phone="0777-321123", searched=name.lower(),
                region=region, province=region[:2], confirmed_on=self.now.date(), modified_at=self.now, capacity=20,
            )  # fmt: skip
            services.append(service)
            for letter in "AB":
                place = Place(
                    organisation=body, name=f"Kantor {letter}", address=f"Jalan {letter} {number}", region=region,
                    postal_code=f"{10000 + number % 500}", latitude=self.random.uniform(-8, 4),
                    longitude=self.random.uniform(96, 140), accesses=["wheelchair"], modified_at=self.now,
                )  # fmt: skip
                places.append(place)
                at_places.append(AtPlace(service=service, place=place))
            hours += [
                Hours(
                    service=service, frequency="WEEKLY", by_day=days, opens_at=clock(8), closes_at=clock(16)
                )
                for days in ("MO,TU,WE,TH", "FR")
            ]
            areas += [Area(service=service, code=region[:5]), Area(service=service, code=region[:8])]
        filled: Any = (
            (Organisation, bodies), (Service, services), (Place, places), (AtPlace, at_places), (Hours, hours), (Area, areas),
        )  # fmt: skip
        for model, rows in filled:
            model.objects.bulk_create(rows, batch_size=BATCH)
        self.one, self.at_place, self.body = services[7].pk, at_places[7].pk, bodies[7].pk

    def addresses(self, length: int) -> dict[str, list[str]]:
        """The addresses of each kind: page by page where it is a list."""
        from simpul.hsds.asking import PAGE_LENGTH, WHOLE_PAGE_LENGTH
        from simpul.hsds.taxonomies import HELP, term_of

        food = term_of(HELP, "food")

        def pages(path: str, total: int) -> list[str]:
            size = length or (WHOLE_PAGE_LENGTH if "full" in path else PAGE_LENGTH)
            count = min(MOST_PAGES, -(-total // size))
            told = f"{path}{'&' if '?' in path else '?'}{f'per_page={length}&' if length else ''}"
            return [f"/hsds/{told}page={page}" for page in range(1, count + 1)]

        return {
            "services": pages("services", self.count),
            "services, full": pages("services?full=true", self.count),
            "services at locations": pages("service_at_locations", self.count * 2),
            "services at locations, full": pages("service_at_locations?full=true", self.count * 2),
            "organizations": pages("organizations", self.count // 2),
            "organizations, full": pages("organizations?full=true", self.count // 2),
            "organizations, full services": pages("organizations?full_service=true", self.count // 2),
            "services, a word": ["/hsds/services?search=bahari"] * 20,
            "services, a term": [f"/hsds/services?taxonomy_term_id={food.id if food else ''}"] * 20,
            "near a postcode": ["/hsds/service_at_locations?postcode=10007&proximity=500000"] * 20,
            "terms": ["/hsds/taxonomy_terms"] * 20,
            "one service": [f"/hsds/services/{self.one}"] * 20,
            "one service at a location": [f"/hsds/service_at_locations/{self.at_place}"] * 20,
            "one organization": [f"/hsds/organizations/{self.body}?full_service=true"] * 20,
        }

    def measure(self, length: int) -> None:
        from django.test import Client

        client: Any = Client()
        print(f"{'what':30} {'asked':>6} {'p50 ms':>7} {'p95 ms':>7} {'cpu ms':>7} {'queries':>8} {'kB':>6}")
        everything: list[float] = []
        for name, addresses in self.addresses(length).items():
            _seconds, queries, kb = visit(client, addresses[0])
            timed = [self.timed(client, address) for address in addresses]
            times = [taken for taken, _spent in timed]
            spent = statistics.median(spent for _taken, spent in timed)
            everything += times
            p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(
                f"{name:30} {len(times):6} {statistics.median(times):7.1f} {p95:7.1f} {spent:7.1f} {len(queries):8} {kb:6.1f}"
                f"  (goal {GOAL_MS}: {said(p95 < GOAL_MS)})",
                flush=True,
            )
        p95 = statistics.quantiles(everything, n=20)[-1]
        print(
            f"all: p50 {statistics.median(everything):.1f} ms, p95 {p95:.1f} ms (goal {GOAL_MS}: {said(p95 < GOAL_MS)})"
        )

    def timed(self, client: Any, address: str) -> tuple[float, float]:
        """Milliseconds for one answer: by the clock, and of the processor without the database."""
        started, spending = time.perf_counter(), time.thread_time()
        response = client.get(address)
        taken, spent = (time.perf_counter() - started) * 1000, (time.thread_time() - spending) * 1000
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        return taken, spent


if __name__ == "__main__":
    main()
