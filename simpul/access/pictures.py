"""What kind of file some bytes are, and the same file without what it tells beside its picture.

A photograph tells where and when it was taken, with which telephone, and sometimes holds a smaller picture of
what was cut away. Everything is left out that is not needed to show it; what is shown stays as it is, byte by
byte. Of a JPEG only the way up is kept. Formats: ITU-T T.81, Exif 2.32, PNG (W3C, 3rd edition), RFC 9649.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf"}

_PNG_START = b"\x89PNG\r\n\x1a\n"
# What changes how a picture looks; every other chunk may tell something.
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB cICP sBIT bKGD pHYs acTL fcTL fdAT".split())
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH"})
# In the header of a WebP: it says that a colour profile, Exif or XMP follows.
_WEBP_TELLS = 0x20 | 0x08 | 0x04

_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP14, _APP15 = 0xE0, 0xE1, 0xEE, 0xEF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_WAYS_UP = range(1, 9)
# How long the Adobe segment is: version, two flags, and how the colours are stored.
_ADOBE = 12
_JFIF = 14


class Unreadable(ValueError):
    """The bytes begin like a picture, but are cut off or damaged."""


def media_type_of(data: bytes) -> str:
    """Read from the bytes, because a name can say anything; empty for what is not taken here."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(_PNG_START):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return PDF if data.startswith(b"%PDF-") else ""


def without_tracks(data: bytes, media_type: str) -> bytes:
    """The same picture without what it tells beside it; a PDF as it is. Raises Unreadable."""
    clean: dict[str, Callable[[bytes], bytes]] = {JPEG: _jpeg, PNG: _png, WEBP: _webp}
    if media_type not in clean:
        return data
    return clean[media_type](data)


# --- JPEG ---


def _jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    way_up = 1
    for marker, segment in _segments(data):
        if marker == _APP1 and segment.startswith(_EXIF):
            way_up = _way_up(segment[len(_EXIF) :])
        payload = _kept_of(marker, segment)
        if payload is not None:
            kept.append(_segment(marker, payload))
        if marker == _SOS:
            kept.append(segment[_length(segment, 0) :])
    if way_up != 1:
        kept.insert(1 + _has_jfif(kept), _exif_of(way_up))
    return b"".join(kept) + b"\xff\xd9"


def _has_jfif(kept: list[bytes]) -> int:
    return int(len(kept) > 1 and kept[1][:2] == bytes([0xFF, _APP0]))


def _kept_of(marker: int, segment: bytes) -> bytes | None:
    """What of a segment goes on; None for what is left out. Of a scan its header, before the coded picture."""
    if marker == _SOS:
        return segment[2 : _length(segment, 0)]
    if marker == _APP0:
        # Without its small picture, which may show what was cut away.
        return segment[: _JFIF - 2] + b"\x00\x00" if segment.startswith(b"JFIF\x00") else None
    if marker == _APP14 and segment.startswith(b"Adobe"):
        return segment[:_ADOBE]
    return None if _APP0 <= marker <= _APP15 or marker == _COMMENT else segment


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload


def _length(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "big")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment up to the end of the picture; a scan with its own length in front and what is coded after it.

    What stands behind the end (a film, a second picture) is never reached.
    """
    at = 2
    while at + 4 <= len(data) or data[at : at + 2] == b"\xff\xd9":
        if data[at] != 0xFF:
            raise Unreadable
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _EOI:
            return
        if marker in _STANDALONE or marker == _SOI or marker == 0:
            raise Unreadable
        end = at + 2 + _length(data, at + 2)
        if _length(data, at + 2) < 2 or end > len(data):
            raise Unreadable
        if marker == _SOS:
            coded_until = _end_of_scan(data, end)
            yield marker, data[at + 2 : coded_until]
            at = coded_until
        else:
            yield marker, data[at + 4 : end]
            at = end
    raise Unreadable


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the coded picture."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in _STANDALONE:
            at += 2
        else:
            return at
    raise Unreadable


def _way_up(tiff: bytes) -> int:
    """Which side is up, from the first directory of an Exif part; 1, upright, where it does not say."""
    if tiff[:4] not in (b"II*\x00", b"MM\x00*"):
        return 1
    is_little = tiff.startswith(b"II")

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if is_little else "big")

    first = number(4, 4)
    for entry in range(number(first, 2)):
        at = first + 2 + entry * 12
        if at + 12 > len(tiff):
            break
        if number(at, 2) == _ORIENTATION:
            found = number(at + 8, 2)
            return found if found in _WAYS_UP else 1
    return 1


def _exif_of(way_up: int) -> bytes:
    """An Exif part that says which side is up and nothing else."""
    entry = b"".join(
        [_ORIENTATION.to_bytes(2, "big"), b"\x00\x03\x00\x00\x00\x01", way_up.to_bytes(2, "big"), b"\x00\x00"]
    )
    return _segment(_APP1, _EXIF + b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + bytes(4))


# --- PNG and WebP ---


def _png(data: bytes) -> bytes:
    kept, at = [_PNG_START], len(_PNG_START)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind, check = data[at + 4 : at + 8], data[end - 4 : end]
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]).to_bytes(4, "big") != check:
            raise Unreadable
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise Unreadable


def _webp(data: bytes) -> bytes:
    kept, at, whole = [], 12, 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data) + whole % 2:
        raise Unreadable
    while at + 8 <= min(whole, len(data)):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        payload = data[at + 8 : at + 8 + size]
        if len(payload) < size:
            raise Unreadable
        if kind == b"VP8X" and payload:
            payload = bytes([payload[0] & ~_WEBP_TELLS]) + payload[1:]
        if kind in _WEBP_KEPT:
            kept.append(kind + size.to_bytes(4, "little") + payload + b"\x00" * (size % 2))
        at += 8 + size + size % 2
    if not kept:
        raise Unreadable
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
