"""Addresses for bodies without an account: their letter, and the page of its code."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import outside as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/surat/", views.letter, name="letter"),
    path("<uuid:pk>/surat/pdf/", views.letter_pdf, name="letter-pdf"),
    path("jawab/", views.answer, name="answer"),
    path("jawab/<slug:number>/", views.answer, name="answer-numbered"),
]
