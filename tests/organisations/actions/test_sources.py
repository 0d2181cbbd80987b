from datetime import date
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.rows import KeyTaken
from simpul.organisations.actions.sources import answer_criteria, edit_source, register_source
from simpul.organisations.actions.sources_record import (
    AlreadyThere,
    LooksTheSame,
    SourceClash,
    SourceIncomplete,
    SourceOutOfReach,
)
from simpul.organisations.models import Organisation, Source
from simpul.organisations.queries.sources import listed
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db
ON, AT = make.ON, make.AT


def organisation_of(key):
    return Organisation.objects.get(pk=key)


@pytest.fixture
def head(db):
    return user_with("head_of_lks", organisation=organisation(name="LKS Tunas").pk)


class TestRegisterSource:
    def test_keeps_it_with_unit_edition_and_day(self, officer):
        row = make.source(officer, "KT", name="Karang Taruna Pangke")
        assert (row.unit, row.edition, row.registered_on) == ("organisation", "permensos-8-2012", ON)
        assert (row.region, row.province) == (make.VILLAGE, "21")

    def test_a_local_type_belongs_to_no_edition(self, officer):
        assert make.source(officer, "PPKH").edition == ""

    def test_seals_number_and_contact(self, officer):
        row = make.source(officer, nik=make.NIK, phone="0812000111", address="Jalan Laut 1")
        held = Source.objects.filter(pk=row.pk).values().get()
        assert make.NIK not in str(held)
        assert "0812000111" not in str(held)
        assert Source.objects.get().nik == make.NIK

    def test_the_record_of_events_knows_no_name(self, officer):
        row = make.source(officer, nik=make.NIK)
        event = Event.objects.about(row).get()
        assert event.details == {}

    def test_a_repeated_key_gives_the_same(self, officer):
        key = uuid4()
        assert make.source(officer, key=key) == make.source(officer, key=key)

    def test_a_key_of_somebody_else_is_taken(self, officer):
        key = uuid4()
        make.source(officer, key=key)
        with pytest.raises(KeyTaken):
            make.source(user_with("dinas_officer", region="21.02"), key=key)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": " "},
            {"name": "123"},
            {"sex": "X"},
            {"education": "doctor"},
            {"skills": ["flying"]},
            {"free_days": ["8"]},
            {"areas": ["Karimun"]},
            {"born": date(2027, 1, 1)},
            {"born": date(1850, 1, 1)},
            {"serves_since": date(2026, 5, 1), "serves_until": date(2026, 4, 30)},
            {"youngest_born": date(1990, 1, 1), "oldest_born": date(2000, 1, 1)},
            {"members_male": -1},
            {"founded_year": 2030},
        ],
        ids=lambda wrong: "-".join(f"{name}={value}" for name, value in wrong.items()),
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, officer, wrong):
        with pytest.raises(Refusal) as refused:
            make.source(officer, **wrong)
        assert str(refused.value).endswith(".")
        assert not Source.objects.exists()

    def test_refuses_an_unknown_type(self, officer):
        with pytest.raises(SourceIncomplete):
            make.source(officer, "XYZ")

    def test_refuses_an_area_out_of_reach(self, officer):
        with pytest.raises(NotAllowed):
            make.source(officer, region="21.71")

    def test_refuses_a_link_to_a_body_out_of_reach(self, officer):
        with pytest.raises(NotAllowed):
            make.source(user_with("caseworker", region="21.02"))
        elsewhere = organisation(region="21.71", name="LKS Batam")
        with pytest.raises(SourceOutOfReach):
            make.source(officer, organisation=elsewhere)

    def test_names_who_looks_the_same_within_reach_only(self, officer):
        first = make.source(officer, born=date(1990, 3, 15))
        with pytest.raises(LooksTheSame) as refused:
            make.source(officer, "TAGANA", name="HASAN BASRI")
        assert [one.source for one in refused.value.found] == [first]
        everywhere = user_with("dinas_officer", region="21.02.01")
        make.source(everywhere, "TAGANA", region="21.02.01.1001")

    def test_another_birth_date_is_another_one(self, officer):
        make.source(officer, born=date(1990, 3, 15))
        make.source(officer, born=date(1991, 3, 15))
        assert Source.objects.count() == 2

    def test_one_person_may_serve_in_two_ways_but_not_twice_in_one(self, officer):
        make.source(officer, nik=make.NIK)
        make.source(officer, "TAGANA", nik=make.NIK, is_another=True)
        with pytest.raises(AlreadyThere):
            make.source(officer, nik=f"{make.NIK[:6]} {make.NIK[6:]}", name="Lain", is_another=True)

    def test_numbers_tell_bodies_apart(self, officer):
        make.source(officer, "KT", name="Karang Taruna RW 01")
        make.source(officer, "KT", name="Karang Taruna RW 02")
        assert Source.objects.count() == 2

    def test_the_head_of_a_body_keeps_sources_of_that_body_alone(self, head):
        own = head.grants_with("source.edit")[0].organisation
        with pytest.raises(NotAllowed):
            register_source(
                Where(region=make.VILLAGE), by=head, key=uuid4(), type_code="PSM", details={}, on=ON, at=AT
            )
        row = register_source(
            Where(organisation=own, region=make.VILLAGE),
            by=head,
            key=uuid4(),
            type_code="PSM",
            details={"name": "Sri", "organisation": organisation_of(own)},
            on=ON,
            at=AT,
        )
        assert row.organisation_id == own


class TestEditSource:
    def test_raises_the_version(self, officer):
        row = make.source(officer)
        changed = edit_source(row, by=officer, version=1, changes={"availability": "Sore"}, on=ON, at=AT)
        assert (changed.availability, changed.version) == ("Sore", 2)

    def test_shows_both_values_where_somebody_was_faster(self, officer):
        row = make.source(officer, phone="0812000111")
        edit_source(row, by=officer, version=1, changes={"availability": "Sore"}, on=ON, at=AT)
        with pytest.raises(SourceClash) as clash:
            edit_source(
                row, by=officer, version=1, changes={"availability": "Pagi", "phone": "0813"}, on=ON, at=AT
            )
        told = [(one.theirs, one.mine) for one in clash.value.differences]
        assert told == [("Sore", "Pagi"), ("(disembunyikan)", "(disembunyikan)")]

    def test_who_works_for_one_body_cannot_give_a_source_away(self, head):
        own = organisation_of(head.grants_with("source.edit")[0].organisation)
        row = make.source(head, organisation=own)
        with pytest.raises(SourceOutOfReach):
            edit_source(row, by=head, version=1, changes={"organisation": None}, on=ON, at=AT)

    @pytest.mark.parametrize(
        ("changes", "stays"),
        [
            ({"name": "Orang Lain"}, False),
            ({"born": date(1991, 3, 15)}, False),
            ({"nik": "2102101503910002"}, False),
            ({"organisation": None}, False),
            ({"availability": "Sore"}, True),
        ],
        ids=["name", "born", "nik", "organisation", "availability"],
    )
    def test_what_was_agreed_ends_where_it_is_about_another_one(self, officer, changes, stays):
        details = {"born": date(1990, 3, 15), "nik": make.NIK, "organisation": organisation()}
        row = make.source(officer, **details)
        make.agreed(row, officer)
        edit_source(row, by=officer, version=1, changes=changes, on=ON, at=AT)
        assert listed(ON).exists() is stays


class TestAnswerCriteria:
    def test_adds_and_takes_back(self, officer):
        row = make.source(officer)
        row = answer_criteria(row, by=officer, version=1, answers={"citizen": True, "healthy": False}, on=ON)
        row = answer_criteria(row, by=officer, version=2, answers={"healthy": None}, on=ON)
        assert row.answers == {"citizen": True}

    def test_refuses_what_the_type_does_not_ask(self, officer):
        with pytest.raises(SourceIncomplete):
            answer_criteria(
                make.source(officer), by=officer, version=1, answers={"business_cares": True}, on=ON
            )

    def test_answers_are_sealed(self, officer):
        row = make.source(officer)
        answer_criteria(row, by=officer, version=1, answers={"healthy": False}, on=ON)
        assert "healthy" not in str(Source.objects.values().get())
