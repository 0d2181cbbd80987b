"""Addresses of registration and of certificates."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import certificates
from simpul.organisations.views import certificates_recorded as recorded
from simpul.organisations.views import registration as views
from simpul.organisations.views import registration_checks as desk
from simpul.organisations.views import registration_decisions as decisions

urlpatterns = [
    path("<uuid:pk>/pendaftaran/", views.registrations, name="registrations"),
    path("<uuid:pk>/pendaftaran/mulai/", views.start, name="registration-start"),
    path("<uuid:pk>/sanksi/", decisions.sanctions, name="sanctions"),
    path("sanksi/<uuid:pk>/", decisions.sanction_lift, name="sanction-lift"),
    path("permohonan/", desk.queue, name="registration-queue"),
    path("permohonan/<uuid:pk>/", views.registration, name="registration"),
    path("permohonan/<uuid:pk>/syarat/<slug:code>/", views.line, name="registration-line"),
    path("permohonan/<uuid:pk>/dokumen/<uuid:paper>/", views.paper, name="registration-paper"),
    path("permohonan/<uuid:pk>/ajukan/", views.submit, name="registration-submit"),
    path("permohonan/<uuid:pk>/tarik/", views.withdraw, name="registration-withdraw"),
    path("permohonan/<uuid:pk>/terima/", desk.take, name="registration-take"),
    path("permohonan/<uuid:pk>/periksa/", desk.check, name="registration-check"),
    path("permohonan/<uuid:pk>/lanjut/", desk.move, name="registration-move"),
    path("permohonan/<uuid:pk>/kunjungan/", desk.visit, name="registration-visit"),
    path("permohonan/foto/<uuid:pk>/", desk.photo, name="registration-photo"),
    path("permohonan/<uuid:pk>/keputusan/", decisions.decide, name="registration-decide"),
    path("permohonan/<uuid:pk>/terbit/", decisions.issue, name="registration-issue"),
    path("kantor-pendaftaran/", decisions.offices, name="registration-offices"),
    path("kantor-pendaftaran/<str:region>/", decisions.office, name="registration-office"),
    path("tanda-daftar/<uuid:pk>/", certificates.certificate, name="certificate"),
    path("tanda-daftar/<uuid:pk>/pdf/", certificates.certificate_pdf, name="certificate-pdf"),
    path("tanda-daftar/<uuid:pk>/keadaan/", certificates.certificate_state, name="certificate-state"),
    path("tanda-daftar/<uuid:pk>/coret/", recorded.strike, name="certificate-strike"),
    path("<uuid:pk>/catat-surat/", recorded.record, name="certificate-record"),
    path("periksa/", certificates.check, name="check"),
    path("periksa/<str:code>/<str:mark>/", certificates.checked, name="checked"),
]
