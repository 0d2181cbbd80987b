import pytest

from simpul.access.jobs import run_waiting
from simpul.access.models import JobState
from simpul.access.reach import Where
from simpul.duplicates.actions import search_again
from simpul.duplicates.models import Pair
from simpul.engines.linkage import linking
from simpul.engines.linkage.model import LinkageMissing
from tests.people.factories import AT, BORN, NIK, child, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def searched(by, organisation):
    job = search_again(Where(organisation), by=by, at=AT)
    assert run_waiting(AT) == 1
    job.refresh_from_db()
    return job


class TestFind:
    def test_puts_somebody_registered_twice_on_the_list(self, caseworker, organisation):
        known = {"mother": "Sulastri", "born": BORN}
        person(caseworker, nik=NIK, **known)
        person(caseworker, name="Hj. Siti Aminah", nik=NIK[:-1] + "7", **known)
        child(caseworker)
        job = searched(caseworker, organisation)
        assert (job.state, job.told) == (
            JobState.DONE,
            "3 orang dibandingkan. 1 pasangan baru perlu dilihat.",
        )
        assert {part[0]: part[1] for part in Pair.objects.get().parts}["nik"] == "one_slip"

    def test_says_that_there_is_nothing_new(self, caseworker, organisation):
        person(caseworker)
        assert (
            searched(caseworker, organisation).told
            == "1 orang dibandingkan. Tidak ada pasangan baru yang mirip."
        )

    def test_says_what_is_not_installed(self, caseworker, organisation, monkeypatch):
        def missing():
            raise LinkageMissing

        monkeypatch.setattr(linking, "require_installed", missing)
        job = searched(caseworker, organisation)
        assert job.state == JobState.FAILED
        assert "tambahan “big”" in job.told
