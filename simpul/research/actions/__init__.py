"""What happens with files for research: the only writes."""

from simpul.research.actions.extracts import (
    approve,
    ask_for_extract,
    destroy_expired,
    give_up,
    keep_made,
    keep_measured,
    refuse_extract,
    take_extract,
)

__all__ = [
    "approve",
    "ask_for_extract",
    "destroy_expired",
    "give_up",
    "keep_made",
    "keep_measured",
    "refuse_extract",
    "take_extract",
]
