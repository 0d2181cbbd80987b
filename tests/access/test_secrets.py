from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.access import keys
from simpul.access.keys import Keyring
from simpul.access.secrets import (
    SealBroken,
    blind_index,
    fresh_file_key,
    is_under_active_key,
    seal,
    seal_bytes,
    sealed_fields,
    unseal,
    unseal_bytes,
)

NIK = "2102014107540001"


class TestSeal:
    @given(text=st.text(), context=st.text(max_size=40))
    def test_gives_back_what_was_sealed(self, text: str, context: str) -> None:
        try:
            text.encode(), context.encode()
        except UnicodeEncodeError:
            return
        assert unseal(seal(text, context), context) == text

    def test_hides_the_text_and_never_seals_alike_twice(self) -> None:
        once, again = seal(NIK, "person.nik:1"), seal(NIK, "person.nik:1")
        assert NIK.encode() not in once
        assert once != again

    @pytest.mark.parametrize("context", ["person.nik:2", "person.kk:1", ""])
    def test_is_bound_to_its_row_and_column(self, context: str) -> None:
        with pytest.raises(SealBroken):
            unseal(seal(NIK, "person.nik:1"), context)

    def test_breaks_when_any_byte_is_changed(self) -> None:
        sealed = seal("HIV", "fact.value:1")
        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises(SealBroken):
                unseal(bytes(changed), "fact.value:1")

    @pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01\x01" + bytes(11), b"terang saja, tanpa segel"])
    def test_breaks_when_it_never_was_one(self, broken: bytes) -> None:
        with pytest.raises(SealBroken):
            unseal(broken, "fact.value:1")

    def test_opens_what_another_process_sealed_with_a_key_of_this_moment(self, own_keys: Keyring) -> None:
        before = own_keys.lately()
        own_keys.rotated().write()
        sealed = seal("HIV", "fact.value:1")
        keys._read[own_keys.path] = (), before, time.monotonic()

        assert (sealed[1], unseal(sealed, "fact.value:1")) == (2, "HIV")


class TestSealBytes:
    @given(data=st.binary(max_size=200), context=st.text(st.characters(codec="utf-8"), max_size=20))
    def test_gives_back_what_was_sealed(self, data: bytes, context: str) -> None:
        key = fresh_file_key()
        assert unseal_bytes(seal_bytes(data, context, file_key=key), context, file_key=key) == data

    def test_hides_the_bytes_and_never_seals_alike_twice(self) -> None:
        key = fresh_file_key()
        once, again = (seal_bytes(b"foto rumah", "attachment.file:1", file_key=key) for _ in range(2))
        assert b"foto" not in once
        assert once != again
        assert key != fresh_file_key()

    def test_is_bound_to_its_row_and_its_key(self) -> None:
        key = fresh_file_key()
        sealed = seal_bytes(b"foto", "attachment.file:1", file_key=key)
        for context, other in (("attachment.file:2", key), ("attachment.file:1", fresh_file_key())):
            with pytest.raises(SealBroken):
                unseal_bytes(sealed, context, file_key=other)

    def test_breaks_when_any_byte_is_changed_or_missing(self) -> None:
        key = fresh_file_key()
        sealed = seal_bytes(b"foto", "attachment.file:1", file_key=key)
        changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
        for broken in (*changed, sealed[:-1], sealed[:5], b""):
            with pytest.raises(SealBroken):
                unseal_bytes(broken, "attachment.file:1", file_key=key)


class TestBlindIndex:
    def test_finds_the_same_value_and_hides_it(self) -> None:
        assert blind_index(NIK, "nik") == blind_index(NIK, "nik")
        assert len({blind_index(NIK, "nik"), blind_index(NIK, "kk"), blind_index(NIK[:-1] + "2", "nik")}) == 3

    def test_stays_when_the_keys_are_rotated(self, own_keys: Keyring) -> None:
        before = blind_index(NIK, "nik")
        own_keys.rotated().write()
        assert own_keys.current().active == 2
        assert blind_index(NIK, "nik") == before

    def test_depends_on_the_keys(self, own_keys: Keyring, settings: Any, tmp_path: Any) -> None:
        before = blind_index(NIK, "nik")
        settings.SIMPUL_KEYS = Keyring.at(tmp_path / "other.json")
        assert blind_index(NIK, "nik") != before


class TestSealed:
    def test_keeps_text_and_json_of_a_row(self, note: Any) -> None:
        row = note(about="a")
        row.text, row.facts = NIK, {"born": "1954-03-01", "poor": None, "count": 3}
        row.save()

        found = note._base_manager.get()
        assert (found.text, found.facts) == (NIK, {"born": "1954-03-01", "poor": None, "count": 3})

    def test_keeps_nothing_for_none(self, note: Any) -> None:
        row = note()
        row.text = NIK
        row.text = None
        assert (row.text, row.text_sealed) == (None, None)

    def test_does_not_open_in_another_row_or_column(self, note: Any) -> None:
        one, other = note(), note()
        one.text = NIK
        other.text_sealed = one.facts_sealed = one.text_sealed
        for read in (lambda: other.text, lambda: one.facts):
            with pytest.raises(SealBroken):
                read()

    def test_knows_its_row_however_the_key_is_written(self, note: Any) -> None:
        key = UUID("7F3B1C9E-0000-4000-8000-00000000000A")
        row = note(id=str(key).upper())
        row.text = NIK
        assert note(id=key, text_sealed=row.text_sealed).text == NIK

    def test_cannot_be_bound_to_a_row_without_a_key(self, note: Any) -> None:
        with pytest.raises(ValueError, match="before its row has a key"):
            note(id=None).text = NIK

    def test_opens_after_the_keys_are_rotated_beside_us(self, note: Any, own_keys: Keyring) -> None:
        row = note()
        row.text = NIK
        own_keys.rotated().write()

        assert row.text == NIK
        assert not is_under_active_key(row.text_sealed)
        row.text = NIK
        assert is_under_active_key(row.text_sealed)


class TestSealedFields:
    def test_names_them_all(self, note: Any) -> None:
        assert {name: field.column for name, field in sealed_fields(note).items()} == {
            "text": "text_sealed",
            "facts": "facts_sealed",
        }
