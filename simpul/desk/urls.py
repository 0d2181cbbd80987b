"""Addresses of the desk."""

from django.urls import path

from simpul.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("tim/", views.team, name="team"),
    path("jejak/<uuid:person>/", views.trail, name="trail"),
    path("salinan/<uuid:person>/", views.copy, name="copy"),
]
