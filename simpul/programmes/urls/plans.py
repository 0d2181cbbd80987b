"""Addresses of action plans."""

from __future__ import annotations

from django.urls import path

from simpul.programmes.views import plans as views

urlpatterns = [
    path("lembaga/<uuid:pk>/rencana/", views.plan, name="plan"),
    path("lembaga/<uuid:pk>/rencana/susun/", views.plan_draw_up, name="plan-draw-up"),
    path("rencana/<uuid:pk>/baris/baru/", views.item_add, name="item-add"),
    path("rencana/baris/<uuid:pk>/", views.item_change, name="item-change"),
    path("rencana/baris/<uuid:pk>/keluarkan/", views.item_drop, name="item-drop"),
    path("rencana/<uuid:pk>/ajukan/", views.plan_send_in, name="plan-send-in"),
    path("rencana/<uuid:pk>/sepakati/", views.plan_agree, name="plan-agree"),
    path("rencana/<uuid:pk>/kembalikan/", views.plan_send_back, name="plan-send-back"),
    path("lembaga/<uuid:pk>/rencana/<uuid:line>/hasil/", views.realise, name="realise"),
    path("bukti/<uuid:pk>/", views.proof, name="proof"),
]
