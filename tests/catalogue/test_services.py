from __future__ import annotations

import pytest

from simpul.catalogue import casework, editions, services
from simpul.catalogue.services.reader import (
    read_accesses,
    read_emergencies,
    read_norms,
    read_situations,
    read_zones,
)
from simpul.catalogue.tables import VERIFIED, CatalogueError
from simpul.catalogue.words import hurtful_in

LISTS = {
    "situations": services.situations,
    "accesses": services.accesses,
    "emergencies": services.emergencies,
}


class TestLists:
    @pytest.mark.parametrize("name", LISTS)
    def test_tell_source_and_certainty_and_hurt_nobody(self, name):
        for entry in LISTS[name]():
            assert entry.source
            assert entry.verified in VERIFIED
            for language in ("id", "en"):
                words = f"{entry.title.in_language(language)} {entry.about.in_language(language)}"
                assert not list(hurtful_in(words, language))


class TestSituations:
    def test_lead_only_to_kinds_types_and_numbers_that_are_there(self):
        kinds = {kind.code for kind in casework.service_kinds()}
        types = {need.code for need in editions.get(services.need_edition()).types}
        numbers = {number.code for number in services.emergencies()}
        for found in services.situations():
            assert set(found.service_kinds) <= kinds
            assert set(found.need_types) <= types
            assert set(found.numbers) <= numbers

    def test_forget_no_type_of_need_and_no_kind_of_help(self):
        named = {code for found in services.situations() for code in found.need_types}
        kinds = {code for found in services.situations() for code in found.service_kinds}
        assert named == {need.code for need in editions.get(services.need_edition()).types}
        assert kinds == {kind.code for kind in casework.service_kinds()} - {"spiritual"}

    def test_put_danger_first_and_keep_violence_out_of_addresses(self):
        urgent = [found.is_emergency for found in services.situations()]
        assert urgent == sorted(urgent, reverse=True)
        for code in ("hurt_at_home", "child_hurt", "forced", "hiv"):
            assert services.situation(code).is_guarded

    def test_are_none_for_an_unknown_code(self):
        assert services.situation("magic") is None


class TestNumbersFor:
    def test_begin_with_the_best_one(self):
        assert [number.dial for number in services.numbers_for(["wants_to_die"])] == ["119", "112"]

    @pytest.mark.parametrize("codes", [[], ["no_food"], ["magic"]], ids=["none", "no numbers", "unknown"])
    def test_are_all_where_nothing_better_is_known(self, codes):
        assert services.numbers_for(codes) == services.emergencies()


class TestSituationsFor:
    def test_fit_the_kind_and_the_types_of_a_service(self):
        codes = {found.code for found in services.situations_for("food", ["LUT"])}
        assert {"no_food", "old_alone"} <= codes
        assert "disaster" not in codes


class TestNorms:
    def test_hold_what_was_ordered(self):
        norms = services.norms()
        assert norms.unconfirmed_days == 90
        assert set(norms.answer_days) == {"emergency", "urgent", "normal"}
        assert norms.answer_days["emergency"] <= norms.answer_days["urgent"] <= norms.answer_days["normal"]


class TestZoneOf:
    @pytest.mark.parametrize(
        ("code", "hours"),
        [("21.02", 7), ("51.71", 8), ("93.01.01", 9), ("", 7)],
        ids=["WIB", "WITA", "WIT", "none"],
    )
    def test_follows_the_province(self, code, hours):
        assert services.zone_of(code) == hours


def written(tmp_path, text):
    path = tmp_path / "faulty.toml"
    path.write_text(text, encoding="utf-8")
    return path


ENTRY = 'code = "a"\ntitle = { id = "A", en = "A" }\nabout = { id = "A", en = "A" }\nsource = "A"\nverified = "design"\n'
SITUATION = f'need_edition = "x"\n[[situation]]\n{ENTRY}'
NORM = '[[common]]\ncode = "a"\nvalue = 1\nunit = "days"\ntitle = { id = "A", en = "A" }\nleast = 1\nmost = 5\nsource = "A"\nverified = "design"\n'


class TestReading:
    @pytest.mark.parametrize(
        ("reader", "text", "words"),
        [
            (read_situations, SITUATION, "at least one kind"),
            (read_situations, f'{SITUATION}service_kinds = ["food"]\nemergency = true\n', "needs a number"),
            (read_situations, f'{SITUATION}icon = "x"\n', "'icon' is not a known word"),
            (read_accesses, f"[[access]]\n{ENTRY}" * 2, "stands twice in access"),
            (read_emergencies, f'[[emergency]]\n{ENTRY}dial = "0812 x"\n', "digits only"),
            (read_norms, NORM, "exactly the norms"),
            (read_zones, '[[zone]]\nhours = 8\nprovinces = ["51", "51"]\nsource = "A"\nverified = "memory"\n', "stands twice"),
        ],
        ids=["no kind", "no number", "unknown key", "twice", "not dialled", "missing norms", "province twice"],
    )  # fmt: skip
    def test_names_what_is_wrong(self, tmp_path, reader, text, words):
        with pytest.raises(CatalogueError, match=words):
            reader(written(tmp_path, text))
