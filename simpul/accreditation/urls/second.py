"""Addresses from validation to renewal."""

from __future__ import annotations

from django.urls import path

from simpul.accreditation.views import afterwards, appeal, own_schemes, plenary, validation

urlpatterns = [
    path("validasi/", validation.validations, name="validations"),
    path("<uuid:pk>/validasi/", validation.validation, name="validate"),
    path("<uuid:pk>/validasi/sama/", validation.confirm_agreed, name="validation-confirm"),
    path("<uuid:pk>/validasi/terus/", validation.send_on, name="validation-send"),
    path("<uuid:pk>/validasi/kembali/", validation.send_back, name="validation-return"),
    path("validasi/bukti/<uuid:pk>/", validation.evidence, name="validation-evidence"),
    path("pleno/", plenary.queue, name="plenary-queue"),
    path("<uuid:pk>/pleno/", plenary.plenary, name="plenary"),
    path("<uuid:pk>/pleno/suara/", plenary.vote, name="plenary-vote"),
    path("<uuid:pk>/pleno/putusan/", plenary.decide, name="plenary-decide"),
    path("<uuid:pk>/pleno/kembali/", plenary.send_back, name="plenary-return"),
    path("<uuid:pk>/hasil/", plenary.result, name="result"),
    path("<uuid:pk>/keberatan/", appeal.appeal, name="appeal"),
    path("keberatan/", appeal.appeals, name="appeals"),
    path("<uuid:pk>/periksa-ulang/", appeal.recheck, name="recheck"),
    path("<uuid:pk>/perbaikan/", afterwards.improvement, name="improvement"),
    path("rekomendasi/<uuid:pk>/", afterwards.plan, name="plan"),
    path("rekomendasi/<uuid:pk>/selesai/", afterwards.finish, name="plan-finish"),
    path("<uuid:pk>/pemantauan/", afterwards.watch, name="watch"),
    path("pemantauan/", afterwards.watch_list, name="watch-list"),
    path("berakhir/", afterwards.renewals, name="renewals"),
    path("skema/", own_schemes.own_schemes, name="own-schemes"),
    path("skema/baru/", own_schemes.new, name="own-scheme-new"),
    path("skema/baru/simpan/", own_schemes.accept, name="own-scheme-accept"),
    path("skema/contoh/", own_schemes.example, name="own-scheme-example"),
    path("skema/<uuid:pk>/", own_schemes.own_scheme, name="own-scheme"),
    path("skema/<uuid:pk>/tutup/", own_schemes.close, name="own-scheme-close"),
]
