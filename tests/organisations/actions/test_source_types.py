from uuid import uuid4

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.organisations.actions.source_types import (
    add_local_type,
    end_local_type,
    resume_local_type,
    word_local_type,
)
from simpul.organisations.models import LocalType
from simpul.organisations.queries.source_types import holds_in, source_type
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    few_regions()
    return user_with("dinas_officer", region="21.02")


def added(officer, title="Kader posyandu", *, region="21.02", key=None, **told):
    told = {"unit": "person", "definition": "Kader di desa.", "basis": "SK Bupati", **told}
    kept = {"by": officer, "at": make.AT, "key": key or uuid4(), "title": title, **told}
    return add_local_type(Where(region=region), **kept)


class TestAddLocalType:
    def test_is_found_like_any_type_and_marked_as_local(self, officer):
        row = added(officer)
        known = source_type(row.code)
        assert (known.display.id, known.unit, known.is_local, known.mark) == (
            "Kader posyandu",
            "person",
            True,
            "",
        )

    def test_sent_twice_is_one(self, officer):
        key = uuid4()
        assert added(officer, key=key) == added(officer, key=key)
        assert LocalType.objects.count() == 1

    @pytest.mark.parametrize(
        "title", ["kader POSYANDU", "PSM", "Pendamping PKH"], ids=["own", "official", "region"]
    )
    def test_takes_no_name_that_is_taken(self, officer, title):
        added(officer)
        with pytest.raises(Refusal, match="sudah ada"):
            added(officer, title)

    @pytest.mark.parametrize("region", ["21", "21.02.10", ""], ids=["province", "kecamatan", "nation"])
    def test_is_for_the_office_itself(self, officer, region):
        with pytest.raises((Refusal, NotAllowed)):
            added(officer, region=region)

    def test_is_not_for_a_body_that_keeps_its_own_sources(self, officer):
        head = user_with("head_of_lks", organisation=uuid4(), region="21.02")
        with pytest.raises((Refusal, NotAllowed)):
            added(head)


class TestASourceOfAnOwnType:
    def test_is_recorded_in_the_area_of_the_type_only(self, officer):
        code = added(officer).code
        assert make.source(officer, code).edition == ""
        assert holds_in(code, "21.02.10.2003")
        assert not holds_in(code, "21.01.05.2003")
        with pytest.raises(Refusal, match="jenis"):
            make.source(user_with("dinas_officer", region="21"), code, region="21.01.05.2003")

    def test_keeps_its_type_after_the_type_has_ended(self, officer):
        row = added(officer)
        source = make.source(officer, row.code)
        end_local_type(row, by=officer, on=make.ON)
        assert source_type(source.type_code).display.id == "Kader posyandu"
        with pytest.raises(Refusal, match="jenis"):
            make.source(officer, row.code, name="Orang lain")


class TestWordLocalType:
    def test_words_it_anew_and_shows_both_where_somebody_was_first(self, officer):
        row = added(officer)
        told = {"by": officer, "version": 1, "definition": "Kader."}
        assert word_local_type(row, title="Kader desa", **told).version == 2
        with pytest.raises(Clash, match="Kader desa"):
            word_local_type(row, title="Kader kelurahan", **told)

    def test_another_office_words_it_not(self, officer):
        row = added(officer)
        other = user_with("dinas_officer", region="21")
        with pytest.raises(Refusal, match="kantor daerah itu"):
            word_local_type(row, by=other, version=1, title="Lain", definition="Lain")


class TestEndLocalType:
    def test_ends_once_and_may_be_taken_up_again(self, officer):
        row = added(officer)
        end_local_type(row, by=officer, on=make.ON)
        assert end_local_type(row, by=officer, on=make.ON).version == 2
        assert resume_local_type(row, by=officer).ended_on is None

    def test_is_not_taken_up_beside_another_of_the_same_name(self, officer):
        row = added(officer)
        end_local_type(row, by=officer, on=make.ON)
        added(officer)
        with pytest.raises(Refusal, match="sudah ada"):
            resume_local_type(row, by=officer)
