import uuid

import pytest

from simpul.programmes.models import StrengthCheck
from simpul.programmes.queries.strength import mark_of
from tests.organisations.papers import a_certificate
from tests.programmes.mentored import a_check, a_mentor
from tests.programmes.views.test_plans import at, day

TYPED = {"item-identity_vision": "2", "item-identity_name_board": "1"}


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


@pytest.fixture
def as_mentor(client, mentor):
    client.force_login(mentor)
    return client


class TestStrength:
    def test_a_mentor_begins_answers_and_finishes(self, as_mentor, member, body):
        a_certificate(body, number="460/07/2026")
        told = {"once": str(uuid.uuid4()), "occasion": "before", **day("seen_on", 2026, 11, 22)}
        as_mentor.post(at("strength-begin", member.pk), told)
        check = StrengthCheck.objects.get()
        page = as_mentor.get(at("strength-fill", check.pk)).text
        assert "460/07/2026" in page
        assert "item-legality_registered" not in page
        as_mentor.post(at("strength-fill", check.pk), TYPED | {"mark": mark_of({}), "check": "1"})
        check.refresh_from_db()
        as_mentor.post(at("strength-finish", check.pk), {"mark": mark_of(check.answers)})
        assert "belum terpenuhi" in as_mentor.get(at("strength-check", check.pk)).text
        assert at("strength-check", check.pk) in as_mentor.get(at("strength", member.pk)).text

    def test_what_was_typed_stays_after_a_clash(self, as_mentor, member, mentor):
        check = a_check(member, mentor)
        StrengthCheck.objects.update(answers={"identity_vision": 0})
        answer = as_mentor.post(at("strength-fill", check.pk), TYPED | {"mark": mark_of({})})
        assert answer.status_code == 422
        assert "sudah diubah orang lain" in answer.text
        assert f'name="mark" value="{mark_of({"identity_vision": 0})}"' in answer.text

    @pytest.mark.parametrize(
        "wrong",
        [{"occasion": "x"}, {"occasion": "before", "seen_on_day": "32"}, {}],
        ids=["occasion", "no_day", "nothing"],
    )
    def test_a_wrong_beginning_is_shown_again(self, as_mentor, member, wrong):
        told = {"once": str(uuid.uuid4()), **day("seen_on", 2026, 11, 22)}
        assert as_mentor.post(at("strength-begin", member.pk), told | wrong).status_code == 422

    def test_before_stands_beside_after(self, client, head, member, mentor):
        a_check(member, mentor, answers={"identity_vision": 0})
        a_check(member, mentor, "after", answers={"identity_vision": 2})
        client.force_login(head)
        page = client.get(at("strength", member.pk)).text
        assert "Visi dan misi: Belum → Sudah" in page
        assert "belum membuktikan" in page

    def test_the_body_does_not_judge_itself(self, client, head, member, mentor):
        check = a_check(member, mentor)
        client.force_login(head)
        assert client.get(at("strength-fill", check.pk)).status_code == 404
        assert client.post(at("strength-finish", check.pk), {"mark": mark_of({})}).status_code == 404

    def test_a_finished_check_is_read_and_not_filled_in(self, as_mentor, member, mentor):
        check = a_check(member, mentor, answers={"identity_vision": 2})
        answer = as_mentor.get(at("strength-fill", check.pk))
        assert answer["Location"] == at("strength-check", check.pk)

    def test_an_address_with_a_button_leads_to_its_page(self, as_mentor, member, mentor):
        check = a_check(member, mentor)
        assert as_mentor.get(at("strength-finish", check.pk)).status_code == 302

    def test_a_stranger_finds_nothing(self, client, stranger, member, mentor):
        check = a_check(member, mentor)
        client.force_login(stranger)
        assert client.get(at("strength", member.pk)).status_code == 404
        assert client.get(at("strength-check", check.pk)).status_code == 404
