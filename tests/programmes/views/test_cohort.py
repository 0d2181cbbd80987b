import uuid

import pytest
from django.urls import reverse

from simpul.programmes.actions import cohort as actions
from simpul.programmes.models import Member, Participant
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.queries.criteria import usual
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY, a_member, a_programme
from tests.programmes.views.counting import few_and_many


@pytest.fixture
def running():
    return a_programme(criteria=usual(), area=["21.02"])


@pytest.fixture
def participant(member, officer):
    person = Person("Pak Rahmat", title="Bendahara")
    return actions.add_participant(member, by=officer, key=uuid.uuid4(), on=TODAY, at=AT, person=person)


class TestCandidates:
    def test_finds_bodies_of_the_area_with_reasons(self, client, officer, running):
        organisation(name="LKS Embrio", confirmed_type="D")
        organisation(name="LKS Mandiri", confirmed_type="A")
        organisation(name="LKS Jauh", region="93.01", province="93")
        client.force_login(officer)
        shown = client.get(reverse("programmes:candidates", args=[running.pk])).content.decode()
        assert shown.index("LKS Embrio") < shown.index("LKS Mandiri")
        assert "Tipe lembaga: D (embrio)" in shown
        assert "LKS Jauh" not in shown

    def test_are_never_the_offices_that_run_programmes(self, client, officer, running):
        office = organisation(name="Dinas Sosial", kind="dinas")
        client.force_login(officer)
        address = reverse("programmes:candidates", args=[running.pk])
        assert str(office.pk) not in client.get(address).text
        client.post(address, {"body": [str(office.pk)]})
        assert not Member.objects.exists()

    @pytest.mark.parametrize(
        ("only", "names"), [("unknown", ["LKS Embrio"]), ("no", ["LKS Mandiri"]), ("yes", [])]
    )
    def test_are_narrowed_by_the_answer(self, client, officer, running, only, names):
        organisation(name="LKS Embrio", confirmed_type="D")
        organisation(name="LKS Mandiri", confirmed_type="A")
        client.force_login(officer)
        shown = client.get(
            reverse("programmes:candidates", args=[running.pk]), {"hasil": only}
        ).content.decode()
        assert [name for name in ("LKS Embrio", "LKS Mandiri") if name in shown] == names

    def test_ask_the_same_however_many_there_are(self, client, officer, running):
        client.force_login(officer)
        address = reverse("programmes:candidates", args=[running.pk])
        assert few_and_many(client, address, lambda: organisation(name="LKS Lagi", confirmed_type="C"))

    @pytest.mark.parametrize("ticked", [[], ["tidak-terbaca"]], ids=["nothing", "no_key"])
    def test_bad_ticks_change_nothing(self, client, officer, running, ticked):
        client.force_login(officer)
        answer = client.post(
            reverse("programmes:candidates", args=[running.pk]), {"body": ticked}, follow=True
        )
        assert answer.status_code == 200
        assert not Member.objects.exists()

    def test_those_ticked_become_candidates(self, client, officer, running):
        body = organisation(name="LKS Embrio")
        client.force_login(officer)
        client.post(reverse("programmes:candidates", args=[running.pk]), {"body": [str(body.pk)]})
        assert Member.objects.get().organisation == body


class TestMember:
    def test_shows_names_to_who_runs_it_and_to_the_body(self, client, officer, head, member, participant):
        for user in (officer, head):
            client.force_login(user)
            assert "Pak Rahmat" in client.get(reverse("programmes:member", args=[member.pk])).content.decode()

    def test_shows_codes_alone_to_others(self, client, officer, decider, member, participant):
        mentor = user_with("mentor", region="21.02")
        helper = Helper("Bu Lina", "mentor", account=mentor.username)
        actions.add_worker(member.programme, by=officer, key=uuid.uuid4(), on=TODAY, at=AT, helper=helper)
        for user in (decider, mentor):
            client.force_login(user)
            shown = client.get(reverse("programmes:member", args=[member.pk])).content.decode()
            assert ("P01" in shown, "Rahmat" in shown, "Bendahara" in shown) == (True, False, False)

    def test_is_not_there_for_another_body(self, client, stranger, member):
        client.force_login(stranger)
        assert client.get(reverse("programmes:member", args=[member.pk])).status_code == 404

    def test_candidates_are_no_bodys_business(self, client, head, body):
        member = a_member(body=body, state="candidate")
        client.force_login(head)
        assert client.get(reverse("programmes:member", args=[member.pk])).status_code == 404


class TestMemberChoose:
    def test_a_refusal_shows_what_was_typed(self, client, officer, running):
        member = a_member(running, state="candidate")
        client.force_login(officer)
        sent = {"arm": "programme", "words": ""}
        answer = client.post(reverse("programmes:member-choose", args=[member.pk]), sent)
        assert answer.status_code == 422
        assert "tetap dipilih" in answer.content.decode()


class TestParticipantAdd:
    def test_tells_the_code(self, client, officer, member):
        client.force_login(officer)
        sent = {"once": str(uuid.uuid4()), "name": "Bu Siti", "sex": "P"}
        answer = client.post(reverse("programmes:participant-add", args=[member.pk]), sent, follow=True)
        assert "P01" in answer.content.decode()
        assert Participant.objects.get().name == "Bu Siti"

    def test_is_not_for_the_body_itself(self, client, head, member):
        client.force_login(head)
        assert client.get(reverse("programmes:participant-add", args=[member.pk])).status_code == 403


class TestParticipants:
    def test_is_a_list_to_print(self, client, officer, member, participant):
        client.force_login(officer)
        shown = client.get(reverse("programmes:participants", args=[member.programme_id])).content.decode()
        assert "Pak Rahmat" in shown
        assert "Tanda tangan" in shown


class TestWorkerAdd:
    def test_offers_the_bodies_to_mentors(self, client, officer, member):
        client.force_login(officer)
        page = client.get(reverse("programmes:worker-add", args=[member.programme_id])).content.decode()
        assert member.organisation.name in page
        sent = {"once": str(uuid.uuid4()), "part": "trainer", "name": "Bu Ani"}
        answer = client.post(reverse("programmes:worker-add", args=[member.programme_id]), sent, follow=True)
        assert "Bu Ani" in answer.content.decode()


class TestWorkerEnd:
    def test_is_pressed(self, client, officer, programme):
        helper = Helper("Bu Ani", "trainer")
        row = actions.add_worker(programme, by=officer, key=uuid.uuid4(), on=TODAY, at=AT, helper=helper)
        client.force_login(officer)
        assert "Bu Ani" in client.get(reverse("programmes:worker", args=[row.pk])).content.decode()
        client.post(reverse("programmes:worker-end", args=[row.pk]))
        row.refresh_from_db()
        assert row.ended_on == TODAY
