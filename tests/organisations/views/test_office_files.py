from simpul.organisations.views import office_files
from simpul.organisations.views.office_files import as_pdf


class TestAsPdf:
    def test_is_set_whatever_the_names_hold(self):
        rows = [("Kepala",) * 9, ('#panic("x") \\ $a$ 日本 \u0000',) * 9]
        made = as_pdf(
            rows, title="Daftar", notes=[("Wilayah", "Kab. Karimun")], mark="Bu Farida", pages="{page}"
        )
        assert made.startswith(b"%PDF")

    def test_writes_days_as_people_read_them(self, monkeypatch):
        said = {}
        monkeypatch.setattr(office_files, "typeset", lambda _path, words: said.update(words) or b"%PDF")
        rows = [("Kepala", "Sampai"), ("2026-01-02 tidak", "2031-05-09")]
        as_pdf(rows, title="Daftar", notes=[], mark="Bu Farida", pages="{page}")
        assert said["rows"] == [["2026-01-02 tidak", "9 Mei 2031"]]
