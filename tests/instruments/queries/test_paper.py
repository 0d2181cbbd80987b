import pytest

from simpul.catalogue import instruments as shipped
from simpul.engines.scoring import REASONS
from simpul.instruments.queries import paper_words
from tests.instruments.factories import SESSION, locked

pytestmark = pytest.mark.django_db
SESSIONS = shipped.get("session-evaluation")


def items(words):
    return [item for aspect in words["aspects"] for item in aspect["items"]]


class TestPaperWords:
    def test_leaves_lines_for_the_pen_and_ticks_nothing(self):
        words = paper_words(SESSIONS)
        assert len(items(words)) == len(SESSIONS.items)
        assert not any(option["is_ticked"] for item in items(words) for option in item["options"])
        assert [item["lines"] for item in items(words)][-3:] == [3, 3, 3]

    def test_ticks_what_was_answered_and_tells_own_words_and_reasons_to_who_may_see_names(self, caseworker):
        answers = SESSION | {
            "to_improve": "Lebih lama",
            "fits": {"state": "unknown"},
            REASONS: {"clear": "Banyak contoh"},
        }
        sheet = locked(caseworker, answers)
        named, coded = (paper_words(SESSIONS, sheet, is_named=is_named) for is_named in (True, False))
        ticked = [
            option["words"] for item in items(named) for option in item["options"] if option["is_ticked"]
        ]
        assert ticked[0] == "4 · Ya, sangat"
        assert items(named)[1]["asides"][0] == {"words": "Tidak tahu", "is_ticked": True}
        for secret in ("Lebih lama", "Banyak contoh", "Wan Aminah"):
            assert secret in repr(named)
            assert secret not in repr(coded)
