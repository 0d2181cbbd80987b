import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Case
from tests.cases.test_actions import SENTENCE, opened
from tests.screening.factories import TODAY, decided, finished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=args), query)


class TestCases:
    def test_shows_cases_within_reach(self, client, caseworker):
        opened(decided(caseworker), caseworker)
        assert SENTENCE in page(client, caseworker, "cases").content.decode()

    def test_shows_a_stranger_none_and_says_where_to_begin(self, client, caseworker, stranger):
        opened(decided(caseworker), caseworker)
        shown = page(client, stranger, "cases").content.decode()
        assert SENTENCE not in shown
        assert "Belum ada kasus" in shown

    @pytest.mark.parametrize(("query", "number"), [({"tahap": "planning"}, 0), ({"saya": "1"}, 1), ({}, 1)])
    def test_can_be_narrowed(self, client, caseworker, query, number):
        opened(decided(caseworker), caseworker)
        assert len(page(client, caseworker, "cases", **query).context["rows"]) == number

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, client, caseworker, django_assert_max_num_queries
    ):
        for _ in range(4):
            opened(decided(caseworker), caseworker)
        page(client, caseworker, "cases")
        with django_assert_max_num_queries(14):
            page(client, caseworker, "cases")


class TestCase:
    def test_holds_every_step_of_the_thread(self, client, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False), caseworker)
        words = " ".join(
            entry.words for entry in page(client, caseworker, "case", case.pk).context["timeline"]
        )
        for step in (
            "didata",
            "Persetujuan dicatat",
            "Penapisan dimulai",
            "jawaban dicatat",
            "Hasil diputuskan",
            "dibuka",
        ):
            assert step in words

    def test_says_the_sentence_the_stage_and_the_next_step(self, client, caseworker):
        shown = page(client, caseworker, "case", opened(decided(caseworker), caseworker).pk).content.decode()
        assert SENTENCE in shown
        assert 'aria-current="step"' in shown
        assert "Langkah berikutnya" in shown

    @pytest.mark.parametrize(
        ("role", "status"),
        [("supervisor", 200), ("head", 200), ("verifier", 200), ("volunteer", 403), ("stranger", 404)],
    )
    def test_opens_for_those_who_may(self, client, caseworker, request, role, status):
        case = opened(decided(caseworker), caseworker)
        assert page(client, request.getfixturevalue(role), "case", case.pk).status_code == status

    def test_shows_markup_in_a_sentence_as_words(self, client, caseworker):
        case = opened(decided(caseworker), caseworker, summary="<script>alert(1)</script>")
        assert "<script>alert" not in page(client, caseworker, "case", case.pk).content.decode()


class TestOpenCase:
    def send(self, client, user, screening, **typed):
        client.force_login(user)
        return client.post(reverse("cases:open", args=[screening.pk]), typed)

    def test_opens_and_shows_the_case(self, client, caseworker):
        answer = self.send(client, caseworker, decided(caseworker), once=uuid.uuid4(), summary=SENTENCE)
        assert answer.url == reverse("cases:case", args=[Case.objects.get().pk])

    def test_sent_twice_opens_one(self, client, caseworker):
        screening, once = decided(caseworker), uuid.uuid4()
        for _ in range(2):
            self.send(client, caseworker, screening, once=once, summary=SENTENCE)
        assert Case.objects.count() == 1

    def test_wants_a_sentence(self, client, caseworker):
        assert (
            self.send(client, caseworker, decided(caseworker), once=uuid.uuid4(), summary="").status_code
            == 422
        )

    def test_sends_back_what_is_not_decided(self, client, caseworker):
        screening = finished(caseworker)
        answer = self.send(client, caseworker, screening, once=uuid.uuid4(), summary=SENTENCE)
        assert answer.url == reverse("screening:result", args=[screening.pk])


class TestOfScreening:
    def test_finds_the_case(self, client, caseworker):
        case = opened(decided(caseworker), caseworker)
        answer = page(client, caseworker, "of-screening", case.screening_id)
        assert answer.url == reverse("cases:case", args=[case.pk])

    def test_finds_none_before(self, client, caseworker):
        assert page(client, caseworker, "of-screening", decided(caseworker).pk).status_code == 404
