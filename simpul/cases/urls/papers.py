"""Addresses of papers."""

from django.urls import URLPattern, path

from simpul.cases.views import papers as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/dokumen/", views.papers, name="papers"),
    path("<uuid:pk>/dokumen/<slug:code>/", views.paper, name="paper"),
    path("<uuid:pk>/dokumen/<slug:code>/pdf/", views.paper_pdf, name="paper-pdf"),
    path("formulir/", views.blank_papers, name="blank-papers"),
    path("formulir/<slug:code>/", views.blank_paper, name="blank-paper"),
    path("formulir/<slug:code>/pdf/", views.blank_paper_pdf, name="blank-paper-pdf"),
]
