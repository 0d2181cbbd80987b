from datetime import date

import pytest
from django.urls import reverse

from simpul.commands.demo import reporting
from simpul.commands.demo.office import organisation_key
from simpul.organisations.models import Organisation
from simpul.recaps.models import Target
from simpul.recaps.queries.due import owed_by
from simpul.recaps.queries.standards import services_of
from simpul.research.models import Extract
from simpul.research.queries.reading import deciders_of
from tests.access.factories import user_with
from tests.places.factories import few_regions
from tests.population.factories import kept, register_of
from tests.recaps.queries.test_public_tables import some_people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 11, 22)
KARIMUN = "21.02"


@pytest.fixture
def users():
    few_regions()
    place = {"kind": "lks", "region": "21.02.10.2003", "province": "21"}
    body = Organisation.objects.create(pk=organisation_key("rumah-sosial"), name="Rumah Sosial", **place)
    return {
        "budi": user_with("dinas_officer", region=KARIMUN, name="Budi Hartono"),
        "ratna": user_with("registrar", region=KARIMUN, name="Ratna Puspita"),
        "yuli": user_with("head_of_lks", organisation=body.pk, name="Yuliana Sari"),
        "bram": user_with("researcher", name="Bramantyo"),
    }


@pytest.fixture
def told(users):
    for on in (*(month.until for month in reporting.ended_months(TODAY)), TODAY):
        kept(register_of(some_people(90), on=on))
    for step in reporting.steps(TODAY, users):
        step()
    return users


class TestSteps:
    def test_leave_one_recap_handed_in_and_one_late(self, told):
        monthly = {one.period: one for one in owed_by(told["yuli"], TODAY) if one.due.code == "R8"}
        older, newer = reporting.ended_months(TODAY)
        assert (monthly[older].delivery is not None, monthly[older].was_late) == (True, False)
        assert (monthly[newer].delivery, monthly[newer].is_late) == (None, True)

    def test_publish_numbers_that_everybody_may_read(self, told, client):
        page = client.get(reverse("recaps:public-one", args=[KARIMUN]))
        assert page.status_code == 200
        assert "Oktober 2026" in client.get(reverse("recaps:public")).content.decode()

    def test_aim_at_services_that_the_office_answers_for(self, told):
        aimed = set(Target.objects.filter(year=2026).values_list("service", flat=True))
        assert len(aimed) == 2
        assert aimed <= {one.code for one in services_of(KARIMUN)}

    def test_let_a_request_for_research_wait_for_its_second_person(self, told):
        extract = Extract.objects.get()
        assert (extract.stage, extract.by) == ("waiting", told["bram"].pk)
        assert deciders_of(extract) == [told["budi"], told["ratna"]]
