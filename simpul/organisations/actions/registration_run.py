"""One run of registration, held by who acts on it: only lawful moves, each written down, the clock kept with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.catalogue import holidays
from simpul.organisations.models import Registration, RegistrationStep, Requirement
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.registration_office import due_after
from simpul.organisations.queries.registration_rules import called, is_own_office
from simpul.organisations.stages import MAY_FOLLOW, WITH_THE_OFFICE, RunStage

LONGEST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Moment:
    """Who acts, on which day, at which moment."""

    by: User
    on: date
    at: datetime


@dataclass(slots=True)
class HeldRun:
    """The run as it stands now, locked until the action ends: the first row that every action locks."""

    run: Registration
    moment: Moment

    @classmethod
    def taken(cls, registration: Registration, moment: Moment) -> HeldRun:
        """Lock and read it anew."""
        found: Registration = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=registration.pk)
        )
        return cls(found, moment)

    @property
    def stage(self) -> RunStage:
        return RunStage(self.run.stage)

    def is_done_already(self, version: int, to: RunStage) -> bool:
        """Whether the same person already did just this, from the same page: a double click."""
        if (self.run.version, self.stage) != (version + 1, to):
            return False
        steps = RegistrationStep.objects.filter(registration=self.run, stage=to, by=self.moment.by.pk)
        return bool(steps.exclude(left=to).exists())

    def require_version(self, version: int, wanted: str | Promise) -> None:
        """Raises Clash where somebody acted since the page was opened."""
        if self.run.version != version:
            raise Clash(_("Permohonan ini"), self.run.get_stage_display(), str(wanted))

    def require_stage(self, *stages: RunStage) -> None:
        """Raises Refusal where it stands elsewhere."""
        if self.stage not in stages:
            raise Refusal(
                _("Ini tidak dapat dilakukan sekarang: permohonan sedang pada tahap “%(stage)s”.")
                % {"stage": self.run.get_stage_display()}
            )

    def require_own_office(self, permission: Permission) -> None:
        """Raises Refusal for who works elsewhere, be it in an office above, and for who belongs to the body."""
        if not is_own_office(self.run.region, self.moment.by, permission):
            raise Refusal(
                _("Permohonan ini ditangani %(office)s, jadi pejabat di sana yang mengerjakannya.")
                % {"office": called([self.run.region])[self.run.region]}
            )
        require_outsider(self.run.organisation_id, self.moment.by)

    def move(self, to: RunStage, words: str = "") -> Registration:
        """To the next stage, with a step that stays. Raises Refusal for a move that the table does not have."""
        left = self.stage
        if to not in MAY_FOLLOW[left]:
            raise Refusal(
                _("Dari tahap “%(left)s” permohonan tidak dapat langsung ke “%(stage)s”.")
                % {"left": left.label, "stage": to.label}
            )
        self._keep_the_clock(left, to)
        self.run.stage = to
        self.save()
        self.note(left, to, words)
        return self.run

    def save(self) -> None:
        """With the next version, so that pages opened before are told."""
        self.run.version += 1
        self.run.save()

    def note(self, left: RunStage | str, stage: RunStage, words: str = "") -> None:
        """Write down that something happened; at the same stage, when it moved nothing."""
        RegistrationStep.objects.create(
            registration=self.run,
            left=left,
            stage=stage,
            words=words,
            on=self.moment.on,
            at=self.moment.at,
            by=self.moment.by.pk,
            by_name=str(self.moment.by),
        )

    def lines(self) -> list[Requirement]:
        """The lines that were asked for when it was submitted, as they stand."""
        asked = {line["code"] for line in self.run.told.get("lines", ())}
        return [row for row in Requirement.objects.filter(registration=self.run) if row.code in asked]

    def _keep_the_clock(self, left: RunStage, to: RunStage) -> None:
        """Start it when the file comes to the office, stop it when it goes back to the applicant or ends."""
        was, will = left in WITH_THE_OFFICE, to in WITH_THE_OFFICE
        if will and not was:
            self.run.complete_on = self.moment.on
            limit = int(self.run.told["working_days"])
            self.run.due_on = due_after(self.moment.on, limit, self.run.working_days_used)
        elif was and not will and self.run.complete_on is not None:
            used = holidays.working_days_between(self.run.complete_on, self.moment.on)
            self.run.working_days_used += used
            self.run.complete_on = None
            if to == RunStage.RETURNED:
                self.run.due_on = None
