"""Addresses of files for research."""

from __future__ import annotations

from django.urls import path

from simpul.research import views

app_name = "research"

urlpatterns = [
    path("", views.extracts, name="extracts"),
    path("minta/", views.extract_ask, name="extract-ask"),
    path("putusan/", views.decisions, name="decisions"),
    path("putusan/<uuid:pk>/", views.decision, name="decision"),
    path("putusan/<uuid:pk>/putuskan/", views.decide, name="decide"),
    path("<uuid:pk>/", views.extract, name="extract"),
    path("<uuid:pk>/berkas/", views.extract_file, name="extract-file"),
]
