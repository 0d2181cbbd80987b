"""Addresses of goals and how far they were reached."""

from django.urls import URLPattern, path

from simpul.cases.views import goals as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/tujuan/", views.goals, name="goals"),
    path("<uuid:pk>/tujuan/baru/", views.set_goal, name="goal-new"),
    path("tujuan/<uuid:pk>/", views.goal, name="goal"),
    path("tujuan/<uuid:pk>/ubah/", views.edit_goal, name="goal-edit"),
    path("tujuan/<uuid:pk>/nilai/", views.score_goal, name="goal-score"),
    path("tujuan/<uuid:pk>/akhiri/", views.end_goal, name="goal-end"),
]
