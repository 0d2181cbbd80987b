"""The trail of one person: what was done with the record, and who looked at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import Event
from simpul.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was done with a person's record, or that somebody looked at it; `times` in one sitting.

    `at` is the last time, `since` the first.
    """

    at: datetime
    who: str
    words: str
    is_reading: bool
    because: str
    since: datetime
    times: int = 1

    @property
    def span(self) -> str:
        """From when to when, "09.10–09.25"."""
        first, last = (f"{timezone.localtime(moment):%H.%M}" for moment in (self.since, self.at))
        return first if first == last else f"{first}–{last}"


# One interview reads and writes by turns. After a pause as long as this, somebody has come back.
PAUSE = timedelta(minutes=30)


_DEEDS: dict[str, Promise] = {
    Permission.PERSON_SEARCH: gettext_lazy("mencari orang ini"),
    Permission.PERSON_VIEW: gettext_lazy("membuka halaman orang"),
    Permission.PERSON_REGISTER: gettext_lazy("mendata orang ini"),
    Permission.PERSON_EDIT: gettext_lazy("mengubah data orang"),
    Permission.PERSON_IDENTITY_VIEW: gettext_lazy("melihat nomor dan alamat lengkap"),
    Permission.CONSENT_RECORD: gettext_lazy("mencatat persetujuan"),
    Permission.CONSENT_WITHDRAW: gettext_lazy("mencatat pencabutan persetujuan"),
    Permission.FACT_RECORD: gettext_lazy("mencatat jawaban"),
    Permission.SCREENING_VIEW: gettext_lazy("membaca hasil penapisan"),
    Permission.SCREENING_PRINT: gettext_lazy("mencetak hasil penapisan"),
    Permission.SCREENING_START: gettext_lazy("memulai penapisan"),
    Permission.SCREENING_ANSWER: gettext_lazy("mengisi penapisan"),
    Permission.SCREENING_DECIDE: gettext_lazy("memutuskan hasil penapisan"),
    Permission.CASE_VIEW: gettext_lazy("membuka halaman kasus"),
    Permission.CASE_OPEN: gettext_lazy("membuka kasus"),
    Permission.CASE_MOVE: gettext_lazy("memindahkan tahap kasus"),
    Permission.TEAM_VIEW: gettext_lazy("melihat orang ini dalam daftar tim"),
    Permission.DESK_VIEW: gettext_lazy("melihat orang ini dalam daftar hari ini"),
    Permission.TRAIL_VIEW: gettext_lazy("membaca jejak ini"),
}
# Shown beside others in a list, which is less than opening somebody's own page.
_IN_A_LIST: dict[str, Promise] = {
    Permission.CASE_VIEW: gettext_lazy("melihat orang ini dalam daftar kasus"),
    Permission.PERSON_SEARCH: gettext_lazy("melihat orang ini dalam hasil pencarian"),
    Permission.PERSON_VIEW: gettext_lazy("melihat orang ini dalam daftar"),
}
_READINGS: dict[str, Promise] = {
    Permission.PERSON_EDIT: gettext_lazy("membuka formulir data orang"),
    Permission.CONSENT_RECORD: gettext_lazy("membuka formulir persetujuan"),
    Permission.CONSENT_WITHDRAW: gettext_lazy("membuka halaman pencabutan persetujuan"),
    Permission.FACT_RECORD: gettext_lazy("membuka formulir jawaban"),
    Permission.SCREENING_START: gettext_lazy("membuka halaman awal penapisan"),
    Permission.SCREENING_ANSWER: gettext_lazy("membuka pertanyaan penapisan"),
    Permission.SCREENING_DECIDE: gettext_lazy("membuka halaman keputusan"),
    Permission.CASE_OPEN: gettext_lazy("membuka formulir kasus"),
}


def trail_of(person: UUID, *, only: str = "") -> Any:
    """Everything done with or read of one person's record, newest first; a queryset, so that a page can cut it."""
    events = Event.objects.about_person(person)
    if only in {"baca", "ubah"}:
        events = events.filter(is_reading=only == "baca")
    return events.order_by("-number")


def traces_of(events: Iterable[Event]) -> list[Trace]:
    """Events, newest first, as lines: the same thing done again by the same person in one sitting is one line.

    A sitting ends with the day, with a pause, or where somebody else comes between. Every event is counted.
    """
    lines: list[Trace] = []
    sitting: dict[tuple[bool, str, str], int] = {}
    later: Event | None = None
    for event in events:
        if later is None or not _is_one_sitting(event, later):
            sitting = {}
        later, trace = event, trace_of(event)
        place = sitting.setdefault((trace.is_reading, trace.words, trace.because), len(lines))
        if place == len(lines):
            lines.append(trace)
        else:
            lines[place] = _once_more(lines[place], event.at)
    return lines


def _once_more(trace: Trace, at: datetime) -> Trace:
    # A clock set back must not turn the span around.
    return replace(trace, since=min(trace.since, at), at=max(trace.at, at), times=trace.times + 1)


def _is_one_sitting(event: Event, later: Event) -> bool:
    days = {timezone.localtime(moment).date() for moment in (event.at, later.at)}
    same = (event.actor, event.actor_name) == (later.actor, later.actor_name)
    return same and len(days) == 1 and later.at - event.at < PAUSE


def trace_of(event: Event) -> Trace:
    words = _DEEDS.get(event.permission)
    if event.is_reading:
        words = _READINGS.get(event.permission, words)
        if event.person is None:
            words = _IN_A_LIST.get(event.permission, words)
    return Trace(
        at=event.at,
        who=event.actor_name,
        words=str(words or _("melakukan %(deed)s") % {"deed": event.permission}),
        is_reading=event.is_reading,
        because=event.because,
        since=event.at,
    )


def readers_of(person: UUID) -> int:
    """How many different people have seen or changed this person's record."""
    return Event.objects.about_person(person).values("actor").distinct().count()
