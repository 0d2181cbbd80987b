import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.accreditation.actions.assignment import declare, declare_as_validator, end
from simpul.accreditation.models import Accreditation, Step
from simpul.organisations.models import Flag, Officer
from tests.access.factories import give, user_with
from tests.accreditation.factories import (
    accepted,
    applied,
    asked,
    begun,
    body,
    fresh,
    locked,
    minuted,
    named,
    now,
    own_scheme,
    recommended,
    signed,
    today,
    visiting,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accreditation:{name}", args=args)


def shown(client, user, name, *args):
    client.force_login(user)
    response = client.get(at(name, *args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


class TestOf:
    def test_shows_the_runs_of_a_body_to_its_head(self, client):
        told = begun()
        words = shown(client, told.head, "of", told.organisation.pk)
        assert "Skema kecil kantor" in words
        assert at("run", told.run.pk) in words

    def test_offers_to_begin_where_nothing_runs(self, client):
        place = body()
        head = user_with("head_of_lks", organisation=place.pk)
        assert at("start", place.pk) in shown(client, head, "of", place.pk)

    def test_shows_nothing_of_it_to_the_head_of_another_body(self, client):
        told = begun()
        other = user_with("head_of_lks", organisation=body(name="Lain").pk)
        assert at("run", told.run.pk) not in shown(client, other, "of", told.organisation.pk)


class TestStart:
    def test_shows_the_conditions_first_and_begins(self, client):
        own_scheme()
        place = body()
        head = user_with("head_of_lks", organisation=place.pk)
        words = shown(client, head, "start", place.pk)
        assert "Berbadan hukum" in words
        assert "belum tersedia" in words
        typed = {"once": str(uuid.uuid4()), "scheme": "kecil"}
        response = client.post(at("start", place.pk), typed)
        run = Accreditation.objects.get()
        assert response.url == at("self-assessment", run.pk)

    def test_says_what_to_do_without_any_scheme(self, client):
        place = body()
        head = user_with("head_of_lks", organisation=place.pk)
        assert "Mintalah sekretariat" in shown(client, head, "start", place.pk)

    def test_shows_why_it_was_refused(self, client):
        own_scheme()
        place = body(legal_status="no_legal_entity")
        client.force_login(user_with("head_of_lks", organisation=place.pk))
        typed = {"once": str(uuid.uuid4()), "scheme": "kecil"}
        response = client.post(at("start", place.pk), typed)
        assert response.status_code == 422
        assert "belum dapat dimulai" in response.content.decode()

    def test_does_not_exist_for_another_head(self, client):
        client.force_login(user_with("head_of_lks", organisation=body().pk))
        assert client.get(at("start", body(name="Lain").pk)).status_code == 404


class TestRun:
    @pytest.mark.parametrize(
        ("situation", "who", "name"),
        [
            (begun, "head", "self-assessment"),
            (recommended, "head", "apply"),
            (applied, "secretary", "desk"),
            (accepted, "secretary", "assignments"),
        ],
        ids=["self-assessment", "application", "desk check", "assignment"],
    )
    def test_shows_the_one_next_step_to_whose_turn_it_is(self, client, situation, who, name):
        told = situation()
        assert f'class="button" href="{at(name, told.run.pk)}"' in shown(
            client, getattr(told, who), "run", told.run.pk
        )

    def test_tells_others_for_whom_they_wait(self, client):
        told = applied()
        assert "Menunggu sekretariat" in shown(client, told.head, "run", told.run.pk)

    def test_asks_the_body_to_sign_the_minutes(self, client):
        told = visiting()
        row = minuted(told)
        assert at("sign", row.pk) in shown(client, told.head, "run", told.run.pk)

    def test_shows_agreement_only_after_all_have_locked(self, client):
        told = visiting()
        assert "Kesepakatan" not in shown(client, told.secretary, "run", told.run.pk)
        done = locked()
        assert "Kesepakatan" in shown(client, done.secretary, "run", done.run.pk)

    def test_shows_the_signed_minutes(self, client):
        told = signed()
        assert "ditandatangani kedua pihak" in shown(client, told.head, "run", told.run.pk)

    @pytest.mark.parametrize("why", ["conflict", "officer", "none"])
    def test_keeps_the_visit_from_a_member_who_may_not_decide(self, client, why):
        told = signed()
        if why == "conflict":
            row = named(told, give(told.member, "accreditation_validator", region="21").user, "validator")
            declare_as_validator(
                row,
                by=told.member,
                on=today(),
                at=now(),
                has_conflict=True,
                words="Istri saya bekerja di sana.",
            )
        if why == "officer":
            Officer.objects.create(
                organisation=told.organisation, unit="board", title="Ketua", name=str(told.member)
            )
        words = shown(client, told.member, "run", told.run.pk)
        assert ("Pembukuan ada" in words) is (why == "none")
        assert ("Kesepakatan antarasesor" in words) is (why == "none")
        assert ("Anda tidak ikut memutuskan" in words) is (why != "none")

    def test_leads_the_secretariat_to_the_naming_at_any_time(self, client):
        told = visiting()
        assert at("assignments", told.run.pk) in shown(client, told.secretary, "run", told.run.pk)
        assert at("assignments", told.run.pk) not in shown(client, told.head, "run", told.run.pk)

    def test_does_not_exist_for_assessors_and_strangers(self, client):
        told = visiting()
        client.force_login(user_with("head_of_lks", organisation=body().pk))
        assert client.get(at("run", told.run.pk)).status_code == 404
        client.force_login(told.first)
        assert client.get(at("run", told.run.pk)).status_code == 403

    def test_asks_the_database_as_often_for_one_step_as_for_many(self, client, django_assert_max_num_queries):
        told = signed()
        client.force_login(told.secretary)
        client.get(at("run", told.run.pk))
        with django_assert_max_num_queries(32):
            client.get(at("run", told.run.pk))

    def test_keeps_what_offices_write_to_each_other_from_the_body(self, client):
        told = locked()
        Step.objects.create(
            accreditation=told.run,
            left="plenary",
            stage="validation",
            words="Butir 1.2 meragukan",
            on=today(),
            at=now(),
            by_name="Pleno",
        )
        words = shown(client, told.head, "run", told.run.pk)
        assert "meragukan" not in words
        assert "Kesepakatan" not in words
        assert "meragukan" in shown(client, told.secretary, "run", told.run.pk)

    def test_shows_the_secretariat_that_a_flag_stands_and_not_why(self, client):
        told = begun()
        flag = Flag(organisation=told.organisation, kind="complaint", on=today(), at=now(), by_name="Dinas")
        flag.words = "Pengasuh memukul"
        flag.save()
        words = shown(client, told.secretary, "run", told.run.pk)
        assert flag.get_kind_display() in words
        assert "memukul" not in words
        assert flag.get_kind_display() not in shown(client, told.head, "run", told.run.pk)


class TestWithdraw:
    def test_takes_the_run_back(self, client):
        told = begun()
        assert "Alasan" in shown(client, told.head, "withdraw", told.run.pk)
        client.post(at("withdraw", told.run.pk), {"version": "1", "because": "pindah"})
        assert fresh(told).stage == "withdrawn"


class TestQueue:
    def test_shows_what_waits_with_its_day_and_of_one_stage(self, client):
        told = applied()
        words = shown(client, told.secretary, "queue")
        assert "LKS Tunas Bahari" in words
        address = at("queue") + "?stage=visit"
        assert "Tidak ada yang menunggu" in client.get(address).content.decode()

    def test_asks_as_often_for_many_as_for_one(self, client):
        told = begun()
        client.force_login(told.secretary)
        counted = []
        for _more in range(2):
            client.get(at("queue"))
            with CaptureQueriesContext(connection) as seen:
                client.get(at("queue"))
            counted.append(len(seen))
            begun()
        assert counted[0] == counted[1]

    def test_is_for_the_secretariat(self, client):
        told = begun()
        client.force_login(told.head)
        assert client.get(at("queue")).status_code == 403

    def test_finds_what_needs_a_replacement(self, client):
        told = accepted()
        address = at("queue") + "?benturan=1"
        client.force_login(told.secretary)
        assert "LKS Tunas Bahari" not in client.get(address).content.decode()
        row = named(told, told.first)
        declare(row, by=told.first, on=today(), at=now(), has_conflict=True, words="saudara")
        assert "LKS Tunas Bahari" in client.get(address).content.decode()


class TestHome:
    @pytest.mark.parametrize(
        ("who", "doors"),
        [
            ("head", ()),
            ("registrar", ("recommendations", "watch-list", "renewals")),
            ("secretary", ("queue", "appeals", "own-schemes", "watch-list", "renewals")),
            ("first", ("mine",)),
            ("validator", ("mine", "validations")),
            ("member", ("plenary-queue",)),
        ],
        ids=["head", "registrar", "secretary", "assessor", "validator", "member"],
    )
    def test_leads_each_role_to_what_it_has(self, client, who, doors):
        told = begun()
        words = shown(client, getattr(told, who), "home")
        assert all(f'href="{at(door)}"' in words for door in doors)
        assert (at("run", told.run.pk) in words) == (who == "head")
        for door in doors:
            assert client.get(at(door)).status_code == 200

    def test_says_where_to_look_to_whom_it_has_nothing(self, client):
        assert "Lihat lembaga" in shown(client, user_with("researcher"), "home")


class TestRecommendations:
    def test_lists_every_run_that_waits_for_this_office(self, client):
        told, other = asked(), asked()
        words = shown(client, told.registrar, "recommendations")
        assert at("recommend", told.run.pk) in words
        assert at("recommend", other.run.pk) in words
        elsewhere = user_with("registrar", region="73")
        assert at("recommend", told.run.pk) not in shown(client, elsewhere, "recommendations")


class TestPeople:
    def test_tells_the_words_about_people_only_to_the_secretariat(self, client):
        told = accepted()
        row = named(told, told.first)
        declare(row, by=told.first, on=today(), at=now(), has_conflict=True, words="saudara bendahara")
        other = named(told, told.second)
        end(other, by=told.secretary, on=today(), at=now(), words="sakit keras")
        words = shown(client, told.head, "people", told.run.pk)
        assert "Asesor Satu" in words
        assert "bendahara" not in words
        assert "sakit keras" not in words
        words = shown(client, told.secretary, "people", told.run.pk)
        assert "bendahara" in words
        assert "sakit keras" in words

    def test_shows_who_was_named_and_what_they_declared(self, client):
        told = visiting()
        words = shown(client, told.head, "people", told.run.pk)
        assert "Asesor Satu" in words
        assert "tidak ada" in words
