"""What is stored about a case, and what must always hold."""

from simpul.cases.models.around import Concerned, ConcernedKind, Tells, Tie, TieKind
from simpul.cases.models.assessments import Assessment, Occasion
from simpul.cases.models.case import (
    BrokenGlass,
    Case,
    CaseMember,
    CaseQuerySet,
    NumberSeries,
    OfCase,
    OfCaseQuerySet,
    StageMove,
)
from simpul.cases.models.contacts import ContactKind, Note, Task, TaskKind, TaskState
from simpul.cases.models.ending import Afterwards, Condition, Ending, FollowUp
from simpul.cases.models.goals import Goal, GoalScore, GoalState, Moment, Term
from simpul.cases.models.linking import Company, Preparation
from simpul.cases.models.office import Office
from simpul.cases.models.plans import Delivered, Plan, PlanState, PlanStep, ServiceCheck, StepState
from simpul.cases.models.privacy import Attachment, Disclosure, SupervisionNote
from simpul.cases.models.support import SupportReview
from simpul.cases.models.team import Conference, Handing, Handover, HandoverState
from simpul.cases.models.voice import Agreement, Complaint, ComplaintState, RightsGiven, Satisfaction

__all__ = (
    "Afterwards",
    "Agreement",
    "Assessment",
    "Attachment",
    "BrokenGlass",
    "Case",
    "CaseMember",
    "CaseQuerySet",
    "Company",
    "Complaint",
    "ComplaintState",
    "Concerned",
    "ConcernedKind",
    "Condition",
    "Conference",
    "ContactKind",
    "Delivered",
    "Disclosure",
    "Ending",
    "FollowUp",
    "Goal",
    "GoalScore",
    "GoalState",
    "Handing",
    "Handover",
    "HandoverState",
    "Moment",
    "Note",
    "NumberSeries",
    "Occasion",
    "OfCase",
    "OfCaseQuerySet",
    "Office",
    "Plan",
    "PlanState",
    "PlanStep",
    "Preparation",
    "RightsGiven",
    "Satisfaction",
    "ServiceCheck",
    "StageMove",
    "StepState",
    "SupervisionNote",
    "SupportReview",
    "Task",
    "TaskKind",
    "TaskState",
    "Tells",
    "Term",
    "Tie",
    "TieKind",
)
