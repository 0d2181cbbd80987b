"""Addresses of the register: one body, its parts, changes to them, a new body."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import bodies as views
from simpul.organisations.views import changes, parts

urlpatterns = [
    path("baru/", views.register, name="register"),
    path("<uuid:pk>/", views.organisation, name="organisation"),
    path("<uuid:pk>/susunan/", views.structure, name="structure"),
    path("<uuid:pk>/riwayat/", changes.history, name="history"),
    path("<uuid:pk>/ubah/<slug:code>/", parts.part, name="part"),
    path("<uuid:pk>/ubah/<slug:code>/baru/", parts.row_add, name="row-add"),
    path("<uuid:pk>/ubah/<slug:code>/<uuid:key>/", parts.row, name="row"),
    path("<uuid:pk>/ubah/<slug:code>/<uuid:key>/keluarkan/", parts.row_end, name="row-end"),
    path("<uuid:pk>/ubah/<slug:code>/<uuid:key>/naikkan/", parts.row_up, name="row-up"),
    path("perubahan/", changes.waiting, name="changes"),
    path("perubahan/<uuid:pk>/", changes.change, name="change"),
    path("perubahan/<uuid:pk>/terima/", changes.accept, name="change-accept"),
    path("perubahan/<uuid:pk>/tolak/", changes.refuse, name="change-refuse"),
    path("perubahan/<uuid:pk>/tarik/", changes.withdraw, name="change-withdraw"),
]
