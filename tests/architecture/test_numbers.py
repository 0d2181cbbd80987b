"""The numbers of the product stay within their limits (tools/limits.toml)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


# The gates of `make check` ask the same; here it takes as long as a hundred other tests.
@pytest.mark.slow
def test_no_number_is_over_its_limit_or_worse_than_its_best():
    told = subprocess.run(
        [sys.executable, ROOT / "tools" / "limits.py"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
