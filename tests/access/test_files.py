import stat
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from simpul.access import files
from simpul.access.actions import rotate_keys, sweep_files
from simpul.access.files import amiss, destroy, filed_tables, handed_over, keep, leaves_no_file_behind, opened
from simpul.access.gate import THE_MACHINE
from simpul.access.keys import Keyring
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.secrets import SealBroken, is_under_active_key
from simpul.cases.queries import attachments
from simpul.organisations.models import Paper, VisitPhoto
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.organisations.factories import organisation as an_organisation

pytestmark = pytest.mark.django_db
PHOTO = jpeg(segment(0xE1, exif()))
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MOST = 1_000_000


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def body():
    return an_organisation()


@leaves_no_file_behind
def kept(body, data=PHOTO, *, name="IMG_1.jpg", fails=False):
    """A paper with its file, as an action keeps one."""
    with transaction.atomic():
        row = Paper(organisation=body, kind="photograph", at=AT, by_name="Bu Salmah")
        keep(row, data, file_name=name, most=MOST)
        row.save(force_insert=True)
        if fails:
            raise RuntimeError
    return row


def there(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


class TestKeep:
    def test_keeps_the_picture_sealed_and_without_its_place(self, body, folder):
        row = Paper.objects.get(pk=kept(body).pk)
        (path,) = there(folder)
        assert opened(row) == jpeg()
        assert GPS not in path.read_bytes()
        assert jpeg()[20:60] not in path.read_bytes()
        assert (row.file_name, row.media_type, row.ending) == ("IMG_1.jpg", "image/jpeg", "JPG")

    def test_closes_every_folder_on_the_way_to_others(self, body, folder):
        kept(body)
        (path,) = there(folder)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        own = [part for part in path.parents if part.is_relative_to(folder)]
        assert [stat.S_IMODE(part.stat().st_mode) for part in own] == [0o700] * len(own)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"MZ program", "Jenis berkas"),
            (b"<svg/>", "Jenis berkas"),
            (b"", "Jenis berkas"),
            (jpeg()[:40], "rusak"),
            (b"%PDF-" + bytes(MOST), "terlalu besar"),
        ],
        ids=["program", "svg", "empty", "cut off", "large"],
    )
    def test_refuses_what_is_no_sound_picture_or_paper(self, body, folder, data, words):
        with pytest.raises(Refusal, match=words):
            kept(body, data)
        assert there(folder) == []

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "C:\\foto\\x.jpg", "x" * 500, "\0", "", "\ud800.jpg"], ids=repr
    )
    def test_a_name_leads_nowhere_and_can_be_kept(self, body, folder, name):
        row = Paper.objects.get(pk=kept(body, name=name).pk)
        assert there(folder)[0].is_relative_to(Path(folder) / files.APART / "organisations.paper")
        assert "/" not in (row.file_name or "")
        assert len(row.file_name or "") <= files.LONGEST_NAME

    def test_needs_somebody_who_takes_the_file_away_again(self, body, folder):
        with pytest.raises(LookupError):
            keep(Paper(organisation=body, at=AT), PHOTO, file_name="a.jpg", most=MOST)
        assert there(folder) == []


class TestLeavesNoFileBehind:
    def test_takes_the_file_away_with_its_row(self, body, folder):
        with pytest.raises(RuntimeError):
            kept(body, fails=True)
        assert there(folder) == []
        assert not Paper.objects.exists()

    def test_answers_for_the_files_of_what_it_calls(self, body, folder):
        @leaves_no_file_behind
        def outer():
            with transaction.atomic():
                kept(body)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            outer()
        assert there(folder) == []

    def test_leaves_the_files_of_others_alone(self, body, folder):
        earlier = kept(body)
        with pytest.raises(RuntimeError):
            kept(body, fails=True)
        assert there(folder) == [files.path_of(earlier)]


class TestDestroy:
    def test_destroys_the_file_and_its_key(self, body, folder, django_capture_on_commit_callbacks):
        row = kept(body)
        with django_capture_on_commit_callbacks(execute=True):
            destroy(row, at=AT, by_name="Bu Salmah")
            row.save()
        fresh = Paper.objects.get(pk=row.pk)
        assert there(folder) == []
        assert (fresh.file_key, fresh.file_name, fresh.is_there) == (None, None, False)
        with pytest.raises(Refusal, match="tidak ada"):
            opened(fresh)

    def test_keeps_the_file_when_the_transaction_fails(self, body, folder):
        row = kept(body)
        with transaction.atomic():
            destroy(row, at=AT, by_name="Bu Salmah")
            row.save()
            transaction.set_rollback(True)
        assert opened(Paper.objects.get(pk=row.pk)) == jpeg()


class TestOpened:
    def test_says_what_to_do_when_the_file_is_gone_or_altered(self, body):
        row = kept(body)
        files.path_of(row).write_bytes(b"\x01" + bytes(40))
        with pytest.raises(Refusal, match="cadangan"):
            opened(row)
        files.path_of(row).unlink()
        with pytest.raises(Refusal, match="cadangan"):
            opened(row)

    def test_opens_no_file_of_another_row(self, body):
        one, other = kept(body), kept(body, b"%PDF-1.7 lain")
        files.path_of(one).write_bytes(files.path_of(other).read_bytes())
        with pytest.raises(Refusal):
            opened(one)

    def test_a_key_moved_to_a_row_of_another_table_does_not_open(self, body):
        row = kept(body)
        photo = VisitPhoto(pk=row.pk, at=AT, file_key_sealed=row.file_key_sealed)
        with pytest.raises(SealBroken):
            photo.file_key  # noqa: B018


class TestHandedOver:
    def test_is_saved_and_never_shown_or_kept_by_the_browser(self, body):
        answer = handed_over(kept(body, name='foto "rumah".exe'))
        assert answer.content == jpeg()
        assert answer["Content-Disposition"].startswith("attachment")
        assert ".exe" not in answer["Content-Disposition"]
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert answer["Cache-Control"] == "private, no-store"


class TestRotation:
    def test_a_change_of_keys_reaches_every_table_and_touches_no_file(
        self, body, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.SIMPUL_KEYS = Keyring.at(tmp_path / "keys.json")
        row = kept(body)
        before = files.path_of(row).read_bytes()
        with django_capture_on_commit_callbacks(execute=True):
            rotate_keys(Where(), by=THE_MACHINE)
        fresh = Paper.objects.get(pk=row.pk)
        assert is_under_active_key(fresh.file_key_sealed)
        assert is_under_active_key(fresh.file_name_sealed)
        assert bytes(fresh.file_key_sealed) != bytes(row.file_key_sealed)
        assert (files.path_of(fresh).read_bytes(), opened(fresh)) == (before, jpeg())


class TestAmiss:
    def test_knows_every_table_with_files(self):
        assert {Paper, VisitPhoto} <= set(filed_tables())

    def test_names_lost_files_and_strays(self, body):
        row = kept(body)
        assert amiss().lost == amiss().strays == ()
        stray = files.path_of(row).with_name("stray")
        files.path_of(row).rename(stray)
        assert amiss().lost == (f"organisations.paper {row.pk}",)
        assert amiss().strays == (stray,)

    def test_counts_a_key_that_does_not_open_as_lost(self, body):
        row = kept(body)
        Paper.objects.filter(pk=row.pk).update(file_key_sealed=b"\x01\x01" + bytes(40))
        assert amiss().lost == (f"organisations.paper {row.pk}",)

    def test_leaves_papers_out_of_the_strays_of_cases_and_the_other_way_round(self, body, folder):
        kept(body)
        assert attachments.amiss().strays == ()
        of_a_case = Path(folder) / str(uuid.uuid4()) / "x"
        of_a_case.parent.mkdir(parents=True)
        of_a_case.write_bytes(b"x")
        assert attachments.amiss().strays == (of_a_case,)
        assert amiss().strays == ()


class TestSweepFiles:
    def test_destroys_old_files_that_belong_to_no_row(self, body, folder):
        row, gone = kept(body), kept(body)
        stray = files.path_of(gone)
        Paper.objects.filter(pk=gone.pk).update(file_key_sealed=None)
        assert sweep_files(Where(), by=THE_MACHINE, at=timezone.now()) == 0
        tomorrow = timezone.now() + timedelta(days=1, minutes=1)
        assert sweep_files(Where(), by=THE_MACHINE, at=tomorrow) == 1
        assert there(folder) == [files.path_of(row)]
        assert not stray.exists()

    def test_is_for_who_keeps_the_system(self, officer):
        with pytest.raises(NotAllowed):
            sweep_files(Where(), by=officer, at=timezone.now())
