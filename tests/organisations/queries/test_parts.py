import json
from uuid import uuid4

import pytest

from simpul.organisations.models import Organisation
from simpul.organisations.queries.parts import PARTS, mark_of, values_of
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, change, other_values
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db

# Columns of the body that no form changes: keys, and what others set by their own actions.
NOT_TYPED = {
    "id", "province", "is_published_example", "level", "confirmed_type", "version", "verified_on", "verified_by_name",
}  # fmt: skip


class TestParts:
    def test_hold_every_column_of_the_body_once(self):
        named = [field.name for part in PARTS.values() if not part.is_list for field in part.fields]
        columns = {field.name for field in Organisation._meta.concrete_fields}
        assert len(named) == len(set(named))
        assert set(named) == columns - NOT_TYPED

    @pytest.mark.parametrize("part", list(ROW_OF))
    def test_hold_every_column_of_the_rows(self, part):
        # `first_end` follows from the certificates of the staff, for lists that ask by day.
        kept = {"id", "organisation", "position", "ended_on", "first_end"}
        columns = {field.name.removesuffix("_sealed") for field in PARTS[part].model._meta.concrete_fields}
        named = {field.name for field in PARTS[part].fields}
        assert named <= columns
        assert columns - named - kept <= {"since", "until"}


class TestValuesOf:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_are_plain_json_that_reads_back_the_same(self, part):
        few_regions()
        body = organisation(region="21.02.10")
        change(body, user_with("dinas_officer", region="21.02"), part)
        values = values_of(Organisation.objects.get(), part)
        assert json.loads(json.dumps(values)) == values != {}

    def test_rows_that_have_ended_are_not_among_them(self):
        body = organisation()
        officer = user_with("dinas_officer", region="21.02")
        change(body, officer, "accounts")
        change(body, officer, "accounts", {"rows": []})
        assert values_of(body, "accounts") == {"rows": []}

    def test_do_not_exist_for_an_unknown_part(self):
        with pytest.raises(KeyError):
            values_of(organisation(), "secrets")


class TestMarkOf:
    def test_is_the_same_for_the_same_values_in_any_order(self):
        assert mark_of({"a": 1, "b": [2]}) == mark_of({"b": [2], "a": 1})

    def test_differs_when_anything_differs(self):
        states = [
            other_values("service"),
            {**other_values("service"), "capacity": 41},
            {"rows": [str(uuid4())]},
        ]
        assert len({mark_of(state) for state in states}) == 3
