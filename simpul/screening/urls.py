"""Addresses of screenings."""

from django.urls import path

from simpul.screening.views import decisions, interview, paper, results, types

app_name = "screening"
urlpatterns = [
    path("orang/<uuid:person>/mulai/", interview.start, name="start"),
    path("jenis/", types.types, name="types"),
    path("jenis/<slug:edition>/", types.types, name="types"),
    path("jenis/<slug:edition>/<slug:code>/", types.type_help, name="type-help"),
    path("<uuid:pk>/", results.result, name="result"),
    path("<uuid:pk>/tanya/", interview.question, name="question"),
    path("<uuid:pk>/tanya/<slug:name>/", interview.question, name="question"),
    path("<uuid:pk>/selesai/", interview.finish, name="finish"),
    path("<uuid:pk>/nilai-ulang/", results.judge_again, name="judge-again"),
    path("<uuid:pk>/bandingkan/", results.compare, name="compare"),
    path("<uuid:pk>/cetak/", paper.paper, name="print"),
    path("<uuid:pk>/cetak.pdf", paper.pdf, name="pdf"),
    path("<uuid:pk>/putuskan/", decisions.decide, name="decide"),
    path("<uuid:pk>/akhiri/", decisions.end, name="end"),
]
