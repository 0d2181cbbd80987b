"""Settings of random tests here: the first that needs scipy waits for it, and other work may slow any of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
