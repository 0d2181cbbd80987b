"""What people type wrongly, press twice, or lose on the way: a clear sentence, nothing half written, nothing lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.people.models import Fact, Person
from tests.access.factories import ORGANISATION, user_with
from tests.browser import steps
from tests.people import factories as people
from tests.places.factories import few_regions
from tests.screening.factories import answered, started

REGISTER = reverse("people:register")
SCRIPT = "<script>document.title = 'gotcha'</script>"


@pytest.fixture
def worker(transactional_db):
    few_regions()
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


@pytest.fixture
def colleague(worker):
    return user_with("caseworker", organisation=ORGANISATION, name="Dewi Anggraini")


def typed(**details):
    kept = {"once": str(uuid4()), "name": "Aminah", "margin": "5", "source": "self", "household": "new"}
    return {**kept, "save": "1", **details}


def born(day, month, year):
    return {"born_day": day, "born_month": month, "born_year": year}


MISTAKES = {
    "a day that is not in the calendar": (born("31", "2", "1980"), "tidak ada di kalender"),
    "a birth that has not happened": (born("1", "1", "2099"), "belum terjadi"),
    "a person of 150 years": (born("1", "1", "1870"), "umurnya lebih dari"),
    "an age of 150 years": ({"age": "150"}, "Periksa angkanya"),
    "an age below nothing": ({"age": "-3"}, "tidak bisa kurang dari 0"),
    "a date and an age": ({**born("1", "1", "1980"), "age": "46"}, "jangan keduanya"),
    "no name": ({"name": "   "}, "Tulis nama"),
    "a NIK and why there is none": (
        {"nik": "2102105203540001", "nik_absent_because": "none_yet"},
        "NIK sudah diisi",
    ),
    "a place that is no place": ({"region": "99.99.99.9999"}, "tidak ada dalam daftar kode"),
    "a household that is none": ({"household": "tetangga"}, "Pilih rumah tangga dari daftar"),
}
DOUBTFUL_NIK = {
    "of 15 digits": ("210210520354000", "15"),
    "as a spreadsheet writes it": ("2,10211E+15", "angka"),
    "of another birth date": ("2102105203540001", "lahir"),
}


class TestRegistering:
    @pytest.mark.parametrize("mistake", MISTAKES)
    def test_explains_what_is_wrong_and_keeps_what_was_typed(self, client, worker, mistake):
        wrong, words = MISTAKES[mistake]
        client.force_login(worker)
        answer = client.post(REGISTER, typed(**wrong))
        html = answer.content.decode()
        assert words in html
        assert 'id="errors"' in html
        for name, value in wrong.items():
            # A choice that does not exist cannot stand chosen.
            assert name in ("region", "household") or value.strip() in html, name
        assert Person.objects.count() == 0

    @pytest.mark.parametrize("doubt", DOUBTFUL_NIK)
    def test_doubts_a_nik_but_leaves_the_word_to_the_worker(self, client, worker, doubt):
        nik, words = DOUBTFUL_NIK[doubt]
        client.force_login(worker)
        html = client.post(REGISTER, typed(nik=nik, **born("1", "1", "1980"))).content.decode()
        assert words in html
        assert nik in html
        assert Person.objects.count() == 0

    def test_once_though_the_button_is_pressed_twice(self, client, worker):
        client.force_login(worker)
        form = typed()
        first, second = client.post(REGISTER, form), client.post(REGISTER, form)
        assert first.url == second.url
        assert Person.objects.count() == 1

    def test_shows_a_script_in_a_name_as_letters(self, visit, worker):
        page = visit("/", by=worker)
        steps.register(steps.look_for(page, SCRIPT))
        assert page.locator("h1").inner_text() == SCRIPT
        assert "gotcha" not in page.title().replace(SCRIPT, "")

    def test_refuses_a_flood_with_a_sentence(self, client, worker):
        client.force_login(worker)
        answer = client.post(REGISTER, typed(address="x" * 6_000_000))
        assert answer.status_code in (400, 413)
        assert "<h1>" in answer.content.decode()
        assert Person.objects.count() == 0


class TestTwoWorkers:
    def test_on_one_person_both_see_both_values(self, visit, worker, colleague):
        someone = people.person(worker)
        address = reverse("people:edit", args=[someone.pk])
        mine, theirs = visit(address, by=worker), visit(address, by=colleague)
        theirs.locator("#details [name=name]").fill("Siti Aminah binti Djafar")
        steps.save(theirs)
        mine.locator("#details [name=name]").fill("Sitti Aminah")
        steps.inspect(steps.save(mine), "30-clash")
        shown = mine.locator("section.notice.act").inner_text()
        assert "Siti Aminah binti Djafar" in shown
        assert "Sitti Aminah" in shown
        assert Person.objects.get().name == "Siti Aminah binti Djafar"

    def test_on_one_question_neither_answer_is_lost(self, visit, worker, colleague):
        screening = started(worker)
        address = reverse("screening:question", args=[screening.pk, "basic_needs_met"])
        mine, theirs = visit(address, by=worker), visit(address, by=colleague)
        steps.answer(theirs, "no")
        steps.inspect(steps.answer(mine, "yes"), "31-two-answers")
        assert "Dewi Anggraini" in mine.locator("main").inner_text()
        assert mine.locator("main form button").count() == 1


class TestInterview:
    @pytest.mark.parametrize("given", ["", "bukan angka", "-1", "1e9", "999999999999"])
    def test_explains_what_is_no_number(self, client, worker, given):
        screening = started(worker)
        client.force_login(worker)
        address = reverse("screening:question", args=[screening.pk, "income"])
        answer = client.post(address, {"value": given, "seen": "", "source": "self"})
        assert answer.status_code == 422
        assert 'id="errors"' in answer.content.decode()
        assert not Fact.objects.named("income").exists()

    def test_loses_no_answer_when_the_line_breaks(self, visit, worker):
        screening = answered(started(worker), worker, has_livelihood=True)
        address = reverse("screening:question", args=[screening.pk])
        page = visit(address, by=worker)
        asked, kept = steps.asked(page), Fact.objects.count()
        page.route("**/tanya/**", lambda route: route.abort())
        steps.answer(page, "no")
        page.wait_for_url("chrome-error://**")
        assert Fact.objects.count() == kept

        again = visit(address, by=worker)
        assert steps.asked(again) == asked
        steps.answer(again, "no")
        assert Fact.objects.count() == kept + 1


class TestConsent:
    def test_of_a_child_by_itself_is_refused_in_words(self, visit, worker):
        child = people.child(worker)
        page = visit(reverse("people:consent", args=[child.pk]), by=worker)
        steps.consent(page, "self")
        steps.inspect(page, "32-consent-of-a-child")
        assert page.locator("#errors").is_visible()

    def test_taken_back_stops_the_interview_and_keeps_what_was_said(self, visit, worker):
        screening = answered(started(worker), worker, has_livelihood=True)
        page = visit(reverse("screening:question", args=[screening.pk]), by=worker)
        other = visit(reverse("people:person", args=[screening.person_id]), by=worker)
        other.locator("a[href$='/cabut/']").click()
        steps.inspect(other, "33-withdraw")
        other.locator("main form button.act").click()
        kept = Fact.objects.count()
        steps.answer(page, "no")
        assert page.locator("main a.button[href$='/persetujuan/']").is_visible()
        assert Fact.objects.count() == kept
