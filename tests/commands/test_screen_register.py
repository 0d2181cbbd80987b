"""`simpul screen-register`."""

import pytest

from simpul.commands import main
from simpul.population.models import KeptRegister
from tests.population.people import random_people

pytestmark = pytest.mark.django_db


class TestRun:
    def test_keeps_a_register_and_shows_its_numbers(self, capsys):
        random_people(4, 1)
        assert main(["screen-register", "--on", "2026-11-22"]) == 0
        shown = capsys.readouterr()
        assert "Ditetapkan" in shown.out
        assert "4 orang" in shown.err
        assert KeptRegister.objects.get().people == 4

    def test_takes_another_list(self):
        assert main(["screen-register", "--edition", "seed004-28"]) == 0
        assert KeptRegister.objects.get().edition == "seed004-28"

    def test_refuses_a_list_without_rules(self, capsys):
        assert main(["screen-register", "--edition", "depsos-2007-22"]) == 2
        assert "hanya berisi nama" in capsys.readouterr().err
