import uuid

import pytest
from django.urls import reverse

from simpul.cases.actions.around import About
from simpul.cases.models import Concerned, Tie
from simpul.cases.stages import Stage
from tests.cases.actions.test_around import added
from tests.cases.actions.test_opening import reopened
from tests.cases.actions.test_ties import in_household, tied
from tests.cases.factories import a_case, brought_to
from tests.screening.factories import TODAY, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def shown(client, user, name, *keys):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=keys))


def sent(client, user, page, *keys, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{page}", args=keys), typed)


def typed(**details):
    return {
        "once": uuid.uuid4(), "kind": "person", "name": "Bibi Rohani", "relation": "bibi", "tells": "nothing", **details,
    }  # fmt: skip


class TestAround:
    def test_shows_people_ties_and_both_drawings(self, client, case, caseworker):
        mother = added(case, caseworker, About(name="Rohani", relation="ibu", sex="P", born_year=1960))
        tied(case, caseworker, "parent_of", mother, None)
        tied(case, caseworker, "supports", mother, None)
        page = shown(client, caseworker, "around", case.pk).content.decode()
        assert page.count('class="drawing"') == 2
        for words in (
            "Rohani orang tua dari Siti Aminah",
            "lahir 1960",
            "<title id=",
            "garis biasa: mendukung",
        ):
            assert words in page

    def test_offers_the_household(self, client, case, caseworker):
        in_household(case, caseworker, "Rizki", "child")
        assert "Rizki (serumah)" in shown(client, caseworker, "around", case.pk).content.decode()

    def test_draws_and_links_nothing_for_the_head(self, client, case, caseworker, head):
        tied(case, caseworker, "supports", added(case, caseworker), None)
        page = shown(client, head, "around", case.pk).content.decode()
        assert "Bibi Rohani" in page
        assert "jadwal kontrol" not in page
        assert "drawing" not in page

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("verifier", 200)])
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        assert shown(client, request.getfixturevalue(role), "around", case.pk).status_code == status


class TestAdd:
    def test_notes_and_goes_back(self, client, case, caseworker):
        answer = sent(client, caseworker, "concerned-add", case.pk, **typed())
        assert answer.url == reverse("cases:around", args=[case.pk])
        assert Concerned.objects.get().name == "Bibi Rohani"

    def test_sent_twice_notes_one(self, client, case, caseworker):
        form = typed()
        for _ in range(2):
            sent(client, caseworker, "concerned-add", case.pk, **form)
        assert Concerned.objects.count() == 1

    def test_shows_again_what_was_typed(self, client, case, caseworker):
        answer = sent(client, caseworker, "concerned-add", case.pk, **typed(tells="some"))
        assert answer.status_code == 422
        assert "Bibi Rohani" in answer.content.decode()

    def test_finds_a_registered_person_and_links_them(self, client, case, caseworker):
        sister = person(caseworker, name="Nur Hayati")
        looking = typed(name="", person_text="Nur Hayati", person_find="1")
        assert "Nur Hayati" in sent(client, caseworker, "concerned-add", case.pk, **looking).content.decode()
        sent(
            client, caseworker, "concerned-add", case.pk,
            **typed(name="", person_text="Nur Hayati", person=str(sister.pk)),
        )  # fmt: skip
        assert Concerned.objects.get().person == sister

    def test_refuses_a_stranger(self, client, case, stranger):
        assert sent(client, stranger, "concerned-add", case.pk, **typed()).status_code == 404


class TestEdit:
    def test_shows_both_values_after_a_clash_and_can_then_be_saved(self, client, case, caseworker):
        row = added(case, caseworker)
        keys = (case.pk, row.pk)
        assert sent(client, caseworker, "concerned-edit", *keys, **typed(version=1)).status_code == 302
        late = sent(client, caseworker, "concerned-edit", *keys, **typed(version=1, name="Bibi Ani"))
        assert late.status_code == 422
        for words in ("Nama: Bibi Rohani", "Nama: Bibi Ani", 'name="version" value="2"'):
            assert words in late.content.decode()
        sent(client, caseworker, "concerned-edit", *keys, **typed(version=2, name="Bibi Ani"))
        assert Concerned.objects.get().name == "Bibi Ani"

    def test_does_not_show_a_link_out_of_reach_and_keeps_it(self, client, case, caseworker, stranger):
        row, elsewhere = added(case, caseworker), person(stranger, name="Nur Hayati")
        Concerned.objects.filter(pk=row.pk).update(person=elsewhere)
        page = shown(client, caseworker, "concerned-edit", case.pk, row.pk).content.decode()
        assert str(elsewhere.pk) not in page
        sent(client, caseworker, "concerned-edit", case.pk, row.pk, **typed(version=1))
        assert Concerned.objects.get().person == elsewhere

    def test_knows_no_row_of_another_case(self, client, case, caseworker):
        row = added(a_case(caseworker), caseworker)
        assert shown(client, caseworker, "concerned-edit", case.pk, row.pk).status_code == 404


class TestEnd:
    def test_moves_them_below(self, client, case, caseworker):
        row = added(case, caseworker)
        sent(client, caseworker, "concerned-end", case.pk, row.pk, version=1)
        assert Concerned.objects.get().ended_on == TODAY
        assert (
            "Yang tidak lagi di sekitarnya" in shown(client, caseworker, "around", case.pk).content.decode()
        )


class TestBefore:
    @pytest.fixture
    def again(self, case, caseworker):
        added(case, caseworker)
        return reopened(brought_to(Stage.LEFT, caseworker, case), caseworker)

    def test_offers_those_of_the_episode_before_and_notes_the_ticked(self, client, again, caseworker):
        assert "Bibi Rohani (bibi dari ibu)" in shown(client, caseworker, "around", again.pk).content.decode()
        ticked = {"once": uuid.uuid4(), "members": str(Concerned.objects.get().pk)}
        assert sent(client, caseworker, "concerned-before", again.pk, **ticked).status_code == 302
        assert Concerned.objects.get(case=again).name == "Bibi Rohani"
        assert "Dari episode sebelumnya" not in shown(client, caseworker, "around", again.pk).content.decode()

    def test_says_so_when_nobody_was_ticked(self, client, again, caseworker):
        answer = sent(client, caseworker, "concerned-before", again.pk, once=uuid.uuid4())
        assert answer.status_code == 422
        assert "Centang paling sedikit satu orang" in answer.content.decode()

    def test_offers_nobody_twice(self, client, again, case, caseworker):
        child = in_household(case, caseworker, "Rizki", "child")
        Concerned.objects.update(person=child)
        assert "Rizki (serumah)" not in shown(client, caseworker, "around", again.pk).content.decode()

    def test_is_not_there_for_a_stranger(self, client, again, stranger):
        answer = sent(client, stranger, "concerned-before", again.pk, once=uuid.uuid4())
        assert answer.status_code == 404


class TestHousehold:
    def test_notes_the_ticked(self, client, case, caseworker):
        child = in_household(case, caseworker, "Rizki", "child")
        once = uuid.uuid4()
        sent(client, caseworker, "concerned-household", case.pk, once=once, members=[str(child.pk)])
        assert Concerned.objects.get().person == child

    def test_asks_for_somebody(self, client, case, caseworker):
        in_household(case, caseworker, "Rizki", "child")
        answer = sent(client, caseworker, "concerned-household", case.pk, once=uuid.uuid4())
        assert answer.status_code == 422


class TestTie:
    def test_notes_a_tie_with_the_client(self, client, case, caseworker):
        row = added(case, caseworker)
        assert shown(client, caseworker, "tie", case.pk).status_code == 200
        form = {"once": uuid.uuid4(), "one": str(row.pk), "kind": "cares_for", "other": "client"}
        assert sent(client, caseworker, "tie", case.pk, **form).status_code == 302
        assert (Tie.objects.get().one, Tie.objects.get().other) == (row, None)

    def test_says_why_not(self, client, case, caseworker):
        form = {"once": uuid.uuid4(), "one": "client", "kind": "cares_for", "other": "client"}
        answer = sent(client, caseworker, "tie", case.pk, **form)
        assert answer.status_code == 422
        assert "dua orang yang berbeda" in answer.content.decode()


class TestEndTie:
    def test_takes_it_from_the_drawing(self, client, case, caseworker):
        told = tied(case, caseworker, "supports", added(case, caseworker), None)
        sent(client, caseworker, "tie-end", case.pk, told.pk)
        assert Tie.objects.get().ended_on == TODAY
