import uuid
from datetime import date

import pytest

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.opening import describe, reopen
from simpul.cases.models import Case, CaseMember, Note, StageMove
from simpul.cases.queries.description import Description
from simpul.cases.queries.stages import later_of
from simpul.cases.stages import ENDED, Stage
from simpul.screening import actions as screening_actions
from simpul.screening.models import Screening
from simpul.screening.queries import ConsentNeeded, confirmed_types
from tests.access import factories
from tests.cases.factories import SENTENCE, a_case, brought_to, moved, opened
from tests.screening.factories import TODAY, consented, decided, finished, person, when, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    """Of the regency's social affairs office, not of the body that keeps the person."""
    return factories.user_with("dinas_officer", region=factories.REGION, name="Bu Yuliana")


def profession(case):
    return CaseMember.objects.get(case=case, is_manager=True).profession


class TestTheProfessionOfTheManager:
    def test_is_social_worker_for_who_holds_that_role(self, caseworker):
        case = a_case(caseworker)
        assert profession(case) == "social_worker"
        new = reopened(moved(case, caseworker, "left"), caseworker)
        assert profession(new) == "social_worker"

    def test_is_not_guessed_of_others(self, officer):
        assert profession(a_case(officer)) == ""


def sees(user, case):
    """Whether this person reaches the case; the day of the machine does not count."""
    CaseMember.objects.update(since=date(2020, 1, 1))
    return Case.objects.reachable(user, Permission.CASE_VIEW).filter(pk=case.pk).exists()


class TestOpenCase:
    def test_takes_needs_and_urgency_from_the_screening(self, caseworker):
        screening = decided(caseworker, basic_needs_met=False)
        case = opened(screening, caseworker)
        assert case.need_types == list(confirmed_types(screening))
        assert (case.urgency, case.stage, case.worker_name) == ("urgent", "intake", "Rina Wulandari")

    def test_ends_the_screening_as_a_case(self, caseworker):
        screening = decided(caseworker)
        opened(screening, caseworker)
        assert Screening.objects.get(pk=screening.pk).ending == "case"

    def test_numbers_cases_of_an_organisation_by_year(self, caseworker):
        numbers = [opened(decided(caseworker), caseworker).number for _ in range(3)]
        assert numbers == ["2026-001", "2026-002", "2026-003"]

    def test_numbers_another_organisation_on_its_own(self, caseworker, stranger):
        assert opened(decided(caseworker), caseworker).number == "2026-001"
        assert opened(decided(stranger), stranger).number == "2026-001"

    def test_pressed_twice_opens_one(self, caseworker):
        screening, key = decided(caseworker), uuid.uuid4()
        assert opened(screening, caseworker, key=key) == opened(screening, caseworker, key=key)
        assert (Case.objects.count(), StageMove.objects.count()) == (1, 1)

    def test_opens_one_for_two_workers(self, caseworker, supervisor):
        screening = decided(caseworker)
        assert opened(screening, caseworker) == opened(screening, supervisor)

    def test_refuses_an_undecided_screening_and_uses_no_number(self, caseworker):
        with pytest.raises(Refusal, match="Putuskan dahulu"):
            opened(finished(caseworker), caseworker)
        assert opened(decided(caseworker), caseworker).number == "2026-001"

    def test_refuses_a_screening_that_ended_otherwise(self, caseworker):
        screening = decided(caseworker)
        screening_actions.end(screening, by=caseworker, ending="declined", because="Tidak mau", **when(50))
        with pytest.raises(Refusal, match="sudah diakhiri"):
            opened(screening, caseworker)

    @pytest.mark.parametrize("summary", ["", "   ", "a" * 301])
    def test_refuses_no_sentence_or_too_long_a_one_and_leaves_the_screening(self, caseworker, summary):
        screening = decided(caseworker)
        with pytest.raises(Refusal):
            opened(screening, caseworker, summary=summary)
        assert Screening.objects.get(pk=screening.pk).state == "decided"

    def test_keeps_the_needs_sealed(self, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False, left_alone=True), caseworker)
        sealed = bytes(Case.objects.values_list("need_types_sealed", flat=True).get(pk=case.pk))
        assert b"LUT" not in sealed
        assert "LUT" in Case.objects.get(pk=case.pk).need_types

    def test_refuses_after_consent_was_withdrawn_and_leaves_the_screening(self, caseworker):
        screening = without_consent(decided(caseworker), caseworker)
        with pytest.raises(ConsentNeeded):
            opened(screening, caseworker)
        assert Screening.objects.get(pk=screening.pk).state == "decided"

    def test_refuses_somebody_who_never_agreed(self, caseworker):
        with pytest.raises(ConsentNeeded):
            opened(person(caseworker), caseworker, urgency="emergency")

    def test_keeps_the_sentence_sealed(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        sealed = bytes(Case.objects.values_list("summary_sealed", flat=True).get(pk=case.pk))
        assert b"kue" not in sealed
        assert Case.objects.get(pk=case.pk).summary == SENTENCE

    def test_opens_without_a_screening_for_somebody_in_need_at_once(self, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="emergency")
        assert (case.screening, case.urgency) == (None, "emergency")

    def test_refuses_without_a_screening_and_without_urgency(self, caseworker):
        with pytest.raises(Refusal, match="seberapa cepat"):
            opened(consented(caseworker), caseworker)

    def test_refuses_a_key_of_another_case(self, caseworker):
        key = uuid.uuid4()
        opened(decided(caseworker), caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            opened(decided(caseworker), caseworker, key=key)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        screening = decided(caseworker)
        with pytest.raises(NotAllowed):
            opened(screening, request.getfixturevalue(role))
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("stage", "is_allowed"), [("outreach", True), ("intake", True), ("linking", False)]
    )
    def test_begins_without_a_screening_with_finding_somebody_or_with_the_first_talk(
        self, caseworker, stage, is_allowed
    ):
        if is_allowed:
            case = opened(consented(caseworker), caseworker, urgency="normal", stage=stage)
            assert (case.stage, case.moves.get().stage_to) == (stage, stage)
        else:
            with pytest.raises(Refusal, match="dari mana kasus ini dimulai"):
                opened(consented(caseworker), caseworker, urgency="normal", stage=stage)

    def test_begins_after_a_screening_with_the_first_talk_only(self, caseworker):
        with pytest.raises(Refusal, match="dari mana"):
            opened(decided(caseworker), caseworker, stage="outreach")

    def test_takes_the_household_for_a_family_and_for_nobody_else(self, caseworker):
        subject = consented(caseworker)
        family = opened(subject, caseworker, urgency="normal", described=Description(kind="family"))
        alone = opened(subject, caseworker, urgency="normal")
        assert (family.household_id, alone.household_id) == (subject.household_id, None)

    @pytest.mark.parametrize("kind", ["group", "community"])
    def test_wants_the_name_of_a_group_and_keeps_it_sealed(self, caseworker, kind):
        with pytest.raises(Refusal, match="nama kelompok"):
            opened(decided(caseworker), caseworker, described=Description(kind=kind, group_name="  "))
        described = Description(kind=kind, group_name="Kelompok Usaha Melati")
        case = opened(decided(caseworker), caseworker, described=described)
        assert b"Melati" not in bytes(case.group_name_sealed)
        assert Case.objects.get(pk=case.pk).group_name == "Kelompok Usaha Melati"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "planet"},
            {"working_model": "magic"},
            {"setting": "moon"},
            {"spm_service": "x"},
            {"kind": "group", "group_name": "a" * 121},
        ],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_refuses_what_no_catalogue_knows(self, caseworker, wrong):
        with pytest.raises(Refusal):
            opened(decided(caseworker), caseworker, described=Description(**wrong))
        assert not Case.objects.exists()

    def test_keeps_how_confidential_it_is_from_the_first_moment(self, caseworker, head):
        case = opened(decided(caseworker), caseworker, confidentiality="team_only")
        assert case.confidentiality == "team_only"
        with pytest.raises(Refusal, match="siapa yang boleh melihat"):
            opened(decided(caseworker), caseworker, confidentiality="everybody")

    def test_makes_who_opens_it_the_manager(self, caseworker):
        member = CaseMember.objects.get(case=a_case(caseworker))
        assert (member.user, member.is_manager, member.since) == (caseworker.pk, True, TODAY)


def described(case, by, *, version=None, **words):
    version = case.version if version is None else version
    return describe(case, by=by, version=version, described=Description(**words), **when(80))


class TestDescribe:
    def test_changes_what_kind_of_case_it_is(self, caseworker):
        case = a_case(caseworker)
        changed = described(
            case, caseworker, kind="family", working_model="rehabilitation", setting="community"
        )
        assert (changed.kind, changed.working_model, changed.setting) == (
            "family",
            "rehabilitation",
            "community",
        )
        assert (changed.household_id, changed.version) == (case.person.household_id, 2)

    def test_says_the_sentence_and_the_urgency_anew_and_keeps_what_they_were(self, caseworker):
        changed = described(
            a_case(caseworker), caseworker, summary=" Ibu Siti sudah  berjualan. ", urgency="urgent"
        )
        assert (changed.summary, changed.urgency) == ("Ibu Siti sudah berjualan.", "urgent")
        assert Note.objects.get().words == (
            f"Urgensi menjadi “Segera”, sebelumnya “Biasa”. Kalimat di atas kasus diubah, sebelumnya: “{SENTENCE}”"
        )

    def test_leaves_both_where_nothing_is_said_of_them(self, caseworker):
        changed = described(a_case(caseworker), caseworker, setting="community")
        assert (changed.summary, changed.urgency) == (SENTENCE, "normal")
        assert not Note.objects.exists()

    @pytest.mark.parametrize(
        "wrong", [{"urgency": "never"}, {"summary": "a" * 301}], ids=["urgency", "sentence"]
    )
    def test_refuses_what_no_head_of_a_case_can_be(self, caseworker, wrong):
        with pytest.raises(Refusal):
            described(a_case(caseworker), caseworker, **wrong)
        assert Case.objects.get().version == 1

    def test_says_no_new_sentence_without_a_legal_basis(self, caseworker):
        case = a_case(caseworker)
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            described(case, caseworker, summary="Ibu Siti sudah berjualan.")

    def test_sent_twice_changes_once(self, caseworker):
        case = a_case(caseworker)
        for _ in range(2):
            changed = described(
                case, caseworker, version=1, working_model="full_support", summary="Sudah berjualan."
            )
        assert changed.version == 2

    def test_shows_who_was_slower_both_values_and_writes_nothing(self, caseworker, supervisor):
        case = a_case(caseworker)
        described(case, caseworker, version=1, working_model="full_support")
        with pytest.raises(Clash, match=r"Dukungan penuh.*Rehabilitasi"):
            described(case, supervisor, version=1, working_model="rehabilitation")
        assert Case.objects.get(pk=case.pk).working_model == "full_support"

    @pytest.mark.parametrize("version", [1, 7], ids=["newest", "stale"])
    def test_refuses_what_no_catalogue_knows(self, caseworker, version):
        case = a_case(caseworker)
        with pytest.raises(Refusal, match="tidak dikenal"):
            described(case, caseworker, version=version, setting="moon")
        assert Case.objects.get(pk=case.pk).setting == ""

    def test_refuses_in_a_case_that_ended(self, caseworker):
        case = moved(a_case(caseworker), caseworker, "died")
        with pytest.raises(Refusal, match="sudah berakhir"):
            described(case, caseworker, kind="family")

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        case = a_case(caseworker)
        with pytest.raises(NotAllowed):
            described(case, request.getfixturevalue(role), kind="family")


def reopened(case, by, *, key=None, because="Ibu Siti jatuh lagi", **details):
    return reopen(case, by=by, key=key or uuid.uuid4(), because=because, **when(200), **details)


REFERRED = {"referred_by": "neighbour", "referral_words": "Bu Halimah", "risk": "Dipukul tadi malam"}


class TestReferral:
    def test_stands_from_the_first_moment_with_its_words_sealed(self, caseworker):
        opened(decided(caseworker), caseworker, described=Description(**REFERRED))
        case = Case.objects.get()
        assert (case.referred_by, case.referral_words, case.risk) == tuple(REFERRED.values())
        assert b"Halimah" not in bytes(case.referral_words_sealed)
        assert b"Dipukul" not in bytes(case.risk_sealed)

    def test_is_said_anew_and_taken_away(self, caseworker):
        case = described(a_case(caseworker), caseworker, **REFERRED)
        kept = {"summary": SENTENCE, "urgency": "normal"}
        assert Description.of(Case.objects.get()) == Description(**REFERRED, **kept)
        described(case, caseworker, referred_by="self")
        assert Description.of(Case.objects.get()) == Description(referred_by="self", **kept)

    @pytest.mark.parametrize(
        "wrong",
        [{"referred_by": "moon"}, {"referral_words": "a" * 201}, {"risk": "a" * 501}],
        ids=["way", "who", "risk"],
    )
    def test_refuses_what_cannot_be(self, caseworker, wrong):
        with pytest.raises(Refusal):
            described(a_case(caseworker), caseworker, **wrong)
        assert Case.objects.get().version == 1

    def test_learns_nothing_without_a_legal_basis(self, caseworker):
        case = described(a_case(caseworker), caseworker, **REFERRED)
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            described(case, caseworker, **REFERRED | {"risk": "Diancam"})
        case = described(case, caseworker, **REFERRED, setting="community")
        assert case.setting == "community"
        assert described(case, caseworker, **REFERRED | {"risk": ""}).risk is None

    def test_is_asked_anew_in_a_new_episode(self, caseworker):
        old = described(a_case(caseworker), caseworker, **REFERRED)
        new = reopened(moved(old, caseworker, "left"), caseworker)
        assert (new.referred_by, new.referral_words, new.risk) == ("", None, None)

    def test_tells_a_clash_in_words(self, caseworker, supervisor):
        case = a_case(caseworker)
        described(case, caseworker, version=1, **REFERRED)
        with pytest.raises(Clash, match="Dipukul tadi malam"):
            described(case, supervisor, version=1, referred_by="police")


class TestManager:
    """Sees the own case, also where only its team does and they come from another body."""

    def test_who_opened_it(self, caseworker, officer):
        subject = consented(caseworker)
        assert sees(officer, opened(subject, officer, urgency="normal", confidentiality="team_only"))

    def test_who_reopened_it(self, caseworker, officer):
        old = moved(a_case(caseworker), caseworker, "left")
        User.objects.filter(pk=caseworker.pk).update(is_active=False)
        new = reopened(old, officer)
        Case.objects.update(confidentiality="team_only")
        assert (new.worker, sees(officer, new)) == (officer.pk, True)


class TestReopen:
    def test_begins_a_new_episode_that_knows_the_old(self, caseworker):
        old = moved(a_case(caseworker), caseworker, "left")
        new = reopened(old, caseworker)
        assert (new.episode, new.earlier, new.stage, new.number) == (2, old, "intake", "2026-002")
        assert later_of(old, caseworker) == new
        assert new.moves.get().because == "Ibu Siti jatuh lagi"

    def test_tells_nothing_of_an_episode_out_of_reach(self, caseworker, supervisor):
        old = moved(a_case(caseworker), caseworker, "left")
        Case.objects.filter(pk=reopened(old, caseworker).pk).update(confidentiality="team_only")
        with pytest.raises(Refusal, match="Bicarakan dengan supervisor") as refused:
            reopened(old, supervisor)
        assert "2026-002" not in str(refused.value)
        assert Case.objects.count() == 2

    def test_takes_over_what_kind_of_case_it_was(self, caseworker):
        words = {"kind": "group", "group_name": "Kelompok Usaha Melati", "working_model": "rehabilitation"}
        old = described(a_case(caseworker, basic_needs_met=False), caseworker, **words)
        new = reopened(moved(old, caseworker, "left"), caseworker)
        assert Description.of(new) == Description(**words).upon(Description.of(old))
        assert (new.summary, new.need_types) == (SENTENCE, old.need_types)

    def test_leaves_the_old_one_as_it_is(self, caseworker):
        old = moved(a_case(caseworker), caseworker, "left")
        reopened(old, caseworker)
        again = Case.objects.get(pk=old.pk)
        assert (again.stage, again.version, again.moves.count()) == ("left", old.version, 2)

    def test_keeps_the_manager_who_still_works_here(self, caseworker, supervisor):
        new = reopened(moved(a_case(caseworker), caseworker, "left"), supervisor)
        assert (new.worker, CaseMember.objects.get(case=new).name) == (caseworker.pk, "Rina Wulandari")

    def test_passes_to_who_reopens_after_the_manager_left(self, caseworker, supervisor):
        old = moved(a_case(caseworker), caseworker, "left")
        caseworker.grants.update(withdrawn_at=when(100)["at"])
        new = reopened(old, supervisor)
        assert (new.worker, CaseMember.objects.get(case=new).name) == (supervisor.pk, "Pak Hamdan")

    def test_makes_one_episode_however_often_it_is_pressed(self, caseworker, supervisor):
        old = moved(a_case(caseworker), caseworker, "left")
        assert reopened(old, caseworker) == reopened(old, supervisor)
        assert Case.objects.count() == 2

    def test_counts_on_through_several_episodes(self, caseworker):
        case = a_case(caseworker)
        for episode in (2, 3):
            case = reopened(moved(case, caseworker, "left"), caseworker)
            assert case.episode == episode

    @pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.OUTREACH, Stage.PRESCREENING}))
    def test_is_possible_after_the_end_and_during_follow_up_only(self, caseworker, stage):
        case = brought_to(stage, caseworker)
        if stage in ENDED | {Stage.FOLLOW_UP}:
            assert reopened(case, caseworker).earlier == case
        else:
            with pytest.raises(Refusal, match="masih berjalan"):
                reopened(case, caseworker)

    @pytest.mark.parametrize("because", ["", "ya", "a" * 501], ids=["none", "short", "long"])
    def test_wants_a_reason(self, caseworker, because):
        with pytest.raises(Refusal):
            reopened(moved(a_case(caseworker), caseworker, "left"), caseworker, because=because)

    def test_refuses_without_a_legal_basis(self, caseworker):
        old = moved(a_case(caseworker), caseworker, "left")
        without_consent(old, caseworker)
        with pytest.raises(ConsentNeeded):
            reopened(old, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, caseworker, request, role):
        old = moved(a_case(caseworker), caseworker, "left")
        with pytest.raises(NotAllowed):
            reopened(old, request.getfixturevalue(role))
