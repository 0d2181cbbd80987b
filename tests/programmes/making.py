"""Invented programmes, made as rows where how they came about is not what a test is about."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count

from simpul.programmes.actions import money, plans
from simpul.programmes.models import Member, Programme
from simpul.programmes.queries.told import Agreed, Handed, Item, Spent
from tests.organisations.factories import organisation

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def a_programme(**details):
    kept = {
        "title": "Penguatan LKS Karimun",
        "region": "21.02",
        "province": "21",
        "stage": "monitoring",
        "stage_since": date(2026, 6, 1),
        "starts_on": date(2026, 1, 5),
        "waves": ["pre", "post"],
        "at": AT,
        "by_name": "Bu Dewi",
        **details,
    }
    return Programme.objects.create(**kept)


def a_member(programme=None, body=None, **details):
    kept = {
        "programme": programme or a_programme(),
        "organisation": body or organisation(),
        "state": "chosen",
        "state_since": date(2026, 1, 10),
        "at": AT,
        "by_name": "Bu Dewi",
        **details,
    }
    return Member.objects.create(**kept)


def an_item(**details):
    return Item(**{"words": "Mengurus akta notaris", "priority": 1, "budget": 2_000_000, **details})


def a_draft(member, by, *items, key=None, words=""):
    plan = plans.draw_up(member, by=by, key=key or uuid.uuid4(), at=AT, words=words)
    for item in items or (an_item(),):
        plans.add_item(plan, by=by, key=uuid.uuid4(), at=AT, item=item)
    return plan


def an_agreed_plan(member, by, officer, *items, words=""):
    plan = plans.send_in(a_draft(member, by, *items, words=words), by=by)
    return plans.agree(plan, by=officer, version=plan.version, on=TODAY)


def asked(member, by, amount=5_000_000, *, key=None):
    return money.ask(member, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, amount=amount, words="")


def signed(member, by, officer, decider, amount=5_000_000):
    """Stimulus money that was granted and signed for."""
    row = asked(member, by, amount)
    row = money.approve(row, by=decider, version=row.version, on=TODAY, granted=amount, words="")
    terms = Agreed("07/STIM/2026", TODAY, "Bu Salmah", date(2027, 3, 1))
    return money.sign(row, by=officer, version=row.version, on=TODAY, agreed=terms)


_minutes = count()


def later():
    """One moment after another, as in life."""
    return AT + timedelta(minutes=next(_minutes))


def handed(row, officer, amount, *, key=None, **details):
    told = Handed(
        **{"amount": amount, "on": TODAY, "received_by": "Bu Salmah", "witness": "Pak Camat", **details}
    )
    return money.hand_over(row, by=officer, key=key or uuid.uuid4(), on=TODAY, at=later(), handed=told)


def spent(row, by, amount, *, key=None, act=money.spend, **details):
    told = Spent(**{"amount": amount, "on": TODAY, "words": "Biaya notaris", **details})
    return act(row, by=by, key=key or uuid.uuid4(), on=TODAY, at=later(), spent=told)
