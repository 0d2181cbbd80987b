"""Placing many at once: who waits for a kind of help, which places there are, and what a calculation proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.cases.models import Case, PlanState, PlanStep, StepState
from simpul.catalogue.services.matching import Reason, matching, reasons
from simpul.engines.matching.fit import Need, Offer, ranked, weighed
from simpul.engines.matching.placing import Placement, Seeker
from simpul.engines.reasons import Answer, Finding
from simpul.referrals.models import Alternative, Placing, PlacingRound, Referral
from simpul.referrals.queries.finding import with_wishes
from simpul.referrals.queries.finding_need import edition_of, needs_of_many
from simpul.referrals.queries.finding_offers import candidates, listed, offers_of
from simpul.referrals.queries.room import free_places
from simpul.referrals.stages import ENDED, Stage
from simpul.services.models import Service

# Of one calculation: what one person can still look through and decide about.
MOST_PEOPLE = 1000
_WAITING = (StepState.PLANNED, StepState.NO_SERVICE)
# On its way to a place that it does not hold yet.
PENDING = (Stage.PROPOSED, Stage.CONSENTED, Stage.SENT, Stage.SEEN, Stage.WAITING)
# Why somebody is left over, the first that holds.
NO_SERVICE, NOT_FOR_THEM, NO_ROOM_KNOWN, FULL = "no_service", "not_for_them", "room_unknown", "full"


# --- who waits ---


def waiting_lines(
    viewer: User, kind: str, *, region: str = "", organisation: UUID | None = None
) -> list[PlanStep]:
    """Lines of plans that wait for this kind of help, in cases within reach; each once, where it stands now."""
    running = Referral.objects.filter(case=OuterRef("case"), line=OuterRef("line"))
    rows = (
        PlanStep.objects.reachable(viewer, Permission.PLACING_MAKE)
        .filter(case__in=Case.objects.open().order_by().values("pk"))
        .filter(service_kind=kind, state__in=_WAITING, case__person__limited_since=None)
        .exclude(plan__state=PlanState.REPLACED)
        .filter(~Exists(running.exclude(stage__in=sorted(ENDED))))
    )
    if region:
        rows = rows.filter(lies_in("case__person__region", region))
    if organisation:
        rows = rows.filter(case__organisation=organisation)
    ordered = rows.select_related("case__person", "case__screening", "plan").order_by("plan__number", "pk")
    newest = {(row.case_id, row.line): row for row in ordered}
    return sorted(newest.values(), key=lambda row: row.pk)


# --- which places there are ---


def room_of(services: Collection[UUID], on: date) -> dict[UUID, int | None]:
    """Free places, without those to which others are already on their way; None where not known."""
    free = free_places(services, on)
    coming = _coming(services)
    return {key: None if count is None else max(0, count - coming[key]) for key, count in free.items()}


def _coming(services: Collection[UUID]) -> Counter[UUID]:
    rows = Referral.objects.filter(service__in=services, stage__in=PENDING).order_by()
    counted = rows.values_list("service").annotate(number=Count("pk"))
    return Counter(dict(counted))


# --- what is proposed ---


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everybody of a round with the services that do not certainly leave them out, before anything is placed.

    `costs` are for the solver, of services with a free place alone; a reason is made for who gets a place, since of the others none is kept.
    """

    lines: tuple[PlanStep, ...]
    needs: Mapping[str, Need]
    costs: Mapping[str, Mapping[str, int]]
    offers: Mapping[str, Mapping[str, Offer]]
    room: Mapping[str, int | None]

    def seekers(self) -> tuple[Seeker, ...]:
        """As the solver takes them."""
        weights = matching().weights
        return tuple(
            Seeker(
                key=str(line.pk),
                costs=self.costs[str(line.pk)],
                weight=weights.get(line.case.urgency, 1),
            )
            for line in self.lines
        )

    def seats(self) -> dict[str, int]:
        """Places that are known to be free."""
        return {key: count for key, count in self.room.items() if count}

    def finding(self, line: PlanStep, service: str) -> Finding:
        """Why a service stands where it does for somebody."""
        offer = self.offers[edition_of(line.case)][service]
        return ranked(offer, self.needs[str(line.pk)], matching().order).finding

    def left_because(self, line: PlanStep) -> str:
        """Why somebody got no place: there is no service, none for them, no known room, or all full."""
        if not self.room:
            return NO_SERVICE
        # Full services were not weighed for everybody: here they tell why.
        fitting = _costs(self.offers[edition_of(line.case)].values(), self.needs[str(line.pk)])
        if not fitting:
            return NOT_FOR_THEM
        return FULL if any(self.room[key] is not None for key in fitting) else NO_ROOM_KNOWN


def weigh_all(lines: Collection[PlanStep], kind: str, region: str, viewer: User, on: date) -> Weighed:
    """Every service that takes referrals for everybody of these; as many questions for many as for few."""
    found = candidates(kind, region, on).filter(takes_referrals=True)
    services = listed(found)
    room = {str(key): free for key, free in room_of([UUID(one.held) for one in services], on).items()}
    by_edition = {
        edition: offers_of(found, services, on, edition=edition, room=room)
        for edition in {edition_of(line.case) for line in lines}
    }
    seated = {
        edition: [offer for offer in offers if room.get(offer.key)] for edition, offers in by_edition.items()
    }
    kept, asked = _kept(lines), needs_of_many([line.case for line in lines], viewer, on)
    needs = {
        str(line.pk): with_wishes(asked[line.case_id], kept.get((line.case_id, line.line), ()))
        for line in lines
    }
    return Weighed(
        lines=tuple(lines),
        needs=needs,
        costs={str(line.pk): _costs(seated[edition_of(line.case)], needs[str(line.pk)]) for line in lines},
        offers={edition: {offer.key: offer for offer in offers} for edition, offers in by_edition.items()},
        room=room,
    )


def _costs(offers: Collection[Offer], need: Need) -> dict[str, int]:
    order = matching().order
    worths = order.worths()
    return {
        found.offer.key: found.cost(worths)
        for found in weighed(offers, need, order)
        if found.eligible is not Answer.NO and found.grades["wish"] != "put_aside"
    }


def _kept(lines: Collection[PlanStep]) -> dict[tuple[UUID, UUID], list[Alternative]]:
    found: dict[tuple[UUID, UUID], list[Alternative]] = {}
    rows = Alternative.objects.filter(case__in={line.case_id for line in lines})
    for row in rows:
        found.setdefault((row.case_id, row.line), []).append(row)
    return found


def measures_of(best: Placement, plain: Placement, people: int, seats: Mapping[str, int]) -> dict[str, Any]:
    """How good a proposal is, beside the plain way; counts only."""
    return {
        "solver": "scipy.sparse.csgraph",
        "people": people,
        "places": sum(seats.values()),
        "placed": best.placed,
        "cost": best.cost,
        "plain_placed": plain.placed,
        "plain_cost": plain.cost,
    }


def left(because: str) -> Finding:
    """That somebody has no place, as it is stored."""
    return Finding(because, "placing_left")


def left_words(because: str) -> str:
    """Why somebody is left over, and what to do."""
    return {
        NO_SERVICE: _("Tidak ada layanan jenis ini untuk wilayahnya."),
        NOT_FOR_THEM: _("Ada layanan, tetapi bukan untuknya atau sudah disisihkan."),
        NO_ROOM_KNOWN: _("Ada layanan, tetapi tempat kosongnya belum diketahui: tanyakan dahulu."),
        FULL: _("Semua tempat yang cocok sudah terisi."),
    }.get(because, "")


# --- what is shown ---


@dataclass(frozen=True)
class Row:
    """One person of a round as the page shows it."""

    placing: Placing
    case: Case

    @property
    def about_person(self) -> UUID:
        return self.case.person_id

    @cached_property
    def _finding(self) -> Finding | None:
        return Finding.from_json(self.placing.finding) if self.placing.finding else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        found = self._finding
        if found is None or found.kind != "fit_service":
            return ()
        return reasons(found, get_language() or "id")

    @property
    def left_words(self) -> str:
        found = self._finding
        return left_words(str(found.answer)) if found and found.kind == "placing_left" else ""

    @property
    def is_uncertain(self) -> bool:
        return self._finding is not None and self._finding.answer is Answer.UNKNOWN

    @property
    def is_changed(self) -> bool:
        return bool(self.placing.chosen_id) and self.placing.chosen_id != self.placing.proposed_id

    @property
    def state(self) -> str:
        if self.placing.referral_id:
            return "referred"
        return self.placing.is_confirmed or ("open" if self.placing.proposed_id else "left")


def placings_of(found: PlacingRound, viewer: User) -> Any:
    """Everybody of a round whose case this viewer reaches: first who needs a decision, then the others."""
    rows = Placing.objects.reachable(viewer, Permission.PLACING_MAKE).filter(round=found)
    related = ("case__person", "proposed__organisation", "chosen__organisation", "referral", "step")
    return rows.select_related(*related).order_by("is_confirmed", "proposed__name", "case__number", "pk")


def rows_of(placings: Iterable[Placing]) -> tuple[Row, ...]:
    """A page of them."""
    return tuple(Row(row, row.case) for row in placings)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a round is. `hidden` stand in cases that this viewer does not reach."""

    people: int
    proposed: int
    confirmed: int
    refused: int
    referred: int
    hidden: int

    @property
    def ready(self) -> int:
        return self.confirmed - self.referred


def tally(found: PlacingRound, viewer: User) -> Tally:
    """Counted from the rows of the round, in two questions."""
    told: dict[str, int] = placings_of(found, viewer).aggregate(
        people=Count("pk"),
        proposed=Count("pk", filter=Q(proposed__isnull=False)),
        confirmed=Count("pk", filter=Q(is_confirmed="yes")),
        refused=Count("pk", filter=Q(is_confirmed="no")),
        referred=Count("pk", filter=Q(referral__isnull=False)),
    )
    return Tally(**told, hidden=Placing.objects.filter(round=found).count() - told["people"])


def overfull(placings: Collection[Placing], on: date) -> tuple[str, ...]:
    """What changed meanwhile: services that have fewer places now than were confirmed, each as a sentence.

    That its room is not known is accepted only where a person chose the service against the proposal.
    """
    wanted: Counter[UUID] = Counter(row.chosen_id for row in placings if row.chosen_id)
    proposed = {row.chosen_id for row in placings if row.chosen_id == row.proposed_id}
    room, names = (
        room_of(list(wanted), on),
        dict(Service.objects.filter(pk__in=list(wanted)).values_list("pk", "name")),
    )
    told = []
    for key, count in sorted(wanted.items(), key=lambda pair: str(names[pair[0]])):
        now = room[key]
        if now is None and key in proposed:
            told.append(_("%(service)s: tempat kosongnya tidak lagi diketahui") % {"service": names[key]})
        elif now is not None and now < count:
            said = {"service": names[key], "now": now, "wanted": count}
            told.append(_("%(service)s: kosong %(now)s, disetujui %(wanted)s") % said)
    return tuple(told)
