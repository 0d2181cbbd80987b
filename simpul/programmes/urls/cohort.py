"""Addresses of the cohort."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import cohort as views

urlpatterns = [
    path("<uuid:pk>/calon/", views.candidates, name="candidates"),
    path("<uuid:pk>/peserta/", views.participants, name="participants"),
    path("<uuid:pk>/petugas/baru/", views.worker_add, name="worker-add"),
    path("petugas/<uuid:pk>/", views.worker, name="worker"),
    path("petugas/<uuid:pk>/selesai/", views.worker_end, name="worker-end"),
    path("lembaga/<uuid:pk>/", views.member, name="member"),
    path("lembaga/<uuid:pk>/kesediaan/", views.member_willing, name="member-willing"),
    path("lembaga/<uuid:pk>/pilih/", views.member_choose, name="member-choose"),
    path("lembaga/<uuid:pk>/tidak-terpilih/", views.member_pass_over, name="member-pass-over"),
    path("lembaga/<uuid:pk>/mundur/", views.member_leave, name="member-leave"),
    path("lembaga/<uuid:pk>/peserta/baru/", views.participant_add, name="participant-add"),
    path("peserta/<uuid:pk>/", views.participant_change, name="participant-change"),
    path("peserta/<uuid:pk>/berhenti/", views.participant_leaves, name="participant-leaves"),
]
