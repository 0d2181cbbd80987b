from django.urls import path

from simpul.instruments import views

_ONE = "<slug:code>/<int:version>"

app_name = "instruments"
urlpatterns = [
    path("", views.instruments, name="instruments"),
    path("baru/", views.upload, name="upload"),
    path("baru/terima/", views.accept, name="accept"),
    path("contoh.xlsx", views.example_xlsx, name="example-xlsx"),
    path("contoh.csv", views.example_csv, name="example-csv"),
    path("contoh-xlsform.xlsx", views.example_xlsform, name="example-xlsform"),
    path("lembar/", views.sheets, name="sheets"),
    path("lembar/<uuid:pk>/", views.sheet, name="sheet"),
    path("lembar/<uuid:pk>/isi/", views.fill_in, name="sheet-fill"),
    path("lembar/<uuid:pk>/kunci/", views.lock, name="sheet-lock"),
    path("lembar/<uuid:pk>/buka/", views.unlock, name="sheet-unlock"),
    path("lembar/<uuid:pk>/hapus/", views.discard, name="sheet-discard"),
    path("lembar/<uuid:pk>/nama/", views.forget, name="sheet-forget"),
    path("lembar/<uuid:pk>/lembar.pdf", views.sheet_pdf, name="sheet-pdf"),
    path(f"{_ONE}/", views.instrument, name="instrument"),
    path(f"{_ONE}/kosong/", views.blank, name="blank"),
    path(f"{_ONE}/kosong.pdf", views.blank_pdf, name="blank-pdf"),
    path(f"{_ONE}/xlsform.xlsx", views.xlsform, name="xlsform"),
    path(f"{_ONE}/tarik/", views.withdraw, name="withdraw"),
    path(f"{_ONE}/banding/<int:other>/", views.versions, name="versions"),
    path(f"{_ONE}/isi/", views.begin, name="begin"),
    path(f"{_ONE}/jawaban/", views.answers_upload, name="answers-upload"),
    path(f"{_ONE}/jawaban/terima/", views.answers_accept, name="answers-accept"),
    path(f"{_ONE}/jawaban/contoh.xlsx", views.answers_example, name="answers-example"),
    path(f"{_ONE}/jawaban.csv", views.answers_csv, name="answers-csv"),
    path(f"{_ONE}/butir/", views.items, name="items"),
    path(f"{_ONE}/ringkasan/", views.results, name="results"),
]
