"""The whole interface tried with what nobody thinks of, in this process and without a network."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from simpul.access import limits
from simpul.hsds import door
from simpul.hsds.described import described
from tests.hsds.listings import hidden, meals

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 25
ADDRESS = "http://testserver/hsds"
SCHEMA = schemathesis.openapi.from_dict(described(ADDRESS))
OPERATIONS = sorted(described(ADDRESS)["paths"])
# Where nothing is asked but a key, which may be any text, nothing can be asked wrongly.
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
TRIED = [
    pytest.param(path, mode, id=f"{path} {mode.value}")
    for path in OPERATIONS
    for mode in (POSITIVE, NEGATIVE)
    if mode == POSITIVE or not (path == "/" or "{id}" in path)
]


@pytest.fixture(autouse=True)
def open_door(monkeypatch):
    limits.forget_all()
    monkeypatch.setattr(door, "ASKING", limits.Limit("hsds-standard", 10**9))
    # A server lets go of the database after each request; what this test made would be gone.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "mode"), TRIED)
class TestEveryAddress:
    def test_keeps_to_its_description_whatever_is_asked(self, path, mode):
        meals()
        hidden()
        app, answered = WSGIHandler(), []

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=SCHEMA[path]["GET"].as_strategy(mode))
        def tries(case):
            response = case.call(base_url=ADDRESS, app=app, headers={"Accept-Encoding": "identity"})
            case.validate_response(response)
            answered.append(response.status_code)

        tries()
        assert answered
        assert max(answered) < 500
