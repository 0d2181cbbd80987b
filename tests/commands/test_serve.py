"""The web server: whether it can start."""

from __future__ import annotations

import multiprocessing
import socket
from contextlib import nullcontext

import pytest

from simpul.commands import main, serve
from simpul.commands.stop import STOPPED, Stop


@pytest.fixture
def busy_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


class TestEnsureFree:
    def test_is_silent_about_a_free_port(self, busy_port):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            free = other.getsockname()[1]
        serve.ensure_free("127.0.0.1", free)

    def test_says_what_to_do_about_a_busy_one(self, busy_port):
        with pytest.raises(Stop, match=f"Port {busy_port} sudah dipakai.*--port"):
            serve.ensure_free("127.0.0.1", busy_port)

    def test_names_an_address_that_is_not_of_this_machine(self):
        with pytest.raises(Stop, match=r"192\.0\.2\.1"):
            serve.ensure_free("192.0.2.1", 0)

    def test_says_it_for_make_too(self, busy_port):
        with pytest.raises(Stop, match='make demo DEMO="--port'):
            serve.ensure_free("127.0.0.1", busy_port)


class TestRun:
    def test_stops_before_anything_else_when_the_port_is_busy(self, busy_port, db, capsys):
        assert main(["serve", "--port", str(busy_port)]) == STOPPED
        assert "sudah dipakai" in capsys.readouterr().err

    def test_starts_on_a_prepared_database(self, db, monkeypatch, capsys):
        started = []
        monkeypatch.setattr(serve, "serve", lambda host, port, workers: started.append((host, workers)))
        monkeypatch.setattr(serve, "ensure_free", lambda host, port: None)
        assert main(["serve", "--workers", "3"]) == 0
        assert started == [("127.0.0.1", 3)]
        assert "http://127.0.0.1:8000" in capsys.readouterr().err

    @pytest.mark.parametrize("option", [("--port", "0"), ("--port", "70000"), ("--workers", "0")])
    def test_refuses_numbers_that_cannot_be(self, option):
        with pytest.raises(SystemExit) as ended:
            main(["serve", *option])
        assert ended.value.code == 2


class TestAddress:
    @pytest.mark.parametrize(
        ("host", "shown"),
        [
            ("127.0.0.1", "http://127.0.0.1:80"),
            ("0.0.0.0", "http://127.0.0.1:80"),
            ("::1", "http://[::1]:80"),
        ],
    )
    def test_can_be_opened_in_a_browser(self, host, shown):
        assert serve.address(host, 80) == shown


class TestServe:
    def test_begins_its_processes_fresh_because_a_forked_one_hangs_in_the_columns(
        self, monkeypatch, settings
    ):
        seen = []
        held = multiprocessing.get_start_method()
        monkeypatch.setattr(serve, "beside_the_server", nullcontext)
        monkeypatch.setattr(
            serve.Granian, "serve", lambda server: seen.append(multiprocessing.get_start_method())
        )
        serve.serve("127.0.0.1", 8000, workers=1)
        multiprocessing.set_start_method(held, force=True)
        assert seen == ["spawn"]
