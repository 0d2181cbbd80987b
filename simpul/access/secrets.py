"""Sealed fields: encrypted, and bound to their row and column.

AES-256-GCM with the key's number in front and the field's name and the row's key as associated data,
so that a sealed value copied to another row or column does not open. Layout in bytes:
1 format, 1 key number, 12 nonce, then ciphertext and tag.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Model

from simpul.access.keys import Keyring

FORMAT = 1
NONCE = 12
INDEX_BYTES = 16


class SealBroken(RuntimeError):
    """A sealed value does not open: it was changed, moved to another row, or its key is missing."""

    def __init__(self, context: str) -> None:
        super().__init__(f"The sealed value of {context} does not open. Run 'simpul check --audit'.")


def ring() -> Keyring:
    """The keys as they stand now. A server that runs on must follow when they are rotated beside it."""
    held: Keyring = settings.SIMPUL_KEYS
    return held.lately()


def seal(text: str, context: str) -> bytes:
    keys, nonce = ring(), os.urandom(NONCE)
    cipher = _cipher(keys.derived("seal", keys.active))
    return bytes([FORMAT, keys.active]) + nonce + cipher.encrypt(nonce, text.encode(), context.encode())


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def unseal(sealed: bytes, context: str) -> str:
    """Raises SealBroken when the value was altered, moved, or its key is gone."""
    sealed = bytes(sealed)
    if len(sealed) < 2 + NONCE or sealed[0] != FORMAT:
        raise SealBroken(context)
    try:
        cipher = _cipher(_key_of(sealed[1]))
        return cipher.decrypt(sealed[2 : 2 + NONCE], sealed[2 + NONCE :], context.encode()).decode()
    except (InvalidTag, KeyError) as error:
        raise SealBroken(context) from error


def _key_of(number: int) -> bytes:
    try:
        return ring().derived("seal", number)
    except KeyError:
        # Sealed by another process with a key that it made this very moment.
        keys: Keyring = settings.SIMPUL_KEYS
        return keys.current().derived("seal", number)


def fresh_file_key() -> str:
    """A key for one file, as text, to be kept sealed in the file's row: so a rotation need not touch the file."""
    return AESGCM.generate_key(bit_length=256).hex()


def seal_bytes(data: bytes, context: str, *, file_key: str) -> bytes:
    """Seal what is too large for a column, with a key of its own. Layout: 1 format, 12 nonce, ciphertext and tag."""
    nonce = os.urandom(NONCE)
    return bytes([FORMAT]) + nonce + AESGCM(bytes.fromhex(file_key)).encrypt(nonce, data, context.encode())


def unseal_bytes(sealed: bytes, context: str, *, file_key: str) -> bytes:
    """Raises SealBroken when the bytes were altered, moved, or sealed with another key."""
    if len(sealed) < 1 + NONCE or sealed[0] != FORMAT:
        raise SealBroken(context)
    nonce, held = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return AESGCM(bytes.fromhex(file_key)).decrypt(nonce, held, context.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(context) from error


def is_under_active_key(sealed: bytes) -> bool:
    """Whether a rotation has reached this value, or need not."""
    return bytes(sealed[:2]) == bytes([FORMAT, ring().active])


def blind_index(text: str, context: str) -> bytes:
    """A keyed fingerprint (HMAC-SHA256, 16 bytes) to find an exact value without opening any.

    Keyed, because a NIK has few enough possibilities to be guessed from a plain hash.
    """
    keys = ring()
    message = f"{context}\x1f{text}".encode()
    return hmac.new(keys.derived("index", keys.index), message, hashlib.sha256).digest()[:INDEX_BYTES]


class Sealed:
    """A field that is kept sealed in a binary column: `nik = Sealed("nik_sealed", "person.nik")`.

    None means nothing is kept. With `as_json` any JSON value is kept instead of text. Set it after the
    row has its key: a UUID key has a value from the start. Raises ValueError when it has none.
    """

    def __init__(self, column: str, context: str, *, as_json: bool = False) -> None:
        self.column, self.context, self.as_json = column, context, as_json

    def __get__(self, row: Model | None, owner: type | None = None) -> Any:
        if row is None:
            return self
        held = getattr(row, self.column)
        if held is None:
            return None
        text = unseal(held, self.bound_to(row))
        return json.loads(text) if self.as_json else text

    def __set__(self, row: Model, value: Any) -> None:
        if value is None:
            setattr(row, self.column, None)
            return
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if self.as_json else str(value)
        setattr(row, self.column, seal(text, self.bound_to(row)))

    def empty(self, row: Model) -> None:
        """Destroy what is kept; the column stays filled where it was, because rows may not be without it."""
        if getattr(row, self.column) is not None:
            nothing = "null" if self.as_json else ""
            setattr(row, self.column, seal(nothing, self.bound_to(row)))

    def bound_to(self, row: Model) -> str:
        """The field and the row that the value belongs to, whichever way the key was written."""
        return self.context_of(type(row), row.pk)

    def context_of(self, model: type[Model], pk: Any) -> str:
        if pk is None:
            raise ValueError(f"{self.context} cannot be sealed before its row has a key.")
        return f"{self.context}:{model._meta.pk.to_python(pk)}"


def sealed_fields(model: type[Model]) -> dict[str, Sealed]:
    """Every sealed field of a table, by its name."""
    return {
        name: held
        for part in reversed(model.__mro__)
        for name, held in vars(part).items()
        if isinstance(held, Sealed)
    }
