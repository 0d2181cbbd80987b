"""Schemes that an office enters itself."""

import uuid
from datetime import date

import pytest

from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.accreditation.actions.own_schemes import SchemeRefused, close_scheme, enter_scheme
from simpul.accreditation.models import OwnScheme
from simpul.accreditation.queries.own_schemes import best_reachable, gaps
from simpul.accreditation.queries.scheme import schemes_for
from simpul.catalogue import accreditation as catalogue
from tests.access.factories import user_with
from tests.accreditation.second import moment
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)


def words(**changes):
    shipped = catalogue.to_words(catalogue.scheme("permensos-17-2012"))
    new = {"code": "permensos-8-2025-kantor", "regulation": "Permensos 8/2025", "valid_from": "2025-08-01"}
    return {**shipped, "valid_to": None, **new, **changes}


def entered(key=None, *, by=None, region="21", **changes):
    by = by or user_with("accreditation_secretary", region="21")
    where = Where(region=region)
    return enter_scheme(
        where, by=by, key=key or uuid.uuid4(), words=words(**changes), on=TODAY, at=moment(90)
    )


class TestEnterScheme:
    def test_offers_it_to_bodies_of_the_area(self):
        row = entered()
        offered = [scheme.code for scheme in schemes_for(organisation(), TODAY)]

        assert row.code in offered
        assert row.code not in [
            s.code for s in schemes_for(organisation(region="33.01", province="33"), TODAY)
        ]

    def test_sent_twice_is_one(self):
        key, by = uuid.uuid4(), user_with("accreditation_secretary", region="21")

        assert entered(key, by=by) == entered(key, by=by)
        assert OwnScheme.objects.count() == 1

    def test_refuses_the_key_of_somebody_else_s(self):
        key = uuid.uuid4()
        entered(key)

        with pytest.raises(Refusal, match="dengan isian lain"):
            entered(key)

    def test_a_new_version_is_a_new_row_and_closes_the_earlier(self):
        first = entered()
        before = first.words
        second = entered(wait_months=12)
        first.refresh_from_db()

        assert second.code == f"{first.code}-2"
        assert (first.words, first.closed_on, second.closed_on) == (before, TODAY, None)

    def test_never_takes_the_code_of_the_catalogue(self):
        assert entered(code="permensos-17-2012").code == "permensos-17-2012-2"

    def test_refuses_what_the_reader_refuses_and_says_where(self):
        with pytest.raises(SchemeRefused, match=r"appeal_days: .*bilangan bulat"):
            entered(appeal_days="segera")

        assert not OwnScheme.objects.exists()

    def test_is_for_the_secretariat_of_the_area(self):
        with pytest.raises(NotAllowed):
            entered(by=user_with("dinas_officer", region="21"))
        with pytest.raises(NotAllowed):
            entered(region="33")


class TestCloseScheme:
    def test_offers_it_no_longer(self):
        row = entered()
        close_scheme(row, by=user_with("accreditation_secretary", region="21"), on=TODAY)

        assert row.code not in [scheme.code for scheme in schemes_for(organisation(), TODAY)]


class TestGaps:
    def test_says_what_is_missing(self):
        empty = words(standards=[], grades=[], conditions=[], missing="Lampiran belum ada.", source="")
        told = " ".join(gaps(catalogue.from_words(empty)))

        assert "belum dapat dipakai menilai" in told
        assert "Belum ada syarat" in told
        assert "Sumber" in told

    def test_shows_that_the_best_grade_can_be_reached(self):
        assert best_reachable(catalogue.from_words(words())) == "A"
