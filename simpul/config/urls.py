"""Root addresses."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from simpul.api.urls import urls as api_urls

urlpatterns = [
    path("", include("simpul.desk.urls")),
    path("akun/", include("simpul.access.urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("wilayah/", include("simpul.places.urls")),
    path("orang/", include("simpul.people.urls")),
    path("lembaga/", include("simpul.organisations.urls")),
    path("instrumen/", include("simpul.instruments.urls")),
    path("penapisan/", include("simpul.screening.urls")),
    path("akreditasi/", include("simpul.accreditation.urls")),
    path("kasus/", include("simpul.cases.urls")),
    path("layanan/", include("simpul.services.urls")),
    path("mitra/", include("simpul.partners.urls")),
    path("rujukan/", include("simpul.referrals.urls")),
    path("program/", include("simpul.programmes.urls")),
    path("ganda/", include("simpul.duplicates.urls")),
    path("penduduk/", include("simpul.population.urls")),
    path("impor/", include("simpul.imports.urls")),
    path("rekap/", include("simpul.recaps.urls")),
    path("riset/", include("simpul.research.urls")),
    path("api/", api_urls),
    path("hsds/", include("simpul.hsds.urls")),
    path("ui/", include("simpul.ui.urls")),
]
