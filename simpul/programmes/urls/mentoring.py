"""Addresses of mentoring visits, and of how strong a body stands."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import mentoring as views
from simpul.programmes.views import strength

urlpatterns = [
    path("pendampingan/", views.mentoring_mine, name="mentoring-mine"),
    path("lembaga/<uuid:pk>/kunjungan/", views.visits, name="visits"),
    path("lembaga/<uuid:pk>/kunjungan/baru/", views.visit_add, name="visit-add"),
    path("kunjungan/<uuid:pk>/perbaiki/", views.visit_mend, name="visit-mend"),
    path("kunjungan/<uuid:pk>/foto/", views.visit_photo, name="visit-photo"),
    path("lembaga/<uuid:pk>/keberdayaan/", strength.strength, name="strength"),
    path("lembaga/<uuid:pk>/keberdayaan/mulai/", strength.strength_begin, name="strength-begin"),
    path("keberdayaan/<uuid:pk>/", strength.strength_check, name="strength-check"),
    path("keberdayaan/<uuid:pk>/isi/", strength.strength_fill, name="strength-fill"),
    path("keberdayaan/<uuid:pk>/selesai/", strength.strength_finish, name="strength-finish"),
]
