"""Mentors, their visits and checks, made as in life."""

import uuid
from datetime import date

from simpul.programmes.actions import mentoring, strength
from simpul.programmes.models import Worker
from simpul.programmes.queries.mentoring import Seen
from simpul.programmes.queries.strength import mark_of
from tests.access.factories import user_with
from tests.programmes.making import AT, TODAY, later


def a_mentor(programme, *members, name="Pak Darwis"):
    """Somebody who is named mentor in that programme, for these bodies or for all."""
    user = user_with("mentor", region="21.02", name=name)
    named(programme, user, *members)
    return user


def named(programme, user, *members):
    keys = [str(member.pk) for member in members]
    details = {"part": "mentor", "name": str(user), "user": user.pk, "members": keys}
    return Worker.objects.create(
        programme=programme, since=date(2026, 6, 1), at=AT, by_name="Bu Ratna", **details
    )


def seen(**details):
    return Seen(**{"visited_on": TODAY, "found": "Buku kas belum diisi sejak Juli", **details})


def a_visit(member, by, *, key=None, **details):
    return mentoring.record_visit(
        member, by=by, key=key or uuid.uuid4(), on=TODAY, at=later(), seen=seen(**details)
    )


def a_check(member, by, occasion="before", *, answers=None, seen_on=TODAY, key=None):
    """A check with these answers, finished; a draft where there are none."""
    row = strength.begin(
        member, by=by, key=key or uuid.uuid4(), on=TODAY, at=later(), occasion=occasion, seen_on=seen_on
    )
    if answers:
        row = strength.answer(row, by=by, mark=mark_of(row.answers), answers=answers)
        row = strength.finish(row, by=by, at=later(), mark=mark_of(row.answers))
    return row
