"""The body objects; others look again, and what they decide stays."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.accreditation.actions.appeal import AppealRefused, appeal, decide_appeal, name_rechecker
from simpul.accreditation.actions.plenary import NotDecidable, NotIndependent
from simpul.accreditation.actions.validation import NotIndependent as NotSecond
from simpul.accreditation.actions.validation import validate
from simpul.accreditation.models import Accreditation, Appeal, Assignment, Decision
from simpul.accreditation.queries.appeal import possible_recheckers
from simpul.accreditation.queries.plenary import Decided, waiting_for_vote
from simpul.accreditation.queries.validation import Held, unsettled, validated_of, waiting_for_validation
from simpul.accreditation.stages import Stage
from simpul.organisations.models import Certificate
from simpul.organisations.queries.certificates import standing_of
from simpul.organisations.stages import CertificateKind, CertificateState
from tests.access.factories import give, user_with
from tests.accreditation.second import (
    DECIDED_ON,
    a_run,
    decided_run,
    head_of,
    items,
    members,
    step,
    voted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OBJECTED_ON = DECIDED_ON + timedelta(days=10)


def on_day(on):
    return {"on": on, "at": datetime(on.year, on.month, on.day, 9, tzinfo=UTC)}


def objected(run, on=OBJECTED_ON, by=None):
    words = "Buku kas dan rapor anak ada, tetapi tidak dilihat."
    made = appeal(run, by=by or head_of(run), key=uuid.uuid4(), words=words, **on_day(on))
    run.refresh_from_db()
    return made


def secretary():
    return user_with("accreditation_secretary", region="21")


def rechecker(run):
    """A validator who had no hand in it, named and free of conflicts."""
    user = user_with("accreditation_validator", region="21.02")
    made = name_rechecker(run, by=secretary(), key=uuid.uuid4(), user=user, **on_day(OBJECTED_ON))
    Assignment.objects.filter(pk=made.pk).update(has_conflict=False)
    return user


def rechecked(run):
    """Another validator finds everything as it was."""
    user, held = rechecker(run), validated_of(run)
    same = {code: Held(row.value, row.because) for code, row in held.items()}
    at = on_day(OBJECTED_ON + timedelta(days=1))["at"]
    validate(run, by=user, seen=len(held), held=same, at=at)
    return user


def answered(run, grade, *, agrees=True, on=OBJECTED_ON + timedelta(days=9)):
    if unsettled(run):
        rechecked(run)
    others = members(2)
    voted(run, others, agrees=agrees, days=80)
    said = Decided(grade, "Sesudah diperiksa ulang.")
    made = decide_appeal(run, by=others[0], key=uuid.uuid4(), decided=said, **on_day(on))
    run.refresh_from_db()
    return made


class TestAppeal:
    def test_opens_the_decision_again_with_a_day_for_the_answer(self):
        run = decided_run(share=0)
        made = objected(run)

        assert run.stage == Stage.APPEAL
        assert made.due_on == OBJECTED_ON + timedelta(days=30)

    @pytest.mark.parametrize(("days", "is_in_time"), [(30, True), (31, False)], ids=["last-day", "day-after"])
    def test_is_possible_within_the_days_of_the_scheme(self, days, is_in_time):
        run = decided_run(share=0)
        on = DECIDED_ON + timedelta(days=days)
        if is_in_time:
            assert objected(run, on=on).on == on
        else:
            with pytest.raises(AppealRefused, match="lewat"):
                objected(run, on=on)

    def test_is_made_once_and_never_again_after_its_answer(self):
        run = decided_run(share=0)
        head, key = head_of(run), uuid.uuid4()
        for _press in range(2):
            appeal(run, by=head, key=key, words="Keliru.", **on_day(OBJECTED_ON))
        run.refresh_from_db()
        answered(run, "")
        with pytest.raises(AppealRefused, match="akhir"):
            objected(run, on=OBJECTED_ON + timedelta(days=12))

        assert Appeal.objects.count() == 1

    def test_needs_reasons(self):
        run = decided_run(share=0)

        with pytest.raises(Refusal, match="belum diisi"):
            appeal(run, by=head_of(run), key=uuid.uuid4(), words="  ", **on_day(OBJECTED_ON))
        assert Accreditation.objects.get().stage == Stage.NOT_ACCREDITED

    def test_is_for_the_body_itself(self):
        run = decided_run(share=0)
        other = user_with("head_of_lks", organisation=uuid.uuid4())

        with pytest.raises(NotAllowed):
            objected(run, by=other)

    def test_is_over_when_a_new_run_was_begun(self):
        run = decided_run(share=0)
        a_run(body=run.organisation)

        with pytest.raises(AppealRefused, match="akreditasi baru"):
            objected(run)


class TestNameRechecker:
    def test_names_somebody_without_a_hand_in_it(self):
        run = decided_run(share=0)
        objected(run)
        user = rechecker(run)

        assert Assignment.objects.filter(accreditation=run, user=user.pk, part="validator").exists()

    def test_refuses_the_first_validator_and_who_voted(self):
        run = decided_run(share=0)
        objected(run)
        first = Assignment.objects.get(accreditation=run, part="validator").user
        voter = Decision.objects.get().members[0]["user"]
        users = [user_with("accreditation_validator", region="21.02")]
        for key in (first, voter):
            user = type(users[0]).objects.get(pk=key)
            give(user, "accreditation_validator", region="21.02")
            with pytest.raises(Refusal, match="Pilih orang lain"):
                name_rechecker(run, by=secretary(), key=uuid.uuid4(), user=user, **on_day(OBJECTED_ON))

        assert possible_recheckers(run) == users

    def test_is_not_done_by_the_body_about_itself(self):
        run, user = decided_run(share=0), user_with("accreditation_validator", region="21.02")
        objected(run)
        both = head_of(run)
        give(both, "accreditation_secretary", region="21")

        with pytest.raises(Refusal, match="bagian dari lembaga"):
            name_rechecker(run, by=both, key=uuid.uuid4(), user=user, **on_day(OBJECTED_ON))

    def test_refuses_who_checked_the_file(self):
        run, user = decided_run(share=0), user_with("accreditation_validator", region="21.02")
        objected(run)
        step(run, Stage.DESK_CHECK, Stage.ASSIGNMENT, days=2, by=user.pk)

        with pytest.raises(Refusal, match="memeriksa berkas"):
            name_rechecker(run, by=secretary(), key=uuid.uuid4(), user=user, **on_day(OBJECTED_ON))

    def test_is_refused_without_an_appeal(self):
        run, user = decided_run(share=0), user_with("accreditation_validator", region="21.02")

        with pytest.raises(Refusal, match="Tidak ada keberatan"):
            name_rechecker(run, by=secretary(), key=uuid.uuid4(), user=user, **on_day(OBJECTED_ON))


class TestRecheck:
    def test_changes_what_the_scores_give(self):
        run = decided_run(share=0)
        objected(run)
        held = {item.code: Held(item.most, "Bukti dilihat ulang.") for item in items()}
        at = on_day(OBJECTED_ON)["at"]
        validate(run, by=rechecker(run), seen=len(held), held=held, at=at)

        made = answered(run, "A")

        assert (made.suggested, made.grade, run.stage) == ("A", "A", Stage.ACCREDITED)

    def test_comes_before_the_vote(self):
        run = decided_run(share=0)
        objected(run)

        with pytest.raises(NotDecidable, match="Pemeriksaan ulang belum selesai"):
            voted(run, members(1), days=80)
        assert waiting_for_vote(members(1)[0]) == []

    def test_is_over_when_the_first_member_votes(self):
        run = decided_run()
        objected(run)
        user = rechecked(run)
        voted(run, members(2), days=80)
        lower = {item.code: Held(0, "Dilihat lagi.") for item in items()}

        with pytest.raises(NotSecond, match="mulai memberi suara"):
            validate(run, by=user, seen=2 * len(lower), held=lower, at=on_day(OBJECTED_ON)["at"])
        assert {row.value for row in validated_of(run).values()} == {item.most for item in items()}

    def test_waits_until_every_item_was_looked_at(self):
        run = decided_run()
        objected(run)
        user = rechecker(run)
        assert waiting_for_validation(user) == [run]

        first, *others = ((code, Held(row.value)) for code, row in validated_of(run).items())
        validate(run, by=user, seen=len(others) + 1, held=dict([first]), at=on_day(OBJECTED_ON)["at"])
        assert set(unsettled(run)) == {code for code, _held in others}

    def test_is_not_for_the_validator_of_the_first_time(self):
        run = decided_run(share=0)
        first = Assignment.objects.get(accreditation=run, part="validator").user
        objected(run)
        user = type(head_of(run)).objects.get(pk=first)

        with pytest.raises(NotSecond, match="sebelum keberatan"):
            validate(run, by=user, seen=0, held={}, at=on_day(OBJECTED_ON)["at"])


class TestDecideAppeal:
    def test_leaves_the_certificate_when_the_grade_is_confirmed(self):
        run = decided_run()
        certificate = run.certificate
        objected(run)
        answered(run, "A")

        assert run.certificate == certificate
        assert Certificate.objects.get().state == CertificateState.STANDING
        assert Appeal.objects.get().answer == "Sesudah diperiksa ulang."

    def test_replaces_the_certificate_and_keeps_its_end(self):
        run = decided_run()
        objected(run)
        answered(run, "B", agrees=False)

        states = dict(Certificate.objects.values_list("grade", "state"))
        assert states == {"A": CertificateState.REPLACED, "B": CertificateState.STANDING}
        assert run.certificate.valid_to == date(2029, 5, 3)

    def test_withdraws_the_certificate_when_there_is_no_grade_any_more(self):
        run = decided_run()
        objected(run)
        answered(run, "", agrees=False)

        assert Certificate.objects.get().state == CertificateState.WITHDRAWN
        assert (run.certificate, run.stage) == (None, Stage.NOT_ACCREDITED)
        assert not standing_of(run.organisation, OBJECTED_ON, CertificateKind.ACCREDITATION)

    def test_does_not_make_a_body_wait_longer(self):
        run = decided_run(share=0)
        objected(run)

        assert answered(run, "").again_from == date(2026, 11, 4)

    def test_is_not_for_who_decided_before(self):
        run = decided_run(share=0)
        voters = [one["user"] for one in Decision.objects.get().members]
        objected(run)
        before = type(head_of(run)).objects.get(pk=voters[0])

        with pytest.raises(NotIndependent, match="sudah ikut memutuskan"):
            voted(run, [before], days=80)

    def test_always_gives_its_reasons(self):
        run = decided_run(share=0)
        objected(run)
        rechecked(run)
        others = members(2)
        voted(run, others, days=80)

        with pytest.raises(Refusal, match="Alasan keputusan"):
            decide_appeal(run, by=others[0], key=uuid.uuid4(), decided=Decided(""), **on_day(OBJECTED_ON))

    def test_is_refused_without_an_appeal(self):
        run = decided_run(share=0)

        with pytest.raises(NotDecidable):
            decide_appeal(run, by=members(1)[0], key=uuid.uuid4(), decided=Decided(""), **on_day(OBJECTED_ON))
