"""Starting Django for a command, with sentences instead of a stack of errors."""

from __future__ import annotations

import importlib
import os
from argparse import Namespace

import django
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError, OperationalError
from django.utils import translation

from simpul.access.keys import KeysUnreadable
from simpul.access.refusal import Refusal
from simpul.commands import language
from simpul.commands.language import _
from simpul.commands.stop import Stop

# Taken from every file and folder made from now on: all rights of the group and of others.
PRIVATE = 0o077


def run(module: str, options: Namespace) -> int:
    """Run a command that needs the settings and the models; refusals of actions become its last sentence."""
    start()
    try:
        # By name, because its models can only be read after Django has started.
        return int(importlib.import_module(module).run(options))
    except Refusal as refusal:
        raise Stop(str(refusal)) from refusal
    except OperationalError as error:
        raise Stop(_("Basis data tidak dapat dipakai: %s") % _database_sentence(error)) from error


def start() -> None:
    """Read the settings and the models. Raises Stop with a sentence when they cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    # Before anything is made: the database, its journal and their folder are for this account alone.
    os.umask(PRIVATE)
    try:
        django.setup()
    except KeysUnreadable as error:
        raise Stop(str(error)) from error
    except PermissionError as error:
        sentence = _("Folder data tidak dapat dibaca atau ditulis: %s. Pilih folder lain dengan SIMPUL_DATA.")
        raise Stop(sentence % error.filename) from error
    except (ValueError, ImproperlyConfigured) as error:
        raise Stop(_("Pengaturan tidak dapat dipakai: %s Lihat docs/settings.md.") % error) from error
    translation.activate(language.chosen())


def _database_sentence(error: DatabaseError) -> str:
    text = str(error).strip().splitlines()[0]
    if "no such table" in text or "does not exist" in text:
        return _("belum disiapkan. Jalankan dulu: simpul migrate")
    return text
