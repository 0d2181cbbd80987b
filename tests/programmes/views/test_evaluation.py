import io
import uuid
import zipfile

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.access.jobs import run_waiting
from simpul.access.models import Event
from simpul.programmes.models import Evaluation, Extract
from simpul.programmes.queries import evaluation as queries
from simpul.programmes.queries.evaluation import panel
from tests.access.factories import user_with
from tests.programmes.evaluating import karimun, take_away
from tests.programmes.making import TODAY


@pytest.fixture
def made():
    return karimun(is_synthetic=True)


@pytest.fixture
def researcher():
    return user_with("researcher", region="21.02", name="Bu Laila")


def at(name, *keys):
    return reverse(f"programmes:{name}", args=keys)


def run(client, made):
    client.post(at("evaluation-run", made.programme.pk), {"once": str(uuid.uuid4())})
    return Evaluation.objects.order_by("-at").first()


def panel_shown(made, user):
    shown = {"evaluation": panel(made.programme, user, TODAY), "programme": made.programme}
    return render_to_string("programmes/_evaluation_panel.html", shown)


class TestEvaluation:
    def test_is_read_from_design_to_dictionary(self, client, made, researcher):
        client.force_login(researcher)
        text = client.get(at("evaluation", run(client, made).pk)).text
        for words in (
            "Data contoh: semua jawaban rekaan",
            "Satu kelompok, tes awal dan tes akhir",
            "Peserta terdaftar",
            "sebab lain tidak tersingkir",
            "10,40",
            "Kamus data",
            "Holm (1979)",
            "Belum ada rencana aksi",
        ):
            assert words in text

    def test_draws_each_aspect_with_words_for_who_cannot_see(self, client, made, researcher):
        client.force_login(researcher)
        text = client.get(at("evaluation", run(client, made).pk)).text
        assert text.count("<desc>") == 9
        assert "Semua dari 9,30 menjadi 10,40" in text

    def test_shows_no_person(self, client, made, researcher):
        take_away(made, "post", 3)
        client.force_login(researcher)
        text = client.get(at("evaluation", run(client, made).pk)).text
        assert [word for word in ("P04", "Rahasia", "Peserta menurut kode") if word in text] == []

    def test_says_when_the_data_are_no_longer_those(self, client, made, officer):
        client.force_login(officer)
        first = run(client, made)
        assert "Data sudah berubah" not in client.get(at("evaluation", first.pk)).text
        take_away(made, "post", 3)
        assert "Data sudah berubah" in client.get(at("evaluation", first.pk)).text
        second = run(client, made)
        assert "Jawaban peserta berubah" in client.get(at("evaluation", second.pk)).text

    def test_is_not_there_for_who_only_takes_part(self, client, made, researcher, head):
        client.force_login(researcher)
        found = run(client, made)
        client.force_login(head)
        addresses = [at("evaluation", found.pk), at("evaluations", made.programme.pk)]
        assert [client.get(address).status_code for address in addresses] == [403, 403]

    def test_is_out_of_reach_elsewhere(self, client, made, researcher):
        client.force_login(researcher)
        found = run(client, made)
        client.force_login(user_with("researcher", region="21.01"))
        assert client.get(at("evaluation", found.pk)).status_code == 404

    def test_that_differs_by_one_person_is_there_for_who_runs_the_programme_alone(
        self, client, made, researcher, officer
    ):
        client.force_login(officer)
        first = run(client, made)
        take_away(made, "post", 3)
        second = run(client, made)
        assert "hanya untuk pengelola" in client.get(at("evaluations", made.programme.pk)).text
        client.force_login(researcher)
        shown = client.get(at("evaluations", made.programme.pk)).text
        assert (at("evaluation", first.pk) in shown, at("evaluation", second.pk) in shown) == (True, False)
        addresses = [at(name, second.pk) for name in ("evaluation", "evaluation-pdf", "evaluation-docx")]
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


class TestEvaluationRun:
    def test_of_many_sheets_goes_on_beside_the_server(self, client, made, researcher, monkeypatch):
        monkeypatch.setattr(queries, "_AT_ONCE", 50)
        client.force_login(researcher)
        once = {"once": str(uuid.uuid4())}
        for _twice in range(2):
            client.post(at("evaluation-run", made.programme.pk), once)
        assert "Menghitung evaluasi" in client.get(at("evaluations", made.programme.pk)).text
        assert (run_waiting(), Evaluation.objects.count()) == (1, 1)
        assert "Evaluasi selesai" in client.get(at("evaluations", made.programme.pk)).text

    def test_that_is_too_close_says_why_and_keeps_nothing(self, client, made, researcher):
        client.force_login(researcher)
        first = run(client, made)
        take_away(made, "post", 3)
        answer = client.post(
            at("evaluation-run", made.programme.pk), {"once": str(uuid.uuid4())}, follow=True
        )
        assert "nilai satu orang dapat dihitung" in answer.text
        assert Evaluation.objects.get() == first

    def test_of_the_same_data_opens_the_same_again(self, client, made, researcher):
        client.force_login(researcher)
        assert run(client, made).pk == run(client, made).pk

    def test_opened_as_a_page_leads_to_the_button(self, client, made, researcher):
        client.force_login(researcher)
        answer = client.get(at("evaluation-run", made.programme.pk))
        assert answer.headers["location"] == at("evaluations", made.programme.pk)

    def test_without_answers_says_why_not(self, client, programme, researcher):
        client.force_login(researcher)
        assert "belum punya instrumen" in client.get(at("evaluations", programme.pk)).text


class TestPapers:
    @pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")], ids=["pdf", "docx"])
    def test_are_the_same_to_the_byte(self, client, made, researcher, kind, begins):
        client.force_login(researcher)
        found = run(client, made)
        first, second = (client.get(at(f"evaluation-{kind}", found.pk)) for _twice in range(2))
        assert first.content.startswith(begins)
        assert first.content == second.content

    def test_are_recorded_each_time_they_leave(self, client, made, researcher):
        client.force_login(researcher)
        found = run(client, made)
        for _twice in range(2):
            client.get(at("evaluation-pdf", found.pk))
        assert Event.objects.filter(subject_key=str(found.pk), is_reading=True).count() == 2

    def test_hold_the_whole_report_as_a_word_file(self, client, made, researcher):
        from docx import Document

        client.force_login(researcher)
        content = client.get(at("evaluation-docx", run(client, made).pk)).content
        paper = Document(io.BytesIO(content))
        headings = [one.text for one in paper.paragraphs if one.style.name.startswith("Heading")]
        assert "Legalitas" in headings
        assert headings[-1] == "Kamus data"
        assert len(paper.inline_shapes) == 9


class TestEvaluationFinal:
    def test_is_set_by_who_runs_the_programme(self, client, made, officer):
        client.force_login(officer)
        found = run(client, made)
        client.post(at("evaluation-final", found.pk))
        assert "ditetapkan sebagai hasil" in client.get(at("evaluation", found.pk)).text
        assert "Hasil program" in panel_shown(made, officer)


class TestEvaluationPeople:
    def test_shows_codes_to_who_runs_the_programme(self, client, made, officer):
        take_away(made, "post", 3)
        client.force_login(officer)
        text = client.get(at("evaluation-people", made.programme.pk)).text
        assert "P07" in text
        assert "Tidak mengisi tes akhir" in text
        assert "Rahasia" not in text

    def test_is_not_for_a_researcher(self, client, made, researcher):
        client.force_login(researcher)
        assert client.get(at("evaluation-people", made.programme.pk)).status_code == 403


class TestEvaluationLasting:
    def test_warns_that_it_is_association(self, client, made, researcher):
        client.force_login(researcher)
        text = client.get(at("evaluation-lasting", made.programme.pk)).text
        assert "bukan sebab akibat" in text
        assert "LKS A" in text
        assert "terlalu sedikit untuk ditampilkan" in text


class TestExtract:
    def asked(self, client, made, **details):
        typed = {"once": str(uuid.uuid4()), "purpose": "Tesis", "for_whom": "Universitas", "agreed": "on"}
        return client.post(at("extract-make", made.programme.pk), typed | details)

    def test_leaves_only_after_it_was_recorded(self, client, made, researcher):
        client.force_login(researcher)
        run(client, made)
        self.asked(client, made)
        found = Extract.objects.get()
        first, second = (client.get(at("extract-download", found.pk)) for _twice in range(2))
        names = zipfile.ZipFile(io.BytesIO(first.content)).namelist()
        assert names == ["baca-dulu.txt", "buku-kode.csv", "data.csv"]
        assert first.content == second.content

    def test_without_a_promise_shows_what_was_typed(self, client, made, researcher):
        client.force_login(researcher)
        answer = self.asked(client, made, agreed="", purpose="Skripsi Laila")
        assert answer.status_code == 422
        assert "Skripsi Laila" in answer.text
        assert not Extract.objects.exists()

    def test_does_not_leave_with_other_data(self, client, made, researcher):
        client.force_login(researcher)
        run(client, made)
        self.asked(client, made)
        take_away(made, "post", 3)
        found = Extract.objects.get()
        answer = client.get(at("extract-download", found.pk), follow=True)
        assert "Buat ekstrak baru" in answer.text


class TestPanel:
    def test_leads_to_the_newest(self, client, made, officer):
        client.force_login(officer)
        assert "Belum ada evaluasi" in panel_shown(made, officer)
        found = run(client, made)
        assert at("evaluation", found.pk) in panel_shown(made, officer)

    def test_is_not_for_a_body(self, made, head):
        assert panel(made.programme, head, TODAY) is None
