"""Addresses of placing many at once."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import placing as views

urlpatterns: list[URLPattern] = [
    path("penempatan/", views.rounds, name="placing"),
    path("penempatan/baru/", views.new_round, name="placing-new"),
    path("penempatan/<uuid:pk>/", views.one_round, name="placing-round"),
    path("penempatan/<uuid:pk>/usulkan/", views.apply, name="placing-apply"),
    path("penempatan/<uuid:pk>/batal/", views.drop, name="placing-drop"),
    path("penempatan/orang/<uuid:pk>/", views.choose, name="placing-choose"),
    path("penempatan/orang/<uuid:pk>/setuju/", views.confirm, name="placing-confirm"),
]
