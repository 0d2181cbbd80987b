from datetime import date
from uuid import UUID, uuid4

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.instruments import actions, queries
from simpul.instruments.models import AnswerSheet
from tests.access.factories import user_with
from tests.instruments.factories import (
    AT,
    DAY,
    PARTICIPANT,
    SESSION,
    added,
    begun,
    instrument,
    locked,
    required,
)

pytestmark = pytest.mark.django_db


def answered(sheet, by, answers, version=1):
    return actions.answer(sheet, by=by, version=version, answers=answers, at=AT)


@pytest.fixture
def officer():
    return user_with("programme_officer", region="21.02", name="Bu Ratna")


class TestBegin:
    def test_gives_the_same_sheet_for_the_same_key_and_for_the_same_participant_and_wave(self, caseworker):
        key = uuid4()
        made = begun(caseworker, key=key, wave="pre")
        assert begun(caseworker, key=key, wave="pre") == made
        assert begun(caseworker, wave="pre") == made
        assert begun(caseworker, wave="post") != made

    def test_keeps_series_apart(self, officer):
        one, other = begun(officer, series=UUID(int=1)), begun(officer, series=UUID(int=2))
        assert one != other
        assert queries.sheets_for(officer, series=UUID(int=1)).get() == one

    def test_refuses_a_second_sheet_once_the_first_is_locked(self, caseworker):
        locked(caseworker)
        with pytest.raises(Refusal, match="sudah selesai mengisi"):
            begun(caseworker)

    @pytest.mark.parametrize(
        ("details", "said"),
        [
            ({"code": "tidak-ada"}, "tidak ditawarkan"),
            ({"version": 9}, "Versi instrumen"),
            ({"answered_on": date(2026, 11, 23)}, "belum tiba"),
            ({"wave": "bulan lalu"}, "Gelombang ditulis"),
            ({"label": "x" * 201}, "terlalu panjang"),
        ],
        ids=["code", "version", "day", "wave", "label"],
    )
    def test_refuses_what_cannot_be_kept(self, caseworker, details, said):
        with pytest.raises(Refusal, match=said):
            begun(caseworker, **details)
        assert not AnswerSheet.objects.exists()

    def test_is_not_for_another_place_or_for_readers(self, caseworker):
        told = {
            "key": uuid4(),
            "instrument": "session-evaluation",
            "participant": PARTICIPANT,
            "on": DAY,
            "at": AT,
        }
        for by, where in ((caseworker, Where()), (user_with("researcher"), Where())):
            with pytest.raises(NotAllowed):
                actions.begin(where, by=by, **told)

    def test_goes_on_with_the_version_of_an_earlier_wave(self, supervisor):
        added(supervisor)
        added(supervisor, required(instrument(), "tidur"))
        assert begun(supervisor, code="semangat", wave="pre").instrument_version == 2
        assert begun(supervisor, code="semangat", version=1, wave="post").instrument_version == 1


class TestAnswer:
    def test_changes_nothing_when_sent_twice(self, caseworker):
        sheet = answered(begun(caseworker), caseworker, SESSION)
        assert answered(sheet, caseworker, SESSION).version == 2

    def test_shows_both_values_when_somebody_was_faster(self, caseworker):
        sheet = begun(caseworker)
        answered(sheet, caseworker, {"clear": 4})
        with pytest.raises(Clash) as clash:
            answered(sheet, caseworker, {"clear": 1})
        assert "Ya, sangat" in clash.value.theirs
        assert "Tidak" in clash.value.mine

    @pytest.mark.parametrize(
        "answers",
        [{"clear": 9}, {"clear": True}, {"clear": "4"}, {"warna": 1}, {"clear": {"state": "lupa"}}, {"to_improve": 4}],
        ids=str,
    )  # fmt: skip
    def test_refuses_what_the_instrument_does_not_know(self, caseworker, answers):
        sheet = begun(caseworker)
        with pytest.raises(Refusal):
            answered(sheet, caseworker, answers)

    def test_refuses_a_locked_sheet(self, caseworker):
        sheet = locked(caseworker)
        with pytest.raises(Refusal, match="dikunci"):
            answered(sheet, caseworker, {"clear": 1}, version=3)


class TestLock:
    def test_is_done_once_when_sent_twice(self, caseworker):
        sheet = locked(caseworker)
        assert actions.lock(sheet, by=caseworker, version=2, at=AT).version == 3

    def test_asks_for_what_must_be_answered(self, supervisor):
        added(supervisor, required(instrument(), "tidur"))
        sheet = answered(begun(supervisor, code="semangat"), supervisor, {"anak": 2})
        with pytest.raises(Refusal, match="Bagaimana tidurnya"):
            actions.lock(sheet, by=supervisor, version=2, at=AT)

    def test_refuses_what_was_changed_since_it_was_read(self, caseworker):
        sheet = answered(begun(caseworker), caseworker, SESSION)
        with pytest.raises(Clash):
            actions.lock(sheet, by=caseworker, version=1, at=AT)


class TestUnlock:
    def test_opens_a_sheet_with_a_reason(self, caseworker, supervisor):
        sheet = locked(caseworker)
        opened = actions.unlock(sheet, by=supervisor, version=3, because="Salah salin")
        assert (opened.is_locked, opened.version) == (False, 4)
        with pytest.raises(Refusal, match="Alasan"):
            actions.unlock(locked(caseworker, wave="x"), by=supervisor, version=3, because=" ")

    def test_of_a_programme_is_for_who_runs_it(self, officer, supervisor):
        sheet = locked(officer, series=uuid4())
        with pytest.raises(NotAllowed):
            actions.unlock(sheet, by=supervisor, version=3, because="Salah salin")
        opened = actions.unlock(sheet, by=officer, version=3, because="Salah salin")
        assert not opened.is_locked

    def test_keeps_what_counted_once_from_being_thrown_away(self, caseworker, supervisor):
        sheet = actions.unlock(locked(caseworker), by=supervisor, version=3, because="Salah salin")
        with pytest.raises(Refusal, match="pernah selesai"):
            actions.discard(sheet, by=caseworker, version=sheet.version)

    def test_is_not_for_who_only_fills_in(self, caseworker):
        with pytest.raises(NotAllowed):
            actions.unlock(locked(caseworker), by=caseworker, version=3, because="Salah salin")


class TestForget:
    def test_leaves_the_answers_under_the_code(self, caseworker):
        sheet = locked(caseworker)
        assert actions.forget(sheet, by=caseworker) == 1
        sheet.refresh_from_db()
        assert (sheet.label, sheet.answers) == (None, SESSION)


class TestExportAnswers:
    def test_gives_locked_sheets_of_that_version_only(self, caseworker):
        locked(caseworker)
        begun(caseworker, wave="x")
        where = queries.where_to_fill(caseworker)
        asked = {"instrument": "session-evaluation", "version": 1, "because": "Uji butir"}
        found = actions.export_answers(where, by=caseworker, **asked)
        assert [one.answers["clear"] for one in found] == [4]
