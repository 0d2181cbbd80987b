"""A browser without scripts: it sees the forms of a page and sends them as they stand, with what somebody types."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client


@dataclass
class Form:
    """One form: where it goes, what stands in it, which values its choices have."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._link: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self._link = given["href"]
            self.links.append((self._link, ""))
        elif tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._form is not None and self._select and "selected" in given:
            self._form.values[self._select] = [given.get("value") or ""]

    def _field(self, tag, given):
        form, name, value = self._form, given["name"], given.get("value") or ""
        form.names.add(name)
        if tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.values.setdefault(name, []).append(value)
        elif tag == "input" and given.get("type") not in {"submit", "button", "file"}:
            form.values[name] = [value]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "a":
            self._link = None

    def handle_data(self, data):
        if self._area and self._form is not None:
            self._form.values[self._area] = [self._form.values[self._area][0] + data.strip()]
        if self._link is not None:
            href, words = self.links[-1]
            self.links[-1] = (href, f"{words} {data.strip()}".strip())


class PaperBrowser:
    """Opens pages and follows where they lead. `text` is the page that is open."""

    def __init__(self, user) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.at, self.text, self.status = "/", "", 0

    def open(self, address: str) -> PaperBrowser:
        return self._seen(self.client.get(urljoin(self.at, address), follow=True), address)

    def send(self, having: str, **typed: str) -> PaperBrowser:
        """Send the first form that has a field or button of this name, with what was typed or pressed."""
        form = next(form for form in self._read().forms if having in form.names)
        values = form.values | {name: [str(value)] for name, value in typed.items()}
        target = urljoin(self.at, form.action)
        go = self.client.post if form.method == "post" else self.client.get
        return self._seen(go(target, values, follow=True), target)

    def follow(self, words: str) -> PaperBrowser:
        """Follow the first link with these words."""
        return self.open(next(href for href, shown in self._read().links if words in shown))

    def choices(self, name: str) -> list[str]:
        return next((form.choices[name] for form in self._read().forms if name in form.choices), [])

    def fields(self) -> set[str]:
        return {name for form in self._read().forms for name in form.names}

    def _seen(self, answer, address: str) -> PaperBrowser:
        where = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.at = urlsplit(urljoin(self.at, where)).path
        self.text, self.status = answer.content.decode(), answer.status_code
        return self

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.text)
        return reader
