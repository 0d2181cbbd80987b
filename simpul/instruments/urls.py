from django.urls import path

from simpul.instruments import views

app_name = "instruments"
urlpatterns = [
    path("", views.instruments, name="instruments"),
    path("baru/", views.upload, name="upload"),
    path("baru/terima/", views.accept, name="accept"),
    path("contoh.xlsx", views.example_xlsx, name="example-xlsx"),
    path("contoh.csv", views.example_csv, name="example-csv"),
    path("<slug:code>/<int:version>/", views.instrument, name="instrument"),
    path("<slug:code>/<int:version>/kosong/", views.blank, name="blank"),
    path("<slug:code>/<int:version>/tarik/", views.withdraw, name="withdraw"),
]
