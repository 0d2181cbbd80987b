from datetime import date

import pytest

from simpul.engines.rules import DateRange
from simpul.people import queries
from tests.access.factories import OTHER_ORGANISATION
from tests.people.factories import BORN, NIK, VILLAGE, person

pytestmark = pytest.mark.django_db


def names(found):
    return [one.person.name for one in found]


def words(one):
    return {reason.words for reason in one.reasons}


class TestSearch:
    @pytest.mark.parametrize(
        "typed",
        ["siti aminah", "Hj. Siti Aminah", "Aminah", "Sitti Aminah", "aminah siti", "Site Aminoh", "Siti"],
    )
    def test_finds_a_person_by_any_spelling(self, caseworker, typed):
        person(caseworker)
        assert names(queries.search(caseworker, name=typed)) == ["Siti Aminah"]

    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            ("Djumadi", "Jumadi"),
            ("Moh. Tjokro", "Muhammad Cokro"),
            ("Abdoel Rachman", "Abd. Rahman"),
            ("Siti Nur Aisyah", "Nur"),
        ],
    )
    def test_knows_indonesian_spellings(self, caseworker, kept, typed):
        person(caseworker, name=kept)
        assert names(queries.search(caseworker, name=typed)) == [kept]

    def test_finds_by_what_somebody_is_called(self, caseworker):
        person(caseworker, called="Nek Minah")
        assert names(queries.search(caseworker, name="Minah")) == ["Siti Aminah"]

    def test_finds_by_nik_alone_however_it_is_written(self, caseworker):
        person(caseworker, nik=NIK)
        found = queries.search(caseworker, nik="2102 1052 0354 0001")
        assert names(found) == ["Siti Aminah"]
        assert "NIK sama" in words(found[0])

    def test_puts_the_likelier_first(self, caseworker):
        person(caseworker, name="Siti Aminah", born=date(1990, 1, 1))
        near = person(caseworker)
        assert queries.search(caseworker, name="Siti Aminah", born=BORN)[0].person == near

    def test_takes_a_rough_age(self, caseworker):
        person(caseworker)
        rough = DateRange(date(1950, 1, 1), date(1958, 1, 1))
        assert "umur cocok dengan perkiraan" in words(
            queries.search(caseworker, name="Aminah", born=rough)[0]
        )

    def test_finds_nobody_out_of_reach(self, caseworker, stranger):
        person(stranger, organisation=OTHER_ORGANISATION, nik=NIK)
        assert queries.search(caseworker, name="Siti Aminah", nik=NIK, region=VILLAGE, born=BORN) == []

    def test_finds_nobody_for_nonsense(self, caseworker):
        person(caseworker)
        assert queries.search(caseworker, name="%'\"; --") == []

    def test_asks_one_question(self, caseworker, django_assert_num_queries):
        person(caseworker)
        caseworker.standing_grants  # noqa: B018 - kept for the request, as on a page
        with django_assert_num_queries(1):
            queries.search(
                caseworker, name="Siti Aminah", born=BORN, nik=NIK, region=VILLAGE, mother="Halimah"
            )


class TestLikelySame:
    def test_tells_why(self, caseworker):
        person(caseworker, nik=NIK, mother="Halimah")
        found = queries.likely_same(
            caseworker, name="Sitti Aminah", born=BORN, nik=NIK, region=VILLAGE, mother="Halimah", sex="P"
        )
        assert words(found[0]) == {
            "NIK sama",
            "nama sama",
            "tanggal lahir sama",
            "nama ibu sama",
            "desa atau kelurahan sama",
        }

    def test_leaves_neighbours_of_another_name_alone(self, caseworker):
        person(caseworker)
        assert (
            queries.likely_same(caseworker, name="Budi Santoso", born=date(1980, 2, 2), region=VILLAGE) == []
        )

    def test_leaves_out_the_person_asked_about(self, caseworker):
        someone = person(caseworker)
        assert queries.likely_same(caseworker, name=someone.name, born=BORN, apart_from=someone.pk) == []


class TestFurther:
    def test_finds_a_name_with_one_wrong_letter(self, caseworker):
        someone = person(caseworker, name="Siti Aminah")
        assert [one.person for one in queries.search(caseworker, name="Siti Amikah")] == [someone]

    def test_reads_no_large_register_from_end_to_end(self, caseworker, monkeypatch):
        someone = person(caseworker, name="Siti Nur Aminah")
        assert [one.person for one in queries.search(caseworker, name="Nur")] == [someone]
        monkeypatch.setattr("simpul.people.queries.likeness.READ_WHOLE", 0)
        assert queries.search(caseworker, name="Nur") == []
