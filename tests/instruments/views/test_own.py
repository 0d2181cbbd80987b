from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.access.models import Event
from simpul.catalogue import instruments as shipped
from simpul.instruments.forms import AcceptForm, csv_template, xlsx_template
from simpul.instruments.forms.workbook import read_any
from simpul.instruments.models import StoredInstrument
from simpul.ui.sheets import Sheet, as_xlsx
from tests.access.factories import user_with
from tests.instruments.factories import added, instrument, required, sheet_after, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client, supervisor):
    client.force_login(supervisor)
    return client


def html(answer):
    return answer.content.decode()


def sent(content, name="instrumen.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


class TestInstruments:
    def test_lists_shipped_and_own(self, boss, supervisor):
        added(supervisor)
        told = html(boss.get(reverse("instruments:instruments")))
        assert "Skala dukungan keluarga" in told
        assert "Semangat hidup" in told
        assert "Tambah instrumen sendiri" in told

    def test_offers_no_adding_to_who_may_not(self, client, caseworker):
        client.force_login(caseworker)
        told = html(client.get(reverse("instruments:instruments")))
        assert "Tambah instrumen sendiri" not in told
        assert "Belum ada instrumen kantor" in told

    def test_sends_strangers_to_the_door(self, client):
        assert client.get(reverse("instruments:instruments")).status_code == 302


class TestInstrument:
    @pytest.mark.parametrize("found", shipped.all_instruments(), ids=lambda found: found.code)
    @pytest.mark.parametrize("view", ["instrument", "blank"])
    def test_shows_every_item_and_what_is_not_known(self, client, caseworker, found, view):
        client.force_login(caseworker)
        told = html(client.get(reverse(f"instruments:{view}", args=[found.code, found.version])))
        assert all(item.question.id in told.replace("&#x27;", "'") for item in found.items)
        is_scored = any(domain.is_scored for domain in found.domains)
        assert ("Keandalan belum diketahui" in told) is (view == "instrument" and is_scored)

    def test_does_not_exist_for_another_office(self, client, supervisor, stranger):
        stored = added(supervisor)
        client.force_login(stranger)
        assert client.get(reverse("instruments:instrument", args=[stored.code, 1])).status_code == 404

    def test_does_not_exist_where_there_is_no_such_version(self, boss):
        assert boss.get(reverse("instruments:instrument", args=["wg-short-set", 9])).status_code == 404


class TestUpload:
    def test_shows_a_preview_and_keeps_nothing(self, boss):
        answer = boss.post(reverse("instruments:upload"), sent(xlsx_template()))
        assert "Ini baru pratinjau" in html(answer)
        assert "Seberapa sering anak masuk sekolah?" in html(answer)
        assert not StoredInstrument.objects.exists()

    def test_names_every_fault_and_keeps_nothing(self, boss):
        spoilt = sheet_after("butir", 2, "tingkat", "harian")
        answer = boss.post(reverse("instruments:upload"), sent(spoilt, "instrumen.csv"))
        assert answer.status_code == 422
        assert "kolom “tingkat”: Kelompok ini tidak ada di lembar “tingkat”." in html(answer)
        assert not StoredInstrument.objects.exists()

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"x", "a.pdf", "Jenis berkas ini"),
            (b"", "a.csv", "Berkas itu kosong"),
            (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "lebih besar dari 2 MB"),
        ],
        ids=["kind", "empty", "size"],
    )
    def test_refuses_other_files(self, boss, content, name, said):
        answer = boss.post(reverse("instruments:upload"), sent(content, name))
        assert answer.status_code == 422
        assert said in html(answer)

    def test_asks_for_a_file(self, boss):
        answer = boss.post(reverse("instruments:upload"), {"x": "1"})
        assert "Pilih berkas yang sudah diisi" in html(answer)

    def test_is_closed_to_those_without_the_right(self, client, caseworker):
        client.force_login(caseworker)
        assert client.get(reverse("instruments:upload")).status_code == 403


class TestAccept:
    def previewed(self, found=None, once=None):
        return {"once": str(once or uuid4()), "content": AcceptForm.sealed(found or instrument())}

    def test_keeps_what_was_previewed(self, boss):
        answer = boss.post(reverse("instruments:accept"), self.previewed(), follow=True)
        assert "versi 1 sudah bisa dipakai" in html(answer)
        assert StoredInstrument.objects.get().code == "semangat"

    def test_a_double_click_makes_one(self, boss):
        typed = self.previewed()
        for _click in range(2):
            assert boss.post(reverse("instruments:accept"), typed).status_code == 302
        assert StoredInstrument.objects.count() == 1

    def test_shows_a_refusal_with_the_preview(self, boss):
        answer = boss.post(reverse("instruments:accept"), self.previewed(instrument("wg-short-set")))
        assert answer.status_code == 422
        assert "dipakai instrumen bawaan" in html(answer)
        assert "Bagaimana tidurnya?" in html(answer)

    @pytest.mark.parametrize("change", [{"content": "x"}, {"content": ""}, {"once": "x"}], ids=str)
    def test_refuses_what_was_changed_on_the_way(self, boss, change):
        answer = boss.post(reverse("instruments:accept"), {**self.previewed(), **change})
        assert answer.status_code == 422
        assert "Unggah berkasnya sekali lagi" in html(answer)
        assert not StoredInstrument.objects.exists()

    def test_is_recorded(self, boss, supervisor):
        boss.post(reverse("instruments:accept"), self.previewed())
        event = Event.objects.in_order().last()
        assert (event.permission, event.actor) == ("instrument.edit", supervisor.pk)


class TestWithdraw:
    def test_asks_first_and_then_does_it(self, boss, supervisor):
        stored = added(supervisor)
        address = reverse("instruments:withdraw", args=[stored.code, 1])
        assert "Tarik instrumen ini?" in html(boss.get(address))
        assert "Versi ini ditarik pada" in html(boss.post(address, follow=True))

    @pytest.mark.parametrize("role", ["caseworker", "case_supervisor"])
    def test_is_closed_to_others(self, client, supervisor, other_organisation, role):
        stored = added(supervisor)
        client.force_login(user_with(role, organisation=other_organisation))
        answer = client.post(reverse("instruments:withdraw", args=[stored.code, 1]))
        assert answer.status_code in (403, 404)
        stored.refresh_from_db()
        assert stored.withdrawn_at is None


class TestExample:
    @pytest.mark.parametrize(
        ("view", "content"),
        [("example-xlsx", xlsx_template()), ("example-csv", csv_template().encode())],
        ids=["xlsx", "csv"],
    )
    def test_is_a_file_to_fill_in(self, boss, view, content):
        answer = boss.get(reverse(f"instruments:{view}"))
        assert answer.content == content
        assert "attachment" in answer["Content-Disposition"]


class TestPages:
    def test_are_there_in_english(self, boss):
        boss.cookies["django_language"] = "en"
        told = html(boss.get(reverse("instruments:instrument", args=["wg-short-set", 1])))
        assert "Do you have difficulty seeing, even if wearing glasses?" in told


class TestXlsform:
    @pytest.mark.parametrize("name", ["session-evaluation", "home-based-work"])
    def test_is_a_workbook_that_can_be_sent_back_under_another_code(self, boss, name):
        answer = boss.get(reverse("instruments:xlsform", args=[name, 1]))
        assert answer.content.startswith(b"PK")
        again = boss.post(reverse("instruments:upload"), sent(answer.content, "xlsform.xlsx"))
        assert "Ini baru pratinjau" in html(again)
        accepted = boss.post(
            reverse("instruments:accept"),
            {name: again.context["form"].initial[name] for name in ("once", "content")},
        )
        assert accepted.status_code == 422
        assert "dipakai instrumen bawaan" in html(accepted)

    def test_names_sheet_and_row_of_a_fault(self, boss):
        spoilt = as_xlsx(
            Sheet("survey", ("type", "name", "label"), [("select_multiple a", "x", "Apa?")]),
            Sheet("settings", ("form_id", "form_title"), [("a", "A")]),
        )
        answer = boss.post(reverse("instruments:upload"), sent(spoilt, "a.xlsx"))
        assert answer.status_code == 422
        assert "Lembar “survey”, baris 2, kolom “type”" in html(answer)


class TestExampleXlsform:
    def test_explains_our_own_columns(self, boss):
        answer = boss.get(reverse("instruments:example-xlsform"))
        told = read_any("a.xlsx", answer.content)["petunjuk"]
        assert {"simpul_reversed", "simpul_score", "from_score"} <= {row.get("column") for row in told}

    def test_is_for_who_may_add_instruments(self, client, caseworker):
        client.force_login(caseworker)
        assert client.get(reverse("instruments:example-xlsform")).status_code == 403


class TestVersions:
    def test_shows_what_may_be_compared_and_why_not(self, boss, supervisor):
        added(supervisor)
        added(supervisor, required(instrument(title=text("Semangat")), "tidur"))
        changed = instrument()
        domain = changed.domains[0]
        items = (replace(domain.items[0], question=text("Nyenyakkah tidurnya?")), *domain.items[1:])
        added(supervisor, replace(changed, domains=(replace(domain, items=items),)))
        told = html(boss.get(reverse("instruments:versions", args=["semangat", 2, 1])))
        assert "tidak dapat dibandingkan" not in told
        told = html(boss.get(reverse("instruments:versions", args=["semangat", 3, 2])))
        assert "kata-kata pertanyaannya berubah" in told
        assert "Bandingkan dengan versi 2" in html(
            boss.get(reverse("instruments:instrument", args=["semangat", 3]))
        )

    def test_does_not_exist_for_another_office(self, client, supervisor, stranger):
        added(supervisor)
        client.force_login(stranger)
        assert client.get(reverse("instruments:versions", args=["semangat", 1, 1])).status_code == 404
