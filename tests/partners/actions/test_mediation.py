import itertools
import uuid

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.rows import KeyTaken
from simpul.partners.actions import mediation
from simpul.partners.models import Mediation
from simpul.partners.stages import MEDIATION_MAY_FOLLOW, MediationStage
from tests.partners.making import AT, TODAY, a_mediation


def go_on(row, by, to, **details):
    told = {"words": "", "agreed": "Dibayar tiap Jumat", **details}
    return mediation.go_on(row, by=by, version=row.version, to=to, on=TODAY, at=AT, **told)


class TestAsk:
    def test_makes_one_of_a_form_that_was_sent_twice(self, body, head):
        key = uuid.uuid4()
        assert a_mediation(body, head, key=key) == a_mediation(body, head, key=key)

    def test_takes_no_other_words_of_the_same_form_for_saved(self, body, head):
        key = uuid.uuid4()
        a_mediation(body, head, key=key)
        with pytest.raises(KeyTaken):
            a_mediation(body, head, key=key, counterpart="PT Lain")

    def test_knows_the_mediator_of_the_register(self, body, other, head):
        assert a_mediation(body, head, mediator=other.name).mediator == other

    @pytest.mark.parametrize("kind", ["workers", "martians"])
    def test_is_with_somebody_else_than_workers(self, body, head, kind):
        with pytest.raises(Refusal, match="Pilih siapa pihak"):
            a_mediation(body, head, counterpart_kind=kind)

    def test_nobody_mediates_in_their_own_matter(self, body, head):
        with pytest.raises(Refusal, match="tidak boleh lembaga pekerja itu"):
            a_mediation(body, head, mediator=body.name)


class TestAskMediator:
    def asked(self, row, by, mediator, **details):
        told = {"version": row.version, "on": TODAY, "at": AT, **details}
        return mediation.ask_mediator(row, by=by, mediator=mediator, **told)

    def test_names_who_was_not_known_before(self, body, other, head, head_of_other):
        row = self.asked(a_mediation(body, head, mediator=""), head, other.name)
        assert (row.mediator, row.version) == (other, 2)
        assert "Diminta kepada Panti Harapan Pesisir" in {step.words for step in row.steps.all()}
        assert go_on(row, head_of_other, "accepted").stage == "accepted"

    def test_pressed_twice_is_asked_once(self, body, head):
        row = a_mediation(body, head, mediator="")
        assert self.asked(row, head, "PTSP").version == self.asked(row, head, "PTSP").version == 2

    def test_changes_nobody_who_said_yes(self, body, head):
        row = go_on(a_mediation(body, head), head, "accepted")
        with pytest.raises(Refusal, match="sudah menyanggupi"):
            self.asked(row, head, "PTSP")

    def test_is_not_for_who_was_only_asked(self, body, other, head, head_of_other):
        row = a_mediation(body, head, mediator=other.name)
        with pytest.raises(NotAllowed):
            self.asked(row, head_of_other, "PTSP")

    def test_overwrites_nothing_that_somebody_else_changed(self, body, head):
        row = self.asked(a_mediation(body, head), head, "PTSP")
        with pytest.raises(Refusal, match="sudah diubah orang lain"):
            self.asked(row, head, "Serikat", version=1)


class TestGoOn:
    def test_nobody_says_yes_who_was_not_asked(self, body, head):
        with pytest.raises(Refusal, match="siapa mediatornya"):
            go_on(a_mediation(body, head, mediator=""), head, "accepted")

    def test_goes_only_where_the_table_leads(self, body, head):
        row = a_mediation(body, head)
        for stage, to in itertools.product(MediationStage, MediationStage):
            Mediation.objects.filter(pk=row.pk).update(stage=stage, version=1)
            if to in MEDIATION_MAY_FOLLOW[stage]:
                assert go_on(row, head, to).stage == to
            else:
                with pytest.raises(Refusal, match="tidak mengikuti"):
                    go_on(row, head, to)

    def test_a_mediator_of_the_register_says_yes_by_itself(self, body, other, head, head_of_other):
        row = a_mediation(body, head, mediator=other.name)
        with pytest.raises(Refusal, match="dicatat oleh mediator"):
            go_on(row, head, "accepted")
        assert go_on(row, head_of_other, "accepted").stage == "accepted"

    def test_an_agreement_is_written_down(self, body, head):
        row = a_mediation(body, head)
        for to in ("accepted", "talking"):
            row = go_on(row, head, to)
        with pytest.raises(Refusal, match="Isi kesepakatan belum diisi"):
            go_on(row, head, "agreed", agreed=" ")

    def test_keeps_every_step(self, body, head):
        row = go_on(a_mediation(body, head), head, "accepted", words="Disanggupi Dinas")
        assert [step.stage for step in row.steps.order_by("at", "stage")] == ["accepted", "asked"]
