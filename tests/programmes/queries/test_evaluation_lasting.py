from datetime import date, timedelta

import pytest

from simpul.cases.models import Case
from simpul.organisations.models import Classification
from simpul.programmes.queries import evaluation_lasting as lasting
from tests.access.factories import user_with
from tests.cases.factories import a_case
from tests.programmes.making import AT, TODAY, a_member, a_programme


def confirmed(body, code, on):
    return Classification.objects.create(
        organisation=body,
        on=on,
        edition="x",
        suggested=code,
        finding={},
        confirmed=code,
        at=AT,
        by_name="Pak Lukman",
    )


def ended(body, number, on, **details):
    worker = user_with("caseworker", organisation=body.pk)
    keys = [a_case(worker).pk for _one in range(number)]
    Case.objects.filter(pk__in=keys).update(closed_on=on, organisation=body.pk, **details)


class TestBodiesLater:
    def test_sets_the_type_before_beside_the_last_one_since(self, programme, member, body):
        confirmed(body, "D", date(2025, 6, 1))
        confirmed(body, "C", date(2026, 5, 1))
        confirmed(body, "B", date(2026, 10, 1))
        [found] = lasting.bodies_later(programme, TODAY)
        assert (found.type_before[0], found.type_now[0], found.type_on) == ("D", "B", date(2026, 10, 1))

    def test_names_the_other_programmes_it_took_part_in(self, programme, member, body):
        other = a_programme(title="Penguatan lama", starts_on=date(2022, 1, 1))
        a_member(other, body)
        a_member(a_programme(title="Tidak terpilih"), body, state="not_chosen")
        [found] = lasting.bodies_later(programme, TODAY)
        assert [one.title for one in found.others] == ["Penguatan lama"]


class TestOutcomes:
    def span(self, body):
        return lasting.outcomes(body.pk, TODAY - timedelta(days=30), TODAY)

    def test_of_a_small_group_are_not_told(self, body):
        ended(body, 4, TODAY)
        assert self.span(body) == lasting.Outcomes()

    def test_count_what_ended_in_these_days(self, body):
        ended(body, 6, TODAY)
        ended(body, 5, TODAY - timedelta(days=31))
        assert self.span(body).ended == 6

    @pytest.mark.parametrize("level", ["restricted", "highly_restricted", "team_only"])
    def test_leave_out_what_is_more_secret(self, body, level):
        ended(body, 4, TODAY)
        ended(body, 3, TODAY, confidentiality=level)
        assert self.span(body).ended is None
