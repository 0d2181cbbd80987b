"""What happens to a programme: set up, changed, brought from stage to stage, stopped, handed over, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.catalogue.programmes import norms
from simpul.instruments.queries import required_instrument
from simpul.places.queries import names_of
from simpul.programmes.models import Programme, ProgrammeStep
from simpul.programmes.queries.criteria import node_of, usual
from simpul.programmes.queries.kept import require_past, require_running
from simpul.programmes.queries.programme import has_open_money, is_measured, passed_over
from simpul.programmes.queries.programme_told import MOST_WAVES, Told
from simpul.programmes.stages import ENDED, Design, Stage, following
from simpul.ui.fields import LARGEST_AMOUNT

_TWO_MEASUREMENTS = frozenset({Design.ONE_GROUP, Design.COMPARISON})
_MOST_AREAS = 40


@action(Permission.PROGRAMME_MANAGE)
def set_up(where: Where, /, *, by: User, key: UUID, on: date, at: datetime, told: Told) -> Programme:
    """A new programme, with the criteria of the published one until the office writes its own. Sent twice it is one."""
    if repeated := made_before(Programme, key, title=told.title, organisation=where.organisation):
        return repeated
    row = Programme(
        pk=key,
        organisation=where.organisation,
        criteria=usual(),
        stage_since=on,
        **written(by, at),
    )
    _fill(row, told, by)
    row.region = where.region or row.area[0]
    row.province = row.region[:2]
    row.save(force_insert=True)
    _step(row, Stage.PREPARATION, on, "", by=by, at=at)
    return row


@action(Permission.PROGRAMME_MANAGE)
def change(programme: Programme, /, *, by: User, version: int, told: Told) -> Programme:
    """Other words, days, area. Raises Refusal for another instrument or number of waves once somebody answered."""
    row = current(programme, version)
    require_running(row)
    was = (row.instrument, row.instrument_version, list(row.waves))
    _fill(row, told, by)
    if was != (row.instrument, row.instrument_version, list(row.waves)) and is_measured(row):
        raise Refusal(
            _("Peserta sudah mulai mengisi tes, jadi instrumen dan jumlah pengukuran tidak diubah lagi.")
        )
    row.version += 1
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE)
def set_criteria(
    programme: Programme, /, *, by: User, version: int, criteria: Sequence[tuple[str, str]]
) -> Programme:
    """The criteria by which bodies are chosen: words and rule of each. Raises Refusal for one that cannot be read."""
    row = current(programme, version)
    require_running(row)
    most = norms().most_criteria
    if not criteria or len(criteria) > most:
        raise Refusal(_("Tulis sekurang-kurangnya satu dan paling banyak %s kriteria.") % most)
    kept = []
    for number, (words, rule) in enumerate(criteria, start=1):
        node_of(rule)
        said = fitting(words, _("Kriteria dengan kata-kata"), 300, is_needed=True)
        kept.append({"code": f"k{number}", "words": said, "rule": rule.strip()})
    row.criteria, row.version = kept, row.version + 1
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE, tells=("to",))
def move(
    programme: Programme,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    to: str,
    reached_on: date,
    words: str,
    handed_over_to: str = "",
) -> Programme:
    """On to another stage. A stage that is passed over, and stopping, needs a reason; handing over needs a receiver.

    Raises Refusal for an end while stimulus money is not accounted for.
    """
    row = current(programme, version)
    require_running(row)
    if to not in following(Stage(row.stage)):
        raise Refusal(_("Tahap itu tidak mengikuti “%s”.") % Stage(row.stage).label)
    stage = Stage(to)
    require_past(reached_on, on)
    if reached_on < row.stage_since:
        raise Refusal(_("Tahap ini tidak bisa lebih awal daripada tahap sebelumnya."))
    skipped = passed_over(Stage(row.stage), stage)
    said = fitting(words, _("Keterangan"), 4000)
    if not said and (skipped or stage in ENDED):
        raise Refusal(_why(skipped, stage))
    _require_ready(row, stage)
    if stage == Stage.HANDOVER:
        row.handed_over_to = fitting(handed_over_to, _("Diserahkan kepada"), 200, is_needed=True)
    if stage in ENDED:
        row.closing_words = said
    _step(row, stage, reached_on, said, by=by, at=at)
    row.stage, row.stage_since = stage, reached_on
    row.version += 1
    row.save()
    return row


def _why(skipped: Sequence[Stage], stage: Stage) -> str:
    if skipped:
        names = ", ".join(str(one.label) for one in skipped)
        return _("Tahap yang dilewati: %s. Tulis alasannya.") % names
    if stage == Stage.STOPPED:
        return _("Tulis mengapa program dihentikan.")
    return _("Tulis penutup program: apa yang dicapai dan siapa yang melanjutkan.")


def _require_ready(row: Programme, stage: Stage) -> None:
    if stage in (Stage.PRE_TEST, Stage.POST_TEST) and not row.instrument:
        raise Refusal(_("Pilih instrumen pengukuran dulu, lewat “Ubah program”."))
    if stage in ENDED and has_open_money(row):
        raise Refusal(
            _(
                "Masih ada bantuan stimulan yang belum selesai. Selesaikan atau tarik dulu, lalu tutup program."
            )
        )


def _fill(row: Programme, told: Told, by: User) -> None:
    if told.design not in Design.values:
        raise Refusal(_("Pilih rancangan program."))
    if told.ends_on is not None and told.ends_on < told.starts_on:
        raise Refusal(_("Program tidak bisa selesai sebelum dimulai."))
    if told.budget is not None and not 0 <= told.budget <= LARGEST_AMOUNT:
        raise Refusal(_("Angka ini terlalu besar. Periksa jumlah nolnya."))
    row.title = fitting(told.title, _("Nama program"), 200, is_needed=True)
    row.aim = fitting(told.aim, _("Tujuan"), 4000)
    row.partners = fitting(told.partners, _("Mitra"), 2000)
    row.source = fitting(told.source, _("Sumber"), 300)
    row.design, row.starts_on, row.ends_on, row.budget = (
        told.design,
        told.starts_on,
        told.ends_on,
        told.budget,
    )
    row.area = _area(told.area)
    row.waves = _waves_of(Design(told.design), told.waves)
    _measure_with(row, told.instrument, by)


def _area(codes: Sequence[str]) -> list[str]:
    area = list(dict.fromkeys(codes))
    if not area or len(area) > _MOST_AREAS:
        raise Refusal(
            _("Pilih sekurang-kurangnya satu dan paling banyak %s wilayah tempat lembaga dicari.")
            % _MOST_AREAS
        )
    if unknown := set(area) - set(names_of(area)):
        raise Refusal(_("Wilayah %s tidak dikenal.") % ", ".join(sorted(unknown)))
    return area


def _waves_of(design: Design, number: int) -> list[str]:
    """The codes of the measurements: "pre", then "m2" and so on, at last "post"."""
    if design in _TWO_MEASUREMENTS:
        number = 2
    if not 2 <= number <= MOST_WAVES:
        raise Refusal(_("Pengukuran dilakukan 2 sampai %s kali.") % MOST_WAVES)
    return ["pre", *(f"m{count}" for count in range(2, number)), "post"]


def _measure_with(row: Programme, chosen: str, by: User) -> None:
    if chosen == f"{row.instrument}:{row.instrument_version}":
        return
    if not chosen:
        row.instrument, row.instrument_version, row.instrument_digest = "", None, ""
        return
    code, _colon, version = chosen.partition(":")
    found = required_instrument(by, code, int(version) if version.isdecimal() else None)
    row.instrument, row.instrument_version, row.instrument_digest = found.code, found.version, found.digest


def _step(row: Programme, stage: Stage, on: date, words: str, *, by: User, at: datetime) -> None:
    ProgrammeStep.objects.create(programme=row, stage=stage, on=on, words=words, **written(by, at))
