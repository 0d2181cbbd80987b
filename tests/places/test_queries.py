from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.places import queries
from simpul.places.models import Region, RegionChange


def village(code, name):
    Region.objects.create(
        code=code,
        name=name,
        level=4,
        parent_id=code[:8],
        search_name=queries.searched(name),
        kind="desa",
        decree="x",
        valid_from=date(2025, 1, 1),
    )


def codes(text, **details):
    return [found.code for found in queries.find(text, **details)]


class TestFind:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("pangke", "21.02.10.2003"),
            ("PANGKE  barat", "21.02.10.2004"),
            ("pangkebarat", "21.02.10.2004"),
            ("pangke karimun", "21.02.10.2003"),
            ("karimun pangke", "21.02.10.2003"),
            ("kab karimun", "21.02"),
            ("kota batam", "21.71"),
            ("kec. meral barat", "21.02.10"),
            ("angke", "21.02.10.2003"),
            ("21.02.10", "21.02.10"),
        ],
    )
    def test_finds_first_what_is_meant(self, regions, text, first):
        assert codes(text)[0] == first

    def test_puts_a_name_that_begins_so_before_one_that_holds_it(self, regions):
        assert codes("merau")[:2] == ["93.01", "93.01.01"]

    def test_puts_the_area_of_the_asker_before_equal_names_elsewhere(self, regions):
        village("93.01.01.2009", "Pangke")
        assert codes("pangke")[0] == codes("pangke", near="21.02")[0] == "21.02.10.2003"
        assert codes("pangke", near="93.01")[0] == "93.01.01.2009"
        assert codes("pangke", near="93.0")[0] == "21.02.10.2003"

    def test_puts_the_area_of_the_asker_before_a_name_elsewhere_that_fits_better(self, regions):
        village("93.01.01.2009", "Pangke")
        village("21.02.10.2009", "Pangke Timur")
        assert codes("pangke", near="21.02")[-1] == "93.01.01.2009"
        assert codes("pangke")[:2] == ["21.02.10.2003", "93.01.01.2009"]

    def test_leaves_out_what_holds_it_inside_a_word_where_a_beginning_fits(self, regions):
        village("93.01.01.2009", "Klumpang Kebun")
        assert codes("pangke") == ["21.02.10.2003", "21.02.10.2004"]
        assert codes("lumpang") == ["93.01.01.2009"]

    def test_finds_a_later_word_of_a_name_and_then_nothing_inside_a_word(self, regions):
        village("93.01.01.2009", "Tanjung Kebun")
        village("93.01.01.2010", "Klumpang-Kebun")
        village("93.01.01.2011", "Perkebunan")
        assert codes("kebun") == ["93.01.01.2010", "93.01.01.2009"]

    def test_shows_everything_above(self, regions):
        assert str(queries.find("pangke")[0]) == "Pangke, Kec. Meral Barat, Kab. Karimun, Kepulauan Riau"

    def test_can_be_held_to_one_level(self, regions):
        assert codes("moro", level=4) == ["21.02.01.1001"]

    @pytest.mark.parametrize("text", ["", "   ", "zzzz", "%", "'; drop table", "‮", "\x00", "x" * 5000])
    def test_finds_nothing_for_nonsense(self, regions, text):
        assert codes(text) == []

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=30))
    def test_never_fails_and_never_repeats(self, regions, text):
        found = codes(text)
        assert len(found) == len(set(found)) <= 10

    def test_asks_few_questions(self, regions, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            queries.find("pangke karimun")

    def test_asks_the_database_for_no_sign_that_it_refuses(self, regions, django_assert_max_num_queries):
        with django_assert_max_num_queries(9) as asked:
            found = queries.find("pang\0ke", near="21.02\0")
        assert [place.code for place in found][:1] == ["21.02.10.2003"]
        assert not any("\0" in one["sql"] for one in asked)


class TestWithChosen:
    def test_keeps_the_chosen_place_in_front_once(self, regions):
        found = queries.find("pangke")
        kept = [place.code for place in queries.with_chosen(found, "21.02.10.2004")]
        assert kept == ["21.02.10.2004", "21.02.10.2003"]

    def test_leaves_all_as_it_is_where_none_is_chosen(self, regions):
        found = queries.find("pangke")
        assert queries.with_chosen(found, "") == queries.with_chosen(found, "77.77") == found


class TestNamed:
    def test_names_a_code(self, regions):
        assert queries.named("21.02").name == "Kab. Karimun"

    @pytest.mark.parametrize(("old", "new"), [("91.01", "93.01"), ("91.01.01", "93.01.01")])
    def test_follows_an_old_code_to_its_successor(self, regions, old, new):
        assert queries.named(old).code == new

    @pytest.mark.parametrize("code", ["", "99", "21.99", "91.01.99", "x"])
    def test_is_nothing_for_an_unknown_code(self, regions, code):
        assert queries.named(code) is None


class TestNamesOf:
    def test_asks_once_for_many(self, regions, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert len(queries.names_of(["21.02.10.2003", "21.71", "21"])) == 3

    def test_never_asks_for_what_a_database_refuses(self, regions, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert queries.names_of(["21\0", "\0"]) == {}


class TestPath:
    def test_gives_the_code_itself_where_nothing_is_known(self, regions):
        assert queries.path("77.77") == "77.77"


class TestIsKnown:
    @pytest.mark.parametrize("code", ["21.02.10", "91.01.01"])
    def test_knows_current_and_old_codes(self, regions, code):
        assert queries.is_known(code)

    def test_does_not_know_an_invented_code(self, regions):
        assert not queries.is_known("99.99.99")

    def test_never_asks_for_what_a_database_refuses(self, regions, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not queries.is_known("21.02\0")


class TestChosen:
    @pytest.mark.parametrize(
        ("code", "kept"), [("", ""), ("21.02", "21.02"), ("91.01", "93.01")], ids=["none", "new", "old"]
    )
    def test_is_todays_code(self, regions, code, kept):
        assert queries.chosen(code) == kept

    def test_refuses_what_is_in_no_list(self, regions):
        with pytest.raises(ValidationError):
            queries.chosen("99.99")


class TestChildrenOf:
    @pytest.mark.parametrize(
        ("area", "codes"),
        [("", ["21", "93"]), ("21", ["21.02", "21.71"]), ("21.02.10", ["21.02.10.2003", "21.02.10.2004"]),
         ("21.02.10.2003", [])],
        ids=["all", "province", "district", "village"],
    )  # fmt: skip
    def test_are_those_one_level_down(self, regions, area, codes):
        assert [region.code for region in queries.children_of(area)] == codes

    @pytest.mark.parametrize(
        ("on", "codes"),
        [
            (None, ["21.02", "21.71"]),
            (date(2027, 1, 1), ["21.02", "21.71"]),
            (date(2026, 12, 31), ["21.02", "21.03"]),
            (date(2020, 1, 1), ["21.02", "21.03"]),
        ],
        ids=["now", "first day of the new", "last day of the old", "before every list"],
    )
    def test_are_those_of_the_day_asked_about(self, regions, on, codes):
        Region.objects.filter(code="21.71").update(valid_from=date(2027, 1, 1))
        about = Region.objects.filter(code="21.02").values("level", "parent_id", "search_name", "kind").get()
        Region.objects.create(
            code="21.03", name="Lama", valid_from=date(2025, 4, 25), valid_to=date(2027, 1, 1), **about
        )
        assert [region.code for region in queries.children_of("21", on)] == codes


class TestCodeList:
    def test_tells_the_decree_and_its_day(self, regions):
        decree, valid_from = regions
        assert queries.code_list() == queries.CodeList(decree, valid_from)

    def test_tells_the_newest_day_where_a_list_kept_older_codes(self, regions):
        Region.objects.filter(code="21.71").update(valid_from=date(2027, 1, 1))
        assert queries.code_list().valid_from == date(2027, 1, 1)

    def test_is_nothing_before_loading(self, db):
        assert queries.code_list() is None
        assert not queries.is_loaded()


class TestSuccessorsOn:
    def test_are_the_codes_that_replaced_those_asked_about_or_what_lies_above_them(self, regions):
        found = queries.successors_on(["91.01", "91.01.01", "91.02", "21.02"], date(2026, 1, 1))
        assert found == {"91.01": "93.01", "91.01.01": "93.01.01"}

    def test_are_none_while_the_old_code_is_in_force(self, regions):
        old = Region.objects.get(code="21.71")
        RegionChange.objects.create(old_code=old.pk, new_code="21.02")
        Region.objects.filter(code=old.pk).update(valid_to=date(2027, 1, 1))
        told = [queries.successors_on([old.pk], on) for on in (date(2026, 12, 31), date(2027, 1, 1))]
        assert told == [{}, {"21.71": "21.02"}]


class TestLiesInOn:
    def found(self, area, on=date(2026, 1, 1)):
        return set(Region.objects.filter(queries.lies_in_on("code", area, on)).values_list("code", flat=True))

    def test_holds_what_is_kept_under_a_code_that_was_replaced(self, regions):
        Region.objects.create(
            code="91.01.01",
            name="Merauke",
            level=3,
            kind="district",
            parent_id="93",
            valid_from=date(2020, 1, 1),
            valid_to=date(2022, 1, 1),
        )
        assert "91.01.01" in self.found("93")
        assert self.found("93.01.01") == {"93.01.01", "91.01.01"}
        assert "91.01.01" not in self.found("91")

    def test_is_everything_without_an_area(self, regions):
        assert self.found("") == set(Region.objects.values_list("code", flat=True))
