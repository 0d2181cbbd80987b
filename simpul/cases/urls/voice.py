"""Addresses of rights, satisfaction, complaints."""

from django.urls import URLPattern, path

from simpul.cases.views import agreements, complaints, voice

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/hak/", voice.rights, name="rights"),
    path("<uuid:pk>/hak/lembar/", voice.rights_sheet, name="rights-sheet"),
    path("<uuid:pk>/kesepakatan/", agreements.agreement, name="agreement"),
    path("<uuid:pk>/pendapat/", voice.satisfaction, name="satisfaction"),
    path("<uuid:pk>/keinginan/", voice.wishes, name="wishes"),
    path("pengaduan/", complaints.complain, name="complain"),
    path("pengaduan/jawaban/", complaints.complaint_status, name="complaint-status"),
    path("pengaduan/masuk/", complaints.complaints, name="complaints"),
    path("pengaduan/masuk/<uuid:pk>/", complaints.complaint, name="complaint"),
    path("pengaduan/masuk/<uuid:pk>/periksa/", complaints.take_up, name="complaint-take"),
    path("pengaduan/masuk/<uuid:pk>/jawab/", complaints.answer, name="complaint-answer"),
    path("pengaduan/masuk/<uuid:pk>/hapus/", complaints.erase, name="complaint-erase"),
]
