"""The list of needs that a command was asked to judge by."""

from __future__ import annotations

from simpul.catalogue import editions
from simpul.catalogue.needs import Edition
from simpul.catalogue.tables import CatalogueError
from simpul.commands.language import _
from simpul.commands.stop import USAGE, Stop


def edition_named(code: str | None) -> Edition:
    """The edition of that code, or the usual one. Raises Stop with the codes there are."""
    try:
        edition = editions.get(code) if code else editions.default()
        if edition.is_judgeable:
            return edition
        sentence = _("Daftar %(code)s hanya berisi nama, tanpa aturan. Pakai salah satu: %(known)s.")
        raise Stop(sentence % {"code": edition.code, "known": _judgeable()}, USAGE)
    except KeyError:
        sentence = _("Daftar %(code)s tidak ada. Yang ada: %(known)s.")
        raise Stop(sentence % {"code": code, "known": _judgeable()}, USAGE) from None
    except CatalogueError as error:
        raise Stop(_("Katalog keliru: %s. Jalankan: simpul check --catalogue") % error) from error


def _judgeable() -> str:
    return ", ".join(edition.code for edition in editions.all_editions() if edition.is_judgeable)
