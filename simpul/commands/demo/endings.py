"""How cases of the example office end, and looking in afterwards."""

from __future__ import annotations

from datetime import timedelta

from simpul.cases.actions.ending import begin_ending, complete_ending, save_ending
from simpul.cases.actions.follow_ups import record_follow_up
from simpul.cases.models import FollowUp
from simpul.cases.queries.ending import Told
from simpul.commands.demo.journal import Doer, Entry
from simpul.commands.demo.working import judge

_TOLD = (
    "reason", "is_lasting_need", "effect", "process", "transition", "made_with_client", "handed_to", "statement",
    "statement_capacity",
)  # fmt: skip


def _end(entry: Entry) -> None:
    """Filled in and completed at one sitting; `outcomes` are told by the names of the goals."""
    judge(entry)
    ending = begin_ending(entry.life.case, by=entry.by, key=entry.key(), **entry.moment)
    outcomes = {str(entry.life.rows[name].pk): one for name, one in entry.told["outcomes"].items()}
    days = tuple(entry.on + timedelta(days=after) for after in entry.told["follow_ups"])
    told = Told(held_on=entry.on, outcomes=outcomes, follow_ups=days, **entry.words(*_TOLD))
    kept = save_ending(ending, by=entry.by, version=ending.version, told=told, **entry.moment)
    complete_ending(kept, by=entry.by, version=kept.version, **entry.moment)


def _look_in(entry: Entry) -> None:
    """The next look that is due."""
    look = FollowUp.objects.filter(case=entry.life.case, done_on=None).order_by("due_on").first()
    if look is None:
        raise ValueError(f"No follow-up waits in {entry.life.name}.")
    details = entry.words("condition", "words", "decision")
    record_follow_up(
        look,
        by=entry.by,
        key=entry.key(),
        version=look.version,
        done_on=entry.on,
        **details,
        **entry.moment,
    )


DOERS: dict[str, Doer] = {"end": _end, "look_in": _look_in}
