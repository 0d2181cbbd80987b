"""How a command ends when it cannot go on."""

from __future__ import annotations

DONE, STOPPED, USAGE, SOME_REFUSED, INTERRUPTED = 0, 1, 2, 3, 130


class Stop(Exception):
    """The command cannot go on. The message is the whole of what the person sees: what is wrong, what to do."""

    def __init__(self, sentence: str, code: int = STOPPED) -> None:
        super().__init__(sentence)
        self.code = code
