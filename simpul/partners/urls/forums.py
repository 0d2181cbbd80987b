"""Addresses of forums and their meetings."""

from __future__ import annotations

from django.urls import path

from simpul.partners.views import forums as views

urlpatterns = [
    path("forum/", views.forums, name="forums"),
    path("forum/baru/", views.forum_found, name="forum-found"),
    path("forum/<uuid:pk>/", views.forum, name="forum"),
    path("forum/<uuid:pk>/ubah/", views.forum_change, name="forum-change"),
    path("forum/<uuid:pk>/akhiri/", views.forum_end, name="forum-end"),
    path("forum/<uuid:pk>/jalankan/", views.forum_resume, name="forum-resume"),
    path("forum/<uuid:pk>/anggota/baru/", views.forum_join, name="forum-join"),
    path("forum/anggota/<uuid:pk>/keluar/", views.member_leave, name="member-leave"),
    path("forum/<uuid:pk>/rapat/baru/", views.meeting_hold, name="meeting-hold"),
    path("forum/rapat/<uuid:pk>/", views.meeting, name="meeting"),
    path("forum/rapat/<uuid:pk>/ubah/", views.meeting_change, name="meeting-change"),
    path("forum/keputusan/<uuid:pk>/", views.decision, name="decision"),
]
