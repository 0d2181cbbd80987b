"""Addresses of agreements between bodies."""

from __future__ import annotations

from django.urls import path

from simpul.partners.views import agreements as views

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("lembaga/<uuid:pk>/", views.agreements_of, name="agreements-of"),
    path("baru/", views.agreement_for, name="agreement-for"),
    path("lembaga/<uuid:pk>/baru/", views.agreement_make, name="agreement-make"),
    path("<uuid:pk>/", views.agreement, name="agreement"),
    path("<uuid:pk>/ubah/", views.agreement_change, name="agreement-change"),
    path("<uuid:pk>/berlaku/", views.agreement_start, name="agreement-start"),
    path("<uuid:pk>/benarkan/", views.agreement_confirm, name="agreement-confirm"),
    path("<uuid:pk>/akhiri/", views.agreement_end, name="agreement-end"),
]
