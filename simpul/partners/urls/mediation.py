"""Addresses of mediation."""

from __future__ import annotations

from django.urls import path

from simpul.partners.views import mediation as views

urlpatterns = [
    path("mediasi/", views.mediations, name="mediations"),
    path("mediasi/baru/", views.mediation_for, name="mediation-for"),
    path("lembaga/<uuid:pk>/mediasi/baru/", views.mediation_ask, name="mediation-ask"),
    path("mediasi/<uuid:pk>/", views.mediation, name="mediation"),
    path("mediasi/<uuid:pk>/mediator/", views.mediation_mediator, name="mediation-mediator"),
    path("mediasi/<uuid:pk>/lanjut/", views.mediation_next, name="mediation-next"),
]
