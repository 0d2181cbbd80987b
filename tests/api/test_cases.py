"""Cases for other programs: the list, one of them, what happened in it, moving it on."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from simpul.access.models import Event, Mention
from simpul.cases.models import Case, StageMove
from simpul.cases.stages import Stage
from tests.access.factories import PASSWORD
from tests.api.programs import asked, program_of, sent
from tests.cases.contacts_factories import WORDS, noted
from tests.cases.factories import AGREED, SENTENCE, a_case, brought_to, moved
from tests.screening.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]


def readings(case, user):
    return Event.objects.about(case).filter(actor=user.pk, is_reading=True).count()


class TestAllCases:
    def test_names_the_cases_within_reach(self, caseworker, stranger):
        ours = a_case(caseworker)
        a_case(stranger)
        found = asked(caseworker, "cases").json()
        assert [row["id"] for row in found["rows"]] == [str(ours.pk)]
        assert found["count"] == 1

    def test_records_whom_it_showed(self, caseworker, supervisor):
        case = a_case(caseworker)
        asked(supervisor, "cases")
        shown = Mention.objects.filter(person=case.person_id, event__actor=supervisor.pk)
        assert shown.count() == 1

    @pytest.mark.parametrize(("stage", "count"), [("assessment", 1), ("intake", 2), ("closed", 0)])
    def test_is_narrowed_by_stage(self, caseworker, stage, count):
        a_case(caseworker)
        a_case(caseworker)
        brought_to(Stage.ASSESSMENT, caseworker)
        assert asked(caseworker, "cases", stage=stage).json()["count"] == count

    def test_is_narrowed_to_a_worker_and_to_ones_own(self, caseworker, supervisor):
        case = a_case(caseworker)
        a_case(supervisor)
        of_worker = asked(supervisor, "cases", worker=caseworker.pk).json()["rows"]
        assert [row["id"] for row in of_worker] == [str(case.pk)]
        assert asked(caseworker, "cases", mine=True).json()["count"] == 1

    def test_comes_in_pages(self, caseworker, monkeypatch):
        monkeypatch.setattr("simpul.api.answers.PAGE_LENGTH", 2)
        keys = {str(a_case(caseworker).pk) for _ in range(3)}
        pages = [asked(caseworker, "cases", page=number).json() for number in (1, 2)]
        assert [len(page["rows"]) for page in pages] == [2, 1]
        assert {row["id"] for page in pages for row in page["rows"]} == keys
        assert (pages[0]["pages"], pages[0]["count"]) == (2, 3)

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        a_case(caseworker)
        assert asked(caseworker, "cases").json()["rows"][0]["summary"] == SENTENCE
        assert asked(head, "cases").json()["rows"][0]["summary"] == ""

    @pytest.mark.parametrize("query", [{"stage": "nowhere"}, {"worker": "rina"}, {"page": 0}])
    def test_refuses_what_it_cannot_read(self, caseworker, query):
        answer = asked(caseworker, "cases", **query)
        assert answer.status_code == 422
        assert next(iter(query)) in answer.json()["detail"]

    def test_is_not_for_who_reads_no_cases(self, volunteer):
        answer = asked(volunteer, "cases")
        assert answer.status_code == 403
        assert "belum diberi hak" in answer.json()["detail"]

    def test_is_not_for_who_is_not_signed_in(self, client):
        assert client.get("/api/cases").status_code == 401

    def test_stays_in_no_store_on_the_way(self, caseworker):
        assert asked(caseworker, "cases").headers["Cache-Control"] == "no-store"


class TestOneCase:
    def test_tells_who_what_stage_and_what_comes_next(self, caseworker):
        case = a_case(caseworker)
        told = asked(caseworker, f"cases/{case.pk}").json()
        assert (told["number"], told["stage"], told["version"]) == (case.number, "intake", case.version)
        assert told["summary"] == SENTENCE
        assert told["onward"][0]["stage"] == "assessment"
        assert "suspended" in told["beside"]
        assert {"code": "rights_given", "is_met": False}.items() <= told["gates"][1].items()

    def test_records_that_it_was_read(self, caseworker, supervisor):
        case = a_case(caseworker)
        asked(supervisor, f"cases/{case.pk}")
        assert readings(case, supervisor) == 1

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = a_case(caseworker)
        told = asked(head, f"cases/{case.pk}").json()
        assert (told["summary"], told["wishes"], told["is_told"]) == ("", "", False)
        assert told["may_move"] is False

    def test_is_not_there_for_a_stranger(self, caseworker, stranger):
        case = a_case(caseworker)
        answer = asked(stranger, f"cases/{case.pk}")
        assert answer.status_code == 404
        assert answer.json() == asked(stranger, f"cases/{uuid.uuid4()}").json()
        assert readings(case, stranger) == 0

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_says_in_either_language_that_it_is_not_there(self, stranger, language):
        header = {"accept-language": language}
        answer = program_of(stranger).get(f"/api/cases/{uuid.uuid4()}", headers=header)
        with override(language):
            sentence = gettext("Tidak ada, atau di luar jangkauan akun ini.")
        assert answer.json()["detail"] == sentence
        assert answer.headers["Content-Language"] == language

    def test_names_the_needs_only_while_there_is_a_basis(self, caseworker, monkeypatch):
        case = a_case(caseworker, basic_needs_met=False, left_alone=True)
        needs = [need["code"] for need in asked(caseworker, f"cases/{case.pk}").json()["needs"]]
        assert needs == list(case.need_types)
        assert needs
        monkeypatch.setattr("simpul.cases.queries.page.has_basis", lambda *_: False)
        assert asked(caseworker, f"cases/{case.pk}").json()["needs"] == []


class TestTimeline:
    def test_tells_what_happened_the_newest_first(self, caseworker):
        case = a_case(caseworker)
        moved(case, caseworker, Stage.ASSESSMENT)
        entries = asked(caseworker, f"cases/{case.pk}/timeline").json()["entries"]
        assert "Asesmen" in entries[0]["words"]
        assert entries[0]["said"] == AGREED
        assert entries == sorted(entries, key=lambda entry: entry["at"], reverse=True)

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = a_case(caseworker)
        noted(case, caseworker)
        answer = asked(head, f"cases/{case.pk}/timeline")
        assert WORDS not in answer.content.decode()
        assert any("Kunjungan" in entry["words"] for entry in answer.json()["entries"])

    def test_begins_on_the_day_that_is_asked_for(self, caseworker):
        case = a_case(caseworker)
        tomorrow = TODAY + timedelta(days=1)
        assert asked(caseworker, f"cases/{case.pk}/timeline", since=tomorrow).json()["entries"] == []

    def test_is_not_there_for_a_stranger(self, caseworker, stranger):
        case = a_case(caseworker)
        assert asked(stranger, f"cases/{case.pk}/timeline").status_code == 404


class TestMoveCase:
    def move(self, user, case, **changed):
        body = {"to": "assessment", "version": case.version, "because": AGREED} | changed
        return sent(user, f"cases/{case.pk}/move", **body)

    def test_lets_a_case_pass_on_and_records_it(self, caseworker):
        case = a_case(caseworker)
        told = self.move(caseworker, case).json()
        assert (told["stage"], told["version"]) == ("assessment", case.version + 1)
        assert Event.objects.about(case).filter(permission="case.move", is_reading=False).count() == 1

    def test_does_the_same_only_once(self, caseworker):
        case = a_case(caseworker)
        answers = [self.move(caseworker, case).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert StageMove.objects.filter(case=case, stage_to="assessment").count() == 1

    def test_shows_both_values_to_who_was_slower(self, caseworker, supervisor):
        case = a_case(caseworker)
        self.move(supervisor, case, to="suspended")
        answer = self.move(caseworker, case)
        assert answer.status_code == 409
        assert (answer.json()["theirs"], answer.json()["mine"]) == ("Ditangguhkan", "Asesmen")
        assert Case.objects.get(pk=case.pk).stage == "suspended"

    def test_names_what_is_lacking(self, caseworker):
        case = a_case(caseworker)
        answer = self.move(caseworker, case, because="")
        assert answer.status_code == 422
        assert [gate["code"] for gate in answer.json()["lacking"]] == ["rights_given"]
        assert Case.objects.get(pk=case.pk).stage == "intake"

    @pytest.mark.parametrize(("language", "words"), [("id", "Dari tahap"), ("en", "After the stage")])
    def test_says_in_either_language_what_may_follow(self, caseworker, language, words):
        case = a_case(caseworker)
        body = {"to": "closed", "version": case.version}
        answer = sent(caseworker, f"cases/{case.pk}/move", language=language, **body)
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith(words)

    def test_refuses_a_stage_that_there_is_not(self, caseworker):
        assert self.move(caseworker, a_case(caseworker), to="heaven").status_code == 422

    def test_is_not_for_who_only_reads(self, caseworker, head):
        case = a_case(caseworker)
        assert self.move(head, case).status_code == 403
        assert Case.objects.get(pk=case.pk).stage == "intake"

    def test_finds_nothing_for_a_stranger(self, caseworker, stranger):
        assert self.move(stranger, a_case(caseworker)).status_code == 404


class TestToken:
    def post(self, program, case, **headers):
        body = {"to": "suspended", "version": case.version, "because": AGREED}
        address = f"/api/cases/{case.pk}/move"
        return program.post(address, body, content_type="application/json", headers=headers)

    def test_is_asked_for_where_something_is_written(self, caseworker):
        case = a_case(caseworker)
        answer = self.post(program_of(caseworker, guarded=True), case)
        assert answer.status_code == 403
        assert "X-CSRFToken" in answer.json()["detail"]
        assert Case.objects.get(pk=case.pk).stage == "intake"

    def test_opens_the_door_to_who_carries_it(self, caseworker):
        case, token = a_case(caseworker), "a" * 32
        program = program_of(caseworker, guarded=True)
        program.cookies["csrftoken"] = token
        assert self.post(program, case, **{"x-csrftoken": token}).status_code == 200

    def test_is_had_by_signing_in_as_on_the_page(self, caseworker):
        case, program = a_case(caseworker), Client(enforce_csrf_checks=True)
        caseworker.set_password(PASSWORD)
        caseworker.save()
        program.get("/akun/masuk/")
        typed = {"login": caseworker.username, "password": PASSWORD}
        token = program.cookies["csrftoken"].value
        program.post("/akun/masuk/", typed | {"csrfmiddlewaretoken": token})
        headers = {"x-csrftoken": program.cookies["csrftoken"].value}
        assert self.post(program, case, **headers).status_code == 200

    def test_is_not_asked_for_where_something_is_read(self, caseworker):
        assert program_of(caseworker, guarded=True).get("/api/cases").status_code == 200
