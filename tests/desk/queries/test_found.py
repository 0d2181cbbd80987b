from datetime import date

import pytest

from simpul.desk.queries.found import Asked, asked_of, found
from simpul.desk.queries.found_names import Names
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, user_with
from tests.cases.factories import a_case
from tests.organisations.factories import organisation
from tests.people.factories import NIK, ON, person
from tests.services.factories import a_head, a_service


def groups(text, user, only=""):
    return {group.kind: group for group in found(asked_of(text), user, on=ON, only=only)}


class TestAskedOf:
    @pytest.mark.parametrize(
        ("typed", "asked"),
        [
            ("Siti  Aminah", Asked(name="Siti Aminah")),
            ("2102 1052 0354 0001", Asked(nik=NIK)),
            ("Siti 2102105203540001", Asked(name="Siti", nik=NIK)),
            ("Siti 12-03-1954", Asked(name="Siti", born=date(1954, 3, 12))),
            ("1954-03-12 Siti", Asked(name="Siti", born=date(1954, 3, 12))),
            ("2026-014", Asked(case="2026-014")),
            ("Siti 31-02-1954", Asked(name="Siti 31-02-1954")),
            ("Panti 17", Asked(name="Panti 17")),
            ("\0", Asked()),
        ],
        ids=["name", "nik", "name-nik", "name-day", "iso-day", "case", "no-such-day", "number", "nothing"],
    )
    def test_tells_the_parts_apart(self, typed, asked):
        assert asked_of(typed) == asked

    @pytest.mark.parametrize(
        ("typed", "is_enough"), [("S", False), ("Si", True), ("", False), ("2026-1", True)]
    )
    def test_says_whether_it_is_enough(self, typed, is_enough):
        assert asked_of(typed).is_enough is is_enough


@pytest.mark.django_db
class TestFound:
    def test_finds_people_and_their_cases(self, caseworker):
        case = a_case(caseworker)
        shown = groups(case.person.name, caseworker)
        assert [one.person for one in shown["people"].rows] == [case.person]
        assert [row.key for row in shown["cases"].rows] == [case.pk]

    def test_finds_a_case_by_its_number(self, caseworker):
        case = a_case(caseworker)
        assert [row.key for row in groups(case.number, caseworker)["cases"].rows] == [case.pk]

    def test_finds_a_person_by_the_nik(self, caseworker):
        someone = person(caseworker, nik=NIK)
        assert [one.person for one in groups(NIK, caseworker)["people"].rows] == [someone]

    def test_finds_nobody_out_of_reach(self, caseworker):
        case = a_case(caseworker)
        stranger = user_with("caseworker", organisation=OTHER_ORGANISATION)
        assert groups(case.person.name, stranger)["people"].count == 0
        assert groups(case.number, stranger)["cases"].count == 0

    def test_asks_for_no_people_where_the_role_meets_none(self, administrator):
        assert {"people", "cases"}.isdisjoint(groups("Siti", administrator))

    def test_forgives_slips_in_the_names_of_bodies(self, caseworker):
        body = organisation(name="Yayasan Kasih Ibu")
        assert [row.key for row in groups("yayasn ibuu", caseworker)["bodies"].rows] == [body.pk]

    def test_tells_no_more_of_a_secret_place_than_its_regency(self, caseworker):
        organisation(name="Rumah Aman", region="21.02.10.2003", is_address_secret=True)
        assert groups("rumah aman", caseworker)["bodies"].rows[0].region == "21.02"

    def test_leaves_closed_bodies_out(self, caseworker):
        organisation(name="Yayasan Lama", is_closed=True)
        assert groups("yayasan lama", caseworker)["bodies"].count == 0

    def test_finds_a_draft_for_its_owner_alone(self, caseworker):
        service = a_service(listing="draft", name="Dapur Umum")
        owner = a_head(service.organisation)
        assert groups("dapur", caseworker)["services"].count == 0
        (row,) = groups("dapur", owner)["services"].rows
        assert (row.key, row.is_own) == (service.pk, True)

    def test_shows_few_at_first_and_more_of_one_kind(self, caseworker):
        for number in range(7):
            organisation(name=f"Yayasan Harapan {number}")
        first = groups("harapan", caseworker)["bodies"]
        assert (len(first.rows), first.counted, first.has_rest) == (5, "7", True)
        more = groups("harapan", caseworker, only="bodies")
        assert list(more) == ["bodies"]
        assert len(more["bodies"].rows) == 7


@pytest.mark.django_db(transaction=True)
class TestNames:
    def test_are_kept_until_their_table_is_another(self, monkeypatch):
        told = {"stand": 1, "name": "Yayasan Lama"}
        names = Names(lambda: told["stand"], lambda: [(ORGANISATION, told["name"])])
        monkeypatch.setattr(names._kept, "answer", lambda _key, ask: ask())
        first = names.letters()
        told["name"] = "Yayasan Baru"
        assert names.letters() is first
        told["stand"] = 2
        assert names.letters().find("baru").keys == (ORGANISATION,)
