"""Addresses of sessions and certificates."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import sessions as views
from simpul.programmes.views import sessions_certificates as certificates
from simpul.programmes.views import sessions_public as public

urlpatterns = [
    path("saya/", views.mine, name="mine"),
    path("<uuid:pk>/pertemuan/baru/", views.session_add, name="session-add"),
    path("pertemuan/<uuid:pk>/", views.session, name="session"),
    path("pertemuan/<uuid:pk>/ubah/", views.session_change, name="session-change"),
    path("pertemuan/<uuid:pk>/kehadiran/", views.session_attendance, name="session-attendance"),
    path("pertemuan/<uuid:pk>/daftar/", views.session_list, name="session-list"),
    path("pertemuan/<uuid:pk>/qr/", views.session_qr, name="session-qr"),
    path("pertemuan/<uuid:pk>/qr/buka/", views.session_qr_open, name="session-qr-open"),
    path("pertemuan/<uuid:pk>/qr/tutup/", views.session_qr_close, name="session-qr-close"),
    path("pertemuan/<uuid:pk>/materi/baru/", views.material_add, name="material-add"),
    path("pertemuan/<uuid:pk>/pendapat/", views.opinion_add, name="opinion-add"),
    path("materi/<uuid:pk>/", views.material, name="material"),
    path("<uuid:pk>/sertifikat/", certificates.certificates, name="certificates"),
    path("sertifikat/<uuid:pk>.pdf", certificates.certificate_pdf, name="certificate-pdf"),
    path("sertifikat/<uuid:pk>/tarik/", certificates.certificate_withdraw, name="certificate-withdraw"),
    path("hadir/<str:mark>/", public.arrive, name="arrive"),
    path("hadir/<str:mark>/pendapat/", public.opinion, name="opinion"),
    path("periksa/", public.check, name="check"),
    path("periksa/<str:code>/", public.checked, name="checked"),
]
