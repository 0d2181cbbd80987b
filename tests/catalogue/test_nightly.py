from datetime import time

import pytest

from simpul.catalogue.nightly import PATH, nights, read_nights
from simpul.catalogue.tables import CatalogueError


class TestNights:
    def test_have_an_hour_for_each_work(self):
        assert nights().hours == {"population.night": time(1, 0), "imports.destroy": time(2, 30)}
        assert nights().days_kept == 35

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ('at = "01:00"', 'at = "at night"', "an hour such as"),
            ("days = 35", "days = 0", "above 0"),
            ('verified = "design"', 'verified = "perhaps"', "verified"),
        ],
    )
    def test_refuse_what_cannot_be(self, tmp_path, old, new, says):
        path = tmp_path / "hours.toml"
        path.write_text(PATH.read_text().replace(old, new, 1))
        with pytest.raises(CatalogueError, match=says):
            read_nights(path)
