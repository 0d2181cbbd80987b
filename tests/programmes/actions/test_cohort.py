import uuid
from datetime import date

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.programmes.actions import cohort as actions
from simpul.programmes.models import Member, Participant, Worker
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.queries.criteria import usual
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY, a_member, a_programme


@pytest.fixture
def candidate():
    return a_member(
        a_programme(criteria=usual()), organisation(confirmed_type="D"), state="candidate", willing="yes"
    )


def chosen(row, by, **details):
    return actions.choose(row, by=by, on=TODAY, **{"arm": "programme", "words": "", **details})


def joined(member, by, name="Pak Rahmat", key=None, **details):
    person = Person(name, **details)
    return actions.add_participant(member, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, person=person)


def helped(programme, by, **details):
    helper = Helper(**{"name": "Bu Lina", "part": "facilitator", **details})
    return actions.add_worker(programme, by=by, key=uuid.uuid4(), on=TODAY, at=AT, helper=helper)


class TestNominate:
    def test_holds_bodies_against_the_criteria(self, officer):
        programme, body = a_programme(criteria=usual()), organisation(confirmed_type="D")
        actions.nominate(programme, by=officer, on=TODAY, at=AT, bodies=[body.pk])
        row = Member.objects.get()
        assert (row.state, row.finding["answer"], row.judged_on) == ("candidate", "unknown", TODAY)

    def test_takes_each_body_once(self, officer, member, body):
        with pytest.raises(Refusal, match="belum ada dalam program"):
            actions.nominate(member.programme, by=officer, on=TODAY, at=AT, bodies=[body.pk])

    def test_takes_none_out_of_reach(self, officer, programme):
        far = organisation(region="93.01", province="93")
        with pytest.raises(Refusal, match="Tandai"):
            actions.nominate(programme, by=officer, on=TODAY, at=AT, bodies=[far.pk])


class TestNoteWilling:
    def test_is_judged_anew(self, officer, candidate):
        assert actions.note_willing(candidate, by=officer, on=TODAY, willing="yes").finding["answer"] == "yes"
        assert actions.note_willing(candidate, by=officer, on=TODAY, willing="no").finding["answer"] == "no"


class TestChoose:
    def test_keeps_the_type_and_why_it_fits(self, officer, candidate):
        row = chosen(candidate, officer)
        assert (row.state, row.type_before, row.finding["answer"]) == ("chosen", "D", "yes")

    def test_a_doubt_needs_a_reason(self, officer, candidate):
        Member.objects.update(willing="unknown")
        with pytest.raises(Refusal, match="tetap dipilih"):
            chosen(candidate, officer)
        assert (
            chosen(candidate, officer, words="Ketua menjawab lewat telepon").because
            == "Ketua menjawab lewat telepon"
        )

    def test_never_against_its_will(self, officer, candidate):
        Member.objects.update(willing="no")
        with pytest.raises(Refusal, match="tidak bersedia"):
            chosen(candidate, officer, words="Tetap saja")

    def test_a_comparison_needs_a_design_with_one(self, officer, candidate):
        with pytest.raises(Refusal, match="pembanding"):
            chosen(candidate, officer, arm="comparison")

    def test_is_not_for_bodies(self, candidate, head):
        with pytest.raises(NotAllowed):
            chosen(candidate, head)


class TestPassOver:
    def test_says_why_and_may_be_taken_back(self, officer, candidate):
        with pytest.raises(Refusal, match="Alasan"):
            actions.pass_over(candidate, by=officer, on=TODAY, words=" ")
        row = actions.pass_over(candidate, by=officer, on=TODAY, words="Kuota lima lembaga")
        assert (row.state, chosen(row, officer).state) == ("not_chosen", "chosen")


class TestLeave:
    def test_takes_its_people_along(self, officer, member):
        joined(member, officer)
        row = actions.leave(member, by=officer, on=TODAY, left_on=TODAY, words="Pengurus bubar")
        assert (row.state, Participant.objects.get().left_on) == ("left", TODAY)

    def test_is_not_before_it_was_chosen(self, officer, member):
        with pytest.raises(Refusal, match="sesudah tanggal itu"):
            actions.leave(member, by=officer, on=TODAY, left_on=date(2025, 1, 1), words="Bubar")


class TestAddParticipant:
    def test_gives_codes_in_their_order(self, officer, member):
        other = a_member(member.programme, organisation(name="LKS Kedua"))
        assert [joined(one, officer).code for one in (member, other, member)] == ["P01", "P02", "P03"]

    def test_makes_one_of_a_form_that_was_sent_twice(self, officer, member):
        key = uuid.uuid4()
        assert joined(member, officer, key=key) == joined(member, officer, key=key)

    def test_seals_name_and_phone(self, officer, member):
        row = joined(member, officer, phone="0812")
        assert b"Rahmat" not in bytes(row.name_sealed)
        assert b"0812" not in bytes(row.phone_sealed)

    def test_takes_an_account_of_that_body_alone(self, officer, member, head, stranger):
        assert joined(member, officer, account=head.username.upper()).user == head.pk
        with pytest.raises(Refusal, match="bukan milik"):
            joined(member, officer, account=stranger.username)
        with pytest.raises(Refusal, match="sudah dipakai"):
            joined(member, officer, account=head.username)

    def test_tells_nothing_about_other_accounts(self, officer, member):
        caseworker = user_with("caseworker", region="21.02")
        for name in (caseworker.username, "nobody"):
            with pytest.raises(Refusal, match="Tidak ada akun"):
                joined(member, officer, account=name)

    def test_is_for_bodies_that_take_part(self, officer, candidate):
        with pytest.raises(Refusal, match="tidak"):
            joined(candidate, officer)


class TestChangeParticipant:
    def test_keeps_the_code_and_tells_who_was_slower(self, officer, member):
        row = joined(member, officer)
        changed = actions.change_participant(row, by=officer, version=1, person=Person("Pak Rahmad"))
        assert (changed.code, changed.name) == (row.code, "Pak Rahmad")
        with pytest.raises(Refusal, match="diubah orang lain"):
            actions.change_participant(row, by=officer, version=1, person=Person("Pak R"))


class TestParticipantLeaves:
    def test_seals_why_and_never_gives_the_code_again(self, officer, member):
        row = joined(member, officer)
        left = actions.participant_leaves(row, by=officer, version=1, on=TODAY, left_on=TODAY, words="Pindah")
        assert (left.left_on, left.left_because) == (TODAY, "Pindah")
        assert joined(member, officer).code == "P02"


class TestAddWorker:
    def test_a_mentor_has_an_account_and_bodies_that_take_part(self, officer, member):
        mentor, other = user_with("mentor", region="21.02"), a_member(body=organisation(name="LKS Luar"))
        programme = member.programme
        with pytest.raises(Refusal, match="perlu akun"):
            helped(programme, officer, part="mentor")
        with pytest.raises(Refusal, match="ikut program"):
            helped(programme, officer, part="mentor", account=mentor.username, members=(str(other.pk),))
        row = helped(programme, officer, part="mentor", account=mentor.username, members=(str(member.pk),))
        assert (row.user, row.members) == (mentor.pk, [str(member.pk)])

    def test_other_parts_need_none(self, officer, programme):
        assert helped(programme, officer, part="trainer").user is None
        with pytest.raises(Refusal, match="tidak memerlukan akun"):
            helped(programme, officer, part="trainer", account="somebody")


class TestEndWorker:
    def test_ends_what_the_mentor_reaches(self, officer, member):
        mentor = user_with("mentor", region="21.02")
        other = a_member(member.programme, organisation(name="LKS Kedua"))
        row = helped(
            member.programme, officer, part="mentor", account=mentor.username, members=(str(member.pk),)
        )
        reached = Member.objects.reachable(mentor, "programme.mentor")
        assert (member in reached, other in reached) == (True, False)
        actions.end_worker(row, by=officer, on=TODAY)
        assert not Member.objects.reachable(mentor, "programme.mentor").exists()
        assert Worker.objects.get().ended_on == TODAY
