"""Mentoring and measuring as people meet them: on a phone, without JavaScript, and shutting nobody out."""

from datetime import date

import pytest

from simpul.instruments.models import AnswerSheet
from simpul.programmes.models import StrengthCheck, Visit
from tests.browser.conftest import chromium, visit  # noqa: F401 - fixtures
from tests.browser.steps import SEND, fill_day, go, looked_at
from tests.organisations.papers import a_certificate
from tests.programmes.answering import FIRST, a_person, an_account, filled, measured
from tests.programmes.making import TODAY
from tests.programmes.mentored import a_check, a_mentor, a_visit
from tests.programmes.views.test_plans import at

pytestmark = pytest.mark.browser


@pytest.fixture
def programme(transactional_db):
    return measured()


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


def test_every_page_of_mentoring_can_be_used_by_everybody(visit, member, body, mentor, plan):  # noqa: F811
    line = plan.items.get().line
    row = a_visit(
        member, mentor, advice="Isi setiap Jumat", next_on=date(2026, 12, 20), lines=(line,), mentor="Bu A"
    )
    a_check(member, mentor, answers={"identity_vision": 0, "identity_structure": 2})
    a_certificate(body, number="460/07/2026")
    done = a_check(member, mentor, "after", answers={"identity_vision": 2})
    draft = a_check(member, mentor, "between")
    page = visit(at("mentoring-mine"), by=mentor)
    looked_at(page, "mentoring-mine")
    for name in ("visits", "visit-add", "strength", "strength-begin", "programme"):
        key = member.programme_id if name == "programme" else member.pk
        looked_at(go(page, at(name, key)), f"mentoring-{name}")
    for name, key in (
        ("visit-mend", row.pk),
        ("visit-photo", row.pk),
        ("strength-check", done.pk),
        ("strength-fill", draft.pk),
    ):
        looked_at(go(page, at(name, key)), f"mentoring-{name}")


def test_a_mentor_writes_a_visit_on_a_phone_without_javascript(visit, member, mentor, plan):  # noqa: F811
    page = visit(at("visit-add", member.pk), by=mentor, width=360, javascript=False)
    page.locator("[name=found]").fill("Buku kas belum diisi")
    page.locator("[name=lines]").check()
    fill_day(page, "next_on", date(2026, 12, 20))
    page.locator(SEND).click()
    assert "20 Desember 2026" in page.locator("main").inner_text()
    assert Visit.objects.get().lines == [str(plan.items.get().line)]


def test_a_mentor_checks_a_body_on_a_phone_without_javascript(visit, member, mentor):  # noqa: F811
    page = visit(at("strength-begin", member.pk), by=mentor, width=360, javascript=False)
    page.locator("[name=occasion][value=before]").check()
    page.locator(SEND).click()
    page.locator("[name=item-identity_vision][value='2']").check()
    page.locator("[name=check]").click()
    page.locator(SEND).click()
    assert StrengthCheck.objects.get().done_at is not None


def test_every_page_of_measuring_can_be_used_by_everybody(visit, programme, member, body, officer):  # noqa: F811
    people = [a_person(member, f"P0{number}") for number in (1, 2, 3)]
    filled(people[0], officer, answered_on=TODAY)
    page = visit(at("measure", programme.pk, "pre"), by=officer)
    looked_at(page, "measure")
    looked_at(go(page, at("measure-import", programme.pk, "pre")), "measure-import")
    looked_at(go(page, at("measure-begin", people[1].pk, "pre")), "measure-begin")
    looked_at(go(page, at("programme", programme.pk)), "measure-programme")


def test_a_participant_fills_in_their_test_on_a_phone_without_javascript(visit, member, body):  # noqa: F811
    account = an_account(body)
    own = a_person(member, user=account)
    page = visit(at("own-test", own.pk, "pre"), by=account, width=360, javascript=False)
    page.locator(f"[name=item-{FIRST}][value='2']").check()
    page.locator("[name=check]").click()
    page.locator(SEND).click()
    assert AnswerSheet.objects.get().is_locked
    page = visit(at("own-answers", own.pk, "pre"), by=account)
    looked_at(page, "own-answers")
