"""Placing many at once: a calculation proposes, a person decides about each, and only then anything is referred."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.queries.plans import service_kinds
from simpul.engines.matching.fit import kept
from simpul.engines.matching.placing import Placement, best, greedy
from simpul.referrals.actions.loop import propose
from simpul.referrals.models import Placing, PlacingRound, RoundState
from simpul.referrals.queries import placing as queries
from simpul.services.models import Service
from simpul.services.stages import Listing

YES, NO = "yes", "no"
LONGEST_TITLE = 200
LONGEST_REASON = 500


@action(Permission.PLACING_MAKE)
def make_round(
    where: Where, /, *, by: User, key: UUID, title: str, need_kind: str, on: date, at: datetime
) -> PlacingRound:
    """Calculate a proposal for everybody within `where` who waits for this kind of help. Nobody is referred by it.

    A repeated key gives the same round. Raises Refusal where nobody waits or too many do.
    """
    same = {
        "title": title,
        "need_kind": need_kind,
        "region": where.region,
        "organisation": where.organisation,
    }
    if repeated := made_before(PlacingRound, key, **same):
        return repeated
    if need_kind not in dict(service_kinds()):
        raise Refusal(_("Pilih jenis layanannya."))
    named = fitting(title, _("Judul"), LONGEST_TITLE, is_needed=True)
    lines = queries.waiting_lines(by, need_kind, region=where.region, organisation=where.organisation)
    _require_some(len(lines))
    weighed = queries.weigh_all(lines, need_kind, where.region, by, on)
    seekers, seats = weighed.seekers(), weighed.seats()
    placement = best(seekers, seats)
    made = PlacingRound(pk=key, title=named, organisation=where.organisation, region=where.region)
    made.need_kind, made.on, made.at, made.by, made.by_name = need_kind, on, at, by.pk, str(by)
    made.measures = queries.measures_of(placement, greedy(seekers, seats), len(lines), seats)
    made.save(force_insert=True)
    Placing.objects.bulk_create(_rows(made, weighed, placement, by=by, at=at))
    return made


def _require_some(people: int) -> None:
    if not people:
        raise Refusal(_("Tidak ada yang menunggu layanan jenis ini di sana."))
    if people > queries.MOST_PEOPLE:
        raise Refusal(
            _(
                "Terlalu banyak orang untuk satu penempatan: paling banyak %(most)s. Pilih wilayah yang lebih kecil."
            )
            % {"most": queries.MOST_PEOPLE}
        )


def _rows(
    made: PlacingRound, weighed: queries.Weighed, placement: Placement, *, by: User, at: datetime
) -> list[Placing]:
    rows = []
    for line in weighed.lines:
        service = placement.places.get(str(line.pk))
        row = Placing(pk=uuid5(made.pk, str(line.pk)), round=made, case=line.case, step=line)
        row.at, row.by, row.by_name = at, by.pk, str(by)
        if service is None:
            row.finding = queries.left(weighed.left_because(line)).to_json()
        else:
            row.proposed_id = UUID(service)
            row.finding = kept(weighed.finding(line, service)).to_json()
        rows.append(row)
    return rows


# --- each by a person ---


@action(Permission.PLACING_MAKE)
def decide(
    placing: Placing, /, *, by: User, service: Service | None, version: int, on: date, at: datetime
) -> Placing:
    """Confirm a service for one person, the proposed or another one, or (None) refuse the proposal.

    Until it is applied it can be decided anew. Raises Refusal for a service that takes nobody, Clash where somebody
    decided otherwise meanwhile.
    """
    _open_round(placing.round_id)
    rows = Placing.objects.select_for_update(of=("self",)).select_related("round")
    current: Placing = rows.get(pk=placing.pk)
    wanted = (service.pk if service else None, YES if service else NO)
    if current.version != version:
        if (current.chosen_id, current.is_confirmed) == wanted:
            return current
        mine = service.name if service else _("Tidak dirujuk lewat penempatan ini")
        raise Clash(_("Keputusan untuk orang ini"), _decision(current), mine)
    if current.referral_id:
        raise Refusal(_("Rujukannya sudah diusulkan. Ubah atau tarik di halaman rujukannya."))
    if service is not None and not _takes(service, current.round, on):
        raise Refusal(_("Layanan ini sedang tidak menerima rujukan untuk kebutuhan ini. Pilih yang lain."))
    current.chosen, current.is_confirmed = service, YES if service else NO
    current.at, current.by, current.by_name = at, by.pk, str(by)
    current.version += 1
    current.save()
    return current


def _decision(placing: Placing) -> str:
    """What was decided meanwhile, and by whom."""
    what = placing.chosen.name if placing.chosen else _("Tidak dirujuk lewat penempatan ini")
    return f"{what} ({placing.by_name})"


def _takes(service: Service, within: PlacingRound, on: date) -> bool:
    is_over = service.ends_on is not None and service.ends_on < on
    fits = service.kind == within.need_kind and service.takes_referrals
    return fits and service.listing == Listing.OPEN and not service.organisation.is_closed and not is_over


@action(Permission.PLACING_MAKE)
def apply_round(found: PlacingRound, /, *, by: User, version: int, on: date, at: datetime) -> PlacingRound:
    """Propose a referral for everybody confirmed and not referred yet; consent and sending follow one by one.

    All or nothing. Refused where places went meanwhile, or a plan was changed. Sent twice it refers once.
    """
    now: PlacingRound = PlacingRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if now.version == version + 1 and now.decided_by == by.pk and now.state != RoundState.DROPPED:
        return now
    current = _open_round(found.pk, version)
    rows = queries.placings_of(current, by).select_related("step__plan", "step__goal", "chosen__organisation")
    ready = list(rows.filter(is_confirmed=YES, referral=None))
    if not ready:
        raise Refusal(_("Belum ada yang disetujui. Setujui dahulu satu per satu, lalu usulkan rujukannya."))
    if changed := queries.overfull(ready, on):
        raise Refusal(
            _("Tempat kosong berubah sejak dihitung. %(what)s. Ubah dahulu pilihannya.")
            % {"what": "; ".join(changed)}
        )
    for row in ready:
        _refer(row, by=by, on=on, at=at)
    left = Placing.objects.filter(round=current, is_confirmed="", proposed__isnull=False).exists()
    current.state = RoundState.PROPOSED if left else RoundState.APPLIED
    _decided(current, by=by, at=at)
    return current


def _refer(row: Placing, *, by: User, on: date, at: datetime) -> None:
    finding = row.finding if row.chosen_id == row.proposed_id else None
    try:
        row.referral = propose(
            row.step, by=by, key=uuid5(row.pk, "referral"), on=on, at=at, service=row.chosen, finding=finding
        )
    except Refusal as refusal:
        raise Refusal(
            _("Kasus %(number)s: %(why)s") % {"number": row.case.number, "why": refusal}
        ) from refusal
    row.save(update_fields=["referral"])


@action(Permission.PLACING_MAKE)
def drop_round(
    found: PlacingRound, /, *, by: User, version: int, because: str, on: date, at: datetime
) -> PlacingRound:
    """Not use a proposal, with the reason. What was referred by it already stays."""
    said = fitting(because, _("Alasan"), LONGEST_REASON, is_needed=True)
    current = _open_round(found.pk, version)
    current.state, current.because = RoundState.DROPPED, said
    _decided(current, by=by, at=at)
    return current


def _decided(current: PlacingRound, *, by: User, at: datetime) -> None:
    current.decided_at, current.decided_by, current.decided_by_name = at, by.pk, str(by)
    current.version += 1
    current.save()


def _open_round(key: UUID, version: int | None = None) -> PlacingRound:
    """The round as it stands now, kept for this action: the round before its rows, the rows before their cases."""
    current = PlacingRound.objects.select_for_update(of=("self",)).get(pk=key)
    if current.state != RoundState.PROPOSED:
        raise Refusal(
            _("Penempatan ini sudah selesai: %(state)s. Hitung yang baru bila masih perlu.")
            % {"state": current.get_state_display()}
        )
    if version is not None and current.version != version:
        raise Clash(_("Penempatan ini"), str(current.version), str(version))
    found: PlacingRound = current
    return found
