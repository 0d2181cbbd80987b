"""What all tests rely on."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from django.template import Context, Template, engines
from django.template.base import Origin

from tests.conftest import OURS, NetworkUsed, UndefinedVariable


class TestOnlyThisMachine:
    @pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
    def test_is_reached(self, host: str) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as there, pytest.raises(NetworkUsed):
            there.connect((host, 80))

    def test_may_be_reached_itself(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as here, socket.socket() as there:
            there.connect(here.getsockname())


class TestUndefinedVariables:
    def render(self, text: str, path: Path) -> str:
        engine = engines["django"].engine  # type: ignore[attr-defined]
        return Template(text, origin=Origin(str(path), path.name), engine=engine).render(
            Context({"known": {}})
        )

    @pytest.mark.parametrize(
        "text", ["{{ unknown }}", "{{ known.part }}", "{% with a=unknown %}{% endwith %}"]
    )
    def test_fail_in_our_templates(self, text: str) -> None:
        with pytest.raises(UndefinedVariable):
            self.render(text, OURS / "people/templates/people/a.html")

    @pytest.mark.parametrize("text", ["{% if unknown %}ya{% endif %}", "{% firstof unknown known.part %}"])
    def test_may_be_asked_about(self, text: str) -> None:
        assert self.render(text, OURS / "people/templates/people/a.html") == ""

    def test_are_left_to_the_templates_of_others(self) -> None:
        assert self.render("{{ unknown }}", Path("/elsewhere/account/a.html")) == ""
