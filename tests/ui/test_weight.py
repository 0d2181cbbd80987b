"""What travels to a phone on a weak line. Compressed as the server sends it."""

import gzip
from pathlib import Path

import django_htmx

from simpul import ui

OURS = Path(ui.__file__).parent / "static" / "ui"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-4.min.js"


def travelling(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), compresslevel=6))


class TestWeight:
    def test_of_the_stylesheet_stays_under_20_kb(self):
        # 8 kB is what it needs today with room; 20 kB is the promise.
        assert travelling(OURS / "simpul.css") < 8_192

    def test_of_our_script_stays_under_1_kb(self):
        assert travelling(OURS / "simpul.js") < 1_024

    def test_of_everything_beside_the_page_leaves_half_of_60_kb_to_the_page(self):
        beside = [OURS / "simpul.css", OURS / "simpul.js", OURS / "mark.svg", HTMX]

        assert sum(travelling(path) for path in beside) < 30_000
