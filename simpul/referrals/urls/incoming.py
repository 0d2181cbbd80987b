"""Addresses of requests for help: two for everybody, the others for who is on duty."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import incoming as views
from simpul.referrals.views import incoming_asking as asking

_ONE = "permintaan/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("minta-bantuan/", asking.ask, name="ask"),
    path("minta-bantuan/jawaban/", asking.request_status, name="request-status"),
    path("permintaan/", views.requests, name="requests"),
    path("permintaan/hapus/", views.erase_all, name="requests-erase"),
    path(_ONE, views.one, name="request"),
    path(f"{_ONE}ambil/", views.take, name="request-take"),
    path(f"{_ONE}kontak/", views.reach, name="request-reach"),
    path(f"{_ONE}jawab/", views.answer, name="request-answer"),
    path(f"{_ONE}akhiri/", views.close, name="request-close"),
    path(f"{_ONE}teruskan/", views.pass_on, name="request-pass-on"),
    path(f"{_ONE}kasus/", views.to_case, name="request-case"),
    path(f"{_ONE}hapus/", views.erase, name="request-erase"),
]
