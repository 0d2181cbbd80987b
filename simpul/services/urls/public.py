"""Addresses of the directory, open to everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.services.views import public as views
from simpul.services.views import public_leaflet

urlpatterns: list[URLPattern] = [
    path("cari/", views.public, name="public"),
    path("cari/keluar/", views.leave, name="leave"),
    path("cari/<uuid:pk>/", views.public_one, name="public-one"),
    path("selebaran/", public_leaflet.leaflet, name="leaflet"),
    path("selebaran/pdf/", public_leaflet.leaflet_pdf, name="leaflet-pdf"),
]
