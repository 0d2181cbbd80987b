"""The rows behind the numbers, of all recaps and for several roles."""

import pytest

from simpul.access.models import Event
from simpul.recaps.facts import Rows
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.behind import KINDS, addresses, may_list, pages_of, seen, told
from simpul.recaps.queries.files import lines_of
from tests.access.factories import ORGANISATION, user_with
from tests.recaps.factories import KARIMUN, UNTIL, Office, asked_of

pytestmark = pytest.mark.django_db

ROLES = {
    "dinas_officer": {"region": KARIMUN},
    "case_supervisor": {"organisation": ORGANISATION},
    "registrar": {},
}


@pytest.fixture
def office():
    return Office()


def numbers_of(reader, code):
    """Where each number of a recap that leads somewhere stands, itself, what is behind it, and what one is.

    Of the many that are 0 every seventh.
    """
    asked = asked_of(code)
    recap, place = RECAPS[code].make(reader, asked), 0
    assert recap.tables, code
    for table in recap.tables:
        for line in lines_of(table):
            for column, cell in zip(table.columns, line.cells, strict=True):
                place += 1
                if column.rows and (cell or not place % 7):
                    where = table.key, line.key, column.key
                    yield where, cell, RECAPS[code].behind(reader, asked, *where), column.rows


class TestEveryNumber:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_is_the_sum_of_the_rows_behind_it(self, office, role):
        reader = user_with(role, **ROLES[role])
        for code in RECAPS:
            found = list(numbers_of(reader, code))
            for where, cell, rows, of in found:
                assert rows is not None, (code, where)
                assert (rows.of, rows.sum) == (of, cell or 0), (code, where)
                assert len(set(rows.keys)) == len(rows.keys), (code, where)
            if role == "registrar":
                assert any(cell for _where, cell, _rows, _of in found), code

    def test_is_a_count_a_sum_or_says_that_no_rows_are_behind_it(self, office):
        """What has none is a share, an average, a target or a budget; everything else leads to its rows."""
        reader, without = user_with("registrar"), set()
        for code, definition in RECAPS.items():
            for table in definition.make(reader, asked_of(code)).tables:
                without |= {
                    (code, one.key)
                    for one in table.columns
                    if one.is_number and not one.rows and not table.each
                }
        assert {key for _code, key in without} == {
            "share", "target", "budget", "before", "after", "difference", "t", "p", "before_percent", "after_percent",
            "middle", "longest",
        }  # fmt: skip


class TestSeen:
    def test_are_only_those_within_reach(self, office):
        rows = Rows("person", (str(office.somebody.pk),))
        near, far = user_with("dinas_officer", region=KARIMUN), user_with("dinas_officer", region="21.71")
        assert [one.pk for one in seen(near, rows)] == [office.somebody.pk]
        assert list(seen(far, rows)) == []

    def test_name_in_a_household_only_whose_findings_may_be_read(self, office):
        rows = Rows("household", (str(office.somebody.household_id),))
        (row,) = told(office.officer, rows, seen(office.officer, rows), UNTIL)
        assert (row.words, row.about) == ("Wati Rekaan", (office.somebody.pk,))
        assert list(seen(user_with("dinas_officer", region="21.71"), rows)) == []

    def test_hold_no_events_of_another_office(self, office):
        rows = Rows("event", tuple(str(number) for number in Event.objects.values_list("number", flat=True)))
        verifier = user_with("dinas_verifier", region="21.71")
        assert seen(user_with("dinas_verifier", region=KARIMUN), rows).exists()
        assert not seen(verifier, rows).exists()

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_can_be_told_in_words(self, office, kind):
        reader = user_with("case_supervisor", organisation=ORGANISATION)
        for role in ("registrar", "dinas_verifier", "dinas_officer"):
            reader.grants.create(role=role, region="21")
        reader.forget_grants()
        keys = KINDS[kind].seen(reader).values_list("pk", flat=True)
        rows = Rows(kind, tuple(map(str, keys)))
        assert rows.keys
        assert all(
            row.words and row.hint is not None for row in told(reader, rows, seen(reader, rows), UNTIL)
        )
        assert KINDS[kind].number(2).startswith("2 ")


class TestMayList:
    @pytest.mark.parametrize(
        ("role", "kind", "may"),
        [
            ("registrar", "found", False),
            ("registrar", "organisation", True),
            ("head_of_lks", "referral", False),
        ],
        ids=["people", "bodies", "referrals"],
    )
    def test_follows_what_the_reader_may_see_of_such_rows(self, role, kind, may):
        assert may_list(user_with(role, organisation=ORGANISATION), kind) == may


class TestAddresses:
    def test_leave_out_pages_that_the_reader_may_not_open(self, office):
        rows = Rows("stimulus", ())
        registrar, officer = user_with("registrar"), office.officer
        shown = list(KINDS[rows.of].seen(officer))
        assert (len(addresses(registrar, rows.of, shown)), addresses(officer, rows.of, shown)) == (
            len(shown),
            {},
        )


class TestPagesOf:
    def test_are_those_of_the_lines_of_a_register(self, office):
        table = RECAPS["R6"].make(office.officer, asked_of("R6")).tables[0]
        pages = pages_of(office.officer, table.each, [line.key for line in table.lines])
        assert set(pages) == {line.key for line in table.lines}
