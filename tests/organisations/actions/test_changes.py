import itertools
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.organisations.actions.changes import NothingChanged, PartClash
from simpul.organisations.models import Change, Officer, ServedArea, Staff
from simpul.organisations.queries.changes import sight_of
from simpul.organisations.queries.part_checks import PartWrong
from simpul.organisations.queries.parts import PARTS, mark_of, values_of
from simpul.organisations.stages import ChangeState
from simpul.places.actions import VALID_FROM
from tests.access.factories import give, user_with
from tests.organisations import changing
from tests.organisations.changing import accept, change, officer_row, other_values, propose, refuse, withdraw
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
ENDED = {"accept": "accepted", "refuse": "refused", "withdraw": "withdrawn"}


@pytest.fixture
def body(db):
    few_regions()
    return organisation(region="21.02.10")


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


@pytest.fixture
def officer(db):
    return user_with("dinas_officer", region="21.02")


def decide(what, found, *, head, officer):
    return {
        "accept": lambda: accept(found, officer),
        "refuse": lambda: refuse(found, officer),
        "withdraw": lambda: withdraw(found, head),
    }[what]()


class TestProposeChange:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_waits_and_leaves_the_record_as_it_is(self, body, head, part):
        before = values_of(body, part)
        made = propose(body, head, part)
        assert made.state == ChangeState.WAITING
        assert values_of(body, part) == made.before == before != made.after

    def test_the_same_form_twice_makes_one(self, body, head):
        key = uuid4()
        assert propose(body, head, key=key) == propose(body, head, key=key)
        assert Change.objects.count() == 1

    def test_refuses_a_key_of_another_part(self, body, head):
        key = uuid4()
        propose(body, head, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            propose(body, head, "purpose", key=key)

    def test_takes_the_place_of_what_waited_for_the_same_part(self, body, head):
        first = propose(body, head)
        read = mark_of(first.after)
        second = propose(body, head, values={"phone": "0777 999"}, read=read)
        first.refresh_from_db()
        assert (first.state, second.state) == (ChangeState.WITHDRAWN, ChangeState.WAITING)

    def test_two_parts_wait_beside_each_other(self, body, head):
        propose(body, head, "identity")
        propose(body, head, "purpose")
        assert Change.objects.filter(state=ChangeState.WAITING).count() == 2

    def test_refuses_what_changes_nothing(self, body, head):
        with pytest.raises(NothingChanged):
            propose(body, head, values={})

    def test_shows_both_values_when_the_record_moved_on(self, body, head, officer):
        read = mark_of(values_of(body, "identity"))
        change(body, officer, values={"phone": "0777 1"})
        with pytest.raises(PartClash) as clash:
            propose(body, head, values={"phone": "0777 2"}, read=read)
        assert "0777 1" in str(clash.value)
        assert "0777 2" in str(clash.value)
        assert not Change.objects.filter(state=ChangeState.WAITING).exists()

    def test_another_part_that_moved_on_does_not_matter(self, body, head, officer):
        read = mark_of(values_of(body, "identity"))
        change(body, officer, "purpose")
        assert propose(body, head, read=read).state == ChangeState.WAITING

    def test_shows_both_values_when_a_colleague_proposed_meanwhile(self, body, head):
        read = mark_of(values_of(body, "identity"))
        propose(body, head, values={"phone": "0777 1"})
        with pytest.raises(PartClash):
            propose(body, head, values={"phone": "0777 2"}, read=read)
        assert [row.after["phone"] for row in Change.objects.all()] == ["0777 1"]

    def test_keeps_numbers_out_of_the_readable_columns(self, body, head):
        made = propose(body, head, "accounts", {"rows": [changing.ROW_OF["accounts"](number="998877")]})
        assert b"998877" not in bytes(made.after_sealed)
        assert not any("998877" in str(event.details) for event in Event.objects.all())


class TestAcceptChange:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_makes_the_record_exactly_what_was_proposed(self, body, head, officer, part):
        made = propose(body, head, part)
        accept(made, officer)
        body.refresh_from_db()
        assert values_of(body, part) == made.after

    def test_says_who_verified_and_when(self, body, head, officer):
        accept(propose(body, head), officer)
        body.refresh_from_db()
        assert (body.version, body.verified_on, body.verified_by_name) == (2, changing.ON, str(officer))

    def test_overwrites_nothing_when_the_part_moved_on(self, body, head, officer):
        made = propose(body, head, values={"phone": "0777 2"})
        change(body, officer, values={"phone": "0777 1"})
        with pytest.raises(PartClash) as clash:
            accept(made, officer)
        made.refresh_from_db()
        body.refresh_from_db()
        assert "0777 1" in clash.value.theirs
        assert "0777 2" in clash.value.mine
        assert (made.state, body.phone) == (ChangeState.WAITING, "0777 1")

    def test_goes_through_when_only_another_part_moved_on(self, body, head, officer):
        made = propose(body, head)
        change(body, officer, "purpose")
        assert accept(made, officer).state == ChangeState.ACCEPTED

    def test_moves_nobody_into_an_area_of_another_office(self, body, head, officer):
        made = propose(body, head, values={"region": "21.71"})
        with pytest.raises(Refusal, match="di luar wilayah kerja"):
            accept(made, officer)
        accept(made, user_with("dinas_officer", region="21"))
        body.refresh_from_db()
        assert (body.region, body.province) == ("21.71", "21")

    def test_unchanged_rows_stay_and_rows_left_out_end(self, body, head, officer):
        stays, goes = officer_row(name="Ratna"), officer_row(name="Joko")
        change(body, officer, "officers", {"rows": [stays, goes]})
        accept(propose(body, head, "officers", {"rows": [stays, officer_row(name="Sari")]}), officer)
        ended = {row.name: row.ended_on for row in Officer.objects.all()}
        assert ended == {"Ratna": None, "Joko": changing.ON, "Sari": None}
        assert str(Officer.objects.get(name="Ratna").pk) == stays["id"]

    def test_a_row_of_another_body_cannot_be_taken(self, body, head, officer):
        theirs = officer_row()
        change(organisation(name="LKS Lain"), officer, "officers", {"rows": [theirs]})
        with pytest.raises(PartWrong):
            propose(body, head, "officers", {"rows": [theirs]})

    def test_keeps_a_no_apart_from_not_known(self, body, head, officer):
        row = changing.ROW_OF["staff"](is_paid=None)
        change(body, officer, "staff", {"rows": [row]})
        change(body, officer, "staff", {"rows": [{**row, "is_paid": False}]})
        assert Staff.objects.get().is_paid is False

    def test_keeps_the_day_of_the_code_list_in_which_a_place_was_chosen(self, body, officer):
        change(body, officer, "area")
        place = ServedArea.objects.get()
        assert (place.code, place.code_list_on) == ("21.02.10.2003", VALID_FROM)


class TestNobodyChecksTheirOwnBody:
    @pytest.fixture
    def own(self, body):
        user = user_with("dinas_officer", region="21.02")
        give(user, "head_of_lks", organisation=body.pk)
        return user

    @pytest.mark.parametrize("decided", [accept, refuse])
    def test_neither_accepting_nor_refusing(self, body, head, own, decided):
        made = propose(body, head)
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            decided(made, own)
        assert Change.objects.get().state == "waiting"

    def test_nor_changing_it_directly(self, body, own):
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            change(body, own)
        assert not Change.objects.exists()

    def test_but_proposes_as_its_head(self, body, own):
        sight = sight_of(body, own)
        assert (sight.edits, sight.verifies) == (True, False)


class TestEnds:
    """Whatever was decided stays decided: all orders of two answers, each by who may give it."""

    @pytest.mark.parametrize("second", list(ENDED))
    @pytest.mark.parametrize("first", list(ENDED))
    def test_only_the_first_answer_counts(self, body, head, officer, first, second):
        made = propose(body, head, values={"phone": "0777 2"})
        decide(first, made, head=head, officer=officer)
        if first == second:
            decide(second, made, head=head, officer=officer)
        else:
            with pytest.raises(Refusal, match="sudah selesai"):
                decide(second, made, head=head, officer=officer)
        made.refresh_from_db()
        body.refresh_from_db()
        assert made.state == ENDED[first]
        assert body.phone == ("0777 2" if first == "accept" else "")
        assert body.version == (2 if first == "accept" else 1)

    @pytest.mark.parametrize("direct_first", [True, False])
    @pytest.mark.parametrize("answer", list(ENDED))
    def test_a_direct_change_of_the_same_part_stops_only_acceptance(
        self, body, head, officer, answer, direct_first
    ):
        made = propose(body, head, values={"phone": "0777 2"})
        if direct_first:
            change(body, officer, values={"phone": "0777 1"})
            if answer == "accept":
                with pytest.raises(PartClash):
                    accept(made, officer)
            else:
                decide(answer, made, head=head, officer=officer)
        else:
            decide(answer, made, head=head, officer=officer)
            body.refresh_from_db()
            change(body, officer, values={"phone": "0777 1"})
        body.refresh_from_db()
        assert body.phone == "0777 1"

    def test_a_refusal_has_a_reason_that_the_body_reads(self, body, head, officer):
        made = propose(body, head)
        with pytest.raises(Refusal, match="Alasan belum diisi"):
            refuse(made, officer, because="  ")
        assert (
            refuse(made, officer, because="Nomor itu milik orang lain.").answer
            == "Nomor itu milik orang lain."
        )


HEADS = ("head_of_lks",)
OFFICERS = ("dinas_officer", "registrar")
ROLES = (
    "caseworker", "case_supervisor", "head_of_lks", "dinas_officer", "dinas_verifier", "registrar", "assessor",
    "accreditation_secretary", "plenary_member", "field_volunteer", "researcher", "administrator",
)  # fmt: skip


class TestWhoMay:
    @pytest.mark.parametrize("where", ["here", "elsewhere"])
    @pytest.mark.parametrize("role", ROLES)
    def test_each_verb_belongs_to_its_roles_within_reach(self, body, head, role, where):
        waiting = propose(body, head, "purpose")
        user = user_with(role, **self.place_of(role, body, where))
        may_propose = where == "here" and role in HEADS
        may_verify = where == "here" and role in OFFICERS
        self.tried(lambda: propose(body, user, "identity"), may_propose)
        self.tried(lambda: change(body, user, "legal"), may_verify)
        self.tried(lambda: accept(waiting, user), may_verify)
        self.tried(lambda: refuse(propose(body, head, "service"), user), may_verify)
        self.tried(lambda: withdraw(propose(body, head, "staff"), user), may_propose)

    @staticmethod
    def place_of(role, body, where):
        if role in ("researcher", "administrator") and where == "here":
            return {}
        if role == "head_of_lks":
            return {"organisation": body.pk if where == "here" else uuid4()}
        return {"region": "21.02" if where == "here" else "93"}

    @staticmethod
    def tried(perform, is_allowed):
        if is_allowed:
            assert perform().pk
        else:
            with pytest.raises(NotAllowed):
                perform()


class TestHistory:
    def test_holds_every_accepted_change_from_the_first_to_the_last(self, body, head, officer):
        change(body, officer, values={"phone": "1"})
        body.refresh_from_db()
        accept(propose(body, head, values={"phone": "2"}), officer)
        body.refresh_from_db()
        refuse(propose(body, head, values={"phone": "3"}), officer)
        change(body, officer, values={"phone": "4"})
        steps = Change.objects.filter(state=ChangeState.ACCEPTED).order_by("base_version")
        told = [(row.before["phone"], row.after["phone"]) for row in steps]
        assert told == [("", "1"), ("1", "2"), ("2", "4")]

    def test_a_chain_of_accepted_changes_has_no_gap(self, body, officer):
        for name in ("Ratna", "Joko", "Sari"):
            body.refresh_from_db()
            change(body, officer, "officers", {"rows": [officer_row(name=name)]})
        steps = list(Change.objects.order_by("base_version"))
        assert [row.base_version for row in steps] == [1, 2, 3]
        assert all(one.after == other.before for one, other in itertools.pairwise(steps))


def test_what_is_tested_for_each_part_differs_from_an_empty_record(body):
    assert all(other_values(part) != values_of(body, part) for part in PARTS)
