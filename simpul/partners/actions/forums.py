"""What happens in a forum: it is founded, bodies join and leave, it meets, decides, and follows up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import KeyTaken, current, made_before, written
from simpul.partners.models import Decision, Forum, ForumMember, Meeting
from simpul.partners.queries.kept import body_named
from simpul.partners.queries.told import About, Decided, Minutes
from simpul.partners.stages import FollowUpState
from simpul.places.queries import names_of


@action(Permission.PARTNER_EDIT)
def found_forum(where: Where, /, *, by: User, key: UUID, at: datetime, about: About) -> Forum:
    """A forum of this area. Sent twice it is one."""
    told = {"name": about.called, "aim": about.aim, "chair": about.chair, "since": about.since}
    if repeated := made_before(Forum, key, region=where.region, **told):
        return repeated
    if where.region not in names_of([where.region]):
        raise Refusal(_("Wilayah forum belum dipilih atau tidak dikenal."))
    row = Forum(pk=key, organisation=where.organisation, region=where.region, **written(by, at))
    _fill(row, about)
    row.save(force_insert=True)
    return row


@action(Permission.PARTNER_EDIT)
def change_forum(forum: Forum, /, *, by: User, version: int, about: About) -> Forum:
    """Another name, aim or chair."""
    row = current(forum, version)
    _fill(row, about)
    row.version += 1
    row.save()
    return row


@action(Permission.PARTNER_EDIT)
def end_forum(forum: Forum, /, *, by: User, on: date) -> Forum:
    """It meets no more. What it decided stays to be read and followed up. Pressed twice it is once."""
    return _ended(forum, on)


@action(Permission.PARTNER_EDIT)
def resume_forum(forum: Forum, /, *, by: User) -> Forum:
    """It meets again after all. Pressed twice it is once."""
    return _ended(forum, None)


def _ended(forum: Forum, on: date | None) -> Forum:
    row = current(forum)
    if (row.ended_on is None) != (on is None):
        row.ended_on, row.version = on, row.version + 1
        row.save(update_fields=["ended_on", "version"])
    return row


def _running(forum: Forum) -> Forum:
    row = current(forum)
    if row.ended_on is not None:
        raise Refusal(_("Forum ini sudah berakhir. Jalankan lagi dahulu bila masih bertemu."))
    return row


@action(Permission.PARTNER_EDIT)
def join(forum: Forum, /, *, by: User, key: UUID, on: date, at: datetime, called: str) -> ForumMember:
    """A body joins, by the name in the register or, where it is not there, by its own."""
    name = fitting(called, _("Nama lembaga"), 200, is_needed=True)
    body = body_named(name)
    shown = body.name if body else name
    if repeated := made_before(ForumMember, key, forum=forum, name=shown):
        return repeated
    _running(forum)
    standing = ForumMember.objects.filter(forum=forum, left_on=None)
    if standing.filter(name__iexact=shown).exists():
        raise Refusal(_("%s sudah menjadi anggota forum ini.") % shown)
    row = ForumMember(pk=key, forum=forum, organisation=body, name=shown, since=on, **written(by, at))
    row.save(force_insert=True)
    return row


@action(Permission.PARTNER_EDIT)
def leave(member: ForumMember, /, *, by: User, on: date) -> ForumMember:
    """A body is no longer a member; that it was stays. Pressed twice it is once."""
    row = current(member)
    if row.left_on is None:
        row.left_on = on
        row.save(update_fields=["left_on"])
    return row


@action(Permission.PARTNER_EDIT)
def meet(forum: Forum, /, *, by: User, key: UUID, on: date, at: datetime, minutes: Minutes) -> Meeting:
    """A meeting with its decisions. Sent twice it is one. Raises Refusal for members that are none."""
    if repeated := _held_before(forum, key, minutes):
        return repeated
    _running(forum)
    row = Meeting(pk=key, forum=forum, **written(by, at))
    _note(row, minutes, today=on)
    row.save(force_insert=True)
    _decide(row, minutes.decided, by=by, on=on, at=at)
    return row


@action(Permission.PARTNER_EDIT)
def change_meeting(
    meeting: Meeting, /, *, by: User, version: int, on: date, at: datetime, minutes: Minutes
) -> Meeting:
    """What was noted is mended, and decisions are added; those that stand are followed up, not rewritten."""
    row = current(meeting, version)
    _note(row, minutes, today=on)
    row.version += 1
    row.save()
    _decide(row, minutes.decided, by=by, on=on, at=at)
    return row


@action(Permission.PARTNER_EDIT)
def follow_up(
    decision: Decision, /, *, by: User, version: int, on: date, became: str, result: str
) -> Decision:
    """What became of a decision. `became` is a FollowUpState; done and dropped say in words what happened."""
    row = current(decision, version)
    if became not in FollowUpState.values:
        raise Refusal(_("Pilih bagaimana keputusan ini berlanjut."))
    row.result = fitting(result, _("Hasil"), 1000, is_needed=became != FollowUpState.OPEN)
    row.state, row.state_on = FollowUpState(became), on
    row.version += 1
    row.save(update_fields=["state", "state_on", "result", "version"])
    return row


def _held_before(forum: Forum, key: UUID, minutes: Minutes) -> Meeting | None:
    """The meeting of a form that was sent twice. Raises KeyTaken where other words came with it."""
    names = ("on", "place", "agenda", "minutes", "guests")
    told: dict[str, Any] = {name: getattr(minutes, name) for name in names}
    came = sorted(map(str, set(minutes.came)))
    row = made_before(Meeting, key, forum=forum, came=came, **told)
    if row is not None:
        kept = row.decisions.order_by("order").values_list("words", flat=True)
        decided = [one.words.replace("\r\n", "\n").strip() for one in minutes.decided]
        if list(kept[: len(decided)]) != decided:
            raise KeyTaken
    return row


def _fill(row: Forum, about: About) -> None:
    row.name = fitting(about.called, _("Nama forum"), 200, is_needed=True)
    row.aim = fitting(about.aim, _("Tujuan"), 2000)
    row.chair = fitting(about.chair, _("Ketua"), 200)
    row.since = about.since


def _note(row: Meeting, minutes: Minutes, *, today: date) -> None:
    if minutes.on > today and (minutes.minutes or minutes.came or minutes.decided):
        raise Refusal(_("Rapat itu belum berlangsung: hasil dan yang hadir dicatat sesudahnya."))
    row.on = minutes.on
    row.place = fitting(minutes.place, _("Tempat"), 200)
    row.agenda = fitting(minutes.agenda, _("Acara"), 2000, is_needed=True)
    row.minutes = fitting(minutes.minutes, _("Notula"), 8000)
    row.guests = fitting(minutes.guests, _("Tamu"), 500)
    row.came = _members(row, minutes.came)


def _members(row: Meeting, came: Collection[UUID]) -> list[str]:
    known = set(ForumMember.objects.filter(forum=row.forum_id).values_list("pk", flat=True))
    if not set(came) <= known:
        raise Refusal(_("Yang hadir dipilih dari anggota forum ini; yang lain dicatat sebagai tamu."))
    return sorted(str(key) for key in set(came))


def _decide(row: Meeting, decided: Collection[Decided], *, by: User, on: date, at: datetime) -> None:
    before = Decision.objects.filter(meeting=row).count()
    for order, one in enumerate(decided, start=before + 1):
        Decision(
            meeting=row,
            order=order,
            words=fitting(one.words, _("Keputusan"), 1000, is_needed=True),
            in_charge=fitting(one.in_charge, _("Penanggung jawab"), 200),
            due_on=one.due_on,
            state_on=on,
            **written(by, at),
        ).save(force_insert=True)
