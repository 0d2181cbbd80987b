import pytest

from simpul.programmes.queries.evaluation_closeness import is_close, marks_of
from simpul.programmes.queries.evaluation_data import gather
from tests.programmes.evaluating import karimun, take_away


def people(first, last, mark="m"):
    return {f"p{number}": mark for number in range(first, last)}


BEFORE = {"programme|a|pre": people(0, 6), "programme|b|pre": people(6, 12)}


class TestIsClose:
    @pytest.mark.parametrize(
        ("now", "is_so"),
        [
            pytest.param(BEFORE, False, id="the-same"),
            pytest.param(BEFORE | {"programme|a|pre": people(0, 5)}, True, id="one-left"),
            pytest.param(BEFORE | {"programme|a|pre": people(0, 6) | {"p0": "n"}}, True, id="one-changed"),
            pytest.param(BEFORE | {"programme|a|pre": people(0, 6, "n")}, False, id="all-of-a-body-changed"),
            pytest.param(BEFORE | {"programme|a|post": people(0, 3)}, False, id="a-new-test"),
            pytest.param(
                {"programme|a|pre": people(0, 3), "programme|b|pre": people(6, 9)}, True, id="three-of-each"
            ),
        ],
    )
    def test_where_fewer_than_five_changed_in_a_group(self, now, is_so):
        assert is_close(now, BEFORE, 5) is is_so

    def test_holds_groups_together_that_were_shown_together_before(self):
        # Of nine people shown together ten are now shown in two groups: their sum is one person more.
        before = {"programme|*|pre": people(0, 9)}
        now = {"programme|a|pre": people(0, 5), "programme|b|pre": people(5, 10)}
        assert is_close(now, before, 5)


class TestMarksOf:
    @pytest.mark.django_db
    def test_tell_nobody_and_change_with_the_answers_alone(self):
        made = karimun()
        first = marks_of(gather(made.programme))
        assert marks_of(gather(made.programme)) == first
        assert "P01" not in repr(first)
        take_away(made, "post", 3)
        assert is_close(marks_of(gather(made.programme)), first, 5)
