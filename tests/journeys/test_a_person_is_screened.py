"""One whole thread through the pages, without scripts: from a name to an open case, and who may see it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.access import chain
from simpul.access.models import Event
from simpul.cases.models import Case
from simpul.people.models import Person
from simpul.screening.models import Screening
from tests.journeys.paper_browser import PaperBrowser
from tests.places.factories import few_regions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SUMMARY = "Nek Maimunah makan sekali sehari dan ingin tetap di rumahnya."


@pytest.fixture(autouse=True)
def regions():
    few_regions()


def registered(browser: PaperBrowser) -> Person:
    browser.open(reverse("people:register"))
    browser.send(
        "once", name="Maimunah", born_day="1", born_month="Maret", born_year="1950", sex="P", save="1"
    )
    return Person.objects.get()


def consented(browser: PaperBrowser, person: Person) -> None:
    browser.open(reverse("people:consent", args=[person.pk]))
    browser.send("once", purpose="screening", basis="consent", capacity="self", mode="spoken")


def interviewed(browser: PaperBrowser, person: Person, said: dict[str, str]) -> Screening:
    """Say some things, then answer a few of the questions that come: nobody knows. Then that is enough."""
    browser.open(reverse("screening:start", args=[person.pk]))
    if "edition" in browser.fields():
        browser.send("edition")
    screening = Screening.objects.get(person=person)
    for name, value in said.items():
        browser.open(reverse("screening:question", args=[screening.pk, name]))
        browser.send("seen", value=value, source="self")
    for _number in range(5):
        browser.open(reverse("screening:question", args=[screening.pk]))
        in_vain = {"value": "unknown"} if "unknown" in browser.choices("value") else {"state": "unknown"}
        browser.send("seen", **in_vain)
    browser.client.post(reverse("screening:finish", args=[screening.pk]))
    screening.refresh_from_db()
    return screening


def decided(browser: PaperBrowser, screening: Screening) -> None:
    browser.open(reverse("screening:decide", args=[screening.pk]))
    fits = {
        f"decided-{code}": "yes" for code, found in screening.findings.items() if found["answer"] == "yes"
    }
    browser.send("urgency", urgency="urgent", rest="on", **fits)


class TestAPersonIsScreened:
    def test_from_a_name_to_an_open_case(self, caseworker):
        browser = PaperBrowser(caseworker)
        person = registered(browser)
        consented(browser, person)
        screening = interviewed(browser, person, {"basic_needs_met": "no", "left_alone": "yes"})
        assert screening.findings["LUT"]["answer"] == "yes"
        browser.open(reverse("screening:result", args=[screening.pk]))
        assert "Lanjut usia telantar" in browser.text
        decided(browser, screening)
        browser.open(reverse("cases:open", args=[screening.pk]))
        browser.send("once", summary=SUMMARY)
        case = Case.objects.get()
        assert SUMMARY in browser.open(reverse("cases:case", args=[case.pk])).text
        assert "LUT" in case.need_types
        assert "Maimunah" in browser.open(reverse("desk:today")).text

    def test_only_with_consent_or_another_basis(self, caseworker):
        browser = PaperBrowser(caseworker)
        person = registered(browser)
        browser.open(reverse("screening:start", args=[person.pk]))
        if "edition" in browser.fields():
            browser.send("edition")
        assert not Screening.objects.exists()
        assert reverse("people:consent", args=[person.pk]) in browser.text

    def test_a_colleague_goes_on_where_it_stopped(self, caseworker, supervisor):
        first = PaperBrowser(caseworker)
        person = registered(first)
        consented(first, person)
        first.open(reverse("screening:start", args=[person.pk]))
        if "edition" in first.fields():
            first.send("edition")
        screening = Screening.objects.get()
        first.open(reverse("screening:question", args=[screening.pk, "left_alone"])).send("seen", value="yes")
        second = PaperBrowser(supervisor).open(reverse("screening:start", args=[person.pk]))
        assert reverse("screening:question", args=[screening.pk]) in second.at
        assert Screening.objects.count() == 1

    def test_does_not_exist_for_a_stranger(self, caseworker, stranger):
        browser = PaperBrowser(caseworker)
        person = registered(browser)
        consented(browser, person)
        screening = interviewed(browser, person, {"basic_needs_met": "no"})
        other = PaperBrowser(stranger)
        for name, key in (
            ("people:person", person.pk),
            ("people:consent", person.pk),
            ("screening:start", person.pk),
            ("screening:result", screening.pk),
            ("screening:question", screening.pk),
            ("screening:decide", screening.pk),
            ("cases:open", screening.pk),
        ):
            assert other.open(reverse(name, args=[key])).status == 404, name

    def test_leaves_a_whole_trail(self, caseworker, supervisor):
        browser = PaperBrowser(caseworker)
        person = registered(browser)
        consented(browser, person)
        interviewed(browser, person, {"basic_needs_met": "no"})
        done = set(Event.objects.about_person(person.pk).values_list("permission", flat=True))
        assert {"person.register", "consent.record", "screening.start", "screening.answer"} <= done
        assert str(caseworker) in PaperBrowser(supervisor).open(reverse("desk:trail", args=[person.pk])).text
        assert list(chain.breaks()) == []
