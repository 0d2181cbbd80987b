import uuid

import pytest
from django.urls import reverse

from simpul.partners.models import Agreement, Decision, Forum, ForumMember, Mediation, Meeting
from simpul.partners.queries.survey import SURVEY
from simpul.partners.queries.told import Decided
from tests.instruments.factories import begun
from tests.partners.making import a_forum, a_mediation, a_meeting, a_member, an_agreement, in_force


def at(name, row=None):
    return reverse(f"partners:{name}", args=[row.pk] if row is not None else [])


def day(name, year, month, number):
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(number)}


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


class TestAgreements:
    def typed(self, **details):
        kept = {
            "once": str(uuid.uuid4()),
            "partner": "SMK Maritim",
            "ways": ["coordination", "joint_service"],
        }
        return kept | {"subject": "Magang"} | day("since", 2026, 1, 5) | details

    def test_an_agreement_goes_from_form_to_its_end(self, as_head, body):
        made = as_head.post(at("agreement-make", body), self.typed(), follow=True)
        assert "SMK Maritim" in made.text
        row = Agreement.objects.get()
        as_head.post(at("agreement-start", row), {"version": "1"})
        as_head.post(at("agreement-end", row), {"version": "2", "words": "Program selesai"})
        row.refresh_from_db()
        assert (row.state, row.ended_because) == ("ended", "Program selesai")

    def test_what_was_typed_is_shown_again_beside_the_fault(self, as_head, body):
        answer = as_head.post(at("agreement-make", body), self.typed(subject="", number="77/X"))
        assert answer.status_code == 422
        assert "77/X" in answer.text
        assert not Agreement.objects.exists()

    def test_who_has_one_body_is_not_asked_for_which(self, as_head, body):
        assert as_head.get(at("agreement-for")).headers["Location"] == at("agreement-make", body)

    def test_the_list_shows_both_names_and_the_way(self, as_head, body, head):
        an_agreement(body, head)
        page = as_head.get(at("agreements")).text
        assert "LKS Tunas Bahari" in page
        assert "Koordinasi" in page

    def test_the_other_side_is_asked_whether_it_is_so(self, client, body, other, head, head_of_other):
        row = in_force(body, head, partner=other.name)
        client.force_login(head_of_other)
        assert "Ya, ini benar" in client.get(at("agreement", row)).text
        client.post(at("agreement-confirm", row))
        row.refresh_from_db()
        assert row.confirmed_by_name == "Pak Idham"

    def test_out_of_reach_there_is_nothing(self, client, body, head, stranger):
        row = an_agreement(body, head)
        client.force_login(stranger)
        assert client.get(at("agreement", row)).status_code == 404

    def test_the_form_of_a_change_holds_what_is_recorded(self, as_head, body, head):
        row = an_agreement(body, head)
        assert "Pemeriksaan kesehatan tiap bulan" in as_head.get(at("agreement-change", row)).text
        as_head.post(at("agreement-change", row), self.typed(version="1", partner="SMK Maritim"))
        row.refresh_from_db()
        assert row.partner_name == "SMK Maritim"


class TestForums:
    def test_a_forum_goes_from_its_area_to_a_decision_followed_up(self, as_officer):
        assert "wilayah=21.02" in as_officer.get(at("forum-found"), {"q": "karimun"}).text
        once = {"once": str(uuid.uuid4()), "called": "Forum Jejaring"}
        as_officer.post(f"{at('forum-found')}?wilayah=21.02", once | day("since", 2020, 5, 2))
        forum = Forum.objects.get()
        as_officer.post(at("forum-join", forum), {"once": str(uuid.uuid4()), "called": "PKK Tebing"})
        member = ForumMember.objects.get()
        held = {"once": str(uuid.uuid4()), "agenda": "Rencana", "came": [str(member.pk)], "words_1": "Dua"}
        as_officer.post(at("meeting-hold", forum), held | day("on", 2026, 11, 2))
        decision = Decision.objects.get()
        as_officer.post(at("decision", decision), {"version": "1", "became": "done", "result": "Sudah"})
        assert "Sudah" in as_officer.get(at("meeting", Meeting.objects.get())).text

    def test_who_does_a_decision_is_nothing_without_the_decision(self, as_officer, officer):
        forum = a_forum(officer)
        typed = {"once": str(uuid.uuid4()), "agenda": "Rencana", "who_1": "Bu Salmah"} | day(
            "on", 2026, 11, 2
        )
        answer = as_officer.post(at("meeting-hold", forum), typed)
        assert answer.status_code == 422
        assert "Tulis apa yang diputuskan" in answer.text

    def test_a_meeting_is_completed_with_what_stands_filled_in(self, as_officer, officer):
        held = a_meeting(a_forum(officer), officer, decided=(Decided("Satu"),))
        assert "Rencana tahun depan" in as_officer.get(at("meeting-change", held)).text

    def test_a_member_is_asked_about_before_it_leaves(self, as_officer, officer):
        member = a_member(a_forum(officer), officer, "PKK Tebing")
        assert "keluar dari forum?" in as_officer.get(at("member-leave", member)).text
        as_officer.post(at("member-leave", member))
        assert "Pernah menjadi anggota" in as_officer.get(at("forum", member.forum)).text

    def test_a_member_reads_without_buttons(self, client, officer, body, head):
        forum = a_forum(officer)
        a_member(forum, officer, body.name)
        client.force_login(head)
        page = client.get(at("forum", forum)).text
        assert body.name in page
        assert "Catat rapat" not in page

    def test_a_forum_is_changed_by_who_keeps_it(self, as_officer, officer):
        forum = a_forum(officer)
        typed = {"version": "1", "called": "Forum Baru"} | day("since", 2020, 5, 2)
        as_officer.post(at("forum-change", forum), typed)
        assert "Forum Baru" in as_officer.get(at("forums")).text

    def test_a_forum_ends_after_one_more_question_and_is_resumed(self, as_officer, officer):
        forum = a_forum(officer)
        assert "tidak bertemu lagi?" in as_officer.get(at("forum-end", forum)).text
        ended = as_officer.post(at("forum-end", forum), follow=True).text
        assert "Catat rapat" not in ended
        assert "berakhir 22 November 2026" in as_officer.get(at("forums")).text
        assert "Catat rapat" in as_officer.post(at("forum-resume", forum), follow=True).text


class TestMediations:
    def test_a_mediation_goes_from_its_asking_to_a_next_step(self, as_head, body):
        assert as_head.get(at("mediation-for")).headers["Location"] == at("mediation-ask", body)
        typed = {"once": str(uuid.uuid4()), "counterpart_kind": "industry", "counterpart": "PT Benang Laut"}
        as_head.post(at("mediation-ask", body), typed | {"matter": "Upah terlambat"})
        row = Mediation.objects.get()
        assert at("mediation-mediator", row) in as_head.get(at("mediation", row)).text
        as_head.post(at("mediation-mediator", row), {"version": "1", "mediator": "Disnaker"})
        as_head.post(at("mediation-next", row), {"version": "2", "to": "accepted", "words": "Disanggupi"})
        page = as_head.get(at("mediation", row)).text
        assert "Disanggupi" in page
        assert "PT Benang Laut" in as_head.get(at("mediations")).text

    def test_a_step_that_does_not_follow_is_no_choice(self, as_head, body, head):
        row = a_mediation(body, head)
        answer = as_head.post(at("mediation-next", row), {"version": "1", "to": "kept"})
        assert answer.status_code == 422


class TestMediationAndSurvey:
    def test_lead_to_each_other(self, as_officer, body, other, head, head_of_other, officer):
        row, elsewhere = a_mediation(body, head), a_mediation(other, head_of_other, counterpart="PT Lain")
        sheet = begun(officer, code=SURVEY, about=body.pk)
        page = as_officer.get(at("mediation", row)).text
        assert reverse("instruments:sheet", args=[sheet.pk]) in page
        assert f"?lembaga={body.pk}" in page
        back = f"{at('mediations')}?lembaga={body.pk}"
        assert back in as_officer.get(reverse("instruments:sheet", args=[sheet.pk])).text
        listed = as_officer.get(back).text
        assert (row.counterpart in listed, elsewhere.counterpart in listed) == (True, False)
