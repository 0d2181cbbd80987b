"""A file for research from its purpose to its end: a second person, one taker, a day on which it is destroyed."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.access.files import path_of
from simpul.access.gate import THE_MACHINE
from simpul.access.jobs import begin, run_waiting
from simpul.access.models import Event, Job, JobState
from simpul.access.reach import Where
from simpul.catalogue import disclosure
from simpul.population.models import KeptRegister
from simpul.research.actions import destroy_expired
from simpul.research.models import Extract
from tests.access.factories import give, user_with
from tests.places.factories import few_regions
from tests.population.factories import AT, ON, kept, register_of
from tests.research.test_rows import KARIMUN, many

pytestmark = pytest.mark.django_db

ASKED = {
    "tujuan": "Berapa banyak lansia tinggal sendiri?",
    "untuk": "Tim rekaan",
    "wilayah": KARIMUN,
    "hari": ON.isoformat(),
    "kolom": ["sex", "age"],
}


@pytest.fixture
def researcher():
    return user_with("researcher", region=KARIMUN)


@pytest.fixture
def officer():
    return user_with("registrar", region=KARIMUN)


def ask(client, who, count=120, **changed):
    kept(register_of(many(count)))
    client.force_login(who)
    answer = client.post(reverse("research:extract-ask"), {"once": uuid.uuid4(), **ASKED, **changed})
    run_waiting()
    return answer


def decide(client, who, row, **told):
    client.force_login(who)
    answer = client.post(reverse("research:decide", args=[row.pk]), told)
    run_waiting()
    row.refresh_from_db()
    return answer


@pytest.fixture
def waiting(client, researcher):
    ask(client, researcher)
    return Extract.objects.get()


@pytest.fixture
def ready(client, waiting, officer):
    decide(client, officer, waiting, setuju="1")
    return waiting


def take(client, who, row):
    client.force_login(who)
    return client.post(reverse("research:extract-file", args=[row.pk]))


class TestExtractAsk:
    def test_measures_and_makes_nothing(self, waiting):
        assert (waiting.stage, waiting.file_key_sealed) == ("waiting", None)
        assert waiting.standing["smallest"] >= 5

    def test_wants_a_purpose(self, client, researcher):
        assert ask(client, researcher, tujuan="").status_code == 422
        assert not Extract.objects.exists()

    @pytest.mark.parametrize(
        "changed", [{"kolom": ["name"]}, {"jenis": ["ODHA"]}, {"wilayah": "14"}], ids=str
    )
    def test_offers_nothing_beyond_the_closed_list(self, client, researcher, changed):
        assert ask(client, researcher, **changed).status_code == 422

    def test_says_where_it_cannot_be_made_safe(self, client, researcher, officer):
        ask(client, researcher, count=4)
        row = Extract.objects.get()
        assert row.stage == "impossible"
        decide(client, officer, row, setuju="1")
        assert row.stage == "impossible"

    def test_is_closed_to_who_does_not_research(self, client, officer):
        client.force_login(officer)
        assert client.get(reverse("research:extract-ask")).status_code == 403

    def test_tells_who_can_decide(self, client, officer, waiting):
        page = client.get(reverse("research:extract", args=[waiting.pk])).content.decode()
        assert str(officer) in page
        assert "Belum ada yang dapat memutuskan" not in page

    def test_says_where_nobody_can_decide(self, client, researcher):
        wide = user_with("researcher", name="Bramantyo")
        ask(client, wide, wilayah="21")
        page = client.get(reverse("research:extract", args=[Extract.objects.get().pk])).content.decode()
        assert "Belum ada yang dapat memutuskan" in page

    def test_names_the_area_in_words(self, client, waiting):
        few_regions()
        words = client.get(reverse("research:extracts")).content.decode()
        assert f"> {KARIMUN} ·" not in words
        assert "Karimun" in words

    def test_tells_the_conditions_in_the_language_of_the_reader(self, client, waiting):
        client.cookies["django_language"] = "en"
        words = client.get(reverse("research:extract", args=[waiting.pk])).content.decode()
        assert disclosure.conditions()[0].in_language("en") in words


class TestDecision:
    def test_shows_how_like_each_other_people_are_before_anything_is_made(self, client, waiting, officer):
        client.force_login(officer)
        words = client.get(reverse("research:decision", args=[waiting.pk])).content.decode()
        assert "Kelompok serupa yang terkecil" in words
        assert "Tim rekaan" in words

    def test_is_not_there_for_who_asked(self, client, waiting, researcher):
        give(researcher, "registrar", region=KARIMUN)
        assert decide(client, researcher, waiting, setuju="1").status_code == 404

    def test_is_not_there_out_of_reach(self, client, waiting):
        other = user_with("registrar", region="14.01")
        assert decide(client, other, waiting, setuju="1").status_code == 404

    def test_of_refusing_wants_a_reason(self, client, waiting, officer):
        assert decide(client, officer, waiting, tolak="1").status_code == 422
        decide(client, officer, waiting, tolak="1", catatan="Tujuannya belum jelas.")
        assert waiting.stage == "refused"


class TestExtractFile:
    def test_is_for_who_asked_and_each_time_recorded(self, client, ready, researcher):
        assert take(client, researcher, ready).content[:2] == b"PK"
        take(client, researcher, ready)
        assert ready.takings.count() == 2
        assert Event.objects.filter(permission="extract.ask", actor=researcher.pk).count() >= 3

    def test_lies_sealed_on_the_disk(self, ready):
        assert b"PK" not in path_of(ready).read_bytes()[:64]

    @pytest.mark.parametrize("role", ["researcher", "registrar"])
    def test_is_for_nobody_else(self, client, ready, role):
        answer = take(client, user_with(role, region=KARIMUN), ready)
        assert answer.status_code in (403, 404)

    def test_is_not_there_before_it_was_approved(self, client, waiting, researcher):
        assert take(client, researcher, waiting).status_code == 302
        assert not waiting.takings.exists()


class TestDestroyExpired:
    def test_takes_the_file_and_the_salt_away(self, ready, django_capture_on_commit_callbacks):
        place, after = path_of(ready), ready.until + timedelta(days=1)
        with django_capture_on_commit_callbacks(execute=True):
            assert destroy_expired(Where(), by=THE_MACHINE, on=after, at=AT) == 1
        ready.refresh_from_db()
        assert (ready.stage, ready.salt_sealed, ready.is_there) == ("over", None, False)
        assert not place.exists()

    def test_leaves_what_may_still_be_downloaded(self, ready):
        assert destroy_expired(Where(), by=THE_MACHINE, on=ready.until, at=AT) == 0


class TestMeasure:
    @pytest.mark.parametrize("is_night", [False, True])
    def test_ends_with_a_reason_where_who_asked_lost_the_right(self, client, researcher, is_night):
        kept(register_of(many(120)))
        client.force_login(researcher)
        client.post(reverse("research:extract-ask"), {"once": uuid.uuid4(), **ASKED})
        researcher.grants.all().delete()
        if is_night:
            Job.objects.filter(task="research.measure").update(state=JobState.FAILED)
            begin("research.destroy", by=None, at=AT)
        run_waiting()
        row = Extract.objects.get()
        assert (row.stage, row.standing) == ("impossible", None)
        assert "tidak jadi diukur" in row.told


class TestMake:
    def test_gives_up_with_a_reason_where_the_register_is_gone(self, client, waiting, officer):
        KeptRegister.objects.all().delete()
        decide(client, officer, waiting, setuju="1")
        assert (waiting.stage, waiting.salt_sealed) == ("impossible", None)
        assert "tidak disimpan lagi" in waiting.told

    @pytest.mark.parametrize("is_night", [False, True])
    def test_ends_with_a_reason_where_the_approver_lost_the_right(self, client, waiting, officer, is_night):
        client.force_login(officer)
        client.post(reverse("research:decide", args=[waiting.pk]), {"setuju": "1"})
        officer.grants.all().delete()
        if is_night:
            Job.objects.filter(task="research.make").update(state=JobState.FAILED)
            begin("research.destroy", by=None, at=AT)
        run_waiting()
        waiting.refresh_from_db()
        assert (waiting.stage, waiting.salt_sealed) == ("impossible", None)
        assert "Minta lagi" in waiting.told
