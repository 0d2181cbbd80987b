"""Make `simpul` known to the environment that runs this: the folder on its path, and the command `simpul`.

What an editable installation does, but without building anything, so it needs no build tool and no network.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
COMMAND = """#!{python}
import sys

from simpul.commands import main

# The processes that the web server starts read this file again under another name.
if __name__ == "__main__":
    sys.exit(main())
"""


def main() -> None:
    packages = Path(sysconfig.get_path("purelib"))
    (packages / "simpul.pth").write_text(f"{PROJECT}\n", encoding="utf-8")
    command = Path(sys.executable).parent / "simpul"
    command.write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    main()
