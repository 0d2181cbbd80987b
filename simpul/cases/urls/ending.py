"""Addresses of the ending and the looks afterwards."""

from django.urls import URLPattern, path

from simpul.cases.views import ending as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/pengakhiran/", views.ending, name="ending"),
    path("<uuid:pk>/pengakhiran/mulai/", views.begin, name="ending-begin"),
    path("<uuid:pk>/pengakhiran/isi/", views.edit, name="ending-edit"),
    path("pengakhiran/<uuid:pk>/selesai/", views.complete, name="ending-complete"),
    path("bimbingan-lanjut/<uuid:pk>/", views.follow_up, name="follow-up"),
    path("bimbingan-lanjut/<uuid:pk>/batal/", views.cancel, name="follow-up-cancel"),
]
