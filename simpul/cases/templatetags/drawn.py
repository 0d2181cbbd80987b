"""Parts of the page of a case that are the same for every case, drawn once; and its timeline, drawn at once.

The page of a case is opened more often than any other, and half of what it cost was drawing what never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.queries.timeline import Entry
from simpul.ui.templatetags.ui import tanggal

register = Library()

# Stands in what is kept where the key of a row belongs.
_SOME_KEY = UUID("5e1f0000-0000-4000-8000-00000000ca5e")
# More than there are ways to see one part; beyond that it is drawn each time.
_MOST = 500


class DrawnOnce(Node):
    """What is inside, kept for each language and each state of what it was given.

    Inside there is nothing but the key and these values. So nobody's name can come to stand in what is kept, and
    whoever tries gets an error of the template and not somebody else's case.
    """

    def __init__(self, nodelist: NodeList, key: FilterExpression, given: dict[str, FilterExpression]) -> None:
        self.nodelist, self.key, self.given = nodelist, key, given
        self._kept: dict[Any, str] = {}

    def render(self, context: Context) -> SafeString:
        key = str(self.key.resolve(context))
        given = {name: value.resolve(context) for name, value in self.given.items()}
        state = (get_language(), get_script_prefix(), get_urlconf(), *given.values())
        drawn = self._kept.get(state)
        if drawn is None:
            drawn = self._drawn(context, given)
            if len(self._kept) < _MOST:
                self._kept[state] = drawn
        return SafeString(drawn.replace(str(_SOME_KEY), conditional_escape(key)))

    def _drawn(self, context: Context, given: dict[str, Any]) -> str:
        inside = Context({**given, "key": _SOME_KEY}, autoescape=context.autoescape)
        inside.template = context.template
        return str(self.nodelist.render(inside))


@register.tag
def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    """{% drawn_once case.pk may_add=seen.may_note %} {% url 'cases:note-add' key %} … {% enddrawn_once %}"""
    _name, key, *given = token.split_contents()
    values = token_kwargs(given, parser)
    if given:
        raise TemplateSyntaxError("drawn_once takes a key, and then values by name.")
    nodelist = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(nodelist, parser.compile_filter(key), values)


# --- the timeline ---


@register.simple_tag
def timeline_lines(entries: Iterable[Entry]) -> SafeString:
    """The happenings as c-timeline-entry draws each, all at once: there may be three hundred."""
    return format_html_join("", "{}", ((_line(entry),) for entry in entries))


def _line(entry: Entry) -> SafeString:
    at = timezone.localtime(entry.at)
    link = _to_screening(entry.screening) if entry.screening else ""
    return format_html(
        '<li class="{}"><time datetime="{}">{}</time>{}<div>{}{}{}{}</div></li>',
        entry.kind,
        at.isoformat(),
        _moment(at),
        format_html('<span class="who"> · {}</span>', entry.who) if entry.who else "",
        entry.words,
        " " if entry.said else "",
        entry.said,
        link,
    )


def _to_screening(key: UUID) -> SafeString:
    return format_html(' <a href="{}">{}</a>', reverse("screening:result", args=[key]), _("lihat hasil"))


def _moment(at: datetime) -> str:
    return _("%(day)s pukul %(time)s") % {"day": _day(at.date(), get_language()), "time": f"{at:%H.%M}"}


@lru_cache(maxsize=2000)
def _day(day: date, language: str | None) -> str:
    return tanggal(day)
