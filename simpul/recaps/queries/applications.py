"""R13: applications for registration and for accreditation, how long they wait, what was decided, what runs out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from statistics import median
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import Accreditation, Step
from simpul.accreditation.stages import DECIDED
from simpul.accreditation.stages import ENDED as ACCREDITATION_ENDED
from simpul.accreditation.stages import Stage as AccreditationStage
from simpul.organisations.models import Organisation, Registration, RegistrationStep
from simpul.organisations.queries.office_counts import counts_of
from simpul.organisations.queries.registration_office import late_on
from simpul.organisations.stages import RUN_ENDED, WITH_THE_OFFICE, RunStage
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.bodies import area_lines, bodies_behind, bodies_within, body_column, keys_of
from simpul.recaps.queries.reached import bodies_in, period_heading

# What expires, by the codes of office_counts.
_ENDING = (
    "registered",
    "registered_ending",
    "accredited",
    "accredited_ending",
    "papers_ending",
    "papers_ended",
)


def applications(user: User, asked: Asked) -> Recap:
    """R13: what waits on the last day by stage, what was decided in the period, what runs out soon."""
    tables = (
        _waiting_registrations(user, asked),
        _moved_registrations(user, asked),
        _waiting_accreditations(user, asked),
        _decided_accreditations(user, asked),
        _running_out(user, asked),
    )
    heading = period_heading(
        asked, _("permohonan lembaga dalam jangkauan Anda"), _("register lembaga Simpul")
    )
    return Recap("R13", str(_TITLE), asked, tables, heading)


def _of_area(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if not asked.area:
        return rows
    inside = Organisation.objects.filter(bodies_in(asked.area, asked.until)).order_by().values("pk")
    found: QuerySet[Any] = rows.filter(organisation__in=inside)
    return found


def _on_the_day(rows: QuerySet[Any], steps: QuerySet[Any], run: str, asked: Asked) -> QuerySet[Any]:
    """With the stage in which each stood at the end of the last day, and since when."""
    newest = steps.filter(**{run: OuterRef("pk")}, on__lte=asked.until).order_by("-on", "-at", "-pk")
    found: QuerySet[Any] = rows.annotate(
        stood_in=Subquery(newest.values("stage")[:1]), stood_since=Subquery(newest.values("on")[:1])
    ).exclude(stood_in=None)
    return found


# --- registration ---


def _registrations(user: User, asked: Asked) -> QuerySet[Any]:
    return _of_area(Registration.objects.reachable(user, Permission.RECAP_VIEW), asked).order_by()


def _standing_registrations(user: User, asked: Asked) -> QuerySet[Any]:
    rows = _on_the_day(_registrations(user, asked), RegistrationStep.objects.all(), "registration", asked)
    return rows.exclude(stood_in__in=sorted({*RUN_ENDED, RunStage.DRAFT}))


def _late(standing: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    return standing.filter(late_on(asked.until), stage__in=sorted(WITH_THE_OFFICE))


def _waiting_registrations(user: User, asked: Asked) -> Table:
    standing = _standing_registrations(user, asked)
    late = Counter(_late(standing, asked).values_list("stood_in", flat=True))
    return _waiting(
        "registrations", _("Permohonan pendaftaran yang berjalan"), RunStage, RUN_ENDED, standing, asked, late
    )


def _moved_registrations(user: User, asked: Asked) -> Table:
    """How many came into each stage in the period; a file that came twice counts once."""
    steps = _steps(user, asked)
    found = Counter(stage for stage, _run in set(steps.values_list("stage", "registration")))
    names = (RunStage.SUBMITTED, RunStage.RETURNED, RunStage.ISSUED, RunStage.REFUSED, RunStage.WITHDRAWN)
    lines = [Line(stage.value, str(stage.label), (found[stage.value],)) for stage in names]
    return _moves("registration-moves", _("Permohonan pendaftaran dalam jangka ini"), lines, "registration")


def _steps(user: User, asked: Asked) -> QuerySet[Any]:
    days = (asked.since, asked.until)
    runs = _registrations(user, asked).values("pk")
    found: QuerySet[Any] = RegistrationStep.objects.filter(registration__in=runs, on__range=days)
    return found


# --- accreditation ---


def _accreditations(user: User, asked: Asked) -> QuerySet[Any]:
    return _of_area(Accreditation.objects.reachable(user, Permission.RECAP_VIEW), asked).order_by()


def _standing_accreditations(user: User, asked: Asked) -> QuerySet[Any]:
    rows = _on_the_day(_accreditations(user, asked), Step.objects.all(), "accreditation", asked)
    return rows.exclude(stood_in__in=sorted(ACCREDITATION_ENDED))


def _waiting_accreditations(user: User, asked: Asked) -> Table:
    standing = _standing_accreditations(user, asked)
    return _waiting(
        "accreditations",
        _("Akreditasi yang berjalan"),
        AccreditationStage,
        ACCREDITATION_ENDED,
        standing,
        asked,
        None,
    )


def _decided_accreditations(user: User, asked: Asked) -> Table:
    found = Counter(_decided(user, asked).values_list("stage", "grade"))
    stages = {stage.value: str(stage.label) for stage in AccreditationStage}
    lines = [
        Line(f"{stage}:{grade}", f"{stages[stage]} {grade}".strip(), (number,))
        for (stage, grade), number in sorted(found.items())
    ]
    return _moves(
        "accreditation-decided", _("Akreditasi yang diputuskan dalam jangka ini"), lines, "accreditation"
    )


def _decided(user: User, asked: Asked) -> QuerySet[Any]:
    days = (asked.since, asked.until)
    return _accreditations(user, asked).filter(stage__in=sorted(DECIDED), decided_on__range=days)


# --- tables ---


def _waiting(
    key: str,
    title: str,
    stages: type[TextChoices],
    ended: Collection[str],
    standing: QuerySet[Any],
    asked: Asked,
    late: Counter[str] | None,
) -> Table:
    """One line for each stage that is no end: how many, how long."""
    days: dict[str, list[int]] = defaultdict(list)
    for stage, since in standing.values_list("stood_in", "stood_since"):
        days[stage].append((asked.until - since).days)
    lines = []
    for stage in stages:
        if stage.value in ended or stage.value == RunStage.DRAFT:
            continue
        cells: tuple[Cell, ...] = (len(days[stage.value]), *_age(days[stage.value]))
        lines.append(
            Line(stage.value, str(stage.label), (*cells, late[stage.value]) if late is not None else cells)
        )
    kind = "accreditation" if late is None else "registration"
    columns = [
        Column("all", pgettext("recap", "Jumlah"), rows=kind),
        Column("middle", _("nilai tengah"), _("Hari dalam tahap itu")),
        Column("longest", _("terlama"), _("Hari dalam tahap itu")),
    ]
    notes = [_("Tahap pada hari terakhir jangka itu.")]
    if late is not None:
        columns.append(Column("late", _("Lewat batas waktu kantor"), rows=kind))
        notes.append(_("Lewat batas: yang sampai sekarang masih di kantor dan batasnya lewat pada hari itu."))
    every = [one for some in days.values() for one in some]
    sums: tuple[Cell, ...] = (len(every), *_age(every))
    total = Line("", pgettext("recap", "Jumlah"), (*sums, sum(late.values())) if late is not None else sums)
    return Table(key, title, _("permohonan"), _("Tahap"), tuple(columns), tuple(lines), total, tuple(notes))


def _age(days: list[int]) -> tuple[Cell, Cell]:
    return (float(median(days)), max(days)) if days else (None, None)


def _moves(key: str, title: str, lines: list[Line], kind: str) -> Table:
    note = _("Satu permohonan dapat masuk ke beberapa tahap dalam satu jangka, jadi tidak dijumlahkan.")
    columns = (Column("all", pgettext("recap", "Jumlah"), rows=kind),)
    return Table(key, title, _("permohonan"), _("Tahap"), columns, tuple(lines), None, (note,))


def _running_out(user: User, asked: Asked) -> Table:
    whole = bodies_within(user, asked)
    inside = _ending(whole, asked.until)
    lines = area_lines(whole, asked, inside, lambda bodies: _ending(bodies, asked.until))
    return Table(
        "running-out",
        _("Tanda daftar, akreditasi dan surat yang segera berakhir"),
        _("lembaga"),
        _("Wilayah"),
        tuple(_ending_columns()),
        tuple(lines),
        Line("", pgettext("recap", "Jumlah"), inside),
    )


def _ending(bodies: QuerySet[Any], on: date) -> tuple[int, ...]:
    found = counts_of(bodies, on)
    return tuple(found[code] for code in _ENDING)


def _ending_columns() -> Iterable[Column]:
    registers, accredits, papers = _("Tanda daftar"), _("Akreditasi"), _("Surat")
    soon = _("segera berakhir")
    told = (
        (_("berlaku"), registers),
        (soon, registers),
        (_("berlaku"), accredits),
        (soon, accredits),
        (soon, papers),
        (_("sudah habis"), papers),
    )
    return (body_column(code, words, group) for code, (words, group) in zip(_ENDING, told, strict=True))


# --- the rows behind a number ---


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The applications or bodies behind one number; of every stage where none is named, as in a total."""
    if table == "running-out":
        return bodies_behind(user, asked, table, line, column)
    if table == "registration-moves":
        moved = _steps(user, asked).filter(stage=line).values("registration")
        return keys_of("registration", Registration.objects.filter(pk__in=moved))
    if table == "accreditation-decided":
        stage, _colon, grade = line.partition(":")
        return keys_of("accreditation", _decided(user, asked).filter(stage=stage, grade=grade))
    if table == "accreditations":
        return keys_of("accreditation", _in_stage(_standing_accreditations(user, asked), line))
    if table != "registrations":
        return None
    standing = _standing_registrations(user, asked)
    return keys_of("registration", _in_stage(_late(standing, asked) if column == "late" else standing, line))


def _in_stage(standing: QuerySet[Any], stage: str) -> QuerySet[Any]:
    return standing.filter(stood_in=stage) if stage else standing


_TITLE = gettext_lazy("Permohonan dan akreditasi")

DEFINITIONS = (
    Definition(
        "R13",
        _TITLE,
        gettext_lazy("Berapa yang menunggu dan berapa lama, apa yang diputuskan, apa yang segera berakhir."),
        applications,
        behind,
        frozenset({"area", "period"}),
    ),
)
