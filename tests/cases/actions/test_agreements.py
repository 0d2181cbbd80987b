import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions.agreements import make_agreement
from simpul.cases.models import Agreement, Task
from simpul.screening.queries import ConsentNeeded
from tests.cases import contacts_factories
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY, without_consent

pytestmark = pytest.mark.django_db


def made(case, by, **other):
    details = {"key": uuid.uuid4(), "capacity": "self", "mode": "written", **other}
    return make_agreement(case, by=by, **({"on": TODAY, "at": NOW} | details))


class TestMakeAgreement:
    def test_keeps_who_agreed_how_and_until_when(self, caseworker):
        row = made(
            a_case(caseworker),
            caseworker,
            capacity="guardian",
            signer="Pak Rahmat",
            mode="spoken",
            review_on=TODAY + timedelta(days=90),
            words="Bertemu tiap Jumat.",
        )
        kept = Agreement.objects.get(pk=row.pk)
        assert (kept.signer, kept.mode, kept.words) == ("Pak Rahmat", "spoken", "Bertemu tiap Jumat.")
        assert kept.review_on == TODAY + timedelta(days=90)

    def test_reminds_of_looking_at_it_again(self, caseworker):
        case, day = a_case(caseworker), TODAY + timedelta(days=90)
        made(case, caseworker, review_on=day)
        task = Task.objects.get(case=case)
        assert (task.due_on, task.worker) == (day, caseworker.pk)
        assert task.words == "Lihat lagi kesepakatan layanan bersama klien"

    @pytest.mark.parametrize(
        ("newer", "due"),
        [
            ({"review_on": TODAY + timedelta(days=30)}, [TODAY + timedelta(days=30)]),
            ({"review_on": None}, []),
            ({"review_on": TODAY + timedelta(days=30), "made_on": TODAY - timedelta(days=5)}, [TODAY + timedelta(days=90)]),
        ],
        ids=["a newer day", "no day any more", "an older agreement that comes late"],
    )  # fmt: skip
    def test_reminds_of_the_one_in_force_only(self, caseworker, newer, due):
        case = contacts_factories.opened(caseworker, days=10)
        made(case, caseworker, review_on=TODAY + timedelta(days=90))
        made(case, caseworker, at=NOW + timedelta(minutes=5), **newer)
        assert [task.due_on for task in Task.objects.waiting()] == due

    def test_wants_a_guardian_for_a_child(self, caseworker):
        case = contacts_factories.opened(caseworker, name="Dafa", born=date(2016, 5, 1))
        with pytest.raises(Refusal, match="seorang anak"):
            made(case, caseworker)
        assert made(case, caseworker, capacity="parent", signer="Rohani").signer == "Rohani"

    def test_sent_twice_is_one_agreement(self, caseworker):
        case, key = a_case(caseworker), uuid.uuid4()
        assert made(case, caseworker, key=key) == made(case, caseworker, key=key)
        assert Agreement.objects.count() == 1

    def test_refuses_a_form_that_another_case_used(self, caseworker):
        key = uuid.uuid4()
        made(a_case(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            made(a_case(caseworker), caseworker, key=key)

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ({"capacity": "parent"}, "Nama yang menyetujui belum diisi"),
            ({"capacity": "king"}, "dari daftarnya"),
            ({"mode": "telepathy"}, "dari daftarnya"),
            ({"made_on": TODAY + timedelta(days=1)}, "hari kasus dibuka dan hari ini"),
            ({"made_on": TODAY - timedelta(days=4000)}, "hari kasus dibuka dan hari ini"),
            ({"review_on": TODAY}, "sesudah hari kesepakatan"),
            ({"signer": "a" * 201}, "terlalu panjang"),
        ],
        ids=str,
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, caseworker, other, words):
        with pytest.raises(Refusal, match=words):
            made(a_case(caseworker), caseworker, **other)
        assert not Agreement.objects.exists()

    def test_needs_a_legal_basis(self, caseworker):
        case = a_case(caseworker)
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            made(case, caseworker)

    @pytest.mark.parametrize("role", ["head", "verifier", "stranger", "volunteer"])
    def test_refuses_who_may_not(self, request, caseworker, role):
        with pytest.raises(NotAllowed):
            made(a_case(caseworker), request.getfixturevalue(role))
