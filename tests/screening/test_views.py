import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.catalogue import facts
from simpul.people.actions import record_fact
from simpul.screening import actions
from simpul.screening.models import Screening
from simpul.screening.queries import held_now
from tests.cases.factories import opened
from tests.screening.factories import (
    TODAY,
    answered,
    consented,
    decided,
    finished,
    person,
    started,
    when,
    without_consent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day comes in by the door: here, the views'."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"screening:{name}", args=args), query)


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"screening:{name}", args=args), typed)


class TestThePersonsPage:
    def shown(self, client, user, screening):
        client.force_login(user)
        return client.get(reverse("people:person", args=[screening.person_id])).content.decode()

    def test_goes_on_with_the_one_that_runs(self, client, caseworker, volunteer):
        screening = started(caseworker)
        address = reverse("screening:question", args=[screening.pk])
        for user in (caseworker, volunteer):
            assert address in self.shown(client, user, screening)

    def test_leads_to_the_last_result_where_it_may_be_seen(self, client, caseworker, volunteer):
        screening = finished(caseworker)
        address = reverse("screening:result", args=[screening.pk])
        assert address in self.shown(client, caseworker, screening)
        assert address not in self.shown(client, volunteer, screening)

    def test_leads_to_the_open_case(self, client, caseworker, volunteer):
        case = opened(decided(caseworker), caseworker)
        address = reverse("cases:case", args=[case.pk])
        assert address in self.shown(client, caseworker, case.screening)
        assert address not in self.shown(client, volunteer, case.screening)


class TestStart:
    def test_asks_for_consent_first(self, client, caseworker):
        subject = person(caseworker)
        answer = send(client, caseworker, "start", subject.pk, once=uuid.uuid4(), edition="permensos-8-2012")
        assert answer.status_code == 409
        assert reverse("people:consent", args=[subject.pk]) in answer.content.decode()

    def test_goes_to_the_first_question(self, client, caseworker):
        subject = consented(caseworker)
        answer = send(client, caseworker, "start", subject.pk, once=uuid.uuid4(), edition="permensos-8-2012")
        assert answer.url == reverse("screening:question", args=[Screening.objects.get().pk])

    def test_goes_on_where_a_colleague_stopped(self, client, caseworker, supervisor):
        screening = started(caseworker)
        answer = page(client, supervisor, "start", screening.person_id)
        assert answer.url == reverse("screening:question", args=[screening.pk])

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        assert page(client, stranger, "start", consented(caseworker).pk).status_code == 404


class TestQuestion:
    def test_asks_one_thing_with_both_ways_of_not_answering(self, client, caseworker):
        shown = page(client, caseworker, "question", started(caseworker).pk).content.decode()
        assert shown.count("<h1>") == 1
        assert "Tidak tahu" in shown
        assert "Tidak mau menjawab" in shown

    def test_keeps_the_answer_and_asks_the_next(self, client, caseworker):
        screening = started(caseworker)
        answer = send(
            client, caseworker, "question", screening.pk, "poor", value="yes", seen="", source="self"
        )
        assert answer.url == reverse("screening:question", args=[screening.pk])
        assert held_now(screening, TODAY)["poor"].value is True

    def test_says_at_the_field_what_is_missing(self, client, caseworker):
        answer = send(client, caseworker, "question", started(caseworker).pk, "poor", seen="", source="self")
        assert answer.status_code == 422
        assert "Pilih atau isi satu jawaban" in answer.content.decode()

    def test_keeps_what_was_typed_wrongly(self, client, caseworker):
        answer = send(
            client, caseworker, "question", started(caseworker).pk, "income", value="dua", source="self"
        )
        assert 'value="dua"' in answer.content.decode()

    def test_refuses_a_day_that_is_not_in_the_calendar(self, client, caseworker):
        screening = actions.start(consented(caseworker, born=None), by=caseworker, key=uuid.uuid4(), **when())
        typed = {"value_day": "31", "value_month": "2", "value_year": "1980"}
        answer = send(client, caseworker, "question", screening.pk, "born", source="self", **typed)
        assert "tidak ada di kalender" in answer.content.decode()

    def test_takes_an_age_where_the_birth_date_is_not_known(self, client, caseworker):
        screening = actions.start(consented(caseworker, born=None), by=caseworker, key=uuid.uuid4(), **when())
        send(client, caseworker, "question", screening.pk, "born", source="self", age="67")
        assert held_now(Screening.objects.get(), TODAY)["born"].value.latest.year == 1959

    def test_takes_not_knowing_although_something_is_typed(self, client, caseworker):
        screening = started(caseworker)
        send(
            client,
            caseworker,
            "question",
            screening.pk,
            "income",
            value="dua",
            state="unknown",
            source="self",
        )
        assert held_now(screening, TODAY)["income"].state == "unknown"

    def test_shows_both_answers_when_a_colleague_was_faster(self, client, caseworker, supervisor):
        screening = started(caseworker)
        answered(screening, supervisor, poor=True)
        answer = send(
            client, caseworker, "question", screening.pk, "poor", value="no", seen="", source="self"
        )
        assert answer.status_code == 409
        assert "Ganti dengan jawaban saya" in answer.content.decode()

    def test_can_be_left_for_later(self, client, caseworker):
        screening = started(caseworker)
        first = page(client, caseworker, "question", screening.pk).context["fact"].name
        send(client, caseworker, "question", screening.pk, first, later="1")
        shown = page(client, caseworker, "question", screening.pk)
        assert shown.context["fact"].name != first
        assert [fact.name for fact in shown.context["interview"].put_off] == [first]

    def test_is_not_named_in_its_address(self, client, caseworker):
        screening = started(caseworker)
        shown = page(client, caseworker, "question", screening.pk).content.decode()
        names = "|".join(facts.asked_facts())
        assert not re.findall(rf'(?:href|action)="[^"]*/(?:{names})/?"', shown)
        assert "drug_use" not in reverse("screening:question", args=[screening.pk, "drug_use"])

    def test_put_off_leaves_no_name_behind(self, client, caseworker):
        screening = started(caseworker)
        first = page(client, caseworker, "question", screening.pk).context["fact"].name
        answer = send(client, caseworker, "question", screening.pk, first, later="1")
        assert answer.url == reverse("screening:question", args=[screening.pk])
        assert first not in str(dict(client.session))

    def test_does_not_exist_for_a_child_where_it_is_for_adults(self, client, caseworker):
        child = started(caseworker, born=date(2018, 3, 1))
        assert page(client, caseworker, "question", child.pk, "sexual_services_offered").status_code == 404

    def test_offers_an_old_answer_which_one_press_confirms(self, client, caseworker):
        screening = started(caseworker)
        long_ago = {"on": date(2020, 3, 3), "at": when()["at"].replace(year=2020, month=3, day=3)}
        about = {"name": "hit_by_event", "state": "known", "value": True}
        record_fact(screening.person, by=caseworker, key=uuid.uuid4(), **about, **long_ago)
        shown = page(client, caseworker, "question", screening.pk, "hit_by_event").content.decode()
        assert "Dulu: ya, 3 Maret 2020. Masih begitu?" in shown
        send(client, caseworker, "question", screening.pk, "hit_by_event", still="1", source="self", seen="")
        assert held_now(screening, TODAY)["hit_by_event"].value is True

    def test_shows_what_does_not_fit_together(self, client, caseworker):
        screening = answered(started(caseworker), caseworker, has_livelihood=False, steady_job=True)
        shown = page(client, caseworker, "question", screening.pk).content.decode()
        assert "Jawaban yang tidak cocok satu sama lain" in shown

    def test_asks_for_consent_again_once_it_was_withdrawn(self, client, caseworker):
        screening = without_consent(answered(started(caseworker), caseworker, poor=True), caseworker)
        answer = page(client, caseworker, "question", screening.pk)
        assert answer.status_code == 409
        assert "interview" not in answer.context

    def test_warns_before_a_painful_question(self, client, caseworker):
        shown = page(client, caseworker, "question", started(caseworker).pk, "maltreated").content.decode()
        assert "Sebelum bertanya" in shown

    def test_of_a_painful_kind_does_not_exist_for_a_volunteer(self, client, caseworker, volunteer):
        screening = started(caseworker)
        assert page(client, volunteer, "question", screening.pk, "exploited_sexually").status_code == 404

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        screening = started(caseworker)
        assert page(client, stranger, "question", screening.pk).status_code == 404
        assert send(client, stranger, "question", screening.pk, "poor", value="yes").status_code == 404

    def test_sends_who_is_signed_out_to_sign_in(self, client, caseworker):
        answer = client.get(reverse("screening:question", args=[started(caseworker).pk]))
        assert answer.status_code == 302
        assert "next=" in answer.url

    def test_goes_on_for_a_colleague_after_everything_was_closed(self, client, caseworker, supervisor):
        screening = answered(started(caseworker), caseworker, poor=True)
        shown = page(client, supervisor, "question", screening.pk)
        assert "poor" in {entry.fact.name for entry in shown.context["interview"].given}
        assert shown.context["fact"].name != "poor"


class TestFinish:
    def test_shows_the_result_to_a_caseworker(self, client, caseworker):
        screening = started(caseworker)
        answer = send(client, caseworker, "finish", screening.pk)
        assert answer.url == reverse("screening:result", args=[screening.pk])

    def test_thanks_a_volunteer_without_the_result(self, client, caseworker, volunteer):
        shown = send(client, volunteer, "finish", started(caseworker).pk).content.decode()
        assert "Pekerja sosial membaca jawaban" in shown
        assert "sesuai" not in shown


class TestResult:
    def test_shows_types_with_reasons_and_source(self, client, caseworker):
        shown = page(
            client, caseworker, "result", finished(caseworker, basic_needs_met=False).pk
        ).content.decode()
        assert "Permensos 8/2012" in shown
        assert "teks hukum:" in shown

    def test_offers_the_question_that_would_settle_an_open_type(self, client, caseworker):
        screening = finished(caseworker)
        shown = page(client, caseworker, "result", screening.pk)
        asks = next(entry.asks.name for entry in shown.context["result"].open if entry.asks)
        assert reverse("screening:question", args=[screening.pk, asks]) in shown.content.decode()

    def test_says_of_each_group_for_whom_its_findings_hold(self, client, caseworker):
        shown = page(client, caseworker, "result", finished(caseworker).pk)
        assert [group.unit for group in shown.context["result"].groups] == ["person", "family", "community"]
        for words in ("orang ini saja", "keluarga ini: semua", "kampung atau kelompok ini"):
            assert f"Berlaku untuk {words}" in shown.content.decode()

    def test_counts_no_open_type_that_nobody_raised(self, client, caseworker):
        found = page(client, caseworker, "result", finished(caseworker).pk).context["result"]
        unraised = {entry.need.code for entry in found.open} - {e.need.code for e in found.open_and_raised}
        assert "ODHA" in unraised
        assert f">{len(found.open_and_raised)} belum pasti<" in re.sub(
            r"\s+", " ", page(client, caseworker, "result", found.screening.pk).content.decode()
        )

    def test_tells_only_who_may_decide_that_they_decide(self, client, caseworker, head):
        screening = finished(caseworker)
        assert "Anda yang memutuskan" in page(client, caseworker, "result", screening.pk).content.decode()
        assert "Anda yang memutuskan" not in page(client, head, "result", screening.pk).content.decode()

    def test_hides_the_most_sensitive_types_from_the_head(self, client, caseworker, head):
        shown = page(client, head, "result", finished(caseworker).pk)
        assert shown.context["result"].hidden > 0
        assert all(not entry.is_highly_restricted for entry in shown.context["result"].types)

    def test_shows_the_reason_of_the_end_only_with_the_right_to_it(self, client, caseworker, head):
        screening = decided(caseworker)
        actions.end(screening, by=caseworker, ending="referred", because="Lebam di lengan", **when(50))
        assert "Lebam" in page(client, caseworker, "result", screening.pk).content.decode()
        assert "Lebam" not in page(client, head, "result", screening.pk).content.decode()

    def test_lets_the_head_see_that_it_is_overtaken_without_judging_again(
        self, client, caseworker, volunteer, head
    ):
        screening = answered(finished(caseworker, poor=True), volunteer, minutes=60, poor=False)
        shown = page(client, head, "result", screening.pk).content.decode()
        assert "Ada jawaban yang berubah" in shown
        assert reverse("screening:judge-again", args=[screening.pk]) not in shown

    def test_is_not_for_a_volunteer(self, client, caseworker, volunteer):
        assert page(client, volunteer, "result", finished(caseworker).pk).status_code == 403

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        assert page(client, stranger, "result", finished(caseworker).pk).status_code == 404

    def test_asks_the_database_a_fixed_number_of_times(
        self, client, caseworker, django_assert_max_num_queries
    ):
        screening = finished(caseworker, basic_needs_met=False, poor=True)
        page(client, caseworker, "result", screening.pk)
        with django_assert_max_num_queries(22):
            page(client, caseworker, "result", screening.pk)


class TestWithheld:
    @pytest.mark.parametrize("name", ["result", "compare", "decide", "print", "pdf"])
    def test_stands_for_every_page_once_consent_was_withdrawn(self, client, caseworker, name):
        screening = without_consent(finished(caseworker, basic_needs_met=False, left_alone=True), caseworker)
        answer = page(client, caseworker, name, screening.pk)
        assert answer.status_code == 409
        assert "Lanjut usia telantar" not in answer.content.decode()
        assert "tidak berlaku lagi" in answer.content.decode()

    def test_leaves_the_way_to_an_end(self, client, caseworker):
        screening = without_consent(started(caseworker), caseworker)
        shown = page(client, caseworker, "result", screening.pk).content.decode()
        assert reverse("screening:end", args=[screening.pk]) in shown
        send(client, caseworker, "end", screening.pk, ending="declined", because="Tidak mau lagi")
        assert "diakhiri tanpa dinilai" in page(client, caseworker, "result", screening.pk).content.decode()


class TestJudgeAgain:
    def test_is_not_for_a_volunteer(self, client, caseworker, volunteer):
        screening = decided(caseworker)
        assert send(client, volunteer, "judge-again", screening.pk).status_code == 403
        assert Screening.objects.get().state == "decided"


class TestCompare:
    def test_shows_what_differs_under_another_list(self, client, caseworker):
        shown = page(client, caseworker, "compare", finished(caseworker, poor=True).pk, daftar="seed004-28")
        assert shown.status_code == 200
        assert shown.context["same"]

    def test_folds_what_is_very_sensitive_and_open(self, client, caseworker):
        shown = page(client, caseworker, "compare", finished(caseworker).pk, daftar="seed004-28")
        discreet = [pair.mine.need.code for pair in shown.context["discreet"] if pair.mine]
        in_sight = shown.context["differing"] + shown.context["same"]
        assert "ODHA" in discreet
        assert not any(pair.is_discreet for pair in in_sight)
        assert "buka hanya bila sendirian" in shown.content.decode()

    def test_knows_no_list_of_that_name(self, client, caseworker):
        assert page(client, caseworker, "compare", finished(caseworker).pk, daftar="x").status_code == 404


class TestDecide:
    def typed(self, screening, client, user):
        form = page(client, user, "decide", screening.pk).context["form"]
        typed = {f"decided-{entry.need.code}": str(entry.answer) for entry in form.types}
        return {**typed, "version": screening.version, "urgency": "urgent", "rest": "on"}

    def test_chooses_nothing_beforehand_where_the_rule_says_yes(self, client, caseworker):
        screening = finished(caseworker, basic_needs_met=False, left_alone=True)
        form = page(client, caseworker, "decide", screening.pk).context["form"]
        assert form.rows_to_decide
        assert all(decided.value() is None for _entry, decided, _because in form.rows_to_decide)

    def test_keeps_the_decisions_and_asks_what_comes_next(self, client, caseworker):
        screening = finished(caseworker)
        answer = send(client, caseworker, "decide", screening.pk, **self.typed(screening, client, caseworker))
        assert answer.url == reverse("screening:end", args=[screening.pk])
        assert Screening.objects.get().urgency == "urgent"

    def test_wants_a_reason_for_an_override(self, client, caseworker):
        screening = finished(caseworker)
        typed = self.typed(screening, client, caseworker)
        code = next(name for name, value in typed.items() if value == "unknown")
        answer = send(client, caseworker, "decide", screening.pk, **{**typed, code: "no"})
        assert answer.status_code == 422
        assert "Tulis alasan" in answer.content.decode()

    def test_says_when_the_page_is_out_of_date(self, client, caseworker):
        screening = finished(caseworker)
        typed = {**self.typed(screening, client, caseworker), "version": screening.version - 1}
        answer = send(client, caseworker, "decide", screening.pk, **typed)
        assert "belum disimpan" in answer.content.decode()

    @pytest.mark.parametrize(("role", "status"), [("volunteer", 403), ("head", 403), ("stranger", 404)])
    def test_is_only_for_those_who_decide(self, client, caseworker, request, role, status):
        screening = finished(caseworker)
        assert page(client, request.getfixturevalue(role), "decide", screening.pk).status_code == status


class TestEnd:
    def test_ends_with_a_reason(self, client, caseworker):
        screening = decided(caseworker)
        send(client, caseworker, "end", screening.pk, ending="referred", because="Dibawa ke puskesmas")
        assert Screening.objects.get().ending == "referred"

    def test_cannot_be_sent_as_a_case(self, client, caseworker):
        screening = decided(caseworker)
        assert (
            send(client, caseworker, "end", screening.pk, ending="case", because="Begitu").status_code == 422
        )


class TestPaper:
    def test_names_no_highly_restricted_type_unless_ticked(self, client, caseworker):
        screening = finished(caseworker, basic_needs_met=False, left_alone=True)
        sheet = page(client, caseworker, "print", screening.pk).context["sheet"]
        needs = [*sheet.fits, *(need for need, _ in sheet.open)]
        assert needs
        assert all(need.sensitivity != "highly_restricted" for need in needs)

    def test_names_what_the_worker_ticks(self, client, caseworker):
        screening = finished(caseworker)
        found = page(client, caseworker, "result", screening.pk).context["result"]
        code = next(entry.need.code for entry in found.open if entry.is_highly_restricted)
        sheet = send(client, caseworker, "print", screening.pk, types=code).context["sheet"]
        assert [need.code for need, _ in sheet.open] == [code]

    def test_never_names_what_nobody_raised(self, client, caseworker):
        screening = finished(caseworker)
        shown = send(client, caseworker, "print", screening.pk, types="ODHA")
        assert "ODHA" not in dict(shown.context["form"].fields["types"].choices)
        assert "HIV" not in shown.content.decode()
        assert not shown.context["sheet"].open

    def test_offers_what_somebody_raised(self, client, caseworker):
        screening = finished(caseworker, hiv_confirmed=None)
        shown = page(client, caseworker, "print", screening.pk)
        assert "ODHA" in dict(shown.context["form"].fields["types"].choices)

    def test_says_that_nothing_is_decided_yet(self, client, caseworker):
        shown = page(client, caseworker, "print", finished(caseworker).pk).content.decode()
        assert "Saran, belum diputuskan petugas" in shown
        shown = page(client, caseworker, "print", decided(caseworker).pk).content.decode()
        assert "Yang sesuai dengan keadaan Anda" in shown
        assert "Saran, belum" not in shown

    def test_takes_no_type_from_the_address(self, client, caseworker):
        screening = finished(caseworker)
        sheet = page(client, caseworker, "print", screening.pk, types="ODHA").context["sheet"]
        assert "ODHA" not in {need.code for need, _ in sheet.open}

    def test_waits_for_the_finish(self, client, caseworker):
        assert page(client, caseworker, "print", started(caseworker).pk).status_code == 409


class TestPdf:
    def test_is_a_tagged_pdf_that_nobody_keeps(self, client, caseworker):
        answer = page(client, caseworker, "pdf", finished(caseworker).pk)
        assert answer.content.startswith(b"%PDF-")
        assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content
        assert answer.headers["Cache-Control"] == "no-store"

    def test_is_recorded_each_time(self, client, caseworker):
        screening = finished(caseworker)
        for _ in range(2):
            page(client, caseworker, "pdf", screening.pk)
        assert Event.objects.about(screening).filter(permission="screening.print").count() == 2

    def test_is_not_for_a_volunteer(self, client, caseworker, volunteer):
        assert page(client, volunteer, "pdf", finished(caseworker).pk).status_code == 403

    def test_takes_any_name_as_plain_words(self, client, caseworker):
        subject = consented(caseworker, name='#panic("x") $1^2$ *Ani*')
        screening = actions.start(subject, by=caseworker, key=uuid.uuid4(), **when())
        actions.finish(screening, by=caseworker, **when(5))
        assert page(client, caseworker, "pdf", screening.pk).content.startswith(b"%PDF-")


class TestTypes:
    def test_lists_every_type_of_the_edition(self, client, administrator):
        shown = page(client, administrator, "types").content.decode()
        assert shown.count('class="card person"') == 26

    def test_says_that_a_list_of_names_has_no_criteria(self, client, administrator):
        assert "hanya berisi nama" in page(client, administrator, "types", "depsos-2007-22").content.decode()

    def test_does_not_know_another_edition(self, client, administrator):
        assert page(client, administrator, "types", "lain").status_code == 404


class TestTypeHelp:
    def test_explains_criteria_rule_and_examples(self, client, administrator):
        shown = page(client, administrator, "type-help", "permensos-8-2012", "LUT").content.decode()
        assert "Cara menilai" in shown
        assert "Bagaimana ini dipakai" in shown

    @pytest.mark.parametrize("edition", ["permensos-8-2012", "seed004-28", "depsos-2007-22"])
    def test_stands_for_every_type(self, client, administrator, edition):
        shown = page(client, administrator, "types", edition)
        for need in shown.context["edition"].types:
            assert page(client, administrator, "type-help", edition, need.code).status_code == 200
