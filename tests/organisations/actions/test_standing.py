from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.engines.reasons import Finding
from simpul.organisations.actions.standing import (
    NotAnIndicator,
    ReasonMissing,
    confirm_type,
    note_indicators,
    see_indicators,
)
from simpul.organisations.models import Classification, Indicator, Officer, Organisation
from simpul.organisations.queries.standing_types import type_of
from tests.organisations.factories import organisation as made
from tests.organisations.standing import ALL, DAY, MOMENT, PANGKE, answered, served

pytestmark = pytest.mark.django_db

NOW = {"on": DAY, "at": MOMENT}


@pytest.fixture
def body(organisation):
    return Organisation.objects.create(
        pk=organisation, name="LKS Tunas Bahari", kind="lks", region="21.02", province="21"
    )


def rows(body):
    return {(row.code, row.answer, row.seen) for row in Indicator.objects.filter(organisation=body)}


class TestNoteIndicators:
    def test_keeps_the_bodys_own_word(self, body, head):
        note_indicators(
            body, by=head, **NOW, answers={"deed": "yes", "safe": "no"}, was={}, note=" Sejak 2020 "
        )
        assert rows(body) == {("deed", "yes", "own_word"), ("safe", "no", "own_word")}
        assert set(Indicator.objects.values_list("note", "by_name")) == {("Sejak 2020", "Bu Salmah")}

    def test_adds_nothing_where_nothing_is_new(self, body, head):
        for was in ({}, {"deed": "yes"}):
            note_indicators(body, by=head, **NOW, answers={"deed": "yes"}, was=was)
        assert Indicator.objects.count() == 1

    def test_never_undoes_what_a_colleague_said_meanwhile(self, body, head):
        answered(body, {"deed": "yes"})
        note_indicators(body, by=head, **NOW, answers={"deed": "no", "npwp": "yes"}, was={"deed": "no"})
        assert rows(body) == {("deed", "yes", "own_word"), ("npwp", "yes", "own_word")}

    def test_shows_both_answers_where_two_differ(self, body, head):
        answered(body, {"deed": "yes"})
        with pytest.raises(Clash, match=r"“ada”.*“belum ada”"):
            note_indicators(body, by=head, **NOW, answers={"npwp": "yes", "deed": "no"}, was={})
        assert rows(body) == {("deed", "yes", "own_word")}

    @pytest.mark.parametrize(
        "answers",
        [{"deed": "not_applicable"}, {"deed": "maybe"}, {"siup": "yes"}],
        ids=["beside", "maybe", "code"],
    )
    def test_refuses_what_is_no_answer_of_a_body(self, body, head, answers):
        with pytest.raises(NotAnIndicator):
            note_indicators(body, by=head, **NOW, answers=answers, was={})
        assert not rows(body)

    @pytest.mark.parametrize("who", ["stranger", "officer", "verifier"])
    def test_is_for_the_body_itself(self, body, request, who):
        with pytest.raises(NotAllowed):
            note_indicators(body, by=request.getfixturevalue(who), **NOW, answers={"deed": "yes"}, was={})

    def test_tells_the_record_no_answer(self, body, head):
        note_indicators(body, by=head, **NOW, answers={"deed": "yes"}, was={})
        event = Event.objects.latest("number")
        assert (event.permission, event.details) == ("organisation.edit", {})


class TestSeeIndicators:
    def test_keeps_how_it_was_seen(self, body, officer):
        told = {"deed": "yes", "bedroom": "not_applicable"}
        see_indicators(body, by=officer, **NOW, answers=told, was={}, seen="visit")
        assert rows(body) == {("deed", "yes", "visit"), ("bedroom", "not_applicable", "visit")}

    def test_is_not_held_up_by_the_bodys_own_word(self, body, officer):
        answered(body, {"deed": "yes"})
        see_indicators(body, by=officer, **NOW, answers={"deed": "yes"}, was={}, seen="paper")
        assert rows(body) == {("deed", "yes", "own_word"), ("deed", "yes", "paper")}

    @pytest.mark.parametrize("seen", ["", "own_word", "record"])
    def test_asks_how_it_was_seen(self, body, officer, seen):
        with pytest.raises(NotAnIndicator, match="bagaimana"):
            see_indicators(body, by=officer, **NOW, answers={"deed": "yes"}, was={}, seen=seen)

    def test_is_for_officers_of_that_area(self, body, officer, head):
        elsewhere = made(region="21.71")
        for by, subject in ((head, body), (officer, elsewhere)):
            with pytest.raises(NotAllowed):
                see_indicators(subject, by=by, **NOW, answers={"deed": "yes"}, was={}, seen="visit")


def confirm(body, by, confirmed, *, key=None, mark=None, because=""):
    shown = type_of(body, DAY).mark(body) if mark is None else mark
    told = {"key": key or uuid4(), "confirmed": confirmed, "mark": shown, "because": because}
    return confirm_type(body, by=by, **NOW, **told)


class TestConfirmType:
    @pytest.fixture
    def of_type_d(self, body):
        answered(body, dict.fromkeys(ALL, "no"))
        return body

    def test_keeps_the_finding_the_answers_and_the_edition(self, of_type_d, officer):
        row = confirm(of_type_d, officer, "D")
        kept = Classification.objects.get(pk=row.pk)
        assert (kept.suggested, kept.confirmed, kept.edition) == ("D", "D", "simpul-2026-11")
        assert kept.answers["deed"] == "no"
        assert Finding.from_json(kept.finding) == type_of(of_type_d, DAY).finding

    def test_sets_type_and_level_of_the_body(self, of_type_d, officer):
        served(of_type_d, PANGKE)
        confirm(of_type_d, officer, "D")
        of_type_d.refresh_from_db()
        assert (of_type_d.confirmed_type, of_type_d.level, of_type_d.version) == ("D", "village", 1)

    def test_leaves_the_level_empty_where_it_is_not_known(self, of_type_d, officer):
        confirm(of_type_d, officer, "D")
        of_type_d.refresh_from_db()
        assert of_type_d.level == ""

    def test_needs_a_reason_for_another_type(self, of_type_d, officer):
        with pytest.raises(ReasonMissing):
            confirm(of_type_d, officer, "C", because="  ")
        row = confirm(of_type_d, officer, "C", because="Dilihat sendiri.")
        assert (row.suggested, row.confirmed, row.because) == ("D", "C", "Dilihat sendiri.")

    def test_needs_a_reason_where_the_suggestion_is_open(self, body, officer):
        with pytest.raises(ReasonMissing):
            confirm(body, officer, "D")
        assert not Classification.objects.exists()

    def test_refuses_when_an_answer_changed_since_the_page(self, of_type_d, officer):
        mark = type_of(of_type_d, DAY).mark(of_type_d)
        answered(of_type_d, {"deed": "yes"}, after=1)
        with pytest.raises(Refusal, match="berubah"):
            confirm(of_type_d, officer, "D", mark=mark)
        assert not Classification.objects.exists()

    def test_makes_one_row_of_a_double_click(self, of_type_d, officer):
        key = uuid4()
        mark = type_of(of_type_d, DAY).mark(of_type_d)
        first = confirm(of_type_d, officer, "D", key=key, mark=mark)
        answered(of_type_d, {"deed": "yes"}, after=1)
        assert confirm(of_type_d, officer, "D", key=key, mark=mark) == first
        assert Classification.objects.count() == 1

    def test_refuses_a_type_that_is_none(self, of_type_d, officer):
        with pytest.raises(NotAnIndicator):
            confirm(of_type_d, officer, "E", because="Mungkin")

    @pytest.mark.parametrize("who", ["head", "stranger", "verifier"])
    def test_is_for_officers(self, of_type_d, request, who):
        with pytest.raises(NotAllowed):
            confirm(of_type_d, request.getfixturevalue(who), "D")

    def test_is_not_for_who_belongs_to_the_body(self, body, officer):
        Officer.objects.create(organisation=body, unit="board", title="Ketua", name=str(officer))
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            confirm_type(body, by=officer, **NOW, key=uuid4(), confirmed="A", mark="")
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            see_indicators(body, by=officer, **NOW, answers={"deed": "yes"}, was={}, seen="paper")

    def test_the_key_of_another_body_is_refused(self, body, officer):
        other, key = made(), uuid4()
        said = {"confirmed": "A", "because": "Dilihat sendiri."}
        confirm_type(other, by=officer, **NOW, key=key, mark=type_of(other, DAY).mark(other), **said)
        with pytest.raises(Refusal, match="dengan isian lain"):
            confirm_type(body, by=officer, **NOW, key=key, mark=type_of(body, DAY).mark(body), **said)
