"""Addresses of papers: of one body, and all that run out."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import papers as views

urlpatterns = [
    path("surat/habis/", views.papers_running, name="papers-running"),
    path("<uuid:pk>/surat/", views.papers, name="papers"),
    path("<uuid:pk>/surat/baru/", views.paper_add, name="paper-add"),
    path("surat/<uuid:pk>/", views.paper_file, name="paper-file"),
    path("surat/<uuid:pk>/ganti/", views.paper_replace, name="paper-replace"),
    path("surat/<uuid:pk>/catatan/", views.paper_note, name="paper-note"),
    path("surat/<uuid:pk>/periksa/", views.paper_check, name="paper-check"),
    path("surat/<uuid:pk>/hancurkan/", views.paper_destroy, name="paper-destroy"),
]
