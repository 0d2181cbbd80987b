"""Recaps that are asked for: who owes them, who is late, handing in, and correcting."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.cases.models import Case, CaseMember
from simpul.recaps.actions import DueTwice, NotDelivered, ask_for, ask_no_more, deliver
from simpul.recaps.facts import Asked
from simpul.recaps.models import Delivery, Due
from simpul.recaps.queries.due import (
    BY_BODIES,
    acting_for,
    owed,
    owed_by,
    party_of,
    periods_of,
    recap_for,
    waits,
)
from simpul.recaps.queries.reached import case_reach
from tests.access.factories import user_with
from tests.cases.factories import a_case
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture
def officer():
    return user_with("dinas_officer", region=KARIMUN)


@pytest.fixture
def body():
    return organisation(region="21.02.10.2003")


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


def asked(officer, **details):
    told = {
        "recap": "R9",
        "every": "month",
        "days": 10,
        "asked_from": "bodies",
        "first": date(2026, 8, 1),
        **details,
    }
    return ask_for(Where(region=KARIMUN), by=officer, key=uuid.uuid4(), at=AT, **told)


def handed_in(due, head, *, at=None, **details):
    one = next(one for one in owed_by(head, ON) if one.period == periods_of(due, ON)[0])
    recap = recap_for(head, due, one.period, one.party)
    return deliver(
        one.party.where, by=head, key=uuid.uuid4(), recap=recap, at=at or timezone.now(), **details
    )


class TestOwedBy:
    def test_names_every_period_that_is_over_since_it_was_asked_for(self, officer, head):
        asked(officer)
        assert [one.period.since.month for one in owed_by(head, ON)] == [8, 9, 10]

    def test_says_which_are_late(self, officer, head):
        asked(officer, days=25)
        assert [one.is_late for one in owed_by(head, ON)] == [True, True, False]

    def test_leaves_out_who_lies_in_another_area(self, officer):
        asked(officer)
        elsewhere = organisation(region="14.01.01")
        assert owed_by(user_with("head_of_lks", organisation=elsewhere.pk), ON) == []

    def test_asks_the_office_below_where_regions_report(self):
        province = user_with("registrar", region="21")
        ask_for(
            Where(region="21"), by=province, key=uuid.uuid4(), at=AT,
            recap="R2", every="quarter", days=10, asked_from="regions", first=date(2026, 7, 1),
        )  # fmt: skip
        (one,) = owed_by(user_with("dinas_officer", region=KARIMUN), ON)
        assert (one.party.key, one.period.until) == (KARIMUN, date(2026, 9, 30))

    def test_ends_when_it_is_asked_for_no_more(self, officer, head):
        ask_no_more(asked(officer), by=officer, at=AT)
        assert owed_by(head, ON) == []


class TestOwed:
    def test_tells_who_has_handed_in_and_who_has_not(self, officer, head, body):
        due = asked(officer)
        other = organisation(region=KARIMUN, name="LKS Lain")
        handed_in(due, head)
        told = {one.party.key: one.delivery is not None for one in owed(due, periods_of(due, ON)[0], ON)}
        assert told == {str(body.pk): True, str(other.pk): False}


class TestAskFor:
    def test_refuses_the_same_twice(self, officer):
        asked(officer)
        with pytest.raises(DueTwice):
            asked(officer)

    def test_is_not_for_a_body(self, head):
        with pytest.raises(NotAllowed):
            asked(head)


class TestDeliver:
    def test_keeps_the_numbers_as_they_were(self, officer, head, body, caseworker):
        kept = handed_in(asked(officer), head).numbers
        case = a_case(caseworker)
        type(case).objects.filter(pk=case.pk).update(organisation=body.pk, opened_on=date(2026, 9, 1))
        assert Delivery.objects.get().numbers == kept

    def test_keeps_a_corrected_one_beside_the_first(self, officer, head):
        due = asked(officer)
        first, second = handed_in(due, head), handed_in(due, head, note="Dua orang terlewat.")
        assert second.replaces == first
        assert next(one for one in owed(due, periods_of(due, ON)[0], ON) if one.delivery).delivery == second

    def test_is_not_a_second_one_with_the_same_numbers(self, officer, head):
        due = asked(officer)
        assert handed_in(due, head) == handed_in(due, head)
        assert Delivery.objects.count() == 1

    def test_names_the_body_and_not_the_reach_of_who_hands_in(self, officer, head, body):
        numbers = handed_in(asked(officer), head).numbers
        assert numbers["heading"][0] == ["Lembaga", body.name]

    def test_refuses_numbers_other_than_those_looked_at(self, officer, head):
        with pytest.raises(NotDelivered):
            handed_in(asked(officer), head, seen="0" * 64)

    def test_refuses_a_period_that_is_not_over(self, officer, head):
        with pytest.raises(NotDelivered):
            handed_in(asked(officer), head, at=datetime(2026, 10, 30, tzinfo=UTC))


class TestActingFor:
    def test_is_late_by_the_day_of_the_office(self, officer, head):
        due = asked(officer, first=date(2026, 10, 1))
        # Half past twelve at night on the eleventh, in Indonesia.
        handed_in(due, head, at=datetime(2026, 11, 10, 17, 30, tzinfo=UTC))
        assert owed_by(head, ON)[0].was_late

    def test_holds_nothing_of_another_body(self, officer, head, body, caseworker):
        a_case(caseworker)
        due = asked(officer)
        both = user_with("head_of_lks", organisation=caseworker.grants.get().organisation)
        both.grants.create(role="head_of_lks", organisation=body.pk)
        both.forget_grants()
        reader = acting_for(both, Where(organisation=body.pk, region=body.region))
        party = party_of(both, due, str(body.pk))
        recap = recap_for(both, due, periods_of(due, ON)[0], party)
        assert {grant.organisation for grant in reader.standing_grants} == {body.pk}
        assert recap.tables[0].lines == ()

    def test_reaches_no_wider_than_the_grant_of_a_body(self, body):
        reader = acting_for(
            _of_one_area(body, "21.02.10"), Where(organisation=body.pk, region="21.02.10.2003")
        )
        assert {grant.region for grant in reader.standing_grants} == {"21.02.10"}

    @pytest.mark.parametrize("level", ["restricted", "highly_restricted", "team_only"])
    def test_counts_no_case_that_only_the_deliverer_may_know_of(self, caseworker, level):
        case = a_case(caseworker)
        home = caseworker.grants.get().organisation
        supervisor = user_with("case_supervisor", organisation=home)
        reader = acting_for(supervisor, Where(organisation=home, region=case.person.region))
        asked = Asked(since=date(2000, 1, 1), until=date(2100, 1, 1))
        assert case_reach(reader, asked).cases().count() == 1
        CaseMember.objects.filter(case=case).update(user=supervisor.pk)
        Case.objects.filter(pk=case.pk).update(confidentiality=level)
        assert case_reach(supervisor, asked).cases().count() == 1
        assert case_reach(reader, asked).cases().count() == 0


def _of_one_area(body, region):
    found = user_with("head_of_lks", organisation=body.pk)
    found.grants.update(region=region)
    found.forget_grants()
    return found


class TestWaits:
    def test_says_how_many_and_that_one_is_late(self, officer, head):
        asked(officer)
        (one,) = waits(head, ON)
        assert (one.number, one.is_late) == (3, True)

    def test_says_nothing_where_nothing_is_asked_for(self, head):
        assert waits(head, ON) == ()


class TestPages:
    def test_lead_a_body_from_what_is_asked_to_what_was_handed_in(self, client, officer, head):
        due = asked(officer, first=date(2020, 1, 1))
        client.force_login(head)
        address = next(one for one in owed_by(head, timezone.localdate()) if not one.delivery)
        way = reverse("recaps:deliver", args=[due.pk, address.period.since.isoformat(), address.party.key])
        assert way in client.get(reverse("recaps:dues")).content.decode()
        form = client.get(way).context["form"]
        sent = {
            "once": uuid.uuid4(),
            "seen": form["seen"].initial or form.initial["seen"],
            "catatan": "Lengkap",
        }
        answer = client.post(way, sent, follow=True)
        assert "Lengkap" in answer.content.decode()
        assert Delivery.objects.get().by == head.pk

    def test_say_that_it_was_handed_in_before(self, client, officer, head):
        due = asked(officer, first=date(2020, 1, 1))
        client.force_login(head)
        one = next(one for one in owed_by(head, timezone.localdate()) if not one.delivery)
        way = reverse("recaps:deliver", args=[due.pk, one.period.since.isoformat(), one.party.key])
        told = {"seen": client.get(way).context["form"].initial["seen"], "catatan": ""}
        answers = [client.post(way, told | {"once": uuid.uuid4()}, follow=True) for _time in range(2)]
        words = [answer.content.decode() for answer in answers]
        assert ["Tidak diserahkan dua kali" in one for one in words] == [False, True]
        assert "Sudah diserahkan" in client.get(way).content.decode()

    def test_show_an_office_who_has_not_handed_in(self, client, officer, body):
        due = asked(officer, first=date(2020, 1, 1))
        client.force_login(officer)
        words = client.get(reverse("recaps:due", args=[due.pk])).content.decode()
        assert body.name in words
        assert "0 dari 1 sudah menyerahkan" in words

    def test_tell_an_office_which_period_will_be_the_first(self, client, officer, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: ON)
        due = asked(officer, first=date(2026, 11, 1))
        client.force_login(officer)
        words = client.get(reverse("recaps:due", args=[due.pk])).content.decode()
        assert "Jangka pertama, November 2026, belum berakhir" in words
        assert "10 Desember 2026" in words

    def test_begin_an_office_with_a_recap_that_bodies_can_hand_in(self, client, officer):
        client.force_login(officer)
        form = client.get(reverse("recaps:due-new")).context["form"]
        assert (form["rekap"].value(), form["dari"].field.choices[0][0]) == (BY_BODIES[0], "bodies")

    def test_let_an_office_ask(self, client, officer):
        client.force_login(officer)
        told = {
            "once": uuid.uuid4(),
            "wilayah": KARIMUN,
            "rekap": "R8",
            "dari": "bodies",
            "setiap": "month",
            "hari": 7,
        }
        assert client.post(reverse("recaps:due-new"), told).status_code == 302
        assert Due.objects.get().code == "R8"

    @pytest.mark.parametrize(
        "code", [f"R{number}" for number in range(1, 16) if f"R{number}" not in BY_BODIES]
    )
    def test_do_not_ask_bodies_for_what_is_about_areas(self, client, officer, code):
        client.force_login(officer)
        told = {
            "once": uuid.uuid4(),
            "wilayah": KARIMUN,
            "rekap": code,
            "dari": "bodies",
            "setiap": "month",
            "hari": 7,
        }
        assert client.post(reverse("recaps:due-new"), told).status_code == 422

    def test_hide_from_a_body_what_another_owes(self, client, officer, head, body):
        due = asked(officer, first=date(2020, 1, 1))
        client.force_login(user_with("head_of_lks", organisation=organisation(region=KARIMUN, name="X").pk))
        since = periods_of(due, timezone.localdate())[0].since.isoformat()
        assert client.get(reverse("recaps:deliver", args=[due.pk, since, body.pk])).status_code == 404

    def test_let_a_body_take_its_own_recap_out(self, client, head):
        client.force_login(head)
        assert client.post(reverse("recaps:file", args=["R9", "csv"])).status_code == 200
