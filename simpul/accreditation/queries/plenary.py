"""The plenary: who may vote, what was voted, and the grade read to the last item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import (
    Accreditation,
    Assignment,
    Decision,
    DeskLine,
    Score,
    SelfScore,
    Step,
    Validated,
    Vote,
)
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.shown import Shown, grade_shown
from simpul.accreditation.queries.validation import belongs_to, finding_of
from simpul.accreditation.stages import Round, Stage
from simpul.catalogue.accreditation.deciding import Quorum, deciding
from simpul.engines.reasons import Finding

LONGEST_WORDS = 4000
LONGEST_RECOMMENDATION = 1000
MOST_RECOMMENDATIONS = 60

# --- who had a hand in it ---


@dataclass(frozen=True, slots=True)
class Hand:
    """A way to have had a hand in one accreditation: rows of `model` that name somebody in `field`."""

    model: type[Model]
    field: str
    words: Promise

    def of(self, user: User) -> Any:
        return self.model._default_manager.filter(**{self.field: user.pk})


# One table for the list and for the single row, so that they cannot drift apart.
_JUDGED = (
    Hand(Assignment, "user", _("Anda ditugaskan pada akreditasi ini.")),
    Hand(Score, "by", _("Anda menilai lembaga ini.")),
    Hand(Validated, "by", _("Anda memvalidasi nilai lembaga ini.")),
    Hand(DeskLine, "by", _("Anda memeriksa berkas lembaga ini.")),
    Hand(SelfScore, "by", _("Anda mengisi evaluasi diri lembaga ini.")),
)
_VOTED = Hand(Vote, "user", _("Anda sudah ikut memutuskan akreditasi ini."))
_BELONGS_THERE = _("Anda bekerja di lembaga ini, atau nama Anda ada di antara pengurusnya.")


def _votes_of(user: User, round_: str) -> Any:
    rows = _VOTED.of(user)
    return rows.filter(round=Round.PLENARY) if round_ == Round.APPEAL else rows.none()


def barred(accreditation: Accreditation, user: User, round_: str) -> str:
    """Why somebody may not vote or decide here; empty for who may.

    Whoever scored, validated, checked, was named for it or belongs to the body does not decide; after an appeal
    neither does who already decided.
    """
    if belongs_to([accreditation.organisation_id], user):
        return str(_BELONGS_THERE)
    for hand in _JUDGED:
        if hand.of(user).filter(accreditation=accreditation).exists():
            return str(hand.words)
    if _votes_of(user, round_).filter(accreditation=accreditation).exists():
        return str(_VOTED.words)
    return ""


def unbarred(rows: Any, user: User, round_: str) -> list[Accreditation]:
    """Those of these accreditations that somebody may vote on: `barred` for a whole list."""
    for hand in _JUDGED:
        rows = rows.exclude(pk__in=hand.of(user).values("accreditation"))
    found = list(rows.exclude(pk__in=_votes_of(user, round_).values("accreditation")))
    own = belongs_to([one.organisation_id for one in found], user)
    return [one for one in found if one.organisation_id not in own]


# --- votes ---


@dataclass(frozen=True, slots=True)
class Decided:
    """What the plenary says: `grade` ("" for not accredited), why, and what is to be mended as (item, words).

    `number` is the certificate's, where the office took one out of its own book.
    """

    grade: str
    because: str = ""
    recommendations: tuple[tuple[str, str], ...] = ()
    number: str = ""


_ROUND_OF = {Stage.PLENARY: Round.PLENARY, Stage.APPEAL: Round.APPEAL}


def round_of(accreditation: Accreditation) -> Round | None:
    """Which decision is being made now; None where none is."""
    return _ROUND_OF.get(Stage(accreditation.stage))


def sitting_of(accreditation: Accreditation, round_: str) -> int:
    """How often it came before the plenary so far."""
    stage = Stage.PLENARY if round_ == Round.PLENARY else Stage.APPEAL
    return int(Step.objects.filter(accreditation=accreditation, stage=stage).count())


@dataclass(frozen=True, slots=True)
class Voting:
    """The votes of one sitting. `agreeing` agree with the grade that the scores give."""

    round: Round
    sitting: int
    votes: tuple[Vote, ...]
    quorum: Quorum

    @property
    def agreeing(self) -> int:
        return sum(vote.agrees for vote in self.votes)

    @property
    def disagreeing(self) -> int:
        return len(self.votes) - self.agreeing

    @property
    def missing(self) -> int:
        """How many votes there must still be."""
        return max(0, self.quorum.votes - len(self.votes))

    @property
    def is_tied(self) -> bool:
        return self.agreeing == self.disagreeing

    @property
    def may_be_decided(self) -> bool:
        return not self.missing and not self.is_tied

    @property
    def follows(self) -> bool:
        """Whether most agree, so that the decision is the grade that the scores give."""
        return self.agreeing > self.disagreeing

    def of(self, user: User) -> Vote | None:
        return next((vote for vote in self.votes if vote.user == user.pk), None)


def voting_of(accreditation: Accreditation) -> Voting | None:
    """The vote that is under way; None where there is none."""
    round_ = round_of(accreditation)
    if round_ is None:
        return None
    sitting = sitting_of(accreditation, round_)
    votes = Vote.objects.filter(accreditation=accreditation, round=round_, sitting=sitting).order_by(
        "at", "pk"
    )
    return Voting(round_, sitting, tuple(votes), deciding().quorum(round_))


def waiting_for_vote(user: User) -> list[Accreditation]:
    """What somebody may vote on and has not yet, in both rounds; the oldest first."""
    found: list[Accreditation] = []
    for round_ in (Round.PLENARY, Round.APPEAL):
        found += [one for one in at_the_plenary(user, round_) if not _has_voted_now(one, user, round_)]
    return found


def at_the_plenary(user: User, round_: Round) -> list[Accreditation]:
    """What waits for a decision and may be voted on by this person."""
    stage = Stage.PLENARY if round_ == Round.PLENARY else Stage.APPEAL
    rows = Accreditation.objects.reachable(user, Permission.ACCREDITATION_DECIDE).filter(stage=stage)
    return unbarred(rows.select_related("organisation").order_by("at", "pk"), user, round_)


def _has_voted_now(accreditation: Accreditation, user: User, round_: Round) -> bool:
    return bool(
        Vote.objects.filter(
            accreditation=accreditation, user=user.pk, round=round_, sitting=sitting_of(accreditation, round_)
        ).exists()
    )


# --- what was decided ---


def decisions_of(accreditation: Accreditation) -> list[Decision]:
    """The plenary's decision, and the one after an appeal; the first first."""
    return list(Decision.objects.filter(accreditation=accreditation).order_by("at", "pk"))


def decision_that_holds(accreditation: Accreditation) -> Decision | None:
    """The last decision; None where there is none yet."""
    found = decisions_of(accreditation)
    return found[-1] if found else None


def reading_of(accreditation: Accreditation) -> Shown:
    """The grade that the validated values give now, in words to the last item."""
    return grade_shown(finding_of(accreditation), scheme_of(accreditation))


def reading_of_decision(decision: Decision) -> Shown:
    """The grade as it was judged when it was decided."""
    return grade_shown(Finding.from_json(decision.finding), scheme_of(decision.accreditation))
