import shutil
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.catalogue import editions
from simpul.population import reactions
from simpul.population.queries.lists import list_called, lists_of_office, lists_with_rules
from tests.access.factories import user_with
from tests.screening.factories import NOW, TODAY, finished

OWN = "perbup-karimun-2026"


@pytest.fixture
def folder(settings, tmp_path):
    """The list of 2012 as an office may change it: nobody is an elderly person in need before seventy."""
    settings.DATA = tmp_path
    found = tmp_path / "editions" / OWN
    shutil.copytree(editions.default().path, found)
    for path in found.glob("*.toml"):
        text = path.read_text().replace('code = "permensos-8-2012"', f'code = "{OWN}"')
        path.write_text(text.replace("default = true", "default = false"))
    return found


class TestListsOfOffice:
    def test_are_none_without_the_folder(self, settings, tmp_path):
        settings.DATA = tmp_path
        assert lists_of_office() == ()

    def test_are_tried_beside_those_of_simpul_and_offered_for_nothing_else(self, folder):
        assert lists_with_rules()[-1].code == list_called(OWN).code == OWN
        assert OWN not in {known.code for known in editions.all_editions()}

    def test_are_read_again_when_a_file_was_changed(self, folder):
        before = list_called(OWN).digest
        with (folder / "edition.toml").open("a") as file:
            file.write("\n# changed\n")
        assert list_called(OWN).digest != before

    @pytest.mark.parametrize(
        ("broken", "says"),
        [
            (lambda folder: folder.rename(folder.with_name("seed004-28")), "a list of Simpul has this code"),
            (lambda folder: folder.rename(folder.with_name("lain")), "differs from the folder"),
            (lambda folder: (folder / "edition.toml").write_text("code = "), "edition.toml"),
            (lambda folder: (folder / "more.toml").write_text('[[type]]\ncode = "X"\n'), "more.toml:1"),
        ],
        ids=["taken", "elsewhere", "no-toml", "type"],
    )
    def test_say_with_file_and_line_what_is_wrong(self, folder, broken, says):
        broken(folder)
        [own] = lists_of_office()
        assert (own.edition, any(says in fault for fault in own.faults)) == (None, True)
        assert editions.default() in lists_with_rules()


@pytest.mark.django_db
class TestTrialOfAnOwnList:
    @pytest.fixture
    def tried(self, folder, caseworker, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "attachments"
        path = next(path for path in folder.glob("*.toml") if 'code = "LUT"' in path.read_text())
        whole = path.read_text()
        start = whole.index('code = "LUT"')
        path.write_text(whole[:start] + whole[start:].replace('"is_elderly"', '"AGE(born) >= 99"', 1))
        held = finished(caseworker, basic_needs_met=False, left_alone=True)
        codes = (editions.default().code, OWN)
        reactions.screen(Where(), by=THE_MACHINE, on=TODAY, at=NOW + timedelta(hours=10), codes=codes)
        return held

    def test_shows_what_would_change(self, client, supervisor, tried):
        client.force_login(supervisor)
        text = client.get(reverse("population:trial"), {"daftar": OWN}).content.decode()
        assert f'<option value="{OWN}" selected>' in text
        assert "kedua daftar membaca jawaban yang sama" in text
        assert ("1 orang berubah keadaannya" in text, "Aturan lain" in text) == (True, True)

    def test_warns_where_the_list_was_changed_since(self, client, supervisor, tried, folder):
        client.force_login(supervisor)
        address = reverse("population:trial")
        fresh = client.get(address, {"daftar": OWN}).content.decode()
        with (folder / "edition.toml").open("a") as file:
            file.write("\n# changed\n")
        later = client.get(address, {"daftar": OWN}).content.decode()
        assert ["berubah sesudah dicoba" in text for text in (fresh, later)] == [False, True]

    def test_says_what_is_wrong_with_a_list(self, client, folder):
        (folder / "edition.toml").write_text("code = ")
        client.force_login(user_with("dinas_officer", region="21.02"))
        text = client.get(reverse("population:trial")).content.decode()
        assert ("belum dapat dicoba" in text, "edition.toml:1" in text) == (True, True)
