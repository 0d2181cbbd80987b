"""The plenary votes and decides, and nobody does who had a hand in it."""

import uuid
from datetime import date

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.accreditation.actions.plenary import (
    NotDecidable,
    NotIndependent,
    decide,
    return_to_validation,
    vote,
)
from simpul.accreditation.models import Decision, Recommendation, Score, Vote
from simpul.accreditation.queries.afterwards import renewals
from simpul.accreditation.queries.plenary import Decided, barred, unbarred, voting_of
from simpul.accreditation.stages import Part, Round, Stage
from simpul.organisations.models import Certificate, Staff
from simpul.organisations.queries.certificates import standing_of
from simpul.organisations.stages import CertificateKind, CertificateState
from tests.access.factories import give, user_with
from tests.accreditation.second import (
    DECIDED_ON,
    a_run,
    a_validator,
    an_assessor,
    at_the_plenary,
    decided_run,
    decision,
    head_of,
    items,
    members,
    moment,
    named,
    scored_run,
    step,
    voted,
    when,
)

pytestmark = pytest.mark.django_db


class TestVote:
    def test_counts_once_however_often_it_is_pressed(self):
        run, (member, *_rest), key = at_the_plenary(), members(), uuid.uuid4()
        for _press in range(2):
            vote(run, by=member, key=key, agrees=True, at=moment(40))
        with pytest.raises(Refusal, match="sudah dicatat"):
            vote(run, by=member, key=uuid.uuid4(), agrees=False, words="Lain.", at=moment(41))

        assert Vote.objects.count() == 1

    def test_says_why_it_does_not_agree(self):
        run, (member, *_rest) = at_the_plenary(), members()

        with pytest.raises(Refusal, match="Alasan"):
            vote(run, by=member, key=uuid.uuid4(), agrees=False, at=moment(40))

    @pytest.mark.parametrize("part", list(Part), ids=str)
    def test_is_not_for_who_was_ever_named(self, part):
        run = at_the_plenary()
        (member, *_rest) = members()
        own = named(run, member, part)
        own.withdrawn_on = DECIDED_ON
        own.save()

        with pytest.raises(NotIndependent, match="ditugaskan"):
            vote(run, by=member, key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_is_not_for_who_works_at_the_body(self):
        run, (member, *_rest) = at_the_plenary(), members()
        give(member, "head_of_lks", organisation=run.organisation_id)

        with pytest.raises(NotIndependent, match="bekerja"):
            vote(run, by=member, key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_is_not_for_whose_name_stands_among_its_staff(self):
        run = at_the_plenary()
        member = user_with("plenary_member", region="21", name="Tatang Sunarya")
        Staff.objects.create(organisation=run.organisation, name="tatang sunarya", profession="expert")

        with pytest.raises(NotIndependent, match="bekerja"):
            vote(run, by=member, key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_does_not_exist_for_members_of_another_area(self):
        run, elsewhere = at_the_plenary(), user_with("plenary_member", region="33")

        with pytest.raises(NotAllowed):
            vote(run, by=elsewhere, key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_is_refused_before_it_came_to_the_plenary(self):
        with pytest.raises(NotDecidable):
            vote(scored_run(), by=members(1)[0], key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_is_not_for_who_recommended_accepted_or_handed_it_over(self):
        run, voters = at_the_plenary(), members(3)
        step(run, Stage.RECOMMENDATION, Stage.APPLICATION, days=1, by=voters[0].pk)
        step(run, Stage.DESK_CHECK, Stage.ASSIGNMENT, days=2, by=voters[1].pk)
        step(run, Stage.ASSIGNMENT, Stage.VISIT, days=3, by=voters[2].pk)

        for member in voters:
            with pytest.raises(NotIndependent, match="rekomendasi"):
                vote(run, by=member, key=uuid.uuid4(), agrees=True, at=moment(40))

    def test_refuses_the_key_of_another_run(self):
        run, other, (member, *_rest), key = at_the_plenary(), at_the_plenary(), members(), uuid.uuid4()
        vote(run, by=member, key=key, agrees=True, at=moment(40))

        with pytest.raises(Refusal, match="dengan isian lain"):
            vote(other, by=member, key=key, agrees=True, at=moment(41))


class TestReturnToValidation:
    def test_keeps_the_votes_with_their_sitting_and_asks_anew(self):
        run, voters = at_the_plenary(), members()
        voted(run, voters[:1], agrees=False)
        back = return_to_validation(
            run, by=voters[1], version=run.version, words="Periksa lagi butir SDM.", **when(41)
        )
        again = at_the_plenary(run=back)
        voted(again, voters[:1])

        assert [row.sitting for row in Vote.objects.order_by("sitting")] == [1, 2]
        assert len(voting_of(again).votes) == 1

    def test_needs_words(self):
        run = at_the_plenary()

        with pytest.raises(Refusal, match="Alasan"):
            return_to_validation(run, by=members(1)[0], version=run.version, words="", **when(41))


class TestDecide:
    def test_keeps_the_finding_the_scores_and_the_members(self):
        run = decided_run(because="Sesuai nilai.")
        made = Decision.objects.get()

        assert (run.stage, run.grade, made.grade, made.suggested) == ("accredited", "A", "A", "A")
        assert made.scores["validated"] == {item.code: item.most for item in items()}
        assert [one["agrees"] for one in made.members] == [True] * 3
        assert len(made.finding["parts"]) == 6 + 3

    def test_gives_a_certificate_for_as_long_as_the_grade_holds(self):
        run = decided_run()
        certificate = standing_of(run.organisation, DECIDED_ON, CertificateKind.ACCREDITATION)

        assert run.certificate == certificate
        assert (certificate.grade, certificate.valid_to) == ("A", date(2031, 5, 3))
        assert {"label": "Peringkat", "text": "A"} in certificate.words

    def test_replaces_the_certificate_that_stood(self):
        first = decided_run()
        second = decided_run(run=_again(first))
        first.certificate.refresh_from_db()

        assert first.certificate.state == CertificateState.REPLACED
        assert second.certificate.state == CertificateState.STANDING

    def test_replaces_one_that_ran_out_before(self):
        first = decided_run()
        late = date(2031, 6, 2)
        run = at_the_plenary(run=_again(first))
        voters = members()
        voted(run, voters)
        decision(run, voters[0], Decided("A"), on=late)
        first.certificate.refresh_from_db()

        assert first.certificate.state == CertificateState.REPLACED
        assert renewals(head_of(run), late) == []

    def test_refuses_the_key_of_another_run(self):
        run, other, voters, key = at_the_plenary(), at_the_plenary(), members(), uuid.uuid4()
        voted(run, voters)
        voted(other, voters)
        decide(run, by=voters[0], key=key, decided=Decided("A"), **when(50))

        with pytest.raises(Refusal, match="dengan isian lain"):
            decide(other, by=voters[0], key=key, decided=Decided("A"), **when(50))

    def test_says_from_when_a_body_without_a_grade_may_try_again(self):
        run = decided_run(share=0)

        assert (run.stage, run.certificate) == (Stage.NOT_ACCREDITED, None)
        assert Decision.objects.get().again_from == date(2026, 11, 4)

    def test_keeps_recommendations_in_their_order(self):
        first = items()[0].code
        decided_run(recommendations=((first, "Susun rencana kerja."), ("", "Latih pendamping.")))

        told = Recommendation.objects.order_by("at").values_list("item", "words")
        assert list(told) == [(first, "Susun rencana kerja."), ("", "Latih pendamping.")]

    def test_waits_for_the_quorum(self):
        run, voters = at_the_plenary(), members(2)
        voted(run, voters)

        with pytest.raises(NotDecidable, match="1 suara"):
            decision(run, voters[0], Decided("A"))

    def test_waits_while_votes_are_even(self):
        run, voters = at_the_plenary(), members(4)
        voted(run, voters[:2])
        voted(run, voters[2:], agrees=False)

        with pytest.raises(NotDecidable, match="seimbang"):
            decision(run, voters[0], Decided("A"))

    @pytest.mark.parametrize(
        ("agrees", "grade"), [(True, "B"), (True, ""), (False, "A")], ids=["lower", "none", "as-scored"]
    )
    def test_follows_the_votes(self, agrees, grade):
        run, voters = at_the_plenary(), members()
        voted(run, voters, agrees=agrees)

        with pytest.raises(Refusal, match="Sebagian besar"):
            decision(run, voters[0], Decided(grade, "Karena begitu."))
        assert not Decision.objects.exists()

    def test_differs_from_the_scores_only_with_a_reason(self):
        run, voters = at_the_plenary(), members()
        voted(run, voters, agrees=False)

        with pytest.raises(Refusal, match="Alasan keputusan"):
            decision(run, voters[0], Decided("B"))
        made = decision(run, voters[0], Decided("B", "Buktinya tidak cocok dengan kunjungan."))

        assert (made.suggested, made.grade) == ("A", "B")

    def test_does_not_count_who_joined_the_body_or_was_named_since(self):
        run, voters = at_the_plenary(), members(5)
        voted(run, voters[:3], agrees=False)
        voted(run, voters[3:])
        give(voters[0], "head_of_lks", organisation=run.organisation_id)
        named(run, voters[1], Part.VALIDATOR)

        assert [vote.user for vote in voting_of(run).struck] == [voters[0].pk, voters[1].pk]
        decision(run, voters[3], Decided("A"))
        assert {one["user"] for one in Decision.objects.get().members} == {str(one.pk) for one in voters[2:]}

    def test_waits_again_when_a_vote_counts_no_more(self):
        run, voters = at_the_plenary(), members()
        voted(run, voters)
        step(run, Stage.DESK_CHECK, Stage.RETURNED, days=2, by=voters[0].pk)

        with pytest.raises(NotDecidable, match="1 suara"):
            decision(run, voters[1], Decided("A"))

    def test_is_written_by_somebody_who_voted(self):
        run, voters = at_the_plenary(), members(4)
        voted(run, voters[:3])

        with pytest.raises(NotDecidable, match="suara Anda"):
            decision(run, voters[3], Decided("A"))

    def test_is_made_once(self):
        run, voters, key = at_the_plenary(), members(), uuid.uuid4()
        voted(run, voters)
        made = [decide(run, by=voters[0], key=key, decided=Decided("A"), **when(50)) for _press in range(2)]

        assert made[0] == made[1]
        assert Certificate.objects.count() == 1
        with pytest.raises(NotDecidable):
            decide(run, by=voters[1], key=uuid.uuid4(), decided=Decided("A"), **when(50))

    def test_leaves_the_locked_scores_as_they_were(self):
        run = scored_run()
        before = list(Score.objects.order_by("pk").values_list("pk", "value", "at"))
        decided_run(run=run)

        assert list(Score.objects.order_by("pk").values_list("pk", "value", "at")) == before

    def test_tells_the_record_no_names(self):
        decided_run(because="Menurut Bu Ani.")

        assert not any("Ani" in str(event.details) for event in Event.objects.all())


def _again(first):
    """Another run of the same body."""
    run = a_run(body=first.organisation)
    an_assessor(run)
    an_assessor(run)
    return run


class TestBarred:
    def test_the_list_and_the_single_row_agree(self):
        runs, (member, *_rest) = [at_the_plenary() for _run in range(4)], members()
        named(runs[0], member, Part.ASSESSOR)
        give(member, "head_of_lks", organisation=runs[1].organisation_id)
        vote(runs[2], by=member, key=uuid.uuid4(), agrees=True, at=moment(40))

        rows = type(runs[0]).objects.order_by("at", "pk")
        for round_ in Round:
            free = {run.pk for run in runs if not barred(run, member, round_)}
            assert {run.pk for run in unbarred(rows, member, round_)} == free

    def test_a_vote_bars_from_the_appeal_only(self):
        run, (member, *_rest) = at_the_plenary(), members()
        voted(run, [member])

        assert not barred(run, member, Round.PLENARY)
        assert barred(run, member, Round.APPEAL)

    def test_a_validator_never_votes(self):
        run = at_the_plenary()
        validator = a_validator(run)
        give(validator, "plenary_member", region="21")

        assert barred(run, validator, Round.PLENARY)
