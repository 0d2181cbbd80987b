import pytest

from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries.minutes_pdf import pdf_of, said_on_paper
from simpul.accreditation.queries.visit import REFUSED
from tests.accreditation.factories import fresh, minuted, signed, visiting

pytestmark = pytest.mark.django_db


class TestSaidOnPaper:
    def test_holds_minutes_and_the_signed_names_of_both_sides(self):
        told = signed()
        told.visit.refresh_from_db()
        said = said_on_paper(told.visit, told.secretary)
        assert said["minutes"] == "Ruang layanan bersih. Pembukuan ada."
        assert [one["name"] for one in said["signed"]] == ["Asesor Satu", "Asesor Dua", "Bu Salmah"]
        assert {one["side"] for one in said["signed"]} == {"Asesor", "Lembaga"}

    def test_tells_every_item_with_the_score_of_each_assessor(self):
        told = signed()
        said = said_on_paper(told.visit, told.secretary)
        rows = {item["code"]: item["values"] for part in said["standards"] for item in part["items"]}
        order = said["assessors"].index("Asesor Satu")
        assert {code: values[order] for code, values in rows.items()} == {"1.1": "4", "1.2": "3", "2.1": "3"}

    def test_tells_no_scores_before_all_are_locked(self):
        told = visiting()
        said = said_on_paper(minuted(told), told.secretary)
        assert (said["standards"], said["signed"], said["is_complete"]) == ([], [], False)

    def test_tells_the_body_the_scores_only_once_it_is_decided(self):
        told = signed()
        assert said_on_paper(told.visit, told.head)["standards"] == []
        Accreditation.objects.filter(pk=told.run.pk).update(stage="accredited")
        told.visit.accreditation = fresh(told)
        assert len(said_on_paper(told.visit, told.head)["standards"]) == 2


class TestPdfOf:
    def test_reads_nothing_that_was_typed_as_source(self):
        told = signed()
        told.visit.refresh_from_db()
        told.visit.minutes = "*#panic()* 慈善 $a$"
        told.visit.signed = [{**one, "side": REFUSED, "words": "#let"} for one in told.visit.signed]
        assert pdf_of(told.visit, told.secretary).startswith(b"%PDF-")
