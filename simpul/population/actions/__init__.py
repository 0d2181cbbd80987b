"""What can be done with the whole register: the only writes."""

from simpul.population.actions.keeping import keep_screened
from simpul.population.actions.wishes import screen_everybody

__all__ = ["keep_screened", "screen_everybody"]
