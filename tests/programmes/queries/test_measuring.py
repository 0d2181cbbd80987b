import uuid
from datetime import date

import pytest

from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import lines, readable, sheets_for
from simpul.programmes.models import Participant, Programme, Session
from simpul.programmes.queries import measuring as queries
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.programmes.answering import INSTRUMENT, a_person, an_account, begun, filled, measured
from tests.programmes.making import AT, TODAY, a_member

SPRING = date(2026, 3, 1)


@pytest.fixture
def programme():
    return measured()


@pytest.fixture
def people(member):
    return [a_person(member, f"P0{number}") for number in (1, 2, 3)]


def a_session(programme, held_on):
    return Session.objects.create(
        programme=programme,
        order=1,
        title="Sosialisasi",
        kind="socialisation",
        on=held_on,
        held_on=held_on,
        at=AT,
        by_name="Bu Ratna",
    )


def shown(programme, officer, wave="pre"):
    return queries.wave_page(programme, officer, wave, TODAY)


class TestWavePage:
    def test_counts_by_body_who_filled_in(self, programme, member, people, officer):
        other = a_member(programme, organisation(name="LKS Bina Warga"))
        a_person(other, "P04")
        filled(people[0], officer)
        begun(people[1], officer)
        found = shown(programme, officer)
        assert [(one.people, one.done, one.drafts) for one in found.bodies] == [(1, 0, 0), (3, 1, 1)]
        assert found.done == 1

    def test_counts_each_wave_apart(self, programme, people, officer):
        filled(people[0], officer)
        assert shown(programme, officer, "post").done == 0

    def test_keeps_who_left_only_where_they_answered(self, programme, people, officer):
        filled(people[0], officer)
        Participant.objects.filter(pk__in=[people[0].pk, people[1].pk]).update(left_on=TODAY)
        assert [line.participant.code for line in shown(programme, officer).lines] == ["P01", "P03"]
        assert [line.participant.code for line in shown(programme, officer, "post").lines] == ["P03"]

    def test_marks_a_pre_test_after_the_first_session(self, programme, people, officer):
        a_session(programme, SPRING)
        filled(people[0], officer, answered_on=SPRING)
        filled(people[1], officer)
        assert [line.is_late for line in shown(programme, officer).lines] == [False, True, False]
        filled(people[0], officer, wave="post")
        assert not any(line.is_late for line in shown(programme, officer, "post").lines)

    def test_says_what_may_be_compared_with_another_version(self, programme, people, officer, monkeypatch):
        filled(people[0], officer)
        AnswerSheet.objects.update(instrument_version=7)
        instrument = queries.instrument_of(programme)
        find = queries.find
        monkeypatch.setattr(
            queries, "find", lambda code, version: instrument if version == 7 else find(code, version)
        )
        found = shown(programme, officer)
        assert [(one.version, one.page.same_aspects) for one in found.mixed] == [(7, 8)]
        assert found.lines[0].is_other_version


class TestWarningsOf:
    @pytest.mark.parametrize(
        ("stage", "number"),
        [("pre_test", 0), ("socialisation", 0), ("material", 1), ("monitoring", 1), ("post_test", 1)],
    )
    def test_a_pre_test_comes_before_the_material(self, programme, stage, number):
        Programme.objects.update(stage=stage)
        programme.refresh_from_db()
        assert len(queries.warnings_of(programme, "pre", TODAY)) == number
        assert queries.warnings_of(programme, "post", TODAY) == []

    def test_a_pre_test_comes_before_the_first_session(self, programme):
        a_session(programme, TODAY)
        assert "Pertemuan pertama sudah berlangsung" in queries.warnings_of(programme, "pre", TODAY)[0]


class TestOpenWaves:
    def test_waves_between_are_open_while_the_programme_runs(self):
        waves = ["pre", "m2", "post"]
        opened = {
            stage: queries.open_waves(measured(waves=waves, stage=stage))
            for stage in ("pre_test", "monitoring", "post_test", "closed")
        }
        assert opened == {
            "pre_test": ("pre",),
            "monitoring": ("m2",),
            "post_test": ("post",),
            "closed": (),
        }

    def test_are_none_without_an_instrument(self):
        assert queries.open_waves(measured(instrument="", instrument_version=None)) == ()


class TestPrivacy:
    def test_neither_head_nor_colleague_reaches_a_sheet(self, body, head, people, officer):
        filled(people[0], officer)
        for user in (head, an_account(body)):
            assert not sheets_for(user).exists()

    @pytest.mark.parametrize("role", ["field_volunteer", "researcher", "case_supervisor"])
    def test_who_fills_in_or_counts_sheets_of_the_area_reaches_none_of_a_programme(
        self, people, officer, role
    ):
        filled(people[0], officer)
        user = user_with(role, region="21.02")
        found = readable(user, instrument=(INSTRUMENT.code, INSTRUMENT.version))
        assert not (sheets_for(user) | found).exists()

    def test_who_runs_the_programme_finds_a_code_and_no_name_in_the_list(self, people, officer):
        filled(people[0], officer)
        (line,) = lines(officer, sheets_for(officer))
        assert line.who == line.sheet.code
        assert "P01" not in line.who


class TestPanel:
    def test_tells_a_body_its_own_counts_and_no_others(self, programme, member, people, head, officer):
        a_person(a_member(programme, organisation(name="LKS Lain")), "P09")
        filled(people[0], officer)
        (pre, _post) = queries.panel(programme, head, TODAY).waves
        assert [(one.member, one.done, one.people) for one in pre.bodies] == [(member, 1, 3)]

    def test_calls_somebody_to_their_own_test(self, programme, member, body):
        account = an_account(body)
        own = a_person(member, "P05", user=account)
        (turn,) = queries.panel(programme, account, TODAY).turns
        assert (turn.participant, turn.wave, turn.is_done) == (own, "pre", False)

    def test_is_none_for_a_stranger_and_before_an_instrument_is_chosen(
        self, programme, member, stranger, officer
    ):
        assert queries.panel(programme, stranger, TODAY) is None
        Programme.objects.update(instrument="", instrument_version=None)
        programme.refresh_from_db()
        assert queries.panel(programme, officer, TODAY) is None


class TestWaits:
    def test_a_participant_hears_of_their_open_test(self, programme, member, body, officer):
        account = an_account(body)
        own = a_person(member, "P05", user=account)
        assert queries.waits(account, TODAY)[0].number == 1
        filled(own, officer)
        assert queries.waits(account, TODAY) == ()

    def test_the_office_hears_how_many_have_not_filled_in(self, programme, people, officer):
        filled(people[0], officer)
        assert queries.waits(officer, TODAY)[0].number == 2
        Programme.objects.update(stage="monitoring")
        assert queries.waits(officer, TODAY) == ()

    def test_says_nothing_to_who_only_reads(self, programme, people, decider):
        assert queries.waits(decider, TODAY) == ()


class TestOwnParticipants:
    def test_are_none_of_somebody_who_left(self, member, body):
        account = an_account(body)
        a_person(member, "P05", user=account, left_on=TODAY)
        assert queries.own_participants(account) == []

    def test_are_not_reached_without_a_right_at_the_body(self, member):
        account = user_with("participant", organisation=uuid.uuid4())
        a_person(member, "P05", user=account)
        assert queries.own_participants(account) == []
