import pytest
import typst

from simpul.ui.typeset import typeset

SOURCE = """#let said = json(bytes(sys.inputs.data))
#set document(title: "Surat")
#set text(lang: "id")
#said.name
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(SOURCE)
    return path


class TestTypeset:
    def test_claims_the_standard_for_screen_readers(self, template):
        assert b"<pdfuaid:part>1" in typeset(template, {"name": "Siti Aminah"})

    def test_loses_no_paper_over_a_sign_that_the_fonts_cannot_draw(self, template):
        made = typeset(template, {"name": "日本 \u0000"})
        assert made.startswith(b"%PDF")
        assert b"pdfuaid" not in made

    def test_sets_what_was_typed_as_words(self, template):
        assert typeset(template, {"name": '#panic("x") \\ $a$'}).startswith(b"%PDF")

    def test_says_when_words_are_missing(self, template):
        with pytest.raises(typst.TypstError):
            typeset(template, {})
