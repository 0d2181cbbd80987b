"""Addresses of recaps."""

from __future__ import annotations

from django.urls import path

from simpul.recaps import views
from simpul.recaps.views import due, public, publishing

app_name = "recaps"

urlpatterns = [
    path("", views.index, name="index"),
    path("publik/", public.public, name="public"),
    path("publik/<str:code>/", public.public_one, name="public-one"),
    path("publik/<str:code>/<str:period>/", public.public_one, name="public-month"),
    path("publik/<str:code>/<str:period>/angka.<str:form>", public.public_file, name="public-file"),
    path("terbitan/", publishing.releases, name="releases"),
    path("terbitan/baru/", publishing.release_new, name="release-new"),
    path("terbitan/<uuid:pk>/", publishing.release, name="release"),
    path("terbitan/<uuid:pk>/lihat/<str:code>/", publishing.release_preview, name="release-preview"),
    path("terbitan/<uuid:pk>/terbitkan/", publishing.release_publish, name="release-publish"),
    path("terbitan/<uuid:pk>/buang/", publishing.release_drop, name="release-drop"),
    path("terbitan/<uuid:pk>/cabut/", publishing.release_withdraw, name="release-withdraw"),
    path("minta/", due.dues, name="dues"),
    path("minta/baru/", due.due_new, name="due-new"),
    path("minta/<uuid:pk>/", due.due, name="due"),
    path("minta/<uuid:pk>/cabut/", due.due_stop, name="due-stop"),
    path("minta/<uuid:pk>/<str:since>/<str:party>/", due.deliver, name="deliver"),
    path("serahan/<uuid:pk>/", due.delivery, name="delivery"),
    path("sasaran/<str:area>/baru/", due.target_new, name="target-new"),
    path("<str:code>/", views.one, name="one"),
    path("<str:code>/berkas.<str:form>", views.file, name="file"),
    path("<str:code>/<str:table>/<str:line>/<str:column>/", views.behind, name="behind"),
]
