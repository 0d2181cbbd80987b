"""The five organisations of the published paper come out as the paper says: level, office, papers, type.

Only what the paper states is recorded; everything else stays unknown. The paper does not name the kecamatan in which
Ar Raudhah serves, nor which of the five are embryonic and which growing.
"""

import csv
import gzip
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from simpul.organisations.actions.standing import confirm_type, see_indicators
from simpul.organisations.models import ServedArea
from simpul.organisations.queries.standing import authority_of, level_of
from simpul.organisations.queries.standing_types import confirmed_of, type_of
from simpul.places.actions import DATA, _regions
from simpul.places.models import Region
from tests.access.factories import user_with
from tests.organisations.factories import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
TEBING, MERAL, KARIMUN = "21.02.05", "21.02.04", "21.02.03"
ISLAND = (TEBING, MERAL, KARIMUN)
WHOLE_REGENCY, PANGKE = "21.02", "21.02.10.2003"
with gzip.open(DATA / "regions.csv.gz", "rt", encoding="utf-8") as lines:
    NAMES = {row["code"]: row["name"] for row in csv.DictReader(lines) if f"{row['code']}.".startswith("21.")}
DISTRICTS = sorted(code for code in NAMES if code.startswith("21.02.") and code.count(".") == 2)

# Of all five: the target group is clear; analysis of jobs, their descriptions and personnel management do not exist.
ALL = {"target": "yes", "job_analysis": "no", "job_descriptions": "no", "personnel": "no"}
BOARDS = {"signboard": "yes", "vision": "yes", "mission": "yes", "structure": "yes"}
WORKS = {"programme_realised": "yes", "networking": "yes", "partner_government": "yes"}
# name: kind, areas, what the paper states
FIVE = {
    "FKKADK": (
        "forum",
        ISLAND,
        {"deed": "yes", "licence": "no", "npwp": "no", "data_board": "yes", "partner_business": "yes"}
        | {"partner_bodies": "yes"}
        | BOARDS
        | WORKS,
    ),
    "Komda Lansia": (
        "lks",
        ISLAND,
        {"deed": "no", "domicile": "no", "licence": "no", "npwp": "no", "signboard": "yes"}
        | {"desks_chairs": "yes"}
        | WORKS,
    ),
    "KKS": ("lks", (WHOLE_REGENCY,), {"deed": "no", "npwp": "yes", "partner_bodies": "yes"} | BOARDS | WORKS),
    "Ar Raudhah": (
        "lksa",
        (MERAL,),
        {"deed": "yes", "npwp": "no", "office_room": "yes", "monitoring": "yes", "evaluation": "yes"}
        | BOARDS
        | WORKS,
    ),
    "Rumah Sosial": ("lks", (PANGKE,), {"deed": "no", "npwp": "no", "evaluation": "no"} | WORKS),
}
LEVELS = {
    "Rumah Sosial": "village",
    "Ar Raudhah": "district",
    "Komda Lansia": "regency",
    "KKS": "regency",
    "FKKADK": "regency",
}


@pytest.fixture
def five(officer):
    """The five as the paper has them: their areas, and what it states, as an officer read it there."""
    Region.objects.bulk_create(_regions(NAMES))
    made = {}
    for name, (kind, areas, stated) in FIVE.items():
        body = organisation(name=name, kind=kind, region="21.02")
        ServedArea.objects.bulk_create(ServedArea(organisation=body, code=code) for code in areas)
        see_indicators(body, by=officer, on=DAY, at=MOMENT, answers=ALL | stated, was={}, seen="paper")
        made[name] = body
    return made


def told(body, *codes):
    answers = type_of(body, DAY).answers
    return [answers[code] for code in codes]


class TestTheFive:
    @pytest.mark.parametrize(("name", "expected"), LEVELS.items())
    def test_have_the_area_level_of_the_paper(self, five, name, expected):
        assert level_of(five[name], DAY).finding.answer == expected

    @pytest.mark.parametrize("district", DISTRICTS)
    def test_leave_ar_raudhah_at_the_kecamatan_whichever_it_is(self, five, district):
        ServedArea.objects.filter(organisation=five["Ar Raudhah"]).update(code=district)
        assert level_of(five["Ar Raudhah"], DAY).finding.answer == "district"

    def test_all_register_with_the_regency(self, five):
        found = [authority_of(body, DAY) for body in five.values()]
        assert {(one.finding.answer, one.region) for one in found} == {("regency", "21.02")}

    def test_have_the_deeds_and_tax_numbers_that_the_paper_counts(self, five):
        deeds = {name for name, body in five.items() if told(body, "deed") == ["yes"]}
        numbers = {name for name, body in five.items() if told(body, "npwp") == ["yes"]}
        assert (deeds, numbers) == ({"FKKADK", "Ar Raudhah"}, {"KKS"})

    def test_miss_the_papers_that_the_paper_names_and_no_others(self, five):
        missing = {name: told(body, "domicile", "licence") for name, body in five.items()}
        assert missing == {
            "FKKADK": ["unknown", "no"],
            "Komda Lansia": ["no", "no"],
            "KKS": ["unknown", "unknown"],
            "Ar Raudhah": ["unknown", "unknown"],
            "Rumah Sosial": ["unknown", "unknown"],
        }

    def test_have_no_job_analysis_descriptions_or_personnel_management(self, five):
        assert {tuple(told(body, *list(ALL)[1:])) for body in five.values()} == {("no", "no", "no")}

    @pytest.mark.parametrize("name", FIVE)
    def test_are_at_least_embryonic_and_can_be_growing_as_the_paper_says(self, five, name):
        finding = type_of(five[name], DAY).finding
        # As long as nobody looked at the rest, no better type than those of the paper is certain.
        assert finding.values["lowest"] in ("C", "D")
        assert finding.values["highest"] <= "C" <= finding.values["lowest"]

    @pytest.mark.parametrize("name", ["FKKADK", "Komda Lansia"])
    def test_are_told_what_lifts_them(self, five, name):
        lift = next(part for part in type_of(five[name], DAY).finding.parts if part.kind == "lift")
        institution = next(part for part in lift.parts if part.about == "institution")
        assert (lift.about, "npwp" in institution.values["missing"]) == ("C", True)

    def test_become_what_the_officer_confirms_with_a_reason(self, five, officer):
        body = five["Rumah Sosial"]
        suggested = type_of(body, DAY)
        because = "Disebut baru tumbuh dalam tulisan itu."
        told = {"confirmed": "C", "mark": suggested.mark(body), "because": because}
        confirm_type(body, by=officer, on=DAY, at=MOMENT, key=uuid4(), **told)
        body.refresh_from_db()
        assert (body.confirmed_type, body.level) == ("C", "village")
        assert confirmed_of(body, DAY, type_of(body, DAY)).is_current

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("Rumah Sosial", "Pangke, Kec. Meral Barat, Kab. Karimun, Kepulauan Riau"),
            ("FKKADK", "3 kecamatan; tingkat kabupaten/kota mulai 2 kecamatan."),
            ("KKS", "Kab. Karimun, Kepulauan Riau seluruhnya"),
        ],
    )
    def test_show_their_reasons_to_the_officer(self, five, client, name, reason):
        client.force_login(user_with("dinas_officer", region="21.02"))
        page = client.get(reverse("organisations:standing", args=[five[name].pk])).content.decode()
        assert reason in page
        assert "usulan Simpul, bukan ketentuan" in page
