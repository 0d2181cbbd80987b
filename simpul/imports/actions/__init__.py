"""What happens to imports: a file is sent, its columns are named, it is tried, loaded, decided about and undone."""

from simpul.imports.actions.asking import RUN, TRY, UNDO, ask_to_run, ask_to_try, ask_to_undo
from simpul.imports.actions.destroying import destroy_file
from simpul.imports.actions.doubts import decide
from simpul.imports.actions.running import Moved, run
from simpul.imports.actions.sending import NotNow, SentBefore, drop, name_columns, send
from simpul.imports.actions.trying import keep_picture
from simpul.imports.actions.undoing import StillUsed, undo
from simpul.imports.queries.about import About

__all__ = [
    "RUN",
    "TRY",
    "UNDO",
    "About",
    "Moved",
    "NotNow",
    "SentBefore",
    "StillUsed",
    "ask_to_run",
    "ask_to_try",
    "ask_to_undo",
    "decide",
    "destroy_file",
    "drop",
    "keep_picture",
    "name_columns",
    "run",
    "send",
    "undo",
]
