import html
import re
import uuid

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.cases.models import Case
from simpul.cases.queries.papers import KINDS
from simpul.cases.views.papers import TEMPLATE
from simpul.people.actions import limit
from simpul.ui.typeset import typeset
from tests.cases.factories import a_case
from tests.cases.papers import FROM_NEIGHBOUR, INSTRUMENT, full_case
from tests.screening.factories import NOW, TODAY, without_consent

# Every kind of paper, blank and filled, drawn and typeset.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What of the case of tests/cases/papers.py has to stand on each paper.
SAID = {
    "intake": "Ibu Siti ingin kembali berjualan",
    "persetujuan": "Kami ingin membantu Siti Aminah",
    "kesepakatan": "Makan dua kali sehari",
    "asesmen": "Rumahnya bocor",
    "laporan-sosial": "Rumahnya bocor",
    "rencana": "Telepon posko",
    "perkembangan": "Memasak bersama di dapur",
    "rapat": "Beras dikirim tiap minggu",
    "perbandingan": "Skala keadaan hidup",
    "evaluasi": "Makan teratur",
    "pengakhiran": "Saya sudah kuat",
    "bimbingan-lanjut": "Masih memasak",
}
EVERY = pytest.mark.parametrize("code", [kind.code for kind in KINDS])


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return full_case(caseworker)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=args), query)


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=args), typed or {"assessment": ""})


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def printed(case):
    return Event.objects.about(case).filter(permission="case.print")


class TestPapers:
    def test_lists_every_paper_filled_and_blank(self, client, caseworker, case):
        shown = page(client, caseworker, "papers", case.pk).content.decode()
        assert shown.count("Cetak terisi") == len(KINDS)
        assert all(reverse("cases:paper-pdf", args=[case.pk, kind.code]) in shown for kind in KINDS)
        assert 'class="button"' not in shown
        assert not printed(case)

    def test_offers_only_what_the_case_holds(self, client, caseworker):
        shown = page(client, caseworker, "papers", a_case(caseworker).pk).content.decode()
        assert shown.count("Belum ada isinya") == 4
        assert shown.count("Cetak terisi") == len(KINDS) - 4

    def test_without_a_basis_only_blank_ones_are_left(self, client, caseworker, case):
        without_consent(case, caseworker)
        shown = page(client, caseworker, "papers", case.pk).content.decode()
        assert "Hanya formulir kosong" in shown
        assert "Cetak terisi" not in shown

    @pytest.mark.parametrize(("who", "status"), [("head", 403), ("verifier", 403), ("stranger", 404)])
    def test_is_not_for_everybody(self, client, request, case, who, status):
        assert page(client, request.getfixturevalue(who), "papers", case.pk).status_code == status


class TestPaper:
    @EVERY
    def test_says_what_the_case_holds_and_which_stage_it_is(self, client, caseworker, case, code):
        answer = send(client, caseworker, "paper", case.pk, code)
        told = words_of(answer)
        assert answer.status_code == 200
        assert SAID[code] in told
        for part in (
            case.number,
            "Siti Aminah",
            "PP 39/2012: pendekatan awal",
            "ATENSI:",
            "RAHASIA",
            "oleh Rina",
        ):
            assert part in told
        assert answer["Cache-Control"] == "no-store"

    @EVERY
    def test_is_recorded_each_time(self, client, caseworker, case, code):
        for name in ("paper", "paper-pdf"):
            send(client, caseworker, name, case.pk, code)
        assert printed(case).count() == 2
        assert all(event.actor == caseworker.pk and event.is_reading for event in printed(case))

    @pytest.mark.parametrize("name", ["paper", "paper-pdf"])
    @pytest.mark.parametrize(("who", "status"), [("head", 403), ("verifier", 403), ("stranger", 404)])
    def test_is_not_for_everybody(self, client, request, case, name, who, status):
        answer = send(client, request.getfixturevalue(who), name, case.pk, "rencana")
        assert answer.status_code == status
        assert not printed(case)

    def test_is_never_made_by_an_address_alone(self, client, caseworker, case):
        for name in ("paper", "paper-pdf"):
            answer = page(client, caseworker, name, case.pk, "rencana")
            assert answer.url == reverse("cases:papers", args=[case.pk])
        assert not printed(case)

    @pytest.mark.parametrize("name", ["paper", "paper-pdf"])
    def test_is_refused_without_a_basis(self, client, caseworker, case, name):
        without_consent(case, caseworker)
        assert send(client, caseworker, name, case.pk, "rencana").status_code == 409
        assert not printed(case)

    def test_is_refused_of_a_limited_record(self, client, caseworker, case):
        limit(case.person, by=caseworker, reason="Isinya disengketakan", at=NOW)
        assert send(client, caseworker, "paper", case.pk, "rencana").status_code == 409
        assert not printed(case)

    def test_shows_mistakes_in_the_list_and_prints_nothing(self, client, caseworker, case):
        typed = {"since_day": "9", "since_month": "11", "since_year": "2026"}
        typed |= {"until_day": "8", "until_month": "11", "until_year": "2026"}
        answer = send(client, caseworker, "paper", case.pk, "perkembangan", **typed)
        assert answer.status_code == 422
        assert "berakhir sebelum dimulai" in answer.content.decode()
        assert not printed(case)

    def test_of_what_is_not_there_cannot_be_filled(self, client, caseworker):
        case = a_case(caseworker)
        assert send(client, caseworker, "paper", case.pk, "rapat").status_code == 422
        assert send(client, caseworker, "paper", case.pk, "surat-cinta").status_code == 404
        assert not printed(case)

    def test_shows_the_whole_identity_only_inside_and_records_it(self, client, caseworker, case):
        case.person.phone = "0812-555-0101"
        case.person.save(update_fields=["phone_sealed"])
        seen = Event.objects.about(case.person).filter(permission="person.identity_view")
        shy = words_of(send(client, caseworker, "paper", case.pk, "intake"))
        assert (not seen.exists(), "0812-555-0101" not in shy) == (True, True)
        told = words_of(send(client, caseworker, "paper", case.pk, "intake", inside="on"))
        assert (seen.count(), "0812-555-0101" in told) == (1, True)

    def test_says_what_others_told_only_inside(self, client, caseworker, case):
        shy = words_of(send(client, caseworker, "paper", case.pk, "perkembangan"))
        told = words_of(send(client, caseworker, "paper", case.pk, "perkembangan", inside="on"))
        assert FROM_NEIGHBOUR not in shy
        assert FROM_NEIGHBOUR in told

    def test_marks_how_confidential_the_case_is(self, client, caseworker, case):
        Case.objects.filter(pk=case.pk).update(confidentiality="restricted")
        assert "RAHASIA - TERBATAS" in words_of(send(client, caseworker, "paper", case.pk, "rencana"))

    def test_speaks_the_language_of_the_page(self, client, caseworker, case):
        client.cookies["django_language"] = "en"
        answer = send(client, caseworker, "paper", case.pk, "asesmen")
        assert 'lang="en"' in answer.content.decode()
        assert "first contact" in words_of(answer)


class TestPaperPdf:
    @EVERY
    def test_is_a_tagged_pdf_whose_name_tells_nothing(self, client, caseworker, case, code):
        answer = send(client, caseworker, "paper-pdf", case.pk, code)
        assert answer.content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.content
        assert "Siti" not in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store"


class TestBlankPapers:
    def test_are_for_everybody_who_signs_in(self, client, volunteer):
        shown = page(client, volunteer, "blank-papers").content.decode()
        assert all(reverse("cases:blank-paper-pdf", args=[kind.code]) in shown for kind in KINDS)

    @EVERY
    def test_have_lines_for_the_pen_and_hold_nobody(self, client, caseworker, case, code):
        query = {"instrumen": INSTRUMENT} if code == "asesmen" else {}
        answer = page(client, caseworker, "blank-paper", code, **query)
        told = words_of(answer)
        assert "Siti" not in told
        assert case.number not in told
        assert "<svg" in answer.content.decode() or "&nbsp;" in answer.content.decode()
        for part in ("PP 39/2012:", "ATENSI:", "RAHASIA setelah diisi", "oleh Rina"):
            assert part in told

    @EVERY
    def test_are_pdfs_as_well(self, client, caseworker, code):
        query = {"instrumen": INSTRUMENT} if code == "asesmen" else {}
        answer = page(client, caseworker, "blank-paper-pdf", code, **query)
        assert answer.content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.content

    @pytest.mark.parametrize("code", ["surat-cinta", "asesmen"])
    def test_do_not_know_another_paper_or_instrument(self, client, caseworker, code):
        assert page(client, caseworker, "blank-paper", code).status_code == 404


class TestTypeset:
    @pytest.mark.parametrize("name", ['#panic("x") $1^2$ *Ani*', "陈美丽", "سلام"])
    def test_takes_any_name_as_plain_words(self, client, caseworker, case, name):
        Case.objects.filter(pk=case.pk).update(worker_name=name)
        assert send(client, caseworker, "paper-pdf", case.pk, "rencana").content.startswith(b"%PDF-")

    def test_refuses_words_without_a_heading(self):
        with pytest.raises(RuntimeError):
            typeset(TEMPLATE, {"lang": "id", "sections": [], "key": str(uuid.uuid4())})
