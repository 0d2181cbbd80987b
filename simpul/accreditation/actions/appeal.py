"""The body does not agree: its appeal, who looks again, and the decision that stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.accreditation.actions.plenary import Deciding, NotDecidable
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Appeal, Assignment, Decision
from simpul.accreditation.queries.appeal import appeal_of, barred_from_appeal
from simpul.accreditation.queries.plenary import LONGEST_WORDS, Decided
from simpul.accreditation.queries.run import locked
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.sent import sent_before
from simpul.accreditation.queries.validation import barred_from_being_named
from simpul.accreditation.stages import Part, Stage
from simpul.organisations.queries.belonging import require_outsider


class AppealRefused(Refusal):
    """The body may not object, or not any more. Says why."""


@action(Permission.ACCREDITATION_APPLY)
def appeal(
    accreditation: Accreditation, /, *, by: User, key: UUID, words: str, on: date, at: datetime
) -> Appeal:
    """The body objects, with its reasons, within the days of the scheme. Sent twice it is one appeal.

    Raises AppealRefused where it was decided too long ago or an appeal was made before.
    """
    current = locked(accreditation)
    if found := sent_before(Appeal, key, current):
        return found
    if why := barred_from_appeal(current, on):
        raise AppealRefused(why)
    said = fitting(words, _("Alasan keberatan"), LONGEST_WORDS, is_needed=True)
    made: Appeal = Appeal.objects.create(
        id=key,
        accreditation=current,
        on=on,
        due_on=on + timedelta(days=scheme_of(current).answer_days),
        words=said,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    Moving(current, by, on, at).to(Stage.APPEAL)
    return made


@action(Permission.ACCREDITATION_SECRETARY)
def name_rechecker(
    accreditation: Accreditation, /, *, by: User, key: UUID, user: User, on: date, at: datetime
) -> Assignment:
    """Name a validator who had no hand in it so far to look at the scores again. Sent twice it is done once."""
    current = locked(accreditation)
    if found := sent_before(Assignment, key, current, user=user.pk):
        return found
    require_outsider(current.organisation_id, by)
    standing = appeal_of(current)
    if current.stage != Stage.APPEAL or standing is None:
        raise Refusal(_("Tidak ada keberatan yang sedang diperiksa."))
    if not user.can(Permission.ACCREDITATION_VALIDATE):
        raise Refusal(_("%(who)s bukan penyelia akreditasi.") % {"who": user})
    if why := barred_from_being_named(current, user):
        raise Refusal(why)
    made: Assignment = Assignment.objects.create(
        id=key,
        accreditation=current,
        user=user.pk,
        user_name=str(user),
        part=Part.VALIDATOR,
        since=on,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    return made


@action(Permission.ACCREDITATION_DECIDE)
def decide_appeal(
    accreditation: Accreditation, /, *, by: User, key: UUID, decided: Decided, on: date, at: datetime
) -> Decision:
    """The decision after an appeal, by people who had no hand in the first; it is final. Sent twice it is one.

    Raises NotIndependent, NotDecidable (also before the scores were looked at again), Refusal as a decision of the
    plenary does; a reason is always needed.
    """
    current = locked(accreditation)
    if found := sent_before(Decision, key, current):
        return found
    standing = appeal_of(current)
    if current.stage != Stage.APPEAL or standing is None:
        raise NotDecidable(_("Tidak ada keberatan yang sedang diperiksa."))
    made = Deciding(current, decided, key).make(by=by, on=on, at=at)
    standing.answered_on, standing.answer = on, made.because
    standing.answered_by, standing.answered_by_name = by.pk, str(by)
    standing.save(update_fields=["answered_on", "answer", "answered_by", "answered_by_name"])
    return made
