from __future__ import annotations

import pytest

from simpul.access.permissions import Permission as P  # noqa: N817
from simpul.access.roles import NEAR_PEOPLE, ROLES, SHOWS_PEOPLE, SIGNED_IN


class TestRoles:
    def test_who_sees_people_is_this_list_and_no_other(self) -> None:
        assert sorted(NEAR_PEOPLE) == [
            "case_supervisor",
            "caseworker",
            "dinas_officer",
            "dinas_verifier",
            "field_volunteer",
            "head_of_lks",
            "programme_officer",
        ]

    @pytest.mark.parametrize("role", sorted(set(ROLES) - NEAR_PEOPLE))
    def test_far_from_people_show_nothing_about_them(self, role: str) -> None:
        people = {
            p
            for p in P
            if p.value.split(".")[0] in {"person", "screening", "case", "fact", "consent", "sensitive"}
        }
        assert not ROLES[role].permissions & (people | SHOWS_PEOPLE)

    @pytest.mark.parametrize(
        "role", ["head_of_lks", "dinas_verifier", "assessor", "researcher", "administrator"]
    )
    def test_that_only_look_change_no_record_of_a_person(self, role: str) -> None:
        writes = {
            P.PERSON_REGISTER,
            P.PERSON_EDIT,
            P.FACT_RECORD,
            P.SCREENING_ANSWER,
            P.SCREENING_DECIDE,
            P.CASE_OPEN,
            P.CASE_MOVE,
        }
        assert not ROLES[role].permissions & writes

    def test_only_those_who_manage_users_may_manage_users(self) -> None:
        assert [name for name, role in ROLES.items() if P.USER_MANAGE in role.permissions] == [
            "administrator"
        ]

    def test_a_volunteer_collects_but_does_not_decide_or_see_what_is_very_sensitive(self) -> None:
        volunteer = ROLES["field_volunteer"].permissions
        assert P.SCREENING_ANSWER in volunteer
        assert not volunteer & {P.SCREENING_DECIDE, P.SENSITIVE_VIEW, P.PERSON_IDENTITY_VIEW, P.CASE_VIEW}

    def test_the_public_holds_nothing_and_everybody_else_comes_in(self) -> None:
        assert ROLES["public"].permissions == frozenset()
        assert all(role.permissions >= SIGNED_IN for name, role in ROLES.items() if name != "public")

    @pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.name)
    def test_say_what_they_are_for_in_a_sentence(self, role: object) -> None:
        assert str(role.display)  # type: ignore[attr-defined]
        assert str(role.description).endswith(".")  # type: ignore[attr-defined]
