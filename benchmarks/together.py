"""Several people at once at a real server: every one with a connection and a session of their own, page after page."""

from __future__ import annotations

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# As Django likes it: the secret itself, once in the cookie and once in the header.
_TOKEN = "x" * 32
_STARTS_WITHIN = 60
Pages = Mapping[str, tuple[str, Mapping[str, str] | None]]


@dataclass
class Server:
    """A server under way, and how much memory its processes ever held."""

    port: int
    process: subprocess.Popen[bytes]

    def mb(self) -> float:
        return sum(_peak(pid) for pid in _family(self.process.pid))

    def processor(self) -> float:
        """Seconds of the processor by its processes."""
        ticks = 0
        for pid in _family(self.process.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak(pid: int) -> float:
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


@contextmanager
def served(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """`command` with the port as its last word, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start")


@dataclass
class Taken:
    """Milliseconds of every page by its name; seconds of the server's processor for all, without those that warm."""

    times: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    processor: float = 0.0

    @property
    def all(self) -> list[float]:
        return [one for found in self.times.values() for one in found]


def at_once(
    server: Server,
    sessions: Sequence[str],
    pages: Callable[[random.Random], Pages],
    *,
    seconds: float,
    pause: float,
) -> Taken:
    """Each session asks for one page of `pages` by chance after the other for so long, with about `pause` between."""
    taken, begun = Taken(), []
    ready = threading.Barrier(len(sessions), lambda: begun.append(server.processor()))
    threads = [
        threading.Thread(target=_work, args=(server.port, session, pages, seconds, pause, ready, taken))
        for session in sessions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.processor = server.processor() - begun[0]
    return taken


def _work(
    port: int,
    session: str,
    pages: Callable[[random.Random], Pages],
    seconds: float,
    pause: float,
    ready: Any,
    taken: Taken,
) -> None:
    chance, connection = random.Random(session), http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    # Each page once for nothing: templates, catalogues, the plans of the database.
    for address, sent in pages(chance).values():
        ask(connection, session, address, sent)
    ready.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        name, (address, sent) = chance.choice(list(pages(chance).items()))
        began = time.perf_counter()
        status = ask(connection, session, address, sent)
        if status in {200, 302}:
            taken.times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        else:
            taken.refused[f"{name}: {status}"] = taken.refused.get(f"{name}: {status}", 0) + 1
        time.sleep(pause * chance.uniform(0.5, 1.5))
    connection.close()


def ask(
    connection: http.client.HTTPConnection, session: str, address: str, sent: Mapping[str, str] | None
) -> int:
    """One page, read to its end; its status."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={_TOKEN}", "Accept-Encoding": "gzip"}
    if sent is None:
        connection.request("GET", address, headers=headers)
    else:
        headers |= {"X-CSRFToken": _TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", address, urlencode(sent), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def late(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
