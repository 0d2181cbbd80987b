"""Beginning an accreditation, withdrawing it, and the one way in which it passes from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.accreditation.models import Accreditation, Step
from simpul.accreditation.queries.eligibility import again_from, earlier_of, eligibility, require_may_start
from simpul.accreditation.queries.run import is_repeated, locked, require_may_follow, require_version
from simpul.accreditation.queries.scheme import schemes_for
from simpul.accreditation.queries.scores import has_locks
from simpul.accreditation.queries.typed import LONGEST_WORDS
from simpul.accreditation.stages import Stage
from simpul.catalogue.accreditation import Scheme, to_words
from simpul.organisations.models import Organisation


@dataclass(frozen=True)
class Moving:
    """Lets one accreditation pass to another stage and keeps who, when and why. To be used inside an action only.

    `accreditation` came from `queries.run.locked`; a repeated press was looked for before (`is_repeated`).
    """

    accreditation: Accreditation
    by: User
    on: date
    at: datetime

    def to(self, stage: Stage, *, words: str = "", **changes: Any) -> Accreditation:
        """Move it; `changes` are fields of the accreditation that are written with it.

        Raises Refusal where the table of stages does not let it follow.
        """
        moved = self.accreditation
        require_may_follow(moved, stage)
        self.note(stage, left=moved.stage, words=words)
        for name, value in changes.items():
            setattr(moved, name, value)
        moved.stage, moved.version = stage, moved.version + 1
        moved.save(update_fields=["stage", "version", *changes])
        return moved

    def note(self, stage: Stage, *, left: str = "", words: str = "") -> None:
        """Keep a step; without `left` it is the beginning."""
        step = Step(accreditation=self.accreditation, left=left, stage=stage, words=words, on=self.on)
        step.at, step.by, step.by_name = self.at, self.by.pk, str(self.by)
        step.save(force_insert=True)


@action(Permission.ACCREDITATION_APPLY)
def start(
    organisation: Organisation, /, *, by: User, key: UUID, on: date, at: datetime, scheme: str
) -> Accreditation:
    """Begin a run by a scheme in force that day. Pressed twice it is one run.

    Raises Refusal where the scheme cannot be used, a condition is surely not met, the body was not accredited
    and has to wait, or another run of it is not yet at its end.
    """
    held = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if repeated := made_before(Accreditation, key, organisation_id=held.pk):
        return repeated
    chosen = _chosen(held, scheme, on)
    _require_free(held, on)
    found = eligibility(held, chosen, on)
    require_may_start(found, chosen, held)
    run = Accreditation(pk=key, organisation=held, scheme=chosen.code, scheme_words=to_words(chosen))
    run.earlier, run.conditions = earlier_of(held), found.to_json()
    run.at, run.by, run.by_name = at, by.pk, str(by)
    run.save(force_insert=True)
    Moving(run, by, on, at).note(Stage.SELF_ASSESSMENT)
    return run


@action(Permission.ACCREDITATION_APPLY)
def withdraw(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, because: str
) -> Accreditation:
    """The body takes its run back, before an assessor has locked scores. What was typed stays with it."""
    current = locked(accreditation)
    if is_repeated(current, Stage.WITHDRAWN, by=by, version=version):
        return current
    require_version(current, version, Stage.WITHDRAWN)
    if has_locks(current):
        raise Refusal(_("Nilai sudah dikunci asesor. Akreditasi ini berjalan terus sampai keputusannya."))
    words = fitting(because, _("Alasan"), LONGEST_WORDS, is_needed=True)
    return Moving(current, by, on, at).to(Stage.WITHDRAWN, words=words)


def _chosen(organisation: Organisation, code: str, on: date) -> Scheme:
    found = {scheme.code: scheme for scheme in schemes_for(organisation, on)}.get(code)
    if found is None:
        raise Refusal(_("Skema itu tidak berlaku pada hari ini. Muat ulang halaman ini, lalu pilih lagi."))
    if not found.is_usable:
        raise Refusal(
            _(
                "Skema %(name)s belum dapat dipakai: isinya belum dimasukkan. Mintalah sekretariat akreditasi memasukkannya."
            )
            % {"name": found.regulation}
        )
    return found


def _require_free(organisation: Organisation, on: date) -> None:
    if Accreditation.objects.filter(organisation=organisation).running().exists():
        raise Refusal(_("Lembaga ini masih punya akreditasi yang berjalan. Selesaikan atau tarik dahulu."))
    since = again_from(organisation)
    if since is not None and on < since:
        raise Refusal(
            _(
                "Lembaga ini dapat diakreditasi lagi mulai %(day)s. Sampai saat itu, kerjakan rencana perbaikannya."
            )
            % {"day": date_format(since, "j F Y")}
        )
