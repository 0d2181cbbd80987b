"""Everything that happened around a case, from all its tables in one question to the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BinaryField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.access.secrets import Sealed, unseal
from simpul.cases import models
from simpul.cases.models import Case as CaseRow
from simpul.cases.queries.answered import title_of
from simpul.cases.queries.goals import said_level
from simpul.cases.stages import Stage, skipped
from simpul.catalogue import instruments
from simpul.people.models import Consent, Fact, Person
from simpul.screening.models import Screening
from simpul.ui.templatetags.ui import tanggal

MOST = 300
RECENT = timedelta(days=92)
# The other kinds follow a row that tells its own happening.
_DONE_BY_HAND = ("own", "visit", "advocate", "conference")
TEXT = CharField()
SYSTEM = "system"
# A note that a later one corrects.
WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, who, in plain words; `said` is what a worker wrote of it."""

    at: datetime
    who: str
    words: str
    kind: str = ""
    said: str = ""
    screening: UUID | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is shown of it, the newest first, and whether there is more before that."""

    entries: tuple[Entry, ...]
    has_more: bool
    since: date | None


# Prefixed, because a column of the row may not share its name with a field of any table here.
_ROW = ("row_at", "row_who", "row_what", "row_key", "row_code", "row_more", "row_on", "row_held")
# By which name a row keeps the day on which it happened; `row_at` is when it was written down.
_DAYS = ("done_on", "on")


def timeline_of(
    case: CaseRow, *, all_seen: bool, since: date | None = None, with_system: bool = False
) -> Timeline:
    """From the registration to the newest note, as this person may see it; from one day on with `since`."""
    asked: dict[str, UUID | date] = {"key": case.pk, "person": case.person_id}
    if case.screening_id:
        asked["screening"] = case.screening_id
    if since is not None:
        asked["since"] = since
    found = _UNITED.rows(all_seen, with_system, **asked)
    entries = tuple(_entry(*row, case=case, all_seen=all_seen) for row in found[:MOST])
    return Timeline(entries, len(found) > MOST, since)


def _united(
    all_seen: bool,
    with_system: bool,
    *,
    key: UUID,
    person: UUID,
    screening: UUID | None = None,
    since: date | None = None,
) -> QuerySet[Any, Any]:
    """All kinds of happening in one question, the newest first."""
    case = CaseRow(pk=key, person_id=person, screening_id=screening)
    first, *others = _sources(case, all_seen=all_seen, with_system=with_system, since=since)
    rows = first.union(*others, all=True).order_by("-row_at", "-row_what")
    newest: QuerySet[Any, Any] = rows[: MOST + 1]
    return newest


_UNITED = Prepared(_united)


def recent_since(on: date) -> date:
    """From which day a timeline opens when nothing else is asked for: the last three months."""
    return on - RECENT


def _sources(
    case: CaseRow, *, all_seen: bool, with_system: bool, since: date | None
) -> Iterator[QuerySet[Any, Any]]:
    """Each kind of happening as rows of one shape."""
    yield from _of_the_person(case, since)
    if case.screening_id:
        yield from _of_the_screening(case.screening_id, since)
    for what, rows, moment, code, more, held in _of_the_case(case, all_seen=all_seen):
        yield _shaped(rows, what, since, moment=moment, code=code, more=more, held=held)
    if with_system:
        if all_seen:  # a count of answers tells that there are very sensitive ones
            yield _facts(case, since)
        yield from _prints(case, since)


def _shaped(
    rows: QuerySet[Any],
    what: str,
    since: date | None,
    *,
    moment: str = "at",
    who: Any = "by_name",
    code: Any = "",
    more: Any = "",
    held: str = "",
) -> QuerySet[Any, Any]:
    if since is not None:
        rows = rows.filter(**{f"{moment}__date__gte": since})
    nothing = Cast(Value(None), BinaryField(null=True))
    shaped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            row_at=F(moment),
            row_who=F(who) if isinstance(who, str) and who else who or Value("", TEXT),
            row_what=Value(what, TEXT),
            row_key=Cast("pk", TEXT),
            row_code=_text(code),
            row_more=_text(more),
            row_on=_text(_day_of(rows.model)),
            row_held=F(held) if held else nothing,
        )
        .values_list(*_ROW)
    )
    return shaped


def _day_of(model: type[Any]) -> str:
    names = {field.name for field in model._meta.fields}
    return next((name for name in _DAYS if name in names), "")


def _text(column: Any) -> Any:
    return Cast(column, TEXT) if column else Value("", TEXT)


def _of_the_person(case: CaseRow, since: date | None) -> Iterator[QuerySet[Any, Any]]:
    name = Subquery(User.objects.filter(pk=OuterRef("registered_by")).values("name")[:1])
    person = Person.objects.filter(pk=case.person_id)
    yield _shaped(person, "registered", since, moment="registered_at", who=name)
    consents = Consent.objects.filter(person=case.person_id)
    given = consents.order_by()
    yield _shaped(given, "consent", since, moment="given_at", who="recorded_by_name", code="basis")
    withdrawn = consents.exclude(withdrawn_at=None)
    yield _shaped(withdrawn, "consent-withdrawn", since, moment="withdrawn_at", who="")


def _of_the_screening(key: UUID, since: date | None) -> Iterator[QuerySet[Any, Any]]:
    rows = Screening.objects.filter(pk=key)
    yield _shaped(rows, "screening-started", since, moment="started_at", who="started_by_name")
    finished = rows.exclude(finished_at=None)
    yield _shaped(finished, "screening-finished", since, moment="finished_at", who="finished_by_name")
    decided = rows.exclude(decided_at=None)
    yield _shaped(decided, "screening-decided", since, moment="decided_at", who="decided_by_name")


def _of_the_case(case: CaseRow, *, all_seen: bool) -> Iterator[tuple[str, QuerySet[Any], str, Any, Any, str]]:
    """What, which rows, the moment, two plain codes, and the sealed words where they may be read."""

    def said(column: str) -> str:
        return column if all_seen else ""

    key = case.pk
    moves = models.StageMove.objects.filter(case=key)
    yield "stage", moves, "at", "stage_to", "stage_from", said("because_sealed")
    is_wrong = Exists(models.Note.objects.filter(corrects=OuterRef("pk")))
    mark = Case(When(is_wrong, then=Value(WRONG)), default=Value(""), output_field=TEXT)
    yield "note", models.Note.objects.filter(case=key), "at", "kind", mark, said("words_sealed")
    done = models.Assessment.objects.filter(case=key).exclude(completed_at=None)
    yield "assessment", done, "completed_at", "occasion", "instrument", ""
    yield "goal", models.Goal.objects.filter(case=key), "at", "number", "", said("words_sealed")
    scores = models.GoalScore.objects.filter(case=key)
    yield "score", scores, "at", "goal__number", "level", said("because_sealed")
    yield "plan", models.Plan.objects.filter(case=key), "at", "number", "", ""
    approved = models.Plan.objects.filter(case=key).exclude(approved_at=None)
    yield "plan-approved", approved, "approved_at", "number", "", ""
    checks = models.ServiceCheck.objects.filter(case=key)
    prepared = models.Preparation.objects.filter(case=key)
    yield "preparation", prepared, "at", "step__order", "", ""
    yield "support", models.SupportReview.objects.filter(case=key), "at", "moment", "", ""
    yield "check", checks, "at", "delivered", "step__order", said("words_sealed")
    yield "conference", models.Conference.objects.filter(case=key), "at", "", "", said("decided_sealed")
    handed = models.Handover.objects.filter(case=key, state="accepted")
    yield "handover", handed, "answered_at", "kind", "to_name", ""
    yield "disclosure", models.Disclosure.objects.filter(case=key), "at", "", "", said("what_sealed")
    yield "rights", models.RightsGiven.objects.filter(case=key), "at", "", "", ""
    agreed = models.Agreement.objects.filter(case=key)
    yield "agreement", agreed, "at", "", "", said("words_sealed")
    yield "satisfaction", models.Satisfaction.objects.filter(case=key), "at", "", "", ""
    yield "glass", models.BrokenGlass.objects.filter(case=key), "at", "", "", said("because_sealed")
    joined = models.CaseMember.objects.filter(case=key, is_manager=False)
    yield "member", joined, "at", "name", "", ""
    attached = models.Attachment.objects.filter(case=key, removed_at=None, file_key_sealed__isnull=False)
    yield "attachment", attached, "at", "", "", said("title_sealed")
    tasks = models.Task.objects.filter(case=key, state="done", kind__in=_DONE_BY_HAND)
    yield "task", tasks, "done_at", "", "", said("words_sealed")
    ended = models.Ending.objects.filter(case=key).exclude(completed_at=None)
    yield "ending", ended, "completed_at", "", "", ""
    looked = models.FollowUp.objects.filter(case=key).exclude(done_at=None)
    yield "follow-up", looked, "done_at", "condition", "", said("words_sealed")


def _facts(case: CaseRow, since: date | None) -> QuerySet[Any, Any]:
    """Answers noted by one worker on one day are one line, or they would bury everything else."""
    rows = Fact.objects.filter(person=case.person_id)
    if since is not None:
        rows = rows.filter(noted_at__date__gte=since)
    grouped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(day=TruncDate("noted_at"))
        .values("day", "noted_by_name")
        .annotate(
            row_at=Max("noted_at"),
            row_who=F("noted_by_name"),
            row_what=Value("facts", TEXT),
            row_key=Value("", TEXT),
            row_code=Cast(Count("pk"), TEXT),
            row_more=Value("", TEXT),
            row_on=Value("", TEXT),
            row_held=Cast(Value(None), BinaryField(null=True)),
        )
        .values_list(*_ROW)
    )
    return grouped


def _prints(case: CaseRow, since: date | None) -> Iterator[QuerySet[Any, Any]]:
    """Each time that paper was made: it goes where no gate stands."""
    prints = Q(permission__in=[Permission.SCREENING_PRINT, Permission.CASE_PRINT])
    about = Q(subject_kind=CaseRow._meta.label_lower, subject_key=str(case.pk))
    if case.screening_id:
        about |= Q(subject_kind=Screening._meta.label_lower, subject_key=str(case.screening_id))
    rows = Event.objects.filter(prints, about)
    kind = Case(When(permission=Permission.CASE_PRINT, then=Value("case")), default=Value("result"))
    yield _shaped(rows, "print", since, who="actor_name", code=kind)


# --- the words ---

_WORDS: dict[str, Promise] = {
    "registered": gettext_lazy("Orang ini didata."),
    "consent-withdrawn": gettext_lazy("Persetujuan dicabut."),
    "screening-started": gettext_lazy("Penapisan dimulai."),
    "screening-finished": gettext_lazy("Semua jawaban disimpan dan dinilai."),
    "conference": gettext_lazy("Rapat kasus."),
    "disclosure": gettext_lazy("Sesuatu diberitahukan kepada pihak luar."),
    "rights": gettext_lazy("Hak dan prinsip pelayanan dijelaskan dan diberikan."),
    "agreement": gettext_lazy("Kesepakatan layanan dibuat."),
    "satisfaction": gettext_lazy("Pendapat klien tentang layanan dicatat."),
    "glass": gettext_lazy("Kasus ini dibuka dalam keadaan darurat oleh orang di luar tim."),
    "attachment": gettext_lazy("Lampiran ditambahkan."),
    "task": gettext_lazy("Tugas selesai."),
    "ending": gettext_lazy("Evaluasi dan pengakhiran diselesaikan."),
}
_COLOURED = {"stage", "consent-withdrawn", "glass", "ending", "handover"}
_FROM_THE_SYSTEM = {"facts", "print", "member"}
_HELD: dict[str, tuple[type[Any], str]] = {
    "stage": (models.StageMove, "because"),
    "note": (models.Note, "words"),
    "goal": (models.Goal, "words"),
    "score": (models.GoalScore, "because"),
    "check": (models.ServiceCheck, "words"),
    "conference": (models.Conference, "decided"),
    "disclosure": (models.Disclosure, "what"),
    "agreement": (models.Agreement, "words"),
    "glass": (models.BrokenGlass, "because"),
    "attachment": (models.Attachment, "title"),
    "task": (models.Task, "words"),
    "follow-up": (models.FollowUp, "words"),
}


def _entry(
    moment: datetime,
    who: str | None,
    what: str,
    key: str,
    code: str,
    more: str,
    on: str | None,
    held: Any,
    *,
    case: CaseRow,
    all_seen: bool,
) -> Entry:
    kind = "act" if what in _COLOURED else SYSTEM if what in _FROM_THE_SYSTEM else ""
    is_screening = what.startswith("screening-")
    return Entry(
        at=moment,
        who=who or "",
        words=_words(what, code or "", more or "", case, all_seen=all_seen) + _written_later(moment, on),
        kind=kind,
        said=_unsealed(what, key, held) if held is not None and all_seen and more != WRONG else "",
        screening=case.screening_id if is_screening else None,
    )


def _written_later(moment: datetime, on: str | None) -> str:
    """On which day it happened, where it was written down on another."""
    if not on or on == timezone.localtime(moment).date().isoformat():
        return ""
    return " " + _("Terjadi %(day)s.") % {"day": tanggal(date.fromisoformat(on))}


def _unsealed(what: str, key: str, held: Any) -> str:
    model, field = _HELD[what]
    sealed: Sealed = getattr(model, field)
    return unseal(held, sealed.context_of(model, key))


def _words(what: str, code: str, more: str, case: CaseRow, *, all_seen: bool) -> str:
    if what in _WORDS:
        return str(_WORDS[what])
    if what == "screening-decided":
        return _decided_words(case, all_seen=all_seen)
    if what == "stage":
        return _stage_words(more, code, case)
    return _told(what, code, more)


def _told(what: str, code: str, more: str) -> str:
    match what:
        case "consent":
            if code == "consent":
                return _("Persetujuan dicatat.")
            return _("Dasar hukum lain untuk mengolah data dicatat.")
        case "note":
            kind = str(models.ContactKind(code).label)
            # What was wrong is read on the page of notes, beside what took its place.
            return _("%(kind)s: sudah dikoreksi.") % {"kind": kind} if more == WRONG else f"{kind}."
        case "assessment":
            return _assessed_words(code, more)
        case "goal":
            return _("Tujuan %(number)s ditetapkan.") % {"number": code}
        case "score":
            return _("Tujuan %(number)s dinilai: tingkat %(level)s.") % {
                "number": code,
                "level": said_level(int(more)),
            }
        case "plan":
            return _("Rencana versi %(number)s dimulai.") % {"number": code}
        case "plan-approved":
            return _("Rencana versi %(number)s disetujui.") % {"number": code}
        case "preparation":
            return _("Klien dipersiapkan untuk langkah %(step)s.") % {"step": code}
        case "support":
            return _("Jejaring dan penyedia dinilai: %(moment)s.") % {
                "moment": str(models.Moment(code).label).lower()
            }
        case "check":
            return _("Langkah %(step)s diperiksa: %(delivered)s.") % {
                "step": more,
                "delivered": str(models.Delivered(code).label).lower(),
            }
        case "handover":
            return f"{models.Handing(code).label}: {more}."
        case "member":
            return _("%(name)s masuk ke tim.") % {"name": code}
        case "follow-up":
            return _("Bimbingan lanjut: %(condition)s.") % {
                "condition": str(models.Condition(code).label).lower()
            }
        case "facts":
            count = int(code)
            return ngettext("%(count)s jawaban dicatat.", "%(count)s jawaban dicatat.", count) % {
                "count": count
            }
        case "print":
            if code == "case":
                return _("Dokumen kasus dicetak.")
            return _("Hasil dicetak untuk keluarga.")
    raise ValueError(what)


def _assessed_words(occasion: str, instrument: str) -> str:
    """With the name of what was shipped; that of an office's own would cost a question to the database."""
    try:
        title = title_of(instruments.get(instrument))
    except KeyError:
        return f"{models.Occasion(occasion).label}."
    return f"{models.Occasion(occasion).label}: {title}."


def _decided_words(case: CaseRow, *, all_seen: bool) -> str:
    """How many types were found to fit is not told to those from whom some are kept."""
    if not all_seen:
        return _("Hasil diputuskan.")
    count = len(case.need_types or ())
    return ngettext(
        "Hasil diputuskan: %(count)s jenis sesuai.", "Hasil diputuskan: %(count)s jenis sesuai.", count
    ) % {"count": count}


def _stage_words(stage_from: str, stage_to: str, case: CaseRow) -> str:
    if not stage_from:
        words = _("Kasus %(number)s dibuka.") % {"number": case.number}
    else:
        words = _("Tahap menjadi %(stage)s.") % {"stage": Stage(stage_to).label}
    if left_out := skipped(stage_from, stage_to):
        names = ", ".join(str(stage.label).lower() for stage in left_out)
        words += " " + _("Dilewati: %(stages)s.") % {"stages": names}
    return words
