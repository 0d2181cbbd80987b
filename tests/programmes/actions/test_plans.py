import uuid
from datetime import date

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.programmes.actions import plans
from simpul.programmes.models import ActionItem, ActionPlan, Proof, Realisation
from tests.access.factories import give
from tests.access.test_pictures import jpeg
from tests.programmes.making import AT, TODAY, a_draft, an_agreed_plan, an_item, later


def became(member, by, line, **details):
    told = {"happened_on": TODAY, "realised": "done", "words": "Akta terbit", "reason": "", **details}
    return plans.realise(member, by=by, key=told.pop("key", uuid.uuid4()), line=line, on=TODAY, at=AT, **told)


class TestDrawUp:
    def test_makes_one_of_a_form_that_was_sent_twice(self, member, head):
        key = uuid.uuid4()
        assert a_draft(member, head, key=key) == plans.draw_up(member, by=head, key=key, at=AT)

    def test_has_one_in_the_making_at_a_time(self, member, head):
        a_draft(member, head)
        with pytest.raises(Refusal, match="sedang disusun"):
            a_draft(member, head)

    def test_a_new_version_begins_with_the_agreed_lines_and_says_why(self, member, head, plan):
        with pytest.raises(Refusal, match="Alasan perubahan belum diisi"):
            plans.draw_up(member, by=head, key=uuid.uuid4(), at=AT)
        fresh = plans.draw_up(member, by=head, key=uuid.uuid4(), at=AT, words="Harga naik")
        assert [item.line for item in fresh.items.all()] == [item.line for item in plan.items.all()]

    def test_is_for_ones_own_body_alone(self, member, stranger):
        with pytest.raises(NotAllowed):
            a_draft(member, stranger)

    def test_is_over_when_the_programme_is(self, member, head):
        type(member.programme).objects.update(stage="closed")
        member.refresh_from_db()
        with pytest.raises(Refusal, match="sudah selesai"):
            a_draft(member, head)


class TestItems:
    def test_a_line_is_changed_while_the_plan_is_drawn_up(self, member, head):
        item = a_draft(member, head).items.get()
        changed = plans.change_item(
            item, by=head, at=later(), seen=item.at.isoformat(), told=an_item(budget=500_000)
        )
        assert changed.budget == 500_000

    def test_overwrites_nothing_that_somebody_else_changed(self, member, head):
        item = a_draft(member, head).items.get()
        seen = item.at.isoformat()
        plans.change_item(item, by=head, at=later(), seen=seen, told=an_item(budget=500_000))
        with pytest.raises(Refusal, match="sudah diubah orang lain"):
            plans.change_item(item, by=head, at=later(), seen=seen, told=an_item(budget=1))

    def test_a_form_sent_again_with_something_else_in_it_is_not_taken_for_saved(self, member, head):
        plan, key = a_draft(member, head), uuid.uuid4()
        plans.add_item(plan, by=head, key=key, at=AT, item=an_item())
        with pytest.raises(Refusal, match="dengan isian lain"):
            plans.add_item(plan, by=head, key=key, at=AT, item=an_item(budget=7))

    def test_a_line_is_taken_out_while_the_plan_is_drawn_up(self, member, head):
        plans.drop_item(a_draft(member, head).items.get(), by=head)
        assert not ActionItem.objects.exists()

    def test_nothing_of_an_agreed_plan_changes(self, head, plan):
        with pytest.raises(Refusal, match="Buat versi baru"):
            plans.change_item(plan.items.get(), by=head, at=AT, seen="", told=an_item())
        with pytest.raises(Refusal, match="Buat versi baru"):
            plans.drop_item(plan.items.get(), by=head)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"priority": 0}, "Prioritas"),
            ({"priority": 10}, "Prioritas"),
            ({"budget": 10**13}, "terlalu besar"),
            ({"words": " "}, "belum diisi"),
        ],
        ids=["first_of_all", "too_late", "too_dear", "nothing"],
    )
    def test_refuses_what_cannot_be(self, member, head, wrong, words):
        with pytest.raises(Refusal, match=words):
            a_draft(member, head, an_item(**wrong))


class TestAgree:
    def test_takes_the_place_of_the_version_before(self, member, head, officer, plan):
        newer = an_agreed_plan(member, head, officer, words="Harga naik")
        states = dict(ActionPlan.objects.values_list("pk", "state"))
        assert states == {plan.pk: "replaced", newer.pk: "agreed"}

    def test_is_not_for_somebody_of_the_body_itself(self, member, head, officer, body):
        plan = plans.send_in(a_draft(member, head), by=head)
        give(officer, "head_of_lks", organisation=body.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            plans.agree(plan, by=officer, version=plan.version, on=TODAY)

    def test_is_not_for_who_wrote_it_for_the_body(self, member, officer):
        plan = plans.draw_up_for_body(member, by=officer, key=uuid.uuid4(), at=AT)
        plans.add_item_for_body(plan, by=officer, key=uuid.uuid4(), at=AT, item=an_item())
        plan = plans.send_in_for_body(plan, by=officer)
        with pytest.raises(Refusal, match="Yang menyusun tidak menyepakati"):
            plans.agree(plan, by=officer, version=plan.version, on=TODAY)

    def test_waits_until_it_is_sent_in(self, member, head, officer):
        plan = a_draft(member, head)
        with pytest.raises(Refusal, match="tidak sedang menunggu"):
            plans.agree(plan, by=officer, version=plan.version, on=TODAY)

    def test_a_body_does_not_agree_with_itself(self, member, head):
        plan = plans.send_in(a_draft(member, head), by=head)
        with pytest.raises(NotAllowed):
            plans.agree(plan, by=head, version=plan.version, on=TODAY)

    def test_an_empty_plan_is_not_sent_in(self, member, head):
        plan = plans.draw_up(member, by=head, key=uuid.uuid4(), at=AT)
        with pytest.raises(Refusal, match="masih kosong"):
            plans.send_in(plan, by=head)


class TestSendBack:
    def test_opens_the_plan_to_the_body_again(self, member, head, officer):
        plan = plans.send_in(a_draft(member, head), by=head)
        plans.send_back(plan, by=officer, version=plan.version, words="Tambah batas waktu")
        plans.add_item(plan, by=head, key=uuid.uuid4(), at=AT, item=an_item(words="Rapat"))
        plan.refresh_from_db()
        assert (plan.state, plan.answer, plan.items.count()) == ("returned", "Tambah batas waktu", 2)


class TestRealise:
    def test_keeps_what_became_of_a_line_with_its_proof(self, member, head, plan):
        row = became(member, head, plan.items.get().line, file=("akta.jpg", jpeg()))
        assert Proof.objects.get().of == row.pk

    def test_makes_one_of_a_form_that_was_sent_twice(self, member, head, plan):
        key, line = uuid.uuid4(), plan.items.get().line
        assert became(member, head, line, key=key) == became(member, head, line, key=key)
        assert Realisation.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"realised": "not", "words": ""}, "Alasan belum diisi"),
            ({"realised": "partly"}, "Alasan belum diisi"),
            ({"words": ""}, "Apa yang dikerjakan belum diisi"),
            ({"realised": "perhaps"}, "Pilih apakah"),
            ({"happened_on": date(2026, 11, 23)}, "belum tiba"),
        ],
        ids=["not_why", "partly_why", "done_what", "unknown", "tomorrow"],
    )
    def test_refuses_half_an_account(self, member, head, plan, wrong, words):
        with pytest.raises(Refusal, match=words):
            became(member, head, plan.items.get().line, **wrong)

    def test_knows_only_lines_that_were_agreed(self, member, head):
        with pytest.raises(Refusal, match="tidak ada dalam rencana"):
            became(member, head, a_draft(member, head).items.get().line)

    def test_a_line_of_an_older_version_may_have_been_done_before_it_changed(
        self, member, head, officer, plan
    ):
        line = plan.items.get().line
        an_agreed_plan(member, head, officer, words="Harga naik")
        assert became(member, head, line).line == line
