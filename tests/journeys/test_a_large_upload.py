"""100 MB through the real server: a clear no, and everybody else works on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import simpul
from tests import tables

MEGABYTE = 1024 * 1024
SENT_MB, LIMIT_MB = 100, 10
# What a process may grow by for reasons of its own; far less than what was sent.
GROWTH_MB = 40
PIECE = b"x" * 65536
# So many requests together that no process of the server is left out.
AT_ONCE = 8
SENTENCE = f"Paling besar {LIMIT_MB} MB sekali kirim."
HEAD = b'--simpul\r\nContent-Disposition: form-data; name="file"; filename="warga.csv"\r\n\r\n'
TAIL = b"\r\n--simpul--\r\n"
FORM = ("Content-Type: multipart/form-data; boundary=simpul", "Connection: close")
# A page that takes no form, one that does, one behind the sign-in, and the door for programs.
ADDRESSES = ["/nirwana/", "/akun/masuk/", "/orang/baru/", "/api/judge"]


@dataclass(frozen=True)
class Server:
    """A running `simpul serve`, and all its processes."""

    process: subprocess.Popen[bytes]
    port: int

    def peaks(self) -> dict[int, int]:
        """The most memory that each process ever held, in MB."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        children = [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
        return {pid: _peak(pid) for pid in (self.process.pid, *children)}

    def get(self, address: str) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(_head("GET", address, self.port, "Connection: close"))
            return _all(line)

    def send(self, address: str, *, most_mb: int = SENT_MB) -> bytes:
        """Send all of it as a browser does, and give what came back; nothing when we hang up before the end."""
        length = len(HEAD) + SENT_MB * MEGABYTE + len(TAIL)
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            line.sendall(_head("POST", address, self.port, f"Content-Length: {length}", *FORM))
            for piece in _body(most_mb):
                line.sendall(piece)
            return _all(line) if most_mb == SENT_MB else b""

    def send_without_length(self, address: str) -> None:
        """Send it in chunks that tell no length, for as long as the server listens; no browser does."""
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as line,
            suppress(ConnectionError),
        ):
            line.sendall(_head("POST", address, self.port, "Transfer-Encoding: chunked", *FORM))
            for piece in _body(SENT_MB):
                line.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))

    def lives(self) -> bool:
        return self.get("/akun/masuk/").startswith(b"HTTP/1.1 200 ")


def _head(method: str, address: str, port: int, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {address} HTTP/1.1", f"Host: 127.0.0.1:{port}", *lines, "", ""]).encode()


def _body(megabytes: int) -> Iterator[bytes]:
    yield HEAD
    for _number in range(megabytes * MEGABYTE // len(PIECE)):
        yield PIECE
    yield TAIL


def _all(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    return b"".join(parts)


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(row for row in status.splitlines() if row.startswith("VmHWM")).split()[1]) // 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("office")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SIMPUL_", "DATABASE_URL", "DJANGO_"))
    } | {"SIMPUL_DATA": str(folder)}
    run = {"env": environment, "cwd": Path(simpul.__file__).parents[1], "stderr": subprocess.DEVNULL}
    tables.office_in(folder)
    subprocess.run([sys.executable, "-m", "simpul", "migrate"], check=True, **run)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "simpul", "serve", "--port", str(port)], **run)
    try:
        yield _warm(_answering(Server(process, port)))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _answering(server: Server) -> Server:
    """Its processes read the whole program first, which takes long where others work as well."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.process.poll() is None:
        with suppress(OSError):
            server.get("/akun/masuk/")
            return server
        time.sleep(0.1)
    raise AssertionError("The server does not answer.")


def _warm(server: Server) -> Server:
    """Every process has given each kind of answer: it begins fresh, and reads its code with its first ones."""

    def ask(address: str) -> None:
        server.get(address)
        # The refusal too, whose page is as large as others; of what it refuses hardly anything is sent.
        with suppress(ConnectionError):
            server.send(address, most_mb=0)

    quiet, before = 0, server.peaks()
    for _round in range(40):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(ask, ADDRESSES * 2))
        after = server.peaks()
        has_grown = any(after[pid] > before.get(pid, 0) + 1 for pid in after)
        quiet, before = (0 if has_grown else quiet + 1), after
        if quiet == 3:
            return server
    raise AssertionError("The processes of the server grow on and on.")


@pytest.fixture
def no_growth(server) -> Iterator[None]:
    """Afterwards all processes still hold about as little memory as before."""
    before = server.peaks()
    yield
    after = server.peaks()
    assert after.keys() == before.keys()
    assert max(after[pid] - before[pid] for pid in before) < GROWTH_MB


@pytest.mark.slow
@pytest.mark.xdist_group("a large upload")
@pytest.mark.usefixtures("no_growth")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
class TestALargeUpload:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_is_refused_with_a_sentence(self, server, address):
        answer = server.send(address)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert SENTENCE in answer.decode()
        assert server.lives()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_holds_nobody_up_when_it_is_given_up_half_way(self, server, address):
        server.send(address, most_mb=SENT_MB // 2)
        assert server.lives()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_that_tells_no_length_is_not_read(self, server, address):
        server.send_without_length(address)
        assert server.lives()
