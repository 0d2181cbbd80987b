"""Recaps on the screen, as files, and the people behind a number."""

import re
from datetime import date
from html import escape, unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.cases.models import Case
from simpul.catalogue import editions
from simpul.recaps.queries import RECAPS
from tests.access.factories import ORGANISATION, give, user_with
from tests.people.factories import person
from tests.population.factories import ON, kept, register_of, row
from tests.recaps.factories import UNTIL, Office, asked_of

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
ASKED = {"wilayah": KARIMUN, "hari": ON.isoformat()}


@pytest.fixture
def officer(client):
    found = user_with("dinas_officer", region=KARIMUN)
    client.force_login(found)
    return found


@pytest.fixture
def somebody(db):
    """One person in the register, with the key of a real row."""
    found = person(user_with("caseworker", organisation=ORGANISATION), name="Wati Rekaan")
    kept(register_of([row(person=str(found.pk), sex="P", age=70, confirmed=("LUT",))]))
    return found


def address(name, *args, **asked):
    query = "&".join(f"{key}={value}" for key, value in (ASKED | asked).items())
    return f"{reverse(f'recaps:{name}', args=args)}?{query}"


class TestIndex:
    def test_lists_every_recap(self, client, officer):
        words = client.get(reverse("recaps:index")).content.decode()
        assert "Rekap PPKS per kecamatan" in words

    def test_is_closed_to_who_only_collects(self, client):
        client.force_login(user_with("field_volunteer", region=KARIMUN))
        assert client.get(reverse("recaps:index")).status_code == 403


class TestOne:
    def test_leads_from_a_number_to_the_people_behind_it(self, client, officer, somebody):
        page = client.get(address("one", "R2")).content.decode()
        assert reverse("recaps:behind", args=["R2", "persons", "21.02.10", "P"]) in page

    def test_says_by_which_rules_it_counts(self, client, officer, somebody):
        page = client.get(address("one", "R2")).content.decode()
        for told in (
            "ditetapkan pekerja sosial",
            "tempat tinggal sekarang",
            "permensos-8-2012",
            "22 November 2026",
        ):
            assert told in page

    def test_shows_again_what_cannot_be_asked(self, client, officer):
        answer = client.get(address("one", "R2", hari="2999-01-01"))
        assert answer.status_code == 422
        assert "belum tiba" in answer.content.decode()

    def test_counts_until_today_since_a_day_of_this_month(self, client, officer, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: ON)
        page = client.get(f"{reverse('recaps:one', args=['R9'])}?sejak=2026-11-02")
        assert page.context["recap"].asked.since == date(2026, 11, 2)
        assert page.context["recap"].asked.until == ON

    def test_refuses_to_begin_on_a_day_to_come(self, client, officer):
        answer = client.get(f"{reverse('recaps:one', args=['R9'])}?sejak=2999-01-01")
        assert (answer.status_code, "belum tiba" in answer.content.decode()) == (422, True)

    def test_offers_every_area_of_the_reader_and_no_other_word_for_the_first(self, client, officer):
        give(officer, "dinas_officer", region="14.08")
        page = client.get(reverse("recaps:one", args=["R2"]))
        offered = [code for code, _name in page.context["form"].fields["wilayah"].choices]
        assert (offered[0], "14.08" in offered, "" in offered) == (KARIMUN, True, False)

    def test_knows_no_other_recap(self, client, officer):
        assert client.get(address("one", "R99")).status_code == 404

    def test_keeps_within_the_area_of_the_reader(self, client, officer):
        assert client.get(address("one", "R2", wilayah="14")).status_code == 422


class TestEveryRecap:
    @pytest.mark.parametrize("code", sorted(RECAPS))
    @pytest.mark.parametrize("role", ["dinas_officer", "head_of_lks"])
    def test_opens_with_its_numbers_over_time(self, client, somebody, code, role):
        where = {"organisation": ORGANISATION} if role == "head_of_lks" else {"region": KARIMUN}
        client.force_login(user_with(role, **where))
        answer = client.get(f"{reverse('recaps:one', args=[code])}?waktu=ya")
        assert answer.status_code == 200
        assert str(RECAPS[code].title) in answer.content.decode()


class TestEveryNumber:
    """Every recap leads from its numbers to the rows behind them, and from there to their pages."""

    @pytest.mark.parametrize("code", sorted(RECAPS))
    def test_leads_to_rows_that_can_be_opened(self, client, code):
        office = Office()
        asked = asked_of(code)
        client.force_login(_who_may_see(code, office))
        told = {"wilayah": asked.area, "sejak": asked.since, "hari": asked.until}
        page = client.get(reverse("recaps:one", args=[code]), told).content.decode()
        links = [unescape(one) for one in re.findall(r'<td><a href="([^"]+)"', page)]
        lines = [unescape(one) for one in re.findall(r'<th scope="row"><a href="([^"]+)"', page)]
        assert links, code
        chosen = {
            link.split("?")[0].split("/")[-4] + link.split("?")[0].split("/")[-2]: link for link in links
        }
        for link in [*chosen.values(), *lines[:1]]:
            answer = client.get(link)
            assert answer.status_code == 200, link
            if link in links:
                assert "Angka ini" in answer.content.decode(), link

    def test_of_what_no_body_does_is_not_the_total(self, client):
        """The key of cases without a body once stood in addresses as that of the total."""
        office = Office()
        Case.objects.filter(person=office.somebody).update(confidentiality="ordinary", opened_on=UNTIL)
        client.force_login(office.officer)
        page = client.get(
            reverse("recaps:one", args=["R9"]), {"sejak": UNTIL, "hari": UNTIL}
        ).content.decode()
        assert "/bodies/-/new/" in page
        assert "/bodies/jumlah/new/" in page


def _who_may_see(code, office):
    if code == "R3":
        return user_with("dinas_officer", region="21")
    # R14 tells of requests and of events, which are for others to open.
    return user_with("case_supervisor", organisation=ORGANISATION) if code == "R14" else office.officer


class TestFile:
    @pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
    def test_is_recorded_each_time_with_who_took_what(self, client, officer, somebody, form):
        answer = client.post(address("file", "R2", form))
        assert answer.status_code == 200
        event = Event.objects.get(permission="recap.export")
        assert (event.actor, event.details["recap"], event.details["form"]) == (officer.pk, "R2", form)

    def test_holds_the_numbers_of_the_page(self, client, officer, somebody):
        told = client.post(address("file", "R2", "csv")).content.decode("utf-8-sig")
        assert "R2,persons,orang,21.02.10" in told
        assert ",LUT:P,Lanjut usia telantar · Perempuan,1" in told.replace(
            "Lanjut Usia Telantar", "Lanjut usia telantar"
        )

    def test_names_the_rules_in_the_workbook_too(self, client, officer, somebody):
        book = ZipFile(BytesIO(client.post(address("file", "R2", "xlsx")).content))
        assert "ditetapkan pekerja sosial" in book.read("xl/worksheets/sheet1.xml").decode()

    def test_is_not_made_by_following_a_link(self, client, officer, somebody):
        assert client.get(address("file", "R2", "csv")).status_code == 302


class TestBehind:
    def test_shows_the_people_and_records_that_they_were_seen(self, client, officer, somebody):
        answer = client.get(address("behind", "R2", "persons", "21.02.10", "P"))
        assert "Wati Rekaan" in answer.content.decode()
        assert Event.objects.about_person(somebody.pk).filter(is_reading=True).exists()

    def test_names_a_type_by_its_number_in_the_address(self, client, officer, somebody):
        number = next(need.number for need in editions.default().types if need.code == "LUT")
        page = client.get(address("one", "R2")).content.decode()
        link = reverse("recaps:behind", args=["R2", "types", "21.02.10", f"n{number}:P"])
        assert link in page
        assert "LUT:P" not in page
        answer = client.get(address("behind", "R2", "types", "21.02.10", f"n{number}:P"))
        assert "Wati Rekaan" in answer.content.decode()

    def test_says_how_many_are_out_of_reach(self, client, officer, somebody):
        """The register knows more people than there are records: erased, merged, or moved away since."""
        kept(register_of([row(sex="P", confirmed=("LUT",)), row(person=str(somebody.pk), sex="P", confirmed=("LUT",))], digest="9" * 64))  # fmt: skip
        words = client.get(address("behind", "R2", "persons", "21.02.10", "P")).content.decode()
        assert "Angka ini 2 orang." in words
        assert "1 di antaranya di luar jangkauan Anda" in words

    def test_leads_back_to_the_recap_as_it_was_asked(self, client, officer, somebody):
        words = client.get(address("behind", "R2", "persons", "21.02.10", "P", page="1")).content.decode()
        assert f"{escape(address('one', 'R2'))}#t-persons" in words

    @pytest.mark.parametrize(
        "where",
        [("persons", "21.99", "P"), ("persons", "21.02.10", "X"), ("nothing", "21.02.10", "P"), ("types", "21.02.10", "LKS:P")],
        ids=["line", "column", "table", "type"],
    )  # fmt: skip
    def test_knows_no_number_that_is_not_in_the_recap(self, client, officer, somebody, where):
        assert client.get(address("behind", "R2", *where)).status_code == 404

    def test_is_closed_to_who_sees_no_people(self, client, somebody):
        client.force_login(user_with("registrar"))
        assert client.get(address("behind", "R2", "persons", "21.02.10", "P")).status_code == 403
