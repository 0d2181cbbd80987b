from datetime import date

import pytest

from simpul.catalogue import facts
from simpul.catalogue.facts import ROOT
from simpul.catalogue.services.matching import (
    conditions_of,
    matching,
    missing_words,
    read_matching,
    reasons,
    sentence,
)
from simpul.catalogue.tables import CatalogueError
from simpul.engines.matching.fit import GRADES, Need, Offer, Spot, kept, ranked
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules import parse

FILE = ROOT / "services" / "matching.toml"
VILLAGE = "21.02.01.1001"


def an_offer_of(key, name="", **details):
    asked = {one: details.pop(one) for one in ("age_from", "age_to", "sex", "rule") if one in details}
    return Offer(key, name, conditions=conditions_of(**asked), **details)


def told(offer, language="id", **about):
    known = {"facts": {"born": date(1954, 3, 1)}, "region": VILLAGE, **about}
    found = ranked(offer, Need(on=date(2026, 11, 21), **known), matching().order)
    return {reason.criterion: reason for reason in reasons(found.finding, language)}


def changed(tmp_path, old, new):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "matching.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


class TestReadMatching:
    def test_has_a_sentence_for_every_grade_in_both_languages(self):
        for criterion, grades in GRADES.items():
            for grade in grades:
                part = Finding(grade, "fit", criterion)
                both = [sentence(part, language) for language in ("id", "en")]
                assert both[0] != both[1]
                assert all(both)

    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ('code = "room"', 'code = "rooms"', "must be one of"),
            ('code = "full"', 'code = "packed"', "exactly the grades"),
            ("waiting_days = [7, 30]", "waiting_days = [7]", "two whole numbers"),
            ('fact = "moving"', 'fact = "walking"', "is not known"),
            ('accesses = ["wheelchair"', 'accesses = ["wheels"', "no such access"),
            ('verified = "design"', 'verified = "guess"', "must be one of"),
        ],
        ids=["a criterion", "a grade", "the days", "a fact", "an access", "the mark"],
    )
    def test_refuses_what_nobody_knows(self, tmp_path, old, new, why):
        with pytest.raises(CatalogueError, match=why):
            read_matching(changed(tmp_path, old, new))

    def test_refuses_a_criterion_left_out(self, tmp_path):
        path = changed(tmp_path, '[[criterion]]\ncode = "cost"', '[[criterion]]\ncode = "wish"')
        with pytest.raises(CatalogueError):
            read_matching(path)


class TestReasons:
    def test_names_what_is_missing(self):
        rule = parse("poor", facts=facts.specs(), names=facts.book().derived)
        lines = told(an_offer_of("a", rule=rule))["eligibility"].lines
        assert lines[-1].startswith("Yang belum diketahui: ")
        assert not lines[-1].endswith("?.")

    def test_tells_a_condition_in_either_language(self):
        assert told(an_offer_of("a", age_from=60))["eligibility"].lines == (
            "Umur 72 tahun; batasnya 60 tahun atau lebih",
        )
        english = told(an_offer_of("a", age_from=60), "en")["eligibility"].lines
        assert english == ("Age 72 years; the limit is 60 years or more",)

    def test_says_that_something_is_withheld_without_naming_it(self):
        rule = parse("poor", facts=facts.specs(), names=facts.book().derived)
        lines = told(an_offer_of("a", rule=rule), withheld=frozenset({"poor"}))["eligibility"].lines
        assert len(lines) == 1
        assert "tidak dapat Anda lihat" in lines[0]

    def test_names_types_by_the_words_that_people_see(self):
        offer = an_offer_of("a", need_types=frozenset({"AT"}))
        lines = told(offer, types={"AT": Answer.YES})["eligibility"].lines
        assert "AT" not in lines[0].split()

    def test_hints_at_a_boat(self):
        lines = told(an_offer_of("a", spots=(Spot("21.02.02.2001", is_island=True),)))["distance"].lines
        assert any("kapal" in line for line in lines)

    def test_are_silent_where_nothing_was_asked(self):
        assert {"wish", "access"}.isdisjoint(told(an_offer_of("a")))

    def test_can_be_told_of_what_was_kept(self):
        found = ranked(an_offer_of("a", free=3), Need(on=date(2026, 11, 21)), matching().order)
        stored = Finding.from_json(kept(found.finding).to_json())
        words = {reason.criterion: reason.sentence for reason in reasons(stored)}
        assert words["room"] == "Ada tempat kosong: 3."

    def test_ask_nothing_where_nothing_is_missing(self):
        assert missing_words(Finding(Answer.YES, "fit", "eligibility")) == ""
