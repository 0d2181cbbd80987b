"""Addresses of the whole register. A type is told by its number in the list, never by a name."""

from __future__ import annotations

from django.urls import path

from simpul.population.views import changes, register

app_name = "population"

urlpatterns = [
    path("", register.register, name="register"),
    path("angka.csv", register.numbers_file, name="numbers-file"),
    path("tapis/", register.screen, name="screen"),
    path("jenis/<int:number>/<slug:standing>/", register.people, name="people"),
    path("perubahan/", changes.changes, name="changes"),
    path("perubahan/orang/", changes.changed_people, name="changed-people"),
    path("daftar-lain/", changes.trial, name="trial"),
    path("daftar-lain/orang/", changes.trial_people, name="trial-people"),
]
