"""Addresses of those who keep listings."""

from __future__ import annotations

from django.urls import path

from simpul.services.views import listing, places, room

urlpatterns = [
    path("kelola/", listing.mine, name="mine"),
    path("kelola/kalender.ics", listing.calendar, name="calendar"),
    path("kelola/belum-dibenarkan/", listing.unconfirmed, name="unconfirmed"),
    path("kelola/lembaga/<uuid:pk>/", listing.of, name="of"),
    path("kelola/lembaga/<uuid:pk>/baru/", listing.new, name="new"),
    path("kelola/<uuid:pk>/", listing.one, name="one"),
    path("kelola/<uuid:pk>/riwayat/", listing.history, name="history"),
    path("kelola/<uuid:pk>/bagian/<slug:code>/", listing.part, name="part"),
    path("kelola/<uuid:pk>/buka/", listing.open_listing, name="open"),
    path("kelola/<uuid:pk>/tutup/", listing.pause, name="pause"),
    path("kelola/<uuid:pk>/akhiri/", listing.end, name="end"),
    path("kelola/<uuid:pk>/benar/", room.confirm, name="confirm"),
    path("kelola/<uuid:pk>/tempat-kosong/", room.room, name="room"),
    path("kelola/<uuid:pk>/tempat/", places.place_add, name="place-add"),
    path("kelola/<uuid:pk>/tempat/<uuid:place>/", places.place_change, name="place"),
    path("kelola/<uuid:pk>/tempat/<uuid:place>/pakai/", places.place_use, name="place-use"),
    path("kelola/<uuid:pk>/tempat/<uuid:place>/keluar/", places.place_leave, name="place-leave"),
    path("kelola/<uuid:pk>/wilayah/", places.areas, name="areas"),
    path("kelola/<uuid:pk>/jam/", places.hours, name="hours"),
    path("kelola/<uuid:pk>/jam/<uuid:row>/keluar/", places.hours_remove, name="hours-remove"),
]
