import pytest
from django.urls import reverse

from simpul.accreditation.actions.assignment import declare_as_validator
from tests.access.factories import give, user_with
from tests.accreditation.factories import named, now, signed, today

pytestmark = pytest.mark.django_db


def address(told):
    return reverse("accreditation:minutes-pdf", args=[told.visit.pk])


class TestMinutesPdf:
    def test_is_a_tagged_paper_to_which_the_run_leads(self, client):
        told = signed()
        client.force_login(told.head)
        page = client.get(reverse("accreditation:run", args=[told.run.pk])).content.decode()
        assert address(told) in page
        answer = client.get(address(told))
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        assert b"pdfuaid" in answer.content

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [("head_of_lks", None, 404), ("dinas_officer", "21.03", 404), ("assessor", "21", 403)],
        ids=["another head", "another regency", "assessor"],
    )
    def test_is_closed_to_who_may_not_see_the_run(self, client, role, where, status):
        told = signed()
        place = {"region": where} if where else {"organisation": told.visit.pk}
        client.force_login(user_with(role, **place))
        assert client.get(address(told)).status_code == status

    def test_is_kept_from_a_member_with_a_conflict(self, client):
        told = signed()
        client.force_login(told.member)
        assert client.get(address(told)).status_code == 200
        give(told.member, "accreditation_validator", region="21")
        row = named(told, told.member, "validator")
        details = {"on": today(), "at": now(), "has_conflict": True, "words": "Adik saya bekerja di sana."}
        declare_as_validator(row, by=told.member, **details)
        assert client.get(address(told)).status_code == 404
