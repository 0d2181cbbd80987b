"""What is stored about capacity programmes."""

from simpul.programmes.models.evaluation import Evaluation, Extract
from simpul.programmes.models.money import MoneyEntry, Stimulus
from simpul.programmes.models.plans import ActionItem, ActionPlan, Proof, Realisation, StrengthCheck, Visit
from simpul.programmes.models.programme import (
    Member,
    Participant,
    Programme,
    ProgrammeStep,
    Worker,
)
from simpul.programmes.models.sessions import Attendance, Diploma, Material, Session

__all__ = [
    "ActionItem",
    "ActionPlan",
    "Attendance",
    "Diploma",
    "Evaluation",
    "Extract",
    "Material",
    "Member",
    "MoneyEntry",
    "Participant",
    "Programme",
    "ProgrammeStep",
    "Proof",
    "Realisation",
    "Session",
    "Stimulus",
    "StrengthCheck",
    "Visit",
    "Worker",
]
