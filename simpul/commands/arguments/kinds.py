"""What several commands share: days, numbers, addresses, examples."""

from __future__ import annotations

import argparse
from datetime import date

from simpul.commands.language import LANGUAGES, _

Parser = argparse.ArgumentParser


class AsWritten(argparse.RawDescriptionHelpFormatter):
    """Examples keep their lines."""


def show_examples(made: Parser, examples: list[tuple[str, str]]) -> None:
    """Each a command with its meaning below it; without a command, a remark of its own."""
    lines = [_("contoh:")]
    for words, meaning in examples:
        lines += [f"  {words}"] if words else [""]
        lines += [f"      {meaning}" if words else meaning] if meaning else []
    made.epilog = "\n".join(lines)


def add_language(made: Parser, default: str | None) -> None:
    made.add_argument(
        "--language",
        choices=LANGUAGES,
        default=default,
        help=_("bahasa perintah ini: id atau en (bawaan: id, atau SIMPUL_LANGUAGE)"),
    )


def day(text: str) -> date:
    """A day written as 2026-11-21; argparse shows the sentence of the error."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("%r bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-11-21") % text
        ) from None


def count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("%r bukan bilangan 1 atau lebih") % text)
    return int(text)


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(_("%r bukan nomor port; pilih 1 sampai 65535") % text)
    return int(text)


def add_address(made: Parser) -> None:
    made.add_argument(
        "--host",
        default="127.0.0.1",
        help=_("alamat yang mendengarkan (bawaan: 127.0.0.1, hanya komputer ini)"),
    )
    made.add_argument("--port", type=port, default=8000, help=_("nomor port (bawaan: 8000)"))
