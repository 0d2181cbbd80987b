import uuid
from datetime import timedelta

import pytest

from simpul.cases.models import Assessment, GoalScore, Note
from simpul.cases.models import Goal as GoalRow
from simpul.cases.queries.timeline import timeline_of
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def noted(case, words, *, minutes=70, **about):
    note = Note(
        case=case, at=NOW + timedelta(minutes=minutes), by_name="Rina", on=TODAY, kind="visit", **about
    )
    note.words = words
    note.save()
    return note


def words_of(case, **about):
    return [entry.words for entry in timeline_of(case, **{"all_seen": True, **about}).entries]


class TestTimelineOf:
    def test_tells_the_whole_thread_newest_first(self, caseworker):
        told = words_of(a_case(caseworker, basic_needs_met=False))
        assert told[0] == "Kasus 2026-001 dibuka."
        assert told[-1] == "Orang ini didata."
        assert "Persetujuan dicatat." in told
        assert any(words.startswith("Hasil diputuskan") for words in told)

    def test_asks_the_database_once(self, caseworker, django_assert_num_queries):
        case = a_case(caseworker)
        noted(case, "Bertemu di rumah.")
        with django_assert_num_queries(1):
            timeline_of(case, all_seen=True, with_system=True)

    def test_tells_of_each_case_its_own_after_another_was_asked_for(self, caseworker):
        first, second = a_case(caseworker), a_case(caseworker)
        noted(second, "Hanya tentang yang kedua.")
        for _ in range(2):
            assert "Kunjungan." not in words_of(first)
            assert words_of(second)[0] == "Kunjungan."

    def test_shows_what_was_written(self, caseworker):
        case = a_case(caseworker)
        noted(case, "Ibu Siti sudah memasak lagi.")
        assert timeline_of(case, all_seen=True).entries[0].said == "Ibu Siti sudah memasak lagi."

    def test_keeps_what_was_written_from_those_who_may_not_read_it(self, caseworker):
        case = a_case(caseworker)
        noted(case, "Ibu Siti sudah memasak lagi.")
        assert {entry.said for entry in timeline_of(case, all_seen=False).entries} == {""}

    def test_does_not_tell_as_true_what_was_corrected(self, caseworker):
        case = a_case(caseworker)
        wrong = noted(case, "Ia pindah ke Tanjung Balai.")
        noted(case, "Ia pindah ke Meral.", minutes=71, corrects=wrong)
        newest, older = timeline_of(case, all_seen=True).entries[:2]
        assert (newest.words, newest.said) == ("Kunjungan.", "Ia pindah ke Meral.")
        assert (older.words, older.said) == ("Kunjungan: sudah dikoreksi.", "")

    def test_tells_on_which_day_it_happened_where_it_was_written_down_later(self, caseworker):
        case = a_case(caseworker)
        note = noted(case, "Bertemu di rumah.")
        assert words_of(case)[0] == "Kunjungan."
        Note.objects.filter(pk=note.pk).update(on=TODAY - timedelta(days=6))
        assert words_of(case)[0] == "Kunjungan. Terjadi 15 November 2026."

    @pytest.mark.parametrize(
        ("instrument", "words"),
        [("family-support", "Asesmen awal: Skala dukungan keluarga."), ("skala-kantor", "Asesmen awal.")],
        ids=["shipped", "of an office"],
    )
    def test_names_the_instrument(self, caseworker, instrument, words):
        case = a_case(caseworker)
        row = Assessment(case=case, instrument=instrument, instrument_version="1", on=TODAY, at=NOW)
        row.occasion, row.completed_at = "baseline", NOW + timedelta(hours=3)
        row.save()
        assert words_of(case)[0] == words

    def test_names_the_goal_and_the_level(self, caseworker):
        case = a_case(caseworker)
        goal = GoalRow(pk=uuid.uuid4(), case=case, at=NOW, by_name="Rina", number=3, term="short")
        goal.words = "Berjualan tiga hari"
        goal.save()
        late = NOW + timedelta(hours=3)
        GoalScore.objects.create(case=case, goal=goal, at=late, by_name="Rina", on=TODAY, level=-1)
        assert words_of(case)[0] == "Tujuan 3 dinilai: tingkat −1."

    def test_begins_at_the_day_asked_for(self, caseworker):
        case = a_case(caseworker)
        assert words_of(case, since=TODAY + timedelta(days=1)) == []

    def test_leaves_the_system_out_unless_asked(self, caseworker):
        case = a_case(caseworker)
        assert not any("jawaban dicatat" in words for words in words_of(case))
        assert any("jawaban dicatat" in words for words in words_of(case, with_system=True))

    def test_counts_no_answers_for_those_from_whom_some_are_kept(self, caseworker):
        told = timeline_of(a_case(caseworker), all_seen=False, with_system=True).entries
        assert told
        assert not any("jawaban dicatat" in entry.words for entry in told)
