from __future__ import annotations

import pytest
from django.http import QueryDict

from simpul.services.forms.parts import PartForm
from simpul.services.queries.parts import PARTS
from tests.organisations.factories import organisation
from tests.services.factories import a_service

pytestmark = pytest.mark.django_db


def form(part, service, typed=None):
    sent = QueryDict(mutable=True)
    for name, value in (typed or {}).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return PartForm(sent if typed is not None else None, part=PARTS[part], service=service)


class TestPartForm:
    def test_begins_with_what_stands(self):
        service = a_service(papers=["KTP", "KK"])
        assert form("bring", service)["papers"].value() == "KTP\nKK"

    def test_chooses_nothing_for_who_does_not_look(self):
        empty = type(a_service())(organisation=organisation(name="LKS Lain"))
        assert form("what", empty).fields["kind"].choices[0] == ("", "—")

    def test_offers_what_came_with_an_import(self):
        service = a_service(languages=["qaa"], kind="from_elsewhere")
        assert ("qaa", "qaa") in form("access", service).fields["languages"].choices
        assert "from_elsewhere" in dict(form("what", service).fields["kind"].choices)

    @pytest.mark.parametrize("typed", ["Rp25.000", "25000", " 25 000 "])
    def test_reads_money_as_people_write_it(self, typed):
        sent = form("cost", a_service(), {"cost": "tariff", "cost_amount": typed})
        assert sent.is_valid()
        assert sent.values()["cost_amount"] == "25000"

    @pytest.mark.parametrize(("typed", "version"), [("3", 3), ("", 0)])
    def test_tells_the_version_that_was_read(self, typed, version):
        sent = form("contact", a_service(), {"version": typed})
        assert sent.is_valid()
        assert sent.version == version
