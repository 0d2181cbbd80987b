"""Public numbers from preparing to everybody's page: the same numbers at every door, and nothing small at any."""

import csv
import io
import json
import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from simpul.access.jobs import run_waiting
from simpul.access.limits import Limit, forget_all
from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue import editions
from simpul.engines.disclosure import Release as Shown
from simpul.engines.disclosure import audit
from simpul.recaps.actions import prepare_release
from simpul.recaps.facts import Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.models import Release
from simpul.recaps.queries import public_preparing
from simpul.recaps.queries.public import figures, page_of, words_of
from simpul.recaps.queries.public_looking import looked_at
from simpul.recaps.queries.public_preparing import months
from tests.access.factories import ORGANISATION, user_with
from tests.population.factories import kept, register_of, row
from tests.recaps.queries.test_public_tables import KARIMUN, some_people

pytestmark = pytest.mark.django_db

# A month that is over, and the day of its register.
MONTH = "2026-10"
ENDED = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    forget_all()


@pytest.fixture
def registrar(client):
    found = user_with("registrar", region=KARIMUN)
    client.force_login(found)
    return found


@pytest.fixture
def officer():
    return user_with("dinas_officer", region=KARIMUN)


@pytest.fixture
def prepared(client, registrar, officer):
    """Prepared by an officer; from here on the second person is signed in."""
    client.force_login(officer)
    kept(register_of(some_people(90), on=ENDED))
    client.post(reverse("recaps:release-new"), {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH})
    run_waiting()
    client.force_login(registrar)
    return Release.objects.get()


@pytest.fixture
def published(client, prepared):
    told = {"seen": prepared.mark, "diperiksa": "on"}
    client.post(reverse("recaps:release-publish", args=[prepared.pk]), told)
    client.logout()
    prepared.refresh_from_db()
    return prepared


def file_of(client, form, **headers):
    return client.get(reverse("recaps:public-file", args=[KARIMUN, MONTH, form]), **headers)


class TestReleaseNew:
    def test_prepares_and_publishes_nothing(self, client, prepared):
        assert (prepared.stage, prepared.published_at) == ("ready", None)
        assert client.get(reverse("recaps:public-one", args=[KARIMUN])).status_code == 404

    def test_keeps_the_proof_sealed_beside_the_numbers(self, prepared):
        assert any("low" in one for one in prepared.workings["hidden"])
        assert "low" not in json.dumps(prepared.numbers)

    def test_offers_no_area_beyond_the_reach_of_who_asks(self, client):
        kept(register_of(some_people(5), on=ENDED))
        client.force_login(user_with("registrar", region="14.01"))
        told = {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH}
        assert client.post(reverse("recaps:release-new"), told).status_code == 422

    def test_refuses_a_month_that_is_not_over(self, client, officer):
        kept(register_of(some_people(5), on=date(2026, 11, 22)))
        told = {"key": uuid.uuid4(), "at": datetime(2026, 11, 30, 2, 0, tzinfo=UTC), "period": "2026-11"}
        with pytest.raises(Refusal, match="belum berakhir"):
            prepare_release(Where(region=KARIMUN), by=officer, **told)
        assert months(date(2026, 11, 30)) == []
        assert [period for period, _words in months(date(2026, 12, 1))] == ["2026-11"]

    def test_is_closed_to_who_may_only_read_recaps(self, client):
        client.force_login(user_with("case_supervisor", organisation=ORGANISATION))
        assert client.get(reverse("recaps:release-new")).status_code == 403


class TestRelease:
    def test_shows_what_is_hidden_why_and_what_an_outsider_could_compute(self, client, prepared):
        words = client.get(reverse("recaps:release", args=[prepared.pk])).content.decode()
        for told in ("angkanya kecil", "antara", "Terbitkan untuk umum"):
            assert told in words

    def test_tells_of_each_hidden_number_once(self, client, registrar):
        kept(register_of(some_people(12), on=ENDED))
        client.post(reverse("recaps:release-new"), {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH})
        run_waiting()
        told = [one.about for one in looked_at(Release.objects.get()).hidden]
        assert len(told) > 3
        assert len(told) == len(set(told))

    def test_is_not_there_for_who_has_another_area(self, client, prepared):
        client.force_login(user_with("registrar", region="14.01"))
        assert client.get(reverse("recaps:release", args=[prepared.pk])).status_code == 404


class TestReleasePreview:
    def test_is_the_page_that_everybody_will_read(self, client, prepared):
        words = client.get(reverse("recaps:release-preview", args=[prepared.pk, KARIMUN])).content.decode()
        assert page_of(prepared, KARIMUN).people in words
        assert "Belum terbit" in words
        assert reverse("recaps:public-file", args=[KARIMUN, MONTH, "csv"]) not in words


class TestReleasePublish:
    def test_wants_a_second_look(self, client, prepared):
        answer = client.post(reverse("recaps:release-publish", args=[prepared.pk]), {"seen": prepared.mark})
        prepared.refresh_from_db()
        assert (answer.status_code, prepared.published_at) == (422, None)

    def test_publishes_only_what_was_looked_at(self, client, prepared):
        told = {"seen": "0" * 64, "diperiksa": "on"}
        answer = client.post(reverse("recaps:release-publish", args=[prepared.pk]), told)
        assert answer.status_code == 422
        assert "bukan yang Anda periksa" in answer.content.decode()

    def test_wants_a_second_person(self, client, registrar):
        kept(register_of(some_people(90), on=ENDED))
        client.post(reverse("recaps:release-new"), {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH})
        run_waiting()
        own = Release.objects.get()
        told = {"seen": own.mark, "diperiksa": "on"}
        answer = client.post(reverse("recaps:release-publish", args=[own.pk]), told)
        own.refresh_from_db()
        assert (answer.status_code, own.published_at) == (422, None)
        assert "orang kedua" in answer.content.decode()
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=own.pk).update(published_by=own.by)

    def test_is_not_for_an_officer_who_may_only_prepare(self, client, prepared, officer):
        client.force_login(officer)
        told = {"seen": prepared.mark, "diperiksa": "on"}
        assert client.post(reverse("recaps:release-publish", args=[prepared.pk]), told).status_code == 403

    def test_stands_in_the_record_with_who_prepared_and_who_published(self, published, registrar, officer):
        did = {event.permission: event.actor for event in Event.objects.filter(is_reading=False)}
        assert (did["numbers.prepare"], did["numbers.publish"]) == (officer.pk, registrar.pk)
        assert published.published_by == registrar.pk


class TestReleaseWithdraw:
    def test_takes_page_and_files_away_and_says_why(self, client, published, registrar):
        client.force_login(registrar)
        told = {"alasan": "Desa Pangke terhitung dua kali."}
        client.post(reverse("recaps:release-withdraw", args=[published.pk]), told)
        client.logout()
        assert client.get(reverse("recaps:public-one", args=[KARIMUN])).status_code == 404
        gone = client.get(reverse("recaps:public-month", args=[KARIMUN, MONTH]))
        assert (gone.status_code, "dua kali" in gone.content.decode()) == (410, True)
        assert file_of(client, "csv").status_code == 404


class TestPublicOne:
    def test_opens_without_an_account_and_without_script(self, client, published):
        answer = client.get(reverse("recaps:public-one", args=[KARIMUN]))
        words = answer.content.decode()
        assert answer.status_code == 200
        assert "kurang dari 5" in words
        assert "htmx" not in words

    def test_of_a_whole_regency_weighs_less_than_20_kb(self, client, registrar):
        types = tuple(need.code for need in editions.default().types)
        rows = [
            row(region=f"21.02.{place:02}.1001", sex=sex, age=40, confirmed=types[place : place + 3])
            for place in range(1, 14)
            for sex in "LLLLLLPPPPPP"
        ]
        kept(register_of(rows, types=types, on=ENDED))
        told = {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH}
        client.post(reverse("recaps:release-new"), told)
        run_waiting()
        shown = client.get(reverse("recaps:release-preview", args=[Release.objects.get().pk, KARIMUN]))
        assert 10_000 < len(shown.content) < 20_000

    @pytest.mark.parametrize("address", ["99.99", "2102", "21.02.10", "a", "21.02%00"])
    def test_knows_nothing_else(self, client, published, address):
        assert client.get(f"/rekap/publik/{address}/").status_code == 404

    def test_says_the_numbers_of_the_release(self, published):
        shown = page_of(published, KARIMUN)
        told = {
            (one.type, one.sex): words_of(one.told)
            for one in figures(published)
            if one.area == KARIMUN and not one.age
        }
        assert shown.people == told["", ""]
        assert shown.by_sex[0].cells[1] == told["ABT", "L"]

    def test_draws_a_bar_where_a_number_is_written_and_only_there(self, client, registrar):
        types = ("ABT", "AT", "LUT", "PD", "FM", "ABH")
        few = [row(region="21.02.10.2003", sex="P", age=40, confirmed=("FM",))] * 2
        kept(register_of([*some_people(90), *few], types=types, on=ENDED))
        client.post(reverse("recaps:release-new"), {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH})
        run_waiting()
        rows = page_of(Release.objects.get(), KARIMUN).by_sex
        drawn = {one.name: one.drawing.bar for one in rows if one.drawing}
        written = {one.name: int(one.cells[0]) for one in rows if one.cells[0].isdigit()}
        assert drawn.keys() == {name for name, number in written.items() if number}
        assert len(drawn) < len(rows)
        assert max(drawn, key=drawn.__getitem__) == max(written, key=written.__getitem__)

    def test_names_the_list_of_types_in_words(self, client, published):
        words = client.get(reverse("recaps:public-one", args=[KARIMUN])).content.decode()
        assert str(editions.default().title.in_language("id")) in words
        assert published.edition not in words

    def test_is_refused_to_a_flood_with_a_sentence(self, client, published, monkeypatch):
        monkeypatch.setattr("simpul.recaps.views.public.ASKING", Limit("public-numbers-test", 1))
        answers = [client.get(reverse("recaps:public")).status_code for _time in range(2)]
        assert answers == [200, 429]


class TestPublicFile:
    def test_has_the_same_numbers_in_both_forms_as_the_page(self, client, published):
        rows = list(csv.DictReader(io.StringIO(file_of(client, "csv").content.decode("utf-8-sig"))))
        told = json.loads(file_of(client, "json").content)["angka"]
        assert [str(one["jumlah"]) for one in told] == [one["jumlah"] for one in rows]
        assert [one["jumlah"] for one in told] == [one.told for one in figures(published, KARIMUN)]

    def test_holds_no_small_number(self, client, published):
        told = json.loads(file_of(client, "json").content)
        assert not [one for one in told["angka"] if one["jumlah"] in (1, 2, 3, 4)]
        assert "<5" in told["buku_kode"]["jumlah"]

    def test_was_published_on_the_day_that_the_page_says(self, client, published):
        # Early in the morning in Indonesia it is still the day before elsewhere.
        Release.objects.filter(pk=published.pk).update(published_at=datetime(2026, 11, 22, 20, 0, tzinfo=UTC))
        page = client.get(reverse("recaps:public-one", args=[KARIMUN])).content.decode()
        assert "23 November 2026" in page
        assert json.loads(file_of(client, "json").content)["terbit"] == "2026-11-23"

    def test_is_the_same_for_everybody(self, client, published, registrar):
        plain = file_of(client, "csv").content
        client.force_login(registrar)
        assert file_of(client, "csv", HTTP_ACCEPT_LANGUAGE="en").content == plain

    def test_is_not_sent_twice_to_who_has_it(self, client, published):
        etag = file_of(client, "csv").headers["ETag"]
        assert file_of(client, "csv", HTTP_IF_NONE_MATCH=etag).status_code == 304


class TestTwoMonths:
    def test_together_tell_no_small_number_either(self, client, registrar, officer):
        people = some_people(90)
        later = [*people, *[row(region="21.02.10.2003", sex="P", age=70, confirmed=("LUT",))] * 3]
        for month, rows in (("2026-09", people), (MONTH, later)):
            kept(register_of(rows, on=date.fromisoformat(f"{month}-22")))
            client.force_login(officer)
            told = {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": month}
            client.post(reverse("recaps:release-new"), told)
            run_waiting()
            client.force_login(registrar)
            made = Release.objects.get(period=month)
            told = {"seen": made.mark, "diperiksa": "on"}
            client.post(reverse("recaps:release-publish", args=[made.pk]), told)
        both = [Shown.from_json(one.numbers) for one in Release.objects.shown()]
        assert len(both) == 2
        assert str(audit(both).answer) == "yes"

    def test_of_an_older_one_say_so_where_another_came_between(self, client, prepared, registrar, officer):
        client.force_login(officer)
        told = {"once": uuid.uuid4(), "wilayah": KARIMUN, "bulan": MONTH}
        client.post(reverse("recaps:release-new"), told)
        run_waiting()
        other = Release.objects.exclude(pk=prepared.pk).get()
        client.force_login(registrar)
        for one in (other, prepared):
            answer = client.post(
                reverse("recaps:release-publish", args=[one.pk]), {"seen": one.mark, "diperiksa": "on"}
            )
        assert (answer.status_code, Release.objects.shown().count()) == (422, 1)


class TestOverlapping:
    def test_no_area_within_or_around_one_that_was_published(self, client, published):
        rows = [*some_people(90), row(region="21.03.01.2001", confirmed=("LUT",))]
        kept(register_of(rows, on=ENDED))
        client.force_login(user_with("registrar"))
        told = {"once": uuid.uuid4(), "wilayah": "21", "bulan": MONTH}
        answer = client.post(reverse("recaps:release-new"), told)
        assert (answer.status_code, Release.objects.count()) == (422, 1)


class TestStandards:
    @pytest.fixture
    def with_standards(self, monkeypatch):
        """An office that says its minimum standard: one service served many, one served three."""
        columns = [Column(key, key) for key in ("target", "all", "budget")]
        lines = [
            Line("elder_community", "Lansia", (100, 40, None)),
            Line("beggars_community", "G", (50, 3, 9)),
        ]

        def make(user, asked):
            table = Table(
                "standards", "SPM", "orang", "Layanan", tuple(columns), tuple(lines), None, ("Sumber: -",)
            )
            return Recap("R10", "SPM", asked, (table,))

        def behind(user, asked, table, line, column):
            number = next(one.cells[1] for one in lines if one.key == line)
            return Rows("client", tuple(str(uuid.uuid4()) for _one in range(number)))

        told = {**public_preparing.RECAPS, "R10": Definition("R10", "SPM", "", make, behind)}
        monkeypatch.setattr(public_preparing, "RECAPS", told)

    def test_tell_the_target_and_no_small_number(self, with_standards, published):
        rows = page_of(published, KARIMUN).services
        assert [row.cells for row in rows] == [("100", "40", "40", ""), ("50", "<5", "", "9")]

    def test_say_what_is_missing_in_the_language_of_the_page(self, with_standards, published):
        Release.objects.filter(pk=published.pk).update(
            beside={"services": {"older_community": {"target": None, "budget": None}}, "since": "2026-01-01"}
        )
        published.refresh_from_db()
        with override("en"):
            assert page_of(published, KARIMUN).notes[0].startswith("There is no target for 2026 yet for")
        assert page_of(published, KARIMUN).notes[0].startswith("Belum ada sasaran tahun 2026")

    def test_stand_in_the_file_too(self, client, with_standards, published):
        told = json.loads(file_of(client, "json").content)["angka"]
        assert [one["jumlah"] for one in told if one["satuan"] == "service"] == ["<5", 40]
