import os
import stat
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from simpul.access import gate
from simpul.access.actions import rotate_keys
from simpul.access.gate import THE_MACHINE
from simpul.access.keys import Keyring
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.secrets import SealBroken
from simpul.cases.actions.attachments import attach, remove_attachment, sweep_strays
from simpul.cases.models import Attachment, Office
from simpul.cases.queries.attachments import amiss, opened, path_of
from simpul.cases.stages import Stage
from simpul.people.queries import Limited
from simpul.screening.queries import ConsentNeeded
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.cases.factories import a_case, brought_to
from tests.people.factories import limited
from tests.screening.factories import NOW, when, without_consent

pytestmark = pytest.mark.django_db
PHOTO = jpeg(segment(0xE1, exif()))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def attached(case, by, data=PHOTO, *, key=None, title="Foto rumah", name="IMG_1.jpg", **details):
    key = key or uuid.uuid4()
    return attach(case, by=by, key=key, title=title, file_name=name, data=data, **details, **when(70))


def files(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


class TestAttach:
    def test_keeps_the_picture_sealed_and_without_its_place(self, case, caseworker, folder):
        row = Attachment.objects.get(pk=attached(case, caseworker).pk)
        (path,) = files(folder)
        assert opened(row) == jpeg()
        assert jpeg()[20:60] not in path.read_bytes()
        assert GPS not in path.read_bytes()
        assert (row.title, row.file_name, row.media_type) == ("Foto rumah", "IMG_1.jpg", "image/jpeg")
        assert row.size == len(jpeg())

    def test_only_the_owner_of_the_folder_reads_it(self, case, caseworker, folder):
        attached(case, caseworker)
        (path,) = files(folder)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_is_on_the_disk_before_its_row(self, case, caseworker, monkeypatch):
        forced = []
        sync = os.fsync
        monkeypatch.setattr(
            os, "fsync", lambda handle: (forced.append(Attachment.objects.count()), sync(handle))
        )
        attached(case, caseworker)
        # The file itself, then every folder in which a new name stands.
        assert len(forced) >= 3
        assert set(forced) == {0}

    def test_pressed_twice_is_one(self, case, caseworker, folder):
        key = uuid.uuid4()
        assert attached(case, caseworker, key=key) == attached(case, caseworker, key=key)
        assert len(files(folder)) == Attachment.objects.count() == 1

    def test_leaves_no_file_when_the_record_of_events_fails(self, case, caseworker, folder, monkeypatch):
        def failing(*_args, **_details):
            assert len(files(folder)) == 1
            raise RuntimeError

        monkeypatch.setattr(gate, "record", failing)
        with pytest.raises(RuntimeError):
            attached(case, caseworker)
        assert files(folder) == []
        assert not Attachment.objects.exists()

    def test_a_failed_try_does_not_touch_the_file_of_another(self, case, caseworker, folder, monkeypatch):
        key = uuid.uuid4()
        kept = attached(case, caseworker, key=key)
        with pytest.raises(Refusal):
            attached(a_case(caseworker), caseworker, key=key)
        assert files(folder) == [path_of(kept)]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"MZ program", "Jenis berkas"),
            (b"<svg/>", "Jenis berkas"),
            (jpeg()[:40], "rusak"),
            (b"%PDF-" + bytes(8_000_000), "terlalu besar"),
        ],
        ids=["program", "svg", "cut off", "large"],
    )
    def test_refuses_what_is_no_sound_picture(self, case, caseworker, folder, data, words):
        with pytest.raises(Refusal, match=words):
            attached(case, caseworker, data)
        assert files(folder) == []

    def test_follows_the_office_in_how_large_it_may_be(self, case, caseworker):
        Office.objects.create(
            organisation=case.organisation, norms={"attachment_most_bytes": 100_000}, changed_at=NOW
        )
        with pytest.raises(Refusal, match="terlalu besar"):
            attached(case, caseworker, b"%PDF-" + bytes(100_000))

    @pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\foto\\x.jpg", "x" * 500, "\0"])
    def test_a_name_leads_nowhere(self, case, caseworker, folder, name):
        row = attached(case, caseworker, name=name)
        assert path_of(row).parent == Path(folder) / str(case.pk)
        assert "/" not in (row.file_name or "")

    def test_needs_a_basis_an_open_case_and_no_limit(self, case, caseworker):
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            attached(case, caseworker)
        without_consent(case, caseworker)
        case.person.__class__.objects.filter(pk=case.person_id).update(limited_since=None)
        with pytest.raises(ConsentNeeded):
            attached(case, caseworker)
        ended = brought_to(Stage.CLOSED, caseworker)
        with pytest.raises(Refusal, match="sudah berakhir"):
            attached(ended, caseworker)

    def test_is_for_who_may_note(self, case, head):
        with pytest.raises(NotAllowed):
            attached(case, head)


class TestRemoveAttachment:
    def test_destroys_the_file_and_keeps_that_there_was_one(
        self, case, caseworker, folder, django_capture_on_commit_callbacks
    ):
        row = attached(case, caseworker)
        with django_capture_on_commit_callbacks(execute=True):
            remove_attachment(row, by=caseworker, at=when(80)["at"])
        kept = Attachment.objects.get(pk=row.pk)
        assert files(folder) == []
        assert (kept.title, kept.file_key, kept.removed_by_name) == (None, None, "Rina Wulandari")
        assert remove_attachment(row, by=caseworker, at=when(99)["at"]).removed_at == kept.removed_at

    def test_keeps_the_file_when_the_transaction_fails(self, case, caseworker, folder):
        row = attached(case, caseworker)
        with transaction.atomic():
            remove_attachment(row, by=caseworker, at=when(80)["at"])
            transaction.set_rollback(True)
        assert opened(Attachment.objects.get(pk=row.pk)) == jpeg()


class TestRotation:
    def test_a_change_of_keys_reaches_the_files_without_touching_them(
        self, case, caseworker, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.SIMPUL_KEYS = Keyring.at(tmp_path / "keys.json")
        row = attached(case, caseworker)
        before, sealed = path_of(row).read_bytes(), bytes(row.file_key_sealed)
        with django_capture_on_commit_callbacks(execute=True):
            rotate_keys(Where(), by=THE_MACHINE)
        fresh = Attachment.objects.get(pk=row.pk)
        assert bytes(fresh.file_key_sealed) != sealed
        assert path_of(fresh).read_bytes() == before
        assert opened(fresh) == jpeg()

    def test_a_file_moved_to_another_row_does_not_open(self, case, caseworker):
        one, other = attached(case, caseworker), attached(case, caseworker, b"%PDF-1.7 lain")
        path_of(one).write_bytes(path_of(other).read_bytes())
        with pytest.raises(SealBroken):
            opened(one)


class TestAmiss:
    def test_names_lost_files_and_strays(self, case, caseworker, folder):
        row = attached(case, caseworker)
        assert amiss().lost == amiss().strays == ()
        stray = path_of(row).with_name("stray")
        path_of(row).rename(stray)
        assert amiss().lost == (row.pk,)
        assert amiss().strays == (stray,)


class TestSweepStrays:
    def test_destroys_old_files_that_belong_to_nobody(self, case, caseworker, folder):
        kept, erased = attached(case, caseworker), attached(case, caseworker)
        stray = path_of(erased)
        Attachment.objects.filter(pk=erased.pk).update(file_key_sealed=None)
        assert sweep_strays(Where(), by=THE_MACHINE, at=timezone.now()) == 0
        tomorrow = timezone.now() + timedelta(days=1, minutes=1)
        assert sweep_strays(Where(), by=THE_MACHINE, at=tomorrow) == 1
        assert files(folder) == [path_of(kept)]
        assert not stray.exists()

    def test_is_for_who_keeps_the_system(self, caseworker):
        with pytest.raises(NotAllowed):
            sweep_strays(Where(), by=caseworker, at=timezone.now())
