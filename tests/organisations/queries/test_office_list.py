from datetime import date, timedelta

import pytest
from django.db import connection

from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_list import everywhere, lines_of, listed
from simpul.organisations.queries.papers_days import last_day_told
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, certificate, flag, paper, registered

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def found(**asked):
    return [row.name for row in listed(everywhere(), Asked(**asked), ON)]


def body(name="LKS Muara", **details):
    return organisation(name=name, **details)


class TestListed:
    @pytest.mark.parametrize(
        ("asked", "has"),
        [
            ({"kind": "forum"}, {"kind": "forum"}),
            ({"type": "B"}, {"confirmed_type": "B"}),
            ({"level": "village"}, {"level": "village"}),
            ({"need": "lansia"}, {"need_types": ["anak", "lansia"]}),
            ({"text": "TUNAS karimun"}, {"name": "Panti Tunas", "short_name": "Karimun"}),
            ({"state": "tutup"}, {"is_closed": True}),
        ],
        ids=["kind", "type", "level", "need", "text", "state"],
    )
    def test_narrows_by_what_a_body_is(self, asked, has):
        body("LKS Lain", kind="lks", need_types=["lansia_telantar"])
        wanted = body(**has)
        assert found(**asked) == [wanted.name]

    def test_does_not_take_part_of_a_code_for_the_code(self):
        body(need_types=["lansia_telantar"])
        assert found(need="lansia") == []

    @pytest.mark.parametrize("kind", ["registration", "accreditation"])
    def test_knows_certificates_on_their_last_day_and_no_longer(self, kind):
        field = "registered" if kind == "registration" else "accredited"
        certificate(body("Hari ini"), kind, on=ON, days=0)
        certificate(body("Kemarin"), kind, on=ON, days=-1)
        certificate(body("Dicabut"), kind, on=ON, state="withdrawn")
        assert found(**{field: "ya"}) == ["Hari ini"]
        assert found(**{field: "tidak"}) == ["Dicabut", "Kemarin"]

    def test_takes_the_licence_of_a_foreign_body_for_its_registration(self):
        certificate(body(kind="foreign_lks"), "licence", on=ON)
        assert found(registered="ya") == ["LKS Muara"]

    def test_does_not_say_of_an_office_of_the_state_that_it_is_not_registered(self):
        body("Dinas", kind="dinas")
        assert found(registered="tidak") == []

    def test_says_ending_soon_only_where_nothing_holds_longer(self):
        edge = (last_day_told(ON) - ON).days
        registered(body("Segera"), on=ON, days=edge)
        registered(body("Nanti"), on=ON, days=edge + 1)
        twice = body("Diperpanjang")
        registered(twice, on=ON, days=1)
        registered(twice, on=ON, days=900)
        assert found(registered="habis") == ["Segera"]

    def test_tells_papers_that_have_ended_from_those_that_will(self):
        on = {"at_day": ON}
        paper(body("Habis"), days=-1, **on)
        paper(body("Segera"), days=0, **on)
        paper(body("Lama"), days=800, **on)
        assert (found(papers="habis"), found(papers="segera")) == (["Habis"], ["Segera"])

    def test_forgets_a_flag_that_was_lifted_or_has_ended(self):
        flag(body("Berlaku"), on=ON, until=ON)
        flag(body("Selesai"), on=ON - timedelta(9), until=ON - timedelta(1))
        flag(body("Dicabut"), on=ON, lifted_on=ON)
        assert found(is_flagged=True) == ["Berlaku"]

    @pytest.mark.parametrize(
        ("sort", "names"),
        [("", ["A", "B", "C"]), ("wilayah", ["C", "B", "A"]), ("tipe", ["B", "A", "C"]), ("berakhir", ["C", "A", "B"])],
    )  # fmt: skip
    def test_orders_as_asked(self, sort, names):
        registered(body("A", region="93", confirmed_type="D"), on=ON, days=9)
        body("B", region="21.71", confirmed_type="A")
        registered(body("C", region="21.02"), on=ON, days=3)
        assert found(sort=sort) == names

    def test_reads_a_list_of_needs_the_same_in_text(self, monkeypatch):
        body(need_types=["anak", "lansia"])
        monkeypatch.setattr(connection.features, "supports_json_field_contains", False)
        assert found(need="lansia") == ["LKS Muara"]

    def test_stand_in_the_order_of_the_places_that_are_shown(self):
        body("Z Meral", region="21.02.10")
        body("Rumah Teduh", region="21.02.10.2003", is_address_secret=True)
        body("Y Moro", region="21.02.01")
        body("Kab", region="21.02")
        assert found(sort="wilayah") == ["Kab", "Rumah Teduh", "Y Moro", "Z Meral"]

    @pytest.mark.parametrize(
        "secret", [{"is_address_secret": True}, {"kind": "family"}], ids=["house", "home"]
    )
    def test_find_a_secret_place_no_closer_than_its_regency(self, secret):
        body("Rumah Teduh", region="21.02.10.2003", **secret)
        assert found(area="21.02") == found(area="21.02", is_exact=True) == ["Rumah Teduh"]
        assert found(area="21.02.10") == found(area="21.02.10.2003") == []


class TestLinesOf:
    def test_take_the_certificate_that_holds_longest(self):
        one = body()
        registered(one, on=ON, days=5)
        longest = registered(one, on=ON, days=50)
        (line,) = lines_of([one], ON)
        assert line.registered == longest
        assert line.accredited is None

    def test_ask_as_many_questions_for_many(self, django_assert_num_queries):
        rows = [body(f"LKS {number}") for number in range(20)]
        for row in rows:
            accredited(row, on=ON)
        with django_assert_num_queries(2):
            assert all(line.accredited for line in lines_of(rows, ON, with_flags=True))

    def test_say_the_grade_and_the_rules_in_the_words_of_the_certificate(self):
        words = [
            {"label": "Peringkat", "text": "Baik sekali"},
            {"label": "Menurut", "text": "Permensos 1/2025"},
        ]
        accredited(body(), on=ON, grade="baik-sekali", words=words)
        (line,) = lines_of(everywhere(), ON)
        assert (line.grade, line.scheme) == ("Baik sekali", "Permensos 1/2025")

    def test_say_the_code_of_a_grade_that_no_certificate_words(self):
        accredited(body(), on=ON, grade="A")
        (line,) = lines_of(everywhere(), ON)
        assert (line.grade, line.scheme) == ("A", "")
