from datetime import date, timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.organisations.queries.papers import hand_of, kind_choices, panel, papers_of, waits
from tests.access.factories import give, user_with
from tests.organisations.factories import organisation
from tests.organisations.papers import AT, TODAY, a_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


class TestPanel:
    def test_counts_what_stands_and_tells_what_runs_out(self, body, head):
        newer = a_paper(body, valid_to=TODAY + timedelta(days=10))
        a_paper(body, valid_to=TODAY, replaced_by=newer)
        a_paper(body, kind="statutes")
        found = panel(body, head, TODAY)
        assert (found.number, len(found.running), found.more) == (2, 1, 0)

    def test_is_none_for_who_may_not_look_inside(self, body, caseworker):
        stranger = user_with("head_of_lks", organisation=organisation().pk)
        assert panel(body, caseworker, TODAY) is None
        assert panel(body, stranger, TODAY) is None


class TestHandOf:
    def test_is_the_bodys_own_before_the_offices(self, body, head, officer):
        assert hand_of(body, head) == Permission.ORGANISATION_EDIT
        assert hand_of(body, officer) == Permission.ORGANISATION_VERIFY
        give(head, "dinas_officer", region="21.02")
        assert hand_of(body, head) == Permission.ORGANISATION_EDIT

    def test_is_nobodys_of_another_area(self, body):
        assert hand_of(body, user_with("dinas_officer", region="21.71")) is None


class TestPapersOf:
    def test_keeps_the_older_beside_the_newer(self, body):
        newer = a_paper(body, issued_on=date(2026, 1, 1))
        older = a_paper(body, issued_on=date(2025, 1, 1), replaced_by=newer)
        gone = a_paper(body, issued_on=date(2024, 1, 1), removed_at=AT)
        found = papers_of(body, TODAY)
        assert [one.row for one in found.standing] == [newer]
        assert [one.row for one in found.older] == [older, gone]

    def test_stand_in_the_order_of_the_catalogue(self, body):
        for kind in ("siup_lama", "licence", "statutes"):
            a_paper(body, kind=kind)
        found = papers_of(body, TODAY)
        assert [one.row.kind for one in found.standing] == ["statutes", "licence", "siup_lama"]

    def test_shows_a_kind_that_the_catalogue_lost(self, body):
        a_paper(body, kind="siup_lama")
        assert [one.title for one in papers_of(body, TODAY).standing] == ["siup_lama"]


class TestKindChoices:
    def test_lead_to_replacing_where_only_one_can_stand(self, body):
        domicile, photo = a_paper(body), a_paper(body, kind="photograph")
        standing = {choice.kind.code: choice.standing for choice in kind_choices(body)}
        assert standing["domicile"] == domicile
        assert standing["photograph"] is None
        assert photo.pk


class TestWaits:
    def test_tell_the_body_and_the_office_alike(self, body, head, officer):
        a_paper(body, valid_to=TODAY - timedelta(days=1))
        a_paper(body, kind="licence", valid_to=TODAY + timedelta(days=100))
        for user in (head, officer):
            (waiting,) = waits(user, TODAY)
            assert (waiting.number, waiting.is_late) == (2, True)
            assert "2 surat lembaga" in waiting.words

    def test_are_not_for_who_only_reads(self, body):
        a_paper(body, valid_to=TODAY)
        assert waits(user_with("plenary_member"), TODAY) == ()

    def test_on_the_last_day_itself_nothing_is_late(self, body, head):
        a_paper(body, valid_to=TODAY)
        (waiting,) = waits(head, TODAY)
        assert not waiting.is_late
