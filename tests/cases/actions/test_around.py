import uuid
from dataclasses import replace

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.around import About, add_concerned, edit_concerned, end_concerned
from simpul.cases.actions.ties import tie
from simpul.cases.models import Case, Concerned, Tie
from simpul.screening.queries import ConsentNeeded
from tests.cases.factories import a_case
from tests.screening.factories import TODAY, person, when, without_consent

pytestmark = pytest.mark.django_db
AUNT = About(name="Bibi Rohani", relation="bibi dari ibu", sex="P", tells="some", told_what="jadwal kontrol")


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def added(case, by, about=AUNT, *, key=None):
    return add_concerned(case, by=by, key=key or uuid.uuid4(), about=about, **when(70))


class TestAddConcerned:
    def test_keeps_what_was_said_sealed(self, case, caseworker):
        row = Concerned.objects.get(pk=added(case, caseworker).pk)
        assert (row.name, row.relation, row.told_what) == ("Bibi Rohani", "bibi dari ibu", "jadwal kontrol")
        assert b"Rohani" not in bytes(row.name_sealed) + bytes(row.relation_sealed)

    def test_pressed_twice_notes_one(self, case, caseworker):
        key = uuid.uuid4()
        assert added(case, caseworker, key=key) == added(case, caseworker, key=key)
        assert Concerned.objects.count() == 1

    def test_refuses_a_key_of_another_case(self, case, caseworker):
        row = added(case, caseworker)
        with pytest.raises(Refusal, match="dengan isian lain"):
            added(a_case(caseworker), caseworker, key=row.pk)

    def test_takes_the_name_of_a_registered_person(self, case, caseworker):
        sister = person(caseworker, name="Nur Hayati")
        row = added(case, caseworker, About(person=sister.pk, relation="kakak"))
        assert (row.name, row.person_id) == ("Nur Hayati", sister.pk)

    def test_finds_nobody_out_of_reach(self, case, caseworker, stranger):
        elsewhere = person(stranger, name="Nur Hayati")
        with pytest.raises(Refusal, match="tidak ditemukan"):
            added(case, caseworker, About(person=elsewhere.pk, relation="kakak"))

    @pytest.mark.parametrize(
        "about",
        [
            replace(AUNT, name=" "),
            replace(AUNT, relation=""),
            replace(AUNT, told_what=""),
            replace(AUNT, kind="ghost"),
            replace(AUNT, born_year=1200),
            replace(AUNT, name="a" * 201),
        ],
        ids=["no name", "no relation", "told nothing", "kind", "year", "long name"],
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, case, caseworker, about):
        with pytest.raises(Refusal):
            added(case, caseworker, about)
        assert not Concerned.objects.exists()

    def test_keeps_what_may_be_told_only_where_it_was_limited(self, case, caseworker):
        assert added(case, caseworker, replace(AUNT, tells="nothing")).told_what is None

    def test_gives_a_body_no_sex_and_no_home(self, case, caseworker):
        school = About(name="SDN 4", relation="sekolah", kind="body", sex="L", lives_with_client=True)
        row = added(case, caseworker, school)
        assert (row.sex, row.lives_with_client) == ("", False)

    def test_refuses_without_a_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            added(Case.objects.get(pk=case.pk), caseworker)

    def test_refuses_an_ended_case(self, case, caseworker):
        Case.objects.filter(pk=case.pk).update(stage="closed")
        with pytest.raises(Refusal, match="sudah berakhir"):
            added(Case.objects.get(pk=case.pk), caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head"])
    def test_refuses_who_may_not(self, case, request, role):
        with pytest.raises(NotAllowed):
            added(case, request.getfixturevalue(role))


class TestEditConcerned:
    def edited(self, row, by, *, version=1, **changes):
        return edit_concerned(row, by=by, version=version, about=replace(AUNT, **changes), **when(90))

    def test_changes_and_counts(self, case, caseworker):
        row = self.edited(added(case, caseworker), caseworker, tells="all")
        assert (row.tells, row.told_what, row.version) == ("all", None, 2)

    def test_shows_both_values_to_who_was_slower(self, case, caseworker, supervisor):
        row = added(case, caseworker)
        self.edited(row, caseworker, tells="nothing")
        with pytest.raises(Clash, match=r"tidak diberi tahu apa pun.*boleh diberi tahu semuanya"):
            self.edited(row, supervisor, tells="all")
        assert Concerned.objects.get(pk=row.pk).tells == "nothing"

    def test_sent_twice_changes_once(self, case, caseworker):
        row = added(case, caseworker)
        for _ in range(2):
            row = self.edited(row, caseworker, tells="all")
        assert row.version == 2

    def test_keeps_a_link_that_the_worker_cannot_reach(self, case, caseworker, stranger):
        row, elsewhere = added(case, caseworker), person(stranger)
        Concerned.objects.filter(pk=row.pk).update(person=elsewhere)
        assert self.edited(row, caseworker, person=elsewhere.pk).person_id == elsewhere.pk

    def test_refuses_who_is_no_longer_there(self, case, caseworker):
        row = end_concerned(added(case, caseworker), by=caseworker, version=1, **when(80))
        with pytest.raises(Refusal, match="Tambahkan lagi"):
            self.edited(row, caseworker, version=2)


class TestEndConcerned:
    def test_keeps_the_row_and_ends_its_ties(self, case, caseworker):
        row = added(case, caseworker)
        tie(case, by=caseworker, key=uuid.uuid4(), kind="supports", one=row.pk, other=None, **when(80))
        ended = end_concerned(row, by=caseworker, version=1, **when(90))
        assert (ended.ended_on, Tie.objects.get().ended_on) == (TODAY, TODAY)

    def test_asks_again_where_it_was_changed_meanwhile(self, case, caseworker):
        row = added(case, caseworker)
        edit_concerned(row, by=caseworker, version=1, about=replace(AUNT, tells="all"), **when(80))
        with pytest.raises(Clash):
            end_concerned(row, by=caseworker, version=1, **when(90))
        assert Concerned.objects.get().ended_on is None
