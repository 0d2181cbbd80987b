"""Addresses of cases."""

from django.urls import path

from simpul.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<uuid:pk>/", views.case, name="case"),
    path("<uuid:pk>/tahap/", views.move, name="move"),
    path("penapisan/<uuid:screening>/", views.of_screening, name="of-screening"),
    path("penapisan/<uuid:screening>/buka/", views.open_case, name="open"),
]
