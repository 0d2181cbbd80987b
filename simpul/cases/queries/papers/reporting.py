"""The papers that tell how it stands: social report, progress report, minutes of a conference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from simpul.cases.models import (
    Assessment,
    Case,
    Concerned,
    Goal,
    GoalScore,
    GoalState,
    Note,
    PlanStep,
    Task,
    TaskKind,
)
from simpul.cases.queries.answered import instrument_of, question_of, said_answer, shown_of
from simpul.cases.queries.case import needs_of
from simpul.cases.queries.goals import LEVEL_NAMES, goals_of, said_level
from simpul.cases.queries.papers.beside import support_table
from simpul.cases.queries.papers.filling import Filling, day, identity, lines_of, said
from simpul.cases.queries.papers.planning import prepared
from simpul.cases.queries.papers.shapes import Field, Section, Signature, Signatures, Table, section
from simpul.cases.queries.plans import kind_name, plan_of
from simpul.cases.queries.team import participant_words, title
from simpul.cases.stages import ReferredBy


def social_report(filling: Filling) -> tuple[Section, ...]:
    """Who it is, the family, how the problem grew, the surroundings, what the assessment says, what is advised."""
    case, held = filling.case, _newest(filling.case)
    first = held[0] if held else None
    return (
        section(_("Identitas"), *identity(filling)),
        section(_("Keluarga dan orang di sekitar"), _family(filling)),
        section(
            _("Riwayat masalah"),
            Field(_("Masalah sekarang"), filling.words(case, "summary"), lines=4),
            Field(_("Bagaimana masalah ini muncul, dan apa yang sudah dicoba"), _beginning(filling), lines=6),
        ),
        section(
            _("Lingkungan"),
            Field(
                _("Rumah dan lingkungan"),
                lines_of((_domains(filling, held, "housing"), filling.words(first, "observed"))),
                lines=4,
            ),
            Field(
                _("Pekerjaan, sekolah dan penghasilan"),
                _domains(filling, held, "economy", "learning_work"),
                lines=3,
            ),
            Field(_("Kesehatan dan disabilitas"), _domains(filling, held, "physical"), lines=3),
        ),
        section(_("Hasil asesmen"), _results(filling, held)),
        section(_("Jejaring dan penyedia"), support_table(filling)),
        section(_("Pandangan dan kekuatan"), *_views(filling, first)),
        section(
            _("Layanan yang sudah diberikan"),
            _given(filling),
        ),
        section(
            _("Kesimpulan dan rekomendasi"),
            Field(_("Kesimpulan"), filling.words(first, "conclusion"), lines=4),
            Field(_("Rekomendasi"), _advised(filling, first), lines=5),
        ),
        section(_("Tanda tangan"), *_signed_by_worker(case)),
    )


def _newest(case: Case | None) -> list[Assessment]:
    """The newest completed assessment with each instrument, the newest first."""
    if case is None:
        return []
    newest: dict[str, Assessment] = {}
    for held in Assessment.objects.filter(case=case).exclude(completed_at=None).order_by("-on", "-at"):
        newest.setdefault(held.instrument, held)
    return list(newest.values())


_WHOLE_LIFE = "bio-psycho-social-spiritual"


def _domains(filling: Filling, held: Iterable[Assessment], *codes: str) -> str:
    """What was answered in these parts of life, in words: question by question, from the newest such assessment."""
    one = next((one for one in held if one.instrument == _WHOLE_LIFE), None)
    instrument = instrument_of(one) if one else None
    if one is None or instrument is None:
        return ""
    answers = one.answers or {}
    items = (item for domain in instrument.domains if domain.code in codes for item in domain.items)
    found = ((item, said_answer(instrument, item.code, answers.get(item.code))) for item in items)
    return filling.told(lines_of(f"{question_of(item)} {words}" for item, words in found if words))


def _beginning(filling: Filling) -> str:
    """What the first talk tells: when and how somebody came, with which needs, and what was dangerous."""
    case = filling.case
    if case is None:
        return ""
    came = day(case.opened_on)
    # Who reported somebody may come to harm by it.
    if case.referred_by and (filling.is_inside or case.referred_by == ReferredBy.SELF):
        came = f"{came}: {case.get_referred_by_display()}"
    needs = (said(need.display) for need in needs_of(case, all_seen=filling.is_told))
    return lines_of((came, *needs, filling.words(case, "risk")))


def _advised(filling: Filling, held: Assessment | None) -> str:
    """The goals that the work aims at; before there are any, what the newest assessment concludes."""
    case = filling.case
    goals = Goal.objects.filter(case=case, state=GoalState.ACTIVE).order_by("number") if case else ()
    aims = lines_of(f"{goal.number}. {filling.words(goal, 'words')}" for goal in goals)
    return aims or filling.words(held, "conclusion")


def _family(filling: Filling) -> Table:
    case = filling.case
    concerned = Concerned.objects.filter(case=case, ended_on=None).order_by("at") if case else ()
    rows = [
        (
            filling.others(one.name),
            filling.others(one.relation),
            one.get_sex_display(),
            str(one.born_year or ""),
            _("ya") if one.lives_with_client else _("tidak"),
        )
        for one in concerned
    ]
    if case and not filling.is_inside and rows:
        rows = [(_("Tidak disertakan: menyangkut orang lain."), "", "", "", "")]
    head = (_("Nama"), _("Hubungan"), _("Jenis kelamin"), _("Tahun lahir"), _("Serumah"))
    return filling.table("", head, rows, widths=(4, 3, 2, 2, 2), empty=6)


def _results(filling: Filling, held: Iterable[Assessment]) -> Table:
    rows: list[tuple[str, ...]] = []
    for one in held:
        shown = shown_of(one, is_told=filling.is_told)
        named = f"{shown.title}, {day(one.on)}"
        rows += [(named, line.title, line.figure, line.words) for line in shown.lines]
    head = (_("Instrumen"), _("Bagian"), _("Nilai"), _("Keterangan"))
    return filling.table("", head, rows, widths=(4, 4, 2, 4), empty=6)


def _views(filling: Filling, held: Assessment | None) -> tuple[Field, ...]:
    return (
        Field(_("Pandangan orang itu sendiri"), filling.words(held, "client_view"), lines=3),
        Field(_("Pandangan keluarga"), filling.others(held.family_view if held else ""), lines=3),
        Field(_("Kekuatan dan yang dapat diandalkan"), filling.words(held, "strengths"), lines=3),
    )


def _given(filling: Filling) -> Table:
    plan = plan_of(filling.case) if filling.case else None
    steps = PlanStep.objects.filter(plan=plan).order_by("order") if plan else ()
    rows = [
        (kind_name(step.service_kind), filling.words(step, "provider"), step.get_state_display())
        for step in steps
    ]
    return filling.table("", (_("Layanan"), _("Penyedia"), _("Keadaan")), rows, widths=(4, 4, 4))


def _signed_by_worker(case: Case | None) -> tuple[Field, Signatures]:
    return (
        Field(_("Nomor STR pekerja sosial")),
        Signatures(
            (Signature(_("Petugas"), case.worker_name if case else ""), Signature(_("Pimpinan lembaga")))
        ),
    )


# --- progress report ---


def progress_report(filling: Filling) -> tuple[Section, ...]:
    """What happened in a period, contact by contact, what came of each goal, and what is next."""
    since, until = filling.picked.since, filling.picked.until
    notes = _notes(filling)
    return (
        section(
            _("Masa laporan"),
            Field(_("Dari"), day(since)),
            Field(_("Sampai"), day(until)),
            Field(_("Jumlah catatan"), str(len(notes)) if filling.case else ""),
        ),
        *_contacts(filling, notes),
        section(_("Kemajuan per tujuan"), _progress(filling)),
        section(
            _("Persiapan klien untuk layanan"),
            prepared(filling, plan_of(filling.case) if filling.case else None),
        ),
        section(_("Yang masih dikerjakan"), _open_tasks(filling)),
        section(
            _("Kesimpulan"),
            Field(_("Kemajuan dan hambatan dalam masa ini"), lines=4),
            Field(_("Langkah berikutnya"), lines=3),
        ),
        section(_("Tanda tangan"), filling.signatures(_("Supervisor"), client=False)),
    )


def _in_period(rows: Any, filling: Filling) -> Any:
    since, until = filling.picked.since, filling.picked.until
    rows = rows.filter(on__gte=since) if since else rows
    return rows.filter(on__lte=until) if until else rows


def _notes(filling: Filling) -> list[Note]:
    """The notes of the period in their order; a corrected one is left out for its correction."""
    if filling.case is None:
        return []
    rows = Note.objects.filter(case=filling.case, corrections=None)
    return list(_in_period(rows, filling).order_by("on", "at"))


def _contacts(filling: Filling, notes: list[Note]) -> tuple[Section, ...]:
    if filling.case is None:
        return tuple(section(_("Pertemuan"), *_contact(filling, None)) for _number in range(3))
    if not notes:
        return (section(_("Pertemuan"), Field(_("Pertemuan"), _("Belum ada yang dicatat."))),)
    return tuple(
        section(f"{day(note.on)}: {note.get_kind_display()}", *_contact(filling, note)) for note in notes
    )


def _contact(filling: Filling, note: Note | None) -> tuple[Field, ...]:
    """One contact; what others said and who they are only where it stays inside."""
    when = () if note else (Field(_("Tanggal dan jenis pertemuan")),)
    asked = [
        Field(_("Tempat"), filling.words(note, "place")),
        Field(_("Dengan siapa"), filling.others(note.with_whom if note else "")),
        Field(_("Yang terjadi"), filling.words(note, "words"), lines=4),
        Field(_("Keterangan orang lain"), filling.others(note.third_party if note else ""), lines=2),
        Field(_("Langkah berikutnya"), filling.words(note, "next_step"), lines=2),
        Field(_("Lamanya, dalam menit"), str(note.minutes or "") if note else ""),
        Field(_("Petugas"), note.by_name if note else ""),
    ]
    # Of a contact that was noted, what was not said needs no line.
    return (*when, *(one for one in asked if note is None or one.value))


def _progress(filling: Filling) -> Table:
    rows: list[tuple[str, ...]] = []
    if filling.case:
        scores = _in_period(GoalScore.objects.filter(case=filling.case), filling)
        rows = [
            (
                f"{score.goal.number}. {filling.words(score.goal, 'words')}",
                day(score.on),
                f"{said_level(score.level)} {LEVEL_NAMES[score.level]}",
                filling.words(score, "because"),
            )
            for score in scores.select_related("goal").order_by("goal__number", "on", "at")
        ]
    head = (_("Tujuan"), _("Tanggal"), _("Tingkat"), _("Yang terlihat"))
    return filling.table("", head, rows, widths=(4, 2, 3, 4))


def _open_tasks(filling: Filling) -> Table:
    tasks = Task.objects.filter(case=filling.case).waiting().order_by("due_on") if filling.case else ()
    return _task_table(filling, tasks)


def _task_table(filling: Filling, tasks: Iterable[Task]) -> Table:
    rows = [
        (
            filling.words(task, "words") or task.get_kind_display(),
            task.worker_name,
            day(task.due_on),
            task.get_state_display(),
        )
        for task in tasks
    ]
    head = (_("Tugas"), _("Oleh"), _("Paling lambat"), _("Keadaan"))
    return filling.table("", head, rows, widths=(5, 3, 3, 3))


# --- conference ---


def minutes(filling: Filling) -> tuple[Section, ...]:
    """The minutes of a case conference: who took part, what was said and decided, and who does what."""
    held = filling.picked.conference
    tasks = Task.objects.filter(kind=TaskKind.CONFERENCE, about=held.pk).order_by("due_on") if held else ()
    goals = goals_of(filling.case, filling.viewer, filling.on).rows if filling.case else ()
    return (
        section(
            _("Rapat"),
            Field(_("Tanggal"), day(held.on) if held else ""),
            Field(_("Tempat"), filling.words(held, "place")),
            Field(_("Notulis"), held.by_name if held else ""),
        ),
        section(_("Peserta"), _participants(filling)),
        section(_("Tujuan kasus ini"), Field(_("Tujuan"), lines_of(row.words for row in goals), lines=2)),
        section(
            _("Jalannya rapat"),
            Field(_("Yang dibicarakan"), filling.others(held.discussed if held else ""), lines=6),
            Field(_("Pandangan klien"), filling.words(held, "client_view"), lines=3),
            Field(_("Yang diputuskan"), filling.words(held, "decided"), lines=5),
        ),
        section(_("Tugas dari rapat ini"), _task_table(filling, tasks)),
        section(_("Tanda tangan"), filling.signatures(_("Pimpinan rapat"), client=False)),
    )


def _participants(filling: Filling) -> Table:
    """With names where it stays inside; otherwise by profession only."""
    held = filling.picked.conference
    rows = [
        (_named(entry) if filling.is_inside else title("professions", entry.get("profession", "")) or "-",
         entry.get("organisation", ""), "")
        for entry in (held.participants or () if held else ())
    ]  # fmt: skip
    head = (_("Nama dan profesi"), _("Lembaga"), _("Paraf"))
    return filling.table("", head, rows, widths=(5, 4, 3), empty=8)


def _named(entry: dict[str, str]) -> str:
    return participant_words({**entry, "organisation": ""})
