"""Addresses of measuring participants."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import measuring as views
from simpul.programmes.views import measuring_filling as filling
from simpul.programmes.views import measuring_own as own

_WAVE = "<uuid:pk>/tes/<slug:wave>"

urlpatterns = [
    path(f"{_WAVE}/", views.measure, name="measure"),
    path(f"{_WAVE}/lembar.pdf", views.measure_papers, name="measure-papers"),
    path(f"{_WAVE}/jawaban/", views.measure_import, name="measure-import"),
    path(f"{_WAVE}/jawaban/terima/", views.measure_accept, name="measure-accept"),
    path(f"{_WAVE}/jawaban/contoh.xlsx", views.measure_example, name="measure-example"),
    path(f"peserta/{_WAVE}/isi/", views.measure_begin, name="measure-begin"),
    path(f"peserta/{_WAVE}/lembar.pdf", views.measure_paper, name="measure-paper"),
    path(f"peserta/{_WAVE}/jawaban/", filling.measure_fill, name="measure-fill"),
    path(f"peserta/{_WAVE}/jawaban/baca/", filling.measure_read, name="measure-read"),
    path(f"peserta/{_WAVE}/jawaban/kunci/", filling.measure_lock, name="measure-lock"),
    path(f"peserta/{_WAVE}/saya/", own.own_test, name="own-test"),
    path(f"peserta/{_WAVE}/saya/jawaban/", own.own_answers, name="own-answers"),
    path(f"peserta/{_WAVE}/saya/selesai/", own.own_lock, name="own-lock"),
]
