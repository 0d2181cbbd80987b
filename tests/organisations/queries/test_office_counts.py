from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.organisations.models import Certificate, Flag, Organisation, Paper
from simpul.organisations.queries.office import numbers
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_list import everywhere, listed
from simpul.organisations.queries.papers_days import last_day_told
from tests.organisations.factories import organisation
from tests.organisations.office import certificate, flag, paper

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
EDGE = (last_day_told(ON) - ON).days
DAYS = st.sampled_from([-1, 0, EDGE, EDGE + 1])
HELD = st.tuples(
    st.sampled_from(["registration", "licence", "accreditation"]),
    DAYS,
    st.sampled_from(["standing", "suspended", "withdrawn"]),
)
BODIES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["lks", "dinas", "foreign_lks"]),
        "confirmed_type": st.sampled_from(["", "A", "D"]),
        "region": st.sampled_from(["21.02", "21.02.10.2003", "21.71"]),
        "is_address_secret": st.booleans(),
        "is_closed": st.booleans(),
    }
)
INSIDE = st.tuples(
    st.lists(HELD, max_size=3), st.lists(DAYS, max_size=2), st.lists(st.integers(-1, 1), max_size=2)
)


def keep(details, held, papers, flags):
    body = organisation(**details)
    for kind, days, state in held:
        certificate(body, kind, on=ON, days=days, state=state)
    for days in papers:
        paper(body, days=days, at_day=ON)
    for days in flags:
        flag(body, on=ON - timedelta(5), until=ON + timedelta(days))


class TestNumbers:
    @pytest.mark.slow
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        bodies=st.lists(st.tuples(BODIES, INSIDE), max_size=4),
        area=st.sampled_from(["", "21", "21.02", "21.02.10"]),
    )
    def test_agree_with_the_lists_behind_them(self, bodies, area):
        for model in (Certificate, Paper, Flag, Organisation):
            model.objects.all().delete()
        for details, inside in bodies:
            keep(details, *inside)
        found = numbers(everywhere(), Asked(area=area), ON)
        assert len(found) == 14
        for one in found:
            assert one.number == listed(everywhere(), one.asked, ON).count(), one.address

    def test_count_only_what_somebody_watches(self):
        for region in ("21.02", "93"):
            certificate(organisation(region=region), "registration", on=ON)
        found = numbers(everywhere().filter(region="93"), Asked(), ON)
        assert {one.address: one.number for one in found}["terdaftar=ya"] == 1

    def test_ask_four_questions(self, django_assert_num_queries):
        with django_assert_num_queries(4):
            numbers(everywhere(), Asked(), ON)
