from uuid import uuid4

import pytest

from simpul.organisations.queries.part_checks import PartWrong, checked
from simpul.organisations.queries.parts import PARTS, values_of
from tests.organisations.changing import ON, ROW_OF, other_values
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    few_regions()
    return organisation(region="21.02.10")


def row_with(part, **details):
    return {"rows": [ROW_OF[part](**details)]}


def certified(**details):
    kept = {"name": "Konselor", "number": "7", "issuer": "LSP", "issued_on": "2020-01-02", "valid_to": None}
    return row_with("staff", certificates=[{**kept, **details}])


class TestChecked:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_what_was_kept_is_kept_the_same_again(self, body, part):
        once = checked(body, part, other_values(part), on=ON)
        assert checked(body, part, once, on=ON) == once

    @pytest.mark.parametrize("part", [code for code, part in PARTS.items() if not part.is_list])
    def test_what_is_not_told_stays_as_it_is(self, body, part):
        assert checked(body, part, {}, on=ON) == values_of(body, part)

    @pytest.mark.parametrize(
        ("part", "values", "field", "words"),
        [
            ("identity", {"name": "  "}, "name", "belum diisi"),
            ("identity", {"name": "x" * 201}, "name", "terlalu panjang"),
            ("identity", {"kind": "bank"}, "kind", "pilih salah satu"),
            ("identity", {"region": "77.01"}, "region", "tidak dikenal"),
            ("identity", {"region": ""}, "region", "belum diisi"),
            ("identity", {"founded_year": 2027}, "founded_year", "antara 1800 dan 2026"),
            ("identity", {"founded_year": "tua"}, "founded_year", "antara 1800 dan 2026"),
            ("identity", {"email": "kantor"}, "email", "tidak lengkap"),
            ("identity", {"website": "javascript:alert(1)"}, "website", "tidak lengkap"),
            ("identity", {"latitude": "91", "longitude": "1"}, "latitude", "derajat"),
            ("identity", {"latitude": "nan", "longitude": "1"}, "latitude", "derajat"),
            ("identity", {"latitude": "1"}, "longitude", "keduanya"),
            ("identity", {"parent": str(uuid4())}, "parent", "tidak ditemukan"),
            ("purpose", {"goals": [{"kind": "profit", "words": "Untung"}]}, "goals", "jenis tujuan"),
            ("legal", {"deed_on": "2026-11-22"}, "deed_on", "belum tiba"),
            ("legal", {"approval_on": "2999-01-01"}, "approval_on", "belum tiba"),
            ("legal", {"deed_on": "2026-02-30"}, "deed_on", "tidak ada di kalender"),
            ("legal", {"npwp": "12345678901234"}, "npwp", "15 atau 16 angka"),
            ("legal", {"npwp": "12345678901234567"}, "npwp", "15 atau 16 angka"),
            ("legal", {"nib": "123456789012"}, "nib", "13 angka"),
            ("service", {"need_types": ["XYZ"]}, "need_types", "XYZ"),
            ("service", {"service_systems": ["hotel"]}, "service_systems", "hotel"),
            ("service", {"capacity": -1}, "capacity", "kurang dari nol"),
            ("service", {"capacity": "banyak"}, "capacity", "angka saja"),
            ("service", {"capacity": 10**9}, "capacity", "terlalu besar"),
            ("service", {"yearly_budget": 9, "yearly_own_income": 10}, "yearly_own_income", "lebih besar"),
            ("officers", row_with("officers", since="2020-01-02", until="2020-01-01"), "until", "mendahului"),
            ("officers", row_with("officers", unit="kitchen"), "unit", "pilih salah satu"),
            ("officers", row_with("officers", name=""), "name", "belum diisi"),
            ("officers", row_with("officers", id="x"), "", "tidak lengkap"),
            ("staff", row_with("staff", profession="wizard"), "profession", "pilih salah satu"),
            ("staff", certified(name=""), "certificates", "nama sertifikat"),
            ("staff", certified(issued_on="2027-01-01"), "certificates", "belum tiba"),
            ("staff", certified(valid_to="2020-01-01"), "certificates", "habis sebelum terbit"),
            ("facilities", row_with("facilities", amount=0), "amount", "paling sedikit satu"),
            ("facilities", row_with("facilities", amount=-2), "amount", "kurang dari nol"),
            ("area", row_with("area", code="99.99"), "code", "tidak dikenal"),
            ("area", row_with("area", since="2027-01-01"), "since", "setelah layanannya mulai"),
            ("accounts", row_with("accounts", number=" "), "number", "belum diisi"),
            ("secrets", {}, "", "tidak dikenal"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )  # fmt: skip
    def test_refuses_what_cannot_be_and_names_the_field(self, body, part, values, field, words):
        with pytest.raises(PartWrong, match=words) as refusal:
            checked(body, part, values, on=ON)
        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("part", "field", "typed", "kept"),
        [
            ("legal", "npwp", "01.234.567.8-901.000", "012345678901000"),
            ("legal", "deed_on", "2026-11-21", "2026-11-21"),
            ("identity", "name", "  LKS   Baru ", "LKS Baru"),
            ("identity", "website", "lembaga.or.id", "https://lembaga.or.id"),
            ("identity", "region", "91.01", "93.01"),
            ("service", "need_types", ["PD", "LUT", "PD"], ["LUT", "PD"]),
            ("service", "is_direct", False, False),
            ("service", "capacity", "0", 0),
        ],
    )
    def test_keeps_what_was_meant(self, body, part, field, typed, kept):
        assert checked(body, part, {field: typed}, on=ON)[field] == kept

    def test_no_body_stands_above_itself(self, body):
        child = organisation(name="LKS Cabang", region="21.02.10", parent=body)
        grandchild = organisation(name="LKS Ranting", region="21.02.10", parent=child)
        for above in (body, child, grandchild):
            with pytest.raises(PartWrong, match="dirinya sendiri"):
                checked(body, "identity", {"parent": str(above.pk)}, on=ON)

    def test_the_same_place_is_not_served_twice(self, body):
        rows = [ROW_OF["area"](), ROW_OF["area"]()]
        with pytest.raises(PartWrong, match="sudah ada di daftar"):
            checked(body, "area", {"rows": rows}, on=ON)

    def test_what_an_older_list_named_is_not_refused_later(self, body):
        body.need_types = ["OLD"]
        assert checked(body, "service", {"need_types": ["OLD"]}, on=ON)["need_types"] == ["OLD"]
