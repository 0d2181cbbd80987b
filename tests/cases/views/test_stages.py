import uuid

import pytest
from django.test import Client
from django.urls import reverse

from simpul.cases.models import Case, Note, Task
from simpul.cases.queries.description import Description
from simpul.cases.stages import Stage
from tests.cases.factories import SENTENCE, a_case, brought_to, moved, opened
from tests.screening.factories import TODAY, consented, decided, finished, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def shown(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=args))


def sent(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=args), typed)


class TestOpenFromScreening:
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

    @pytest.mark.parametrize("press", [shown, sent])
    def test_tells_no_number_of_a_case_out_of_reach(self, client, caseworker, supervisor, press):
        case = a_case(caseworker, basic_needs_met=False)
        Case.objects.filter(pk=case.pk).update(confidentiality="team_only")
        answer = press(client, supervisor, "open", case.screening_id)
        assert answer.url == reverse("screening:result", args=[case.screening_id])
        assert case.number not in client.get(answer.url).content.decode()

    def test_wants_a_sentence(self, client, caseworker):
        assert (
            self.send(client, caseworker, decided(caseworker), once=uuid.uuid4(), summary="").status_code
            == 422
        )

    def test_sends_back_what_is_not_decided(self, client, caseworker):
        screening = finished(caseworker)
        answer = self.send(client, caseworker, screening, once=uuid.uuid4(), summary=SENTENCE)
        assert answer.url == reverse("screening:result", args=[screening.pk])

    def test_takes_what_kind_of_case_it_is(self, client, caseworker):
        typed = {"once": uuid.uuid4(), "summary": SENTENCE, "kind": "group", "group_name": "Kelompok Melati"}
        typed |= {
            "working_model": "full_support",
            "setting": "residential",
            "spm_service": "child_residential",
        }
        self.send(client, caseworker, decided(caseworker), confidentiality="restricted", **typed)
        case = Case.objects.get()
        assert (case.kind, case.group_name, case.working_model) == (
            "group",
            "Kelompok Melati",
            "full_support",
        )
        assert (case.spm_service, case.confidentiality) == ("child_residential", "restricted")

    def test_shows_again_what_was_typed_when_the_group_has_no_name(self, client, caseworker):
        typed = {"once": uuid.uuid4(), "summary": SENTENCE, "kind": "community"}
        answer = self.send(client, caseworker, decided(caseworker), **typed)
        assert answer.status_code == 422
        assert SENTENCE in answer.content.decode()
        assert "Tulis nama kelompok" in answer.content.decode()

    def test_explains_the_models_in_the_language_of_the_page(self, client, caseworker):
        screening = decided(caseworker)
        client.cookies["django_language"] = "en"
        answer = shown(client, caseworker, "open", screening.pk)
        assert "Expanded broker" in answer.content.decode()


class TestOpenForPerson:
    def typed(self, **more):
        return {"once": uuid.uuid4(), "summary": SENTENCE, "urgency": "emergency", **more}

    @pytest.mark.parametrize("stage", ["intake", "outreach"])
    def test_opens_without_a_screening(self, client, caseworker, stage):
        subject = consented(caseworker)
        answer = sent(client, caseworker, "open-for-person", subject.pk, **self.typed(stage=stage))
        case = Case.objects.get()
        assert answer.url == reverse("cases:case", args=[case.pk])
        assert (case.person, case.screening, case.stage) == (subject, None, stage)

    def test_takes_how_somebody_came_and_what_is_dangerous(self, client, caseworker):
        typed = {"once": uuid.uuid4(), "summary": SENTENCE, "urgency": "urgent"}
        typed |= {"referred_by": "village", "referral_words": "Pak RT", "risk": "Tidur di jalan"}
        sent(client, caseworker, "open-for-person", consented(caseworker).pk, **typed)
        case = Case.objects.get()
        assert (case.referred_by, case.referral_words, case.risk) == ("village", "Pak RT", "Tidur di jalan")

    def test_wants_to_know_how_urgent_it_is(self, client, caseworker):
        typed = self.typed(urgency="")
        answer = sent(client, caseworker, "open-for-person", consented(caseworker).pk, **typed)
        assert answer.status_code == 422
        assert not Case.objects.exists()

    def test_asks_for_consent_first(self, client, caseworker):
        subject = person(caseworker)
        answer = sent(client, caseworker, "open-for-person", subject.pk, **self.typed())
        assert answer.status_code == 409
        assert reverse("people:consent", args=[subject.pk]) in answer.content.decode()

    def test_tells_that_somebody_is_accompanied_already(self, client, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal")
        page = shown(client, caseworker, "open-for-person", case.person_id).content.decode()
        assert f"kasus {case.number}, tahap" in page

    @pytest.mark.parametrize(("role", "status"), [("head", 403), ("volunteer", 403), ("stranger", 404)])
    def test_opens_for_nobody_who_may_not(self, client, caseworker, request, role, status):
        subject = consented(caseworker)
        answer = shown(client, request.getfixturevalue(role), "open-for-person", subject.pk)
        assert answer.status_code == status


# What stands at the head of every case.
HEAD = {"summary": SENTENCE, "urgency": "normal"}


class TestDescription:
    def test_puts_the_sentence_at_the_head_right(self, client, caseworker):
        case = a_case(caseworker)
        assert SENTENCE in shown(client, caseworker, "describe", case.pk).content.decode()
        sent(
            client,
            caseworker,
            "describe",
            case.pk,
            version=1,
            kind="person",
            urgency="urgent",
            summary="Ingin sehat.",
        )
        page = shown(client, caseworker, "case", case.pk).content.decode()
        assert '<h1 class="sentence">Ingin sehat.</h1>' in page
        assert "Segera" in page

    def test_asks_for_the_sentence_where_it_was_emptied(self, client, caseworker):
        case = a_case(caseworker)
        answer = sent(
            client, caseworker, "describe", case.pk, version=1, kind="person", urgency="urgent", summary=" "
        )
        assert (answer.status_code, Case.objects.get().summary) == (422, SENTENCE)

    def test_saves_and_goes_back_to_the_case(self, client, caseworker):
        case = a_case(caseworker)
        answer = sent(
            client, caseworker, "describe", case.pk, version=1, kind="family", setting="community", **HEAD
        )
        assert answer.url == reverse("cases:case", args=[case.pk])
        assert (Case.objects.get().kind, Case.objects.get().setting) == ("family", "community")

    def test_shows_a_clash_with_what_was_typed_and_the_newest_version(self, client, caseworker):
        case = a_case(caseworker)
        sent(
            client,
            caseworker,
            "describe",
            case.pk,
            version=1,
            kind="person",
            working_model="full_support",
            **HEAD,
        )
        answer = sent(
            client, caseworker, "describe", case.pk, version=1, working_model="rehabilitation", **HEAD
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert '<option value="rehabilitation" selected>' in page
        assert '<input type="hidden" name="version" value="2">' in page
        assert Case.objects.get().working_model == "full_support"

    def test_stands_as_it_is_when_the_page_opens(self, client, caseworker):
        case = a_case(caseworker)
        Case.objects.update(working_model="personal_strengths")
        page = shown(client, caseworker, "describe", case.pk).content.decode()
        assert '<option value="personal_strengths" selected>' in page

    def test_keeps_and_hides_what_may_not_be_read(self, client, caseworker, monkeypatch):
        case = opened(
            decided(caseworker), caseworker, described=Description(risk="Diancam", referred_by="family")
        )
        monkeypatch.setattr("simpul.cases.views.stages.sees_all", lambda *_: False)
        assert "Diancam" not in shown(client, caseworker, "describe", case.pk).content.decode()
        sent(
            client, caseworker, "describe", case.pk, version=1, setting="community", risk="", urgency="normal"
        )
        kept = Case.objects.get()
        assert (kept.risk, kept.setting, kept.referred_by) == ("Diancam", "community", "")
        assert kept.summary == SENTENCE

    def test_tells_what_is_dangerous_on_the_page_of_the_case(self, client, caseworker, head):
        case = opened(
            decided(caseworker), caseworker, described=Description(risk="Diancam", referred_by="police")
        )
        assert "Diancam" in shown(client, caseworker, "case", case.pk).content.decode()
        page = shown(client, head, "case", case.pk).content.decode()
        assert "Kepolisian" in page
        assert "Diancam" not in page


class TestPrescreening:
    def test_makes_a_note_and_a_task_to_refer(self, client, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
        typed = {"once": uuid.uuid4(), "needs_first": ["acute_state"], "service": "RSUD Tanjung Balai"}
        answer = sent(client, caseworker, "prescreening", case.pk, **typed)
        assert answer.url == reverse("cases:case", args=[case.pk])
        assert (Note.objects.count(), Task.objects.get().kind) == (1, "advocate")

    def test_shows_again_what_was_typed_without_the_service(self, client, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
        typed = {"once": uuid.uuid4(), "needs_first": ["no_family_support"], "words": "Adiknya jauh"}
        answer = sent(client, caseworker, "prescreening", case.pk, **typed)
        assert answer.status_code == 422
        assert "Adiknya jauh" in answer.content.decode()

    def test_says_that_nobody_is_turned_away(self, client, caseworker):
        case = opened(consented(caseworker), caseworker, urgency="normal", stage="outreach")
        assert (
            "Tidak ada yang ditolak di sini"
            in shown(client, caseworker, "prescreening", case.pk).content.decode()
        )


class TestReopening:
    def test_opens_a_new_episode(self, client, caseworker):
        old = moved(a_case(caseworker), caseworker, "left")
        typed = {"once": uuid.uuid4(), "because": "Datang lagi sendiri", "summary": SENTENCE}
        answer = sent(client, caseworker, "reopen", old.pk, **typed)
        new = Case.objects.get(episode=2)
        assert answer.url == reverse("cases:case", args=[new.pk])
        assert new.earlier == old

    def test_leads_to_the_episode_that_is_there(self, client, caseworker):
        old = moved(a_case(caseworker), caseworker, "left")
        typed = {"once": uuid.uuid4(), "because": "Datang lagi sendiri", "summary": SENTENCE}
        sent(client, caseworker, "reopen", old.pk, **typed)
        new = Case.objects.get(episode=2)
        assert shown(client, caseworker, "reopen", old.pk).url == reverse("cases:case", args=[new.pk])

    def test_leads_to_no_episode_out_of_reach(self, client, caseworker, supervisor):
        old = moved(a_case(caseworker), caseworker, "left")
        typed = {"once": uuid.uuid4(), "because": "Datang lagi sendiri", "summary": SENTENCE}
        sent(Client(), caseworker, "reopen", old.pk, **typed)
        Case.objects.filter(episode=2).update(confidentiality="team_only")
        answer = sent(client, supervisor, "reopen", old.pk, **typed | {"once": uuid.uuid4()})
        assert answer.status_code == 422
        assert "2026-002" not in answer.content.decode()

    def test_refuses_while_the_case_runs_and_loses_nothing(self, client, caseworker):
        case = brought_to(Stage.PLANNING, caseworker)
        typed = {"once": uuid.uuid4(), "because": "Datang lagi sendiri", "summary": SENTENCE}
        answer = sent(client, caseworker, "reopen", case.pk, **typed)
        assert answer.status_code == 422
        assert "Datang lagi sendiri" in answer.content.decode()


class TestHowCasesAreWorked:
    @pytest.mark.parametrize(
        "words",
        [
            "Perantara layanan",
            "Secukupnya",
            "Pembela",
            "Menentukan sendiri",
            "Delapan langkah",
            "pemecahan masalah",
            "Persetujuan atau dasar hukum lain masih berlaku; Lembar hak klien",
            "Dirujuk keluar, Ditangguhkan",
        ],
    )
    def test_explains(self, client, caseworker, words):
        assert words in shown(client, caseworker, "ways").content.decode()

    def test_owns_up_where_a_text_is_lost(self, client, officer):
        page = shown(client, officer, "ways").content.decode()
        assert "Langkah 3 hilang dari catatan asalnya" in page

    def test_speaks_english_too(self, client, caseworker):
        client.cookies["django_language"] = "en"
        page = shown(client, caseworker, "ways").content.decode()
        assert "Parsimony of services" in page
