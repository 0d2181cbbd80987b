"""Addresses of referrals on both sides."""

from __future__ import annotations

from django.urls import URLPattern, path

from simpul.referrals.views import loop as views
from simpul.referrals.views import loop_moving as moving
from simpul.referrals.views import loop_received as received

_LINE = "kasus/<uuid:pk>/langkah/<uuid:step>/ke/"

urlpatterns: list[URLPattern] = [
    path("terkirim/", views.sent, name="sent"),
    path("masuk/", received.received, name="received"),
    path("kasus/<uuid:pk>/", views.of_case, name="of-case"),
    path(f"{_LINE}<uuid:service>/", views.propose, name="propose"),
    path(_LINE, views.propose, name="propose"),
    path("<uuid:pk>/", views.referral, name="referral"),
    path("<uuid:pk>/keterangan/", views.prepare, name="prepare"),
    path("<uuid:pk>/persetujuan/", moving.consent, name="consent"),
    path("<uuid:pk>/kirim/", moving.send, name="send"),
    path("<uuid:pk>/tarik/", moving.withdraw, name="withdraw"),
    path("<uuid:pk>/kata-penerima-manfaat/", moving.confirm, name="confirm"),
    path("<uuid:pk>/tujuan/", moving.goal, name="goal"),
    path("<uuid:pk>/catat/<slug:to>/", moving.record, name="record"),
    path("<uuid:pk>/rencana/", moving.adjust_plan, name="adjust-plan"),
    path("<uuid:pk>/pesan/", views.write, name="write"),
    path("masuk/<uuid:pk>/", received.received_one, name="received-one"),
    path("masuk/<uuid:pk>/jawab/<slug:to>/", received.reply, name="reply"),
    path("masuk/<uuid:pk>/pesan/", received.write_back, name="write-back"),
]
