"""Addresses from the start of a run to the visit."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.accreditation.views import assignment, desk, minutes, run, self_assessment, visit

urlpatterns: list[URLPattern] = [
    path("", run.home, name="home"),
    path("menunggu-rekomendasi/", run.recommendations, name="recommendations"),
    path("lembaga/<uuid:pk>/", run.of, name="of"),
    path("lembaga/<uuid:pk>/mulai/", run.start, name="start"),
    path("antrean/", run.queued, name="queue"),
    path("tugas-saya/", assignment.mine, name="mine"),
    path("<uuid:pk>/", run.run, name="run"),
    path("<uuid:pk>/tarik/", run.withdraw, name="withdraw"),
    path("<uuid:pk>/petugas/", run.people, name="people"),
    path("<uuid:pk>/evaluasi-diri/", self_assessment.self_assessment, name="self-assessment"),
    path("<uuid:pk>/evaluasi-diri/<str:standard>/", self_assessment.self_read, name="self-read"),
    path("<uuid:pk>/evaluasi-diri/<str:standard>/isi/", self_assessment.self_standard, name="self-standard"),
    path("bukti/<uuid:pk>/", self_assessment.evidence, name="evidence"),
    path("bukti/<uuid:pk>/hapus/", self_assessment.evidence_remove, name="evidence-remove"),
    path("<uuid:pk>/minta-rekomendasi/", self_assessment.ask, name="ask"),
    path("<uuid:pk>/rekomendasi/", self_assessment.recommend, name="recommend"),
    path("<uuid:pk>/ajukan/", desk.apply, name="apply"),
    path("<uuid:pk>/berkas/", desk.desk, name="desk"),
    path("<uuid:pk>/berkas/terima/", desk.accept, name="accept"),
    path("<uuid:pk>/berkas/kembalikan/", desk.give_back, name="give-back"),
    path("<uuid:pk>/penugasan/", assignment.assignments, name="assignments"),
    path("<uuid:pk>/penugasan/<str:part>/", assignment.name, name="name"),
    path("<uuid:pk>/tugaskan-ulang/", assignment.name_anew, name="name-anew"),
    path("<uuid:pk>/mulai-visitasi/", assignment.begin_visit, name="begin-visit"),
    path("penugasan/<uuid:pk>/perpanjang/", assignment.prolong, name="prolong"),
    path("penugasan/<uuid:pk>/akhiri/", assignment.end, name="end-assignment"),
    path("penugasan/<uuid:pk>/pernyataan/", assignment.declare, name="declare"),
    path(
        "penugasan/<uuid:pk>/pernyataan-penyelia/", assignment.declare_as_validator, name="declare-validator"
    ),
    path("<uuid:pk>/visitasi/", visit.visit, name="visit"),
    path("<uuid:pk>/visitasi/kunci/", visit.lock, name="lock"),
    path("<uuid:pk>/visitasi/selesai/", visit.finish, name="finish"),
    path("<uuid:pk>/visitasi/berita-acara/", visit.minutes, name="minutes"),
    path("<uuid:pk>/visitasi/standar/<str:standard>/", visit.sheet, name="sheet"),
    path("visitasi/bukti/<uuid:pk>/", visit.visit_evidence, name="visit-evidence"),
    path("berita-acara/<uuid:pk>/pdf/", minutes.minutes_pdf, name="minutes-pdf"),
    path("berita-acara/<uuid:pk>/ubah/", visit.minutes_edit, name="minutes-edit"),
    path("berita-acara/<uuid:pk>/asesor/", visit.sign_assessor, name="sign-assessor"),
    path("berita-acara/<uuid:pk>/lembaga/", visit.sign, name="sign"),
    path("berita-acara/<uuid:pk>/tidak-bersedia/", visit.refused, name="refused"),
]
