from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from simpul.access.gate import note_reading, note_shown
from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.cases.models import Case, Note
from simpul.desk.queries import readers_of, traces_of, trail_of
from tests.cases.factories import a_case, opened
from tests.referrals.loop import a_service, sent

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
RINA, HAMDAN = UUID(int=1), UUID(int=2)
ASK, ANSWER = (Permission.SCREENING_ANSWER, True), (Permission.FACT_RECORD, False)


@pytest.fixture(autouse=True)
def jakarta(settings):
    settings.TIME_ZONE = "Asia/Jakarta"


def told(*deeds):
    """The lines for (minutes after nine, what was done, who), in the order they happened: the newest line first."""
    events = [
        Event(
            at=NINE + timedelta(minutes=minutes),
            actor=who,
            actor_name=str(who),
            permission=permission,
            is_reading=is_reading,
        )
        for minutes, (permission, is_reading), who in deeds
    ]
    return [(trace.words, trace.times, trace.span) for trace in traces_of(reversed(events))]


class TestTracesOf:
    def test_tells_reading_and_writing_by_turns_in_two_lines(self):
        turns = [(minute, deed, RINA) for minute in (10, 12, 25) for deed in (ASK, ANSWER)]

        assert told(*turns) == [
            ("mencatat jawaban", 3, "09.10–09.25"),
            ("membuka pertanyaan penapisan", 3, "09.10–09.25"),
        ]

    def test_begins_anew_where_somebody_else_comes_between(self):
        lines = told((0, ANSWER, RINA), (1, ANSWER, HAMDAN), (2, ANSWER, RINA))

        assert [span for _words, _times, span in lines] == ["09.02", "09.01", "09.00"]

    @pytest.mark.parametrize(("first", "second"), [(0, 30), (15 * 60 - 1, 15 * 60)])
    def test_begins_anew_after_a_pause_and_at_midnight(self, first, second):
        assert [times for _words, times, _span in told((first, ANSWER, RINA), (second, ANSWER, RINA))] == [
            1,
            1,
        ]

    def test_counts_right_when_the_clock_was_set_back(self):
        assert told((5, ANSWER, RINA), (3, ANSWER, RINA)) == [("mencatat jawaban", 2, "09.03–09.05")]

    def test_is_empty_for_nothing(self):
        assert told() == []


@pytest.mark.django_db
class TestTrailOf:
    def test_tells_nothing_of_a_case_that_the_viewer_may_not_see(self, caseworker, supervisor):
        case = a_case(caseworker)
        note_reading(case, by=caseworker, permission=Permission.CASE_VIEW)
        seen = set(trail_of(case.person_id, supervisor).values_list("subject_kind", flat=True))
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        left = set(trail_of(case.person_id, supervisor).values_list("subject_kind", flat=True))
        assert "cases.case" in seen
        assert "cases.case" not in left

    def test_tells_of_no_list_screening_or_lost_row_that_hints_at_a_closed_case(self, caseworker, supervisor):
        case = a_case(caseworker, basic_needs_met=False)
        note_shown([case], by=caseworker, permission=Permission.CASE_VIEW)
        note_reading(case.screening, by=caseworker, permission=Permission.CASE_VIEW)
        gone = Note(case=case, by_name="Rina")
        note_reading(gone, by=caseworker, permission=Permission.SENSITIVE_VIEW)
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        left = trail_of(case.person_id, supervisor)
        assert not left.filter(permission__startswith="case.").exists()
        assert not left.filter(subject_kind__startswith="cases.").exists()
        assert left.filter(permission=Permission.SCREENING_DECIDE).exists()

    def test_tells_of_no_referral_of_a_closed_case(self, caseworker, supervisor):
        row = sent(caseworker, a_service())
        for one in (row, row.case):
            note_reading(one, by=caseworker, permission=Permission.REFERRAL_VIEW)
        note_shown([row], by=caseworker, permission=Permission.REFERRAL_VIEW)
        of_referrals = {"permission__startswith": "referral."}
        assert trail_of(row.person_id, supervisor).filter(**of_referrals).count() >= 5
        Case.objects.update(confidentiality="team_only")
        assert not trail_of(row.person_id, supervisor).filter(**of_referrals).exists()

    def test_keeps_the_work_on_the_case_beside_it_that_may_be_seen(self, caseworker, supervisor):
        case = a_case(caseworker, basic_needs_met=False)
        beside = opened(case.person, caseworker, urgency="normal")
        for one in (case, beside):
            note_reading(one, by=caseworker, permission=Permission.CASE_VIEW)
        Case.objects.filter(pk=beside.pk).update(confidentiality="team_only")
        of_cases = trail_of(case.person_id, supervisor).filter(permission__startswith="case.")
        assert set(of_cases.values_list("subject_key", flat=True)) == {str(case.pk), str(case.screening_id)}

    def test_tells_the_team_all_of_it(self, caseworker):
        case = a_case(caseworker, basic_needs_met=False)
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        told = trail_of(case.person_id, caseworker)
        assert told.count() == trail_of(case.person_id).count()

    def test_keeps_reasons_for_who_may_read_them(self):
        event = Event(at=NINE, actor=RINA, actor_name="Rina", permission=Permission.CASE_MOVE)
        event.number, event.because = 1, "Ibu sakit"
        assert [trace.because for trace in traces_of([event])] == ["Ibu sakit"]
        assert [trace.because for trace in traces_of([event], tells=False)] == [""]

    @pytest.mark.parametrize(
        ("did", "words"),
        [
            ("wrong_code", "menulis kode surat rujukan yang salah"),
            ("read", "membaca pesan pengirim sebagai penerima"),
            ("read_by_code", "membaca rujukan dengan kode surat"),
            ("answered_by_code", "menjawab rujukan dengan kode surat yang dibuat Rina"),
            ("", "menjawab rujukan sebagai penerima"),
        ],
    )
    def test_a_wrong_code_or_a_reading_is_not_told_as_an_answer(self, did, words):
        event = Event(at=NINE, actor_name="Simpul", permission=Permission.REFERRAL_ANSWER)
        event.number, event.details = 1, {"did": did, "maker": "Rina"}
        assert [trace.words for trace in traces_of([event])] == [words]


@pytest.mark.django_db
class TestReadersOf:
    def test_counts_nobody_whom_the_trail_leaves_out(self, caseworker, supervisor, officer):
        case = a_case(caseworker, basic_needs_met=False)
        note_reading(case, by=officer, permission=Permission.CASE_VIEW)
        assert readers_of(case.person_id, supervisor) == 2
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        assert readers_of(case.person_id, supervisor) == 1
