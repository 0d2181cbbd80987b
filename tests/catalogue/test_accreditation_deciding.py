"""How many decide together, and what is printed."""

import pytest

from simpul.catalogue.accreditation.deciding import FILE, deciding, read_deciding
from simpul.catalogue.tables import CatalogueError


class TestDeciding:
    def test_has_a_quorum_for_both_rounds_marked_as_our_own(self):
        quorums = [deciding().quorum(round_) for round_ in ("plenary", "appeal")]

        assert all(one.votes >= 1 and one.verified == "design" and one.source for one in quorums)


class TestReadDeciding:
    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("votes = 3", "votes = 0"),
            ('round = "appeal"', 'round = "plenary"'),
            ('verified = "design"', 'verified = "sure"'),
            ("months_after_end = 12", "months = 12"),
        ],
    )
    def test_refuses_a_mistake_with_its_line(self, tmp_path, right, wrong):
        path = tmp_path / "deciding.toml"
        path.write_text(FILE.read_text().replace(right, wrong, 1))

        with pytest.raises(CatalogueError):
            read_deciding(path)
