import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions import run as actions
from simpul.accreditation.models import Accreditation, Decision, Step
from simpul.accreditation.queries.scheme import scheme_of
from tests.access.factories import user_with
from tests.accreditation.factories import begun, body, fresh, locked, moved, now, own_scheme, today

pytestmark = pytest.mark.django_db


def start(organisation, by, **details):
    typed = {"key": uuid.uuid4(), "on": today(), "at": now(), "scheme": "kecil", **details}
    return actions.start(organisation, by=by, **typed)


def head_of(organisation):
    return user_with("head_of_lks", organisation=organisation.pk)


class TestStart:
    def test_begins_with_the_scheme_as_it_stands_and_what_was_found(self):
        told = begun()
        assert told.run.stage == "self_assessment"
        assert scheme_of(told.run).code == told.run.scheme == "kecil"
        assert told.run.conditions["answer"] == "yes"
        assert [(step.left, step.stage) for step in Step.objects.all()] == [("", "self_assessment")]

    def test_pressed_twice_is_one_run(self):
        own_scheme()
        place, key = body(), uuid.uuid4()
        head = head_of(place)
        assert start(place, head, key=key).pk == start(place, head, key=key).pk
        assert Accreditation.objects.count() == Step.objects.count() == 1

    def test_keeps_judging_by_the_same_words_whatever_the_office_changes(self):
        told = begun()
        own_scheme(code="lain", regulation="Skema lain")
        assert scheme_of(fresh(told)).regulation == "Skema kecil kantor"

    def test_refuses_a_second_one_while_the_first_runs(self):
        told = begun()
        with pytest.raises(Refusal, match="masih punya akreditasi"):
            start(told.organisation, told.head)

    def test_refuses_the_scheme_whose_text_is_not_there(self):
        place = body()
        with pytest.raises(Refusal, match="belum dapat dipakai"):
            start(place, head_of(place), scheme="permensos-8-2025")

    def test_refuses_a_scheme_that_is_not_in_force(self):
        place = body()
        with pytest.raises(Refusal, match="tidak berlaku"):
            start(place, head_of(place), scheme="permensos-17-2012")

    def test_refuses_a_body_that_surely_does_not_meet_a_condition_and_says_which(self):
        own_scheme()
        place = body(legal_status="no_legal_entity")
        with pytest.raises(Refusal, match="Berbadan hukum"):
            start(place, head_of(place))
        assert not Accreditation.objects.exists()

    def test_lets_begin_what_is_not_known_yet(self):
        own_scheme()
        place = body(legal_status="")
        assert start(place, head_of(place)).conditions["answer"] == "unknown"

    def test_makes_a_body_that_was_not_accredited_wait(self):
        told = begun()
        Accreditation.objects.update(stage="not_accredited")
        Decision.objects.create(
            accreditation=told.run,
            round="plenary",
            on=today(),
            finding={},
            again_from=today() + timedelta(days=1),
            at=now(),
            by_name="Pleno",
        )
        with pytest.raises(Refusal, match="dapat diakreditasi lagi mulai"):
            start(told.organisation, told.head)
        later = {"on": today() + timedelta(days=1)}
        assert start(told.organisation, told.head, **later).earlier is None

    def test_points_to_the_accreditation_that_it_renews(self):
        told = begun()
        Accreditation.objects.update(stage="accredited", grade="A")
        assert start(told.organisation, told.head).earlier == told.run

    def test_is_not_for_the_head_of_another_body(self):
        told = begun()
        with pytest.raises(NotAllowed):
            start(body(name="LKS Lain"), told.head)


class TestWithdraw:
    def test_ends_the_run_with_its_reason(self):
        told = begun()
        details = {"version": 1, "on": today(), "at": now()}
        actions.withdraw(told.run, by=told.head, because="pindah tempat", **details)
        assert fresh(told).stage == "withdrawn"
        assert Step.objects.get(stage="withdrawn").words == "pindah tempat"

    def test_pressed_twice_is_one_step(self):
        told = begun()
        for _press in range(2):
            actions.withdraw(told.run, by=told.head, version=1, on=today(), at=now(), because="pindah")
        assert Step.objects.filter(stage="withdrawn").count() == 1

    def test_refuses_when_somebody_moved_it_meanwhile(self):
        told = begun()
        with pytest.raises(Clash):
            actions.withdraw(told.run, by=told.head, version=7, on=today(), at=now(), because="pindah")

    def test_tells_the_record_no_reason_in_plain_words(self):
        told = begun()
        actions.withdraw(told.run, by=told.head, version=1, on=today(), at=now(), because="pindah")
        event = Event.objects.filter(subject_kind="accreditation.accreditation").latest("number")
        assert "pindah" not in str(event.details)

    def test_is_too_late_once_scores_are_locked(self):
        told = locked()
        with pytest.raises(Refusal, match="sudah dikunci asesor"):
            moved(told, actions.withdraw, told.head, because="nilainya rendah")
        assert fresh(told).stage == "visit"
