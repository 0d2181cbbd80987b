from dataclasses import fields

import pytest

from simpul.organisations.queries.office_asked import Asked


class TestAsked:
    def test_stands_in_an_address_without_what_was_not_asked(self):
        assert Asked(area="21.02", is_exact=True, text="a&b").address == "wilayah=21.02&tepat=ya&cari=a%26b"
        assert Asked().address == ""

    @pytest.mark.parametrize("name", [field.name for field in fields(Asked)])
    def test_has_a_name_in_the_address_for_each_thing(self, name):
        value = True if name.startswith("is_") else "x"
        assert len(Asked().but(**{name: value}).pairs) == 1

    def test_tells_the_record_nothing_that_was_typed(self):
        told = Asked(kind="lks", text="Bu Melati").told
        assert "Melati" not in told
        assert "jenis=lks" in told
