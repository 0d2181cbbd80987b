"""The trail of one person: what was done with the record, and who looked at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.cases.models import Case, OfCase
from simpul.imports.queries.origins import batches_about
from simpul.people.models import Person
from simpul.referrals.models import Referral
from simpul.referrals.stages import Deed


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
    Permission.CASE_NOTE: gettext_lazy("menulis catatan atau tugas kasus"),
    Permission.CASE_ASSESS: gettext_lazy("mengisi asesmen"),
    Permission.CASE_PLAN: gettext_lazy("menyusun tujuan atau rencana"),
    Permission.CASE_APPROVE: gettext_lazy("memutuskan rencana"),
    Permission.CASE_TEAM: gettext_lazy("mengubah tim kasus"),
    Permission.CASE_END: gettext_lazy("mengisi pengakhiran atau bimbingan lanjut"),
    Permission.CASE_PROTECT: gettext_lazy("mengubah kerahasiaan kasus"),
    Permission.CASE_BREAK_GLASS: gettext_lazy("membuka berkas tertutup dalam keadaan darurat"),
    Permission.CASE_PRINT: gettext_lazy("mencetak dokumen kasus"),
    Permission.CASE_DISCLOSE: gettext_lazy("mencatat pemberitahuan kepada pihak luar"),
    Permission.SUPERVISION_NOTE: gettext_lazy("menulis catatan supervisi"),
    Permission.REFERRAL_VIEW: gettext_lazy("membaca rujukan"),
    Permission.REFERRAL_SEND: gettext_lazy("mengurus rujukan"),
    Permission.REFERRAL_RECEIVE: gettext_lazy("membaca rujukan sebagai penerima"),
    Permission.REFERRAL_ANSWER: gettext_lazy("menjawab rujukan sebagai penerima"),
    Permission.PERSON_COPY: gettext_lazy("membuat salinan data"),
    Permission.PERSON_LIMIT: gettext_lazy("mengubah pembatasan data"),
    Permission.PERSON_ERASE: gettext_lazy("menghapus data orang ini"),
    Permission.DATA_REQUEST_RECORD: gettext_lazy("mencatat permintaan atas data"),
    Permission.TEAM_VIEW: gettext_lazy("melihat orang ini dalam daftar tim"),
    Permission.DESK_VIEW: gettext_lazy("melihat orang ini dalam daftar hari ini"),
    Permission.TRAIL_VIEW: gettext_lazy("membaca jejak ini"),
    Permission.IMPORT_MAKE: gettext_lazy("memuat daftar yang memuat orang ini"),
    Permission.DUPLICATE_VIEW: gettext_lazy("membandingkan orang ini dengan orang lain yang mirip"),
    Permission.PERSON_MERGE: gettext_lazy("menggabungkan catatan orang ini, atau membatalkannya"),
    Permission.POPULATION_VIEW: gettext_lazy("melihat orang ini dalam daftar hasil penapisan"),
    Permission.QUALITY_VIEW: gettext_lazy("melihat orang ini dalam daftar data yang perlu dilengkapi"),
    Permission.EXTRACT_APPROVE: gettext_lazy("memutuskan berkas riset"),
}
# Shown beside others in a list, which is less than opening somebody's own page.
_IN_A_LIST: dict[str, Promise] = {
    Permission.CASE_VIEW: gettext_lazy("melihat orang ini dalam daftar kasus"),
    Permission.REFERRAL_VIEW: gettext_lazy("melihat orang ini dalam daftar rujukan"),
    Permission.REFERRAL_RECEIVE: gettext_lazy("melihat orang ini dalam daftar rujukan masuk"),
    Permission.PERSON_SEARCH: gettext_lazy("melihat orang ini dalam hasil pencarian"),
    Permission.PERSON_VIEW: gettext_lazy("melihat orang ini dalam daftar"),
}
# What was done with the code of a letter, as the event tells it: none of it is an answer by a worker.
_BY_CODE: dict[str, Promise] = {
    Deed.READ: gettext_lazy("membaca pesan pengirim sebagai penerima"),
    Deed.READ_BY_CODE: gettext_lazy("membaca rujukan dengan kode surat"),
    Deed.WRONG_CODE: gettext_lazy("menulis kode surat rujukan yang salah"),
}
_READINGS: dict[str, Promise] = {
    Permission.PERSON_EDIT: gettext_lazy("membuka formulir data orang"),
    Permission.CONSENT_RECORD: gettext_lazy("membuka formulir persetujuan"),
    Permission.CONSENT_WITHDRAW: gettext_lazy("membuka halaman pencabutan persetujuan"),
    Permission.FACT_RECORD: gettext_lazy("membuka formulir jawaban"),
    Permission.SCREENING_START: gettext_lazy("membuka halaman awal penapisan"),
    Permission.SCREENING_ANSWER: gettext_lazy("membuka pertanyaan penapisan"),
    Permission.SCREENING_DECIDE: gettext_lazy("membuka halaman keputusan"),
    Permission.CASE_NOTE: gettext_lazy("membaca catatan kasus"),
    Permission.CASE_ASSESS: gettext_lazy("membuka formulir asesmen"),
    Permission.CASE_PLAN: gettext_lazy("membuka tujuan atau rencana"),
    Permission.CASE_APPROVE: gettext_lazy("membuka rencana untuk diputuskan"),
    Permission.CASE_TEAM: gettext_lazy("membuka halaman tim kasus"),
    Permission.CASE_END: gettext_lazy("membuka halaman pengakhiran"),
    Permission.CASE_PROTECT: gettext_lazy("membuka halaman kerahasiaan"),
    Permission.SUPERVISION_NOTE: gettext_lazy("membaca catatan supervisi"),
    Permission.PERSON_LIMIT: gettext_lazy("membuka halaman pembatasan data"),
    Permission.PERSON_ERASE: gettext_lazy("membuka halaman penghapusan"),
    Permission.DATA_REQUEST_RECORD: gettext_lazy("membuka permintaan atas data"),
    Permission.CASE_OPEN: gettext_lazy("membuka formulir kasus"),
    Permission.REFERRAL_SEND: gettext_lazy("membuka formulir rujukan"),
    Permission.REFERRAL_ANSWER: gettext_lazy("membuka formulir jawaban rujukan"),
}


def trail_of(person: UUID, viewer: User | None = None, *, only: str = "") -> Any:
    """Everything done with or read of one person's record, newest first; a queryset, so that a page can cut it.

    Where the person has a case that `viewer` may not see, all work on cases is left out but that on those within
    reach: also lists, forms and rows that are gone, or the trail would tell that it exists.
    """
    merged = Person.everybody.filter(merged_into=person).values_list("pk", flat=True)
    lists = Event.objects.filter(
        subject_kind="imports.batch", subject_key__in=map(str, batches_about(person))
    )
    events = Event.objects.about_person(person, *merged, also=lists)
    if viewer is not None and (reached := _reached_of(person, viewer)) is not None:
        of_cases = Q()
        for subject in ("case", "referral"):
            of_cases |= Q(permission__startswith=f"{subject}.") | Q(subject_kind__startswith=f"{subject}s.")
        events = events.exclude(of_cases & ~Q(subject_key__in=reached))
    if only in {"baca", "ubah"}:
        events = events.filter(is_reading=only == "baca")
    return events.order_by("-number")


def _reached_of(person: UUID, viewer: User) -> list[str] | None:
    """The keys of this person's cases within reach, of their rows and screenings; None where no case is closed."""
    reachable = Case.objects.reachable(viewer, Permission.CASE_VIEW).order_by()
    reached = dict(reachable.filter(person=person).values_list("pk", "screening"))
    if not Case.objects.filter(person=person).exclude(pk__in=reached).exists():
        return None
    keys = [key for pair in reached.items() for key in pair if key is not None]
    tables: tuple[Any, ...] = (*OfCase.__subclasses__(), Referral)
    for table in tables if reached else ():
        keys += table._default_manager.filter(case__in=reached).values_list("pk", flat=True)
    return [str(key) for key in keys]


def traces_of(events: Iterable[Event], *, tells: bool = True) -> list[Trace]:
    """Events, newest first, as lines: the same thing done again by the same person in one sitting is one line.

    Reasons are in workers' own words: `tells` is whether they may be read. A sitting ends with the day, with a pause, or where somebody else comes between. Every event is counted.
    """
    lines: list[Trace] = []
    sitting: dict[tuple[bool, str, str], int] = {}
    later: Event | None = None
    for event in events:
        if later is None or not _is_one_sitting(event, later):
            sitting = {}
        later, trace = event, trace_of(event, tells=tells)
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


def trace_of(event: Event, *, tells: bool = True) -> Trace:
    words = _by_code(event) or _DEEDS.get(event.permission)
    if event.is_reading:
        words = _READINGS.get(event.permission, words)
        if event.person is None:
            words = _IN_A_LIST.get(event.permission, words)
    return Trace(
        at=event.at,
        who=event.actor_name,
        words=str(words or _("melakukan %(deed)s") % {"deed": event.permission}),
        is_reading=event.is_reading,
        because=event.because if tells else "",
        since=event.at,
    )


def _by_code(event: Event) -> Promise | str | None:
    if event.details.get("did") == Deed.ANSWERED_BY_CODE:
        maker = event.details.get("maker") or "–"
        return _("menjawab rujukan dengan kode surat yang dibuat %(maker)s") % {"maker": maker}
    return _BY_CODE.get(str(event.details.get("did", "")))


def readers_of(person: UUID, viewer: User) -> int:
    """How many different people have seen or changed this person's record, as far as the viewer's trail tells."""
    told = trail_of(person, viewer).order_by().values("actor")
    count: int = told.distinct().count()
    return count
