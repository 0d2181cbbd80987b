"""What pages ask about organisations."""

from simpul.organisations.queries.bodies import directory, may_see_address, name_of, named, workplaces

__all__ = ["directory", "may_see_address", "name_of", "named", "workplaces"]
