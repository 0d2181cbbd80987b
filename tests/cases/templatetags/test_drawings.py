import pytest
from django.template.loader import render_to_string

from simpul.cases.queries.drawings import Bond, Someone
from simpul.cases.queries.ecomap import ECOMAP, ecomap
from simpul.cases.queries.generations import FAMILY
from simpul.cases.queries.genogram import genogram
from simpul.cases.templatetags.drawings import SIGNS, drawing

CLIENT = Someone("", "Siti & Aminah", "P")


def drawn(people, kind):
    draw = genogram if kind in FAMILY else ecomap
    return draw(people, [Bond("a", "", kind)])


class TestDrawing:
    @pytest.mark.parametrize("kind", [*FAMILY, *ECOMAP])
    def test_says_in_words_what_every_sign_means(self, kind):
        picture = drawn([CLIENT, Someone("a", "Rohani", is_alive=False, lives_with_client=True)], kind)
        assert kind in picture.signs
        told = {sign.words for sign in drawing(picture, "id", "Judul", "Isi")["legend"]}
        assert told == {SIGNS[sign].words for sign in picture.signs}

    def test_needs_no_style_and_keeps_names_harmless(self):
        picture = drawn([CLIENT, Someone("a", "<b>Rohani</b>")], "strained")
        svg = render_to_string("cases/_drawing.html", drawing(picture, "id", "Judul", "Isi"))
        assert "style" not in svg
        assert "<b>" not in svg
        assert "Siti &amp; Aminah" in svg
        assert '<title id="id-title">Judul</title>' in svg
