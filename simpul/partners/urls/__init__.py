"""Addresses, part by part."""

from __future__ import annotations

from simpul.partners.urls import agreements, forums, mediation

app_name = "partners"
urlpatterns = [
    *agreements.urlpatterns,
    *forums.urlpatterns,
    *mediation.urlpatterns,
]
