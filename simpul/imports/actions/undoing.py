"""An import is taken back: all that it made goes, as long as nothing was hung on it since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import current
from simpul.imports.actions.sending import NotNow
from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.hanging import MODELS, Hanging, hanging, made_keys, said_keys
from simpul.imports.queries.lots import lots
from simpul.imports.stages import State, Table
from simpul.organisations.models import Change
from simpul.people.actions.bulk import take_back_many
from simpul.services.models import Revision

Progress = Callable[[int, int], None]


class StillUsed(Refusal):
    """Something hangs on what the import made. `found` says what."""

    def __init__(self, found: list[Hanging]) -> None:
        self.found = found
        told = ", ".join(f"{one.words} ({one.count})" for one in found)
        super().__init__(
            _("Impor ini belum dapat diurungkan, karena sudah dipakai: %(what)s. Tidak ada yang diubah.")
            % {"what": told or _("catatan lain yang dibuat sesudahnya")}
        )


@action(Permission.IMPORT_MAKE)
def undo(batch: Batch, /, *, by: User, at: datetime, progress: Progress = lambda done, total: None) -> Batch:
    """Take back everything that the import made; that it was there, and was taken back, stays recorded.

    Raises StillUsed, with what prevents it; nothing is then changed. Undone twice is once.
    """
    held = current(batch)
    if held.state == State.UNDONE:
        return held
    if held.state != State.DONE:
        raise NotNow(held)
    if found := hanging(held):
        raise StillUsed(found)
    try:
        _take_back(held, by, progress)
    except ProtectedError as error:
        raise StillUsed([]) from error
    Doubt.objects.filter(batch=held).delete()
    Made.objects.filter(batch=held).delete()
    held.state, held.refused = State.UNDONE, None
    held.ended_at, held.ended_by_name = at, str(by)
    held.version += 1
    held.save()
    return held


def _take_back(batch: Batch, by: User, progress: Progress) -> None:
    people, homes = made_keys(batch, Table.PERSON), made_keys(batch, Table.HOUSEHOLD)
    statements = said_keys(batch)
    if people or homes or statements:
        take_back_many(
            batch,
            by=by,
            people=people,
            homes=homes,
            statements=statements,
            progress=lambda done: progress(done, len(people)),
        )
    for table in (Table.SHEET, Table.SERVICE, Table.SOURCE, Table.ORGANISATION):
        for piece in lots(made_keys(batch, table)):
            # The history of what was made goes with it; the record of events stays.
            Revision.objects.filter(service__in=piece).delete()
            Change.objects.filter(organisation__in=piece).delete()
            MODELS[table].objects.filter(pk__in=piece).delete()
