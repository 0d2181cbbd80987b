"""Addresses of confidentiality, disclosures, attachments."""

from django.urls import URLPattern, path

from simpul.cases.views import attachments, glass
from simpul.cases.views import privacy as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/kerahasiaan/", views.privacy, name="privacy"),
    path("<uuid:pk>/kerahasiaan/ubah/", views.protect, name="protect"),
    path("<uuid:pk>/supervisi/", views.supervision, name="supervision"),
    path("<uuid:pk>/pemberitahuan/", views.disclosures, name="disclosures"),
    path("<uuid:pk>/pemberitahuan/cetak/", views.register, name="disclosure-register"),
    path("<uuid:pk>/berkas-sendiri/", views.own_file, name="own-file"),
    path("<uuid:pk>/lampiran/baru/", attachments.attach, name="attach"),
    path("lampiran/<uuid:pk>/", attachments.attachment, name="attachment"),
    path("lampiran/<uuid:pk>/hapus/", attachments.remove_attachment, name="attachment-remove"),
    path("pembukaan-darurat/", glass.glass_openings, name="glass-openings"),
    path("pembukaan-darurat/<uuid:pk>/", glass.break_glass, name="break-glass"),
    path("pembukaan-darurat/<uuid:pk>/akhiri/", glass.close_glass, name="glass-close"),
    path("pembukaan-darurat/<uuid:pk>/periksa/", glass.acknowledge_glass, name="glass-acknowledge"),
]
