"""A file is sent and its columns are named; nothing of it is loaded yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.access.secrets import blind_index, fresh_file_key, seal_bytes
from simpul.imports.models import Batch, Memory
from simpul.imports.queries.about import About
from simpul.imports.queries.fields import field_of
from simpul.imports.queries.guessing import proposal
from simpul.imports.queries.planning import Looked, require_needed
from simpul.imports.queries.words import limits
from simpul.imports.stages import MAY_FOLLOW, Kind, State
from simpul.instruments.queries import required_instrument
from simpul.people.models import Basis, Source

NAME_LENGTH = 120
REASON_LENGTH = 1000


class SentBefore(Refusal):
    """The very same file is here already; `batch` is that import."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        super().__init__(
            _("Berkas yang sama sudah dimuat pada %(day)s. Tidak ada yang diubah.")
            % {"day": date_format(batch.run_at or batch.at, "j F Y")}
        )


class NotNow(Refusal):
    """From where the import stands this cannot follow."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(
            _("Impor ini sekarang “%(state)s”. Muat ulang halamannya.") % {"state": batch.get_state_display()}
        )


@files.leaves_no_file_behind
@action(Permission.IMPORT_MAKE)
def send(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    data: bytes,
    looked: Looked,
    file_name: str,
    about: About,
    on: date,
    at: datetime,
) -> Batch:
    """Keep an office's file sealed, and propose how its columns are read. A repeated key gives the same import again.

    `looked` is what `looked_at` found in `data`, outside of this transaction, because reading a large file takes long
    and others write meanwhile. Raises SentBefore for the very same file, or another Refusal.
    """
    digest = blind_index(hashlib.sha256(data).hexdigest(), "import.file")
    if made := made_before(Batch, key, kind=about.kind):
        return made
    _require_whole(about, on)
    if earlier := _earlier(where, about.kind, digest):
        raise SentBefore(earlier)
    batch = Batch(
        id=key,
        organisation=where.organisation,
        region=where.region,
        kind=about.kind,
        digest=digest,
        fingerprint=looked.table.fingerprint,
        listed_on=about.listed_on,
        valid_until=about.valid_until,
        basis=about.basis,
        source=about.source,
        default_region=about.default_region,
        instrument=about.instrument,
        instrument_version=about.instrument_version,
        keep_until=on + timedelta(days=limits().keep_days),
        **written(by, at),
    )
    batch.list_name = fitting(about.list_name, _("Nama daftar"), NAME_LENGTH, is_needed=True)
    batch.basis_because = fitting(about.basis_because, _("Alasan"), REASON_LENGTH) or None
    _propose(batch, looked, by)
    _keep(batch, data, file_name, looked.opened.form)
    batch.save(force_insert=True)
    return batch


def _require_whole(about: About, on: date) -> None:
    if about.kind not in Kind.values or about.basis not in Basis.values or about.source not in Source.values:
        raise Refusal(_("Pilih isi berkasnya dan dasar pemakaian datanya dari daftar."))
    if about.listed_on > on:
        raise Refusal(_("Tanggal daftar belum tiba. Periksa tahunnya."))
    if about.valid_until and about.valid_until < about.listed_on:
        raise Refusal(_("Masa berlaku berakhir sebelum tanggal daftarnya."))
    if about.basis != Basis.CONSENT and not about.basis_because.strip():
        raise Refusal(
            _("Tulis alasan mengapa data dipakai tanpa persetujuan, supaya dapat diperiksa kemudian.")
        )
    if about.kind == Kind.SHEETS and not about.instrument:
        raise Refusal(_("Pilih instrumen yang dijawab dalam berkas itu."))


def _earlier(where: Where, kind: str, digest: bytes) -> Batch | None:
    rows = Batch.objects.filter(
        digest=digest, kind=kind, organisation=where.organisation, region=where.region
    )
    found: Batch | None = rows.exclude(state__in=[State.UNDONE, State.DROPPED]).order_by("-at").first()
    return found


def _propose(batch: Batch, looked: Looked, by: User) -> None:
    memory = Memory.objects.filter(
        place=_place_of(batch), kind=batch.kind, fingerprint=batch.fingerprint
    ).first()
    instrument = (
        required_instrument(by, batch.instrument, batch.instrument_version)
        if batch.kind == Kind.SHEETS
        else None
    )
    if instrument is not None:
        batch.instrument_version = instrument.version
    batch.is_remembered = memory is not None
    batch.mapping = memory.mapping if memory else proposal(looked.table, batch.kind, instrument)
    batch.rows_until = looked.table.numbers[-1]
    batch.picture = looked.as_json()


def _keep(batch: Batch, data: bytes, file_name: str, form: str) -> None:
    """Seal the file under a key of its own; what it is was read from its bytes."""
    batch.media_type, batch.size = form, len(data)
    batch.file_name = files.plain_name(file_name) or None
    batch.file_key = fresh_file_key()
    context = f"{batch._meta.label_lower}.file:{batch.pk}"
    files.write(files.path_of(batch), seal_bytes(data, context, file_key=batch.file_key))


@action(Permission.IMPORT_MAKE)
def name_columns(
    batch: Batch,
    /,
    *,
    by: User,
    version: int,
    mapping: Mapping[str, str],
    at: datetime,
    default_region: str | None = None,
) -> Batch:
    """Say what each column is, and remember it for the next file of the same source. `default_region` is where
    everybody lives whose row does not tell it.

    Raises MappingIncomplete where a field that is needed has no column, Refusal for a field that stands twice.
    """
    held = current(batch, version)
    _require_open(held)
    kept = {place: code for place, code in mapping.items() if code}
    for code in kept.values():
        if field_of(held.kind, code) is None:
            raise Refusal(_("Pilihan kolom itu tidak dikenal. Pilih lagi dari daftar."))
    _require_once(held, kept)
    require_needed(held.kind, kept)
    held.mapping, held.state, held.version = kept, State.SENT, held.version + 1
    held.counts, held.refused = {}, None
    if default_region is not None:
        held.default_region = default_region
    held.save()
    _remember(held, by, at)
    return held


def _remember(batch: Batch, by: User, at: datetime) -> None:
    memory, _made = Memory.objects.get_or_create(
        place=_place_of(batch),
        kind=batch.kind,
        fingerprint=batch.fingerprint,
        defaults={"organisation": batch.organisation, "region": batch.region, "at": at, "by_name": str(by)},
    )
    memory.mapping, memory.at, memory.by_name = batch.mapping, at, str(by)
    memory.save()


def _require_once(batch: Batch, mapping: Mapping[str, str]) -> None:
    seen: set[str] = set()
    for code in mapping.values():
        if code in seen:
            known = field_of(batch.kind, code)
            raise Refusal(
                _("“%(field)s” dipilih untuk dua kolom. Pilih satu saja.")
                % {"field": known.label if known else code}
            )
        seen.add(code)


@files.leaves_no_file_behind
@action(Permission.IMPORT_MAKE)
def drop(batch: Batch, /, *, by: User, at: datetime) -> Batch:
    """Throw a file away that was not loaded. It is destroyed at once."""
    held = current(batch)
    if held.state == State.DROPPED:
        return held
    if State.DROPPED not in MAY_FOLLOW[State(held.state)]:
        raise NotNow(held)
    files.destroy(held, at=at, by_name=str(by))
    held.state, held.picture, held.refused = State.DROPPED, None, None
    held.ended_at, held.ended_by_name = at, str(by)
    held.save()
    return held


def _place_of(batch: Batch) -> str:
    """Organisation and area in one text."""
    return f"{batch.organisation or ''}|{batch.region}"


def _require_open(batch: Batch) -> None:
    if batch.state not in (State.SENT, State.TRIED):
        raise NotNow(batch)
