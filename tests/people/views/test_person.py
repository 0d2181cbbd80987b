from datetime import date

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.engines.rules import DateRange
from simpul.people import actions
from simpul.people.models import Person
from tests.people.factories import AT, NIK, ON, child, consent, fact, person
from tests.people.queries.test_facts import fading_fact, hidden_fact, plain_fact
from tests.places.factories import NEXT_VILLAGE, few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def aminah(caseworker):
    few_regions()
    return person(caseworker, nik=NIK, phone="0812-555-0101", address="RT 3 dekat surau", called="Nek Minah")


def address(name, someone, *more):
    return reverse(f"people:{name}", args=[someone.pk, *more])


def seen_by(client, user, url, **details):
    client.force_login(user)
    return client.get(url, **details)


class TestPerson:
    def test_shows_who_it_is_with_the_nik_masked(self, client, caseworker, aminah):
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert "210210••••••••01" in html
        assert "Pangke, Kec. Meral Barat" in html
        for secret in (NIK, "0812-555-0101", "surau"):
            assert secret not in html

    def test_shows_facts_with_who_said_them(self, client, caseworker, aminah):
        fact(aminah, caseworker, plain_fact(), True, source="family")
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert "Keluarga atau tetangga" in html
        assert str(caseworker) in html

    @pytest.mark.parametrize(
        ("role", "status"), [("caseworker", 200), ("head", 200), ("stranger", 404), ("administrator", 403)]
    )
    def test_is_there_only_within_reach(self, client, request, aminah, role, status):
        assert seen_by(client, request.getfixturevalue(role), address("person", aminah)).status_code == status

    def test_sends_the_signed_out_to_the_door(self, client, aminah):
        assert client.get(address("person", aminah)).status_code == 302

    def test_that_it_was_read_is_recorded(self, client, head, aminah):
        seen_by(client, head, address("person", aminah))
        assert Event.objects.about_person(aminah.pk).filter(actor=head.pk, is_reading=True).count() == 1

    def test_very_sensitive_facts_do_not_exist_for_who_may_not_see_them(
        self, client, caseworker, head, aminah
    ):
        url = address("fact", aminah, fact(aminah, caseworker, hidden_fact(), True).pk)
        assert url in seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert url not in seen_by(client, head, address("person", aminah)).content.decode()
        assert seen_by(client, head, url).status_code == 404

    def test_asks_the_same_number_of_questions_however_much_is_known(
        self, client, caseworker, aminah, django_assert_num_queries
    ):
        client.force_login(caseworker)
        url = address("person", aminah)
        client.get(url)
        with django_assert_num_queries(17):
            client.get(url)
        child(caseworker, household=aminah.household)
        consent(aminah, caseworker)
        fact(aminah, caseworker, plain_fact(), True)
        with django_assert_num_queries(17):
            client.get(url)

    def test_asks_for_consent_before_anything_else(self, client, caseworker, aminah):
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert f'class="button" href="{address("consent", aminah)}"' in html
        assert "Mulai penapisan" not in html

    def test_offers_to_start_once_there_is_a_basis(self, client, caseworker, aminah):
        consent(aminah, caseworker)
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert "Mulai penapisan" in html
        assert f'class="button" href="{address("consent", aminah)}"' not in html

    def test_keeps_reasons_from_who_may_not_see_them(self, client, caseworker, volunteer, head, aminah):
        consent(aminah, caseworker, basis="vital_interest", basis_because="Dipukul suaminya")
        assert "Dipukul" in seen_by(client, caseworker, address("person", aminah)).content.decode()
        for other in (volunteer, head):
            html = seen_by(client, other, address("person", aminah)).content.decode()
            assert "Dipukul" not in html
            assert "Alasannya dicatat" in html

    def test_says_that_an_old_answer_should_be_asked_again(self, client, caseworker, aminah):
        long_ago = {"on": date(2001, 1, 1), "at": AT.replace(year=2001)}
        fact(aminah, caseworker, fading_fact()[0], True, **long_ago)
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert "dulu, tanyakan lagi" in html

    def test_says_that_a_parents_consent_ended(self, client, caseworker):
        youth = child(caseworker, born=date(2000, 1, 1))
        given = {"capacity": "parent", "given_by": "Sulastri", "on": date(2010, 1, 1)}
        consent(youth, caseworker, at=AT.replace(year=2010), **given)
        html = seen_by(client, caseworker, address("person", youth)).content.decode()
        assert "berakhir karena sudah dewasa" in html

    def test_names_no_fact_in_its_addresses(self, client, caseworker, aminah):
        fact(aminah, caseworker, hidden_fact(), True)
        html = seen_by(client, caseworker, address("person", aminah)).content.decode()
        assert hidden_fact() not in html


class TestIdentity:
    def test_shows_everything_and_records_it(self, client, caseworker, aminah):
        html = seen_by(client, caseworker, address("identity", aminah)).content.decode()
        for secret in (NIK, "0812-555-0101", "surau"):
            assert secret in html
        assert Event.objects.filter(permission="person.identity_view", person=aminah.pk).count() == 1

    def test_stands_in_the_trail_of_everybody_at_home(self, client, caseworker, aminah):
        other = child(caseworker, household=aminah.household)
        seen_by(client, caseworker, address("identity", aminah))
        for someone in (aminah, other):
            seen = Event.objects.about_person(someone.pk).filter(permission="person.identity_view")
            assert seen.count() == 1

    @pytest.mark.parametrize(("role", "status"), [("head", 403), ("volunteer", 403), ("stranger", 404)])
    def test_is_closed_to_who_may_not(self, client, request, aminah, role, status):
        assert (
            seen_by(client, request.getfixturevalue(role), address("identity", aminah)).status_code == status
        )


class TestFact:
    def test_shows_what_was_said_over_time(self, client, caseworker, aminah):
        said = fact(aminah, caseworker, plain_fact(), True)
        fact(aminah, caseworker, plain_fact(), state="refused", at=AT.replace(hour=4))
        html = seen_by(client, caseworker, address("fact", aminah, said.pk)).content.decode()
        assert html.index("Tidak mau menjawab") < html.index("Ya")


class TestEdit:
    def form(self, someone, **details):
        kept = {"name": someone.name, "called": someone.called, "sex": someone.sex, "region": someone.region}
        born = {"born_day": "12", "born_month": "3", "born_year": "1954", "margin": "5"}
        return {**kept, **born, "version": someone.version, "source": "self", **details}

    def test_saves_and_goes_back(self, client, caseworker, aminah):
        client.force_login(caseworker)
        answer = client.post(address("edit", aminah), self.form(aminah, name="Siti Aminah binti Ali"))
        kept = Person.objects.get(pk=aminah.pk)
        assert answer.status_code == 302
        assert (kept.name, kept.nik, kept.born) == ("Siti Aminah binti Ali", NIK, aminah.born)

    def test_an_emptied_birth_date_is_emptied(self, client, caseworker, aminah):
        client.force_login(caseworker)
        client.post(address("edit", aminah), self.form(aminah, born_day="", born_month="", born_year=""))
        assert Person.objects.get(pk=aminah.pk).born is None

    def test_an_estimate_nobody_touched_does_not_move(self, client, caseworker, aminah):
        someone = person(caseworker, born=DateRange(date(1950, 3, 4), date(1961, 3, 3)))
        client.force_login(caseworker)
        page = client.get(address("edit", someone)).context["form"].initial
        untouched = {
            "born_day": "",
            "born_month": "",
            "born_year": "",
            "age": page["age"],
            "margin": page["margin"],
        }
        client.post(address("edit", someone), self.form(someone, called="Mbah", **untouched))
        kept = Person.objects.get(pk=someone.pk)
        assert (kept.called, kept.born) == ("Mbah", someone.born)

    def test_two_workers_see_both_values_and_then_decide(self, client, caseworker, supervisor, aminah):
        form = self.form(aminah, name="Siti Halimah")
        actions.edit(
            aminah, by=supervisor, version=1, changes={"name": "Siti Aminah binti Ali"}, on=ON, at=AT
        )
        client.force_login(caseworker)
        answer = client.post(address("edit", aminah), form)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Siti Aminah binti Ali" in html
        assert 'name="version" value="2"' in html
        assert client.post(address("edit", aminah), {**form, "version": 2}).status_code == 302
        assert Person.objects.get(pk=aminah.pk).name == "Siti Halimah"

    def test_does_not_show_the_nik(self, client, caseworker, aminah):
        assert NIK not in seen_by(client, caseworker, address("edit", aminah)).content.decode()

    def test_an_emptied_name_is_refused_with_the_rest_kept(self, client, caseworker, aminah):
        client.force_login(caseworker)
        html = client.post(
            address("edit", aminah), self.form(aminah, name="", called="Nek Inah")
        ).content.decode()
        assert "Tulis nama atau panggilan" in html
        assert "Nek Inah" in html

    @pytest.mark.parametrize(("role", "status"), [("volunteer", 403), ("stranger", 404)])
    def test_is_closed_to_who_may_not(self, client, request, aminah, role, status):
        assert seen_by(client, request.getfixturevalue(role), address("edit", aminah)).status_code == status

    def test_removes_what_is_ticked(self, client, caseworker, aminah):
        client.force_login(caseworker)
        assert "Hapus nama ibu" not in client.get(address("edit", aminah)).content.decode()
        client.post(address("edit", aminah), self.form(aminah, remove_phone="on", remove_nik="on"))
        kept = Person.objects.get(pk=aminah.pk)
        assert (kept.phone, kept.nik) == (None, None)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"remove_phone": "on", "phone": "0812"}, "jangan keduanya"),
            ({"nik_absent_because": "none_yet"}, "NIK masih tercatat"),
        ],
    )
    def test_does_not_guess_what_should_be_removed(self, client, caseworker, aminah, wrong, sentence):
        client.force_login(caseworker)
        assert sentence in client.post(address("edit", aminah), self.form(aminah, **wrong)).content.decode()
        assert Person.objects.get(pk=aminah.pk).nik == NIK

    def test_a_chosen_village_can_be_unchosen(self, client, caseworker, aminah):
        client.force_login(caseworker)
        assert 'name="region" value=""' in client.get(address("edit", aminah)).content.decode()
        client.post(address("edit", aminah), self.form(aminah, region=""))
        assert Person.objects.get(pk=aminah.pk).region == ""

    def test_asks_who_moves_when_others_live_there(self, client, caseworker, aminah):
        child(caseworker, household=aminah.household)
        client.force_login(caseworker)
        form = self.form(aminah, region=NEXT_VILLAGE)
        assert "Pilih siapa yang pindah" in client.post(address("edit", aminah), form).content.decode()
        client.post(address("edit", aminah), {**form, "who_moves": "everybody"})
        assert set(Person.objects.values_list("region", flat=True)) == {NEXT_VILLAGE}
