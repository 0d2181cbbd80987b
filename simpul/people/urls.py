from django.urls import path

from simpul.people.views import consent, household, person, register, rights

app_name = "people"
urlpatterns = [
    path("", register.search, name="search"),
    path("baru/", register.register, name="register"),
    path("<uuid:pk>/", person.person, name="person"),
    path("<uuid:pk>/identitas/", person.identity, name="identity"),
    path("<uuid:pk>/ubah/", person.edit, name="edit"),
    path("rumah-tangga/baru/", household.new, name="household-new"),
    path("<uuid:pk>/rumah-tangga/", household.household, name="household"),
    path("<uuid:pk>/pindah/", household.move, name="move"),
    path("<uuid:pk>/riwayat/<uuid:key>/", person.fact, name="fact"),
    path("<uuid:pk>/persetujuan/", consent.consent, name="consent"),
    path("persetujuan/<uuid:pk>/cabut/", consent.withdraw, name="consent-withdraw"),
    path("permintaan/", rights.waiting, name="data-requests"),
    path("<uuid:pk>/permintaan/", rights.record, name="data-request-new"),
    path("permintaan/<uuid:pk>/", rights.answer, name="data-request"),
    path("permintaan/<uuid:pk>/hapus/", rights.erase, name="data-request-erase"),
    path("permintaan/<uuid:pk>/berita-acara/", rights.minutes, name="minutes"),
    path("<uuid:pk>/buka-batas/", rights.lift_limit, name="limit-lift"),
    path("<uuid:pk>/tahan/", rights.hold, name="hold"),
]
