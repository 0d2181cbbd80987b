import uuid
from datetime import date

import pytest

from simpul.engines.rules import Answer, Finding
from simpul.organisations.models import Certificate, Paper
from simpul.programmes.queries import criteria
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY

WILLING = {"code": "w", "words": "Bersedia", "rule": "willing"}
TYPE = {"code": "t", "words": "Embrio atau tumbuh", "rule": "embrio OR tumbuh"}


def facts(body, **details):
    return criteria.facts_of([body], on=TODAY, **details)[body.pk]


def certified(body, valid_to):
    Certificate.objects.create(
        organisation=body, kind="registration", number=str(valid_to), issuer="Dinas", issued_on=date(2020, 1, 1),
        valid_to=valid_to, code=uuid.uuid4().hex[:12], at=AT, state_on=date(2020, 1, 1),
    )  # fmt: skip


class TestFactsOf:
    def test_leaves_out_what_is_not_recorded(self):
        assert facts(organisation()) == {"took_part": False}

    def test_knows_what_the_record_says(self):
        body = organisation(
            confirmed_type="D", is_direct=False, nature="operational", level="village", founded_year=2009
        )
        known = facts(body, willing={body.pk: "yes"})
        assert {name: known[name] for name in ("type", "direct", "willing", "founded")} == {
            "type": "D",
            "direct": False,
            "willing": True,
            "founded": 2009,
        }

    def test_finds_a_deed_by_its_number_or_its_copy(self):
        with_number, with_paper = organisation(deed_number="12"), organisation()
        Paper.objects.create(organisation=with_paper, kind="deed", at=AT, by_name="Bu Ratna")
        assert (facts(with_number)["deed"], facts(with_paper)["deed"]) == (True, True)

    @pytest.mark.parametrize(
        ("valid_to", "answer"),
        [(date(2030, 1, 1), True), (date(2021, 1, 1), False)],
        ids=["stands", "has_ended"],
    )
    def test_a_registration_stands_or_has_ended(self, valid_to, answer):
        body = organisation()
        certified(body, valid_to)
        assert facts(body)["registered"] is answer

    def test_an_earlier_programme_counts_and_this_one_does_not(self, member, body):
        assert facts(body)["took_part"] is True
        assert facts(body, apart_from=member.programme_id)["took_part"] is False

    def test_asks_the_same_of_one_and_of_many(self, django_assert_num_queries):
        bodies = [organisation(name=f"LKS {number}") for number in range(7)]
        with django_assert_num_queries(4):
            criteria.facts_of(bodies, on=TODAY)


class TestJudged:
    @pytest.mark.parametrize(
        ("known", "answer"),
        [
            ({"type": "D", "willing": True}, Answer.YES),
            ({"type": "D"}, Answer.UNKNOWN),
            ({"type": "B"}, Answer.NO),
            ({"willing": False}, Answer.NO),
        ],
        ids=["fits", "not_asked_yet", "too_strong", "does_not_want"],
    )
    def test_is_the_least_answer_of_all_criteria(self, known, answer):
        assert criteria.judged([TYPE, WILLING], known, TODAY).answer is answer

    def test_comes_back_from_the_database_as_it_was_told(self):
        finding = criteria.judged([TYPE, WILLING], {"type": "C"}, TODAY)
        kept = finding.to_json()
        assert criteria.told(kept) == criteria.in_words(finding)
        assert Finding.from_json(kept).answer is Answer.UNKNOWN


class TestInWords:
    def test_says_why_in_words(self):
        told = criteria.in_words(criteria.judged([TYPE, WILLING], {"type": "C"}, TODAY))
        assert told.answer == "belum pasti"
        assert [(one.words, one.answer, one.known) for one in told.reasons] == [
            ("Embrio atau tumbuh", "ya", ("Tipe lembaga: C (tumbuh)",)),
            ("Bersedia", "belum diketahui", ("Bersedia ikut: belum diketahui",)),
        ]


class TestNodeOf:
    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            ("embro", "Mungkin maksudnya “embrio”"),
            ("kaya", "tidak dikenal"),
            ("type", "bukan ya atau tidak"),
            ("type = 'E'", "bukan pilihan"),
            ("type = 'D", "tanda petik"),
            ("willing AND", "erbaca"),
            ("willing; deed", "titik koma"),
            ("SELECT 1", "Tidak terbaca"),
        ],
        ids=["near", "unknown", "a_choice", "no_choice", "quote", "unfinished", "two", "sql"],
    )
    def test_tells_mistakes_plainly(self, rule, words):
        with pytest.raises(criteria.RuleRefused, match=words):
            criteria.node_of(rule)


class TestVocabulary:
    def test_names_every_word_that_a_rule_may_use(self):
        names = [name for name, *_rest in criteria.vocabulary()]
        assert {"type", "willing", "embrio", "tumbuh"} <= set(names)
