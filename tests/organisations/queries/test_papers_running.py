from datetime import date, timedelta

import pytest

from simpul.organisations.models import Officer, Staff
from simpul.organisations.queries.papers_days import Nearness
from simpul.organisations.queries.papers_running import (
    What,
    counts,
    led,
    of_organisation,
    shown,
    within_reach,
)
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.papers import AT, TODAY, a_certificate, a_paper

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)
PAST = TODAY - timedelta(days=1)


def everything_that_ends(body, day):
    a_paper(body, valid_to=day)
    a_certificate(body, issued_on=date(2020, 1, 1), valid_to=day)
    Officer.objects.create(organisation=body, unit="board", title="Ketua", name="Ibu Ratna", until=day)
    held = [{"name": "Sertifikat kompetensi", "valid_to": day.isoformat()}, {"name": "Tanpa hari"}]
    Staff.objects.create(organisation=body, name="Pak Jamal", profession="social_worker", certificates=held)


class TestOfOrganisation:
    def test_holds_all_four_kinds_the_nearest_first(self):
        body = organisation()
        everything_that_ends(body, SOON)
        a_paper(body, kind="licence", valid_to=PAST)
        found = of_organisation(body, TODAY)
        assert found[0].near is Nearness.OVER
        assert {one.what for one in found} == set(What)
        assert len(found) == 5

    def test_leaves_out_what_counts_no_more(self):
        body = organisation()
        newer = a_paper(body, valid_to=None)
        a_paper(body, valid_to=PAST, replaced_by=newer)
        a_paper(body, kind="licence", valid_to=PAST, removed_at=AT)
        a_certificate(body, issued_on=date(2020, 1, 1), valid_to=PAST, state="replaced")
        gone = {"organisation": body, "ended_on": PAST}
        Officer.objects.create(unit="board", title="Ketua", name="Ibu Ratna", until=PAST, **gone)
        held = [{"name": "Lama", "valid_to": PAST.isoformat()}]
        Staff.objects.create(name="Pak Jamal", profession="expert", certificates=held, **gone)
        assert of_organisation(body, TODAY) == ()

    def test_a_day_that_is_no_day_is_not_known(self):
        body = organisation()
        held = [{"name": "Aneh", "valid_to": "besok"}, {"name": "Kosong", "valid_to": None}]
        Staff.objects.create(organisation=body, name="Pak Jamal", profession="expert", certificates=held)
        assert of_organisation(body, TODAY) == ()


class TestWithinReach:
    @pytest.mark.parametrize("what", What)
    def test_ends_at_the_border_of_the_area(self, what, officer):
        near, far = organisation(), organisation(region="21.71", name="LKS Pulau Lain")
        everything_that_ends(near, SOON)
        everything_that_ends(far, SOON)
        found = shown(what, within_reach(officer, what, TODAY), TODAY)
        assert [one.organisation for one in found] == [near]

    @pytest.mark.parametrize("what", What)
    def test_is_nothing_for_who_may_not_look_inside(self, what, caseworker):
        everything_that_ends(organisation(), SOON)
        assert not list(within_reach(caseworker, what, TODAY))

    def test_leaves_out_bodies_that_closed(self, officer):
        everything_that_ends(organisation(is_closed=True), SOON)
        assert set(counts(officer, TODAY).values()) == {(0, 0)}

    def test_tells_a_person_once_by_what_ends_first(self, officer):
        held = [
            {"name": "Pertolongan pertama", "valid_to": SOON.isoformat()},
            {"name": "Kompetensi", "valid_to": PAST.isoformat()},
        ]
        Staff.objects.create(
            organisation=organisation(), name="Pak Jamal", profession="expert", certificates=held
        )
        (found,) = shown(What.STAFF, within_reach(officer, What.STAFF, TODAY), TODAY)
        assert (found.title, found.last_day) == ("Kompetensi, Pertolongan pertama", PAST)
        assert counts(officer, TODAY)[What.STAFF] == (1, 1)


class TestCounts:
    def test_count_what_the_lists_show(self, officer):
        for number in range(3):
            everything_that_ends(organisation(name=f"LKS {number}"), SOON if number else PAST)
        found = counts(officer, TODAY)
        assert found == dict.fromkeys(What, (3, 1))
        assert all(len(within_reach(officer, what, TODAY)) == 3 for what in What)

    def test_ask_as_much_for_many_bodies_as_for_one(self, django_assert_num_queries):
        for number in range(12):
            everything_that_ends(organisation(name=f"LKS {number}"), SOON)
        officer = user_with("dinas_officer", region="21.02")
        assert officer.standing_grants
        with django_assert_num_queries(4):
            counts(officer, TODAY)

    def test_leave_out_accreditation_which_its_own_part_tells(self, officer):
        body = organisation()
        a_certificate(body, issued_on=date(2020, 1, 1), valid_to=PAST, kind="accreditation", grade="baik")
        assert counts(officer, TODAY)[What.CERTIFICATES] == (0, 0)


class TestLed:
    def test_leads_to_the_very_row_where_one_keeps_the_record(self, officer):
        body = organisation()
        everything_that_ends(body, SOON)
        told = shown(What.OFFICERS, within_reach(officer, What.OFFICERS, TODAY), TODAY)
        (row,) = Officer.objects.all()
        assert led(told, officer)[0].href.endswith(f"/ubah/officers/{row.pk}/")
        assert led(told, user_with("plenary_member"))[0].href == f"/lembaga/{body.pk}/"

    def test_leads_from_a_certificate_to_where_it_is_renewed(self, officer):
        body = organisation()
        everything_that_ends(body, SOON)
        (one,) = shown(What.CERTIFICATES, within_reach(officer, What.CERTIFICATES, TODAY), TODAY)
        assert one.href.endswith("/pendaftaran/")
