"""Settings for tests: a data folder of their own, a fast password hasher, plain static files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-tests-")
atexit.register(shutil.rmtree, os.environ["SIMPUL_DATA"], ignore_errors=True)
os.environ.pop("SIMPUL_KEYS", None)
# Playwright keeps an event loop in the thread of the tests; Django must not take it for a server's.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from simpul.config.settings import *  # noqa: F403
from simpul.config.settings import DATA, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A file, not memory: the live server and the tests are two threads with a connection each.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "tests.sqlite3")}
    # Nothing in it outlives the tests, so it need not reach the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
