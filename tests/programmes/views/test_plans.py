import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.access.models import Event
from simpul.programmes.models import ActionItem, ActionPlan, Proof
from tests.access.test_pictures import jpeg
from tests.programmes.making import a_draft


def at(name, *keys):
    return reverse(f"programmes:{name}", args=keys)


def day(name, year, month, number):
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(number)}


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


class TestPlan:
    def test_a_body_draws_up_its_plan_and_sends_it_in(self, as_head, member):
        as_head.post(at("plan-draw-up", member.pk), {"once": str(uuid.uuid4())})
        plan = ActionPlan.objects.get()
        line = {"once": str(uuid.uuid4()), "words": "Papan nama", "priority": "2", "budget": "Rp750.000"}
        as_head.post(at("item-add", plan.pk), line | day("due_on", 2026, 12, 30))
        as_head.post(at("plan-send-in", plan.pk))
        page = as_head.get(at("plan", member.pk)).text
        assert "Rp750.000" in page
        assert "Diajukan" in page

    def test_the_office_sends_it_back_with_words_and_then_agrees(self, client, member, head, officer):
        plan = a_draft(member, head)
        client.force_login(head)
        client.post(at("plan-send-in", plan.pk))
        client.force_login(officer)
        client.post(at("plan-send-back", plan.pk), {"version": "2", "words": "Tambah tanggal"})
        client.force_login(head)
        assert "Tambah tanggal" in client.get(at("plan", member.pk)).text
        client.post(at("plan-send-in", plan.pk))
        client.force_login(officer)
        client.post(at("plan-agree", plan.pk), {"version": "4"})
        plan.refresh_from_db()
        assert plan.state == "agreed"

    def test_what_was_typed_is_shown_again_beside_the_fault(self, as_head, member, head):
        plan = a_draft(member, head)
        answer = as_head.post(
            at("item-add", plan.pk), {"words": "Papan nama", "priority": "1", "budget": "banyak"}
        )
        assert answer.status_code == 422
        assert "Papan nama" in answer.text
        assert plan.items.count() == 1

    def test_an_older_version_is_still_read(self, as_head, member, plan):
        assert "Mengurus akta notaris" in as_head.get(at("plan", member.pk), {"versi": "1"}).text
        assert as_head.get(at("plan", member.pk), {"versi": "²"}).status_code == 200

    def test_out_of_reach_there_is_nothing(self, client, member, stranger, plan):
        client.force_login(stranger)
        addresses = [at("plan", member.pk), at("plan-draw-up", member.pk), at("item-add", plan.pk)]
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]

    def test_asks_the_database_as_often_for_one_line_as_for_many(
        self, as_officer, member, head, plan, django_assert_max_num_queries
    ):
        item = plan.items.get()
        for order in range(2, 30):
            ActionItem.objects.filter(pk=item.pk).first()
            item.pk, item.line, item.order = uuid.uuid4(), uuid.uuid4(), order
            item.save(force_insert=True)
        with django_assert_max_num_queries(32):
            as_officer.get(at("plan", member.pk))


class TestItemDrop:
    def test_asks_first(self, as_head, member, head):
        item = a_draft(member, head).items.get()
        assert "Keluarkan baris ini" in as_head.get(at("item-drop", item.pk)).text
        as_head.post(at("item-drop", item.pk))
        assert not ActionItem.objects.exists()


class TestRealise:
    def test_keeps_a_proof_that_is_read_as_a_file_and_recorded(self, as_head, member, plan):
        told = {"once": str(uuid.uuid4()), "realised": "done", "words": "Akta terbit"} | day(
            "happened_on", 2026, 11, 20
        )
        told["file"] = SimpleUploadedFile("akta.jpg", jpeg(), content_type="image/jpeg")
        as_head.post(at("realise", member.pk, plan.items.get().line), told)
        proof, before = Proof.objects.get(), Event.objects.count()
        answer = as_head.get(at("proof", proof.pk))
        assert answer["Content-Disposition"].startswith("attachment")
        assert Event.objects.count() == before + 1

    def test_a_line_of_another_body_is_not_there(self, as_head, member):
        assert as_head.get(at("realise", member.pk, uuid.uuid4())).status_code == 404
