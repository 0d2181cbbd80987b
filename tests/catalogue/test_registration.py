import pytest

from simpul.catalogue import registration
from simpul.catalogue.organisations.papers import paper_kind
from simpul.catalogue.registration import reader
from simpul.catalogue.tables import CatalogueError
from simpul.organisations.stages import SanctionStep

LEGAL, NOT_LEGAL = "legal_entity", "no_legal_entity"


def codes_for(legal_status, scheme="permensos-184-2011"):
    return [one.code for one in registration.scheme(scheme).demands if one.is_asked_of(legal_status)]


class TestSchemes:
    def test_the_list_of_2011_differs_by_legal_status(self):
        common = [f"R{number:02}" for number in range(1, 10)]
        assert codes_for(LEGAL) == [*common, "R11", "R12"]
        assert codes_for(NOT_LEGAL) == [*common, "R10"]
        assert codes_for("") == common

    def test_a_foreign_body_brings_its_own_lines_known_from_memory_only(self):
        demands = registration.current_scheme().demands
        own = [one for one in demands if one.applies == "foreign"]
        assert [one.code for one in own if one.is_asked_of(LEGAL, is_foreign=True)] == ["F01", "F02", "F03"]
        assert {one.verified for one in own} == {"memory"}
        assert not any(one.is_asked_of(LEGAL) for one in own)
        assert "belum kami miliki" in registration.current_scheme().missing_foreign.id

    def test_the_current_one_says_that_its_text_is_missing(self):
        current = registration.current_scheme()
        assert current.code == "permensos-5-2024"
        assert "belum kami miliki" in current.missing.id
        assert current.demands == registration.scheme(current.follows).demands

    @pytest.mark.parametrize(
        "demand", [*registration.scheme("permensos-184-2011").demands, *registration.overlays().values()],
        ids=lambda demand: demand.code,
    )  # fmt: skip
    def test_each_demand_has_a_source_and_a_paper_that_is_known(self, demand):
        assert demand.source
        assert demand.only_words or paper_kind(demand.paper) is not None

    def test_what_regions_add_is_local_and_never_a_list_of_people(self):
        assert all(one.is_local and one.verified == "secondary" for one in registration.overlays().values())
        assert registration.overlays()["clients"].only_words


class TestProcedure:
    def test_the_ladder_is_that_of_the_stages(self):
        assert [one.code for one in registration.sanctions()] == SanctionStep.values

    def test_the_three_grounds_of_refusal(self):
        assert [one.code for one in registration.grounds()] == ["incomplete", "no_activity", "principles"]

    def test_what_law_does_not_tell_is_only_a_suggestion(self):
        assert registration.norm("valid_months").verified == "memory"
        assert (registration.norm("working_days").value, registration.norm("working_days").verified) == (
            14,
            "secondary",
        )

    def test_there_are_lines_for_the_visit_and_duties(self):
        assert "activity" in [line.code for line in registration.visit_lines()]
        assert "report" in [duty.code for duty in registration.duties()]

    def test_a_foreign_body_owes_more(self):
        more = set(registration.duties(is_foreign=True)) - set(registration.duties())
        assert {duty.code for duty in more} == {"foreign_report", "foreign_partner"}


class TestReader:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("[[scheme]]\ncode = 'a'", "'title' is missing", id="no-title"),
            pytest.param("[[schema]]\ncode = 'a'", "not a known word", id="unknown-word"),
        ],
    )
    def test_names_what_is_wrong(self, tmp_path, text, words):
        (tmp_path / "schemes.toml").write_text(text)
        with pytest.raises(CatalogueError, match=words):
            reader.read_schemes(tmp_path / "schemes.toml")
