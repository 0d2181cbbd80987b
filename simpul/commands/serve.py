"""`simpul serve`: the web server."""

from __future__ import annotations

import errno
import multiprocessing
import os
import socket
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from simpul.commands.language import _
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err
from simpul.commands.work import beside_the_server

# Threads of one process: a request that waits for the database does not hold up the next.
THREADS = 4


def run(options: Namespace) -> int:
    ensure_free(options.host, options.port)
    ensure_migrated()
    ensure_settings_fit()
    err().print(_("Simpul berjalan di %s. Berhenti: Ctrl-C.") % address(options.host, options.port))
    serve(options.host, options.port, workers=options.workers)
    err().print(_("Simpul berhenti. Semua yang sudah disimpan tetap ada."))
    return DONE


def address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def ensure_free(host: str, port: int) -> None:
    """Raises Stop with what to do when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(_sentence(error, host, port)) from error


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port %(port)s sudah dipakai program lain, mungkin Simpul yang masih berjalan di jendela lain. "
            "Tutup program itu, atau pilih port lain: --port %(other)s. "
            'Untuk mencoba dengan make: make demo DEMO="--port %(other)s"'
        ) % {"port": port, "other": port + 80 if port + 80 < 65536 else 8080}
    if error.errno == errno.EACCES:
        return (
            _("Port %s hanya boleh dipakai pengelola komputer. Pilih port 1024 ke atas, misalnya --port 8000")
            % port
        )
    return _(
        "Alamat %(host)s tidak ada di komputer ini (%(why)s). Pakai --host 127.0.0.1 atau --host 0.0.0.0"
    ) % {
        "host": host,
        "why": error.strerror,
    }


def ensure_migrated() -> None:
    """Raises Stop when the database is out of reach, or older than this program."""
    try:
        executor = MigrationExecutor(connections["default"])
    except OperationalError as error:
        raise Stop(_("Basis data tidak dapat dihubungi: %s") % str(error).strip()) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Stop(_("Basis data belum siap untuk versi Simpul ini. Jalankan dulu: simpul migrate"))
    connections.close_all()


def ensure_settings_fit() -> None:
    """Raises Stop with Django's own sentences when a setting cannot work."""
    wrong = [message for message in run_checks() if message.is_serious()]
    if wrong:
        raise Stop("\n".join(str(message) for message in wrong))


def serve(host: str, port: int, *, workers: int) -> None:
    """Answer requests until Ctrl-C or the end of the process is asked for; what is under way is finished."""
    # The processes of the server import the settings anew, and from whatever folder.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    # Static files are found in the packages; the folder only has to exist for what an office adds.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # Begun fresh, never forked: the columns of Polars are worked on by threads, which a forked process has lost.
    multiprocessing.set_start_method("spawn", force=True)
    with beside_the_server():
        Granian(
            "simpul.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            # Proxies and browsers speak HTTP/1 to it; without TLS nothing else is used.
            http=HTTPModes.http1,
            workers=workers,
            blocking_threads=THREADS,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
        ).serve()
