from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed
from simpul.access.rows import KeyTaken
from simpul.organisations.actions.sources import answer_criteria, edit_source
from simpul.organisations.actions.sources_life import (
    ListingNotTheirs,
    erase_source,
    resume_source,
    stop_source,
    withdraw_listing,
)
from simpul.organisations.actions.sources_papers import strike_hours, strike_training
from simpul.organisations.actions.sources_record import SourceGone, SourceIncomplete
from simpul.organisations.models import HoursGiven, Listing, Source, Training
from simpul.organisations.queries.sources import counts_by_type, listed
from simpul.organisations.queries.sources_counts import listed_under_bodies
from simpul.organisations.queries.sources_one import hours_by_year, listing_of
from tests.access.factories import user_with
from tests.organisations import sources_factories as make

pytestmark = pytest.mark.django_db
ON, AT = make.ON, make.AT
BORN, BIRTHDAY = date(1990, 3, 15), date(2026, 11, 22)


@pytest.fixture
def row(officer):
    return make.source(officer, born=BORN, nik=make.NIK, skills=["boat"], sex="L")


class TestAgreeToListing:
    def test_keeps_who_how_and_to_which_text(self, officer, row):
        given = make.agreed(row, officer)
        assert (given.given_on, given.text_version, given.given_by) == (ON, "2", "Hasan Basri")
        assert listed(ON).get()["name"] == "Hasan Basri"

    def test_is_not_given_twice(self, officer, row):
        assert make.agreed(row, officer) == make.agreed(row, officer)
        assert Listing.objects.count() == 1

    def test_belongs_to_its_own_source(self, officer, row):
        key = uuid4()
        make.agreed(row, officer, key=key)
        with pytest.raises(KeyTaken):
            make.agreed(make.source(officer, name="Sri", born=BORN), officer, key=key)

    @pytest.mark.parametrize("capacity", ["parent", "guardian", "head"])
    def test_a_grown_up_agrees_alone(self, officer, row, capacity):
        with pytest.raises(ListingNotTheirs):
            make.agreed(row, officer, capacity=capacity)

    def test_a_child_does_not_agree_alone(self, officer):
        child = make.source(officer, born=date(2008, 11, 22))
        with pytest.raises(ListingNotTheirs):
            make.agreed(child, officer)
        assert make.agreed(child, officer, capacity="parent")

    def test_on_the_eighteenth_birthday_one_agrees_alone(self, officer):
        assert make.agreed(make.source(officer, born=date(2008, 11, 21)), officer)

    @pytest.mark.parametrize("capacity", ["self", "parent", "guardian"])
    def test_without_a_birth_date_nobody_agrees(self, officer, capacity):
        with pytest.raises(ListingNotTheirs, match="tanggal lahirnya"):
            make.agreed(make.source(officer), officer, capacity=capacity)

    def test_on_the_eighteenth_birthday_what_the_elders_agreed_ends(self, officer):
        child = make.source(officer, born=date(2008, 11, 22))
        make.agreed(child, officer, capacity="parent")
        assert listed(ON).get()["name"] == "Hasan Basri"
        assert not listed(BIRTHDAY).exists()
        own = make.agreed(child, officer, on=BIRTHDAY)
        assert listing_of(child, BIRTHDAY) == own
        assert Listing.objects.filter(withdrawn_on=None).get() == own

    def test_to_an_older_text_nobody_is_named_under_a_body(self, officer, row):
        make.agreed(row, officer)
        assert listed_under_bodies(ON).exists()
        Listing.objects.update(text_version="1")
        assert listed(ON).exists()
        assert not listed_under_bodies(ON).exists()
        assert make.agreed(row, officer).text_version == "2"
        assert Listing.objects.filter(withdrawn_on=None).count() == 1

    def test_for_a_body_its_head_agrees(self, officer):
        body = make.source(officer, "KT", name="Karang Taruna")
        with pytest.raises(ListingNotTheirs):
            make.agreed(body, officer)
        assert make.agreed(body, officer, capacity="head")

    def test_needs_a_name(self, officer, row):
        with pytest.raises(Exception, match="Nama yang menyetujui belum diisi"):
            make.agreed(row, officer, given_by=" ")
        assert not Listing.objects.exists()


class TestWithdrawListing:
    def test_ends_it_on_that_day_and_keeps_the_history(self, officer, row):
        make.agreed(row, officer)
        withdraw_listing(row, by=officer, on=ON, at=AT)
        assert not listed(ON).exists()
        assert Listing.objects.get().withdrawn_on == ON

    def test_without_an_agreement_changes_nothing(self, officer, row):
        withdraw_listing(row, by=officer, on=ON, at=AT)
        assert not Listing.objects.exists()


class TestStopSource:
    def test_leaves_the_public_list_and_the_counts(self, officer, row):
        make.agreed(row, officer)
        stop_source(row, by=officer, reason="moved", since=ON, on=ON)
        assert not listed(ON).exists()
        assert not any(one.total for one in counts_by_type("21.02", ON))

    @pytest.mark.parametrize(
        "wrong", [{"reason": "bored"}, {"since": date(2026, 11, 22)}], ids=["reason", "tomorrow"]
    )
    def test_refuses_what_cannot_be(self, officer, row, wrong):
        with pytest.raises(SourceIncomplete):
            stop_source(row, by=officer, **{"reason": "moved", "since": ON, "on": ON, **wrong})

    def test_back_again_it_is_asked_anew_about_the_list(self, officer, row):
        make.agreed(row, officer)
        stop_source(row, by=officer, reason="moved", since=ON, on=ON)
        back = resume_source(row, by=officer, on=ON, at=AT)
        assert back.serves_on(ON)
        assert not listed(ON).exists()


class TestEraseSource:
    def test_destroys_who_it_was_and_keeps_the_count(self, officer, row):
        make.training(row, officer, number="K-77", issuer="BBPPKS")
        make.hours(row, officer, Decimal(3), activity="Mengunjungi Pak Samad")
        make.agreed(row, officer)
        answer_criteria(row, by=officer, version=1, answers={"healthy": False}, on=ON)
        erase_source(row, by=officer, reason="requested", on=ON, at=AT)
        kept = [str(list(model.objects.values())) for model in (Source, Training, HoursGiven, Listing)]
        for secret in ("Hasan", "K-77", "BBPPKS", "Samad", "boat", "1990"):
            assert not any(secret in text for text in kept)
        assert hours_by_year(row) == [(2026, Decimal(3))]

    def test_earlier_days_count_as_before(self, officer, row):
        yesterday = date(2026, 11, 20)
        Source.objects.update(registered_on=yesterday)
        before = [one.total for one in counts_by_type("21.02", yesterday)]
        erase_source(row, by=officer, reason="requested", on=ON, at=AT)
        assert [one.total for one in counts_by_type("21.02", yesterday)] == before
        assert not any(one.total for one in counts_by_type("21.02", ON))

    def test_nothing_can_be_added_afterwards(self, officer, row):
        gone = erase_source(row, by=officer, reason="requested", on=ON, at=AT)
        for attempt in (
            lambda: make.training(gone, officer),
            lambda: make.agreed(gone, officer),
            lambda: edit_source(gone, by=officer, version=gone.version, changes={"name": "X"}, on=ON, at=AT),
            lambda: resume_source(gone, by=officer, on=ON, at=AT),
        ):
            with pytest.raises(SourceGone):
                attempt()

    def test_nor_by_who_opened_it_before(self, officer, row):
        erase_source(Source.objects.get(), by=officer, reason="requested", on=ON, at=AT)
        for add in (make.training, make.agreed):
            with pytest.raises(SourceGone):
                add(row, officer)

    def test_a_second_press_changes_nothing(self, officer, row):
        first = erase_source(row, by=officer, reason="requested", on=ON, at=AT)
        second = erase_source(row, by=officer, reason="unlawful", on=ON, at=AT)
        assert (second.erased_because, second.version) == ("requested", first.version)

    def test_needs_a_ground_and_the_right(self, officer, verifier, row):
        with pytest.raises(SourceIncomplete):
            erase_source(row, by=officer, reason="why not", on=ON, at=AT)
        with pytest.raises(NotAllowed):
            erase_source(row, by=verifier, reason="requested", on=ON, at=AT)

    def test_the_ground_stands_on_the_row_and_nothing_in_the_record(self, officer, row):
        gone = erase_source(row, by=officer, reason="requested", on=ON, at=AT)
        assert gone.erased_because == "requested"
        assert Event.objects.about(row).order_by("-number").first().details == {}


class TestPapers:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "diploma"},
            {"held_on": date(2026, 11, 22)},
            {"held_on": date(2026, 1, 2), "valid_to": date(2026, 1, 1)},
        ],
        ids=["kind", "tomorrow", "ends before"],
    )
    def test_a_training_that_cannot_be_is_refused(self, officer, row, wrong):
        with pytest.raises(SourceIncomplete):
            make.training(row, officer, **wrong)

    @pytest.mark.parametrize("amount", ["0", "-1", "24.5"])
    def test_a_day_has_24_hours(self, officer, row, amount):
        with pytest.raises(SourceIncomplete):
            make.hours(row, officer, Decimal(amount))

    def test_a_day_has_24_hours_in_all_its_rows(self, officer, row):
        given = make.hours(row, officer, Decimal(20))
        with pytest.raises(SourceIncomplete, match="sudah tercatat 20 jam"):
            make.hours(row, officer, Decimal(5))
        strike_hours(given, by=officer, reason="twice")
        make.hours(row, officer, Decimal(5))
        Source.objects.update(unit="organisation")
        row.refresh_from_db()
        make.hours(row, officer, Decimal(24))

    def test_struck_rows_stay_and_do_not_count(self, officer, row):
        given = make.hours(row, officer, Decimal("2.5"))
        make.hours(row, officer, Decimal(4), given_on=date(2025, 12, 31))
        strike_hours(given, by=officer, reason="twice")
        assert hours_by_year(row) == [(2025, Decimal(4))]
        assert HoursGiven.objects.count() == 2

    def test_striking_needs_a_reason(self, officer, row):
        with pytest.raises(SourceIncomplete):
            strike_training(make.training(row, officer), by=officer, reason="")

    def test_out_of_reach_nothing_is_struck(self, officer, row):
        elsewhere = user_with("dinas_officer", region="21.71")
        with pytest.raises(NotAllowed):
            strike_training(make.training(row, officer), by=elsewhere, reason="wrong")
