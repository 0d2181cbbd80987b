import io
import re
import uuid
import zlib
from datetime import date

import pytest
from openpyxl import load_workbook

from simpul.instruments.models import AnswerSheet
from simpul.programmes.models import Programme
from tests.access.factories import user_with
from tests.programmes.answering import FIRST, SECOND, a_file, a_person, an_account, begun, filled, measured
from tests.programmes.views.test_plans import at, day


@pytest.fixture
def programme():
    return measured()


@pytest.fixture
def people(member):
    return [a_person(member, f"P0{number}") for number in (1, 2)]


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def account(body):
    return an_account(body)


@pytest.fixture
def own(member, account):
    return a_person(member, "P05", user=account)


@pytest.fixture
def as_participant(client, account, own):
    client.force_login(account)
    return client


def _pages(answer):
    """How many pages a PDF has: what its page trees say, also where they are packed."""
    content = answer.content
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    parts = [content]
    for one in packed:
        try:
            parts.append(zlib.decompress(one))
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page(?!s)", b"".join(parts)))


class TestMeasure:
    def test_shows_names_and_how_far_each_is(self, as_officer, programme, people, officer):
        filled(people[0], officer)
        page = as_officer.get(at("measure", programme.pk, "pre")).text
        assert "Orang P01" in page
        assert "1 dari 2 peserta" in page
        assert at("measure-begin", people[1].pk, "pre") in page

    def test_offers_no_blank_sheets_where_everybody_has_filled_in(
        self, as_officer, programme, people, officer
    ):
        filled(people[0], officer)
        papers = at("measure-papers", programme.pk, "pre")
        assert papers in as_officer.get(at("measure", programme.pk, "pre")).text
        filled(people[1], officer)
        assert papers not in as_officer.get(at("measure", programme.pk, "pre")).text

    def test_offers_nothing_to_begin_where_the_programme_is_over(self, as_officer, programme, people):
        Programme.objects.update(stage="closed")
        page = as_officer.get(at("measure", programme.pk, "pre")).text
        offered = ("measure-begin", people[0].pk), ("measure-paper", people[0].pk)
        offered += ("measure-import", programme.pk), ("measure-papers", programme.pk)
        assert [name for name, key in offered if at(name, key, "pre") in page] == []

    def test_is_for_who_runs_the_programme_alone(self, client, programme, people, head, decider, account):
        researcher = user_with("researcher", region="21.02")
        for user in (head, decider, account, researcher):
            client.force_login(user)
            assert client.get(at("measure", programme.pk, "pre")).status_code in (403, 404)

    def test_says_what_is_missing_before_anything_can_be_filled_in(self, as_officer, programme):
        Programme.objects.update(instrument="", instrument_version=None)
        assert "Pilih instrumen" in as_officer.get(at("measure", programme.pk, "pre")).text

    def test_a_wave_that_is_none_is_not_found(self, as_officer, programme):
        assert as_officer.get(at("measure", programme.pk, "m9")).status_code == 404

    def test_the_panel_of_the_programme_counts(self, client, programme, people, head, officer):
        filled(people[0], officer)
        client.force_login(head)
        page = client.get(at("programme", programme.pk)).text
        assert "1 dari 2 peserta sudah mengisi" in page
        assert at("measure", programme.pk, "pre") not in page


class TestBegin:
    def test_opens_the_sheet_for_the_day_on_the_paper(self, as_officer, people):
        told = {"once": str(uuid.uuid4()), **day("answered_on", 2026, 11, 20)}
        answer = as_officer.post(at("measure-begin", people[0].pk, "pre"), told)
        assert answer["Location"] == at("measure-fill", people[0].pk, "pre")
        assert "P01" in as_officer.get(answer["Location"]).text
        assert AnswerSheet.objects.get().on == date(2026, 11, 20)

    def test_warns_of_a_late_pre_test(self, as_officer, people):
        Programme.objects.update(stage="monitoring")
        assert "melewati tahap tes awal" in as_officer.get(at("measure-begin", people[0].pk, "pre")).text

    def test_a_day_that_has_not_come_is_shown_again(self, as_officer, people):
        told = {"once": str(uuid.uuid4()), **day("answered_on", 2027, 1, 1)}
        assert as_officer.post(at("measure-begin", people[0].pk, "pre"), told).status_code == 422


class TestFill:
    def test_the_office_copies_reads_and_locks(self, as_officer, programme, people, officer):
        version = begun(people[0], officer).version
        typed = {f"item-{FIRST}": "2", "version": str(version), "check": "1"}
        answer = as_officer.post(at("measure-fill", people[0].pk, "pre"), typed)
        assert answer["Location"] == at("measure-read", people[0].pk, "pre")
        assert at("measure-lock", people[0].pk, "pre") in as_officer.get(answer["Location"]).text
        told = {"version": str(version + 1)}
        answer = as_officer.post(at("measure-lock", people[0].pk, "pre"), told)
        assert answer["Location"] == at("measure", programme.pk, "pre")
        assert AnswerSheet.objects.get().is_locked

    def test_what_was_typed_stays_after_a_clash(self, as_officer, people, officer):
        begun(people[0], officer)
        AnswerSheet.objects.update(version=4)
        typed = {f"item-{FIRST}": "2", "version": "1"}
        answer = as_officer.post(at("measure-fill", people[0].pk, "pre"), typed)
        assert answer.status_code == 422
        assert 'name="version" value="4"' in answer.text

    def test_an_empty_sheet_is_not_locked(self, as_officer, people, officer):
        told = {"version": str(begun(people[0], officer).version)}
        assert as_officer.post(at("measure-lock", people[0].pk, "pre"), told).status_code == 422

    @pytest.mark.parametrize("name", ["measure-fill", "measure-read"])
    def test_leads_to_the_beginning_where_nothing_was_begun(self, as_officer, people, name):
        answer = as_officer.get(at(name, people[0].pk, "pre"))
        assert answer["Location"] == at("measure-begin", people[0].pk, "pre")

    @pytest.mark.parametrize("name", ["measure-fill", "measure-read", "measure-lock"])
    def test_is_for_who_runs_the_programme_alone(self, as_participant, own, officer, name):
        filled(own, officer)
        assert as_participant.get(at(name, own.pk, "pre")).status_code == 403


class TestPaper:
    def test_is_a_pdf_with_the_code_in_its_name_and_no_person(self, as_officer, people):
        answer = as_officer.get(at("measure-paper", people[0].pk, "pre"))
        assert answer.content.startswith(b"%PDF")
        assert 'filename="P01-pre.pdf"' in answer["Content-Disposition"]

    def test_all_are_for_who_has_not_filled_in(self, as_officer, programme, people, officer):
        filled(people[0], officer)
        answer = as_officer.get(at("measure-papers", programme.pk, "pre"))
        assert (answer["Content-Type"], "lembar-pre.pdf" in answer["Content-Disposition"]) == (
            "application/pdf",
            True,
        )
        one = as_officer.get(at("measure-paper", people[1].pk, "pre"))
        assert _pages(answer) == _pages(one)

    def test_of_all_are_one_file_in_which_each_begins_on_page_one(self, as_officer, programme, people):
        one = as_officer.get(at("measure-paper", people[0].pk, "pre"))
        every = as_officer.get(at("measure-papers", programme.pk, "pre"))
        assert _pages(every) == len(people) * _pages(one)

    def test_are_none_where_everybody_filled_in(self, as_officer, programme, people, officer):
        for person in people:
            filled(person, officer)
        answer = as_officer.get(at("measure-papers", programme.pk, "pre"), follow=True)
        assert "semua peserta sudah mengisi" in answer.text


class TestImport:
    def sent(self, client, programme, *rows):
        return client.post(at("measure-import", programme.pk, "pre"), {"file": a_file(*rows)})

    def test_the_empty_workbook_holds_the_codes_and_no_names(self, as_officer, programme, people, officer):
        filled(people[0], officer)
        answer = as_officer.get(at("measure-example", programme.pk, "pre"))
        cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content))["jawaban"]]
        assert [row[0] for row in cells] == ["kode", "P02"]
        assert "Orang" not in str(cells)

    def test_tells_first_and_keeps_after_the_yes(self, as_officer, programme, people):
        page = self.sent(as_officer, programme, {"kode": "p01", FIRST: "3", SECOND: "1"})
        assert not AnswerSheet.objects.exists()
        content = re.search(r'name="content" value="([^"]+)"', page.text).group(1)
        for _time in range(2):
            as_officer.post(at("measure-accept", programme.pk, "pre"), {"content": content})
        sheet = AnswerSheet.objects.get()
        assert (sheet.participant, sheet.answers) == (people[0].pk, {FIRST: 3, SECOND: 1})

    def test_what_was_looked_through_is_of_this_programme_alone(self, as_officer, programme, people):
        page = self.sent(as_officer, programme, {"kode": "P01", FIRST: "3"})
        content = re.search(r'name="content" value="([^"]+)"', page.text).group(1)
        answer = as_officer.post(at("measure-accept", measured().pk, "pre"), {"content": content})
        assert answer.status_code == 422
        assert not AnswerSheet.objects.exists()

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ({"kode": "P77", FIRST: "3"}, "Baris 2: kode peserta tidak ada"),
            ({"kode": "P01", "gelombang": "post", FIRST: "3"}, "Baris 2: gelombangnya bukan"),
            ({"kode": "P01", FIRST: "9"}, "Jawaban tidak dikenal"),
            ({"kode": "P01", "entah": "1", FIRST: "3"}, "bukan butir instrumen"),
        ],
        ids=["stranger", "wave", "answer", "column"],
    )
    def test_names_row_and_cause_of_what_is_wrong(self, as_officer, programme, people, row, words):
        answer = self.sent(as_officer, programme, row)
        assert answer.status_code == 422
        assert words in answer.text

    def test_a_preview_that_was_altered_is_refused(self, as_officer, programme):
        answer = as_officer.post(at("measure-accept", programme.pk, "pre"), {"content": "bohong"})
        assert answer.status_code == 422

    def test_the_address_of_the_yes_leads_to_the_form(self, as_officer, programme):
        answer = as_officer.get(at("measure-accept", programme.pk, "pre"))
        assert answer["Location"] == at("measure-import", programme.pk, "pre")


class TestOwnTest:
    def test_is_filled_in_read_and_finished(self, as_participant, own):
        assert as_participant.get(at("own-test", own.pk, "pre")).status_code == 200
        assert not AnswerSheet.objects.exists()
        typed = {f"item-{FIRST}": "2", "version": "0", "check": "1"}
        answer = as_participant.post(at("own-test", own.pk, "pre"), typed)
        assert answer["Location"] == at("own-answers", own.pk, "pre")
        version = AnswerSheet.objects.get().version
        as_participant.post(at("own-lock", own.pk, "pre"), {"version": str(version)})
        page = as_participant.get(at("own-answers", own.pk, "pre")).text
        assert "selesai" in page
        assert at("own-lock", own.pk, "pre") not in page

    def test_sent_twice_is_kept_once(self, as_participant, own):
        for _time in range(2):
            as_participant.post(at("own-test", own.pk, "pre"), {f"item-{FIRST}": "2", "version": "0"})
        assert AnswerSheet.objects.get().answers == {FIRST: 2}

    def test_what_was_typed_stays_when_the_office_was_faster(self, as_participant, own, officer):
        filled_by_office = begun(own, officer)
        AnswerSheet.objects.filter(pk=filled_by_office.pk).update(version=4)
        answer = as_participant.post(at("own-test", own.pk, "pre"), {f"item-{FIRST}": "2", "version": "1"})
        assert answer.status_code == 422
        assert 'name="version" value="4"' in answer.text

    def test_an_answer_that_is_none_is_shown_again(self, as_participant, own):
        answer = as_participant.post(at("own-test", own.pk, "pre"), {f"item-{FIRST}": "99"})
        assert answer.status_code == 422

    def test_nobody_reads_anothers(self, as_participant, people, officer):
        filled(people[0], officer)
        for name in ("own-test", "own-answers", "own-lock"):
            assert as_participant.get(at(name, people[0].pk, "pre")).status_code == 404
            assert as_participant.post(at(name, people[0].pk, "pre"), {}).status_code == 404

    def test_the_head_reads_no_answers_of_the_board(self, client, head, own, officer):
        sheet = filled(own, officer)
        client.force_login(head)
        assert client.get(at("own-answers", own.pk, "pre")).status_code == 404
        assert client.get(f"/instrumen/lembar/{sheet.pk}/").status_code == 404

    def test_a_test_that_is_not_open_is_said_to_be_closed(self, as_participant, own):
        Programme.objects.update(stage="monitoring")
        answer = as_participant.get(at("own-test", own.pk, "pre"), follow=True)
        assert "sedang tidak dibuka" in answer.text
