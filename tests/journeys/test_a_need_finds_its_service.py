"""A need finds its service: looked for, referred, given, and the goal progresses; on paper, without scripts."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.cases.models import GoalScore, PlanStep
from simpul.referrals.models import NeedUnmet, Referral
from simpul.referrals.stages import Stage
from tests.access.factories import ORGANISATION
from tests.cases.factories import a_case
from tests.cases.goals import goal_of, scored
from tests.journeys.paper_browser import PaperBrowser
from tests.journeys.walking import day_of
from tests.organisations.factories import organisation
from tests.referrals.loop import a_line, a_service, receiver_of
from tests.screening.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAID = "Saya sudah berjualan lagi."
AGREED = {"capacity": "self", "mode": "spoken", "with_general": "on"}


@pytest.fixture(autouse=True)
def afternoon(monkeypatch):
    now = datetime.combine(TODAY, time(15), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def line(caseworker):
    organisation(pk=ORGANISATION, name="LKS Tunas Bahari")
    case = a_case(caseworker)
    goal = goal_of(case, caseworker)
    scored(goal, caseworker, -2, moment="baseline")
    return a_line(caseworker, case, goal=goal.pk)


def referred(sender, line, service):
    """Looked for, proposed, agreed to, read once more, and sent."""
    sender.open(reverse("referrals:find", args=[line.case_id, line.pk]))
    sender.follow(f"Usulkan rujukan · {service.name}").send("preparation", words="Gerobaknya rusak.")
    typed = {"shares": ["name", "need", "words", "contact"]} | AGREED
    sender.post("shares", **typed)
    assert "Gerobaknya rusak." in sender.text
    sender.send("mark")
    return Referral.objects.get(service=service)


def answers(receiver, referral, to, **typed):
    receiver.open(reverse("referrals:received-one", args=[referral.pk])).follow(to).send("version", **typed)
    assert receiver.status == 200
    referral.refresh_from_db()


class Sender(PaperBrowser):
    def post(self, having, **typed):
        """A form in which several boxes are ticked."""
        form = next(form for form in self._read().forms if having in form.names)
        return self._seen(self.client.post(self.at, form.values | typed, follow=True), self.at)


class TestANeedFindsItsService:
    def test_from_the_plan_until_the_goal_progresses(self, caseworker, line, monkeypatch):
        service = a_service()
        sender, receiver = Sender(caseworker), PaperBrowser(receiver_of(service))
        row = referred(sender, line, service)
        answers(receiver, row, "Terima", words="Datang Senin.")
        answers(receiver, row, "Catat kedatangan pertama", came="accompanied", **day_of("day", TODAY))
        answers(receiver, row, "Catat layanan diberikan", **day_of("day", TODAY))
        sender.open(reverse("referrals:referral", args=[row.pk])).follow("Catat kata penerima manfaat")
        sender.send("told", told="yes", words=SAID, step_to="done")
        assert PlanStep.objects.get(pk=line.pk).state == "done"
        sender.follow("Nilai tujuannya")
        assert SAID in sender.text
        later = timezone.now() + timedelta(minutes=1)
        monkeypatch.setattr(timezone, "now", lambda: later)
        sender.send("level", level=0)
        score = GoalScore.objects.order_by("-at").first()
        assert (score.goal_id, score.level, score.because, score.on) == (line.goal_id, 0, SAID, TODAY)
        assert "Nilai tujuannya" not in sender.open(reverse("referrals:referral", args=[row.pk])).text

    def test_and_goes_on_to_another_where_the_first_is_full(self, caseworker, line):
        full, other = a_service(name="Modal bergulir"), a_service(organisation(name="LKS Bakti"))
        sender, receiver = Sender(caseworker), PaperBrowser(receiver_of(full))
        row = referred(sender, line, full)
        answers(receiver, row, "Tolak dengan alasan", decline="full")
        assert NeedUnmet.objects.get().reason == "full"
        sender.open(reverse("referrals:referral", args=[row.pk])).follow("Cari layanan lain")
        again = referred(sender, line, other)
        answers(PaperBrowser(receiver_of(other)), again, "Terima")
        assert (again.stage, NeedUnmet.objects.get().ended_on) == (Stage.ACCEPTED, TODAY)
