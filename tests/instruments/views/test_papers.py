import pytest
from django.urls import reverse

from simpul.access.models import Event
from tests.instruments.factories import SESSION, locked

pytestmark = pytest.mark.django_db


class TestBlankPdf:
    @pytest.mark.parametrize("code", ["session-evaluation", "home-based-work"])
    def test_is_a_tagged_paper(self, client, caseworker, code):
        client.force_login(caseworker)
        answer = client.get(reverse("instruments:blank-pdf", args=[code, 1]))
        assert answer.content.startswith(b"%PDF")
        assert b"/StructTreeRoot" in answer.content


class TestSheetPdf:
    def test_is_recorded_each_time_and_kept_nowhere(self, client, caseworker):
        sheet = locked(caseworker, SESSION | {"to_improve": '#panic("x") Lebih lama'})
        client.force_login(caseworker)
        for _time in range(2):
            answer = client.get(reverse("instruments:sheet-pdf", args=[sheet.pk]))
        assert answer.content.startswith(b"%PDF")
        assert answer["Cache-Control"] == "no-store"
        assert "Wan" not in answer["Content-Disposition"]
        assert Event.objects.filter(subject_key=str(sheet.pk), is_reading=True).count() >= 2

    def test_does_not_exist_for_another_office(self, client, caseworker, stranger):
        sheet = locked(caseworker)
        client.force_login(stranger)
        assert client.get(reverse("instruments:sheet-pdf", args=[sheet.pk])).status_code == 404
