from datetime import timedelta

import pytest

from simpul.access.reach import Where
from simpul.cases.models import Complaint
from simpul.cases.queries.complaints import (
    complaint_with,
    count_waiting,
    is_about,
    mentions,
    received_by,
    receiver_of,
    receivers,
    rows_of,
)
from simpul.organisations.models import Organisation
from simpul.places.models import Region
from tests.access.factories import ORGANISATION
from tests.cases.complaints import CODE, complained
from tests.screening.factories import TODAY, VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def regency(db):
    Region.objects.create(
        code="21",
        name="Kepulauan Riau",
        kind="province",
        level=1,
        valid_from=TODAY,
        search_name="kepulauanriau",
    )
    return Region.objects.create(
        code="21.02",
        name="Karimun",
        kind="regency",
        level=2,
        valid_from=TODAY,
        search_name="karimun",
        parent_id="21",
    )


def office(**changed):
    details = {
        "pk": ORGANISATION,
        "name": "Rumah Aman Melati",
        "kind": "lks",
        "region": VILLAGE,
        "province": "21",
    }
    return Organisation.objects.create(**(details | changed))


class TestComplaintWith:
    @pytest.mark.parametrize("typed", [CODE, "k7pm-2xq9-ht4w", " K7PM 2XQ9 HT4W "])
    def test_finds_it_however_the_code_is_typed(self, typed):
        made = complained()
        assert complaint_with(typed) == made

    def test_finds_nothing_for_another(self):
        complained()
        assert complaint_with("AAAA-AAAA-AAAA") is None


class TestReceivers:
    def test_are_organisations_and_areas_but_no_whole_province(self, regency):
        office(name="LKS Karimun Sejahtera")
        assert [one.value for one in receivers("karimun")] == [f"o:{ORGANISATION}", "r:21.02"]
        assert receivers("kepulauan riau") == ()

    @pytest.mark.parametrize(
        "secret", [{"is_address_secret": True}, {"kind": "person"}, {"kind": "family"}], ids=str
    )
    def test_tell_no_area_of_a_secret_place(self, regency, secret):
        office(**{"region": "21.02", **secret})
        assert [one.hint for one in receivers("melati")] == [""]

    def test_are_found_whatever_unseen_signs_were_typed(self, regency):
        office(region="21.02")
        assert [one.value for one in receivers("mela\0ti")] == [f"o:{ORGANISATION}"]

    def test_are_a_few_however_many_there_are(self, regency, django_assert_max_num_queries):
        for number in range(30):
            Organisation.objects.create(
                name=f"Yayasan Seri {number:02}", kind="lks", region="21.02", province="21"
            )
        with django_assert_max_num_queries(8) as asked:
            assert len(receivers("yayasan seri")) == 8
        assert all("LIMIT" in one["sql"] for one in asked if "organisations_organisation" in one["sql"])

    def test_are_none_before_anything_is_typed(self):
        assert receivers("  ") == ()


class TestReceiverOf:
    def test_gives_the_place_of_the_choice(self, regency):
        office()
        assert receiver_of(f"o:{ORGANISATION}")[0] == Where(organisation=ORGANISATION, region=VILLAGE)
        assert receiver_of("r:21.02")[0] == Where(region="21.02")

    @pytest.mark.parametrize("value", ["", "o:nothing", "r:21", "r:99.99", "x:21.02"])
    def test_knows_no_others(self, regency, value):
        assert receiver_of(value) is None


class TestReceivedBy:
    def test_puts_late_ones_first_and_answered_ones_last(self, supervisor):
        answered, waiting, late = (complained(code=letter * 12) for letter in "ABC")
        Complaint.objects.filter(pk=answered.pk).update(state="answered", answered_at=answered.received_at)
        Complaint.objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=1))
        assert list(received_by(supervisor, TODAY)) == [late, waiting, answered]
        assert count_waiting(supervisor) == 2

    def test_reaches_only_the_own_office_and_area(self, supervisor, officer):
        here, area = complained(), complained(Where(region="21.02"), code="A" * 12)
        complained(Where(region="21.03"), code="B" * 12)
        assert list(received_by(supervisor, TODAY)) == [here]
        assert set(received_by(officer, TODAY)) == {here, area}

    def test_shows_rows_that_say_when_they_are_about_the_reader(self, supervisor):
        complained(about="Pak Hamdan")
        assert rows_of(received_by(supervisor, TODAY), supervisor)[0].names_reader


class TestIsAbout:
    def test_looks_at_whom_the_sender_named_not_at_every_word(self, supervisor):
        complaint = complained(words="Sudah saya sampaikan kepada Pak Hamdan", about="Bu Rini")
        assert not is_about(complaint, supervisor)
        assert mentions(complaint, supervisor)
