"""What is stored about accreditations."""

from simpul.accreditation.models.decision import Appeal, Decision, Recommendation, Vote, Watch
from simpul.accreditation.models.office import OwnScheme
from simpul.accreditation.models.run import (
    Accreditation,
    Assignment,
    DeskLine,
    Evidence,
    OfAccreditation,
    SelfScore,
    Step,
)
from simpul.accreditation.models.visit import Lock, Score, Validated, Visit

__all__ = [
    "Accreditation",
    "Appeal",
    "Assignment",
    "Decision",
    "DeskLine",
    "Evidence",
    "Lock",
    "OfAccreditation",
    "OwnScheme",
    "Recommendation",
    "Score",
    "SelfScore",
    "Step",
    "Validated",
    "Visit",
    "Vote",
    "Watch",
]
