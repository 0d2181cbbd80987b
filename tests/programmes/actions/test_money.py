import itertools
import uuid
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.access.refusal import NotAllowed, Refusal
from simpul.programmes.actions import money
from simpul.programmes.models import MoneyEntry, Proof, Stimulus
from simpul.programmes.queries.money import Totals, totals
from simpul.programmes.queries.told import Agreed
from simpul.programmes.stages import MONEY_MAY_FOLLOW, MoneyState
from tests.access.factories import give, user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY, a_member, an_agreed_plan, asked, handed, signed, spent


def reverse(entry, by, act=money.reverse_entry):
    return act(entry, by=by, key=uuid.uuid4(), on=TODAY, at=AT, words="Salah ketik")


class TestAsk:
    def test_waits_for_an_agreed_plan(self, member, head):
        with pytest.raises(Refusal, match="setelah rencana aksi disepakati"):
            asked(member, head)

    def test_makes_one_of_a_form_that_was_sent_twice(self, member, head, plan):
        key = uuid.uuid4()
        assert asked(member, head, key=key) == asked(member, head, key=key)

    def test_is_not_for_a_body_of_the_comparison(self, member, head, plan):
        type(member).objects.filter(pk=member.pk).update(arm="comparison")
        member.refresh_from_db()
        with pytest.raises(Refusal, match="Lembaga pembanding hanya diukur"):
            asked(member, head)

    def test_is_one_at_a_time(self, member, head, plan):
        asked(member, head)
        with pytest.raises(Refusal, match="masih punya bantuan"):
            asked(member, head)

    @pytest.mark.parametrize("amount", [0, -1, 10**12 + 1])
    def test_refuses_an_amount_that_cannot_be(self, member, head, plan, amount):
        with pytest.raises(Refusal, match="lebih dari nol"):
            asked(member, head, amount)


class TestApprove:
    def test_grants_not_more_than_was_asked_for(self, member, head, decider, plan):
        row = asked(member, head, 5_000_000)
        with pytest.raises(Refusal, match=r"paling banyak yang diajukan: Rp5\.000\.000"):
            money.approve(row, by=decider, version=1, on=TODAY, granted=5_000_001, words="")

    def test_grants_not_more_than_the_programme_has_left(
        self, programme, member, head, officer, decider, plan
    ):
        type(programme).objects.filter(pk=programme.pk).update(budget=6_000_000)
        other = a_member(programme, organisation(name="LKS Kedua"))
        an_agreed_plan(other, leader := user_with("head_of_lks", organisation=other.organisation_id), officer)
        first, second = asked(member, head, 5_000_000), asked(other, leader, 5_000_000)
        money.approve(first, by=decider, version=1, on=TODAY, granted=5_000_000, words="")
        with pytest.raises(Refusal, match=r"tinggal Rp1\.000\.000"):
            money.approve(second, by=decider, version=1, on=TODAY, granted=1_000_001, words="")

    def test_is_not_for_who_runs_the_programme(self, member, head, officer, plan):
        with pytest.raises(NotAllowed):
            money.approve(asked(member, head), by=officer, version=1, on=TODAY, granted=1, words="")

    def test_is_not_for_who_asked(self, member, officer, plan):
        give(officer, "registrar", region="21.02")
        row = money.ask_for_body(member, by=officer, key=uuid.uuid4(), on=TODAY, at=AT, amount=5, words="")
        with pytest.raises(Refusal, match="Yang mengajukan tidak memutuskan"):
            money.approve(row, by=officer, version=1, on=TODAY, granted=5, words="")

    def test_is_not_for_somebody_of_the_body(self, member, head, decider, plan, body):
        row = asked(member, head)
        give(decider, "head_of_lks", organisation=body.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            money.approve(row, by=decider, version=1, on=TODAY, granted=1, words="")


class TestRefuse:
    def test_says_why(self, member, head, decider, plan):
        row = asked(member, head)
        with pytest.raises(Refusal, match="Tulis alasan"):
            money.refuse(row, by=decider, version=1, on=TODAY, words=" ")
        assert money.refuse(row, by=decider, version=1, on=TODAY, words="Dana habis").state == "refused"

    def test_leaves_the_body_free_to_ask_again(self, member, head, decider, plan):
        money.refuse(asked(member, head), by=decider, version=1, on=TODAY, words="Dana habis")
        assert asked(member, head).state == "requested"


class TestSign:
    def test_accounts_after_the_agreement(self, member, head, officer, decider, plan):
        row = asked(member, head)
        row = money.approve(row, by=decider, version=1, on=TODAY, granted=5, words="")
        with pytest.raises(Refusal, match="harus sesudah perjanjian"):
            money.sign(row, by=officer, version=2, on=TODAY, agreed=Agreed("7", TODAY, "Bu Salmah", TODAY))


class TestHandOver:
    def test_goes_up_to_what_was_granted(self, stimulus, officer):
        handed(stimulus, officer, 3_000_000)
        with pytest.raises(Refusal, match=r"masih dapat diserahkan Rp2\.000\.000"):
            handed(stimulus, officer, 2_000_001)

    def test_has_a_witness_beside_the_receiver(self, stimulus, officer):
        with pytest.raises(Refusal, match="Saksi harus orang lain"):
            handed(stimulus, officer, 1, witness="bu salmah")

    def test_is_not_by_who_granted_it(self, stimulus, decider):
        give(decider, "programme_officer", region="21.02")
        with pytest.raises(Refusal, match="Yang menyetujui tidak menyerahkan"):
            handed(stimulus, decider, 1)

    def test_is_not_before_the_agreement(self, stimulus, officer):
        with pytest.raises(Refusal, match="tidak bisa sebelum perjanjian"):
            handed(stimulus, officer, 1, on=date(2026, 1, 1))

    def test_pressed_twice_hands_over_once(self, stimulus, officer):
        key = uuid.uuid4()
        assert handed(stimulus, officer, 100, key=key) == handed(stimulus, officer, 100, key=key)
        assert totals(stimulus).received == 100


class TestSpend:
    def test_is_not_before_the_money_was_there(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000)
        with pytest.raises(Refusal, match="baru diserahkan sesudahnya"):
            spent(stimulus, head, 5, on=date(2026, 11, 21))

    def test_is_never_more_than_is_there(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        with pytest.raises(Refusal, match=r"Sisa uang stimulan Rp1\.000\.000"):
            spent(stimulus, head, 1_000_001)

    def test_keeps_the_receipt(self, stimulus, head, officer, plan):
        handed(stimulus, officer, 1_000_000)
        entry = spent(stimulus, head, 5, line=plan.items.get().line, file=("kuitansi.jpg", jpeg()))
        assert Proof.objects.get().of == entry.pk

    def test_knows_the_lines_of_the_plan(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        with pytest.raises(Refusal, match="tidak ada dalam rencana"):
            spent(stimulus, head, 5, line=uuid.uuid4())

    def test_waits_for_the_money(self, stimulus, head):
        with pytest.raises(Refusal, match="Uang belum diserahkan"):
            spent(stimulus, head, 5)

    def test_is_for_ones_own_body_alone(self, stimulus, stranger, officer):
        handed(stimulus, officer, 1_000_000)
        with pytest.raises(NotAllowed):
            spent(stimulus, stranger, 5)


class TestReverse:
    def test_takes_back_and_keeps_both(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        reverse(spent(stimulus, head, 400_000), head, money.reverse_spending)
        assert totals(stimulus) == Totals(received=1_000_000, spent=0, returned=0)
        assert MoneyEntry.objects.count() == 3

    def test_is_once(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        entry = spent(stimulus, head, 400_000)
        again = reverse(entry, officer)
        for undone in (entry, again):
            with pytest.raises(Refusal, match="sudah dibatalkan"):
                reverse(undone, officer)

    def test_does_not_take_away_money_that_is_spent(self, stimulus, head, officer):
        entry = handed(stimulus, officer, 1_000_000)
        spent(stimulus, head, 1)
        with pytest.raises(Refusal, match="sudah dibelanjakan"):
            reverse(entry, officer)

    def test_a_body_takes_back_only_what_it_noted(self, stimulus, head, officer):
        entry = handed(stimulus, officer, 1_000_000)
        with pytest.raises(Refusal, match="oleh pengelola program"):
            reverse(entry, head, money.reverse_spending)


class TestAccept:
    def account(self, row, head):
        version = Stimulus.objects.get(pk=row.pk).version
        return money.account(row, by=head, version=version, on=TODAY, words="Akta sudah terbit")

    def test_waits_until_all_is_spent_or_given_back(self, stimulus, head, officer, decider):
        handed(stimulus, officer, 1_000_000)
        spent(stimulus, head, 900_000)
        row = self.account(stimulus, head)
        with pytest.raises(Refusal, match=r"Masih ada Rp100\.000"):
            money.accept(row, by=decider, version=row.version, on=TODAY)

    def test_closes_what_is_accounted_for(self, stimulus, head, officer, decider):
        handed(stimulus, officer, 1_000_000)
        spent(stimulus, head, 900_000)
        details = {"key": uuid.uuid4(), "on": TODAY, "at": AT, "given_on": TODAY, "words": ""}
        money.take_back(stimulus, by=officer, amount=100_000, **details)
        row = self.account(stimulus, head)
        assert money.accept(row, by=decider, version=row.version, on=TODAY).state == "closed"

    def test_is_not_for_who_noted_the_money(self, stimulus, head, officer, decider):
        give(officer, "registrar", region="21.02")
        handed(stimulus, officer, 1_000_000)
        spent(stimulus, head, 1_000_000)
        row = self.account(stimulus, head)
        with pytest.raises(Refusal, match="Yang mencatat uang tidak menerima"):
            money.accept(row, by=officer, version=row.version, on=TODAY)

    def test_a_body_that_left_still_accounts_for_what_it_got(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        type(stimulus.member).objects.update(state="left")
        spent(stimulus, officer, 1_000_000, act=money.spend_for_body)
        details = {"by": officer, "version": Stimulus.objects.get().version, "on": TODAY}
        assert money.account_for_body(stimulus, words="Akta terbit", **details).state == "reported"

    def test_what_is_missing_goes_back_to_the_body(self, stimulus, head, officer, decider):
        handed(stimulus, officer, 1_000_000)
        row = self.account(stimulus, head)
        row = money.ask_again(row, by=decider, version=row.version, on=TODAY, words="Kuitansi kurang")
        assert spent(row, head, 1_000_000).amount == 1_000_000


class TestWithdraw:
    def test_leaves_the_body_free_to_ask_again(self, stimulus, member, head, decider):
        with pytest.raises(Refusal, match="Tulis alasan penarikan"):
            money.withdraw(stimulus, by=decider, version=stimulus.version, on=TODAY, words=" ")
        money.withdraw(stimulus, by=decider, version=stimulus.version, on=TODAY, words="Lembaga batal")
        assert asked(member, head).state == "requested"

    def test_is_not_possible_once_money_was_handed_over(self, stimulus, officer, decider):
        handed(stimulus, officer, 1)
        row = Stimulus.objects.get()
        with pytest.raises(Refusal, match="tidak mengikuti"):
            money.withdraw(row, by=decider, version=row.version, on=TODAY, words="Batal")


class TestSentTwice:
    def test_another_amount_under_the_same_key_is_not_taken_for_saved(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        key = uuid.uuid4()
        spent(stimulus, head, 5, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            spent(stimulus, head, 6, key=key)


class TestStates:
    def test_go_only_where_the_table_leads(self, member):
        row = Stimulus.objects.create(
            programme=member.programme, member=member, state_since=TODAY, asked=5, at=AT
        )
        for state, to in itertools.product(MoneyState, MoneyState):
            row.state = state
            if to in MONEY_MAY_FOLLOW[state]:
                assert money._move(row, to, TODAY).state == to
            else:
                with pytest.raises(Refusal, match="tidak mengikuti"):
                    money._move(row, to, TODAY)


@pytest.mark.slow
class TestBalance:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["hand", "spend", "undo"]), st.integers(1, 900)), max_size=12))
    def test_is_what_a_plain_till_would_hold(self, steps):
        with transaction.atomic():
            body = organisation()
            member, till = a_member(body=body), 0
            head = user_with("head_of_lks", organisation=body.pk)
            officer = user_with("programme_officer", region="21.02")
            an_agreed_plan(member, head, officer)
            row = signed(member, head, officer, user_with("registrar", region="21.02"), 3_000)
            for kind, amount in steps:
                try:
                    if kind == "hand":
                        handed(row, officer, amount)
                        till += amount
                    elif kind == "spend":
                        spent(row, head, amount)
                        till -= amount
                    elif last := MoneyEntry.objects.filter(kind="spending", reversals=None).last():
                        reverse(last, officer)
                        till += last.amount
                except Refusal:
                    continue
            assert totals(row).balance == till >= 0
            transaction.set_rollback(True)
