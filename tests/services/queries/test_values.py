from __future__ import annotations

import pytest

from simpul.services.queries.parts import PARTS
from simpul.services.queries.values import ValueWrong, checked, said
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import VILLAGE, a_service

pytestmark = pytest.mark.django_db


def kept(part, service=None, **values):
    return checked(service or a_service(), PARTS[part], values)


class TestChecked:
    @pytest.mark.parametrize(
        ("part", "values", "field"),
        [
            ("what", {"name": ""}, "name"),
            ("what", {"name": "a" * 201}, "name"),
            ("what", {"setting": "castle"}, "setting"),
            ("found", {"situations": ["hungry"]}, "situations"),
            ("whom", {"age_from": "60", "age_to": "17"}, "age_to"),
            ("whom", {"age_from": "121"}, "age_from"),
            ("whom", {"age_from": "-1"}, "age_from"),
            ("whom", {"sex": "X"}, "sex"),
            ("rule", {"rule": "nobody"}, "rule"),
            ("cost", {"cost": "free", "cost_amount": "5000"}, "cost_amount"),
            ("cost", {"cost": ""}, "cost"),
            ("bring", {"papers": "KTP\n" + "x" * 2001}, "papers"),
            ("bring", {"papers": [str(number) for number in range(31)]}, "papers"),
            ("contact", {"phone": "telepon saja"}, "phone"),
            ("contact", {"email": "kantor"}, "email"),
            ("contact", {"website": "javascript:alert(1)"}, "website"),
            ("room", {"capacity": "banyak"}, "capacity"),
        ],
        ids=range(17),
    )
    def test_names_the_field_that_cannot_be_so(self, part, values, field):
        with pytest.raises(ValueWrong) as refused:
            kept(part, **values)
        assert refused.value.field == field

    def test_keeps_lists_in_the_order_of_the_catalogue_and_lines_once(self):
        assert kept("found", situations=["sick", "hurt_at_home"])["situations"] == ["hurt_at_home", "sick"]
        assert kept("bring", papers=" KTP \n\nKK\nKTP")["papers"] == ["KTP", "KK"]

    def test_keeps_what_came_with_an_import(self):
        service = a_service(languages=["qaa"], kind="from_elsewhere")
        assert kept("access", service, languages=["id", "qaa"])["languages"] == ["id", "qaa"]
        assert kept("what", service, about="Baru")["kind"] == "from_elsewhere"

    def test_completes_an_address_of_a_site(self):
        assert kept("contact", website="lembaga.or.id")["website"] == "https://lembaga.or.id"

    def test_does_not_let_room_and_capacity_contradict_each_other(self):
        with pytest.raises(ValueWrong, match="melebihi"):
            kept("room", a_service(capacity=10, free=5), capacity="4")

    def test_keeps_every_open_word_of_a_secret_body_from_leading_there(self):
        few_regions()
        house = organisation(name="Rumah Teduh", region=VILLAGE, is_address_secret=True)
        for part, field in (
            ("bring", "procedure"),
            ("bring", "papers"),
            ("contact", "alert"),
            ("cost", "cost_words"),
        ):
            with pytest.raises(ValueWrong, match="dirahasiakan") as refused:
                kept(part, a_service(house), **{field: "Surat dari Pangke Barat"})
            assert refused.value.field == field


class TestRuleWords:
    def test_are_written_where_nobody_did(self):
        assert kept("rule", rule="is_elderly")["rule_words"] == "Lanjut usia, 60 tahun atau lebih"

    def test_follow_the_rule_as_long_as_nobody_wrote_their_own(self):
        service = a_service(rule="is_elderly", rule_words="Lanjut usia, 60 tahun atau lebih")
        assert kept("rule", service, rule="is_child")["rule_words"] == "Anak, di bawah 18 tahun"

    def test_stay_where_somebody_wrote_their_own(self):
        service = a_service(rule="is_elderly", rule_words="Bagi kakek dan nenek.")
        assert kept("rule", service, rule="is_child")["rule_words"] == "Bagi kakek dan nenek."


class TestSaid:
    @pytest.mark.parametrize(
        ("part", "field", "value", "words"),
        [
            ("what", "kind", "food", ("Pangan",)),
            ("found", "situations", ["sick"], ("Sakit dan tidak mampu berobat",)),
            ("cost", "cost_amount", 25000, ("Rp25.000",)),
            ("room", "capacity", 1200, ("1.200",)),
            ("room", "takes_referrals", True, ("ya",)),
            ("what", "about", "Satu\nDua", ("Satu", "Dua")),
            ("what", "about", "", ()),
        ],
        ids=range(7),
    )
    def test_says_a_value_in_words(self, part, field, value, words):
        assert said(PARTS[part].field(field), value) == words
