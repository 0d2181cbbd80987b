import pytest

from tests.imports.factories import officer, supervisor
from tests.places.factories import few_regions


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def regions(db):
    few_regions()


@pytest.fixture
def boss(regions):
    return supervisor(name="Bu Rahma")


@pytest.fixture
def dinas(regions):
    return officer(name="Pak Yusuf")
