import pytest

from tests.places.factories import few_regions


@pytest.fixture
def regions(db):
    return few_regions()
