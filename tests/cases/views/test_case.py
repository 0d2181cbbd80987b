import uuid

import pytest
from django.urls import reverse

from simpul.cases.actions.opening import reopen
from simpul.cases.models import Case
from simpul.cases.stages import Stage
from tests.cases.factories import SENTENCE, a_case, brought_to, moved, opened
from tests.screening.factories import TODAY, decided, when, without_consent

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

    def test_keeps_the_sentence_from_those_who_may_not_read_reasons(self, client, caseworker, head):
        opened(decided(caseworker), caseworker)
        answer = page(client, head, "cases")
        assert len(answer.context["rows"]) == 1
        assert SENTENCE not in answer.content.decode()

    def test_shows_a_stranger_none_and_says_where_to_begin(self, client, caseworker, stranger):
        opened(decided(caseworker), caseworker)
        shown = page(client, stranger, "cases").content.decode()
        assert SENTENCE not in shown
        assert "Belum ada kasus" in shown

    @pytest.mark.parametrize(("query", "number"), [({"tahap": "planning"}, 0), ({"saya": "1"}, 1), ({}, 1)])
    def test_can_be_narrowed(self, client, caseworker, query, number):
        opened(decided(caseworker), caseworker)
        assert len(page(client, caseworker, "cases", **query).context["rows"]) == number

    @pytest.mark.parametrize(
        ("query", "stages"),
        [({}, {"intake"}), ({"tahap": "over"}, {"left"}), ({"tahap": ""}, {"intake", "left"}), ({"tahap": "left"}, {"left"})],
        ids=["as it opens", "over", "all", "one stage"],
    )  # fmt: skip
    def test_shows_those_that_run_unless_others_are_asked_for(self, client, caseworker, query, stages):
        a_case(caseworker)
        moved(a_case(caseworker), caseworker, "left")
        rows = page(client, caseworker, "cases", **query).context["rows"]
        assert {row.stage for row in rows} == stages

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, client, caseworker, django_assert_max_num_queries
    ):
        for _ in range(4):
            opened(decided(caseworker), caseworker)
        page(client, caseworker, "cases")
        with django_assert_max_num_queries(16):
            page(client, caseworker, "cases")


class TestCase:
    @pytest.mark.parametrize("role", ["caseworker", "head"])
    def test_names_a_gate_that_is_not_met_once(self, client, caseworker, request, role):
        case = opened(decided(caseworker), caseworker)
        shown = page(client, request.getfixturevalue(role), "case", case.pk).content.decode()
        assert shown.count("Lembar hak klien sudah diberikan") == 1
        assert ("Sebelum lanjut, ini belum ada:" in shown) is (role == "caseworker")

    @pytest.mark.parametrize(("role", "may_print"), [("caseworker", True), ("head", False)])
    def test_leads_to_papers_only_who_may_print(self, client, caseworker, request, role, may_print):
        case = opened(decided(caseworker), caseworker)
        shown = page(client, request.getfixturevalue(role), "case", case.pk).content.decode()
        assert (reverse("cases:papers", args=[case.pk]) in shown) is may_print

    def test_holds_every_step_of_the_thread(self, client, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False), caseworker)
        shown = page(client, caseworker, "case", case.pk, riwayat="sistem")
        words = " ".join(entry.words for entry in shown.context["timeline"].entries)
        for step in (
            "didata",
            "Persetujuan dicatat",
            "Penapisan dimulai",
            "jawaban dicatat",
            "Hasil diputuskan",
            "dibuka",
        ):
            assert step in words

    def test_prints_how_the_law_calls_the_stage(self, client, caseworker):
        shown = page(client, caseworker, "case", a_case(caseworker).pk).content.decode()
        assert 'class="only-print hint">PP 39/2012: pendekatan awal; ATENSI: pendekatan awal dan' in shown

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

    def test_shows_each_print_on_the_timeline(self, client, caseworker):
        case = opened(decided(caseworker), caseworker)
        client.get(reverse("screening:pdf", args=[case.screening_id]))
        page(client, caseworker, "case", case.pk)
        client.get(reverse("screening:pdf", args=[case.screening_id]))
        shown = page(client, caseworker, "case", case.pk, riwayat="sistem")
        words = [entry.words for entry in shown.context["timeline"].entries]
        assert words.count("Hasil dicetak untuk keluarga.") == 1

    def test_does_not_count_what_the_head_may_not_see(self, client, caseworker, head):
        case = opened(decided(caseworker, hiv_confirmed=True), caseworker)
        assert [need.code for need in page(client, caseworker, "case", case.pk).context["needs"]] == ["ODHA"]
        shown = page(client, head, "case", case.pk)
        assert not shown.context["needs"]
        assert "jenis" not in " ".join(entry.words for entry in shown.context["timeline"].entries)
        assert SENTENCE not in shown.content.decode()

    def test_shows_no_needs_once_consent_was_withdrawn(self, client, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False, left_alone=True), caseworker)
        without_consent(case, caseworker, minutes=90)
        shown = page(client, caseworker, "case", case.pk)
        assert not shown.context["needs"]
        assert "Lanjut usia telantar" not in shown.content.decode()

    def test_shows_markup_in_a_sentence_as_words(self, client, caseworker):
        case = opened(decided(caseworker), caseworker, summary="<script>alert(1)</script>")
        assert "<script>alert" not in page(client, caseworker, "case", case.pk).content.decode()


class TestEpisodes:
    def test_lead_to_each_other_only_where_both_are_within_reach(self, client, caseworker, supervisor):
        old = moved(opened(decided(caseworker), caseworker), caseworker, "left")
        typed = {"because": "Datang lagi sendiri", "summary": SENTENCE}
        new = reopen(old, by=caseworker, key=uuid.uuid4(), **typed, **when(95))
        for shown, other in ((old, new), (new, old)):
            door = reverse("cases:case", args=[other.pk])
            assert f'href="{door}"' in page(client, supervisor, "case", shown.pk).content.decode()
            Case.objects.filter(pk=other.pk).update(confidentiality="team_only")
            assert f'href="{door}"' not in page(client, supervisor, "case", shown.pk).content.decode()
            Case.objects.filter(pk=other.pk).update(confidentiality="ordinary")


class TestMove:
    def send(self, client, user, case, **typed):
        client.force_login(user)
        typed = {"version": case.version, "because": "", **typed}
        return client.post(reverse("cases:move", args=[case.pk]), typed)

    def test_goes_on_and_stands_in_the_timeline(self, client, caseworker):
        case = opened(decided(caseworker), caseworker)
        answer = self.send(client, caseworker, case, to="assessment", because="Bu Siti setuju")
        assert answer.url == reverse("cases:case", args=[case.pk])
        newest = page(client, caseworker, "case", case.pk).context["timeline"].entries[0]
        assert (newest.words, newest.said) == ("Tahap menjadi Asesmen.", "Bu Siti setuju")

    def test_says_what_was_left_out(self, client, caseworker):
        case = brought_to(Stage.LINKING, caseworker)
        self.send(client, caseworker, case, to="evaluation", because="Tidak ada yang berubah")
        told = [
            entry.words for entry in page(client, caseworker, "case", case.pk).context["timeline"].entries
        ]
        assert any("Dilewati: pemantauan dan asesmen ulang." in words for words in told)

    def test_offers_the_next_in_line_first(self, client, caseworker):
        case = brought_to(Stage.EVALUATION, caseworker)
        offered = page(client, caseworker, "case", case.pk).context["following"]
        assert [step.words for step in offered] == [
            "Lanjut ke peralihan",
            "Lanjut ke pengakhiran",
            "Kembali ke rencana dan sumber",
            "Kembali ke penghubungan layanan",
        ]

    def test_offers_a_suspended_case_the_stage_where_it_stood(self, client, caseworker):
        case = moved(brought_to(Stage.PLANNING, caseworker), caseworker, "suspended")
        offered = page(client, caseworker, "case", case.pk).context["following"]
        assert [step.stage for step in offered] == ["planning"]

    @pytest.mark.parametrize("typed", [{"to": "suspended"}, {"to": ""}, {"to": "closed"}, {"to": "nowhere"}])
    def test_shows_the_page_again_with_what_is_wrong(self, client, caseworker, typed):
        case = opened(decided(caseworker), caseworker)
        answer = self.send(client, caseworker, case, **typed)
        assert answer.status_code == 422
        assert 'id="errors"' in answer.content.decode()
        assert Case.objects.get(pk=case.pk).stage == "intake"

    def test_shows_a_clash_and_lets_who_has_read_it_go_on(self, client, caseworker, supervisor):
        case = opened(decided(caseworker), caseworker)
        moved(case, caseworker, "assessment")
        shown = self.send(client, supervisor, case, to="suspended", because="Keluarga pindah sementara")
        assert shown.status_code == 422
        assert '<input type="hidden" name="version" value="2">' in shown.content.decode()

    @pytest.mark.parametrize("role", ["head", "verifier"])
    def test_is_not_offered_to_who_only_reads(self, client, caseworker, request, role):
        case = opened(decided(caseworker), caseworker)
        user = request.getfixturevalue(role)
        assert "Lanjut ke asesmen" not in page(client, user, "case", case.pk).content.decode()
        assert self.send(client, user, case, to="assessment").status_code == 403

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        case = opened(decided(caseworker), caseworker)
        assert self.send(client, stranger, case, to="assessment").status_code == 404

    @pytest.mark.parametrize("stage", [Stage.ASSESSMENT, Stage.TERMINATION, Stage.SUSPENDED])
    def test_costs_the_page_as_few_questions_late_as_early(
        self, client, caseworker, django_assert_max_num_queries, stage
    ):
        case = brought_to(stage, caseworker)
        page(client, caseworker, "case", case.pk)
        with django_assert_max_num_queries(21):
            client.get(reverse("cases:case", args=[case.pk]))

    def test_is_over_with_the_case(self, client, caseworker):
        case = brought_to(Stage.CLOSED, caseworker)
        assert (
            reverse("cases:move", args=[case.pk])
            not in page(client, caseworker, "case", case.pk).content.decode()
        )


class TestOfScreening:
    def test_finds_the_case(self, client, caseworker):
        case = opened(decided(caseworker), caseworker)
        answer = page(client, caseworker, "of-screening", case.screening_id)
        assert answer.url == reverse("cases:case", args=[case.pk])

    def test_does_not_exist_where_the_case_is_out_of_reach(self, client, caseworker, supervisor):
        case = opened(decided(caseworker), caseworker)
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        assert page(client, supervisor, "of-screening", case.screening_id).status_code == 404

    def test_stands_on_the_result_for_who_reaches_the_case(self, client, caseworker, supervisor):
        case = opened(decided(caseworker), caseworker)
        door = reverse("cases:of-screening", args=[case.screening_id])
        result = reverse("screening:result", args=[case.screening_id])
        client.force_login(supervisor)
        assert door in client.get(result).content.decode()
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        assert door not in client.get(result).content.decode()

    def test_finds_none_before(self, client, caseworker):
        assert page(client, caseworker, "of-screening", decided(caseworker).pk).status_code == 404
