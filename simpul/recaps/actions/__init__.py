"""What happens to recaps and to public numbers: the only writes."""

from simpul.recaps.actions.delivering import (
    DueTwice,
    NotDelivered,
    ask_for,
    ask_no_more,
    deliver,
    take_out,
)
from simpul.recaps.actions.publishing import (
    drop_release,
    keep_prepared,
    prepare_release,
    publish,
    withdraw_release,
)

__all__ = [
    "DueTwice",
    "NotDelivered",
    "ask_for",
    "ask_no_more",
    "deliver",
    "drop_release",
    "keep_prepared",
    "prepare_release",
    "publish",
    "take_out",
    "withdraw_release",
]
