import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from simpul.cases.actions import open_case
from simpul.catalogue.editions import default
from simpul.desk.queries.copy import SECTIONS, copy_of
from simpul.people import actions
from tests.access.factories import ORGANISATION, user_with
from tests.people.factories import NIK, answer, child, consent, data_request, fact, person
from tests.people.queries.test_facts import hidden_fact, plain_fact
from tests.screening.factories import TODAY, decided, when

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def copied(someone, by, **details):
    return copy_of(someone, by=by, on=TODAY, at=AT, **details)


def opened(screening, by):
    """A case, the way the page opens it."""
    return open_case(screening, by=by, key=uuid4(), summary="Nenek tinggal sendiri.", **when(60))


def section(copy, key):
    return copy.as_json()["sections"].get(key, [])


@pytest.fixture
def aminah(caseworker):
    return person(
        caseworker,
        nik=NIK,
        phone="0812-555-0101",
        address="Dekat surau",
        kk="2102100101010001",
        mother="Halimah",
    )


class TestCopyOf:
    def test_holds_who_it_is_and_where(self, caseworker, aminah):
        copy = copied(aminah, caseworker)
        [told], [home] = section(copy, "person"), section(copy, "household")
        assert (told["name"], told["nik"], told["phone"], told["born"]) == (
            "Siti Aminah",
            NIK,
            "0812-555-0101",
            "1954-03-12",
        )
        assert (home["address"], home["kk"], home["members"]) == ("Dekat surau", "2102100101010001", 1)

    def test_holds_the_whole_history_of_a_fact(self, caseworker, aminah):
        fact(aminah, caseworker, plain_fact(), True)
        fact(aminah, caseworker, plain_fact(), state="refused", at=AT)
        rows = [row for row in section(copied(aminah, caseworker), "facts") if row["fact"] == plain_fact()]
        assert [(row["state"], row.get("value"), row["noted_by"]) for row in rows] == [
            ("known", True, str(caseworker)),
            ("refused", None, str(caseworker)),
        ]

    def test_holds_findings_with_reasons_and_the_moves_of_cases(self, caseworker):
        case = opened(decided(caseworker, basic_needs_met=False), caseworker)
        copy = copied(case.person, caseworker)
        findings = [row for row in section(copy, "screenings") if "type" in row]
        assert all(row["reasons"] and row["answer"] for row in findings)
        assert {row["decided"] for row in findings} == {"no", "unknown"}
        assert {row["number"] for row in section(copy, "cases")} == {case.number}
        assert [row["by"] for row in section(copy, "cases") if "by" in row] == [str(caseworker)]

    def test_tells_on_paper_only_the_reasons_that_made_the_answer(self, caseworker):
        made = copied(decided(caseworker, basic_needs_met=False).person, caseworker)
        [screened] = [one for one in made.sections if one.key == "screenings"]
        reasons = [cell for row in screened.rows for cell in row if cell.key == "reasons"]
        assert reasons
        for cell in reasons:
            assert all(told in "; ".join(cell.value) for told in cell.words.split("; "))
        assert (
            sum(len(cell.words) for cell in reasons) < sum(len("".join(cell.value)) for cell in reasons) / 2
        )

    def test_names_no_very_sensitive_type_that_is_merely_open(self, caseworker):
        screening = decided(caseworker)
        named = {row.get("type") for row in section(copied(screening.person, caseworker), "screenings")}
        hidden = {need.code for need in default().types if need.sensitivity == "highly_restricted"}
        open_still = {code for code, found in screening.findings.items() if found["answer"] == "unknown"}
        assert hidden & open_still
        assert not named & hidden & open_still

    def test_holds_who_read_the_file(self, caseworker, aminah):
        [trace] = section(copied(aminah, caseworker), "trail")
        assert (trace["who"], trace["what"], trace["reading"]) == (
            str(caseworker),
            "mendata orang ini",
            False,
        )

    def test_leaves_other_people_out_and_counts_them(self, caseworker, aminah):
        before = copied(aminah, caseworker).left_out
        child(caseworker, name="Rizki Ramadhan", household=aminah.household)
        consent(aminah, caseworker, witness="Pak Burhan", capacity="companion", given_by="Sulastri")
        copy = copied(aminah, caseworker)
        whole = json.dumps(copy.as_json())
        assert copy.left_out == before + 3
        assert [name for name in ("Rizki", "Burhan", "Sulastri", "alimah") if name in whole] == []

    def test_leaves_workers_words_out_unless_they_were_read(self, caseworker, aminah):
        child(caseworker, name="Rizki Ramadhan", household=aminah.household)
        because = "Aminah dipukul, kata Rizki; RAMADHAN melihatnya"
        consent(aminah, caseworker, basis="vital_interest", basis_because=because)
        shy, told = copied(aminah, caseworker), copied(aminah, caseworker, with_words=True)
        assert "because" not in section(shy, "consents")[0]
        assert section(told, "consents")[0]["because"] == "Aminah dipukul, kata […]; […] melihatnya"
        assert told.left_out == shy.left_out + 1

    def test_leaves_very_sensitive_facts_to_who_may_see_them(self, caseworker, aminah, monkeypatch):
        fact(aminah, caseworker, hidden_fact(), True)
        shown = section(copied(aminah, caseworker), "facts")
        monkeypatch.setattr("simpul.desk.queries.copy.copying.may_see_hidden", lambda *_: False)
        copy = copied(aminah, caseworker)
        assert hidden_fact() in {row["fact"] for row in shown}
        assert hidden_fact() not in {row["fact"] for row in section(copy, "facts")}
        assert copy.left_out == 2

    def test_holds_what_was_asked_before(self, caseworker, aminah):
        answer(data_request(aminah, caseworker), caseworker, "refused", ground="endangers")
        [row] = section(copied(aminah, caseworker), "requests")
        assert (row["kind"], row["state"], row["ground"]) == ("copy", "refused", "endangers")

    def test_shows_nothing_out_of_reach(self, caseworker, officer):
        case = opened(decided(caseworker), caseworker)
        elsewhere = user_with("caseworker", organisation=ORGANISATION, region="93.01")
        assert section(copied(case.person, officer), "cases")
        assert section(copied(case.person, elsewhere), "cases") == []

    def test_says_why_a_record_is_limited(self, caseworker, aminah):
        actions.limit(aminah, by=caseworker, reason="Isinya disengketakan", at=AT)
        aminah.refresh_from_db()
        [told] = section(copied(aminah, caseworker, with_words=True), "person")
        assert told["limited_because"] == "Isinya disengketakan"

    def test_every_section_has_a_key_of_its_own_and_a_title(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        data_request(case.person, caseworker)
        made = copied(case.person, caseworker).sections
        assert len({one.key for one in made}) == len(made) == len(SECTIONS)
        assert all(one.title for one in made)
