"""Addresses of stimulus money."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import money as views

urlpatterns = [
    path("lembaga/<uuid:pk>/stimulan/", views.money_of, name="money-of"),
    path("lembaga/<uuid:pk>/stimulan/ajukan/", views.money_ask, name="money-ask"),
    path("stimulan/<uuid:pk>/", views.money, name="money"),
    path("stimulan/<uuid:pk>/putuskan/", views.money_decide, name="money-decide"),
    path("stimulan/<uuid:pk>/perjanjian/", views.money_sign, name="money-sign"),
    path("stimulan/<uuid:pk>/serahkan/", views.money_hand_over, name="money-hand-over"),
    path("stimulan/<uuid:pk>/belanja/", views.money_spend, name="money-spend"),
    path("stimulan/<uuid:pk>/kembali/", views.money_take_back, name="money-take-back"),
    path("stimulan/catatan/<uuid:pk>/batalkan/", views.entry_reverse, name="entry-reverse"),
    path("stimulan/<uuid:pk>/pertanggungjawaban/", views.money_account, name="money-account"),
    path("stimulan/<uuid:pk>/pertanggungjawaban/pdf/", views.money_report, name="money-report"),
    path("stimulan/<uuid:pk>/tarik/", views.money_withdraw, name="money-withdraw"),
    path("stimulan/<uuid:pk>/terima/", views.money_accept, name="money-accept"),
    path("stimulan/<uuid:pk>/perbaiki/", views.money_ask_again, name="money-ask-again"),
]
