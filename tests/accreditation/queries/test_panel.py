from datetime import timedelta

import pytest

from simpul.accreditation.actions import assignment
from simpul.accreditation.queries.panel import counts, queue, waits
from tests.accreditation.factories import (
    accepted,
    applied,
    asked,
    begun,
    locked,
    minuted,
    named,
    now,
    signed,
    today,
    visiting,
)

pytestmark = pytest.mark.django_db


def told_to(user, on=None):
    return {one.words.split(" ", 1)[1]: one for one in waits(user, on or today())}


class TestWaits:
    def test_tells_the_body_what_it_has_to_do(self):
        told = begun()
        (one,) = waits(told.head, today())
        assert one.number == 1
        assert str(told.run.pk) in one.href
        assert not one.is_late

    def test_calls_late_what_waits_longer_than_the_norm(self):
        told = asked()
        (one,) = waits(told.registrar, today() + timedelta(days=15))
        assert one.is_late
        assert not waits(told.registrar, today() + timedelta(days=14))[0].is_late

    def test_tells_the_secretariat_of_the_desk(self):
        told = applied()
        assert "akreditasi menunggu sekretariat" in told_to(told.secretary)
        assert waits(told.head, today()) == ()

    def test_tells_the_secretariat_of_a_conflict_until_somebody_else_is_named(self):
        told = accepted()
        row = named(told, told.first)
        assignment.declare(row, by=told.first, on=today(), at=now(), has_conflict=True, words="saudara")
        words = "akreditasi perlu asesor atau penyelia pengganti karena benturan kepentingan"
        assert words in told_to(told.secretary)
        named(told, told.second)
        assert words not in told_to(told.secretary)

    def test_tells_assessors_of_declarations_and_visits(self):
        told = accepted()
        named(told, told.first)
        assert "pernyataan benturan kepentingan belum Anda isi" in told_to(told.first)
        assert "visitasi menunggu nilai Anda" in told_to(visiting().first)

    def test_tells_both_sides_of_minutes_to_sign_and_who_hands_the_visit_over(self):
        told, score = locked(), "visitasi menunggu nilai Anda"
        sign, ready = (
            "berita acara visitasi menunggu tanda tangan Anda",
            "visitasi siap diserahkan kepada penyelia",
        )
        assert {score, sign, ready}.isdisjoint(told_to(told.first))
        told.visit = minuted(told)
        for user, page in ((told.head, "lembaga"), (told.first, "asesor"), (told.second, "asesor")):
            assert told_to(user)[sign].href.endswith(f"/{told.visit.pk}/{page}/")
            assert ready not in told_to(user)
        done = signed()
        assert sign not in told_to(done.head)
        assert ready in told_to(done.second)


class TestQueue:
    def test_begins_with_what_waits_longest_and_counts_by_stage(self):
        told = applied()
        later = applied()
        assert set(queue(told.secretary)) == {told.run, later.run}
        assert [(str(stage), number) for stage, number in counts(told.secretary)] == [("desk_check", 2)]
