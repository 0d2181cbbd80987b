"""Assessments for other programs: all of a case, the comparison, and one from its draft to its scores."""

import uuid

import pytest

from simpul.access.models import Event
from simpul.cases.models import Assessment
from simpul.cases.queries.comparisons import comparison_of
from tests.api.programs import asked, sent
from tests.cases.assessing import ALL_GOOD, OWN, VIEW, WG, assessed, begun, filled, owned
from tests.cases.contacts_factories import opened
from tests.screening.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
BAD = {"tidur": 1, "cemas": 3, "lelah": 3}


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


@pytest.fixture
def draft(case, caseworker, supervisor):
    owned(supervisor)
    return begun(case, caseworker, OWN)


def saved(user, draft, *, language="", **changed):
    body = {"version": 1, "held_on": TODAY, "sources": ["self"], "client_view": VIEW, "answers": ALL_GOOD}
    return sent(user, f"assessments/{draft.pk}", method="put", language=language, **(body | changed))


def completed(user, draft, version):
    return sent(user, f"assessments/{draft.pk}/complete", version=version)


class TestAssessments:
    def test_names_them_by_instrument(self, case, caseworker, draft):
        first = assessed(case, caseworker, WG)
        groups = {
            group["instrument"]: group for group in asked(caseworker, f"cases/{case.pk}/assessments").json()
        }
        assert [(row["id"], row["is_draft"]) for row in groups[OWN]["entries"]] == [(str(draft.pk), True)]
        assert [(row["id"], row["is_draft"]) for row in groups[WG]["entries"]] == [(str(first.pk), False)]
        assert groups[WG]["due_on"] > str(TODAY)

    def test_are_not_there_for_a_stranger(self, case, stranger):
        assert asked(stranger, f"cases/{case.pk}/assessments").status_code == 404


class TestComparison:
    def test_says_of_each_domain_whether_it_changed(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        told = asked(caseworker, f"cases/{case.pk}/comparison/{OWN}").json()
        shown = comparison_of(case, OWN)
        assert [row["direction"] for row in told["rows"]] == ["better", "better"]
        assert [row["gain"] for row in told["rows"]] == [row.gain for row in shown.rows]
        assert [row["index"] for row in told["rows"]] == [row.change.index for row in shown.rows]
        assert told["better"] == 2

    def test_is_not_there_before_anything_was_completed(self, case, caseworker, draft):
        assert asked(caseworker, f"cases/{case.pk}/comparison/{OWN}").status_code == 404

    def test_does_not_name_the_open_items_to_the_head(self, case, caseworker, supervisor, head):
        owned(supervisor)
        assessed(case, caseworker, OWN, {"tidur": 1, "lelah": 3})
        rows = asked(head, f"cases/{case.pk}/comparison/{OWN}").json()["rows"]
        assert [row["open_items"] for row in rows] == [[], []]
        assert rows[0]["open"] == 1

    def test_is_not_there_for_a_stranger(self, case, stranger):
        assert asked(stranger, f"cases/{case.pk}/comparison/{OWN}").status_code == 404


class TestStart:
    def start(self, user, case, **changed):
        return sent(
            user, f"cases/{case.pk}/assessments", **({"once": uuid.uuid4(), "instrument": WG} | changed)
        )

    def test_keeps_one_draft_for_one_key(self, case, caseworker):
        key = uuid.uuid4()
        answers = [self.start(caseworker, case, once=key).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert (answers[0]["id"], answers[0]["occasion"]) == (str(key), "baseline")
        assert Assessment.objects.filter(case=case).count() == 1

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_refuses_an_instrument_that_there_is_not(self, case, caseworker, language):
        answer = self.start(caseworker, case, instrument="ramalan", language=language)
        assert answer.status_code == 422
        assert answer.headers["Content-Language"] == language
        assert not Assessment.objects.filter(case=case).exists()

    def test_is_not_for_who_only_reads(self, case, head):
        assert self.start(head, case).status_code == 403

    def test_finds_nothing_for_a_stranger(self, case, stranger):
        assert self.start(stranger, case).status_code == 404


class TestAssessment:
    def test_tells_what_was_answered(self, caseworker, draft):
        filled(draft, caseworker, answers=ALL_GOOD | {"reasons": {"tidur": "Siang saja"}}, client_view=VIEW)
        told = asked(caseworker, f"assessments/{draft.pk}").json()
        assert (told["client_view"], told["answers"]) == (VIEW, ALL_GOOD)
        assert told["reasons"] == {"tidur": "Siang saja"}
        assert (told["completed_at"], told["scores"]) == (None, [])

    def test_keeps_answers_and_words_from_the_head_of_the_organisation(
        self, case, caseworker, supervisor, head
    ):
        owned(supervisor)
        done = assessed(case, caseworker, OWN, ALL_GOOD | {"cerita": "Rahasia"}, client_view=VIEW)
        answer = asked(head, f"assessments/{done.pk}")
        told = answer.json()
        assert (told["answers"], told["reasons"], told["client_view"]) == ({}, {}, "")
        assert "Rahasia" not in answer.content.decode()
        assert [score["code"] for score in told["scores"]] == ["hidup", "beban"]

    def test_tells_the_head_nothing_of_a_draft(self, caseworker, draft, head):
        filled(draft, caseworker, answers=ALL_GOOD)
        told = asked(head, f"assessments/{draft.pk}").json()
        assert (told["answers"], told["lines"], told["scores"]) == ({}, [], [])

    def test_is_not_there_for_a_stranger(self, draft, stranger):
        assert asked(stranger, f"assessments/{draft.pk}").status_code == 404


class TestSave:
    def test_keeps_what_was_filled_in_and_records_it(self, caseworker, draft):
        told = saved(caseworker, draft, reasons={"tidur": "Siang saja"}).json()
        kept = Assessment.objects.get(pk=draft.pk)
        assert (told["version"], kept.version) == (2, 2)
        assert kept.answers == ALL_GOOD | {"reasons": {"tidur": "Siang saja"}}
        assert Event.objects.about(draft).filter(permission="case.assess", is_reading=False).count() == 1

    def test_shows_both_values_to_who_was_slower(self, caseworker, supervisor, draft):
        saved(supervisor, draft, conclusion="Perlu dokter")
        answer = saved(caseworker, draft, conclusion="Perlu pekerjaan")
        assert answer.status_code == 409
        assert "Perlu dokter" in answer.json()["theirs"]
        assert "Perlu pekerjaan" in answer.json()["mine"]
        assert Assessment.objects.get(pk=draft.pk).conclusion == "Perlu dokter"

    def test_takes_what_nobody_knows(self, caseworker, draft):
        told = saved(caseworker, draft, answers={"tidur": {"state": "unknown"}}).json()
        assert told["answers"] == {"tidur": {"state": "unknown"}}

    @pytest.mark.parametrize(
        "answers",
        [
            {"umur": 3},
            {"tidur": 9},
            {"tidur": True},
            {"tidur": [1]},
            {"tidur": {"state": "x"}},
            {"reasons": {}},
        ],
        ids=["no-such-item", "no-such-level", "truth", "list", "no-such-state", "reasons"],
    )
    def test_keeps_no_answer_that_the_instrument_does_not_know(self, caseworker, draft, answers):
        assert saved(caseworker, draft, answers=answers).status_code == 422
        assert Assessment.objects.get(pk=draft.pk).version == 1

    def test_is_not_for_who_only_reads(self, draft, head):
        assert saved(head, draft).status_code == 403

    def test_finds_nothing_for_a_stranger(self, draft, stranger):
        assert saved(stranger, draft).status_code == 404


class TestComplete:
    def test_freezes_it_with_its_scores(self, caseworker, draft):
        saved(caseworker, draft)
        told = completed(caseworker, draft, 2).json()
        assert told["completed_at"]
        assert [(score["code"], score["score"]) for score in told["scores"]] == [
            ("hidup", 3.0),
            ("beban", 1.0),
        ]

    def test_completes_it_once(self, caseworker, draft):
        saved(caseworker, draft)
        answers = [completed(caseworker, draft, 2).json() for _ in range(2)]
        assert answers[0] == answers[1]

    def test_is_refused_to_who_read_an_older_draft(self, caseworker, supervisor, draft):
        saved(caseworker, draft)
        saved(supervisor, draft, version=2, conclusion="Perlu dokter")
        assert completed(caseworker, draft, 2).status_code == 409
        assert Assessment.objects.get(pk=draft.pk).completed_at is None

    def test_says_that_nothing_was_answered(self, caseworker, draft):
        answer = completed(caseworker, draft, 1)
        assert answer.status_code == 422
        assert "Belum ada satu pun jawaban" in answer.json()["detail"]
