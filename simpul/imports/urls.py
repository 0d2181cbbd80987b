"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from simpul.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.batches, name="batches"),
    path("baru/", views.send, name="send"),
    path("ragu/<uuid:pk>/", views.doubt, name="doubt"),
    path("<uuid:pk>/", views.batch, name="batch"),
    path("<uuid:pk>/kolom/", views.columns, name="columns"),
    path("<uuid:pk>/kolom/abaikan/", views.ignore, name="ignore"),
    path("<uuid:pk>/muat/", views.start, name="start"),
    path("<uuid:pk>/buang/", views.drop, name="drop"),
    path("<uuid:pk>/urungkan/", views.undo, name="undo"),
    path("<uuid:pk>/ditolak/", views.refused, name="refused"),
    path("<uuid:pk>/ragu/", views.doubts, name="doubts"),
]
