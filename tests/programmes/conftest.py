import pytest

from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.programmes.making import TODAY, a_member, a_programme, an_agreed_plan, signed


@pytest.fixture(autouse=True)
def surroundings(db, monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path / "attachments"
    few_regions()


@pytest.fixture
def body():
    return organisation(name="LKS Tunas Bahari")


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def member(programme, body):
    return a_member(programme, body)


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


@pytest.fixture
def stranger():
    return user_with("head_of_lks", organisation=organisation(name="LKS Lain").pk, name="Pak Idham")


@pytest.fixture
def officer():
    return user_with("programme_officer", region="21.02", name="Bu Ratna")


@pytest.fixture
def decider():
    return user_with("registrar", region="21.02", name="Pak Lukman")


@pytest.fixture
def plan(member, head, officer):
    return an_agreed_plan(member, head, officer)


@pytest.fixture
def stimulus(member, head, officer, decider, plan):
    return signed(member, head, officer, decider)
