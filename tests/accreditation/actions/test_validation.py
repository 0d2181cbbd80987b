"""The second person's look."""

import pytest

from simpul.access.models import User
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions.validation import (
    ItemNotSettled,
    NotIndependent,
    confirm_agreed,
    send_back_to_visit,
    send_to_plenary,
    validate,
)
from simpul.accreditation.models import Validated
from simpul.accreditation.queries.validation import Held, assessors_of, validated_of
from simpul.accreditation.stages import Part, Stage
from tests.access.factories import give, user_with
from tests.accreditation.second import (
    a_run,
    a_validator,
    an_assessor,
    at_the_plenary,
    items,
    moment,
    named,
    scored_run,
    step,
    when,
)

pytestmark = pytest.mark.django_db


def said(run, by, held, *, seen=0, days=20):
    return validate(run, by=by, seen=seen, held=held, at=moment(days))


class TestValidate:
    def test_keeps_the_value_that_holds_with_its_reason(self):
        run = scored_run()
        validator = a_validator(run)
        first = items()[0].code

        said(run, validator, {first: Held(1, "Rencana kerjanya dari tahun lalu.")})

        kept = validated_of(run)[first]
        assert (kept.value, kept.because, kept.by) == (1, "Rencana kerjanya dari tahun lalu.", validator.pk)

    def test_asks_why_where_it_differs_from_what_assessors_gave(self):
        run = scored_run()
        validator = a_validator(run)

        with pytest.raises(Refusal, match="alasan"):
            said(run, validator, {items()[0].code: Held(1)})

        assert not Validated.objects.exists()

    def test_adds_a_row_for_another_word_and_none_for_the_same(self):
        run = scored_run()
        validator, first = a_validator(run), items()[0].code
        said(run, validator, {first: Held(4)})
        said(run, validator, {first: Held(4)}, seen=1, days=21)
        said(run, validator, {first: Held(2, "Tidak ada buktinya.")}, seen=1, days=22)

        assert [row.value for row in Validated.objects.order_by("at")] == [4, 2]

    def test_shows_both_values_when_another_validator_was_faster(self):
        run = scored_run()
        one, other, first = a_validator(run), a_validator(run), items()[0].code
        said(run, one, {first: Held(2, "Kurang.")})

        with pytest.raises(Clash) as clash:
            said(run, other, {first: Held(3, "Cukup.")}, seen=0, days=21)

        assert (clash.value.theirs, clash.value.mine) == ("2", "3")

    def test_lets_two_validators_say_different_items(self):
        run = scored_run()
        one, other = a_validator(run), a_validator(run)
        said(run, one, {items()[0].code: Held(4)})
        said(run, other, {items()[1].code: Held(4)}, seen=0, days=21)

        assert len(validated_of(run)) == 2

    @pytest.mark.parametrize("value", [-1, 5], ids=["below", "above"])
    def test_refuses_a_value_beyond_the_scale(self, value):
        run = scored_run()

        with pytest.raises(Refusal, match="0 sampai 4"):
            said(run, a_validator(run), {items()[0].code: Held(value, "Coba.")})

    def test_refuses_an_assessor_who_is_named_as_validator_too(self):
        run = a_run()
        assessor = an_assessor(run)
        run_assignments = assessor.pk
        from_elsewhere = user_with("accreditation_validator", region="21.02")
        named(run, from_elsewhere, Part.VALIDATOR, has_conflict=None)

        with pytest.raises(NotAllowed):
            said(run, assessor, {items()[0].code: Held(4)})
        with pytest.raises(NotIndependent, match="benturan"):
            said(run, from_elsewhere, {items()[0].code: Held(4)})
        assert not Validated.objects.filter(by=run_assignments).exists()

    def test_refuses_who_checked_or_accepted_the_file(self):
        run = scored_run()
        validator = a_validator(run)
        step(run, Stage.DESK_CHECK, Stage.ASSIGNMENT, days=2, by=validator.pk)

        with pytest.raises(NotIndependent, match="menerima"):
            said(run, validator, {items()[0].code: Held(4)})

    def test_is_not_there_for_a_validator_of_another_body(self):
        run, other = scored_run(), scored_run()

        with pytest.raises(NotAllowed):
            said(run, a_validator(other), {items()[0].code: Held(4)})


class TestConfirmAgreed:
    def test_confirms_only_where_all_agree_and_nothing_was_said(self):
        run, (first, second, third, *_rest) = a_run(), items()
        an_assessor(run, {first.code: 2, second.code: None})
        an_assessor(run, {second.code: None})
        validator = a_validator(run)
        said(run, validator, {third.code: Held(1, "Tidak ada.")})

        confirm_agreed(run, by=validator, at=moment(21))

        held = validated_of(run)
        assert first.code not in held
        assert second.code not in held
        assert held[third.code].value == 1
        assert len(held) == len(items()) - 2

    def test_pressed_twice_adds_nothing(self):
        run = scored_run()
        validator = a_validator(run)
        confirm_agreed(run, by=validator, at=moment(20))

        assert confirm_agreed(run, by=validator, at=moment(21)) == 0


class TestSendToPlenary:
    def test_moves_it_on_once(self):
        run = scored_run()
        validator = a_validator(run)
        confirm_agreed(run, by=validator, at=moment(20))

        sent = send_to_plenary(run, by=validator, version=1, **when(21))
        again = send_to_plenary(run, by=validator, version=1, **when(21, 1))

        assert sent.stage == again.stage == Stage.PLENARY
        assert again.version == 2

    def test_refuses_while_an_item_was_not_looked_at(self):
        run = scored_run()

        with pytest.raises(ItemNotSettled, match="belum divalidasi"):
            send_to_plenary(run, by=a_validator(run), version=1, **when(21))

    def test_refuses_while_what_is_not_known_decides(self):
        run = scored_run()
        validator = a_validator(run)
        unseen = {item.code: Held(None, "Rumahnya sedang diperbaiki.") for item in items()}
        said(run, validator, unseen)

        with pytest.raises(ItemNotSettled, match="belum dapat ditentukan"):
            send_to_plenary(run, by=validator, version=1, **when(21))

    def test_lets_an_unseen_item_pass_that_does_not_decide(self):
        run = scored_run(share=0)
        validator = a_validator(run)
        confirm_agreed(run, by=validator, at=moment(20))
        said(run, validator, {items()[0].code: Held(None, "Terkunci.")}, seen=len(items()))

        assert send_to_plenary(run, by=validator, version=1, **when(21)).stage == Stage.PLENARY

    def test_refuses_while_an_assessor_belongs_to_the_body(self):
        run = scored_run()
        validator = a_validator(run)
        confirm_agreed(run, by=validator, at=moment(20))
        row = assessors_of(run)[0]
        give(User.objects.get(pk=row.user), "caseworker", organisation=run.organisation_id)

        with pytest.raises(ItemNotSettled, match=f"{row.user_name} kini bagian"):
            send_to_plenary(run, by=validator, version=run.version, **when(21))


class TestSendBackToVisit:
    def test_asks_for_words_and_goes_back(self):
        run = scored_run()
        validator = a_validator(run)

        with pytest.raises(Refusal, match="Alasan"):
            send_back_to_visit(run, by=validator, version=1, words=" ", **when(21))
        back = send_back_to_visit(run, by=validator, version=1, words="Dapur belum dilihat.", **when(21))

        assert back.stage == Stage.VISIT

    def test_everything_is_looked_at_anew_after_another_visit(self):
        run = scored_run()
        validator = a_validator(run)
        confirm_agreed(run, by=validator, at=moment(20))
        send_back_to_visit(run, by=validator, version=1, words="Dapur belum dilihat.", **when(21))

        step(run, Stage.VISIT, Stage.VALIDATION, days=25)

        assert validated_of(run) == {}
        assert Validated.objects.filter(accreditation=run).count() == len(items())

    def test_is_too_late_at_the_plenary(self):
        run = at_the_plenary()
        validator = a_validator(run)

        with pytest.raises(NotIndependent, match="tidak sedang divalidasi"):
            send_back_to_visit(run, by=validator, version=run.version, words="Lagi.", **when(30))
