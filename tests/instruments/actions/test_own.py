from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.catalogue.instruments import from_json
from simpul.instruments import actions, queries
from simpul.instruments.models import StoredInstrument
from tests.access.factories import user_with
from tests.instruments.factories import AT, added, instrument, text

pytestmark = pytest.mark.django_db


class TestAdd:
    def test_keeps_the_whole_content(self, supervisor):
        made = added(supervisor)
        assert from_json(made.content) == instrument()
        assert (made.version, made.organisation, made.added_by) == (
            1,
            supervisor.standing_grants[0].organisation,
            supervisor,
        )

    def test_the_same_form_twice_makes_one(self, supervisor):
        key = uuid4()
        assert added(supervisor, key=key) == added(supervisor, key=key)
        assert StoredInstrument.objects.count() == 1

    def test_a_change_is_a_new_version_and_the_old_stays(self, supervisor):
        first = added(supervisor)
        second = added(supervisor, replace(instrument(), title=text("Semangat")))
        assert second.version == 2
        assert queries.find("semangat", 1).title.id == "Semangat hidup"
        assert queries.find("semangat", 2).title.id == "Semangat"
        assert first.digest != second.digest

    def test_refuses_what_is_the_same_on_another_day(self, supervisor):
        added(supervisor)
        with pytest.raises(actions.InstrumentRefused, match="sama dengan versi terakhir"):
            added(supervisor, replace(instrument(), valid_from=date(2027, 1, 1)))

    def test_refuses_the_code_of_a_shipped_instrument(self, supervisor):
        with pytest.raises(actions.InstrumentRefused, match="instrumen bawaan"):
            added(supervisor, instrument("wg-short-set"))

    def test_refuses_the_code_of_another_office(self, supervisor, other_organisation):
        added(supervisor)
        other = user_with("case_supervisor", organisation=other_organisation)
        with pytest.raises(actions.InstrumentRefused, match="kantor lain"):
            added(other, replace(instrument(), title=text("Lain")))
        assert StoredInstrument.objects.count() == 1

    def test_is_closed_to_those_without_the_right(self, caseworker, organisation):
        with pytest.raises(NotAllowed):
            added(caseworker, where=Where(organisation=organisation))


class TestWithdraw:
    def test_stops_offering_and_keeps_reading(self, supervisor):
        stored = added(supervisor)
        actions.withdraw(stored, by=supervisor, at=AT)
        assert stored.withdrawn_at == AT
        assert "semangat" not in {found.code for found in queries.available(supervisor)}
        assert queries.find("semangat", 1) == instrument()

    def test_does_not_bring_back_the_version_before(self, supervisor):
        added(supervisor)
        second = added(supervisor, replace(instrument(), title=text("Semangat")))
        actions.withdraw(second, by=supervisor, at=AT)
        assert queries.owned(supervisor) == []

    def test_is_closed_to_another_office(self, supervisor, other_organisation):
        stored = added(supervisor)
        with pytest.raises(NotAllowed):
            actions.withdraw(stored, by=user_with("case_supervisor", organisation=other_organisation), at=AT)
