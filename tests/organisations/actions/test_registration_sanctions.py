import uuid

import pytest

from simpul.access.gate import NotAllowed
from simpul.access.refusal import Refusal
from simpul.organisations.actions.certificates import lift_suspension
from simpul.organisations.actions.registration_sanctions import impose, lift
from simpul.organisations.models import Certificate, Sanction
from simpul.organisations.queries.registration_sanctions import may_follow_now
from simpul.organisations.stages import CertificateState
from tests.access.factories import give
from tests.organisations.registering import (
    RIAU_ISLANDS,
    TODAY,
    a_body,
    certified,
    head_of,
    officer_at,
    registrar_at,
    when,
)

pytestmark = pytest.mark.django_db
GROUND = "Melayani tanpa tanda daftar sejak Januari."


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def registrar():
    return registrar_at()


def imposed(body, by, step, **details):
    return impose(body, by=by, **{"key": uuid.uuid4(), "step": step, "ground": GROUND, **when(), **details})


class TestImpose:
    def test_begins_with_a_warning_that_names_its_ground(self, body, registrar):
        row = imposed(body, registrar, "warning")
        assert (row.step, row.ground, row.on) == ("warning", GROUND, TODAY)

    @pytest.mark.parametrize("step", ["stop", "revocation", "fine"])
    def test_leaves_no_rung_out(self, body, registrar, step):
        with pytest.raises(Refusal, match="berjenjang"):
            imposed(body, registrar, step)

    def test_goes_up_rung_by_rung_and_revokes_what_is_held(self, body, registrar):
        certified(body, head_of(body), officer_at(), registrar)
        for step in ("warning", "stop", "revocation", "fine"):
            imposed(body, registrar, step)
        assert Certificate.objects.get().state == CertificateState.WITHDRAWN
        assert Sanction.objects.count() == 4

    def test_a_body_without_a_certificate_has_nothing_to_revoke(self, body, registrar):
        for step in ("warning", "stop"):
            imposed(body, registrar, step)
        assert may_follow_now(body) == ["warning", "stop", "fine"]

    def test_a_stop_suspends_what_is_held_and_gives_it_back_when_lifted(self, body, registrar):
        held = certified(body, head_of(body), officer_at(), registrar)
        imposed(body, registrar, "warning")
        stop = imposed(body, registrar, "stop")
        held.refresh_from_db()
        assert (held.state, held.state_because) == (CertificateState.SUSPENDED, GROUND)
        with pytest.raises(Refusal, match="masih berlaku"):
            lift_suspension(held, by=registrar, was="suspended", because="Sudah membaik.", **when())
        lift(stop, by=registrar, because="Sudah diperbaiki semua.", **when())
        held.refresh_from_db()
        assert held.state == CertificateState.STANDING

    def test_a_second_stop_keeps_it_suspended(self, body, registrar):
        held = certified(body, head_of(body), officer_at(), registrar)
        imposed(body, registrar, "warning")
        first, second = imposed(body, registrar, "stop"), imposed(body, registrar, "stop")
        lift(first, by=registrar, because="Sudah diperbaiki semua.", **when())
        held.refresh_from_db()
        assert held.state == CertificateState.SUSPENDED
        lift(second, by=registrar, because="Sudah diperbaiki semua.", **when())
        held.refresh_from_db()
        assert held.state == CertificateState.STANDING

    def test_nobody_acts_against_their_own_body(self, body, registrar):
        give(registrar, "head_of_lks", organisation=body.pk)
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            imposed(body, registrar, "warning")

    def test_needs_its_ground(self, body, registrar):
        with pytest.raises(Refusal, match="Tulis dasar"):
            imposed(body, registrar, "warning", ground="lalai")

    def test_pressed_twice_is_one(self, body, registrar):
        key = uuid.uuid4()
        for _press in range(2):
            imposed(body, registrar, "warning", key=key)
        assert Sanction.objects.count() == 1

    def test_is_not_for_the_desk_nor_for_another_regency(self, body):
        for user in (officer_at(), registrar_at("21.03")):
            with pytest.raises(NotAllowed):
                imposed(body, user, "warning")


class TestLift:
    def test_keeps_what_was_mended_and_the_ladder_begins_anew(self, body, registrar):
        row = imposed(body, registrar, "warning")
        for _press in range(2):
            lift(row, by=registrar, because="Permohonan sudah diajukan.", **when())
        row.refresh_from_db()
        assert (row.lifted_on, row.lifted_because) == (TODAY, "Permohonan sudah diajukan.")
        assert may_follow_now(body) == ["warning"]

    def test_is_for_the_office_that_imposed_it(self, body, registrar):
        row = imposed(body, registrar_at(RIAU_ISLANDS), "warning")
        assert row.region == RIAU_ISLANDS
        with pytest.raises(Refusal, match="pejabat di sana"):
            lift(row, by=registrar, because="Permohonan sudah diajukan.", **when())
