import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from simpul.access import files, gate
from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.organisations.actions import papers as actions
from simpul.organisations.models import Officer, Paper, Registration, Requirement
from simpul.organisations.queries.papers_told import Sent
from tests.access.factories import user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.organisations.papers import AT, TODAY, a_paper, added, told

pytestmark = pytest.mark.django_db
FILE = Sent("surat.jpg", jpeg())


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


def replaced(paper, by, *, key=None, act=actions.replace_paper, file=None, **details):
    return act(paper, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, told=told(**details), file=file)


class TestAddPaper:
    def test_keeps_what_stands_on_it_with_its_file(self, body, head):
        row = added(body, head, file=FILE, valid_to=TODAY + timedelta(days=365))
        assert (row.number, row.issuer, row.by_name) == ("470/12/2026", "Lurah Sungai Raya", "Bu Salmah")
        assert files.opened(Paper.objects.get(pk=row.pk)) == jpeg()

    def test_needs_no_file(self, body, head):
        assert not added(body, head).is_there

    def test_pressed_twice_is_one(self, body, head, folder):
        key = uuid.uuid4()
        assert added(body, head, key=key, file=FILE) == added(body, head, key=key, file=FILE)
        assert Paper.objects.count() == len([p for p in Path(folder).rglob("*") if p.is_file()]) == 1

    def test_refuses_a_key_of_another_form(self, body, head):
        key = uuid.uuid4()
        added(body, head, key=key)
        with pytest.raises(Refusal, match="Formulir ini"):
            added(body, head, key=key, kind="photograph")

    def test_leaves_no_file_when_the_record_of_events_fails(self, body, head, folder, monkeypatch):
        def failing(*_args, **_details):
            raise RuntimeError

        monkeypatch.setattr(gate, "record", failing)
        with pytest.raises(RuntimeError):
            added(body, head, file=FILE)
        assert not [p for p in Path(folder).rglob("*") if p.is_file()]

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            ({"kind": "horoscope"}, "jenis surat"),
            ({"issued_on": TODAY + timedelta(days=1)}, "sesudah hari ini"),
            ({"issued_on": TODAY, "valid_to": TODAY - timedelta(days=1)}, "sebelum tanggal terbit"),
            ({"kind": "other"}, "Judul belum diisi"),
            ({"file": Sent("a.exe", b"MZ program")}, "Jenis berkas"),
        ],
        ids=["kind", "future", "backwards", "no title", "program"],
    )
    def test_refuses_what_cannot_be(self, body, head, details, words):
        with pytest.raises(Refusal, match=words):
            added(body, head, **details)
        assert not Paper.objects.exists()

    def test_leads_to_replacing_where_one_stands_already(self, body, head):
        added(body, head)
        with pytest.raises(Refusal, match="Ganti"):
            added(body, head)
        added(body, head, kind="photograph")
        assert added(body, head, kind="photograph")

    def test_is_for_the_body_and_for_its_office(self, body, head, officer, caseworker):
        added(body, officer, act=actions.add_paper_for_body)
        for user, act in (
            (caseworker, actions.add_paper),
            (head, actions.add_paper_for_body),
            (user_with("head_of_lks", organisation=organisation().pk), actions.add_paper),
            (user_with("dinas_officer", region="21.71"), actions.add_paper_for_body),
        ):
            with pytest.raises(NotAllowed):
                added(body, user, kind="licence", act=act)


class TestReplacePaper:
    def test_takes_the_place_and_the_old_stays_readable(self, body, head):
        old = added(body, head, file=FILE)
        new = replaced(old, head, number="470/13/2027")
        old.refresh_from_db()
        assert old.replaced_by == new
        assert (new.kind, new.number) == ("domicile", "470/13/2027")
        assert files.opened(old) == jpeg()

    def test_pressed_twice_is_one(self, body, head):
        old, key = added(body, head), uuid.uuid4()
        assert replaced(old, head, key=key) == replaced(old, head, key=key)
        assert Paper.objects.count() == 2

    @pytest.mark.parametrize(
        ("stage", "is_followed"),
        [("draft", True), ("returned", True), ("desk_check", False), ("issued", False)],
    )
    def test_is_followed_by_what_the_body_still_fills_in(self, body, head, stage, is_followed):
        old = a_paper(body)
        run = Registration.objects.create(organisation=body, kind="new", scheme="x", stage=stage, at=AT)
        line = Requirement.objects.create(registration=run, code="R03", paper=old, answer="wrong")
        new = replaced(old, head)
        line.refresh_from_db()
        assert (line.paper, line.answer) == ((new, "") if is_followed else (old, "wrong"))

    def test_happens_once(self, body, head):
        old = added(body, head)
        replaced(old, head)
        with pytest.raises(Refusal, match="sudah diganti"):
            replaced(old, head)


class TestNotePaper:
    def test_keeps_what_stands_on_the_paper(self, body, head):
        row = added(body, head)
        noted = actions.note_paper(row, by=head, version=1, on=TODAY, told=told(number="471"))
        assert (noted.number, noted.version) == ("471", 2)

    def test_a_stale_version_shows_both(self, body, head, officer):
        row = added(body, head)
        actions.note_paper_for_body(row, by=officer, version=1, on=TODAY, told=told(number="471"))
        with pytest.raises(Clash, match=r"471.*472"):
            actions.note_paper(row, by=head, version=1, on=TODAY, told=told(number="472"))
        assert Paper.objects.get().number == "471"

    def test_saying_the_same_again_is_no_clash(self, body, head):
        row = added(body, head)
        for _press in range(2):
            actions.note_paper(row, by=head, version=1, on=TODAY, told=told(number="471"))
        assert Paper.objects.get().version == 2

    def test_by_the_body_asks_for_a_new_check_and_by_the_office_not(self, body, head, officer):
        row = actions.check_paper(added(body, head), by=officer, version=1, on=TODAY)
        actions.note_paper_for_body(row, by=officer, version=2, on=TODAY, told=told(number="471"))
        assert Paper.objects.get().checked_by_name == "Ibu Farida"
        actions.note_paper(row, by=head, version=3, on=TODAY, told=told(number="472"))
        assert Paper.objects.get().checked_on is None

    def test_leaves_an_old_paper_as_it_was(self, body, head):
        old = added(body, head)
        replaced(old, head)
        with pytest.raises(Refusal, match="sudah diganti"):
            actions.note_paper(old, by=head, version=2, on=TODAY, told=told(number="471"))


class TestCheckPaper:
    def test_tells_who_saw_it_and_when(self, body, head, officer):
        row = actions.check_paper(added(body, head), by=officer, version=1, on=TODAY)
        assert (row.checked_on, row.checked_by_name) == (TODAY, "Ibu Farida")
        later = TODAY + timedelta(days=5)
        assert actions.check_paper(row, by=officer, version=1, on=later).checked_on == TODAY

    def test_is_of_what_was_read(self, body, head, officer):
        row = added(body, head)
        actions.note_paper(row, by=head, version=1, on=TODAY, told=told(number="471"))
        with pytest.raises(Clash):
            actions.check_paper(row, by=officer, version=1, on=TODAY)

    def test_is_not_for_the_body(self, body, head):
        with pytest.raises(NotAllowed):
            actions.check_paper(added(body, head), by=head, version=1, on=TODAY)

    def test_is_not_for_an_officer_who_belongs_to_the_body(self, body, head, officer):
        Officer.objects.create(organisation=body, unit="board", title="Ketua", name=str(officer))
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            actions.check_paper(added(body, head), by=officer, version=1, on=TODAY)


class TestDestroyFile:
    def test_leaves_only_that_it_was_there_and_seals_the_reason(
        self, body, head, folder, django_capture_on_commit_callbacks
    ):
        row = added(body, head, file=FILE)
        with django_capture_on_commit_callbacks(execute=True):
            actions.destroy_file(row, by=head, at=AT, words="Salah berkas")
        kept = Paper.objects.get()
        assert not [p for p in Path(folder).rglob("*") if p.is_file()]
        assert (kept.file_key, kept.removed_by_name, kept.number) == (None, "Bu Salmah", "470/12/2026")
        event = Event.objects.order_by("pk").last()
        assert "Salah berkas" not in f"{event.details} {event.because}"
        assert kept.removed_because == "Salah berkas"

    def test_needs_a_reason(self, body, head):
        with pytest.raises(Refusal, match="Alasan"):
            actions.destroy_file(added(body, head), by=head, at=AT, words=" ")

    def test_is_the_offices_once_the_office_relies_on_it(self, body, head, officer):
        row = actions.check_paper(added(body, head), by=officer, version=1, on=TODAY)
        with pytest.raises(Refusal, match="petugas Dinas"):
            actions.destroy_file(row, by=head, at=AT, words="Salah")
        gone = actions.destroy_file_for_body(row, by=officer, at=AT, words="Diminta lembaga")
        assert gone.removed_by_name == "Ibu Farida"
        assert actions.destroy_file(row, by=head, at=AT, words="Salah").removed_by_name == "Ibu Farida"

    @pytest.mark.parametrize(
        ("stage", "is_free"), [("draft", True), ("desk_check", False), ("issued", False)]
    )
    def test_waits_while_an_application_uses_it(self, body, head, stage, is_free):
        row = a_paper(body)
        run = Registration.objects.create(organisation=body, kind="new", scheme="x", stage=stage, at=AT)
        Requirement.objects.create(registration=run, code="R03", paper=row)
        if is_free:
            assert actions.destroy_file(row, by=head, at=AT, words="Salah").removed_at == AT
        else:
            with pytest.raises(Refusal, match="permohonan"):
                actions.destroy_file(row, by=head, at=AT, words="Salah")

    @pytest.mark.parametrize(("stage", "is_free"), [("returned", False), ("issued", True)])
    def test_waits_for_the_office_too_while_the_application_runs(self, body, officer, stage, is_free):
        row = a_paper(body)
        run = Registration.objects.create(organisation=body, kind="new", scheme="x", stage=stage, at=AT)
        Requirement.objects.create(registration=run, code="R03", paper=row)
        if is_free:
            assert actions.destroy_file_for_body(row, by=officer, at=AT, words="Salah").removed_at == AT
        else:
            with pytest.raises(Refusal, match="sedang berjalan"):
                actions.destroy_file_for_body(row, by=officer, at=AT, words="Salah")
