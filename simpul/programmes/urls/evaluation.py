"""Addresses of evaluations, their papers and extracts."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import evaluation as views

urlpatterns = [
    path("angka/", views.printed, name="printed"),
    path("<uuid:pk>/evaluasi/", views.evaluations, name="evaluations"),
    path("<uuid:pk>/evaluasi/jalankan/", views.evaluation_run, name="evaluation-run"),
    path("<uuid:pk>/evaluasi/peserta/", views.evaluation_people, name="evaluation-people"),
    path("<uuid:pk>/evaluasi/sesudahnya/", views.evaluation_lasting, name="evaluation-lasting"),
    path("<uuid:pk>/evaluasi/ekstrak/", views.extract_make, name="extract-make"),
    path("evaluasi/<uuid:pk>/", views.evaluation, name="evaluation"),
    path("evaluasi/<uuid:pk>/pdf/", views.evaluation_pdf, name="evaluation-pdf"),
    path("evaluasi/<uuid:pk>/docx/", views.evaluation_docx, name="evaluation-docx"),
    path("evaluasi/<uuid:pk>/tetapkan/", views.evaluation_final, name="evaluation-final"),
    path("ekstrak/<uuid:pk>/", views.extract, name="extract"),
    path("ekstrak/<uuid:pk>/unduh/", views.extract_download, name="extract-download"),
]
