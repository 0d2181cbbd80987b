"""A file that leaves stands in the record, and never what is in it."""

import pytest

from simpul.access.exports import note_export
from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from tests.access.factories import REGION, user_with

pytestmark = pytest.mark.django_db


class TestNoteExport:
    def test_says_who_took_which_file_narrowed_to_what(self):
        officer = user_with("dinas_officer", region=REGION)
        note_export(by=officer, permission=Permission.CASE_VIEW, file="case-numbers", asked="21.02.01")
        event = Event.objects.get()
        assert (event.actor, event.region, event.permission) == (officer.pk, REGION, "case.view")
        assert event.details == {"file": "case-numbers", "asked": "21.02.01"}

    def test_keeps_the_reason_where_the_record_does_not_show_it(self):
        officer = user_with("dinas_officer", region=REGION)
        note_export(by=officer, permission=Permission.CASE_VIEW, file="x", because="Rapat hari Senin")
        assert "Rapat" not in str(Event.objects.get().details)

    def test_is_refused_to_who_may_not_see_what_is_in_it(self):
        with pytest.raises(NotAllowed):
            note_export(by=user_with("assessor"), permission=Permission.CASE_VIEW, file="case-numbers")
        assert not Event.objects.exists()
