"""Checking everything from the command line."""

from __future__ import annotations

import pytest
from django.db import connection

from simpul.access import triggers
from simpul.access.files import path_of
from simpul.catalogue.problems import Problem
from simpul.catalogue.text import Text
from simpul.commands import check, main
from simpul.commands.stop import DONE, STOPPED
from simpul.organisations.actions.papers import add_paper_for_body
from simpul.organisations.queries.papers_told import Sent
from tests.access.factories import user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.organisations.papers import added

FILE = Sent("surat.jpg", jpeg())


class TestCatalogue:
    def test_that_is_right_ends_with_0(self, capsys):
        assert main(["check", "--catalogue"]) == DONE
        assert "tidak ada yang keliru" in capsys.readouterr().err

    def test_that_is_wrong_names_file_and_line(self, capsys, monkeypatch):
        problem = Problem("simpul/catalogue/facts/identity.toml", 12, "unknown fact 'umur'")
        monkeypatch.setattr(check, "catalogue_problems", lambda: [problem])
        assert main(["check", "--catalogue"]) == STOPPED
        assert capsys.readouterr().out == "simpul/catalogue/facts/identity.toml:12: unknown fact 'umur'\n"

    @pytest.mark.parametrize(
        ("options", "words"), [([], "tidak dikenal"), (["--language", "en"], "is not known")]
    )
    def test_that_is_wrong_is_told_in_the_chosen_language(self, capsys, monkeypatch, options, words):
        problem = Problem.at("facts.toml", 3, Text("tidak dikenal", "is not known"))
        monkeypatch.setattr(check, "catalogue_problems", lambda: [problem])
        main([*options, "check", "--catalogue"])
        assert capsys.readouterr().out == f"facts.toml:3: {words}\n"


class TestStored:
    def test_makes_nothing_in_an_empty_folder(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("SIMPUL_DATA", str(tmp_path / "empty"))
        assert main(["check", "--audit"]) == STOPPED
        assert str(tmp_path / "empty") in capsys.readouterr().err
        assert not (tmp_path / "empty").exists()

    def test_that_is_sound_ends_with_0(self, db, caseworker):
        assert main(["check", "--audit"]) == DONE

    @pytest.mark.django_db(transaction=True)
    def test_without_its_guards_is_not_sound(self, capsys):
        with triggers.asleep(connection):
            assert main(["check", "--audit"]) == STOPPED
        assert "Catatan kegiatan: " in capsys.readouterr().out

    def test_open_to_others_on_this_machine_is_named(self, db, capsys, tmp_path, settings):
        settings.DATA = tmp_path
        tmp_path.chmod(0o755)
        assert main(["check", "--data"]) == STOPPED
        assert f"chmod go= {tmp_path}" in capsys.readouterr().out
        tmp_path.chmod(0o700)
        main(["check", "--data"])
        assert f"chmod go= {tmp_path}\n" not in capsys.readouterr().out

    def test_without_regions_is_not_whole(self, db, capsys):
        assert main(["check", "--data"]) == STOPPED
        assert "simpul migrate" in capsys.readouterr().out

    def test_names_papers_of_bodies_whose_file_is_gone(self, db, capsys, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path / "attachments"
        row = added(
            organisation(), user_with("dinas_officer", region="21.02"), act=add_paper_for_body, file=FILE
        )
        main(["check", "--data"])
        assert "hilang" not in capsys.readouterr().out
        path_of(row).unlink()
        assert main(["check", "--data"]) == STOPPED
        assert f"berkas organisations.paper {row.pk} hilang" in capsys.readouterr().out
