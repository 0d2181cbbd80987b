"""Addresses of the team, conferences, handing over."""

from django.urls import path

from simpul.cases.views import handover, team

urlpatterns = [
    path("beban-kerja/", team.caseload, name="caseload"),
    path("<uuid:pk>/tim/", team.team, name="team"),
    path("<uuid:pk>/tim/tambah/", team.add, name="member-add"),
    path("<uuid:pk>/tim/<uuid:row>/ubah/", team.change, name="member-change"),
    path("<uuid:pk>/tim/<uuid:row>/akhiri/", team.end, name="member-end"),
    path("<uuid:pk>/rapat/", team.conference, name="conference"),
    path("<uuid:pk>/serah-terima/", handover.handover, name="handover"),
    path("<uuid:pk>/serah-terima/<uuid:row>/jawab/", handover.answer, name="handover-answer"),
    path("<uuid:pk>/serah-terima/<uuid:row>/tarik/", handover.withdraw, name="handover-withdraw"),
]
