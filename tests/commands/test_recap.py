"""`simpul recap`."""

import pytest

from simpul.access.models import Event
from simpul.commands import main
from tests.access.factories import user_with
from tests.population.factories import ON, kept, register_of, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    kept(register_of([row(confirmed=("LUT",), sex="P")]))
    return user_with("dinas_officer", region="21.02")


def words(officer, target, *more):
    return [
        "recap",
        "R2",
        "--area",
        "21.02",
        "--on",
        ON.isoformat(),
        "--as",
        officer.username,
        "--out",
        str(target),
        *more,
    ]


class TestRun:
    def test_writes_the_file_and_records_who_took_it(self, officer, tmp_path):
        target = tmp_path / "rekap.csv"
        assert main(words(officer, target)) == 0
        assert "R2,persons,orang,21.02.10" in target.read_text(encoding="utf-8-sig")
        assert Event.objects.get(permission="recap.export").actor == officer.pk

    def test_is_not_for_who_may_take_nothing_out(self, officer, tmp_path, capsys):
        stranger = user_with("field_volunteer", region="21.02")
        assert main(words(stranger, tmp_path / "rekap.csv")) == 1
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (("--area", "14"), "jangkauan"),
            (("--on", "2999-01-01"), "belum tiba"),
            (("--out", "a.doc"), ".xlsx"),
        ],
        ids=["out of reach", "a day to come", "another form"],
    )
    def test_says_what_cannot_be(self, officer, tmp_path, capsys, more, said):
        assert main(words(officer, tmp_path / "rekap.csv", *more)) in (1, 2)
        assert said in capsys.readouterr().err.replace("\n", " ")
