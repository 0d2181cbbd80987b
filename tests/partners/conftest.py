import pytest

from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.partners.making import TODAY
from tests.places.factories import few_regions


@pytest.fixture(autouse=True)
def today(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    return organisation(name="LKS Tunas Bahari")


@pytest.fixture
def other():
    return organisation(name="Panti Harapan Pesisir")


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


@pytest.fixture
def head_of_other(other):
    return user_with("head_of_lks", organisation=other.pk, name="Pak Idham")


@pytest.fixture
def officer():
    return user_with("dinas_officer", region="21.02", name="Bu Dewi")


@pytest.fixture
def stranger():
    return user_with("dinas_officer", region="33.74", name="Pak Joko")
