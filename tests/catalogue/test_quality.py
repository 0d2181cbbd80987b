import shutil

import pytest

from simpul.catalogue.facts import ROOT
from simpul.catalogue.quality import CODES, norms
from simpul.catalogue.tables import CatalogueError


class TestNorms:
    def test_have_each_a_number_and_a_source(self):
        assert set(norms()) == set(CODES)
        assert all(norm.value > 0 and norm.source for norm in norms().values())

    def test_refuse_a_file_in_which_one_is_missing(self, tmp_path):
        shutil.copytree(ROOT / "quality", tmp_path / "quality")
        path = tmp_path / "quality" / "norms.toml"
        path.write_text(path.read_text().replace("body_months", "other_months"))
        with pytest.raises(CatalogueError, match="body_months"):
            norms(tmp_path)
