"""Addresses of accreditation, in two halves."""

from __future__ import annotations

from simpul.accreditation.urls import first, second

app_name = "accreditation"
urlpatterns = [*first.urlpatterns, *second.urlpatterns]
