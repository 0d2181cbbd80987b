import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from simpul.ui.render import asks_for_a_part


def asked(**headers: str) -> HttpRequest:
    return RequestFactory().get("/orang/", headers=headers)


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
