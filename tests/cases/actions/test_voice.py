import uuid
from datetime import date

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.voice import give_rights, note_wishes, record_satisfaction
from simpul.cases.models import Case, RightsGiven, Satisfaction
from simpul.screening.queries import ConsentNeeded
from tests.cases.factories import a_case, moved
from tests.screening.factories import when, without_consent

pytestmark = pytest.mark.django_db

HOW = "Dibacakan pelan-pelan, lalu diberikan di kertas"


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def given(case, by, *, key=None, how=HOW, **details):
    return give_rights(case, by=by, key=key or uuid.uuid4(), how=how, **when(70), **details)


def thought(case, by, *, key=None, **changed):
    details = {"instrument": "satisfaction", "entered": "paper", "answers": {"heard": 4}, "words": ""}
    return record_satisfaction(case, by=by, key=key or uuid.uuid4(), **(details | changed), **when(80))


def wished(case, by, wishes, *, version=None, minutes=90):
    version = case.version if version is None else version
    return note_wishes(case, by=by, version=version, wishes=wishes, **when(minutes))


class TestGiveRights:
    def test_names_the_text_and_how_it_was_given(self, case, caseworker):
        row = RightsGiven.objects.get(pk=given(case, caseworker).pk)
        assert (row.text_version, row.how, row.by_name) == ("1", HOW, "Rina Wulandari")

    def test_needs_no_consent_because_it_comes_first(self, case, caseworker):
        without_consent(case, caseworker)
        assert given(case, caseworker).text_version == "1"

    def test_pressed_twice_is_one(self, case, caseworker):
        key = uuid.uuid4()
        assert given(case, caseworker, key=key) == given(case, caseworker, key=key)

    def test_refuses_a_key_of_another_case(self, case, caseworker):
        row = given(case, caseworker)
        with pytest.raises(Refusal, match="dengan isian lain"):
            given(a_case(caseworker), caseworker, key=row.pk)

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            ({"how": " "}, "bagaimana"),
            ({"how": "a" * 501}, "terlalu panjang"),
            ({"given_on": date(2027, 1, 1)}, "belum tiba"),
            ({"given_on": date(2020, 1, 1)}, "sebelum kasus"),
        ],
        ids=["silent", "long", "future", "past"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, details, words):
        with pytest.raises(Refusal, match=words):
            given(case, caseworker, **details)

    def test_refuses_an_ended_case(self, case, caseworker):
        with pytest.raises(Refusal, match="sudah berakhir"):
            given(moved(case, caseworker, "left"), caseworker)

    @pytest.mark.parametrize("role", ["head", "verifier", "stranger", "volunteer"])
    def test_is_for_those_who_note(self, case, request, role):
        with pytest.raises(NotAllowed):
            given(case, request.getfixturevalue(role))


class TestRecordSatisfaction:
    def test_keeps_answers_scores_and_who_entered_them(self, case, caseworker):
        answers = dict.fromkeys(("heard", "respected", "decided", "explained"), 3)
        row = Satisfaction.objects.get(pk=thought(case, caseworker, answers=answers, words="Lumayan").pk)
        assert (row.words, row.entered, row.by_name) == ("Lumayan", "paper", "Rina Wulandari")
        assert row.scores[0]["score"] == 3
        assert b"Lumayan" not in bytes(row.words_sealed)

    def test_pressed_twice_is_one(self, case, caseworker):
        key = uuid.uuid4()
        assert thought(case, caseworker, key=key) == thought(case, caseworker, key=key)
        assert Satisfaction.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"answers": {}}, "Belum ada jawaban"),
            ({"answers": {"heard": 9}}, "tidak dikenal"),
            ({"answers": {"smell": "wangi"}}, "tidak dikenal"),
            ({"entered": "guessed"}, "bagaimana"),
            ({"instrument": "family-support"}, "tidak ditawarkan"),
        ],
        ids=["empty", "level", "item", "entered", "instrument"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, changed, words):
        with pytest.raises(Refusal, match=words):
            thought(case, caseworker, **changed)

    def test_needs_a_legal_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            thought(case, caseworker)


class TestNoteWishes:
    def test_keeps_them_sealed(self, case, caseworker):
        wished(case, caseworker, "Anak bungsu jangan diberi tahu")
        kept = Case.objects.get(pk=case.pk)
        assert kept.wishes == "Anak bungsu jangan diberi tahu"
        assert b"bungsu" not in bytes(kept.wishes_sealed)

    def test_shows_both_to_the_second(self, case, caseworker, supervisor):
        wished(case, supervisor, "Hanya Bu RT")
        with pytest.raises(Clash) as clash:
            wished(case, caseworker, "Semua boleh", version=1)
        assert (clash.value.theirs, clash.value.mine) == ("Hanya Bu RT", "Semua boleh")

    def test_sent_twice_changes_nothing(self, case, caseworker):
        wished(case, caseworker, "Hanya Bu RT")
        assert wished(case, caseworker, "Hanya Bu RT", version=1, minutes=91).version == case.version + 1
