import itertools
import uuid

import pytest

from simpul.access.refusal import Refusal
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

    def test_knows_the_mediator_of_the_register(self, body, other, head):
        assert a_mediation(body, head, mediator=other.name).mediator == other

    @pytest.mark.parametrize("kind", ["workers", "martians"])
    def test_is_with_somebody_else_than_workers(self, body, head, kind):
        with pytest.raises(Refusal, match="Pilih siapa pihak"):
            a_mediation(body, head, counterpart_kind=kind)

    def test_nobody_mediates_in_their_own_matter(self, body, head):
        with pytest.raises(Refusal, match="tidak boleh lembaga pekerja itu"):
            a_mediation(body, head, mediator=body.name)


class TestGoOn:
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
