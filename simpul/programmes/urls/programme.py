"""Addresses of programmes themselves."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import programme as views

urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("baru/", views.programme_new, name="programme-new"),
    path("<uuid:pk>/", views.programme, name="programme"),
    path("<uuid:pk>/ubah/", views.programme_change, name="programme-change"),
    path("<uuid:pk>/kriteria/", views.programme_criteria, name="programme-criteria"),
    path("<uuid:pk>/tahap/", views.programme_move, name="programme-move"),
]
