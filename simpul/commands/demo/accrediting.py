"""How bodies of the example office are accredited: to the certificate, or as far as the desk, the visit, the plenary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.accreditation.actions import assignment, desk, plenary, run, self_assessment, validation, visit
from simpul.accreditation.actions.afterwards import plan_improvement
from simpul.accreditation.actions.own_schemes import enter_scheme
from simpul.accreditation.models import Accreditation, Recommendation, Visit
from simpul.accreditation.queries.desk import Checked, checklist
from simpul.accreditation.queries.plenary import Decided
from simpul.accreditation.queries.scheme import scheme_of, schemes_for
from simpul.accreditation.queries.typed import Looked, Signature, Told
from simpul.accreditation.queries.validation import Held, finding_of, item_rows, unsettled, validated_of
from simpul.accreditation.stages import Part
from simpul.catalogue.accreditation import norms
from simpul.commands.demo.deeds import Deed, Doer
from simpul.commands.demo.office import read

APPLIED, VISIT, PLENARY = "applied", "visit", "plenary"
# On which day after its beginning each step was done.
_RECOMMENDED, _APPLIED, _ACCEPTED, _NAMED, _VISITED = 8, 10, 16, 20, 26
_HANDED_OVER, _VALIDATED, _VOTED, _PLANNED = 28, 35, 42, 60


def _scheme(deed: Deed) -> None:
    """The office's own scheme, which is no regulation."""
    where = Where(region=deed.told.get("region", ""))
    words = {**read("scheme.toml"), "valid_from": deed.told["valid_from"]}
    enter_scheme(where, by=deed.by, key=deed.key(), words=words, **deed.when())


def _accredit(deed: Deed) -> None:
    """A run, brought to where the story says it stands."""
    told = _Run(deed)
    told.apply()
    if deed.told["ends"] == APPLIED:
        return
    told.accept()
    told.send_to_visit()
    told.look()
    if deed.told["ends"] == VISIT:
        return
    told.hand_over()
    told.look_again()
    if deed.told["ends"] == PLENARY:
        return
    told.decide()


class _Run:
    """One accreditation while it is told: who takes part, and the run as it stands now."""

    def __init__(self, deed: Deed) -> None:
        self.deed = deed
        self.head = deed.by
        self.secretary = deed.users[deed.told["secretary"]]
        self.assessors = [deed.users[name] for name in deed.told.get("assessors", ())]
        offered = {scheme.code for scheme in schemes_for(deed.body, deed.on())}
        # The first that was in force on that day: which it is depends on the day of the demo.
        chosen = next(code for code in deed.told["schemes"] if code in offered)
        self.run = run.start(deed.body, by=self.head, key=deed.key(), scheme=chosen, **deed.when())
        self.items = [item.code for item in scheme_of(self.run).items]

    def _move(self, perform: Any, by: User, later: int, *, minutes: int = 0, **details: Any) -> None:
        now = self.deed.when(later, minutes=minutes)
        self.run = perform(self.run, by=by, version=self.run.version, **now, **details)

    def _answers(self, pattern: Sequence[int], words: str) -> dict[str, Told]:
        """The points of the pattern again and again, item by item; below zero: could not be seen."""
        given = [pattern[place % len(pattern)] for place in range(len(self.items))]
        return {
            code: Told(value if value >= 0 else None, words)
            for code, value in zip(self.items, given, strict=True)
        }

    def apply(self) -> None:
        told = self.deed.told
        answers = self._answers(told["own"], "Ada catatannya di kantor.")
        self_assessment.assess(self.run, by=self.head, at=self.deed.when(2)["at"], answers=answers)
        self._move(self_assessment.ask_recommendation, self.head, 3)
        signed_on = self.deed.on(_RECOMMENDED)
        number = told["recommendation"]
        registrar = self.deed.users[told["registrar"]]
        self._move(self_assessment.recommend, registrar, _RECOMMENDED, number=number, signed_on=signed_on)
        self._move(desk.apply, self.head, _APPLIED)

    def accept(self) -> None:
        """The secretariat finds every paper."""
        met = {line.code: Looked(Checked.MET) for line in checklist(self.run, scheme_of(self.run))}
        desk.check(self.run, by=self.secretary, at=self.deed.when(_ACCEPTED)["at"], answers=met)
        self._move(desk.accept, self.secretary, _ACCEPTED, minutes=30)

    def send_to_visit(self) -> None:
        for user in self.assessors:
            assigned = self._name(user, Part.ASSESSOR)
            assignment.declare(assigned, by=user, has_conflict=False, **self.deed.when(_NAMED + 1))
        # At the visit the second person has been named and has not declared yet.
        validator = self._validator()
        waiting = self._name(validator, Part.VALIDATOR)
        if self.deed.told["ends"] != VISIT:
            now = self.deed.when(_NAMED + 2)
            assignment.declare_as_validator(waiting, by=validator, has_conflict=False, **now)
        self._move(assignment.begin_visit, self.secretary, _NAMED + 3)

    def _validator(self) -> User:
        return self.deed.users[self.deed.told["validator"]]

    def _name(self, user: User, part: Part) -> Any:
        """From the day in the story, and until today at least.

        Whoever is named is let in by the clock of the database, which knows of no story.
        """
        now, today = self.deed.when(_NAMED), timezone.localdate()
        first, last = min(now["on"], today), max(now["on"] + timedelta(days=norms().visit_days), today)
        told: dict[str, Any] = {"by": self.secretary, "at": now["at"]}
        key = self.deed.key(part, user.username)
        named = assignment.name(self.run, key=key, user=user.pk, part=part, since=first, on=first, **told)
        if named.until is not None and named.until < last:
            return assignment.prolong(named, on=max(now["on"], today), until=last, **told)
        return named

    def look(self) -> None:
        """Each assessor scores as many items as is told; who has scored all of them locks."""
        for user, told in zip(self.assessors, self.deed.told["seen"], strict=True):
            answers = self._answers(told["points"], "Dilihat di tempat.")
            some = dict(list(answers.items())[: told.get("items", len(answers))])
            at = self.deed.when(_VISITED, minutes=90)["at"]
            visit.score(self.run, by=user, at=at, answers=some)
            if len(some) == len(answers):
                locked_at = self.deed.when(_VISITED, minutes=240)["at"]
                visit.lock(self.run, by=user, at=locked_at)
        self.minutes = self._minutes()

    def _minutes(self) -> Visit:
        now = self.deed.when(_VISITED, minutes=270)
        # Written by who was ready first.
        return visit.write_minutes(
            self.run,
            by=self.assessors[-1],
            key=self.deed.key("minutes"),
            held_on=now["on"],
            **self.deed.told["minutes"],
            **now,
        )

    def hand_over(self) -> None:
        at = self.deed.when(_HANDED_OVER)["at"]
        for user in self.assessors:
            signature = Signature(user.name, "Asesor", agrees=True)
            visit.sign_as_assessor(self.minutes, by=user, version=1, at=at, signature=signature)
        signature = Signature(self.head.name, "Ketua", agrees=True)
        visit.sign_as_body(self.minutes, by=self.head, version=1, at=at, signature=signature)
        self._move(visit.finish, self.assessors[0], _HANDED_OVER, minutes=60)

    def look_again(self) -> None:
        """The second person confirms what both saw alike, and settles the rest with a reason."""
        by, at = self._validator(), self.deed.when(_VALIDATED)["at"]
        validation.confirm_agreed(self.run, by=by, at=at)
        rows = item_rows(self.run)
        held = {
            code: Held(min(one.value for one in rows[code].given if one.value is not None), _WHY)
            for code in unsettled(self.run)
        }
        later = self.deed.when(_VALIDATED, minutes=45)["at"]
        seen = len(validated_of(self.run))
        validation.validate(self.run, by=by, seen=seen, held=held, at=later)
        self._move(validation.send_to_plenary, by, _VALIDATED, minutes=60)

    def decide(self) -> None:
        deed = self.deed
        members = [deed.users[name] for name in deed.told["members"]]
        for number, user in enumerate(members):
            at = deed.when(_VOTED, minutes=10 * number)["at"]
            plenary.vote(self.run, by=user, key=deed.key("vote", user.username), agrees=True, at=at)
        grade = str(finding_of(self.run).answer)
        # Items are named by the scheme, and which scheme it is depends on the day of the demo.
        said = tuple((self.items[one["item"]], one["words"]) for one in deed.told["recommends"])
        decided = Decided(grade, recommendations=said)
        now = deed.when(_VOTED, minutes=60)
        plenary.decide(self.run, by=members[0], key=deed.key("decision"), decided=decided, **now)
        self.run = Accreditation.objects.get(pk=self.run.pk)
        self._plan()

    def _plan(self) -> None:
        """What the body will do about those recommendations for which the story tells it."""
        rows = Recommendation.objects.filter(accreditation=self.run).order_by("at")
        for row, told in zip(rows, self.deed.told["recommends"], strict=True):
            if "plan" in told:
                plan_improvement(
                    row,
                    by=self.head,
                    version=row.version,
                    plan=told["plan"],
                    due_on=told["due_on"],
                    on=self.deed.on(_PLANNED),
                )


_WHY = "Kedua asesor melihat hal berbeda; yang lebih rendah dipakai karena catatannya lebih lengkap."
DOERS: dict[str, Doer] = {"scheme": _scheme, "accredit": _accredit}
