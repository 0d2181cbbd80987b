"""Services for a line of a plan, in their order, with the reasons; what was kept, and what found nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from simpul.access.models import User
from simpul.cases.models import Case, PlanState, PlanStep, StepState
from simpul.catalogue.services.matching import Reason, matching, reasons
from simpul.engines.matching.fit import Need, Rank, rank
from simpul.engines.matching.fit import kept as without_facts
from simpul.engines.reasons import Answer
from simpul.referrals.models import Alternative, NeedUnmet, Referral
from simpul.referrals.queries.finding_need import edition_of, need_of
from simpul.referrals.queries.finding_offers import candidates, listed, offers_of
from simpul.referrals.stages import ENDED, UNMET_BY_DECLINE, Decline, Stage
from simpul.services.models import Service
from simpul.services.queries.places import shown_region
from simpul.services.stages import Cost

_NEAR = {
    "regency": ("anywhere", "village", "district", "regency"),
    "province": ("anywhere", "village", "district", "regency", "province"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is narrowed. `everywhere`: also services that do not take people from where this person lives."""

    near: str = ""
    only_fitting: bool = False
    has_room: bool = False
    is_free: bool = False
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One service in its place, with the reasons; `kept` is what was noted of it for this line of the plan."""

    place: int
    service: Service
    rank: Rank
    region: str
    kept: Alternative | None
    is_running: bool

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons(self.rank.finding, get_language() or "id")

    @property
    def answer(self) -> str:
        return {Answer.YES: "yes", Answer.NO: "no"}.get(self.rank.eligible, "open")

    @property
    def can_be_proposed(self) -> bool:
        return self.service.takes_referrals and not self.is_running


@dataclass(frozen=True, slots=True)
class Ranking:
    """All services for a line, cut by what is wanted. `looked_at` counts those before that.

    `taking` are the keys of the services that take referrals.
    """

    rows: tuple[Rank, ...]
    looked_at: int
    taking: frozenset[str]
    kept: Mapping[str, Alternative]
    running: frozenset[UUID]

    def shown(self, rows: Collection[Rank], first: int = 1) -> tuple[Found, ...]:
        """A page of it, as it is shown; `first` is the place of the first of them."""
        # Few bodies offer many services: each body is made once.
        asked = Service.objects.filter(pk__in=[one.offer.key for one in rows])
        services = {str(service.pk): service for service in asked.prefetch_related("organisation")}
        return tuple(
            Found(
                place=place,
                service=(service := services[one.offer.key]),
                rank=one,
                region=shown_region(service),
                kept=self.kept.get(one.offer.key),
                is_running=service.pk in self.running,
            )
            for place, one in enumerate(rows, first)
        )

    @property
    def fitting(self) -> int:
        return sum(one.eligible is not Answer.NO for one in self.rows)


def ranking(step: PlanStep, viewer: User, on: date, wanted: Wanted | None = None) -> Ranking:
    """Every service for a line of a plan on that day, the best first, the same at every asking.

    The step comes with its case, the person and the screening.
    """
    wanted = wanted or Wanted()
    case = step.case
    region = "" if wanted.everywhere else case.person.region
    found = candidates(step.service_kind, region, on)
    services = listed(found)
    kept = kept_for(step)
    need = with_wishes(need_of(case, viewer, on), kept.values())
    offers = offers_of(found, services, on, edition=edition_of(case))
    ranked = rank(offers, need, matching().order)
    return Ranking(
        rows=tuple(one for one in ranked if _is_wanted(one, wanted)),
        looked_at=len(ranked),
        taking=frozenset(service.key for service in services if service.takes_referrals),
        kept=kept,
        running=running_for(step),
    )


def why_kept(step: PlanStep, service: Service | None, viewer: User, on: date) -> Any:
    """Why this service, as the matching says it that day, to be kept with a referral; None where it ranks nothing."""
    if service is None:
        return None
    ranked = ranking(step, viewer, on, Wanted(everywhere=True)).rows
    return next(
        (without_facts(one.finding).to_json() for one in ranked if one.offer.key == str(service.pk)), None
    )


def _is_wanted(one: Rank, wanted: Wanted) -> bool:
    grades = one.grades
    return (
        (not wanted.only_fitting or one.eligible is not Answer.NO)
        and (not wanted.has_room or grades["room"] != "full")
        and (not wanted.is_free or one.offer.cost == Cost.FREE)
        and (wanted.near not in _NEAR or grades["distance"] in _NEAR[wanted.near])
    )


def with_wishes(need: Need, kept: Collection[Alternative]) -> Need:
    """The need with what the client wishes, and what was put aside."""
    return replace(
        need,
        wished=frozenset(str(row.service_id) for row in kept if row.is_wished and not row.is_put_aside),
        put_aside=frozenset(str(row.service_id) for row in kept if row.is_put_aside),
    )


def kept_for(step: PlanStep) -> dict[str, Alternative]:
    """What was kept or put aside for this line of the plan, by service."""
    rows = Alternative.objects.filter(case=step.case_id, line=step.line).select_related("service")
    return {str(row.service_id): row for row in rows.order_by("rank", "pk")}


def running_for(step: PlanStep) -> frozenset[UUID]:
    """Services to which a referral for this line runs already."""
    rows = Referral.objects.filter(case=step.case_id, line=step.line).exclude(stage__in=sorted(ENDED))
    return frozenset(rows.exclude(service=None).values_list("service", flat=True))


def standing_unmet(step: PlanStep) -> NeedUnmet | None:
    """That this line found nothing, while it still holds."""
    rows = NeedUnmet.objects.filter(case=step.case_id, line=step.line, ended_on=None)
    found: NeedUnmet | None = rows.order_by("-at", "pk").first()
    return found


def newest_line(step: PlanStep) -> PlanStep | None:
    """The same line where it stands now; None where no version holds it any more."""
    rows: Any = PlanStep.objects.select_related("plan").filter(case=step.case_id, line=step.line)
    found: PlanStep | None = (
        rows.exclude(plan__state=PlanState.REPLACED).order_by("-plan__number", "pk").first()
    )
    return found


OVER = (StepState.DONE, StepState.DROPPED)


def case_of(step: PlanStep) -> Case:
    """The case with what a ranking asks of it."""
    found: Case = Case.objects.select_related("person", "screening").get(pk=step.case_id)
    return found


def declined_for(step: PlanStep) -> Referral | None:
    """The last referral of this line that its receiver declined."""
    rows = Referral.objects.filter(case=step.case_id, line=step.line, stage=Stage.DECLINED)
    found: Referral | None = rows.order_by("-stage_since", "-at").first()
    return found


def reason_offered(step: PlanStep) -> str:
    """The reason that the last decline suggests; "" where none does."""
    declined = declined_for(step)
    return UNMET_BY_DECLINE[Decline(declined.decline)] if declined and declined.decline else ""
