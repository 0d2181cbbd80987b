"""Addresses of organisations, part by part."""

from __future__ import annotations

from simpul.organisations.urls import (
    bodies,
    office,
    oversight,
    papers,
    public,
    registration,
    sources,
    standing,
)

app_name = "organisations"
urlpatterns = [
    *bodies.urlpatterns,
    *papers.urlpatterns,
    *standing.urlpatterns,
    *registration.urlpatterns,
    *sources.urlpatterns,
    *oversight.urlpatterns,
    *office.urlpatterns,
    *public.urlpatterns,
]
