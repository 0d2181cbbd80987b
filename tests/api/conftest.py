"""The day on which programs ask is that of the invented cases."""

from datetime import UTC, timedelta

import pytest

from tests.screening.factories import NOW, TODAY


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def later(monkeypatch, today):
    """Also the moment: some hours after the invented cases were opened, for what is written now."""
    monkeypatch.setattr("simpul.api.answers.timezone.now", lambda: (NOW + timedelta(hours=5)).astimezone(UTC))
