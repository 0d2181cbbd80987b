"""Write the hashed locks anew from pyproject.toml: for running, for developers, for the benchmarks.

The locks hold names, versions and hashes, and no address of any package host: they work with whichever the machine uses.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["--extra", "pg"],
    "requirements-dev.lock": ["--extra", "pg", "--group", "dev"],
    "requirements-bench.lock": ["--extra", "pg", "--group", "dev", "--group", "bench"],
}
COMPILE = [
    str(Path(sys.executable).parent / "uv"),
    *[
        "pip",
        "compile",
        "--quiet",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
    ],
    *["--no-header", "--no-emit-index-url", "--no-emit-find-links"],
]


def main() -> int:
    for name, wanted in LOCKS.items():
        subprocess.run([*COMPILE, *wanted, "--output-file", name, *sys.argv[1:]], cwd=PROJECT, check=True)
        if "://" in (PROJECT / name).read_text(encoding="utf-8"):
            print(f"{name} holds an address. Do not commit it.", file=sys.stderr)
            return 1
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
