import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.organisations.actions.oversight import lift_flag
from simpul.organisations.models import Flag, Officer
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY, raised

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body():
    return organisation()


class TestRaiseFlag:
    def test_seals_its_words_and_tells_the_record_none_of_them(self, body, officer):
        flag = Flag.objects.get(pk=raised(body, officer).pk)
        assert (flag.words, flag.on, flag.by_name) == ("Papan nama belum dipasang.", TODAY, "Ibu Farida")
        assert b"Papan" not in bytes(flag.words_sealed)
        assert "Papan" not in str(Event.objects.order_by("pk").last().details)

    def test_pressed_twice_is_one(self, body, officer):
        key = uuid.uuid4()
        assert raised(body, officer, key=key) == raised(body, officer, key=key)
        with pytest.raises(Refusal, match="Formulir ini"):
            raised(organisation(), officer, key=key)

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            ({"words": " "}, "belum diisi"),
            ({"kind": "x"}, "Pilih jenis"),
            ({"since": TODAY + DAY}, "sesudah hari ini"),
            ({"since": TODAY, "until": TODAY - DAY}, "sebelum hari mulainya"),
        ],
        ids=["no words", "kind", "future", "backwards"],
    )
    def test_refuses_what_cannot_be(self, body, officer, details, words):
        with pytest.raises(Refusal, match=words):
            raised(body, officer, **details)
        assert not Flag.objects.exists()

    def test_is_for_the_office_of_its_area(self, body, verifier):
        strangers = [
            verifier,
            user_with("dinas_officer", region="21.71"),
            user_with("head_of_lks", organisation=body.pk),
            user_with("plenary_member"),
        ]
        for user in strangers:
            with pytest.raises(NotAllowed):
                raised(body, user)


class TestLiftFlag:
    def test_keeps_what_it_said_and_why_it_was_lifted(self, body, officer):
        flag = lift_flag(raised(body, officer), by=officer, on=TODAY + DAY, words="Sudah dipasang.")
        kept = Flag.objects.get(pk=flag.pk)
        assert (kept.lifted_on, kept.lifted_because) == (TODAY + DAY, "Sudah dipasang.")
        assert kept.words == "Papan nama belum dipasang."
        again = lift_flag(flag, by=officer, on=TODAY + 9 * DAY, words="Lain.")
        assert (again.lifted_on, again.lifted_because) == (TODAY + DAY, "Sudah dipasang.")

    def test_needs_a_reason(self, body, officer):
        with pytest.raises(Refusal, match="Alasan"):
            lift_flag(raised(body, officer), by=officer, on=TODAY, words="")

    def test_is_not_for_the_body(self, body, officer):
        flag = raised(body, officer)
        with pytest.raises(NotAllowed):
            lift_flag(flag, by=user_with("head_of_lks", organisation=body.pk), on=TODAY, words="Sudah")

    def test_keeps_its_reason_out_of_the_record(self, body, officer):
        lift_flag(raised(body, officer), by=officer, on=TODAY, words="Pak Jamal sudah keluar.")
        assert Event.objects.order_by("pk").last().because is None

    def test_is_for_the_office_that_raised_it(self, body, officer):
        province = user_with("dinas_officer", region="21")
        flag = raised(body, province)
        assert flag.office == "21"
        with pytest.raises(Refusal, match="kantor lain"):
            lift_flag(flag, by=officer, on=TODAY, words="Sudah")
        assert lift_flag(flag, by=province, on=TODAY, words="Sudah").lifted_on == TODAY

    def test_is_for_nobody_of_the_body_itself(self, body, officer):
        flag = raised(body, officer)
        Officer.objects.create(organisation=body, unit="board", title="Ketua", name=str(officer))
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            lift_flag(flag, by=officer, on=TODAY, words="Sudah")
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            raised(body, officer)
