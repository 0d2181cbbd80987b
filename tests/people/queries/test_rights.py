from datetime import date, timedelta

import pytest

from simpul.people import actions, queries
from simpul.people.queries import Erased, Limited
from tests.people.factories import AT, NIK, ON, VILLAGE, answer, child, data_request, fact, limited, person

pytestmark = pytest.mark.django_db


class TestRequireNotLimited:
    def test_looks_at_the_record_as_it_is_now(self, caseworker):
        someone = person(caseworker)
        queries.require_not_limited(someone)
        actions.limit(someone, by=caseworker, reason="Sengketa", at=AT)
        for asked in (someone, someone.pk):
            with pytest.raises(Limited, match="dibatasi"):
                queries.require_not_limited(asked)

    def test_says_that_the_erased_are_gone(self, caseworker):
        someone = person(caseworker)
        type(someone).objects.filter(pk=someone.pk).update(erased_at=AT)
        with pytest.raises(Erased, match="orang baru"):
            queries.require_not_limited(someone)


class TestRequireCopyable:
    def test_a_limited_record_is_copied_only_for_who_asked(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        with pytest.raises(Limited, match="catat dulu permintaannya"):
            queries.require_copyable(someone)
        asked = data_request(someone, caseworker, "copy")
        queries.require_copyable(someone)
        answer(asked, caseworker)
        with pytest.raises(Limited):
            queries.require_copyable(someone)


class TestWaitingRequests:
    def test_the_latest_first_and_without_a_clock_last(self, caseworker):
        someone = person(caseworker)
        kept = {
            days: data_request(someone, caseworker, received_at=AT - timedelta(days=days))
            for days in (1, 5, 3)
        }
        erasing = data_request(someone, caseworker, "erase", received_at=AT - timedelta(days=9))
        rows = list(queries.waiting_requests(caseworker))
        assert rows == [kept[5], kept[3], kept[1], erasing]

    def test_leaves_out_what_is_answered_but_not_what_waits_for_another(self, caseworker):
        answer(data_request(person(caseworker), caseworker), caseworker)
        erasing = answer(data_request(person(caseworker), caseworker, "erase"), caseworker)
        assert list(queries.waiting_requests(caseworker)) == [erasing]

    def test_shows_nothing_out_of_reach(self, caseworker, stranger, officer):
        asked = data_request(person(caseworker), caseworker)
        assert list(queries.waiting_requests(stranger)) == []
        assert list(queries.waiting_requests(officer)) == [asked]


class TestClockOf:
    @pytest.mark.parametrize(
        ("hours", "words", "kind"),
        [
            (0, "sisa 72 jam", ""),
            (48, "sisa 24 jam", ""),
            (49, "sisa 23 jam", "soon"),
            (73, "terlambat 1 jam", "act"),
        ],
    )
    def test_counts_running_hours(self, caseworker, hours, words, kind):
        clock = queries.clock_of(data_request(person(caseworker), caseworker), AT + timedelta(hours=hours))
        assert (clock.words, clock.kind) == (words, kind)

    def test_stops_with_the_answer(self, caseworker):
        done = answer(data_request(person(caseworker), caseworker), caseworker)
        assert queries.clock_of(done, AT) is None


class TestHoldsOn:
    def test_the_file_of_a_child_is_kept_longer(self, caseworker):
        [kept] = queries.holds_on(child(caseworker), ON)
        assert (kept.until, kept.is_absolute) == (date(2041, 5, 5), False)

    def test_the_file_of_a_grown_up_from_the_last_entry(self, caseworker):
        someone = person(caseworker)
        later = AT + timedelta(days=30)
        fact(someone, caseworker, "has_id_card", True, at=later)
        [kept] = queries.holds_on(someone, ON)
        assert kept.until == date(2031, 12, 21)

    def test_nothing_speaks_against_it_when_the_time_is_over(self, caseworker):
        assert queries.holds_on(person(caseworker), date(2031, 11, 22)) == []


class TestNikMark:
    def marked(self, caseworker, **details):
        return queries.nik_mark(person(caseworker, **{"nik": NIK, "region": VILLAGE, **details}))

    def test_says_nothing_of_a_nik_that_fits(self, caseworker):
        assert self.marked(caseworker) == ""
        assert self.marked(caseworker, nik="") == ""

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            ({"born": date(1960, 1, 1)}, "tanggal lahir;"),
            ({"sex": "L"}, "jenis kelamin;"),
            ({"born": date(1960, 1, 1), "sex": "L"}, "tanggal lahir dan jenis kelamin;"),
        ],
        ids=["birth", "sex", "both"],
    )
    def test_tells_whether_somebody_looked_at_it(self, caseworker, details, words):
        assert self.marked(caseworker, **details) == f"NIK tidak cocok dengan {words} periksa lagi"
        seen = self.marked(caseworker, nik_confirmed=True, **details)
        assert seen == f"NIK tidak cocok dengan {words} sudah diperiksa petugas"

    def test_another_birth_date_must_be_looked_at_anew(self, caseworker):
        someone = person(caseworker, nik=NIK, born=None, nik_confirmed=True)
        fact(someone, caseworker, "born", date(1960, 1, 1))
        someone.refresh_from_db()
        assert queries.nik_mark(someone).endswith("periksa lagi")
