from __future__ import annotations

import pytest

from simpul.cases.stages import SIDE, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework.reader import read_aspects, read_entries, read_models, read_norms
from simpul.catalogue.tables import VERIFIED, CatalogueError
from simpul.catalogue.words import hurtful_in

HOW_MANY = {
    "aims": 4,
    "functions": 6,
    "components": 6,
    "seed_steps": 8,
    "prescreening": 2,
    "principles": 5,
    "service_principles": 7,
    "roles": 8,
    "manager_tasks": 5,
    "professions": 10,
    "service_kinds": 21,
    "end_reasons": 10,
    "settings": 2,
    "spm_services": 10,
}


class TestLists:
    @pytest.mark.parametrize("name", casework.LISTS)
    def test_hold_all_of_it(self, name):
        assert len(getattr(casework, name)()) == HOW_MANY[name]

    @pytest.mark.parametrize("name", casework.LISTS)
    def test_tell_source_and_certainty_and_hurt_nobody(self, name):
        for entry in getattr(casework, name)():
            assert entry.source
            assert entry.verified in VERIFIED
            words = {
                language: f"{entry.title.in_language(language)} {entry.about.in_language(language)}"
                for language in ("id", "en")
            }
            assert not any(list(hurtful_in(text, language)) for language, text in words.items())

    def test_own_up_to_the_lost_third_step(self):
        verified = [step.verified for step in casework.seed_steps()]
        assert verified == ["seed", "seed", "design", "seed", "seed", "seed", "seed", "seed"]

    def test_translate_parsimony_as_enough_and_not_as_orderly(self):
        assert casework.entry("principles", "parsimony").title.id == "Secukupnya"

    def test_keep_codes_that_fit_their_columns(self):
        longest = {
            "service_kinds": 40,
            "end_reasons": 30,
            "professions": 40,
            "settings": 20,
            "spm_services": 40,
        }
        for name, most in longest.items():
            assert max(len(entry.code) for entry in getattr(casework, name)()) <= most


class TestWorkingModels:
    def test_are_the_four_of_solomon(self):
        assert [model.code for model in casework.working_models()] == [
            "expanded_broker", "rehabilitation", "personal_strengths", "full_support",
        ]  # fmt: skip

    @pytest.mark.parametrize("model", casework.working_models(), ids=lambda model: model.code)
    def test_name_only_stages_and_roles_that_are_there(self, model):
        assert set(model.expected_steps) <= set(Stage) - SIDE
        assert set(model.expected_roles) <= {role.code for role in casework.roles()}
        assert model.caseload_norm == casework.norms()["caseload"][model.code]

    def test_ask_each_for_its_own_part(self):
        parts = {model.code: model.required_parts for model in casework.working_models()}
        assert parts == {
            "expanded_broker": (),
            "rehabilitation": ("functional_assessment",),
            "personal_strengths": ("strengths_inventory",),
            "full_support": ("professional_team",),
        }

    def test_evaluate_only_full_support_by_its_process(self):
        kinds = {model.code for model in casework.working_models() if model.evaluation == "process"}
        assert kinds == {"full_support"}


class TestSupportAspects:
    def test_ask_about_network_and_providers_on_the_same_steps(self):
        asked = {
            aspect.code: [level.value for level in aspect.levels] for aspect in casework.support_aspects()
        }
        assert asked == {"network": [1, 2, 3, 4], "providers": [1, 2, 3, 4]}

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_describe_every_step_and_hurt_nobody(self, language):
        for aspect in casework.support_aspects():
            for told in (aspect, *aspect.levels):
                words = f"{told.title.in_language(language)} {told.about.in_language(language)}"
                assert not list(hurtful_in(words, language))


class TestEntry:
    def test_finds_one_of_a_list(self):
        assert casework.entry("roles", "broker").title.id == "Penghubung"
        assert casework.entry("working_models", "rehabilitation").verified == "seed"

    @pytest.mark.parametrize(("name", "code"), [("roles", "nobody"), ("nothing", "broker")])
    def test_knows_nothing_else(self, name, code):
        with pytest.raises(KeyError):
            casework.entry(name, code)


class TestCrosswalk:
    def test_names_every_stage(self):
        assert set(casework.crosswalks()) == set(Stage)

    def test_follows_the_eight_steps_in_their_order(self):
        steps = [casework.crosswalk(stage).seed_step for stage in Stage if stage not in SIDE]
        assert steps == [1, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8]

    def test_owns_up_that_the_names_are_from_memory(self):
        assert {casework.crosswalk(stage).verified for stage in Stage if stage not in SIDE} == {"memory"}


class TestNorms:
    def test_are_all_our_own_design(self):
        entries = (*casework.norm_entries(), *casework.common_norm_entries())
        assert {norm.verified for norm in entries} == {"design"}

    def test_common_to_all_are_none_of_those_an_office_changes(self):
        assert casework.common_norms() == {
            "fewest_for_a_median": 5,
            "fewest_for_a_mean": {"opinions": 5, "goals": 10},
        }
        assert not set(casework.common_norms()) & set(casework.norms())

    def test_can_be_changed_without_changing_the_defaults(self):
        casework.norms()["follow_up_months"].append(12)
        casework.norms()["caseload"]["community"] = 1
        assert casework.norms()["follow_up_months"] == [1, 3, 6]
        assert casework.norms()["caseload"]["community"] == 20

    @pytest.mark.parametrize(
        ("key", "value", "is_allowed"),
        [
            ("reassess_days", 30, True),
            ("reassess_days", 6, False),
            ("reassess_days", True, False),
            ("reassess_days", "30", False),
            ("follow_up_tries", 1, True),
            ("follow_up_tries", 0, False),
            ("follow_up_months", [2, 4], True),
            ("follow_up_months", [4, 2], False),
            ("follow_up_months", [2, 2], False),
            ("follow_up_months", [], False),
            ("follow_up_months", [0], False),
            ("plan_needs_approval", True, True),
            ("plan_needs_approval", 1, False),
        ],
    )
    def test_know_their_limits(self, key, value, is_allowed):
        norm = {norm.key: norm for norm in casework.norm_entries()}[key]
        assert norm.allows(value) is is_allowed


def written(tmp_path, text):
    path = tmp_path / "faulty.toml"
    path.write_text(text, encoding="utf-8")
    return path


ENTRY = 'code = "a"\ntitle = { id = "A", en = "A" }\nabout = { id = "A", en = "A" }\nsource = "A"\n'


class TestReading:
    def test_refuses_a_code_that_stands_twice(self, tmp_path):
        twice = f'[[roles]]\n{ENTRY}verified = "seed"\n' * 2
        with pytest.raises(CatalogueError, match="stands twice in roles"):
            read_entries(written(tmp_path, twice))

    def test_refuses_a_list_that_nobody_reads(self, tmp_path):
        with pytest.raises(CatalogueError, match="'role' is not a known word"):
            read_entries(written(tmp_path, f'[[role]]\n{ENTRY}verified = "seed"\n'))

    def test_refuses_a_mark_that_is_none(self, tmp_path):
        with pytest.raises(CatalogueError, match="must be one of") as refused:
            read_entries(written(tmp_path, f'[[roles]]\n{ENTRY}verified = "sure"\n'))
        assert refused.value.line == 6

    def test_refuses_a_scale_that_leaves_a_step_out(self, tmp_path):
        level = (
            '[[aspect.level]]\nvalue = 2\ntitle = { id = "A", en = "A" }\nabout = { id = "A", en = "A" }\n'
        )
        with pytest.raises(CatalogueError, match="do not rise from 1"):
            read_aspects(written(tmp_path, f'[[aspect]]\n{ENTRY}verified = "design"\n{level}'))

    def test_refuses_a_part_that_no_gate_knows(self, tmp_path):
        model = f'[[working_model]]\n{ENTRY}verified = "seed"\nrequired_parts = ["magic"]\n'
        with pytest.raises(CatalogueError, match="are not parts"):
            read_models(written(tmp_path, model))

    @pytest.mark.parametrize("kind", ["norm", "common"])
    def test_refuses_a_default_beyond_its_own_limits(self, tmp_path, kind):
        norm = f'[[{kind}]]\ncode = "a"\nvalue = 9\nunit = "days"\ntitle = {{ id = "A", en = "A" }}\nleast = 1\nmost = 5\n'
        with pytest.raises(CatalogueError, match="within its own limits"):
            read_norms(written(tmp_path, norm + 'source = "A"\nverified = "design"\n'), kind)
