"""The plenary: who may vote, what was voted, and the grade read to the last item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.accreditation.models import Accreditation, Decision, Step, Vote
from simpul.accreditation.queries.hands import BEFORE_THE_VOTE, Hand, hand_in, with_a_hand
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.shown import Shown, grade_shown
from simpul.accreditation.queries.validation import finding_of, unsettled
from simpul.accreditation.stages import Round, Stage
from simpul.catalogue.accreditation.deciding import Quorum, deciding
from simpul.engines.reasons import Finding
from simpul.organisations.queries.belonging import belongs_to

LONGEST_WORDS = 4000
LONGEST_RECOMMENDATION = 1000
MOST_RECOMMENDATIONS = 60

# --- who had a hand in it ---


_VOTED = Hand(Vote, "user", _("Anda sudah ikut memutuskan akreditasi ini."))
_BELONGS_THERE = _("Anda bekerja di lembaga ini, atau nama Anda ada di antara pengurusnya.")


def _votes_of(user: User, round_: str) -> Any:
    rows = _VOTED.of(user)
    return rows.filter(round=Round.PLENARY) if round_ == Round.APPEAL else rows.none()


def barred(accreditation: Accreditation, user: User, round_: str) -> str:
    """Why somebody may not vote or decide here; empty for who may.

    Whoever recommended, checked, accepted, was named, scored, validated or belongs to the body does not decide; after
    an appeal neither does who already decided.
    """
    if belongs_to([accreditation.organisation_id], user):
        return str(_BELONGS_THERE)
    if why := hand_in(accreditation, user, BEFORE_THE_VOTE):
        return why
    if _votes_of(user, round_).filter(accreditation=accreditation).exists():
        return str(_VOTED.words)
    return ""


def kept_away(accreditation: Accreditation, user: User) -> str:
    """Why a member of the plenary reads neither minutes nor agreement of this run; empty for everybody else.

    Who may not decide reads nothing of what is decided on. The head of the body signs the minutes, and reads them.
    """
    is_member = is_within_reach(accreditation, user, Permission.ACCREDITATION_DECIDE)
    if not is_member or is_within_reach(accreditation, user, Permission.ACCREDITATION_APPLY):
        return ""
    return barred(accreditation, user, round_of(accreditation) or Round.PLENARY)


def unbarred(rows: Any, user: User, round_: str) -> list[Accreditation]:
    """Those of these accreditations that somebody may vote on: `barred` for a whole list."""
    for hand in BEFORE_THE_VOTE:
        rows = rows.exclude(pk__in=hand.of(user).values("accreditation"))
    found = list(rows.exclude(pk__in=_votes_of(user, round_).values("accreditation")))
    own = belongs_to([one.organisation_id for one in found], user)
    return [one for one in found if one.organisation_id not in own]


def _barred_voters(accreditation: Accreditation, users: frozenset[UUID], round_: str) -> frozenset[UUID]:
    """Those who voted and may not vote any more, because they were named, joined the body or the like since."""
    found = with_a_hand(accreditation, users, BEFORE_THE_VOTE)
    if round_ == Round.APPEAL:
        first = Vote.objects.filter(accreditation=accreditation, round=Round.PLENARY, user__in=users)
        found |= frozenset(first.values_list("user", flat=True))
    left = User.objects.filter(pk__in=users - found)
    return found | {one.pk for one in left if belongs_to([accreditation.organisation_id], one)}


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
    """The votes of one sitting. `agreeing` agree with the grade that the scores give.

    `struck` are votes of people who may not decide any more: they stay written down and do not count.
    """

    round: Round
    sitting: int
    votes: tuple[Vote, ...]
    quorum: Quorum
    struck: tuple[Vote, ...] = ()

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
    rows = Vote.objects.filter(accreditation=accreditation, round=round_, sitting=sitting)
    votes = tuple(rows.order_by("at", "pk"))
    out = _barred_voters(accreditation, frozenset(vote.user for vote in votes), round_)
    return Voting(
        round_,
        sitting,
        tuple(vote for vote in votes if vote.user not in out),
        deciding().quorum(round_),
        tuple(vote for vote in votes if vote.user in out),
    )


def left_to_recheck(accreditation: Accreditation) -> int:
    """How many items wait for the other validator before an appeal is voted on; 0 where none are waited for."""
    return len(unsettled(accreditation)) if accreditation.stage == Stage.APPEAL else 0


def waiting_for_vote(user: User) -> list[Accreditation]:
    """What somebody may vote on and has not yet, in both rounds; the oldest first.

    An appeal is voted on once the scores were looked at again.
    """
    found: list[Accreditation] = []
    for round_ in (Round.PLENARY, Round.APPEAL):
        found += [one for one in at_the_plenary(user, round_) if not _has_voted_now(one, user, round_)]
    return [one for one in found if not left_to_recheck(one)]


def waiting_for_decision(user: User) -> list[Accreditation]:
    """What enough members voted on, this one among them: one of them has to write the decision down."""
    found = [one for round_ in (Round.PLENARY, Round.APPEAL) for one in at_the_plenary(user, round_)]
    return [one for one in found if _may_decide_now(one, user)]


def _may_decide_now(accreditation: Accreditation, user: User) -> bool:
    voting = voting_of(accreditation)
    return voting is not None and voting.may_be_decided and voting.of(user) is not None


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
