"""Addresses, part by part."""

from __future__ import annotations

from simpul.services.urls import owner, public

app_name = "services"
urlpatterns = [
    *owner.urlpatterns,
    *public.urlpatterns,
]
