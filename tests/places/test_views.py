import pytest
from django.urls import reverse

from tests.access.factories import user_with

URL = "/wilayah/cari/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def worker(client, regions):
    client.force_login(user_with("caseworker", region="21.02"))
    return client


class TestSearch:
    def test_gives_choices_to_htmx(self, worker):
        html = worker.get(URL, {"for": "region", "region_text": "pangke"}, headers=HTMX).content.decode()
        assert 'name="region" value="21.02.10.2003"' in html
        assert "<html" not in html

    def test_gives_a_whole_page_to_everybody_else(self, worker):
        html = worker.get(URL, {"q": "pangke"}).content.decode()
        assert "Kec. Meral Barat, Kab. Karimun, Kepulauan Riau" in html
        assert "Kepmendagri" in html

    @pytest.mark.parametrize("asked", ['x" onclick="', "<script>", "Region", "a" * 200])
    def test_takes_no_name_of_a_field_that_is_none(self, worker, asked):
        html = worker.get(URL, {"for": asked, "q": "pangke"}, headers=HTMX).content.decode()
        assert 'name="region"' in html
        assert asked not in html

    def test_does_not_lose_the_chosen_place_while_somebody_types_on(self, worker):
        looked = {"for": "region", "region_text": "moro", "region": "21.02.10.2003", "optional": "1"}
        html = worker.get(URL, looked, headers=HTMX).content.decode()
        assert 'value="21.02.10.2003" checked' in html
        assert 'name="region" value=""' in html

    @pytest.mark.parametrize("odd", ["x", "21.02'", "%", "21" * 40])
    def test_takes_no_code_that_is_none(self, worker, odd):
        looked = {"for": "region", "region_text": "pangke", "region": odd, "near": odd}
        html = worker.get(URL, looked, headers=HTMX).content.decode()
        assert "21.02.10.2003" in html
        assert odd not in html

    def test_says_so_when_nothing_fits_and_keeps_script_as_text(self, worker):
        html = worker.get(URL, {"q": "<script>zz"}, headers=HTMX).content.decode()
        assert "Tidak ada wilayah yang cocok" in html
        assert "<script>zz" not in html

    def test_sends_strangers_to_the_door(self, client, db):
        answer = client.get(reverse("places:search"))
        assert answer.status_code == 302
