"""Addresses of the desk."""

from django.urls import path

from simpul.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("cari/", views.search, name="search"),
    path("mutu/", views.quality, name="quality"),
    path("mutu/<slug:code>/", views.quality_list, name="quality-list"),
    path("pekerjaan/", views.work, name="work"),
    path("tim/", views.team, name="team"),
    path("jejak/<uuid:person>/", views.trail, name="trail"),
    path("salinan/<uuid:person>/", views.copy, name="copy"),
]
