from datetime import timedelta

import pytest

from simpul.organisations.models import Flag
from simpul.organisations.queries.oversight_flags import (
    about_own_body,
    may_lift,
    reads_words,
    standing_flags,
    stands_on,
    to_review,
)
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY, a_flag
from tests.organisations.registering import registrar_at
from tests.organisations.standing import served

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body():
    return organisation()


class TestStandingFlags:
    @pytest.mark.parametrize(
        ("details", "stands"),
        [
            ({}, True),
            ({"on": TODAY + DAY}, False),
            ({"until": TODAY}, True),
            ({"on": TODAY - 2 * DAY, "until": TODAY - DAY}, False),
            ({"on": TODAY - DAY, "lifted_on": TODAY}, False),
            ({"on": TODAY - DAY, "lifted_on": TODAY + DAY}, True),
        ],
        ids=["today", "tomorrow", "last day", "over", "lifted today", "lifted later"],
    )
    def test_stand_from_their_first_to_their_last_day(self, body, details, stands):
        a_flag(body, **details)
        assert bool(standing_flags(body, TODAY)) is stands
        assert Flag.objects.filter(stands_on(TODAY)).exists() is stands

    def test_tell_kind_and_days_and_never_words(self, body):
        a_flag(body, kind="complaint")
        (flag,) = standing_flags(body, TODAY)
        assert (flag.kind, flag.title, flag.on) == ("complaint", "Pengaduan yang terbukti", TODAY)
        assert "Papan nama" not in repr(flag)

    def test_are_of_this_body_alone(self, body):
        a_flag(organisation())
        assert standing_flags(body, TODAY) == ()


class TestReadsWords:
    @pytest.mark.parametrize(
        ("role", "where", "reads"),
        [
            ("dinas_officer", {"region": "21.02"}, True),
            ("dinas_verifier", {"region": "21"}, True),
            ("dinas_officer", {"region": "21.71"}, False),
            ("plenary_member", {}, False),
            ("accreditation_secretary", {}, False),
            ("caseworker", {"region": "21.02"}, False),
        ],
    )
    def test_is_for_the_office_and_the_body(self, body, role, where, reads):
        assert reads_words(body, user_with(role, **where)) is reads
        assert reads_words(body, user_with("head_of_lks", organisation=body.pk))
        assert not reads_words(body, user_with("head_of_lks", organisation=organisation().pk))


class TestMayLift:
    @pytest.mark.parametrize(
        ("areas", "office"),
        [([], "21.02"), (["21.02.10"], "21.02"), (["21.02.10", "21.03.01"], "21"), (["21.02", "14.01"], "")],
        ids=["no area", "one regency", "one province", "two provinces"],
    )
    def test_is_for_the_office_that_registers_where_none_was_kept(self, body, areas, office):
        served(body, *areas)
        flag = a_flag(body, office=None)
        offices = {region: registrar_at(region) for region in ("21.02", "21", "14", "")}
        allowed = [region for region, user in offices.items() if may_lift(flag, user, TODAY)]
        assert allowed == [office]

    def test_is_for_the_office_that_raised_it(self, body):
        flag = a_flag(body, office="21")
        assert may_lift(flag, user_with("dinas_officer", region="21"), TODAY)
        assert not may_lift(flag, user_with("dinas_officer", region="21.02"), TODAY)
        assert not may_lift(flag, user_with("head_of_lks", organisation=body.pk), TODAY)


class TestToReview:
    @pytest.mark.parametrize(
        ("days", "until", "is_old"), [(180, None, True), (179, None, False), (300, TODAY + DAY, False)]
    )
    def test_holds_those_that_stand_long_without_an_end(self, body, officer, days, until, is_old):
        a_flag(body, on=TODAY - timedelta(days=days), until=until)
        assert to_review(officer, TODAY).exists() is is_old


class TestAboutOwnBody:
    def test_holds_nothing_about_others(self, body, officer):
        own, _other = a_flag(body), a_flag(organisation())
        assert list(about_own_body(user_with("head_of_lks", organisation=body.pk), TODAY)) == [own]
        assert not about_own_body(officer, TODAY)
