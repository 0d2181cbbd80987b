import uuid

import pytest
from django.utils import timezone

from simpul.cases.actions.around import About
from simpul.cases.actions.attachments import attach, remove_attachment
from simpul.cases.models import BrokenGlass, Case
from simpul.cases.queries.attachments import attached_to
from simpul.cases.queries.privacy import listeners_of, panel, told_of
from simpul.cases.stages import Confidentiality
from tests.cases.actions.test_around import AUNT, added
from tests.cases.actions.test_privacy import agreed, told
from tests.cases.factories import a_case
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attached(case, by, data=b"%PDF-1.7"):
    return attach(
        case, by=by, key=uuid.uuid4(), title="Surat rujukan", file_name="a.pdf", data=data, **when(70)
    )


class TestPanel:
    def test_shows_the_level_the_files_and_what_was_not_looked_at(self, case, caseworker, supervisor):
        Case.objects.update(confidentiality=Confidentiality.HIGHLY_RESTRICTED)
        case.refresh_from_db()
        attached(case, caseworker)
        now = timezone.now()
        BrokenGlass.objects.create(case=case, at=now, by_name="Dewi", user=uuid.uuid4(), until=now)
        shown = panel(case, caseworker, TODAY)
        assert (shown.level, shown.is_ordinary, shown.attachments) == ("Sangat terbatas", False, 1)
        assert (shown.unseen, shown.open_now, shown.may_attach) == (1, 0, True)

    def test_asks_the_database_twice(self, case, caseworker, django_assert_num_queries):
        caseworker.can("case.note")
        with django_assert_num_queries(2):
            panel(case, caseworker, TODAY)


class TestToldOf:
    def test_keeps_words_from_who_may_not_read_them(self, case, caseworker):
        agreed(case, caseworker)
        told(case, caseworker)
        (row,) = told_of(case, is_told=True)
        assert (row.to_whom, row.basis) == ("dr. Lina, Puskesmas Meral", "Persetujuan")
        (hidden,) = told_of(case, is_told=False)
        assert (hidden.to_whom, hidden.what, hidden.because, hidden.on) == ("", "", "", TODAY)


class TestListenersOf:
    def test_says_how_far_each_may_be_told(self, case, caseworker):
        added(case, caseworker, AUNT)
        added(case, caseworker, About(name="Pak Usman", relation="ayah", tells="nothing"))
        assert [one.words for one in listeners_of(case)] == [
            "Bibi Rohani (jadwal kontrol)",
            "Pak Usman (tidak diberi tahu apa pun)",
        ]


class TestAttachedTo:
    def test_shows_titles_to_who_may_read_and_says_what_a_pdf_keeps(self, case, caseworker):
        attached(case, caseworker)
        (row,) = attached_to(case, is_told=True)
        assert (row.title, row.kind, row.kilobytes, row.keeps_tracks) == ("Surat rujukan", "PDF", 1, True)
        assert attached_to(case, is_told=False)[0].title == ""

    def test_tells_who_destroyed_one(self, case, caseworker):
        remove_attachment(attached(case, caseworker), by=caseworker, at=when(80)["at"])
        (row,) = attached_to(case, is_told=True)
        assert (row.title, row.removed_by) == ("", "Rina Wulandari")
