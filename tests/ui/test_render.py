import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from simpul.ui.render import asks_for_a_part, file_answer


def asked(**headers: str) -> HttpRequest:
    return RequestFactory().get("/orang/", headers=headers)


class TestFileAnswer:
    def test_is_a_file_to_keep_of_which_nothing_on_the_way_keeps_a_copy(self):
        answer = file_answer("a;b", "text/csv", "daftar.csv")
        assert answer["Content-Disposition"] == 'attachment; filename="daftar.csv"'
        assert (answer["Cache-Control"], answer.content) == ("no-store", b"a;b")

    def test_opens_in_the_browser_and_may_be_kept_where_that_is_said(self):
        answer = file_answer(b"%PDF", "application/pdf", "daftar.pdf", opens=True, is_public=True)
        assert answer["Content-Disposition"] == 'inline; filename="daftar.pdf"'
        assert "Cache-Control" not in answer


class TestAsksForAPart:
    def test_is_true_when_htmx_fills_a_page_that_is_there(self):
        assert asks_for_a_part(asked(HX_Request="true"))

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"HX_Request": "true", "HX_Boosted": "true"},
            {"HX_Request": "true", "HX_History_Restore_Request": "true"},
        ],
        ids=["a plain visit", "a boosted link", "a step back in the history"],
    )
    def test_is_false_when_everything_is_replaced(self, headers):
        assert not asks_for_a_part(asked(**headers))
