import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.around import About
from simpul.cases.actions.glass import break_glass
from simpul.cases.actions.privacy import disclose, note_supervision, protect
from simpul.cases.models import Case, Disclosure, Note, SupervisionNote
from simpul.cases.queries.timeline import timeline_of
from simpul.cases.stages import Confidentiality, Stage
from simpul.people.actions import record_consent, withdraw_consent
from simpul.people.models import Person
from simpul.people.queries import Erased, Limited
from tests.access import factories
from tests.cases.actions.test_around import added
from tests.cases.factories import a_case, brought_to
from tests.people.factories import limited
from tests.screening.factories import NOW, TODAY, when

pytestmark = pytest.mark.django_db
HIGHLY = Confidentiality.HIGHLY_RESTRICTED
WHY = "Pelaku bekerja di kantor ini."


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def protected(case, by, level=HIGHLY, *, version=None, because=WHY):
    version = case.version if version is None else version
    return protect(case, by=by, version=version, level=level, because=because, **when(70))


class TestProtect:
    @pytest.mark.parametrize("level", list(Confidentiality)[1:])
    def test_changes_who_sees_it_and_keeps_the_reason_where_it_can_be_erased(self, case, caseworker, level):
        protected(case, caseworker, level)
        kept, note = Case.objects.get(pk=case.pk), Note.objects.get()
        assert (kept.confidentiality, kept.version) == (level, case.version + 1)
        assert WHY in note.words
        assert WHY.encode() not in bytes(note.words_sealed)
        event = Event.objects.get(permission=Permission.CASE_PROTECT)
        assert (event.person, event.because, event.details) == (case.person_id, None, {})

    def test_shows_both_values_to_who_was_slower(self, case, caseworker):
        protected(case, caseworker)
        with pytest.raises(Clash) as clash:
            protected(case, caseworker, Confidentiality.TEAM_ONLY)
        assert (clash.value.theirs, clash.value.mine) == ("Sangat terbatas", "Hanya tim kasus")
        assert Case.objects.get(pk=case.pk).confidentiality == HIGHLY
        assert Note.objects.count() == 1

    def test_sent_twice_is_one_change(self, case, caseworker):
        protected(case, caseworker)
        assert protected(case, caseworker).version == case.version + 1
        assert Note.objects.count() == 1

    @pytest.mark.parametrize(("level", "because"), [("secret", WHY), (HIGHLY, "ya")])
    def test_refuses_what_is_unknown_or_without_reason(self, case, caseworker, level, because):
        with pytest.raises(Refusal):
            protected(case, caseworker, level, because=because)
        assert not Note.objects.exists()

    def test_is_possible_after_the_end(self, caseworker):
        ended = brought_to(Stage.CLOSED, caseworker)
        assert protected(ended, caseworker).confidentiality == HIGHLY

    def test_is_not_for_who_sees_it_through_broken_glass(self, case, caseworker, organisation):
        protected(case, caseworker)
        colleague = factories.user_with("caseworker", organisation=organisation)
        now = {"on": timezone.localdate(), "at": timezone.now()}
        why = "Anak itu minta tolong malam ini"
        break_glass(case.person, by=colleague, key=uuid.uuid4(), because=why, **now)
        with pytest.raises(Refusal):
            protect(case, by=colleague, version=case.version + 1, level="ordinary", because=WHY, **now)

    @pytest.mark.parametrize("who", ["head", "stranger"])
    def test_is_not_for_everybody(self, case, request, who):
        with pytest.raises(NotAllowed):
            protected(case, request.getfixturevalue(who))


def supervised(case, by, *, key=None, day=TODAY, words="Terlalu cepat menyimpulkan.", **details):
    return note_supervision(
        case, by=by, key=key or uuid.uuid4(), held_on=day, words=words, **details, **when(70)
    )


class TestNoteSupervision:
    def test_refuses_while_the_data_may_only_be_read(self, case, caseworker, supervisor):
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            supervised(case, supervisor)

    def test_stays_apart_from_the_file(self, case, supervisor):
        supervised(case, supervisor, agreed="Kunjungan berdua minggu depan")
        row = SupervisionNote.objects.get()
        assert (row.words, row.agreed) == ("Terlalu cepat menyimpulkan.", "Kunjungan berdua minggu depan")
        told = [
            f"{entry.words} {entry.said}"
            for entry in timeline_of(case, all_seen=True, with_system=True).entries
        ]
        assert not [words for words in told if "menyimpulkan" in words or "upervisi" in words]

    def test_pressed_twice_is_one(self, case, supervisor):
        key = uuid.uuid4()
        assert supervised(case, supervisor, key=key) == supervised(case, supervisor, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            supervised(a_case(supervisor), supervisor, key=key)

    @pytest.mark.parametrize(
        "typed", [{"words": " "}, {"day": TODAY + timedelta(days=1)}], ids=["empty", "future"]
    )
    def test_refuses_what_cannot_be(self, case, supervisor, typed):
        with pytest.raises(Refusal):
            supervised(case, supervisor, **typed)

    @pytest.mark.parametrize("who", ["caseworker", "head", "officer", "verifier"])
    def test_is_for_supervisors(self, case, request, who):
        with pytest.raises(NotAllowed):
            supervised(case, request.getfixturevalue(who))


def agreed(case, by, purpose="referral"):
    return record_consent(
        case.person, by=by, key=uuid.uuid4(), purpose=purpose, basis="consent", capacity="self", mode="spoken", **when(61)
    )  # fmt: skip


def told(case, by, *, key=None, **details):
    typed = {
        "told_on": TODAY,
        "what": "Ringkasan kebutuhan",
        "because": "Supaya dapat diperiksa",
        "basis": "consent",
        "to_whom": "dr. Lina, Puskesmas Meral",
    }
    return disclose(case, by=by, key=key or uuid.uuid4(), **(typed | details), **when(70))


class TestDisclose:
    def test_keeps_what_to_whom_why_and_on_which_consent(self, case, caseworker):
        consent = agreed(case, caseworker)
        told(case, caseworker)
        row = Disclosure.objects.get()
        assert (row.what, row.to_whom, row.because) == (
            "Ringkasan kebutuhan",
            "dr. Lina, Puskesmas Meral",
            "Supaya dapat diperiksa",
        )
        assert (row.consent, row.basis_because) == (consent, None)
        assert b"Lina" not in bytes(row.to_whom_sealed)

    def test_takes_the_name_of_who_stands_around(self, case, caseworker):
        agreed(case, caseworker)
        aunt = added(case, caseworker)
        assert told(case, caseworker, concerned=aunt.pk, to_whom="").to_whom == "Bibi Rohani"

    def test_refuses_without_consent_to_share(self, case, caseworker):
        with pytest.raises(Refusal, match="belum ada persetujuan"):
            told(case, caseworker)

    def test_refuses_after_consent_was_withdrawn(self, case, caseworker):
        withdraw_consent(agreed(case, caseworker), by=caseworker, **when(62))
        with pytest.raises(Refusal, match="belum ada persetujuan"):
            told(case, caseworker)

    @pytest.mark.parametrize("by_hand", [False, True], ids=["from the list", "typed by hand"])
    def test_refuses_whom_the_client_wants_told_nothing(self, case, caseworker, by_hand):
        agreed(case, caseworker)
        father = added(case, caseworker, About(name="Pak Usman", relation="ayah", tells="nothing"))
        whom = {"to_whom": " pak  USMAN "} if by_hand else {"concerned": father.pk, "to_whom": ""}
        with pytest.raises(Refusal, match="tidak diberi tahu apa pun"):
            told(case, caseworker, **whom)
        row = told(case, caseworker, **whom, basis="legal_duty", basis_because="Panggilan penyidik nomor 7")
        assert (row.concerned, row.consent, row.basis_because) == (father, None, "Panggilan penyidik nomor 7")

    @pytest.mark.parametrize("basis", ["vital_interest", "legal_duty", "public_service"])
    def test_another_basis_needs_its_reason(self, case, caseworker, basis):
        with pytest.raises(Refusal, match="mengapa dasar itu"):
            told(case, caseworker, basis=basis)
        assert told(case, caseworker, basis=basis, basis_because="Nyawanya terancam").basis == basis

    @pytest.mark.parametrize(
        "typed",
        [{"what": " "}, {"because": ""}, {"to_whom": ""}, {"basis": "none"}, {"told_on": TODAY + timedelta(days=1)}],
        ids=["what", "because", "to whom", "basis", "future"],
    )  # fmt: skip
    def test_refuses_half_a_row(self, case, caseworker, typed):
        agreed(case, caseworker)
        with pytest.raises(Refusal):
            told(case, caseworker, **typed)
        assert not Disclosure.objects.exists()

    def test_finds_nobody_of_another_case(self, case, caseworker):
        agreed(case, caseworker)
        with pytest.raises(Refusal, match="tidak ada dalam daftar"):
            told(case, caseworker, concerned=added(a_case(caseworker), caseworker).pk, to_whom="")

    def test_while_limited_only_where_life_or_law_calls(self, case, caseworker):
        agreed(case, caseworker)
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            told(case, caseworker)
        assert told(case, caseworker, basis="vital_interest", basis_because="Ambulans bertanya alergi")

    def test_pressed_twice_is_one_also_after_the_end(self, caseworker):
        ended, key = brought_to(Stage.CLOSED, caseworker), uuid.uuid4()
        agreed(ended, caseworker)
        assert told(ended, caseworker, key=key) == told(ended, caseworker, key=key)

    @pytest.mark.parametrize("who", ["head", "verifier", "stranger"])
    def test_is_not_for_everybody(self, case, request, who):
        with pytest.raises(NotAllowed):
            told(case, request.getfixturevalue(who))


class TestErased:
    """Nothing more is written about somebody whose data were erased."""

    @pytest.fixture
    def gone(self, case):
        Person.objects.filter(pk=case.person_id).update(erased_at=NOW)
        return case

    def test_keeps_no_reason_of_a_protection(self, gone, caseworker):
        with pytest.raises(Erased):
            protected(gone, caseworker)

    def test_keeps_no_note_of_supervision(self, gone, supervisor):
        with pytest.raises(Erased):
            supervised(gone, supervisor)

    @pytest.mark.parametrize("basis", ["legal_duty", "vital_interest"])
    def test_keeps_no_word_of_what_was_told(self, gone, caseworker, basis):
        with pytest.raises(Erased):
            told(gone, caseworker, basis=basis, basis_because="Diminta polisi")
