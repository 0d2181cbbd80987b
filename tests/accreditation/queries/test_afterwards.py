"""What holds on which day after the decision, and what waits for whom."""

from datetime import date, timedelta

import pytest

from simpul.accreditation.actions.afterwards import plan_improvement, watch
from simpul.accreditation.models import Recommendation
from simpul.accreditation.queries.afterwards import (
    accredited_on,
    improvements_of,
    reminder_reached,
    renewals,
    waits,
    watch_list,
)
from simpul.accreditation.queries.panel import waits as all_waits
from simpul.accreditation.stages import Stage
from simpul.organisations.queries.public import public_page
from tests.access.factories import user_with
from tests.accreditation.second import (
    DECIDED_ON,
    a_run,
    a_validator,
    at_the_plenary,
    decided_run,
    head_of,
    members,
    moment,
    scored_run,
    voted,
)
from tests.organisations.office import flag

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LAST_DAY = date(2031, 5, 3)
DAY = timedelta(days=1)


def words_of(user, on):
    return [one.words for one in waits(user, on)]


class TestAccreditedOn:
    @pytest.mark.parametrize(
        ("on", "holds"),
        [
            (DECIDED_ON - DAY, False),
            (DECIDED_ON, True),
            (LAST_DAY - DAY, True),
            (LAST_DAY, True),
            (LAST_DAY + DAY, False),
        ],
        ids=["before", "first-day", "day-before-the-last", "last-day", "day-after"],
    )
    def test_holds_from_the_first_day_to_the_last(self, on, holds):
        decided_run()

        assert accredited_on(on).exists() is holds


class TestPublicPage:
    @pytest.mark.parametrize(
        ("on", "holds"),
        [(LAST_DAY - DAY, True), (LAST_DAY, True), (LAST_DAY + DAY, False)],
        ids=["day-before", "last-day", "day-after"],
    )
    def test_an_accreditation_leaves_it_on_its_day(self, on, holds):
        run = decided_run()
        shown = public_page(run.organisation_id, on)

        assert (shown.accredited == run.certificate) is holds

    def test_an_accreditation_that_an_appeal_took_away_is_not_shown(self):
        run = decided_run()
        run.certificate.state = "withdrawn"
        run.certificate.save()

        assert public_page(run.organisation_id, LAST_DAY).accredited is None


class TestReminderReached:
    @pytest.mark.parametrize(
        ("on", "months"),
        [
            (date(2030, 5, 2), 0),
            (date(2030, 5, 3), 12),
            (date(2030, 11, 2), 12),
            (date(2030, 11, 3), 6),
            (date(2031, 2, 2), 6),
            (date(2031, 2, 3), 3),
            (LAST_DAY, 3),
        ],
        ids=str,
    )
    def test_comes_on_its_day(self, on, months):
        assert reminder_reached(LAST_DAY, (12, 6, 3), on) == months


class TestRenewals:
    def test_begins_with_the_first_reminder_and_says_when_it_is_over(self):
        run = decided_run()
        head = head_of(run)

        assert renewals(head, date(2030, 5, 2)) == []
        (soon,) = renewals(head, date(2030, 5, 3))
        (over,) = renewals(head, LAST_DAY + DAY)
        assert (soon.months, soon.is_over, over.is_over) == (12, False, True)

    def test_is_silent_once_a_new_run_was_begun(self):
        run = decided_run()
        a_run(Stage.SELF_ASSESSMENT, body=run.organisation)

        assert renewals(head_of(run), LAST_DAY) == []

    def test_ends_a_while_after_the_end(self):
        run = decided_run()

        assert renewals(head_of(run), date(2032, 5, 3))
        assert not renewals(head_of(run), date(2032, 5, 4))

    def test_is_not_for_others(self):
        decided_run()

        assert renewals(user_with("dinas_officer", region="33"), LAST_DAY) == []


class TestImprovementsOf:
    def test_says_what_is_late(self):
        run = decided_run(recommendations=(("", "Latih pendamping."), ("", "Susun SOP.")))
        first = Recommendation.objects.order_by("at").first()
        due_on = DECIDED_ON + timedelta(days=30)
        plan_improvement(first, by=head_of(run), version=1, plan="Pelatihan.", due_on=due_on, on=DECIDED_ON)

        late = improvements_of(run, due_on + DAY, "id")
        assert [one.is_late for one in late] == [True, False]
        assert [one.is_late for one in improvements_of(run, due_on, "id")] == [False, False]


class TestWatchList:
    def test_counts_from_the_last_look(self):
        run, officer = decided_run(), user_with("dinas_officer", region="21.02")
        (before,) = watch_list(officer, DECIDED_ON)
        seen = {"seen_on": date(2026, 9, 1), "on": date(2026, 9, 2), "at": moment(180)}
        watch(run, by=officer, key=run.pk, words="Berjalan baik.", **seen)
        (after,) = watch_list(officer, DECIDED_ON)

        assert (before.due_on, after.due_on) == (date(2027, 5, 4), date(2027, 9, 1))

    def test_puts_those_to_be_judged_again_first(self):
        first, second = decided_run(), decided_run()
        officer = user_with("dinas_officer", region="21.02")
        told = {"seen_on": DECIDED_ON, "on": DECIDED_ON, "at": moment(80), "needs_recheck": True}
        watch(second, by=officer, key=second.pk, words="Pengaduan terbukti.", is_early=True, **told)

        listed = watch_list(officer, DECIDED_ON)
        assert [row.accreditation for row in listed] == [second, first]

    def test_puts_a_complaint_upheld_in_front_until_somebody_looked(self):
        quiet, run = decided_run(), decided_run()
        officer, day = user_with("dinas_officer", region="21.02"), date(2026, 9, 1)
        flag(run.organisation, on=day, at=moment(183))

        (first, second) = watch_list(officer, day)
        assert (first.accreditation, first.due_on, first.complaint_on) == (run, day, day)
        assert (second.accreditation, second.complaint_on) == (quiet, None)
        assert any("perlu dipantau" in words for words in words_of(officer, day))
        watch(run, by=officer, key=run.pk, words="Sudah dibenahi.", seen_on=day, on=day, at=moment(183, 5))
        assert [row.complaint_on for row in watch_list(officer, day)] == [None, None]

    @pytest.mark.parametrize(
        "details",
        [{"lifted_on": date(2026, 9, 1)}, {"kind": "warning"}, {"until": date(2026, 8, 31)}],
        ids=["lifted", "warning", "over"],
    )
    def test_is_moved_by_no_other_flag(self, details):
        run, officer = decided_run(), user_with("dinas_officer", region="21.02")
        flag(run.organisation, **{"on": date(2026, 8, 1), **details})
        (row,) = watch_list(officer, date(2026, 9, 1))
        assert (row.due_on, row.complaint_on) == (date(2027, 5, 4), None)

    def test_leaves_out_what_has_run_out(self):
        decided_run()

        assert watch_list(user_with("dinas_officer", region="21.02"), LAST_DAY + DAY) == []

    def test_asks_the_database_no_more_for_more_bodies(self, django_assert_max_num_queries):
        officer = user_with("dinas_officer", region="21.02")
        for _body in range(3):
            decided_run()
        officer.can("accreditation.view")
        with django_assert_max_num_queries(3):
            assert len(watch_list(officer, DECIDED_ON)) == 3


class TestWaits:
    def test_tells_a_validator_and_a_member_of_their_turn(self):
        run = scored_run()
        validator = a_validator(run)
        assert "1 akreditasi menunggu validasi Anda" in words_of(validator, DECIDED_ON)

        at_the_plenary(run=run)
        (member, *_rest) = members()
        assert words_of(validator, DECIDED_ON) == []
        assert words_of(member, DECIDED_ON) == ["1 akreditasi menunggu suara Anda di pleno"]

    def test_tells_who_voted_that_the_decision_waits(self):
        run, voters = at_the_plenary(), members()
        voted(run, voters[:2])
        assert words_of(voters[0], DECIDED_ON) == []

        voted(run, voters[2:])
        told = "1 akreditasi sudah cukup suaranya dan menunggu keputusan dicatat"
        assert words_of(voters[0], DECIDED_ON) == [told]

    def test_tells_the_secretariat_what_must_be_judged_again(self):
        run, officer = decided_run(), user_with("dinas_officer", region="21.02")
        told = {"seen_on": DECIDED_ON, "on": DECIDED_ON, "at": moment(80), "needs_recheck": True}
        watch(run, by=officer, key=run.pk, words="Pengaduan terbukti.", **told)

        words = "1 lembaga terakreditasi perlu dinilai ulang menurut pemantauan"
        assert words_of(user_with("accreditation_secretary", region="21"), DECIDED_ON) == [words]

    def test_tells_a_head_what_is_not_planned(self):
        run = decided_run(recommendations=(("", "Latih pendamping."),))
        (waiting,) = waits(head_of(run), DECIDED_ON)

        assert waiting.number == 1
        assert not waiting.is_late
        assert str(run.pk) in waiting.href

    def test_stands_among_all_that_waits(self):
        run = decided_run(recommendations=(("", "Latih pendamping."),))

        assert waits(head_of(run), DECIDED_ON)[0] in all_waits(head_of(run), DECIDED_ON)

    def test_is_empty_for_a_stranger(self):
        decided_run(recommendations=(("", "Latih pendamping."),))

        assert waits(user_with("head_of_lks", organisation=a_run().organisation_id), DECIDED_ON) == ()
