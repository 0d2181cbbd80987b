from datetime import date, timedelta
from pathlib import Path

import pytest

from simpul.catalogue import privacy
from simpul.catalogue.tables import CatalogueError

ON = date(2026, 11, 21)


def catalogue(folder: Path, text: str) -> Path:
    (folder / "privacy").mkdir()
    (folder / "privacy" / "rights.toml").write_text(text)
    return folder


RIGHT = '[[right]]\ncode = "copy"\narticles = "1"\nsource = "x"\nverified = "design"\nvalid_from = {day}\n{more}\n'


class TestRight:
    def test_three_days_are_running_hours(self):
        assert privacy.right("copy", ON).time == timedelta(days=3)

    def test_erasing_has_no_hours_of_the_law(self):
        assert privacy.right("erase", ON).time is None

    def test_nobody_has_a_right_that_is_not_there(self):
        with pytest.raises(KeyError):
            privacy.right("sell", ON)

    def test_each_text_holds_in_its_own_time(self, tmp_path, monkeypatch):
        older = RIGHT.format(day="2022-10-17", more="valid_until = 2026-12-31\nhours = 72")
        newer = RIGHT.format(day="2027-01-01", more="hours = 48")
        rights = privacy.rights(catalogue(tmp_path, older + newer))
        monkeypatch.setattr(privacy, "rights", lambda: rights)
        assert [privacy.right("copy", day).hours for day in (ON, date(2027, 1, 1))] == [72, 48]


class TestRights:
    @pytest.mark.parametrize("more", ['colour = "red"', 'hours = "72"'])
    def test_a_slip_is_named_by_file_and_line(self, tmp_path, more):
        with pytest.raises(CatalogueError, match=r"rights\.toml:7"):
            privacy.rights(catalogue(tmp_path, RIGHT.format(day="2022-10-17", more=more)))


class TestRetentions:
    def test_a_child_is_kept_longer_than_childhood(self):
        assert privacy.retentions()["child"].after_age == 18
        assert privacy.retentions()["adult"].after_age is None

    def test_each_is_marked_as_our_own_design(self):
        assert {entry.verified for entry in privacy.retentions().values()} == {"design"}
