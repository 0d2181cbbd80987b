from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.organisations.models import Certificate
from simpul.organisations.queries.certificates import (
    LETTERS,
    MARK_LENGTH,
    Standing,
    grouped,
    is_valid,
    mark_for,
    mark_of,
    newest_of,
    plain_code,
    standing_of,
    standing_on,
    valid_on,
)
from tests.organisations.factories import organisation
from tests.organisations.office import certificate

TODAY = date(2026, 11, 4)
CODES = st.text(LETTERS, min_size=12, max_size=12)
LINES = st.lists(
    st.fixed_dictionaries({"label": st.text(max_size=8), "text": st.text(max_size=12)}), max_size=5
)


def one(state="standing", issued=0, ends=10):
    return SimpleNamespace(
        state=state,
        issued_on=TODAY + timedelta(days=issued),
        valid_to=None if ends is None else TODAY + timedelta(days=ends),
    )


class TestStandingOn:
    @pytest.mark.parametrize(
        ("state", "issued", "ends", "expected"),
        [
            pytest.param("standing", 0, None, Standing.VALID, id="without-an-end"),
            pytest.param("standing", 0, 0, Standing.VALID, id="on-its-last-day"),
            pytest.param("standing", -9, -1, Standing.RUN_OUT, id="a-day-later"),
            pytest.param("standing", 1, 9, Standing.NOT_YET, id="before-its-day"),
            pytest.param("suspended", -9, 9, Standing.SUSPENDED, id="suspended"),
            pytest.param("suspended", -9, -1, Standing.RUN_OUT, id="suspended-and-run-out"),
            pytest.param("withdrawn", -9, -1, Standing.WITHDRAWN, id="withdrawn"),
            pytest.param("replaced", -9, 9, Standing.REPLACED, id="replaced"),
        ],
    )
    def test_tells_what_was_done_and_what_the_dates_say(self, state, issued, ends, expected):
        assert standing_on(one(state, issued, ends), TODAY) == expected


@pytest.mark.django_db
class TestValidOn:
    def test_is_the_same_rule_as_for_one(self):
        body = organisation()
        for state in ("standing", "suspended", "withdrawn", "replaced"):
            for issued in (-5, 0, 5):
                for ends in (None, 0, 5):
                    valid_to = None if ends is None else TODAY + timedelta(days=issued + ends)
                    on = TODAY + timedelta(days=issued)
                    certificate(body, "registration", state=state, issued_on=on, valid_to=valid_to)
        listed = set(Certificate.objects.filter(valid_on(TODAY)).values_list("pk", flat=True))
        assert listed == {row.pk for row in Certificate.objects.all() if is_valid(row, TODAY)}
        assert listed


@pytest.mark.django_db
class TestStandingOf:
    def test_is_the_one_that_holds_and_newest_of_the_last_given(self):
        body = organisation()
        held = certificate(body, "registration", issued_on=TODAY, valid_to=None)
        last = certificate(body, "registration", issued_on=TODAY + timedelta(days=1), valid_to=None)
        certificate(body, "accreditation", issued_on=TODAY, valid_to=None)
        assert standing_of(body, TODAY, "registration") == held
        assert newest_of(body, "registration") == last
        assert standing_of(body, TODAY, "licence") is None


class TestMark:
    @given(CODES, LINES)
    def test_belongs_to_the_words_that_were_printed(self, code, lines):
        printed = SimpleNamespace(code=code, words=lines)
        assert mark_of(printed) == mark_for(code, [dict(line) for line in lines])
        assert len(mark_of(printed)) == MARK_LENGTH
        assert set(mark_of(printed)) <= set(LETTERS)

    @given(CODES, LINES, LINES)
    def test_belongs_to_no_other_words(self, code, lines, others):
        # Eight of 31 letters: that two lists agree by chance is not seen in a lifetime of tests.
        assert (mark_for(code, lines) == mark_for(code, others)) == (lines == others)

    @given(CODES, LINES.filter(bool), st.data())
    def test_notices_a_single_letter(self, code, lines, data):
        line = data.draw(st.integers(0, len(lines) - 1))
        altered = [dict(one) for one in lines]
        altered[line]["text"] += data.draw(st.characters(exclude_categories=["Cs"]))
        assert mark_for(code, altered) != mark_for(code, lines)

    @given(CODES, CODES, LINES)
    def test_belongs_to_one_code(self, code, other, lines):
        assert (mark_for(code, lines) == mark_for(other, lines)) == (code == other)

    def test_does_not_take_two_lines_for_one(self):
        one_line = [{"label": "Nomor", "text": "1"}]
        assert mark_for("A", [*one_line, {"label": "", "text": ""}]) != mark_for("A", one_line)


class TestTyping:
    @given(CODES)
    def test_a_code_is_known_however_it_was_typed(self, code):
        assert plain_code(grouped(code)) == plain_code(f" {grouped(code).lower()} ") == code
