"""Addresses of needs that found nothing."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import unmet as views

urlpatterns: list[URLPattern] = [
    path("belum-terpenuhi/", views.unmet, name="unmet"),
    path("belum-terpenuhi/berkas/<slug:form_of_file>/", views.unmet_file, name="unmet-file"),
    path("belum-terpenuhi/kasus/", views.unmet_list, name="unmet-list"),
]
