"""What happens to organisations and other sources of help."""

from simpul.organisations.actions.bodies import OrganisationIncomplete, register

__all__ = ["OrganisationIncomplete", "register"]
