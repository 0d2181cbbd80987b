"""Walking a whole case through the pages, over months, while somebody of another office tries the same doors."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import User
from simpul.cases.models import Case, FollowUp, Goal, Plan, PlanStep
from tests.access.factories import OTHER_ORGANISATION, give
from tests.journeys.paper_browser import PaperBrowser
from tests.screening.factories import TODAY, consented

SUMMARY = "Ibu Siti ingin berjualan lagi dan tidak makan sendirian."
LEVELS = ("Tidak berjualan", "Sesekali", "Tiga hari seminggu", "Lima hari", "Tiap hari")


def day_of(name: str, day: date) -> dict[str, Any]:
    """A day in its three boxes."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class Walk:
    """One case, the worker who walks it, a supervisor, and a stranger for whom none of it exists.

    Days pass as the walk goes on: `later(30)` is a month later, and everybody signs in anew.
    """

    def __init__(self, patch: pytest.MonkeyPatch, *, worker: User, supervisor: User, stranger: User) -> None:
        self._patch, self._users = patch, {"worker": worker, "supervisor": supervisor, "stranger": stranger}
        # As much as our supervisor may, but elsewhere.
        give(stranger, "case_supervisor", organisation=OTHER_ORGANISATION)
        self.person = consented(worker)
        self.today = TODAY
        self.later(0)

    # --- days and doors ---

    def later(self, days: int) -> None:
        self.today += timedelta(days=days)
        noon = datetime.combine(self.today, time(12), tzinfo=timezone.get_default_timezone())
        self._patch.setattr(timezone, "now", lambda: noon)
        self._browsers = {name: PaperBrowser(user) for name, user in self._users.items()}

    def open(self, name: str, *keys: Any, who: str = "worker") -> PaperBrowser:
        """Open a page; to the stranger it is not there."""
        address = reverse(f"cases:{name}", args=keys)
        assert self._browsers["stranger"].open(address).status == 404, name
        browser = self._browsers[who].open(address)
        assert browser.status == 200, (name, browser.status)
        return browser

    def send(self, having: str, *, who: str = "worker", status: int = 200, **typed: Any) -> PaperBrowser:
        """Send a form of the open page; the stranger tries exactly the same before, and nothing comes of it."""
        browser = self._browsers[who]
        forms = browser._read().forms
        form = next((form for form in forms if having in form.names), None)
        assert form, (browser.at, [sorted(form.names) for form in forms])
        target = urljoin(browser.at, form.action)
        values = form.values | {
            name: value if isinstance(value, list) else [str(value)] for name, value in typed.items()
        }
        assert self._browsers["stranger"].client.post(target, values).status_code == 404, target
        browser._seen(browser.client.post(target, values, follow=True), target)
        assert browser.status == status, (target, browser.status, refusals(browser))
        return browser

    # --- the case ---

    @property
    def case(self) -> Case:
        return Case.objects.get(person=self.person)

    def begin(self, **described: Any) -> None:
        """Opened for a person who was not screened; the page of rights is given at once."""
        self.open("open-for-person", self.person.pk)
        self.send("summary", summary=SUMMARY, urgency="normal", **described)
        self.open("rights", self.case.pk)
        self.send("how", how="Dibacakan pelan-pelan, lalu diberikan di kertas.")

    def move(self, to: str, *, because: str = "", status: int = 200) -> PaperBrowser:
        self.open("case", self.case.pk)
        browser = self.send("to", to=to, because=because, status=status)
        assert status != 200 or self.case.stage == to
        return browser

    def aside(self, to: str, because: str) -> None:
        """What happened beside the main way."""
        self.open("case", self.case.pk)
        self.send("referred_to", to=to, because=because)
        assert self.case.stage == to

    # --- assessing, goals ---

    def assess(self, instrument: str, answers: dict[str, int], **words: str) -> None:
        self.open("assessment-start", self.case.pk)
        self.send("instrument", instrument=instrument)
        typed = {f"item-{code}": level for code, level in answers.items()} | words
        self.send("held_on_day", sources=["self", "observation"], check="1", **typed)
        self.send("version")
        assert self.case.assessment_set.filter(instrument=instrument, completed_at__isnull=False).exists()

    def judge(self, network: int, providers: int | str = "unknown", moment: str = "baseline") -> None:
        """How able the people around and the providers are."""
        self.open("support", self.case.pk)
        self.send("network", moment=moment, network=network, providers=providers)
        assert self.case.supportreview_set.filter(moment=moment).exists()

    def set_goal(self, words: str, *, days: int = 60, term: str = "short") -> Goal:
        levels = {f"level_{number}": told for number, told in enumerate(LEVELS)}
        self.open("goal-new", self.case.pk)
        target = day_of("target_on", self.today + timedelta(days=days))
        self.send("words", words=words, term=term, criterion="Buku catatan", **levels, **target)
        return Goal.objects.get(case=self.case, number=Goal.objects.filter(case=self.case).count())

    def score(self, goal: Goal, level: int, moment: str) -> None:
        self.open("goal-score", goal.pk)
        self.send("level", level=level, moment=moment, seen="Terlihat saat kunjungan.")

    # --- plan, services ---

    @property
    def plan(self) -> Plan:
        return Plan.objects.filter(case=self.case).order_by("number").last()

    def start_plan(self) -> None:
        self.open("plan", self.case.pk)
        self.send("once")

    def add_step(self, need: str, kind: str, goal: Goal | None = None) -> PlanStep:
        self.open("step-new", self.plan.pk)
        due = day_of("due_on", self.today + timedelta(days=14))
        self.send(
            "need",
            need=need,
            service_kind=kind,
            provider="Koperasi Melati",
            goal=goal.pk if goal else "",
            **due,
        )
        return PlanStep.objects.filter(plan=self.plan).order_by("order").last()

    def agree(self) -> None:
        self.open("plan-agree", self.plan.pk)
        self.send("capacity", capacity="self", how="Dibacakan di rumah, langkah demi langkah.")

    def approve(self) -> None:
        self.open("plan-decide", self.plan.pk, who="supervisor")
        self.send("approved", who="supervisor", approved="yes")
        assert self.plan.state == "approved"

    def step_to(self, step: PlanStep, to: str, *, reason: str = "") -> None:
        self.open("step-state", step.pk)
        self.send("to", to=to, reason=reason)

    def check(self, step: PlanStep, delivered: str) -> None:
        self.open("step-checks", step.pk)
        self.send("delivered", delivered=delivered, fits_plan="yes" if delivered == "yes" else "no")

    def note(self, words: str) -> None:
        self.open("note-add", self.case.pk)
        self.send("words", kind="visit", words=words)

    def join(self, called: str, profession: str) -> None:
        self.open("member-add", self.case.pk)
        self.send("called", called=called, profession=profession)

    def wants_approval(self) -> None:
        """The supervisor sets this norm of the office."""
        browser = self._browsers["supervisor"]
        browser.open(reverse("cases:norms-of-organisation", args=[self.case.organisation]))
        self.send("plan_needs_approval", who="supervisor", plan_needs_approval="yes")

    # --- the ending ---

    def end(self, reason: str, levels: dict[int, int], **typed: Any) -> None:
        """Filled in with the final level of each goal by its number, then read and completed."""
        self.open("ending", self.case.pk)
        self.send("once")
        outcomes = {f"level_{number}": level for number, level in levels.items()}
        told = {
            "effect": "Ia berjualan lagi.",
            "process_quality": "Baik menurut Ibu Siti.",
            "process_quantity": "Sesuai yang dijanjikan.",
            "transition_goes_on": "Jualan dan pengajian.",
            "transition_stands_by": "Bu RT.",
            "transition_when_hard": "Menelepon Rina.",
            "statement": "Saya sudah berani sendiri.",
            "statement_capacity": "self",
            "made_with_client": "on",
        }
        self.send("held_on_day", reason=reason, **(told | outcomes | typed))
        self.send("version")

    def look_in(self, decision: str, *, condition: str = "better") -> None:
        """The next look afterwards, on the day on which it is due."""
        look = FollowUp.objects.filter(case=self.case, done_on=None).order_by("due_on").first()
        self.later((look.due_on - self.today).days)
        self.open("follow-up", look.pk)
        self.send("condition", condition=condition, words="Ditengok di rumah.", decision=decision)

    def leaves_nothing_open(self) -> None:
        """Closed, every gate met on the way, nobody waits for anything."""
        case = self.case
        assert case.stage == "closed"
        assert case.closed_on == self.today
        assert not FollowUp.objects.filter(case=case, done_on=None).exists()
        assert not case.task_set.filter(state="open").exists()
        self.open("case", case.pk)
        self.open("ending", case.pk)


def refusals(browser: PaperBrowser) -> str:
    """What the page says is wrong, for the message of a failing walk."""
    _before, found, after = browser.text.partition('class="errors')
    return after[:600] if found else browser.text[:200]
