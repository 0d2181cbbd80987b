"""Whatever can be proposed is, once accepted, exactly what stands in the record; nothing in any list is ever lost."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.access.refusal import Refusal
from simpul.organisations.models import Organisation
from simpul.organisations.queries.parts import PARTS, Shape, values_of
from tests.access.factories import user_with
from tests.organisations.changing import ON, accept, propose
from tests.organisations.factories import organisation
from tests.places.factories import NAMES, few_regions

# PostgreSQL keeps no zero character, and no half of a surrogate pair.
WORDS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
DAYS = st.dates(date(1990, 1, 1), ON).map(str)
CODES = [code for code in NAMES if code.startswith("21")]


def value_of(field):
    choices = [code for code, _words in field.choices()] if field.choices else []
    known = {
        Shape.CHOICE: st.sampled_from(choices or [""]),
        Shape.CHOICES: st.lists(st.sampled_from(choices or [""]), unique=True),
        Shape.GOALS: st.lists(
            st.fixed_dictionaries({"kind": st.sampled_from(choices or [""]), "words": WORDS}), max_size=4
        ),
        Shape.COUNT: st.integers(1, 1000),
        Shape.MONEY: st.integers(0, 10**12),
        Shape.YEAR: st.integers(1800, 2026),
        Shape.DAY: DAYS,
        Shape.ANSWER: st.sampled_from([True, False, None]),
        Shape.TICK: st.booleans(),
        Shape.REGION: st.sampled_from(CODES),
        Shape.BODY: st.none(),
        Shape.DEGREE: st.floats(-90, 90).map(lambda number: round(number, 6)),
        Shape.DIGITS: st.sampled_from(
            ["", "0123456789012"] if field.name == "nib" else ["", "012345678901234"]
        ),
        Shape.EMAIL: st.just("kantor@lembaga.or.id"),
        Shape.WEB: st.just("https://lembaga.or.id"),
        Shape.CERTIFICATES: st.lists(st.fixed_dictionaries({"name": WORDS, "valid_to": DAYS}), max_size=2),
    }
    return known.get(field.shape, WORDS)


@st.composite
def steps(draw):
    """Some parts one after the other, each with values of its own; rows come from a small stock, so that they return."""
    keys = [str(UUID(int=number)) for number in range(1, 5)]
    taken = []
    for code in draw(st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=5)):
        fields = st.fixed_dictionaries({field.name: value_of(field) for field in PARTS[code].fields})
        if PARTS[code].is_list:
            chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
            taken.append((code, {"rows": [{"id": key, **draw(fields)} for key in chosen]}))
        else:
            taken.append((code, draw(fields)))
    return taken


class TestAcceptChange(TestCase):
    @pytest.mark.slow
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps())
    def test_makes_the_record_exactly_what_was_proposed_and_loses_no_row(self, taken):
        few_regions()
        body = organisation(region="21.02")
        head, officer = (
            user_with("head_of_lks", organisation=body.pk),
            user_with("dinas_officer", region="21"),
        )
        seen = {code: set() for code, part in PARTS.items() if part.is_list}
        for code, values in taken:
            try:
                made = propose(body, head, code, values)
            except Refusal:
                # What cannot be was refused, and then nothing waits.
                continue
            accept(made, officer)
            assert values_of(Organisation.objects.get(), code) == made.after
            seen.get(code, set()).update(row["id"] for row in made.after.get("rows", ()))
        for code, keys in seen.items():
            assert {str(row.pk) for row in PARTS[code].model.objects.all()} == keys
