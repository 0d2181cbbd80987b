"""Addresses of looking for a service for a line of a plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import finding as views

_LINE = "kasus/<uuid:pk>/langkah/<uuid:step>"

urlpatterns: list[URLPattern] = [
    path(f"{_LINE}/cari/", views.find, name="find"),
    path(f"{_LINE}/cari/<uuid:service>/simpan/", views.keep, name="keep"),
    path(f"{_LINE}/cari/<uuid:service>/sisihkan/", views.put_aside, name="put-aside"),
    path(f"{_LINE}/tidak-ada/", views.unmet, name="record-unmet"),
    path(f"{_LINE}/ternyata-ada/", views.found_after_all, name="end-unmet"),
]
