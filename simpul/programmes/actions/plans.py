"""What happens to an action plan: drawn up, sent in, agreed, changed by a new version, and what became of each line.

A body writes its own plan, and the office that runs the programme for a body without an account: the same acts by
two rights. Only the office agrees.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.catalogue.organisations.papers import largest_file
from simpul.organisations.queries.belonging import require_outsider
from simpul.programmes.models import ActionItem, ActionPlan, Member, Proof, Realisation
from simpul.programmes.queries.kept import require_chosen, require_helped, require_past
from simpul.programmes.queries.plans import agreed_plan, draft_of, lines_of
from simpul.programmes.queries.told import Item
from simpul.programmes.stages import PlanState, Realised
from simpul.ui.fields import LARGEST_AMOUNT

OPEN = frozenset({PlanState.DRAFT, PlanState.RETURNED})
_MOST_ITEMS = 60


def _draw_up(member: Member, /, *, by: User, key: UUID, at: datetime, words: str = "") -> ActionPlan:
    """The first version, or a new one with the lines of the agreed one; `words` say why it changes.

    Sent twice it is one. Raises Refusal while another is being drawn up.
    """
    if repeated := made_before(ActionPlan, key, member=member):
        return repeated
    current(member)
    require_helped(member)
    if draft_of(member) is not None:
        raise Refusal(_("Rencana aksi lembaga ini sedang disusun. Lanjutkan yang itu."))
    agreed = agreed_plan(member)
    because = fitting(words, _("Alasan perubahan"), 1000, is_needed=agreed is not None)
    before = ActionPlan.objects.filter(member=member).count()
    details = {"programme": member.programme, "member": member, **written(by, at)}
    plan = ActionPlan(pk=key, number=before + 1, because=because, **details)
    plan.save(force_insert=True)
    for item in agreed.items.order_by("order") if agreed else ():
        item.pk, item.plan = uuid.uuid4(), plan
        item.at, item.by, item.by_name = at, by.pk, str(by)
        item.save(force_insert=True)
    return plan


def _add_item(plan: ActionPlan, /, *, by: User, key: UUID, at: datetime, item: Item) -> ActionItem:
    """A line more. Sent twice it is one."""
    if repeated := made_before(ActionItem, key, plan=plan, words=item.words, budget=item.budget):
        return repeated
    row = _open(plan)
    held = row.items.count()
    if held >= _MOST_ITEMS:
        raise Refusal(_("Rencana aksi paling banyak memuat %s baris.") % _MOST_ITEMS)
    details = {"programme": row.programme, "member": row.member, **written(by, at)}
    made = ActionItem(pk=key, plan=row, line=key, order=held + 1, **details)
    _fill(made, item)
    made.save(force_insert=True)
    return made


def _change_item(item: ActionItem, /, *, by: User, at: datetime, seen: str, told: Item) -> ActionItem:
    """Other words, budget or date, as long as the plan is drawn up.

    `seen` is when the line was written that was read, as text; raises Refusal where somebody changed it since.
    """
    _open(item.plan)
    row = current(item)
    if row.at.isoformat() != seen:
        raise Refusal(
            _(
                "Catatan ini sudah diubah orang lain. Isian Anda belum disimpan: buka lagi, periksa, lalu simpan."
            )
        )
    _fill(row, told)
    row.at, row.by, row.by_name = at, by.pk, str(by)
    row.save()
    return row


def _drop_item(item: ActionItem, /, *, by: User) -> None:
    """Take a line out of a plan that is not agreed yet; in agreed versions it stays to be read."""
    _open(item.plan)
    # Not by the row itself, which would lose its key before the record tells of it.
    ActionItem.objects.filter(pk=item.pk).delete()


def _send_in(plan: ActionPlan, /, *, by: User) -> ActionPlan:
    """The body has finished; the office agrees or sends it back. Pressed twice it is once."""
    row = current(plan)
    if row.state == PlanState.SUBMITTED:
        return row
    row = _open(plan)
    if not row.items.exists():
        raise Refusal(_("Rencana aksi ini masih kosong. Tambahkan sekurang-kurangnya satu baris."))
    return _set(row, PlanState.SUBMITTED)


def _realise(
    member: Member,
    /,
    *,
    by: User,
    key: UUID,
    line: UUID,
    on: date,
    at: datetime,
    happened_on: date,
    realised: str,
    words: str,
    reason: str,
    file: tuple[str, bytes] | None = None,
) -> Realisation:
    """What became of a line of the agreed plan, with a photograph or receipt. Sent twice it is one.

    What was not, or only partly, done says why. Raises Refusal for a line that is in no agreed version.
    """
    if repeated := made_before(Realisation, key, member=member, line=line, realised=realised, on=happened_on):
        return repeated
    require_chosen(member)
    require_past(happened_on, on)
    if realised not in Realised.values:
        raise Refusal(_("Pilih apakah baris ini terlaksana."))
    if line not in lines_of(member):
        raise Refusal(_("Baris itu tidak ada dalam rencana aksi yang disepakati."))
    row = Realisation(
        pk=key,
        programme=member.programme,
        member=member,
        line=line,
        on=happened_on,
        realised=realised,
        words=fitting(words, _("Apa yang dikerjakan"), 2000, is_needed=realised != Realised.NOT),
        because=fitting(reason, _("Alasan"), 1000, is_needed=realised != Realised.DONE),
        **written(by, at),
    )
    row.save(force_insert=True)
    if file is not None:
        _keep_proof(member, of=row.pk, by=by, at=at, file=file)
    return row


def _keep_proof(member: Member, *, of: UUID, by: User, at: datetime, file: tuple[str, bytes]) -> Proof:
    """The photograph or receipt that proves the row `of`. Only inside `leaves_no_file_behind`."""
    name, data = file
    proof = Proof(programme=member.programme, member=member, of=of, **written(by, at))
    files.keep(proof, data, file_name=name, most=largest_file())
    proof.save(force_insert=True)
    return proof


draw_up = action(Permission.PROGRAMME_TAKE_PART)(_draw_up)
draw_up_for_body = action(Permission.PROGRAMME_MANAGE)(_draw_up)
add_item = action(Permission.PROGRAMME_TAKE_PART)(_add_item)
add_item_for_body = action(Permission.PROGRAMME_MANAGE)(_add_item)
change_item = action(Permission.PROGRAMME_TAKE_PART)(_change_item)
change_item_for_body = action(Permission.PROGRAMME_MANAGE)(_change_item)
drop_item = action(Permission.PROGRAMME_TAKE_PART)(_drop_item)
drop_item_for_body = action(Permission.PROGRAMME_MANAGE)(_drop_item)
send_in = action(Permission.PROGRAMME_TAKE_PART)(_send_in)
send_in_for_body = action(Permission.PROGRAMME_MANAGE)(_send_in)
realise = files.leaves_no_file_behind(action(Permission.PROGRAMME_TAKE_PART)(_realise))
realise_for_body = files.leaves_no_file_behind(action(Permission.PROGRAMME_MANAGE)(_realise))


@action(Permission.PROGRAMME_MANAGE)
def agree(plan: ActionPlan, /, *, by: User, version: int, on: date) -> ActionPlan:
    """It stands from now on, in the place of the version before. Not by anybody of the body itself."""
    require_outsider(plan.member.organisation_id, by)
    row = current(plan)
    if row.state == PlanState.AGREED:
        return row
    _require_sent(row, version)
    if by.pk in {row.by, *row.items.values_list("by", flat=True)}:
        raise Refusal(_("Yang menyusun tidak menyepakati. Mintalah pengelola program yang lain."))
    ActionPlan.objects.filter(member=row.member, state=PlanState.AGREED).update(state=PlanState.REPLACED)
    row.agreed_on, row.agreed_by_name = on, str(by)
    return _set(row, PlanState.AGREED)


@action(Permission.PROGRAMME_MANAGE)
def send_back(plan: ActionPlan, /, *, by: User, version: int, words: str) -> ActionPlan:
    """The body mends it; `words` say what."""
    require_outsider(plan.member.organisation_id, by)
    row = current(plan)
    _require_sent(row, version)
    row.answer = fitting(words, _("Yang perlu diperbaiki"), 2000, is_needed=True)
    return _set(row, PlanState.RETURNED)


def _open(plan: ActionPlan) -> ActionPlan:
    row = current(plan)
    require_chosen(row.member)
    if row.state not in OPEN:
        raise Refusal(_("Versi ini sudah diajukan atau disepakati. Buat versi baru untuk mengubahnya."))
    return row


def _require_sent(row: ActionPlan, version: int) -> None:
    require_chosen(row.member)
    if row.state != PlanState.SUBMITTED or row.version != version:
        raise Refusal(_("Rencana aksi ini tidak sedang menunggu, atau sudah diubah. Buka lagi halamannya."))


def _set(row: ActionPlan, state: PlanState) -> ActionPlan:
    row.state = state
    row.version += 1
    row.save()
    return row


def _fill(row: ActionItem, item: Item) -> None:
    if not 1 <= item.priority <= 9:
        raise Refusal(_("Prioritas ditulis dengan angka 1 (paling dulu) sampai 9."))
    if not 0 <= item.budget <= LARGEST_AMOUNT:
        raise Refusal(_("Angka ini terlalu besar. Periksa jumlah nolnya."))
    row.words = fitting(item.words, _("Yang akan dikerjakan"), 1000, is_needed=True)
    row.measure = fitting(item.measure, _("Tanda berhasil"), 500)
    row.in_charge = fitting(item.in_charge, _("Penanggung jawab"), 200)
    row.priority, row.budget, row.due_on, row.aspect = item.priority, item.budget, item.due_on, item.aspect
