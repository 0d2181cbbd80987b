from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from simpul.cases.queries.timeline import Entry
from simpul.cases.templatetags.drawn import timeline_lines

AT = datetime(2026, 11, 21, 2, 5, tzinfo=UTC)


def drawn(text, template=None, **given):
    return (template or Template("{% load i18n drawn %}" + text)).render(Context(given))


class TestDrawnOnce:
    def test_carries_the_key_of_each_row(self):
        template = Template(
            "{% load drawn %}{% drawn_once pk %}{% url 'cases:team' key %}{% enddrawn_once %}"
        )
        first, second = uuid4(), uuid4()
        assert str(first) in drawn("", template, pk=first)
        told = drawn("", template, pk=second)
        assert str(second) in told
        assert str(first) not in told

    def test_tells_apart_what_it_was_given(self):
        template = Template(
            "{% load drawn %}{% drawn_once pk may=may %}{% if may %}ya{% endif %}{% enddrawn_once %}"
        )
        assert [drawn("", template, pk="a", may=may) for may in (True, False, True)] == ["ya", "", "ya"]

    def test_is_drawn_in_the_language_of_each_reader(self):
        template = Template(
            "{% load i18n drawn %}{% drawn_once '' %}{% translate 'Tujuan' %}{% enddrawn_once %}"
        )
        with override("id"):
            told = drawn("", template)
        with override("en"):
            assert drawn("", template) != told

    def test_knows_nothing_of_the_page_around_it(self):
        template = Template("{% load drawn %}{% drawn_once '' %}[{{ name }}]{% enddrawn_once %}")
        template.engine.string_if_invalid, before = "", template.engine.string_if_invalid
        try:
            assert drawn("", template, name="Siti Aminah") == "[]"
        finally:
            template.engine.string_if_invalid = before

    def test_lets_no_key_bring_in_a_tag(self):
        assert drawn("{% drawn_once pk %}{{ key }}{% enddrawn_once %}", pk="<b>") == "&lt;b&gt;"

    def test_takes_values_by_name_only(self):
        with pytest.raises(TemplateSyntaxError):
            Template("{% load drawn %}{% drawn_once pk name %}{% enddrawn_once %}")


class TestTimelineLines:
    def test_tell_when_who_and_what(self):
        told = timeline_lines([Entry(AT, "Rina", "Dikunjungi", "note", "Beras <habis>")])
        assert told.startswith('<li class="note"><time datetime="2026-11-21T09:05:00+07:00">')
        assert "21 November 2026 pukul 09.05" in told
        assert '<span class="who"> · Rina</span><div>Dikunjungi Beras &lt;habis&gt;</div></li>' in told

    def test_lead_to_a_screening(self):
        key = UUID(int=7)
        assert f"/{key}/" in timeline_lines([Entry(AT, "", "Ditapis", screening=key)])
