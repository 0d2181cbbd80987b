"""Addresses of how a body stands: why, its indicators, confirming its type, earlier confirmations."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import standing as views

urlpatterns = [
    path("<uuid:pk>/kedudukan/", views.standing, name="standing"),
    path("<uuid:pk>/kedudukan/indikator/<slug:group>/", views.indicators, name="indicators"),
    path("<uuid:pk>/kedudukan/tetapkan/", views.confirm, name="confirm-type"),
    path("<uuid:pk>/kedudukan/riwayat/", views.classifications, name="classifications"),
]
