"""What is stored about working together."""

from simpul.partners.models.agreement import Agreement
from simpul.partners.models.forum import Decision, Forum, ForumMember, Meeting
from simpul.partners.models.mediation import Mediation, MediationStep

__all__ = ["Agreement", "Decision", "Forum", "ForumMember", "Mediation", "MediationStep", "Meeting"]
