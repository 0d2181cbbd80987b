"""`python -m simpul` is the same as `simpul`."""

import sys

from simpul.commands import main

# The processes that the web server starts read this file again under another name.
if __name__ == "__main__":
    sys.exit(main())
