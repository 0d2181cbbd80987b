"""Addresses of the lists: the directory, and what an office watches."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import help_received as help_views
from simpul.organisations.views import office as views

urlpatterns = [
    path("", views.directory, name="organisations"),
    path("kantor/", views.office, name="office"),
    path("kantor/daftar/", views.office_list, name="office-list"),
    path("kantor/daftar/<slug:form>/", views.office_file, name="office-file"),
    path("kantor/bantuan/", help_views.office_help, name="office-help"),
    path("kantor/bantuan/<slug:form>/", help_views.office_help_file, name="office-help-file"),
    path("<uuid:pk>/bantuan/<slug:form>/", help_views.help_file, name="help-file"),
]
