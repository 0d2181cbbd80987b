"""Addresses of numbers and the office's norms."""

from django.urls import URLPattern, path

from simpul.cases.views import numbers, office

urlpatterns: list[URLPattern] = [
    path("angka/", numbers.numbers, name="numbers"),
    path("angka/daftar/", numbers.numbers_list, name="numbers-list"),
    path("angka/angka-kasus.csv", numbers.numbers_file, name="numbers-file"),
    path("norma/", office.norms, name="norms"),
    path("norma/lembaga/<uuid:organisation>/model/<slug:code>/", office.model, name="model-of-organisation"),
    path("norma/wilayah/<str:region>/model/<slug:code>/", office.model, name="model-of-area"),
    path("norma/lembaga/<uuid:organisation>/", office.norms_of_organisation, name="norms-of-organisation"),
    path("norma/wilayah/<str:region>/", office.norms_of_area, name="norms-of-area"),
]
