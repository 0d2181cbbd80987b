"""Addresses of cases. One file for each part of the work."""

from simpul.cases.urls import (
    around,
    assessments,
    case,
    contacts,
    ending,
    goals,
    numbers,
    papers,
    plans,
    privacy,
    team,
    voice,
)

app_name = "cases"
urlpatterns = [
    *case.urlpatterns,
    *around.urlpatterns,
    *assessments.urlpatterns,
    *contacts.urlpatterns,
    *ending.urlpatterns,
    *goals.urlpatterns,
    *numbers.urlpatterns,
    *papers.urlpatterns,
    *plans.urlpatterns,
    *privacy.urlpatterns,
    *team.urlpatterns,
    *voice.urlpatterns,
]
