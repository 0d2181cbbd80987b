"""Addresses, part by part."""

from __future__ import annotations

from simpul.programmes.urls import cohort, evaluation, measuring, mentoring, money, plans, programme, sessions

app_name = "programmes"
urlpatterns = [
    *cohort.urlpatterns,
    *evaluation.urlpatterns,
    *measuring.urlpatterns,
    *mentoring.urlpatterns,
    *money.urlpatterns,
    *plans.urlpatterns,
    *programme.urlpatterns,
    *sessions.urlpatterns,
]
