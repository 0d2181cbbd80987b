"""A body without an account: the letter, its code, and what the code opens for how long."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.limits import forget_all
from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.referrals.forms.outside import OPENING
from simpul.referrals.models import Message, Referral, ReferralStep
from simpul.referrals.queries.outside import Ticket
from simpul.referrals.stages import Stage
from tests.referrals.loop import a_service, lettered, receiver_of, sent, withdrawn
from tests.referrals.views.test_loop import pressed, shown, words_of
from tests.screening.factories import NOW, TODAY, when

pytestmark = pytest.mark.django_db
PAGE = "referrals:answer"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    forget_all()


@pytest.fixture
def letter(caseworker):
    return lettered(caseworker)


def opened(client, number, code):
    return client.post(reverse(PAGE), {"number": number, "code": code})


def inside(client, answer, **typed):
    """A press on the page that stands open."""
    return client.post(reverse(PAGE), {"ticket": answer.context["ticket"], **typed})


class TestLetter:
    def test_shows_a_new_code_once_and_keeps_only_its_mark(self, client, caseworker):
        row = sent(caseworker)
        assert "Buat kode dan surat" in words_of(shown(client, caseworker, "letter", row.pk))
        made = pressed(client, caseworker, "letter", row.pk)
        code = re.search(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</strong>", words_of(made))[1]
        kept = Referral.objects.get()
        assert code.replace("-", "") not in str(kept.__dict__)
        assert code not in words_of(shown(client, caseworker, "letter", row.pk))
        client.logout()
        assert opened(client, kept.number, code).status_code == 200

    def test_words_for_an_e_mail_tell_neither_the_person_nor_the_code(self, client, caseworker):
        made = pressed(client, caseworker, "letter", sent(caseworker).pk)
        mail = made.context["mail"]
        assert made.context["code"] not in mail
        assert "Siti" not in mail
        assert Referral.objects.get().number in mail

    @pytest.mark.parametrize(
        ("contact", "to"),
        [("Jl. Melati 3, melati@contoh.id", "melati@contoh.id"), ("0777-321", ""), ("", "")],
        ids=["address", "number", "nothing"],
    )
    def test_the_link_to_a_mail_program_holds_the_same_words(self, client, caseworker, contact, to):
        row = sent(caseworker)
        row.outside_contact = contact or None
        row.save()
        told = pressed(client, caseworker, "letter", row.pk).context
        link = urlsplit(told["mail_link"])
        body = parse_qs(link.query)["body"][0]
        assert (link.scheme, unquote(link.path), body.replace("\r", "")) == ("mailto", to, told["mail"])
        assert told["code"].replace(" ", "") not in unquote(told["mail_link"])

    def test_a_new_code_ends_the_one_before(self, client, caseworker, letter):
        row, code = letter
        pressed(client, caseworker, "letter", row.pk)
        assert opened(client, row.number, code).status_code == 404

    def test_is_not_for_a_body_that_reads_here(self, client, caseworker):
        service = a_service()
        receiver_of(service)
        row = sent(caseworker, service)
        assert pressed(client, caseworker, "letter", row.pk).status_code == 302
        assert Referral.objects.get().code_mark == ""

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("head", 403), ("verifier", 403)])
    def test_is_made_by_who_may_send(self, client, caseworker, request, role, status):
        row = sent(caseworker)
        assert pressed(client, request.getfixturevalue(role), "letter", row.pk).status_code == status


class TestLetterPdf:
    def test_is_a_paper_with_a_code_that_opens(self, client, caseworker):
        row = sent(caseworker)
        ticket = pressed(client, caseworker, "letter", row.pk).context["form"].initial["ticket"]
        made = pressed(client, caseworker, "letter-pdf", row.pk, ticket=ticket)
        assert made["Content-Type"] == "application/pdf"
        assert made.content.startswith(b"%PDF-")
        assert made["Cache-Control"] == "no-store"

    def test_is_not_printed_from_an_old_page(self, client, caseworker):
        row = sent(caseworker)
        ticket = pressed(client, caseworker, "letter", row.pk).context["form"].initial["ticket"]
        pressed(client, caseworker, "letter", row.pk)
        assert pressed(client, caseworker, "letter-pdf", row.pk, ticket=ticket).status_code == 302
        assert pressed(client, caseworker, "letter-pdf", row.pk, ticket="bukan").status_code == 302


class TestAnswer:
    def test_opens_with_number_and_code_however_they_are_typed(self, client, letter):
        row, code = letter
        typed = f" {code[:4]}-{code[4:8]} {code[8:]}".lower()
        page = opened(client, row.number.lower(), typed)
        assert page.status_code == 200
        assert "Siti Aminah" in words_of(page)
        assert Referral.objects.get().stage == Stage.SEEN

    def test_shows_exactly_what_a_receiver_with_an_account_sees(self, client, letter):
        row, code = letter
        page = opened(client, row.number, code)
        shares = [line.share for line in page.context["seen"].seen.told]
        assert shares == ["name", "need", "contact"]
        assert row.case.number not in words_of(page)

    def test_comes_with_its_number_from_the_qr_and_never_with_the_code(self, client, letter):
        row, _code = letter
        page = client.get(reverse("referrals:answer-numbered", args=[row.number]))
        assert f'value="{row.number}"' in words_of(page)
        assert "Siti" not in words_of(page)

    def test_says_the_same_of_a_wrong_code_and_an_unknown_number(self, client, letter):
        row, code = letter
        wrong, unknown = opened(client, row.number, "2" * 12), opened(client, "R-2222222", code)
        assert (wrong.status_code, unknown.status_code) == (404, 404)
        assert "tidak dikenal, atau tidak berlaku lagi" in words_of(wrong)
        assert "tidak dikenal, atau tidak berlaku lagi" in words_of(unknown)

    def test_is_never_shut_by_wrong_codes_and_the_sender_hears_of_them(self, client, caseworker, letter):
        row, code = letter
        for _try in range(12):
            opened(client, row.number, "2" * 12)
        wrong = Event.objects.filter(permission=Permission.REFERRAL_ANSWER)
        assert {event.details["did"] for event in wrong} == {"wrong_code"}
        assert (wrong.count(), Referral.objects.get().code_tries) == (10, 10)
        assert opened(client, row.number, code).status_code == 200
        assert "10 kali salah diketik" in words_of(shown(client, caseworker, "referral", row.pk))

    def test_is_not_for_the_sender_who_is_signed_in(self, client, caseworker, letter):
        client.force_login(caseworker)
        page = opened(client, *letter_words(letter))
        assert page.status_code == 404
        assert "untuk lembaga penerima" in words_of(page)
        assert Referral.objects.get().stage == Stage.SENT

    def test_tells_the_sender_whose_code_it_was_answered_with(self, client, caseworker, letter):
        form = inside(client, opened(client, *letter_words(letter)), to="accepted")
        version = Referral.objects.get().version
        inside(client, form, to="accepted", version=version, who="Pak Budi")
        event = Event.objects.filter(permission=Permission.REFERRAL_ANSWER).latest("number")
        assert (event.details["did"], event.details["maker"]) == ("answered_by_code", caseworker.name)
        page = words_of(shown(client, caseworker, "referral", letter[0].pk))
        assert f"dengan kode yang dibuat {caseworker.name}" in page

    def test_closes_when_its_days_are_over(self, client, letter, monkeypatch):
        row, code = letter
        last = Referral.objects.get().code_until
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: last)
        assert opened(client, row.number, code).status_code == 200
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: last + timedelta(days=1))
        assert opened(client, row.number, code).status_code == 404

    def test_closes_at_once_when_it_is_taken_back(self, client, caseworker, letter):
        row, code = letter
        page = opened(client, row.number, code)
        withdrawn(row, caseworker)
        assert opened(client, row.number, code).status_code == 404
        for press in ({}, {"to": "accepted"}, {"words": "Halo", "who": "Budi", "once": uuid.uuid4()}):
            answer = inside(client, page, **press)
            assert answer.status_code == 404
            assert "Siti" not in words_of(answer)

    def test_closes_at_once_when_the_general_consent_is_taken_back(self, client, caseworker, letter):
        row, code = letter
        withdraw_consent(Consent.objects.get(purpose="referral"), by=caseworker, **when(150))
        assert opened(client, row.number, code).status_code == 404

    def test_bears_no_flood(self, client, letter, monkeypatch):
        monkeypatch.setattr(type(OPENING), "is_over", lambda *_: True)
        assert opened(client, *letter_words(letter)).status_code == 429

    def test_asks_for_both_words(self, client, letter):
        assert opened(client, "", "").status_code == 422


def letter_words(letter):
    row, code = letter
    return row.number, code


class TestInside:
    def test_an_answer_is_a_page_of_its_own_and_is_kept_with_a_name(self, client, letter):
        row, _code = letter
        page = opened(client, *letter_words(letter))
        form = inside(client, page, to="accepted")
        assert "Nama Anda" in words_of(form)
        version = Referral.objects.get().version
        made = inside(client, form, to="accepted", version=version, who="Pak Budi", words="Datang Senin")
        assert made.status_code == 200
        assert "Diterima" in words_of(made)
        step = ReferralStep.objects.get(referral=row, stage=Stage.ACCEPTED)
        assert step.by_name == "Pak Budi, Yayasan Melati Putih"

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client, letter):
        page = opened(client, *letter_words(letter))
        version = Referral.objects.get().version
        answer = inside(client, page, to="declined", version=version, words="Sedang tutup")
        assert answer.status_code == 422
        assert "Sedang tutup" in words_of(answer)

    def test_a_message_is_kept_once(self, client, letter):
        page, once = opened(client, *letter_words(letter)), uuid.uuid4()
        for _press in range(2):
            inside(client, page, words="Siapa yang mengantar?", who="Bu Ani", once=once)
        said = Message.objects.get()
        assert (said.words, said.by_name) == ("Siapa yang mengantar?", "Bu Ani, Yayasan Melati Putih")

    def test_a_message_needs_a_name_and_keeps_its_words(self, client, letter):
        page = opened(client, *letter_words(letter))
        answer = inside(client, page, words="Siapa yang mengantar?", once=uuid.uuid4())
        assert answer.status_code == 422
        assert "Siapa yang mengantar?" in words_of(answer)

    @pytest.mark.parametrize("to", ["confirmed", "withdrawn", "nonsense"])
    def test_what_is_not_the_receivers_does_not_exist(self, client, letter, to):
        page = opened(client, *letter_words(letter))
        assert inside(client, page, to=to).status_code == 404

    @pytest.mark.parametrize("ticket", ["", "bukan", "é"])
    def test_a_ticket_that_is_not_ours_opens_nothing(self, client, letter, ticket):
        assert client.post(reverse(PAGE), {"ticket": ticket}).status_code == 404


class TestTicket:
    def test_its_hours_run_from_the_opening_however_often_something_is_pressed(self, client, letter):
        row, _code = letter
        ticket = Ticket.of(row, timezone.now() - timedelta(hours=1))
        page = client.post(reverse(PAGE), {"ticket": ticket.sealed()})
        assert Ticket.read(page.context["ticket"]).opened_at == ticket.opened_at
        form = client.post(reverse(PAGE), {"ticket": ticket.sealed(), "to": "accepted"})
        assert Ticket.read(form.context["ticket"]).opened_at == ticket.opened_at

    def test_holds_two_hours(self, letter):
        row, _code = letter
        ticket = Ticket.read(Ticket.of(row, NOW).sealed())
        assert ticket.referral(NOW + timedelta(hours=2), TODAY) == row
        assert ticket.referral(NOW + timedelta(hours=2, minutes=1), TODAY) is None

    def test_is_bound_to_the_letter(self, caseworker, letter):
        row, _code = letter
        ticket = Ticket.of(row, NOW)
        withdrawn(row, caseworker)
        assert ticket.referral(NOW, TODAY) is None
