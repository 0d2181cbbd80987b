"""A merge whose process is killed in the middle: nothing half done, and it can begin again."""

import os
import signal
from uuid import uuid4

import pytest
from django.db import connections

from simpul.duplicates.actions import merging
from simpul.duplicates.models import Merge
from tests.duplicates.factories import everything, merged, pair, with_histories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def killed_in_the_middle(work):
    """Does the work in a process of its own that dies by the signal nobody can catch; says by which it died."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        merging._mark = lambda *told: os.kill(os.getpid(), signal.SIGKILL)
        try:
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


class TestMerge:
    def test_killed_leaves_everything_as_it_was_and_can_begin_again(self, supervisor):
        stays, goes = with_histories(supervisor)
        both, key = pair(stays, goes), uuid4()
        before = everything()
        assert killed_in_the_middle(lambda: merged(both, supervisor, stays, key=key)) == signal.SIGKILL
        assert everything() == before
        merged(both, supervisor, stays, key=key)
        assert Merge.objects.get().loser == goes
