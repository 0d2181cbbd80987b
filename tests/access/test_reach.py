from __future__ import annotations

from uuid import UUID

import pytest

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach, lies_in, within
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, give, user_with

# Who holds a grant there (organisation, region), and whether a row there is within reach.
TRUTH = [
    ((None, ""), (ORGANISATION, "21.02"), True),
    ((None, ""), (None, ""), True),
    ((ORGANISATION, ""), (ORGANISATION, "21.02.01.1001"), True),
    ((ORGANISATION, ""), (ORGANISATION, ""), True),
    ((ORGANISATION, ""), (OTHER_ORGANISATION, "21.02"), False),
    ((ORGANISATION, ""), (None, "21.02"), False),
    ((None, "21.02"), (ORGANISATION, "21.02"), True),
    ((None, "21.02"), (OTHER_ORGANISATION, "21.02.01.1001"), True),
    ((None, "21.02"), (None, "21.02.01"), True),
    ((None, "21.02"), (ORGANISATION, "21.021"), False),
    ((None, "21.02"), (ORGANISATION, "21.03"), False),
    ((None, "21.02"), (ORGANISATION, "21"), False),
    ((None, "21.02"), (ORGANISATION, ""), False),
    ((ORGANISATION, "21.02"), (ORGANISATION, "21.02.05"), True),
    ((ORGANISATION, "21.02"), (ORGANISATION, "21.03.05"), False),
    ((ORGANISATION, "21.02"), (OTHER_ORGANISATION, "21.02.05"), False),
]


class TestWithin:
    @pytest.mark.parametrize(
        ("region", "prefix", "expected"),
        [
            ("21.02", "21.02", True),
            ("21.02.01", "21.02", True),
            ("21.021", "21.02", False),
            ("2", "21", False),
        ],
    )
    def test_ends_at_the_dots(self, region: str, prefix: str, expected: bool) -> None:
        assert within(region, prefix) is expected


@pytest.mark.django_db
class TestLiesIn:
    def test_knows_the_same_rows_as_within(self) -> None:
        user = user_with("caseworker", region="21.02")
        for region in ("21.02.01", "21.021", "21"):
            give(user, "caseworker", region=region)
        found = Grant.objects.filter(lies_in("region", "21.02")).values_list("region", flat=True)
        assert sorted(found) == ["21.02", "21.02.01"]


@pytest.mark.django_db
class TestIsWithinReach:
    @pytest.mark.parametrize(("held", "there", "expected"), TRUTH)
    def test_says_the_same_of_a_place_and_of_a_row(
        self, held: tuple[UUID | None, str], there: tuple[UUID | None, str], expected: bool
    ) -> None:
        manager = user_with("administrator", organisation=held[0], region=held[1])
        row = give(user_with("researcher"), "assessor", organisation=there[0], region=there[1])

        assert is_within_reach(Where(*there), manager, Permission.USER_MANAGE) is expected
        assert is_within_reach(row, manager, Permission.USER_MANAGE) is expected
        seen = Grant.objects.reachable(manager, Permission.USER_MANAGE)
        assert seen.filter(pk=row.pk).exists() is expected

    def test_needs_the_very_permission(self, caseworker: User, organisation: UUID) -> None:
        here = Where(organisation)
        assert is_within_reach(here, caseworker, Permission.PERSON_REGISTER)
        assert not is_within_reach(here, caseworker, Permission.USER_MANAGE)

    def test_adds_up_several_grants_but_never_mixes_them(self) -> None:
        manager = user_with("administrator", organisation=ORGANISATION, region="21.02")
        give(manager, "administrator", organisation=OTHER_ORGANISATION, region="21.03")

        assert is_within_reach(Where(OTHER_ORGANISATION, "21.03.01"), manager, Permission.USER_MANAGE)
        assert not is_within_reach(Where(OTHER_ORGANISATION, "21.02.01"), manager, Permission.USER_MANAGE)

    def test_ends_when_the_account_is_closed(self, administrator: User) -> None:
        administrator.is_active = False
        assert not is_within_reach(Where(), administrator, Permission.USER_MANAGE)

    def test_of_a_table_that_belongs_to_nobody_takes_a_grant_everywhere(self, administrator: User) -> None:
        local = user_with("administrator", organisation=ORGANISATION)
        assert is_within_reach(local, administrator, Permission.USER_MANAGE)
        assert not is_within_reach(administrator, local, Permission.USER_MANAGE)

    def test_of_a_row_that_is_not_stored_is_no(self, administrator: User) -> None:
        assert not is_within_reach(Grant(pk=999_999), user_with("researcher"), Permission.USER_MANAGE)


@pytest.mark.django_db
class TestReachable:
    def test_shows_nothing_to_somebody_without_grants(self, administrator: User) -> None:
        nobody = User.objects.create(username="tanpa-hak", name="Tanpa Hak")
        assert not Grant.objects.reachable(nobody, Permission.USER_MANAGE).exists()

    def test_forgets_a_withdrawn_grant_when_asked_again(self, administrator: User) -> None:
        assert Grant.objects.reachable(administrator, Permission.USER_MANAGE).exists()
        administrator.grants.update(withdrawn_at="2026-11-21T00:00:00Z")
        administrator.refresh_from_db()
        assert not Grant.objects.reachable(administrator, Permission.USER_MANAGE).exists()
