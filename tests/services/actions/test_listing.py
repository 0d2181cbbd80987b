from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.services.actions import listing
from simpul.services.models import Revision, Service
from simpul.services.queries.values import ValueWrong
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, TODAY, a_head, a_service, added, changed, opened, placed

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def regions():
    few_regions()


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return a_head(body)


class TestAddService:
    def test_keeps_a_draft_that_its_words_find(self, body, head):
        service = added(body, head, name="  Asrama   Anak ")
        assert (service.name, service.listing, service.version) == ("Asrama Anak", "draft", 1)
        assert {"asrama", "anak", "tunas", "bahari"} <= set(service.searched.split())
        assert (service.region, service.province, service.modified_at) == ("21.02", "21", AT)

    def test_is_once_when_pressed_twice(self, body, head):
        key = uuid.uuid4()
        assert added(body, head, key=key) == added(body, head, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            added(body, head, key=key, about="Kata-kata lain.")
        assert Service.objects.count() == 1

    def test_does_not_answer_a_key_of_another_body(self, body, head):
        service = added(body, head)
        other = organisation(name="LKS Lain")
        with pytest.raises(Refusal, match="dengan isian lain"):
            added(other, a_head(other), key=service.pk)

    def test_is_refused_without_a_name_and_for_an_unknown_kind(self, body, head):
        with pytest.raises(ValueWrong, match="belum diisi"):
            added(body, head, name=" ")
        with pytest.raises(ValueWrong, match="dari daftar"):
            added(body, head, kind="magic")
        assert not Service.objects.exists()

    def test_is_refused_for_a_body_that_closed(self, body, head):
        body.is_closed = True
        body.save()
        with pytest.raises(Refusal, match="sudah tutup"):
            added(body, head)

    def test_may_be_done_by_the_office_of_the_area_and_by_nobody_else(self, body, officer):
        assert added(body, officer).organisation == body
        away = user_with("dinas_officer", region="21.71")
        stranger = a_head(organisation(name="LKS Lain"))
        for somebody in (away, stranger):
            with pytest.raises(NotAllowed):
                added(body, somebody)

    def test_tells_the_record_that_it_was_done_and_not_what(self, body, head):
        added(body, head)
        event = Event.objects.get(subject_key=str(body.pk))
        assert (event.permission, event.details) == ("service.edit", {})


class TestChangeService:
    def test_writes_a_part_and_keeps_what_differs_in_the_history(self, body, head):
        service = a_service(body)
        made = changed(service, head, "cost", cost="tariff", cost_amount="25000", at=LATER)
        assert (made.cost, made.cost_amount, made.version, made.modified_at) == ("tariff", 25000, 2, LATER)
        kept = Revision.objects.get(service=service)
        assert kept.before == {"cost": "free", "cost_amount": None}
        assert (kept.after, kept.version) == ({"cost": "tariff", "cost_amount": 25000}, 2)

    def test_writes_nothing_when_nothing_differs(self, body, head):
        service = a_service(body)
        assert changed(service, head, "cost", cost="free", at=LATER).version == 1
        assert not Revision.objects.exists()
        service.refresh_from_db()
        assert service.modified_at == AT

    def test_clashes_with_another_who_changed_the_same_part(self, body, head, officer):
        service = a_service(body)
        changed(service, officer, "contact", phone="0777-111222")
        with pytest.raises(Clash, match=r"0777-111222.*0777-999888"):
            changed(service, head, "contact", version=1, phone="0777-999888")
        service.refresh_from_db()
        assert service.phone == "0777-111222"

    def test_does_not_clash_with_another_part(self, body, head, officer):
        service = a_service(body)
        changed(service, officer, "contact", phone="0777-111222")
        assert changed(service, head, "cost", version=1, cost="unknown").version == 3

    def test_names_the_edition_of_the_needs(self, body, head, settings):
        service = changed(a_service(body), head, "whom", need_types=["LUT"])
        assert service.need_edition == settings.SIMPUL_EDITION
        assert changed(service, head, "whom", need_types=[]).need_edition == ""

    def test_refuses_a_part_or_field_that_is_none(self, body, head):
        service = a_service(body)
        with pytest.raises(ValueWrong, match="tidak dikenal"):
            changed(service, head, "listing", listing="ended")
        with pytest.raises(ValueWrong, match="listing"):
            changed(service, head, "cost", listing="ended")

    def test_keeps_a_secret_place_out_of_public_words(self):
        house = organisation(name="Rumah Teduh", region="21.02.10.2003", is_address_secret=True)
        service = a_service(house)
        with pytest.raises(ValueWrong, match="dirahasiakan") as refused:
            changed(service, a_head(house), "what", about="Rumah aman di Pangke.")
        assert refused.value.field == "about"


class TestOpenService:
    def test_opens_what_can_be_found_and_reached_and_is_confirmed_by_it(self, body, head):
        service = added(body, head)
        placed(service, head)
        changed(service, head, "found", situations=["no_home"])
        service = opened(service, head)
        assert (service.listing, service.confirmed_on, service.begins_on) == ("open", TODAY, TODAY)
        assert service.confirmed_by_name == "Bu Salmah"

    def test_says_everything_that_is_missing(self, body, head):
        with pytest.raises(listing.NotReady) as refused:
            opened(added(body, head), head)
        assert len(refused.value.lacking) == 3
        assert not Revision.objects.filter(part="listing").exists()

    def test_is_once_when_pressed_twice(self, body, head):
        service = a_service(body, listing="paused", place={})
        first, second = opened(service, head), opened(service, head)
        assert first.version == second.version
        assert Revision.objects.filter(part="listing").count() == 1

    def test_opens_what_had_ended(self, body, head):
        service = a_service(body, listing="ended", ends_on=TODAY, place={})
        assert opened(service, head).ends_on is None

    def test_keeps_a_draft_closed_that_tells_a_secret_place(self):
        house = organisation(name="Rumah Teduh", region="21.02.10.2003", is_address_secret=True)
        point = {"kind": "contact_point", "address": "", "region": "21.02"}
        service = a_service(house, listing="draft", about="Di Pangke.", place=point)
        with pytest.raises(ValueWrong, match="dirahasiakan"):
            opened(service, a_head(house))


class TestPauseService:
    def test_tells_everybody_why(self, body, head):
        service = listing.pause_service(a_service(body), by=head, at=AT, words="Perbaikan atap.")
        assert (service.listing, service.alert) == ("paused", "Perbaikan atap.")

    def test_is_refused_without_a_reason_and_for_a_draft(self, body, head):
        with pytest.raises(Refusal, match="belum diisi"):
            listing.pause_service(a_service(body), by=head, at=AT, words=" ")
        with pytest.raises(listing.NotNow, match="Draf"):
            listing.pause_service(a_service(body, listing="draft"), by=head, at=AT, words="Libur.")


class TestEndService:
    def test_takes_it_out_of_what_anybody_finds(self, body, head):
        service = a_service(body)
        listing.end_service(service, by=head, on=TODAY, at=AT)
        listing.end_service(service, by=head, on=TODAY, at=AT)
        assert not Service.objects.all().public().exists()
        assert Revision.objects.filter(part="listing", after={"listing": "ended"}).count() == 1
