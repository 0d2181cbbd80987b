"""Addresses, part by part."""

from __future__ import annotations

from simpul.referrals.urls import finding, incoming, loop, outside, placing, unmet

app_name = "referrals"
urlpatterns = [
    *finding.urlpatterns,
    *loop.urlpatterns,
    *outside.urlpatterns,
    *incoming.urlpatterns,
    *placing.urlpatterns,
    *unmet.urlpatterns,
]
