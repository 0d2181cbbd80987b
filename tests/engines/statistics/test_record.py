"""An evaluation as a file: whole, readable again, and without names where none belong."""

from __future__ import annotations

import json

from simpul.engines.reasons import Finding
from simpul.engines.statistics import Aspect, Study, evaluate, to_json, to_text
from tests.engines.statistics.test_findings import scores

OUTLIER = [9, 10, 8, 9, 11, 10, 40, 9, None]


def evaluation():
    return evaluate(Study((Aspect("A"),), scores([5, 6, 5, 6, 7, 5, 5, 6, 7], OUTLIER, organisations=3)))


class TestToText:
    def test_keeps_the_scores_of_people_out_unless_asked(self):
        made = evaluation()
        assert '"scores"' not in to_text(made)
        assert '"scores"' in to_text(made, with_scores=True)

    def test_counts_people_instead_of_naming_them(self):
        made = evaluation()
        whole, outside = to_text(made), to_text(made, with_people=False)
        assert '"p08"' in whole
        assert '"p06"' in whole
        assert not any(f'"p{number:02}"' in outside for number in range(9))
        assert json.loads(outside)["flow"]["dropouts"] == 1


class TestToJson:
    def test_holds_findings_that_can_be_read_again(self):
        made = evaluation()
        written = json.loads(to_text(made))["aspects"][0]["findings"]
        assert tuple(Finding.from_json(one) for one in written) == made.aspects[0].findings

    def test_says_which_format_it_is(self):
        assert to_json(evaluation())["format"] == 2
