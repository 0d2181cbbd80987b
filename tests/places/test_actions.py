import gzip
from datetime import date

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.places import actions
from simpul.places.models import Kind, Region, RegionChange
from tests.access.factories import user_with
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole_list():
    return gzip.open(actions.DATA / "regions.csv.gz", "rt", encoding="utf-8").read().splitlines()


def written(tmp_path, lines):
    file = tmp_path / "regions.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    return file


@pytest.mark.slow
class TestLoadRegions:
    def test_loads_every_region_of_the_decree_once(self, django_assert_max_num_queries):
        seen = []
        count = actions.load_regions(
            Where(), by=THE_MACHINE, progress=lambda done, total: seen.append((done, total))
        )
        assert count == Region.objects.count() == 91_599
        assert seen[-1] == (91_599, 91_599)
        assert RegionChange.objects.count() == 26
        assert set(Region.objects.values_list("kind", flat=True).distinct()) == set(Kind.values)
        with django_assert_max_num_queries(10):
            assert actions.load_regions(Where(), by=THE_MACHINE) == 91_599

    def test_keeps_since_when_a_code_is_in_force(self):
        few_regions()
        older = date(2020, 1, 1)
        Region.objects.update(decree="lama", valid_from=older)
        actions.load_regions(Where(), by=THE_MACHINE)
        assert Region.objects.get(code="21").valid_from == older
        assert Region.objects.get(code="11").valid_from == actions.VALID_FROM

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda lines: lines[:-1],
            lambda lines: [*lines, lines[-1]],
            lambda lines: [*lines[:-1], "99.99.99.9999,Tanpa induk"],
        ],
        ids=["one village less", "one code twice", "no parent"],
    )
    def test_refuses_a_list_that_is_not_whole_and_writes_nothing(self, tmp_path, whole_list, spoil):
        with pytest.raises(actions.CodeListWrong):
            actions.load_regions(Where(), by=THE_MACHINE, file=written(tmp_path, spoil(whole_list)))
        assert not Region.objects.exists()

    @pytest.mark.parametrize(
        "content",
        [b"", b"not gzip", gzip.compress(b"a,b\n1,2\n")],
        ids=["empty", "not gzip", "other columns"],
    )
    def test_refuses_a_file_of_another_kind(self, tmp_path, content):
        file = tmp_path / "x.csv.gz"
        file.write_bytes(content)
        with pytest.raises(actions.CodeListWrong):
            actions.load_regions(Where(), by=THE_MACHINE, file=file)

    def test_refuses_somebody_without_the_right(self):
        with pytest.raises(NotAllowed):
            actions.load_regions(Where(), by=user_with("caseworker", region="21.02"))
