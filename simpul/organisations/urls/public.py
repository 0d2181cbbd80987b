"""Addresses that everybody may open."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import public as views

urlpatterns = [
    path("publik/", views.public_list, name="public-list"),
    path("publik/<uuid:pk>/", views.public, name="public"),
]
