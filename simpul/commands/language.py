"""The language of the command line: Indonesian unless asked otherwise.

Not the machine's own setting: servers are set to English by default. The texts are those of the pages
(`simpul/locale`), read with the standard library so that no framework is needed.
"""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

INDONESIAN, ENGLISH = "id", "en"
LANGUAGES = (INDONESIAN, ENGLISH)
LOCALE = Path(__file__).resolve().parent.parent / "locale"

# What argparse itself says. It knows English only.
ARGPARSE = {
    "usage: ": "cara pakai: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini lalu selesai",
    "%(prog)s: error: %(message)s\n": "%(prog)s: keliru: %(message)s\n",
    "the following arguments are required: %s": "isian ini masih kurang: %s",
    "unrecognized arguments: %s": "isian ini tidak dikenal: %s",
    "expected one argument": "perlu satu nilai sesudahnya",
    "expected at least one argument": "perlu sedikitnya satu nilai sesudahnya",
    "argument %(argument_name)s: %(message)s": "isian %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bukan pilihan; pilih salah satu: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r tidak dapat dipakai (perlu %(type)s)",
    "not allowed with argument %s": "tidak dapat bersama %s",
    "one of the arguments %s is required": "perlu salah satu dari: %s",
}

_chosen = INDONESIAN


def choose(words: Sequence[str]) -> str:
    """Set the language from `--language en` among the words, else SIMPUL_LANGUAGE, else Indonesian."""
    asked = os.environ.get("SIMPUL_LANGUAGE", "")
    for place, word in enumerate(words):
        if word == "--language" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    use(asked[:2].lower())
    return chosen()


def use(language: str) -> None:
    """Speak this language from now on; one we do not speak means Indonesian."""
    global _chosen
    _chosen = language if language in LANGUAGES else INDONESIAN
    # argparse has no other door for a language than this name in its module.
    argparse._ = _argparse_text  # type: ignore[attr-defined]


def chosen() -> str:
    return _chosen


def _argparse_text(text: str) -> str:
    return text if _chosen == ENGLISH else ARGPARSE.get(text, text)


def _(text: str) -> str:
    """The text in the chosen language; the text itself where no translation exists."""
    return _texts(_chosen).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return _texts(_chosen).ngettext(one, many, count)


@lru_cache(maxsize=4)
def _texts(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE, languages=[language], fallback=True)
