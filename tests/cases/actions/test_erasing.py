from datetime import date, timedelta

import pytest
from django.urls import reverse

from simpul.access.secrets import sealed_fields
from simpul.cases.actions.around import About
from simpul.cases.actions.erasing import ERASER, HOLD, LAST_ENTRY
from simpul.cases.models import Attachment, Case, Concerned, Disclosure, Ending, Note, OfCase, Tie
from simpul.cases.queries.attachments import amiss
from simpul.people.actions import ERASERS
from simpul.people.models import Household
from simpul.people.queries import HOLDS, LAST_ENTRIES, holds_on
from tests.cases.actions.test_around import AUNT, added
from tests.cases.actions.test_attachments import attached, files
from tests.cases.actions.test_privacy import agreed, told
from tests.cases.actions.test_ties import tied
from tests.cases.factories import a_case
from tests.people.factories import person
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


class TestEraser:
    def test_is_called_when_a_person_is_erased(self):
        assert ERASER in ERASERS

    def test_empties_the_case_and_every_row_of_it(self, caseworker):
        case = a_case(caseworker, basic_needs_met=False)
        note = Note(case=case, at=NOW, by_name="Rina", on=TODAY, kind="visit")
        note.words = "Ibu Siti sakit."
        note.save()
        ERASER(case.person)
        assert Note.objects.get(pk=note.pk).words == ""
        left = Case.objects.get(pk=case.pk)
        assert (left.summary, left.need_types) == ("", None)

    def test_reaches_every_table_that_keeps_sealed_words_of_a_case(self):
        tables = {table.__name__ for table in OfCase.__subclasses__() if sealed_fields(table)}
        assert {"Note", "Goal", "Assessment", "PlanStep", "Ending", "Attachment", "Concerned"} <= tables

    def test_leaves_nobody_around_the_client(self, case, caseworker):
        uncle = About(
            name="Paman Ali",
            relation="paman",
            sex="L",
            born_year=1960,
            is_guardian=True,
            lives_with_client=True,
        )
        row = added(case, caseworker, uncle)
        tied(case, caseworker, "cares_for", row, None)
        ERASER(case.person)
        left = Concerned.objects.get(pk=row.pk)
        assert (left.name, left.person, left.sex, left.born_year) == ("", None, "", None)
        assert not left.is_guardian
        assert not left.lives_with_client
        assert not Tie.objects.exists()

    def test_does_not_say_why_it_ended_nor_with_whom_the_client_lived(self, case, caseworker):
        Case.objects.filter(pk=case.pk).update(household=Household.objects.get(pk=case.person.household_id))
        Ending.objects.create(case=case, at=NOW, by_name="Rina", on=TODAY, reason="died", t_score=38.5)
        ERASER(case.person)
        ending = Ending.objects.get()
        assert (ending.reason, ending.t_score) == ("", None)
        assert Case.objects.get(pk=case.pk).household is None

    def test_takes_the_name_out_of_cases_of_others(self, case, caseworker):
        sister = person(caseworker)
        about = About(name="Salamah", relation="kakak", person=sister.pk, phone="081234567890", tells="all")
        row = added(case, caseworker, about)
        agreed(case, caseworker)
        told(case, caseworker, concerned=row.pk)
        assert ERASER(sister) == {"cases": 2}
        left = Concerned.objects.get(pk=row.pk)
        assert (left.name, left.relation, left.phone, left.person) == ("Data sudah dihapus", "", "", None)
        assert Disclosure.objects.get().to_whom == "Data sudah dihapus"
        assert Case.objects.get(pk=case.pk).summary

    def test_destroys_files_at_once_and_leaves_nothing_amiss(
        self, case, caseworker, folder, django_capture_on_commit_callbacks
    ):
        attached(case, caseworker)
        with django_capture_on_commit_callbacks(execute=True):
            ERASER(case.person)
            assert len(files(folder)) == 1
        assert files(folder) == []
        assert amiss().lost == amiss().strays == ()
        assert not Attachment.objects.get().is_there

    def test_leaves_pages_that_open(self, client, case, caseworker, folder):
        row = attached(case, caseworker)
        added(case, caseworker, AUNT)
        ERASER(case.person)
        client.force_login(caseworker)
        assert client.get(reverse("cases:attachment", args=[row.pk])).status_code == 404
        for name in ("case", "privacy", "own-file"):
            shown = client.get(reverse(f"cases:{name}", args=[case.pk]))
            assert (shown.status_code, "None" in shown.content.decode()) == (200, False)


class TestHold:
    def test_a_running_case_forbids_erasing(self, caseworker):
        case = a_case(caseworker)
        assert [hold.is_absolute for hold in HOLD(case.person, TODAY)] == [True]
        assert HOLD in HOLDS

    def test_an_ended_case_does_not(self, caseworker):
        case = a_case(caseworker)
        Case.objects.filter(pk=case.pk).update(stage="closed")
        assert list(HOLD(case.person, TODAY)) == []


class TestLastEntry:
    def test_is_asked_when_a_person_is_to_be_erased(self):
        assert LAST_ENTRY in LAST_ENTRIES

    def test_is_nothing_where_there_is_no_case(self, caseworker):
        assert LAST_ENTRY(person(caseworker)) is None

    def test_keeps_the_file_as_long_as_its_newest_note_wants(self, case, caseworker):
        Case.objects.filter(pk=case.pk).update(stage="closed")
        [before] = holds_on(case.person, TODAY)
        note = Note(case=case, at=NOW + timedelta(days=365), by_name="Rina", on=TODAY, kind="visit")
        note.save()
        [after] = holds_on(case.person, TODAY)
        assert after.until == before.until.replace(year=before.until.year + 1)

    def test_counts_from_the_end_of_the_case(self, case):
        Case.objects.filter(pk=case.pk).update(stage="closed", closed_on=date(2028, 3, 1))
        [kept] = holds_on(case.person, TODAY)
        assert kept.until == date(2033, 3, 1)
