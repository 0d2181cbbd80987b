import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.access.pictures import JPEG, PDF, PNG, WEBP, Unreadable, media_type_of, without_tracks

GPS = b"GPSLatitude 1.0456 N, 103.4021 E"
CAMERA = b"Telepon Ibu Siti 2026:11:20 08:11:02"
TABLES = b"\xff\xdb\x00\x43\x00" + bytes(range(64))
FRAME = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
# With a stuffed FF, a restart marker and filling inside, as real coded pictures have.
CODED = b"\x12\x34\xff\x00\x56\xff\xd0\x78\x9a\xff\x00"
JFIF = b"JFIF\x00\x01\x02\x00\x00\x48\x00\x48"


def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def exif(way_up=None, order="MM"):
    """An Exif part as cameras write it: maker, way up, and a place."""
    mark = ">" if order == "MM" else "<"
    entries = [struct.pack(f"{mark}HHII", 0x010F, 2, len(CAMERA), 200)]
    if way_up is not None:
        entries.append(struct.pack(f"{mark}HHIHH", 0x0112, 3, 1, way_up, 0))
    entries.append(struct.pack(f"{mark}HHII", 0x8825, 4, 1, 300))
    head = order.encode() + struct.pack(f"{mark}HI", 42, 8) + struct.pack(f"{mark}H", len(entries))
    return b"Exif\x00\x00" + head + b"".join(entries) + bytes(4) + CAMERA + GPS


def jpeg(*extra, before=b"", after=b""):
    return b"\xff\xd8" + before + b"".join(extra) + TABLES + FRAME + SCAN + CODED + b"\xff\xd9" + after


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PIXELS = chunk(b"IDAT", zlib.compress(bytes(17 * 16)))
PNG_START = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0))


def webp_chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def webp(*chunks):
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


class TestMediaTypeOf:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (jpeg(), JPEG),
            (PNG_START, PNG),
            (webp(webp_chunk(b"VP8 ", b"x")), WEBP),
            (b"%PDF-1.7\n", PDF),
            (b"<svg onload=alert(1)>", ""),
            (b"MZ\x90", ""),
            (b"RIFF\x00\x00\x00\x00WAVE", ""),
            (b"", ""),
        ],
        ids=["jpeg", "png", "webp", "pdf", "svg", "program", "sound", "nothing"],
    )
    def test_reads_the_bytes(self, data, kind):
        assert media_type_of(data) == kind


class TestWithoutTracks:
    @given(
        extra=st.lists(
            st.tuples(
                st.sampled_from([0xFE, *range(0xE0, 0xF0)]),
                st.sampled_from(
                    [exif(), b"http://ns.adobe.com/xap/1.0/\x00" + GPS, GPS, b"JFXX\x00" + CAMERA]
                ),
                st.binary(max_size=40),
            ),
            max_size=6,
        ),
        behind=st.binary(max_size=40),
    )
    def test_a_photograph_loses_its_place_and_no_pixel(self, extra, behind):
        parts = [segment(marker, payload + noise) for marker, payload, noise in extra]
        clean = without_tracks(jpeg(*parts, after=behind + GPS), JPEG)
        assert GPS not in clean
        assert CAMERA not in clean
        assert clean == jpeg()
        assert without_tracks(clean, JPEG) == clean

    @pytest.mark.parametrize("order", ["MM", "II"])
    @pytest.mark.parametrize("way_up", [2, 3, 6, 8])
    def test_keeps_which_side_is_up_and_nothing_else_of_it(self, order, way_up):
        clean = without_tracks(
            jpeg(segment(0xE0, JFIF + b"\x00\x00"), segment(0xE1, exif(way_up, order))), JPEG
        )
        kept = segment(
            0xE1, b"Exif\x00\x00MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, way_up, 0, 0)
        )
        assert clean == jpeg(segment(0xE0, JFIF + b"\x00\x00"), kept)
        assert without_tracks(clean, JPEG) == clean

    @pytest.mark.parametrize("way_up", [None, 0, 1, 9, 4711])
    def test_passes_over_a_way_up_that_says_nothing(self, way_up):
        assert without_tracks(jpeg(segment(0xE1, exif(way_up))), JPEG) == jpeg()

    def test_cuts_the_small_picture_and_keeps_how_colours_are_stored(self):
        small = segment(0xE0, JFIF + b"\x01\x01" + GPS)
        adobe = b"Adobe\x00\x64\x00\x00\x00\x00\x02"
        clean = without_tracks(jpeg(small, segment(0xEE, adobe + GPS)), JPEG)
        assert clean == jpeg(segment(0xE0, JFIF + b"\x00\x00"), segment(0xEE, adobe))

    def test_keeps_every_scan_of_a_photograph_that_comes_in_steps(self):
        step = segment(0xC4, bytes(20)) + SCAN + CODED
        whole = jpeg()[:-2] + step + step + b"\xff\xd9"
        told = jpeg()[:-2] + segment(0xFE, GPS) + step + segment(0xE1, exif()) + step + b"\xff\xd9"
        assert without_tracks(told, JPEG) == whole

    @given(cut=st.integers(min_value=3, max_value=len(jpeg()) - 1))
    def test_refuses_a_photograph_that_is_cut_off(self, cut):
        with pytest.raises(Unreadable):
            without_tracks(jpeg()[:cut], JPEG)

    @given(noise=st.binary(max_size=300))
    def test_refuses_or_cleans_whatever_comes(self, noise):
        for start, kind in ((b"\xff\xd8\xff", JPEG), (PNG_START, PNG), (b"RIFF\x40\x00\x00\x00WEBP", WEBP)):
            try:
                clean = without_tracks(start + noise, kind)
            except Unreadable:
                continue
            assert media_type_of(clean) == kind

    @pytest.mark.parametrize("kind", [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"iCCP", b"caBX", b"prVt"])
    def test_a_png_keeps_its_pixels_only(self, kind):
        told = PNG_START + chunk(kind, GPS) + PIXELS + chunk(kind, CAMERA) + chunk(b"IEND", b"") + GPS
        assert without_tracks(told, PNG) == PNG_START + PIXELS + chunk(b"IEND", b"")

    def test_refuses_a_png_with_a_wrong_check(self):
        broken = bytearray(PNG_START + PIXELS + chunk(b"IEND", b""))
        broken[len(PNG_START) + 10] ^= 1
        with pytest.raises(Unreadable):
            without_tracks(bytes(broken), PNG)

    def test_a_webp_loses_what_it_tells_and_says_so_in_its_header(self):
        size = bytes(9)
        told = webp(
            webp_chunk(b"VP8X", bytes([0x10 | 0x2C]) + size), webp_chunk(b"ICCP", CAMERA),
            webp_chunk(b"VP8L", b"pixel"), webp_chunk(b"EXIF", GPS), webp_chunk(b"XMP ", GPS),
        )  # fmt: skip
        clean = webp(webp_chunk(b"VP8X", bytes([0x10]) + size), webp_chunk(b"VP8L", b"pixel"))
        assert without_tracks(told + GPS, WEBP) == clean

    def test_leaves_a_pdf_as_it_is(self):
        assert without_tracks(b"%PDF-1.7 /Author (Siti)", PDF) == b"%PDF-1.7 /Author (Siti)"
