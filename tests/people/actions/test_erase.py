from datetime import date

import pytest
from django.db import connection

from simpul.access.chain import breaks
from simpul.access.checks import audit
from simpul.access.refusal import NotAllowed
from simpul.people import actions, queries
from simpul.people.actions.erase import ERASERS, NotErasable
from simpul.people.models import Consent, DataRequest, Fact, Household, Person
from simpul.people.queries import HOLDS, Erased, Hold
from tests.people.factories import AT, NIK, ON, answer, child, consent, data_request, fact, person
from tests.people.queries.test_facts import hidden_fact, plain_fact
from tests.people.test_models import raw_table

pytestmark = pytest.mark.django_db
REASON = "Ia pindah dan tidak mau didampingi lagi"


@pytest.fixture
def aminah(caseworker):
    someone = person(
        caseworker,
        nik=NIK,
        phone="0812-555-0101",
        address="Dekat surau",
        called="Nek Minah",
        mother="Halimah",
    )
    consent(someone, caseworker, basis="legal_duty", basis_because="Dipukul suaminya", witness="Pak RT")
    fact(someone, caseworker, plain_fact(), True)
    fact(someone, caseworker, hidden_fact(), True)
    return someone


@pytest.fixture
def checked(aminah, caseworker):
    asked = data_request(aminah, caseworker, "erase", words="Saya takut")
    return answer(asked, caseworker, answer="Ia meminta sendiri")


def erase(request, by, **details):
    return actions.erase(request, by=by, **{"on": ON, "at": AT, "despite": REASON, **details})


class TestErase:
    def test_leaves_an_empty_shell(self, checked, supervisor, aminah):
        done = erase(checked, supervisor)
        kept = Person.objects.get(pk=aminah.pk)
        assert (kept.name, kept.erased_at, kept.region) == ("Data sudah dihapus", AT, aminah.region)
        assert (kept.nik, kept.nik_index, kept.phone, kept.born, kept.sex) == (None, None, None, None, "")
        assert (kept.household.address, kept.called, kept.mother_name_key) == (None, "", "")
        assert (done.state, done.approved_by, done.words, done.answer) == (
            "granted",
            supervisor.pk,
            None,
            None,
        )

    def test_destroys_every_word_and_value(self, checked, supervisor):
        erase(checked, supervisor)
        assert {(row.name, row.value, row.state) for row in Fact.objects.all()} == {("", None, "unknown")}
        given = Consent.objects.get()
        assert (given.basis_because, given.witness, given.given_by) == ("", None, None)
        kept = b"\n".join(raw_table(model) for model in (Person, Household, Fact, Consent, DataRequest))
        for word in (b"aminah", b"Aminah", b"Minah", b"halimah", b"1954"):
            assert word not in kept

    def test_keeps_counts_and_the_chain_whole(self, checked, supervisor):
        before = [model.objects.count() for model in (Person, Household, Fact, Consent, DataRequest)]
        done = erase(checked, supervisor)
        assert [model.objects.count() for model in (Person, Household, Fact, Consent, DataRequest)] == before
        assert (list(breaks()), [one for one in audit() if "terkunci" in one.why]) == ([], [])
        assert done.destroyed == {
            "facts": 4,
            "consents": 1,
            "requests": 1,
            "screenings": 0,
            "cases": 0,
            "referrals": 0,
        }

    def test_is_not_found_again(self, checked, supervisor, caseworker):
        erase(checked, supervisor)
        assert queries.search(caseworker, name="Siti Aminah") == []
        assert queries.search(caseworker, nik=NIK) == []

    def test_who_lived_there_keeps_the_home(self, caseworker, supervisor, aminah, checked):
        rizki = child(caseworker, household=aminah.household)
        erase(checked, supervisor)
        rizki.refresh_from_db()
        kept = Person.objects.get(pk=aminah.pk)
        assert rizki.household.address == "Dekat surau"
        assert kept.household_id != rizki.household_id

    def test_needs_a_second_person(self, caseworker, supervisor, aminah):
        asked = answer(data_request(aminah, supervisor, "erase"), supervisor)
        with pytest.raises(NotErasable, match="dua orang"):
            erase(asked, supervisor)
        with pytest.raises(NotAllowed):
            erase(asked, caseworker)
        assert Person.objects.get(pk=aminah.pk).name == "Siti Aminah"

    @pytest.mark.parametrize("kind", ["erase", "copy"])
    def test_needs_a_request_that_was_agreed_to(self, caseworker, supervisor, aminah, kind):
        with pytest.raises(NotErasable, match="sudah disetujui"):
            erase(data_request(aminah, caseworker, kind), supervisor)

    def test_a_second_press_changes_nothing(self, checked, supervisor):
        assert erase(checked, supervisor).destroyed == erase(checked, supervisor).destroyed

    def test_a_legal_process_forbids_it(self, checked, supervisor, aminah):
        actions.hold(aminah, by=supervisor, reason="Sidang", at=AT)
        with pytest.raises(NotErasable, match="proses hukum"):
            erase(checked, supervisor)

    def test_before_the_time_is_over_it_needs_a_reason(self, checked, supervisor):
        with pytest.raises(NotErasable, match="Masa simpan"):
            erase(checked, supervisor, despite="")
        assert erase(checked, supervisor, despite="", on=date(2040, 1, 1)).approved_at

    def test_other_subjects_erase_and_hold_theirs(self, checked, supervisor, aminah):
        seen = []
        ERASERS.append(lambda someone: seen.append(someone.pk) or {"screenings": 2})
        HOLDS.append(lambda someone, on: [Hold("Kasus terbuka.", is_absolute=on.year < 2030)])
        try:
            with pytest.raises(NotErasable, match="Kasus terbuka"):
                erase(checked, supervisor)
            assert erase(checked, supervisor, on=date(2031, 1, 1)).destroyed["screenings"] == 2
        finally:
            ERASERS.pop(), HOLDS.pop()
        assert seen == [aminah.pk]

    def test_nothing_is_kept_about_who_is_erased_from_then_on(self, checked, supervisor, caseworker, aminah):
        erase(checked, supervisor)
        with pytest.raises(Erased):
            fact(aminah, caseworker, plain_fact(), True)
        with pytest.raises(Erased):
            actions.limit(aminah, by=caseworker, reason="Tutup", at=AT)


def test_the_second_person_is_another_in_the_database_too(caseworker, supervisor, aminah):
    asked = answer(data_request(aminah, caseworker, "erase"), caseworker)
    with pytest.raises(Exception, match="data_request_second_person_is_another"), connection.cursor():
        DataRequest.objects.filter(pk=asked.pk).update(approved_by=caseworker.pk)
