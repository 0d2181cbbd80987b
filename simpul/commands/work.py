"""`simpul work`: does the long work that waits, and what is done each night. `simpul serve` begins it by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils import timezone

from simpul.access import jobs
from simpul.commands.language import _
from simpul.commands.stop import DONE
from simpul.commands.terminal import err

# Who waits for a file sees it begin within so many seconds; asking costs one small question.
_PAUSE = 2.0


def run(options: Namespace) -> int:
    with jobs.alone() as is_alone:
        if not is_alone:
            err().print(_("Proses lain sudah mengerjakan tugas panjang untuk folder data ini."))
            return DONE
        jobs.take_up_again()
        if options.until_closed:
            threading.Thread(target=_end_with_the_server, daemon=True).start()
        while True:
            done = _one_round()
            if options.once:
                err().print(_("Tugas selesai dikerjakan: %s") % done)
                return DONE
            time.sleep(_PAUSE)


def _one_round() -> int:
    jobs.begin_nightly(timezone.localtime())
    done = jobs.run_waiting()
    # A connection that rests for hours may have been closed by the other side.
    connections.close_all()
    return done


@contextmanager
def beside_the_server() -> Iterator[None]:
    """A process of its own that works as long as the server runs; it ends when the server does, also by force."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "simpul", "work", "--until-closed"], stdin=subprocess.PIPE
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def _end_with_the_server() -> None:
    """The server holds the other end of this pipe and writes nothing: an end means that it is gone."""
    sys.stdin.buffer.read()
    os._exit(DONE)
