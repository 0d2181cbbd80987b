from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from simpul.access.gate import THE_MACHINE
from simpul.access.models import Grant
from simpul.access.reach import Where
from simpul.desk.queries import quality
from simpul.desk.queries.quality import (
    CHECKS,
    check_of,
    checks_of,
    counted,
    examined,
    out_of_reach,
    pages_of,
    to_complete,
)
from simpul.desk.queries.quality_narrow import narrowed_by
from simpul.desk.queries.quality_seen import Scope, Seen
from simpul.people.models import Person
from simpul.places.models import RegionChange
from simpul.population.reactions import screen
from tests.access.factories import OTHER_ORGANISATION, user_with
from tests.cases.factories import a_case
from tests.organisations.factories import organisation
from tests.people.factories import AT, NIK, ON, VILLAGE, child, fact, limited, person
from tests.places.factories import few_regions
from tests.services.factories import a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions(db):
    return few_regions()


LATER = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def seen(user, **scope):
    return Seen(user, Scope(**scope), ON, LATER)


def listed(code, user, **scope):
    """Whom a work list names, looked at row by row where it has to be."""
    check, looking = check_of(code, user), seen(user, **scope)
    if check.is_examined:
        return [key for line in examined(check, looking, 1)[0] for key in line.people]
    return [key for line in check.lines(list(check.rows(looking)), looking) for key in line.people]


class TestChecks:
    def test_find_who_has_no_birth_date(self, caseworker):
        known, unknown = person(caseworker), person(caseworker, name="Budi", sex="L", born=None)
        assert listed("lahir", caseworker) == [unknown.pk]
        assert known.pk != unknown.pk

    def test_leave_out_who_may_not_be_changed(self, caseworker, supervisor):
        limited(person(caseworker, born=None), supervisor)
        assert listed("lahir", caseworker) == []

    def test_find_an_odd_nik_until_somebody_looked_at_it(self, caseworker):
        odd = person(caseworker, nik=NIK, born=date(1960, 1, 1))
        Person.objects.update(nik_confirmed=False)
        assert listed("nik", caseworker) == [odd.pk]
        Person.objects.update(nik_confirmed=True)
        assert listed("nik", caseworker) == []

    def test_find_no_nik_that_fits(self, caseworker):
        person(caseworker, nik=NIK)
        Person.objects.update(nik_confirmed=False)
        assert listed("nik", caseworker) == []

    @pytest.mark.parametrize(("born", "is_listed"), [(date(1921, 11, 20), True), (date(1921, 11, 21), False)])
    def test_find_who_is_older_than_likely(self, caseworker, born, is_listed):
        someone = person(caseworker, born=born)
        assert (someone.pk in listed("umur", caseworker)) is is_listed

    @pytest.mark.parametrize(("born", "is_listed"), [(date(2008, 11, 22), True), (date(2008, 11, 21), False)])
    def test_find_a_head_who_is_a_child(self, caseworker, born, is_listed):
        someone = child(caseworker, born=born)
        Person.objects.filter(pk=someone.pk).update(relation_to_head="head")
        assert (someone.pk in listed("kepala-anak", caseworker)) is is_listed

    def test_find_who_was_born_after_being_registered(self, caseworker):
        someone = person(caseworker)
        Person.objects.update(
            born_earliest=date(2026, 11, 21),
            born_latest=date(2026, 11, 21),
            registered_at=datetime(2026, 11, 19, 3, tzinfo=UTC),
        )
        assert listed("lahir-sesudah", caseworker) == [someone.pk]

    def test_find_whose_village_is_not_known(self, caseworker):
        someone = person(caseworker)
        assert listed("tanpa-tempat", caseworker) == []
        Person.objects.update(region="")
        assert listed("tanpa-tempat", caseworker) == [someone.pk]

    def test_find_homes_without_a_head(self, caseworker):
        someone = person(caseworker)
        assert listed("tanpa-kepala", caseworker) == []
        Person.objects.update(relation_to_head="spouse")
        assert listed("tanpa-kepala", caseworker) == [someone.pk]

    def test_lead_who_may_change_nothing_to_a_page_that_opens(self, caseworker, verifier):
        someone = person(caseworker)
        Person.objects.update(relation_to_head="spouse")
        check = check_of("tanpa-kepala", verifier)
        looking = seen(verifier)
        lines = check.lines(list(check.rows(looking)), looking)
        assert [line.href for line in lines] == [reverse("people:person", args=[someone.pk])]

    def test_find_homes_with_two_heads(self, caseworker):
        first = person(caseworker)
        second = person(caseworker, name="Budi", sex="L", household=first.household)
        Person.objects.filter(pk=first.pk).update(relation_to_head="head")
        assert listed("dua-kepala", caseworker) == []
        Person.objects.update(relation_to_head="head")
        assert set(listed("dua-kepala", caseworker)) == {first.pk, second.pk}

    def test_find_cases_whose_worker_has_left(self, caseworker, supervisor):
        case = a_case(caseworker)
        assert listed("kasus", supervisor) == []
        Grant.objects.filter(user=caseworker).update(withdrawn_at=AT)
        assert listed("kasus", supervisor) == [case.person_id]

    def test_find_bodies_that_nobody_confirmed(self, officer):
        organisation(name="Lama", verified_on=date(2025, 11, 20))
        organisation(name="Baru", verified_on=date(2025, 11, 21))
        organisation(name="Tutup", is_closed=True)
        assert [line.name for line in _lines("lembaga", officer)] == ["Lama"]

    def test_find_services_that_nobody_confirmed(self, officer):
        late = a_service(confirmed_on=date(2026, 1, 1))
        a_service(late.organisation, confirmed_on=ON, name="Baru")
        assert [line.name for line in _lines("layanan", officer)] == [late.name]


def _lines(code, user):
    check, looking = check_of(code, user), seen(user)
    return check.lines(list(check.rows(looking)), looking)


class TestOldPlaces:
    def test_name_the_village_that_came_after(self, caseworker, regions):
        someone = person(caseworker)
        Person.objects.update(region="21.99.10.2003")
        RegionChange.objects.create(old_code="21.99.10.2003", new_code=VILLAGE)
        (line,) = _lines("tempat-lama", caseworker)
        assert line.people == (someone.pk,)
        assert VILLAGE in line.said

    def test_leave_alone_what_is_in_force(self, caseworker, regions):
        person(caseworker)
        assert _lines("tempat-lama", caseworker) == []


class TestFaded:
    def test_tells_how_much_is_old_and_not_what(self, caseworker):
        case = a_case(caseworker)
        fact(case.person, caseworker, "has_job", value=True, on=date(2020, 1, 1))
        (line,) = examined(check_of("fakta-lama", caseworker), seen(caseworker), 1)[0]
        assert line.people == (case.person_id,)
        assert "has_job" not in line.said


class TestNightly:
    @pytest.fixture
    def people(self, caseworker, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        said = [person(caseworker, name=name) for name in ("Siti Aminah", "Rizki Pratama", "Budi")]
        fact(said[0], caseworker, "has_job", value=True, on=date(2020, 1, 1))
        for name, value in (("left_alone", True), ("cared_for", True)):
            fact(said[1], caseworker, name, value=value, on=ON)
        screen(Where(), by=THE_MACHINE, on=ON, at=LATER)
        return said

    def test_finds_over_everybody_whose_answers_are_old(self, caseworker, people):
        check, looking = check_of("keterangan-lama", caseworker), seen(caseworker)
        (line,) = check.lines(pages_of(check, looking).page(1).object_list, looking)
        assert (line.people, "has_job" in line.said) == ((people[0].pk,), False)

    def test_finds_over_everybody_whose_answers_do_not_fit_together(self, caseworker, people):
        assert listed("bertentangan", caseworker) == [people[1].pk]

    def test_tells_the_share(self, caseworker, people):
        told = quality.counted_one(check_of("bertentangan", caseworker), seen(caseworker))
        assert (told.number, told.among, round(told.share)) == (1, 3, 33)

    def test_keeps_to_reach_and_area(self, caseworker, people):
        stranger = user_with("caseworker", organisation=OTHER_ORGANISATION)
        assert listed("keterangan-lama", stranger) == []
        assert listed("keterangan-lama", caseworker, area="93") == []

    def test_leaves_out_who_was_limited_since(self, caseworker, supervisor, people):
        limited(people[0], supervisor)
        assert listed("keterangan-lama", caseworker) == []

    def test_is_empty_before_the_first_night(self, caseworker):
        assert listed("bertentangan", caseworker) == []


class TestReach:
    def test_is_that_of_who_looks(self, caseworker):
        person(caseworker, born=None)
        stranger = user_with("caseworker", organisation=OTHER_ORGANISATION)
        assert listed("lahir", stranger) == []

    def test_is_narrowed_to_an_area_and_a_body(self, caseworker, organisation):
        someone = person(caseworker, born=None)
        assert listed("lahir", caseworker, area="21.02") == [someone.pk]
        assert listed("lahir", caseworker, area="21.0") == []
        assert listed("lahir", caseworker, body=OTHER_ORGANISATION) == []
        assert listed("lahir", caseworker, body=organisation) == [someone.pk]


class TestCounted:
    def test_says_of_each_list_as_many_as_it_shows(self, caseworker):
        person(caseworker, born=None)
        looking = seen(caseworker)
        for one in counted(looking):
            rows = list(one.check.rows(looking))
            assert one.number in (None, len(rows))
        assert pages_of(check_of("lahir", caseworker), looking).count == 1

    def test_is_kept_for_ten_minutes(self, caseworker):
        rows = Person.objects.filter(born_earliest=None)
        assert quality.number_of(rows, seen(caseworker)) == 0
        person(caseworker, born=None)
        assert quality.number_of(rows, seen(caseworker)) == 0
        after = Seen(caseworker, Scope(), ON, LATER + quality.KEPT_FOR)
        assert quality.number_of(rows, after) == 1


class TestChecksOf:
    def test_opens_only_what_the_reader_may_see(self, administrator):
        assert [check.code for check in checks_of(administrator)] == ["lembaga"]

    def test_has_each_code_once(self):
        assert len({check.code for check in CHECKS}) == len(CHECKS)


class TestOutOfReach:
    def test_is_a_number_alone(self, caseworker, officer):
        person(caseworker)
        assert out_of_reach(seen(caseworker)) == 0
        Person.objects.update(region="", organisation=None)
        assert out_of_reach(seen(officer)) == 1


class TestToComplete:
    def test_is_the_number_of_that_list(self, caseworker, administrator):
        person(caseworker, born=None)
        assert to_complete(caseworker, on=ON, at=LATER) == 1
        assert to_complete(administrator, on=ON, at=LATER) == 0


class TestNarrowedBy:
    def test_takes_the_best_region_and_body(self, regions):
        body = organisation(name="Yayasan Kasih Ibu")
        narrowed = narrowed_by("Karimun", "yayasn kasih")
        assert narrowed.scope == Scope("21.02", body.pk)
        assert narrowed.address == "di=Karimun&lembaga=yayasn+kasih"

    @pytest.mark.parametrize("typed", [("Zzyzx", ""), ("", "Zzyzx")], ids=["region", "body"])
    def test_says_what_it_did_not_find(self, db, typed):
        narrowed = narrowed_by(*typed)
        assert narrowed.missed
        assert narrowed.scope == Scope()

    def test_names_the_other_bodies_that_fit_as_well(self, db):
        bodies = [organisation(name=name) for name in ("Rumah Asa", "Rumah Bina", "Pekerja Rumahan")]
        narrowed = narrowed_by("", "rumah")
        assert (narrowed.scope.body, narrowed.others) == (bodies[0].pk, ("Rumah Bina", "Pekerja Rumahan"))

    def test_takes_a_body_by_its_whole_name_without_asking_further(self, db):
        organisation(name="Rumah Asa Bersama")
        body = organisation(name="Rumah Asa")
        narrowed = narrowed_by("", "rumah asa")
        assert (narrowed.scope.body, narrowed.others, narrowed.more) == (body.pk, (), 0)
