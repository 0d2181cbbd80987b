import pytest

from simpul.catalogue.instruments import get
from simpul.catalogue.programmes.strength import FILE, read_strength, strength
from simpul.catalogue.tables import CatalogueError

MARK = (
    'version = 1\ninstrument = "{instrument}"\n[[mark]]\nfield = "{field}"\ncode = "a"\nitem = "{item}"\n'
    'label = {{ id = "a", en = "a" }}\nabout = {{ id = "a", en = "a" }}\nsource = "s"\nverified = "design"\n'
)


class TestStrength:
    def test_has_marks_for_each_of_the_six_fields(self):
        fields = {domain.code for domain in get(strength().instrument).domains}
        assert {mark.field for mark in strength().marks} == fields
        assert len(fields) == 6

    def test_says_of_no_mark_that_a_law_asks_for_it(self):
        assert {mark.verified for mark in strength().marks} == {"design"}

    @pytest.mark.parametrize(
        ("instrument", "field", "item", "words"),
        [
            ("no-such", "legality", "", "no instrument"),
            ("organisation-empowerment", "courage", "", "field"),
            ("organisation-empowerment", "identity", "legality_deed", "has no item"),
        ],
        ids=["instrument", "field", "item"],
    )
    def test_names_file_and_cause_of_a_fault(self, tmp_path, instrument, field, item, words):
        path = tmp_path / "strength.toml"
        path.write_text(MARK.format(instrument=instrument, field=field, item=item))
        with pytest.raises(CatalogueError, match=words):
            read_strength(path)

    def test_a_mark_stands_once(self, tmp_path):
        path = tmp_path / "strength.toml"
        text = FILE.read_text()
        path.write_text(text + text[text.index("[[mark]]") :])
        with pytest.raises(CatalogueError, match="stands once"):
            read_strength(path)
