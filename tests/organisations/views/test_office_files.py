from simpul.organisations.views.office_files import as_pdf


class TestAsPdf:
    def test_is_set_whatever_the_names_hold(self):
        rows = [("Kepala",) * 9, ('#panic("x") \\ $a$ 日本 \u0000',) * 9]
        made = as_pdf(
            rows, title="Daftar", notes=[("Wilayah", "Kab. Karimun")], mark="Bu Farida", pages="{page}"
        )
        assert made.startswith(b"%PDF")
