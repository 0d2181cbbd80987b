"""Addresses of duplicates."""

from __future__ import annotations

from django.urls import path

from simpul.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("", views.pairs, name="pairs"),
    path("cari/", views.search, name="search"),
    path("digabung/", views.merges, name="merges"),
    path("digabung/<uuid:pk>/batal/", views.undo, name="undo"),
    path("<uuid:pk>/", views.pair, name="pair"),
    path("<uuid:pk>/gabung/", views.merge, name="merge"),
]
