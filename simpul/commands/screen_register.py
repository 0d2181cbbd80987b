"""`simpul screen-register`: judge everybody this office knows, now instead of at night."""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.commands.language import _, chosen
from simpul.commands.lists import edition_named
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, out, progress, table
from simpul.population.queries.numbers import needs_of, standing_is
from simpul.population.queries.register import Register, read_register
from simpul.population.reactions import screen
from simpul.population.stages import Standing


def run(options: Namespace) -> int:
    edition = edition_named(options.edition or settings.SIMPUL_EDITION)
    now = timezone.localtime()
    with progress() as bar:
        task = bar.add_task(_("Menapis seluruh register"), total=None)
        try:
            made = screen(
                Where(),
                by=THE_MACHINE,
                on=options.on or now.date(),
                at=now,
                codes=[edition.code],
                anew=options.anew,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except Refusal as refusal:
            raise Stop(str(refusal)) from refusal
    show(read_register(made[0]))
    return DONE


def show(register: Register) -> None:
    """The numbers by type. Whoever runs a command here holds the database and its keys."""
    made = table(
        _("Jenis"), *(f">{words}" for words in (_("Ditetapkan"), _("Disarankan"), _("Belum diketahui")))
    )
    for need in needs_of(register):
        place = register.place(need.code)
        counts = (register.people.filter(standing_is(place, one)).height for one in Standing.values)
        made.add_row(need.display.in_language(chosen()), *map(str, counts))
    out().print(made)
    err().print(
        _("%(people)s orang ditapis menurut keadaan %(day)s.")
        % {"people": register.people.height, "day": register.on.isoformat()}
    )
