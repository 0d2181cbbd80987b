"""Components are seen through the page that shows them all: what it shows, people get."""

import re

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from simpul.engines.reasons import Answer, Finding
from simpul.ui.fields import DayField
from simpul.ui.templatetags import ui


class FakeText:
    def in_language(self, language: str) -> str:
        return f"Nama jenis ({language})"


class FakeType:
    display = FakeText()


class FakeEdition:
    def type(self, code: str) -> FakeType:
        return FakeType()


class ExampleForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Satu kata boleh.")
    nik = forms.CharField(label="NIK", required=False)
    born = DayField(label="Tanggal lahir", required=False)
    sex = forms.ChoiceField(
        label="Kelamin", widget=forms.RadioSelect, choices=[("L", "Laki"), ("?", "Tidak tahu")]
    )
    agreed = forms.BooleanField(label="Setuju")


def rendered(source: str, **context: object) -> str:
    request: HttpRequest = RequestFactory().get("/")
    return engines["django"].from_string(CottonCompiler().process(source)).render(context, request)


@pytest.fixture
def sentence(monkeypatch):
    """Sentences are the catalogue's own matter; here only their place counts."""
    monkeypatch.setattr(ui.wording, "sentence", lambda finding, *_: f"kalimat {finding.about}")


class TestField:
    def test_ties_hint_and_error_to_the_box(self):
        html = rendered('<c-field :field="form.name" />', form=ExampleForm({}))

        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        assert 'id="id_name_helptext"' in html
        assert 'id="id_name_error"' in html
        assert 'aria-invalid="true"' in html

    def test_names_only_what_exists(self):
        assert "aria-describedby" not in rendered('<c-field :field="form.nik" />', form=ExampleForm())

    def test_marks_what_may_stay_empty_and_nothing_else(self):
        form = ExampleForm()

        assert "(boleh dikosongkan)" in rendered('<c-field :field="form.nik" />', form=form)
        assert "(boleh dikosongkan)" not in rendered('<c-field :field="form.name" />', form=form)
        assert "(boleh dikosongkan)" not in rendered('<c-field :field="form.agreed" />', form=form)

    def test_gives_every_choice_a_label_and_sets_some_apart(self):
        html = rendered('<c-field :field="form.sex" aside="?" />', form=ExampleForm())

        assert html.count('<label class="choice"') == 1
        assert html.count('<label class="choice aside"') == 1
        assert "<legend>Kelamin" in html

    def test_gives_each_box_of_a_day_its_label(self):
        html = rendered('<c-field :field="form.born" />', form=ExampleForm())

        for part in ("day", "month", "year"):
            target = re.search(rf'name="born_{part}"[^>]* id="([^"]+)"', html)
            assert target
            assert f'<label for="{target[1]}">' in html

    def test_escapes_what_people_typed(self):
        html = rendered('<c-field :field="form.name" />', form=ExampleForm({"name": '"><script>'}))

        assert "<script>" not in html


class TestErrors:
    def test_links_every_mistake_to_an_element_that_exists(self):
        form = ExampleForm({"born_day": "31", "born_month": "2", "born_year": "1959"})
        html = rendered(
            '<c-errors :form="form" />{% for f in form %}<c-field :field="f" />{% endfor %}', form=form
        )

        targets = re.findall(r'href="#([^"]+)"', html)
        assert len(targets) == 4
        assert all(f'id="{target}"' in html for target in targets)

    def test_is_announced_and_can_be_focused(self):
        html = rendered('<c-errors :form="form" />', form=ExampleForm({}))

        assert 'role="alert" tabindex="-1"' in html

    def test_is_absent_without_mistakes(self):
        assert "errors" not in rendered('<c-errors :form="form" />', form=ExampleForm())

    def test_says_a_refusal_too(self):
        html = rendered(
            '<c-errors :form="form" :refusal="no" />', form=ExampleForm(), no="Persetujuan belum ada."
        )

        assert "<li>Persetujuan belum ada.</li>" in html


@pytest.mark.usefixtures("sentence")
class TestFinding:
    SOURCE = '<c-finding :finding="finding" :edition="edition" />'

    def tree(self, depth: int) -> Finding:
        inner = Finding(Answer.NO, "fact", f"daun{depth}")
        for level in range(depth):
            other = Finding(Answer.UNKNOWN, "fact", f"lain{level}")
            inner = Finding(Answer.UNKNOWN, "any", f"cabang{level}", parts=(inner, other))
        return Finding(Answer.UNKNOWN, "type", "LUT", parts=(inner,))

    def test_shows_every_reason_at_any_depth(self):
        finding = self.tree(depth=12)
        html = rendered(self.SOURCE, finding=finding, edition=FakeEdition())

        shown = set(re.findall(r"kalimat (\w+)", html))
        assert shown == {line.split()[2] for line in finding.lines()} - {"LUT"}

    def test_names_the_type_and_its_answer_in_words(self):
        html = rendered(self.SOURCE, finding=self.tree(depth=1), edition=FakeEdition())

        assert "Nama jenis (id)" in html
        assert '<span class="tag open">belum pasti</span>' in html

    def test_shows_a_part_of_a_finding_by_itself(self):
        html = rendered(self.SOURCE, finding=Finding(Answer.YES, "fact", "poor"), edition=FakeEdition())

        assert '<span class="tag yes">ya</span>' in html
        assert "kalimat poor" in html


class TestPagesOfTrouble:
    @pytest.mark.parametrize("name", ["400", "403_csrf", "500"])
    def test_come_without_request_user_or_database(self, name):
        html = render_to_string(f"{name}.html")

        assert "<h1>" in html
        assert 'href="/"' in html

    @pytest.mark.parametrize("name", ["403", "404"])
    def test_say_what_to_do(self, name, rf):
        assert 'class="button"' in render_to_string(f"{name}.html", request=rf.get("/"))
