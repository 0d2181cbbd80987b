"""Two who act on the record of one body at the same moment: on PostgreSQL, in two threads."""

from uuid import uuid4

import pytest
from django.db import connection

from simpul.access.reach import Where
from simpul.access.refusal import Clash
from simpul.organisations.actions import register
from simpul.organisations.models import Change, Officer, Organisation
from tests.access.factories import user_with
from tests.cases.test_two_workers import both_at_once
from tests.organisations.changing import ON, accept, change, officer_row, propose
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]


@pytest.fixture
def body(db):
    few_regions()
    return organisation(region="21.02.10")


@pytest.fixture
def officers(db):
    return [user_with("dinas_officer", region="21.02") for _number in range(2)]


def test_two_officers_who_accept_the_same_change_accept_it_once(body, officers):
    made = propose(body, user_with("head_of_lks", organisation=body.pk), "officers")
    both_at_once(*(lambda by=by: accept(Change.objects.get(pk=made.pk), by) for by in officers))
    assert (Organisation.objects.get().version, Officer.objects.count()) == (2, 1)


def test_of_two_officers_who_change_one_part_the_second_sees_both_values(body, officers):
    read = None
    came = both_at_once(
        *(
            lambda by=by, phone=phone: change(
                Organisation.objects.get(), by, values={"phone": phone}, read=read
            )
            for by, phone in zip(officers, ("0777 1", "0777 2"), strict=True)
        )
    )
    kinds = sorted(isinstance(one, Clash) for one in came)
    # Whoever reads after the other has written is no longer at the same moment, and simply comes second.
    assert kinds in ([False, True], [False, False])
    accepted = Change.objects.filter(state="accepted").order_by("base_version")
    assert len(accepted) == kinds.count(False)
    assert Organisation.objects.get().phone == accepted.last().after["phone"]


def test_one_form_sent_twice_makes_one_row(body, officers):
    key, row = uuid4(), officer_row()
    both_at_once(
        *(
            lambda by=by: change(Organisation.objects.get(), by, "officers", {"rows": [row]}, key=key)
            for by in officers
        )
    )
    assert (Change.objects.count(), Officer.objects.count()) == (1, 1)


def test_one_body_registered_twice_at_once_is_one(body, officers):
    key = uuid4()
    came = both_at_once(
        *(
            lambda by=by: register(
                Where(organisation=key, region="21.02.10"), by=by, key=key, name="LKS Baru", kind="lks", on=ON
            )
            for by in officers
        )
    )
    assert [one.pk for one in came] == [key, key]
