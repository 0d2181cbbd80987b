"""Numbers of the paper of Karimun, typed over by a researcher."""

import pytest
from django.urls import reverse

from tests.access.factories import user_with

ADDRESS = reverse("programmes:printed")
COUNTS = "Bangunan fisik, sesudah\nbaik; 18; 60,00\ncukup; 17\n\nFungsi\nbaik; 3; 10,00\nkurang; 27; 80,00"
MEANS = "Legalitas; 9,300; 10,400; 1,100\nManajemen; 34,667; 45,933; 11,266"


@pytest.fixture
def page(client, db):
    """What a researcher is shown who typed that."""

    def asked(**typed):
        client.force_login(user_with("researcher", region="21.02"))
        return client.post(ADDRESS, {"people": "30", "counts": "", "means": "", **typed})

    return asked


class TestPrinted:
    def test_corrects_percentages_and_names_what_cannot_be(self, page):
        text = page(counts=COUNTS).text
        assert "Jumlah semua baris 35, padahal hanya 30 orang: kelebihan 5, jadi tidak mungkin." in text
        assert "Kurang: tercetak 80,00 %, padahal 27 dari 30 orang adalah 90,00 %." in text
        assert "<strong>90,00</strong>" in text

    def test_gives_the_sums_behind_means_and_claims_no_significance(self, page):
        text = page(means=MEANS).text
        assert '<td data-label="Jumlah nilai sebelum">1.040</td>' in text
        assert "tercetak selisih 11,266, dari jumlahnya 11,267" in text
        assert text.count("signifikansi tidak dihitung") == 1
        assert "Legalitas, Manajemen: signifikansi tidak dihitung" in text

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({}, "Tulis sekurang-kurangnya satu baris"),
            ({"counts": "baik 18 60,00"}, "Baris 1: tulis nama; jumlah orang; persen"),
            ({"means": "Legalitas; 9,3"}, "Baris 1: tulis aspek; rata-rata sebelum"),
            ({"counts": "baik; 18", "people": "0"}, 'id="errors"'),
            ({"counts": "baik; 18", "people": "banyak"}, 'id="errors"'),
        ],
        ids=["nothing", "no semicolons", "one mean", "nobody", "words"],
    )
    def test_explains_what_it_cannot_read_and_keeps_what_was_typed(self, page, typed, words):
        answer = page(**typed)
        assert (answer.status_code, words in answer.text) == (422, True)
        assert all(value in answer.text for value in typed.values())

    def test_is_found_by_who_evaluates_and_by_nobody_else(self, client, page):
        page()
        assert ADDRESS in client.get(reverse("programmes:programmes")).text
        client.force_login(user_with("mentor", region="21.02"))
        assert ADDRESS not in client.get(reverse("programmes:programmes")).text
        assert client.get(ADDRESS).status_code == 403
