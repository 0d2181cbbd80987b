from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.access import jobs
from simpul.access.models import Event, Job, Mention
from simpul.catalogue import editions
from simpul.people.models import Person
from simpul.population.models import Asked, KeptRegister
from tests.access.factories import user_with
from tests.people.factories import person
from tests.population.factories import AT, ON, kept, register_of, row
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
TYPES = ("LUT", "ODHA", "KBA")


def register_with(people: list[Person], on=ON, **words) -> KeptRegister:
    rows = [
        row(
            person=one.pk,
            organisation=one.organisation,
            region=one.region,
            household=one.household_id,
            **words,
        )
        for one in people
    ]
    return kept(register_of(rows, types=TYPES, on=on))


@pytest.fixture
def someone(supervisor) -> Person:
    return person(supervisor, name="Siti Aminah")


def html(client, name, *args, **asked) -> str:
    answer = client.get(reverse(f"population:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


class TestRegister:
    def test_says_that_nothing_is_there_before_the_first_night(self, client, supervisor):
        client.force_login(supervisor)
        assert "Belum pernah ditapis" in html(client, "register")

    def test_shows_each_type_and_leads_to_the_people(self, client, supervisor, someone):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(supervisor)
        page = html(client, "register")
        assert "anjut usia" in page
        assert reverse("population:people", args=[8, "suggested"]) in page

    def test_shows_numbers_without_ways_to_people_to_who_may_not_see_them(self, client, someone):
        register_with([someone], rule_yes=("LUT", "ODHA"))
        client.force_login(user_with("registrar"))
        page = html(client, "register")
        assert "/penduduk/jenis/" not in page
        assert "HIV" not in page

    def test_is_closed_to_others(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get(reverse("population:register")).status_code == 403

    def test_takes_an_area_that_is_none_for_the_whole(self, client, officer, someone):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(officer)
        assert "Orang yang tercatat" in html(client, "register", wilayah="99.99")

    def test_gives_the_same_numbers_as_a_file(self, client, supervisor, someone):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(supervisor)
        answer = client.get(reverse("population:numbers-file"))
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(TYPES)
        assert sum(int(line.rsplit(",", 3)[2]) for line in lines[1:]) == 1


class TestPeople:
    def test_is_the_list_of_work(self, client, supervisor, someone):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(supervisor)
        page = html(client, "people", 8, "suggested")
        assert "Siti Aminah" in page
        assert reverse("people:person", args=[someone.pk]) in page

    def test_is_recorded_for_each_person_who_stood_in_it(self, client, supervisor, someone):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(supervisor)
        html(client, "people", 8, "suggested")
        assert Mention.objects.filter(person=someone.pk, event__actor=supervisor.pk).exists()

    def test_has_nobody_out_of_reach(self, client, stranger, someone, other_organisation):
        register_with([someone], rule_yes=("LUT",))
        client.force_login(user_with("case_supervisor", organisation=other_organisation))
        assert "Siti Aminah" not in html(client, "people", 8, "suggested")

    def test_is_not_there_for_a_type_that_is_not_shown(self, client, head, someone):
        register_with([someone], confirmed=("ODHA",))
        client.force_login(head)
        number = editions.get("permensos-8-2012").type("ODHA").number
        assert client.get(reverse("population:people", args=[number, "confirmed"])).status_code == 404

    @pytest.mark.parametrize(("number", "standing"), [(8, "refused"), (999, "suggested")])
    def test_is_not_there_for_what_is_no_number(self, client, supervisor, someone, number, standing):
        register_with([someone])
        client.force_login(supervisor)
        assert client.get(reverse("population:people", args=[number, standing])).status_code == 404


class TestChanges:
    def test_waits_for_a_second_night(self, client, supervisor, someone):
        register_with([someone])
        client.force_login(supervisor)
        page = html(client, "changes")
        assert "Belum ada dua hari" in page
        assert "Isi bagian ini" not in page

    def test_asks_for_two_days(self, client, supervisor, someone):
        register_with([someone], on=ON - timedelta(days=1))
        register_with([someone])
        client.force_login(supervisor)
        assert "Pilih dua hari" in html(client, "changes", dari=ON.isoformat(), sampai=ON.isoformat())

    def test_shows_the_cause_and_the_people_behind(self, client, supervisor, someone):
        register_with([someone], on=ON - timedelta(days=1), rule_unknown=("LUT",))
        register_with([someone], rule_yes=("LUT",), by_birthday=("LUT",))
        client.force_login(supervisor)
        page = html(client, "changes")
        assert "Ulang tahun" in page
        behind = html(client, "changed-people", isi="0-birthday-unknown-suggested")
        assert "Siti Aminah" in behind

    def test_has_no_people_behind_a_line_that_is_not_there(self, client, supervisor, someone):
        register_with([someone], on=ON - timedelta(days=1))
        register_with([someone])
        client.force_login(supervisor)
        answer = client.get(reverse("population:changed-people"), {"isi": "0-fact-none-suggested"})
        assert answer.status_code == 404


class TestTrial:
    def test_says_that_a_list_was_not_tried(self, client, supervisor, someone):
        register_with([someone])
        client.force_login(supervisor)
        assert "belum dicoba" in html(client, "trial")

    def test_lays_the_other_list_beside_the_usual_one(self, client, supervisor, someone):
        made = register_with([someone], rule_yes=("LUT",))
        rows = [row(person=someone.pk, organisation=someone.organisation, region=someone.region)]
        kept(register_of(rows, types=("LUT",), on=made.on, edition="seed004-28"))
        client.force_login(supervisor)
        page = html(client, "trial", daftar="seed004-28")
        assert "Aturan lain" in page
        line = page.split("isi=")[1].split('"')[0]
        behind = html(client, "trial-people", daftar="seed004-28", isi=line)
        assert "Siti Aminah" in behind
        assert "Coba daftar lain" in behind

    def test_says_nothing_about_who_came_after_it(self, client, supervisor, someone):
        made = register_with([someone, person(supervisor, name="Rizki")], rule_yes=("LUT",))
        rows = [row(person=someone.pk, organisation=someone.organisation, region=someone.region)]
        kept(register_of(rows, types=("LUT",), on=made.on, edition="seed004-28"))
        client.force_login(supervisor)
        page = html(client, "trial", daftar="seed004-28")
        assert "1 orang berubah keadaannya" in page
        assert "Tidak lagi tercatat" not in page


class TestScreen:
    def sent(self, client, **typed):
        day = {"day_day": TODAY.day, "day_month": TODAY.month, "day_year": TODAY.year, "once": str(uuid4())}
        return client.post(reverse("population:screen"), {**day, **typed})

    def test_begins_a_job_once(self, client, officer):
        client.force_login(officer)
        once = str(uuid4())
        for _ in range(2):
            assert self.sent(client, once=once).status_code == 302
        assert Asked.objects.count() == Job.objects.count() == 1

    @pytest.mark.parametrize("task", ["population.night", "population.screen"])
    def test_is_not_piled_up(self, client, officer, task):
        client.force_login(officer)
        jobs.begin(task, by=None, at=AT)
        answer = self.sent(client)
        assert answer.status_code == 422
        assert "sedang ditapis" in answer.content.decode()
        assert (Asked.objects.count(), Job.objects.count()) == (0, 1)

    def test_keeps_what_was_typed_for_a_day_to_come(self, client, officer):
        client.force_login(officer)
        answer = self.sent(client, day_year=2999)
        assert answer.status_code == 422
        assert "2999" in answer.content.decode()
        assert not Asked.objects.exists()

    def test_is_closed_to_who_may_only_look(self, client, verifier):
        client.force_login(verifier)
        assert self.sent(client).status_code == 403

    def test_is_done_by_the_process_beside_the_server(self, client, officer, someone):
        client.force_login(officer)
        self.sent(client, edition="seed004-28")
        jobs.run_waiting()
        job = Job.objects.get()
        assert (job.state, job.told) == ("done", "1 orang ditapis.")
        assert set(KeptRegister.objects.values_list("edition", flat=True)) == {
            "permensos-8-2012",
            "seed004-28",
        }
        assert Event.objects.filter(permission="population.screen", actor=officer.pk).count() == 2

    def test_is_not_done_for_who_lost_the_right_meanwhile(self, client, officer):
        client.force_login(officer)
        self.sent(client)
        officer.grants.all().delete()
        jobs.run_waiting()
        assert Job.objects.get().state == "failed"
        assert not KeptRegister.objects.exists()
