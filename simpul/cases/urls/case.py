"""Addresses of the case itself: its list, its page, its stages."""

from django.urls import path

from simpul.cases.views import case as views
from simpul.cases.views import stages

urlpatterns = [
    path("", views.cases, name="cases"),
    path("<uuid:pk>/", views.case, name="case"),
    path("<uuid:pk>/ikhtisar/", views.overview, name="overview"),
    path("<uuid:pk>/tahap/", views.move, name="move"),
    path("<uuid:pk>/keterangan/", stages.description, name="describe"),
    path("<uuid:pk>/penyaringan-awal/", stages.prescreening, name="prescreening"),
    path("<uuid:pk>/episode-baru/", stages.reopening, name="reopen"),
    path("cara-kerja/", stages.how_cases_are_worked, name="ways"),
    path("buka/<uuid:person>/", stages.open_for_person, name="open-for-person"),
    path("penapisan/<uuid:screening>/", views.of_screening, name="of-screening"),
    path("penapisan/<uuid:screening>/buka/", stages.open_from_screening, name="open"),
]
