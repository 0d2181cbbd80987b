import uuid

import pytest
from django.urls import reverse

from simpul.referrals.actions.finding import record_unmet
from tests.access import factories
from tests.referrals.loop import a_line
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def line(caseworker):
    line = a_line(caseworker)
    record_unmet(line, by=caseworker, key=uuid.uuid4(), version=line.version, reason="too_dear", **when(140))
    return line


def seen(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"referrals:{name}", args=args), query)


class TestUnmet:
    def test_leads_to_the_cases_behind(self, client, caseworker, line):
        told = seen(client, caseworker, "unmet").content.decode()
        assert "Terlalu mahal" in told
        assert "kolom=open" in told
        assert reverse("cases:unmet") in told

    def test_counts_by_type_as_well(self, client, caseworker, line):
        told = seen(client, caseworker, "unmet").content.decode()
        assert "satu kebutuhan bisa terhitung pada beberapa jenis" in told
        assert "jenis lain atau belum ditetapkan" in told

    def test_leads_nobody_to_cases_they_do_not_see(self, client, region, line):
        registrar = factories.user_with("registrar", region=region)
        told = seen(client, registrar, "unmet").content.decode()
        assert "kurang dari 5" in told
        assert "kolom=" not in told
        assert reverse("cases:unmet") not in told

    @pytest.mark.parametrize("query", [{"masa": "own"}, {"wilayah": "21'--"}, {"jenis": "x"}])
    def test_refuses_what_it_does_not_know(self, client, caseworker, query):
        assert seen(client, caseworker, "unmet", **query).status_code == 422

    def test_is_linked_from_the_page_of_cases(self, client, caseworker, line):
        client.force_login(caseworker)
        assert reverse("referrals:unmet") in client.get(reverse("cases:unmet")).content.decode()


class TestFile:
    def test_holds_the_same(self, client, caseworker, line):
        answer = seen(client, caseworker, "unmet-file", "csv")
        told = answer.content.decode("utf-8-sig")
        assert told.splitlines()[-1].endswith("Terlalu mahal,1,1")
        assert 'filename="kebutuhan-belum-terpenuhi-' in answer.headers["Content-Disposition"]

    def test_tells_the_types_too(self, client, caseworker, line):
        told = seen(client, caseworker, "unmet-file", "csv").content.decode("utf-8-sig")
        assert "satu kebutuhan bisa terhitung pada beberapa jenis" in told
        assert "jenis lain atau belum ditetapkan,Terlalu mahal,1,1" in told

    def test_does_not_tell_small_numbers_either(self, client, region, line):
        registrar = factories.user_with("registrar", region=region)
        told = seen(client, registrar, "unmet-file", "csv").content.decode("utf-8-sig")
        assert told.splitlines()[-1].endswith("kurang dari 5,kurang dari 5")

    def test_is_a_workbook_too(self, client, caseworker, line):
        assert seen(client, caseworker, "unmet-file", "xlsx").content.startswith(b"PK")
        assert seen(client, caseworker, "unmet-file", "doc").status_code == 404


class TestList:
    def query(self, **changed):
        return {
            "isi_wilayah": "21.02",
            "isi_jenis": "livelihood",
            "isi_sebab": "too_dear",
            "kolom": "open",
            **changed,
        }

    def test_holds_the_cases(self, client, caseworker, line):
        told = seen(client, caseworker, "unmet-list", **self.query()).content.decode()
        assert line.case.number in told
        assert reverse("cases:plan", args=[line.case_id]) in told

    def test_is_empty_for_a_stranger(self, client, stranger, line):
        told = seen(client, stranger, "unmet-list", **self.query()).content.decode()
        assert line.case.number not in told
