from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.instruments.models import AnswerSheet
from tests.access.factories import user_with
from tests.instruments.factories import PARTICIPANT, SESSION, begun, locked

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client, caseworker):
    client.force_login(caseworker)
    return client


def html(answer):
    return answer.content.decode()


def typed(answers, **more):
    return {f"item-{code}": str(value) for code, value in answers.items()} | more


class TestBegin:
    ADDRESS = ("session-evaluation", 1)

    def test_opens_a_sheet_under_a_key_that_tells_nothing(self, worker):
        sent = {"once": uuid4(), "participant": "P-07", "label": "Wan Aminah", "wave": "Sebelum"}
        answer = worker.post(reverse("instruments:begin", args=self.ADDRESS), sent)
        sheet = AnswerSheet.objects.get()
        assert answer["Location"] == reverse("instruments:sheet-fill", args=[sheet.pk])
        assert (sheet.label, sheet.wave, sheet.instrument) == ("Wan Aminah", "sebelum", "session-evaluation")
        assert "P-07" not in str(sheet.participant)

    def test_pressed_twice_opens_one(self, worker):
        sent = {"once": uuid4(), "participant": "P-07"}
        for _press in range(2):
            worker.post(reverse("instruments:begin", args=self.ADDRESS), sent)
        assert AnswerSheet.objects.count() == 1

    def test_needs_no_code_where_people_answer_without_a_name(self, worker):
        for once in (uuid4(), uuid4()):
            worker.post(reverse("instruments:begin", args=self.ADDRESS), {"once": once, "participant": ""})
        assert len(set(AnswerSheet.objects.values_list("participant", flat=True))) == 2

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"participant": "x" * 61}, "60"),
            ({"participant": "P", "wave": "bulan lalu"}, "huruf kecil, angka dan tanda hubung"),
            ({"participant": "P", "label": "x" * 201}, "200"),
            ({"participant": "P", "once": "bukan"}, "Ada yang perlu diperbaiki"),
            ({"participant": "P", "answered_on_day": "1", "answered_on_month": "1", "answered_on_year": "2100"}, "belum tiba"),
        ],
        ids=["long code", "wave", "long name", "key", "day"],
    )  # fmt: skip
    def test_shows_again_what_cannot_be_kept(self, worker, sent, said):
        answer = worker.post(reverse("instruments:begin", args=self.ADDRESS), {"once": uuid4(), **sent})
        assert answer.status_code == 422
        assert said in html(answer)
        assert not AnswerSheet.objects.exists()

    def test_is_not_for_who_only_reads(self, client):
        client.force_login(user_with("researcher"))
        assert client.get(reverse("instruments:begin", args=self.ADDRESS)).status_code == 403


class TestFillIn:
    def test_keeps_answers_and_leads_on_to_the_reading(self, worker, caseworker):
        sheet = begun(caseworker)
        address = reverse("instruments:sheet-fill", args=[sheet.pk])
        assert "Apakah materinya mudah dimengerti?" in html(worker.get(address))
        answer = worker.post(address, typed(SESSION, version="1", check="1"))
        assert answer["Location"] == reverse("instruments:sheet", args=[sheet.pk])
        sheet.refresh_from_db()
        assert sheet.answers == SESSION

    def test_shows_both_after_a_clash_and_keeps_what_was_there(self, worker, caseworker):
        sheet = begun(caseworker)
        address = reverse("instruments:sheet-fill", args=[sheet.pk])
        worker.post(address, typed({"clear": 4}, version="1"))
        answer = worker.post(address, typed({"clear": 1}, version="1"))
        assert answer.status_code == 422
        assert "sudah diubah orang lain" in html(answer)
        sheet.refresh_from_db()
        assert sheet.answers == {"clear": 4}

    @pytest.mark.parametrize("value", ["9", "abc", "", "\0"])
    def test_keeps_nothing_that_is_no_level(self, worker, caseworker, value):
        sheet = begun(caseworker)
        worker.post(reverse("instruments:sheet-fill", args=[sheet.pk]), typed({"clear": value}, version="1"))
        sheet.refresh_from_db()
        assert sheet.answers is None

    def test_does_not_exist_for_another_office(self, client, caseworker, stranger):
        sheet = begun(caseworker)
        client.force_login(stranger)
        assert client.get(reverse("instruments:sheet-fill", args=[sheet.pk])).status_code == 404


class TestSheet:
    def test_is_locked_from_its_own_page(self, worker, caseworker):
        sheet = begun(caseworker)
        worker.post(reverse("instruments:sheet-fill", args=[sheet.pk]), typed(SESSION, version="1"))
        page = reverse("instruments:sheet", args=[sheet.pk])
        assert "Kunci lembar ini" in html(worker.get(page))
        worker.post(reverse("instruments:sheet-lock", args=[sheet.pk]), {"version": "2"})
        told = html(worker.get(page))
        assert "Kunci lembar ini" not in told
        assert "3 dari paling tinggi 4" in told
        assert "Cukup" in told

    def test_says_why_an_empty_one_is_not_locked(self, worker, caseworker):
        sheet = begun(caseworker)
        answer = worker.post(reverse("instruments:sheet-lock", args=[sheet.pk]), {"version": "1"})
        assert answer.status_code == 422
        assert "Belum ada satu pun jawaban" in html(answer)

    def test_shows_a_researcher_no_single_sheet(self, client, caseworker):
        sheet = locked(caseworker)
        client.force_login(user_with("researcher"))
        for name in ("sheet", "sheets", "sheet-pdf"):
            address = reverse(f"instruments:{name}", args=[] if name == "sheets" else [sheet.pk])
            assert client.get(address).status_code == 403

    def test_is_recorded_when_it_is_read(self, worker, caseworker):
        sheet = locked(caseworker)
        worker.get(reverse("instruments:sheet", args=[sheet.pk]))
        assert Event.objects.filter(subject_key=str(sheet.pk), is_reading=True).count() == 1


class TestSheets:
    def test_is_closed_to_who_neither_fills_nor_reads(self, client):
        client.force_login(user_with("assessor"))
        assert client.get(reverse("instruments:sheets")).status_code == 403

    def test_names_participants_to_who_fills_them_in(self, worker, caseworker):
        begun(caseworker)
        assert "Wan Aminah" in html(worker.get(reverse("instruments:sheets")))


class TestUnlock:
    def test_opens_with_a_reason_only(self, client, caseworker, supervisor):
        sheet = locked(caseworker)
        client.force_login(supervisor)
        address = reverse("instruments:sheet-unlock", args=[sheet.pk])
        assert client.post(address, {"version": "3", "because": " "}).status_code == 422
        client.post(address, {"version": "3", "because": "Salah salin dari kertas"})
        sheet.refresh_from_db()
        assert not sheet.is_locked


class TestDiscard:
    def test_deletes_a_draft_after_a_yes_and_never_a_locked_one(self, worker, caseworker):
        draft, done = begun(caseworker), locked(caseworker, participant=UUID(int=7))
        for sheet in (draft, done):
            worker.get(reverse("instruments:sheet-discard", args=[sheet.pk]))
            worker.post(reverse("instruments:sheet-discard", args=[sheet.pk]), {"version": sheet.version})
        assert list(AnswerSheet.objects.values_list("pk", flat=True)) == [done.pk]


class TestForget:
    def test_takes_the_name_off_every_sheet_of_the_participant(self, worker, caseworker):
        first, second = begun(caseworker, wave="pre"), begun(caseworker, wave="post")
        assert "Nama dihapus dari semua" in html(
            worker.get(reverse("instruments:sheet-forget", args=[first.pk]))
        )
        worker.post(reverse("instruments:sheet-forget", args=[first.pk]))
        assert [AnswerSheet.objects.get(pk=one.pk).label for one in (first, second)] == [None, None]
        assert AnswerSheet.objects.filter(participant=PARTICIPANT).count() == 2
