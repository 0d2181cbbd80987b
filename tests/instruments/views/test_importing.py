import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.instruments.models import AnswerSheet
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db
ARGS = ["session-evaluation", 1]
HEAD = "kode,nama,gelombang,tanggal,clear,fits,asked,trainer,time,place,apply,to_improve\n"
FILE = (
    HEAD
    + "P-01,Wan Aminah,sesudah,2026-01-05,4,3,tidak tahu,Cukup,4,3,2,Lebih lama\nP-02,,sesudah,,1,1,1,1,1,1,1,\n"
)


@pytest.fixture
def worker(client, caseworker):
    client.force_login(caseworker)
    return client


def html(answer):
    return answer.content.decode()


def uploaded(client, text, name="jawaban.csv"):
    sent = {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}
    return client.post(reverse("instruments:answers-upload", args=ARGS), sent)


def accepted(client, answer):
    content = answer.context["form"].initial["content"]
    return client.post(reverse("instruments:answers-accept", args=ARGS), {"content": content})


class TestAnswersUpload:
    def test_shows_what_would_happen_and_keeps_nothing(self, worker):
        answer = uploaded(worker, FILE)
        assert "Tambahkan 2 lembar" in html(answer)
        assert "Apa yang ingin Anda pelajari berikutnya?" in html(answer)
        assert not AnswerSheet.objects.exists()

    def test_names_rows_and_columns_of_every_fault(self, worker):
        spoilt = FILE.replace(",4,3,tidak", ",9,3,tidak").replace(
            "P-02,,sesudah,,1", "P-02,,sesudah,kemarin,1"
        )
        answer = uploaded(worker, spoilt)
        assert answer.status_code == 422
        assert "baris 2, kolom “clear”" in html(answer)
        assert "baris 3, kolom “tanggal”" in html(answer)

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"x", "a.pdf", "Jenis berkas ini"),
            (b"", "a.csv", "Berkas itu kosong"),
            (b"kode,warna\nP,1\n", "a.csv", "bukan butir instrumen ini"),
            (b"nama,clear\nP,1\n", "a.csv", "Kolom “kode”"),
            (b"kode,clear\n,1\n", "a.csv", "Tulis kode peserta"),
            (b"kode,clear\nP,\n", "a.csv", "Belum ada satu pun jawaban"),
            (b"kode,clear,lembaga\nP,1,LKS\n", "a.csv", "Tulis nomor lembaga"),
            (b"kode,clear,gelombang\nP,1,bulan lalu\n", "a.csv", "huruf kecil, angka"),
            (b"PK\x03\x04", "a.xlsx", "tidak terbaca"),
            (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "lebih besar dari 2 MB"),
        ],
        ids=["kind", "empty", "column", "no code column", "no code", "nothing", "body", "wave", "broken", "size"],
    )  # fmt: skip
    def test_refuses_what_cannot_be_kept(self, worker, content, name, said):
        answer = uploaded(worker, content, name)
        assert answer.status_code == 422
        assert said in html(answer)

    def test_is_not_for_who_only_reads(self, client):
        client.force_login(user_with("researcher"))
        assert client.get(reverse("instruments:answers-upload", args=ARGS)).status_code == 403


class TestAnswersAccept:
    def test_keeps_and_locks_every_row(self, worker):
        accepted(worker, uploaded(worker, FILE))
        first = AnswerSheet.objects.get(on="2026-01-05")
        assert (first.label, first.wave, first.is_locked, first.source) == (
            "Wan Aminah",
            "sesudah",
            True,
            "imported",
        )
        assert first.answers["trainer"] == 3
        assert first.answers["asked"] == {"state": "unknown"}

    def test_changes_nothing_the_second_time(self, worker):
        for _time in range(2):
            answer = uploaded(worker, FILE)
            accepted(worker, answer)
        assert AnswerSheet.objects.count() == 2
        assert "Tambahkan" not in html(uploaded(worker, FILE))

    def test_leaves_what_differs_and_names_its_row(self, worker):
        accepted(worker, uploaded(worker, FILE))
        told = html(uploaded(worker, FILE.replace(",4,3,tidak", ",1,3,tidak")))
        assert "Baris 2: peserta ini sudah punya jawaban lain" in told

    def test_passes_over_a_participant_who_stands_there_twice(self, worker):
        answer = uploaded(worker, FILE + "P-01,,sesudah,,1,1,1,1,1,1,1,\n")
        assert "Baris 4: peserta dan gelombang yang sama" in html(answer)

    @pytest.mark.parametrize("content", ["", "bukan", "QUJD"])
    def test_refuses_what_was_changed_on_the_way(self, worker, content):
        answer = worker.post(reverse("instruments:answers-accept", args=ARGS), {"content": content})
        assert answer.status_code == 422
        assert "Unggah berkasnya sekali lagi" in html(answer)

    def test_takes_no_rows_of_another_instrument(self, worker):
        content = uploaded(worker, FILE).context["form"].initial["content"]
        other = reverse("instruments:answers-accept", args=["organisation-empowerment", 1])
        assert worker.post(other, {"content": content}).status_code == 422

    def test_carries_no_name_that_could_be_read(self, worker):
        answer = uploaded(worker, FILE)
        assert "Wan Aminah" not in html(answer)


class TestAnswersExample:
    def test_is_a_workbook_with_a_column_for_each_item(self, worker):
        answer = worker.get(reverse("instruments:answers-example", args=ARGS))
        assert answer.content.startswith(b"PK")
        refused = uploaded(worker, answer.content, "contoh.xlsx")
        assert "tidak ada atau kosong" in html(refused)
