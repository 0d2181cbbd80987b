"""`simpul check`: is everything as it should be? Names what is wrong and where; exit code 1 when anything is."""

from __future__ import annotations

from argparse import Namespace

from simpul.catalogue.checks import check as catalogue_problems
from simpul.commands import folders, framework, language
from simpul.commands.language import _, ngettext
from simpul.commands.stop import DONE, STOPPED, Stop
from simpul.commands.terminal import err, out


def run(options: Namespace) -> int:
    everything = not (options.catalogue or options.audit or options.data)
    is_right = True
    if options.catalogue or everything:
        is_right &= catalogue()
    if options.audit or options.data or everything:
        is_right &= stored(options, everything=everything)
    return DONE if is_right else STOPPED


def catalogue() -> bool:
    """The catalogue needs no database: it can be checked before anything is installed or changed."""
    problems = catalogue_problems()
    for problem in problems:
        out().print(problem.told(language.chosen()), soft_wrap=True)
    if problems:
        found = ngettext(
            "Katalog: %s hal perlu diperbaiki.", "Katalog: %s hal perlu diperbaiki.", len(problems)
        )
        err().print(found % len(problems))
    else:
        err().print(_("Katalog: tidak ada yang keliru."))
    return not problems


def stored(options: Namespace, *, everything: bool) -> bool:
    # Looking must not make anything: starting Django in an empty folder would make new keys there.
    if not folders.keys_file().exists():
        sentence = (
            _("Belum ada data di %s. Periksa SIMPUL_DATA, atau jalankan: simpul migrate")
            % folders.data_folder()
        )
        if not everything:
            raise Stop(sentence)
        err().print(sentence)
        return True
    return framework.run("simpul.commands.soundness", options) == DONE
