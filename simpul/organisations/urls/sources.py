"""Addresses of sources of help."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import source_types as types
from simpul.organisations.views import sources as views
from simpul.organisations.views import sources_life as life
from simpul.organisations.views import sources_record as record

_ONE = "sumber-bantuan/<uuid:pk>/"

urlpatterns = [
    path("sumber-bantuan/", views.sources, name="sources"),
    path("sumber-bantuan/jumlah/", views.counts, name="source-counts"),
    path("sumber-bantuan/jenis/", types.types, name="source-types"),
    path("sumber-bantuan/jenis/baru/", types.add, name="source-type-add"),
    path("sumber-bantuan/jenis/<uuid:pk>/", types.word, name="source-type"),
    path("sumber-bantuan/jenis/<uuid:pk>/berhenti/", types.end, name="source-type-end"),
    path("sumber-bantuan/baru/", record.new, name="source-new"),
    path("sumber-bantuan/baru/<slug:code>/", record.register, name="source-register"),
    path(_ONE, views.source, name="source"),
    path(_ONE + "nik/", views.nik, name="source-nik"),
    path(_ONE + "ubah/", record.edit, name="source-edit"),
    path(_ONE + "kriteria/", record.answers, name="source-answers"),
    path(_ONE + "pelatihan/", life.training_add, name="source-training"),
    path(_ONE + "pelatihan/<uuid:row>/coret/", life.training_strike, name="source-training-strike"),
    path(_ONE + "jam/", life.hours, name="source-hours"),
    path(_ONE + "jam/<uuid:row>/coret/", life.hours_strike, name="source-hours-strike"),
    path(_ONE + "daftar-umum/", life.listing, name="source-listing"),
    path(_ONE + "daftar-umum/cabut/", life.listing_withdraw, name="source-listing-withdraw"),
    path(_ONE + "berhenti/", life.stop, name="source-stop"),
    path(_ONE + "aktif/", life.resume, name="source-resume"),
    path(_ONE + "hapus/", life.erase, name="source-erase"),
]
