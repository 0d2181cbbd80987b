"""Numbers about all organisations that are counted once, and anew after anything was changed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from simpul.access.kept import Kept, key_of

KEPT = Kept()
# By themselves: everybody may look for any words, and these would push the others out.
_LENGTHS = Kept()


class CountedOnce(Paginator):  # type: ignore[type-arg]
    """Pages of a queryset about organisations, whose length is kept: counting asks for far more than a page does."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        rows = self.object_list.order_by()
        return _LENGTHS.answer(key_of(rows), rows.count)
