from uuid import UUID

import pytest

from simpul.imports.queries.things_alike import alike_names

KNOWN = UUID(int=1)


class TestAlikeNames:
    @pytest.mark.parametrize(
        ("name", "known"),
        [
            ("Yys. Kasih Bunda", "LKSA Kasih Bunda"),
            ("Yayasan Kasih Bunda", "Yayasan Kasih Bunda Karimun"),
            ("Panti Asuhan Muhammadiyah", "Panti Asuhan Muhamadiyah"),
            ("Karang Taruna RW 01", "RW 01 Karang Taruna"),
        ],
    )
    def test_finds_what_is_written_otherwise(self, name, known):
        assert alike_names(name, {KNOWN: known}) == [KNOWN]

    @pytest.mark.parametrize(
        ("name", "known"),
        [
            ("Yayasan Kasih Bunda", "Yayasan Pelita Hati"),
            ("Karang Taruna RW 01", "Karang Taruna RW 02"),
            ("Yayasan Kasih", "Yayasan Kasih Bunda"),
            ("Panti Sosial", "Lembaga Sosial"),
        ],
    )
    def test_leaves_others_apart(self, name, known):
        assert alike_names(name, {KNOWN: known}) == []

    def test_puts_the_likeliest_first(self):
        others = {UUID(int=2): "Yayasan Muhamadiyah", KNOWN: "LKSA Muhammadiyah"}
        assert alike_names("Panti Asuhan Muhammadiyah", others) == [KNOWN, UUID(int=2)]
