"""Addresses of assessments and what changed since."""

from django.urls import URLPattern, path

from simpul.cases.views import assessments as views
from simpul.cases.views import support

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/asesmen/", views.assessments, name="assessments"),
    path("<uuid:pk>/asesmen/baru/", views.start, name="assessment-start"),
    path("<uuid:pk>/jejaring-dan-penyedia/", support.support, name="support"),
    path("<uuid:pk>/asesmen/banding/<slug:instrument>/", views.comparison, name="comparison"),
    path("<uuid:pk>/asesmen/<uuid:draft>/hapus/", views.discard, name="assessment-discard"),
    path("asesmen/<uuid:pk>/", views.assessment, name="assessment"),
    path("asesmen/<uuid:pk>/isi/", views.fill_in, name="assessment-edit"),
    path("asesmen/<uuid:pk>/selesai/", views.complete, name="assessment-complete"),
]
