"""Who is cared for by type: only as far as a reader may know of what."""

from datetime import date

import pytest

from simpul.recaps.facts import Asked
from simpul.recaps.queries.beneficiaries import behind_beneficiaries, beneficiaries
from tests.access.factories import user_with
from tests.cases.factories import a_case
from tests.population.factories import kept, register_of, row
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db

ASKED = Asked(since=date(TODAY.year, 1, 1), until=TODAY)


@pytest.fixture
def somebody(caseworker):
    case = a_case(caseworker)
    home = caseworker.grants.get().organisation
    people = [row(person=str(case.person_id), organisation=str(home), confirmed=("PD", "LUT"))]
    kept(register_of(people, on=TODAY))
    return home


def lines(recap):
    return {line.key for table in recap.tables if table.key == "types" for line in table.lines}


class TestBeneficiaries:
    @pytest.mark.parametrize(
        ("role", "shown"),
        [("case_supervisor", {"LUT", "PD"}), ("head_of_lks", {"LUT"})],
        ids=["with the right", "without it"],
    )
    def test_names_highly_restricted_types_only_to_who_may_know_them(self, somebody, role, shown):
        recap = beneficiaries(user_with(role, organisation=somebody), ASKED)
        assert lines(recap) == shown
        assert "permensos-8-2012" in dict(recap.heading)["Daftar jenis"]
        assert ("Tidak dihitung" in dict(recap.heading)) == ("PD" not in shown)

    @pytest.mark.parametrize("confirmed", [(), ("PD",)], ids=["of none", "of one that is not for the reader"])
    def test_says_the_same_of_who_has_no_type_and_of_who_has_a_hidden_one(self, caseworker, confirmed):
        case = a_case(caseworker)
        home = caseworker.grants.get().organisation
        people = [row(person=str(case.person_id), organisation=str(home), confirmed=confirmed)]
        kept(register_of(people, on=TODAY))
        table = beneficiaries(user_with("head_of_lks", organisation=home), ASKED).tables[1]
        assert [line.words for line in table.lines] == ["Tanpa jenis dalam tabel ini"]
        assert "atau jenisnya tidak dihitung di sini" in table.notes[1]


class TestBehindBeneficiaries:
    @pytest.mark.parametrize(("line", "number"), [("LUT", 1), ("PD", 0)])
    def test_is_nobody_of_a_type_that_is_not_shown(self, somebody, line, number):
        head = user_with("head_of_lks", organisation=somebody)
        assert behind_beneficiaries(head, ASKED, "types", line, "end:all").sum == number

    def test_is_about_findings_by_type_and_not_by_body(self, somebody):
        head = user_with("head_of_lks", organisation=somebody)
        by = [
            behind_beneficiaries(head, ASKED, table, line, "end:all")
            for table, line in (("types", "LUT"), ("bodies", ""))
        ]
        assert [(rows.of, rows.sum) for rows in by] == [("found", 1), ("person", 1)]
