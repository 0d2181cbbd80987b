"""Addresses of the people around a client."""

from django.urls import path

from simpul.cases.views import around as views

urlpatterns = [
    path("<uuid:pk>/sekitar/", views.around, name="around"),
    path("<uuid:pk>/sekitar/tambah/", views.add, name="concerned-add"),
    path("<uuid:pk>/sekitar/serumah/", views.household, name="concerned-household"),
    path("<uuid:pk>/sekitar/sebelumnya/", views.before, name="concerned-before"),
    path("<uuid:pk>/sekitar/hubungan/", views.tie, name="tie"),
    path("<uuid:pk>/sekitar/hubungan/<uuid:row>/akhiri/", views.end_tie, name="tie-end"),
    path("<uuid:pk>/sekitar/<uuid:row>/ubah/", views.edit, name="concerned-edit"),
    path("<uuid:pk>/sekitar/<uuid:row>/akhiri/", views.end, name="concerned-end"),
]
