"""Users at the command line."""

from __future__ import annotations

import io

import pytest

from simpul.access.models import Event, User
from simpul.commands import main
from simpul.commands.stop import DONE, STOPPED, USAGE
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db
GOOD = "kelapa-muda-tujuh"


@pytest.fixture
def user(monkeypatch, capsys):
    """Run `simpul user` with a line to read; the exit code, and what was said."""

    def run(*words, line=GOOD):
        monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
        code = main(["user", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def add(user, *more, line=GOOD):
    where = more or ("--role", "dinas_officer", "--region", "21.02")
    return user("add", "budi", "--name", "Budi", "--password-stdin", *where, line=line)


class TestAdd:
    def test_lets_somebody_sign_in_with_that_role_there(self, user):
        assert add(user)[0] == DONE
        made = User.objects.get(username="budi")
        assert made.check_password(GOOD)
        assert [(grant.role, grant.region) for grant in made.grants.all()] == [("dinas_officer", "21.02")]

    def test_is_recorded_without_the_password(self, user):
        add(user)
        event = Event.objects.order_by("-number").first()
        assert event.actor_name == "Simpul"
        assert GOOD not in str(event.details)

    def test_finds_the_organisation_by_its_name(self, user):
        lks = organisation(name="Rumah Singgah Bahari")
        assert add(user, "--role", "caseworker", "--organisation", "singgah bahari")[0] == DONE
        assert User.objects.get(username="budi").grants.get().organisation == lks.pk

    def test_gives_a_second_role_to_who_is_there(self, user):
        add(user)
        assert add(user, "--role", "assessor", "--region", "21")[0] == DONE
        assert User.objects.get(username="budi").grants.count() == 2

    def test_asks_for_a_place(self, user):
        code, said = add(user, "--role", "researcher")
        assert code == USAGE
        assert "--everywhere" in said

    @pytest.mark.parametrize(
        "more",
        [
            ("--role", "raja", "--everywhere"),
            ("--role", "caseworker", "--everywhere"),
            ("--role", "caseworker", "--organisation", "Tidak Ada"),
            ("--role", "caseworker", "--region", "karimun"),
        ],
    )
    def test_refuses_with_a_sentence_and_makes_nobody(self, user, more):
        code, said = add(user, *more)
        assert code == STOPPED
        assert said.strip()
        assert not User.objects.exists()

    def test_refuses_a_password_that_would_be_guessed(self, user):
        code, _said = add(user, line="budi")
        assert code == STOPPED
        assert not User.objects.exists()


class TestOthers:
    def test_list_shows_role_and_place(self, user):
        add(user)
        _code, said = user("list")
        assert "budi" in said
        assert "Petugas Dinas Sosial" in said

    def test_password_changes_it(self, user):
        add(user)
        assert user("password", "budi", "--password-stdin", line="laut-tenang-lima")[0] == DONE
        assert User.objects.get().check_password("laut-tenang-lima")

    def test_deactivate_closes_the_account(self, user):
        add(user)
        assert user("deactivate", "budi")[0] == DONE
        assert not User.objects.get().is_active

    @pytest.mark.parametrize("step", ["password", "deactivate"])
    def test_somebody_unknown_is_named(self, user, step):
        code, said = user(step, "siapa")
        assert code == STOPPED
        assert "siapa" in said
