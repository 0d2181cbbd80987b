"""The command line: what can be done with Simpul without a browser.

Each command is a file with `run(options) -> int`; what it understands stands in `arguments`.
Exit codes: 0 done, 1 not done (with a sentence that says why), 2 wrong usage, 3 done, but some rows were refused.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from simpul.commands import language
from simpul.commands.arguments import parser
from simpul.commands.stop import DONE, INTERRUPTED, STOPPED, Stop


@dataclass(frozen=True)
class Command:
    """Where a command lives, and whether Django must be set up before its module can be read."""

    module: str
    needs_django: bool


# Loaded by name, because Django and Polars take up to a second to import: `simpul --help` needs neither, and
# `simpul interview` must run on a machine without a database.
COMMANDS = {
    "demo": Command("simpul.commands.demo", needs_django=True),
    "serve": Command("simpul.commands.serve", needs_django=True),
    "work": Command("simpul.commands.work", needs_django=True),
    "migrate": Command("simpul.commands.migrate", needs_django=True),
    "user": Command("simpul.commands.user", needs_django=True),
    "keys": Command("simpul.commands.keys", needs_django=True),
    "screen": Command("simpul.commands.screen", needs_django=False),
    "screen-table": Command("simpul.commands.screen_table", needs_django=False),
    "screen-register": Command("simpul.commands.screen_register", needs_django=True),
    "interview": Command("simpul.commands.interview", needs_django=False),
    "evaluate": Command("simpul.commands.evaluate", needs_django=False),
    "recount": Command("simpul.commands.evaluate_printed", needs_django=False),
    "backup": Command("simpul.commands.backup", needs_django=True),
    "restore": Command("simpul.commands.restore", needs_django=False),
    "check": Command("simpul.commands.check", needs_django=False),
    "regions": Command("simpul.commands.regions", needs_django=True),
    "hsds": Command("simpul.commands.hsds", needs_django=True),
    "import": Command("simpul.commands.import_file", needs_django=True),
    "recap": Command("simpul.commands.recap", needs_django=True),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Raises SystemExit only for wrong usage and `--help`."""
    words = list(sys.argv[1:] if argv is None else argv)
    language.choose(words)
    reader = parser()
    options = reader.parse_args(words)
    if not options.command:
        reader.print_help()
        return DONE
    command = COMMANDS[options.command]
    try:
        if command.needs_django:
            return int(importlib.import_module("simpul.commands.framework").run(command.module, options))
        return int(importlib.import_module(command.module).run(options))
    except Stop as stop:
        sys.stdout.flush()
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (`simpul … | head`) has gone: nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
