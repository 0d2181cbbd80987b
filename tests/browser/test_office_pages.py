"""What an office watches and what everybody may see of bodies, in a real browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from simpul.organisations.models import ServedArea
from tests.access.factories import user_with
from tests.browser.steps import follow, go, looked_at, press
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, flag, paper, registered
from tests.places.factories import VILLAGE, few_regions

# Where the safe house is, and who is told nothing of it.
SECRETS = ("Melur", "0812-771", "rumah.example", "Pangke", "Meral Barat", "21.02.10", "1.0123", "103.41")


@pytest.fixture(autouse=True)
def office(transactional_db):
    """Nine bodies of three kinds and types, on their way and standing."""
    few_regions()
    for number, letter in enumerate(("A", "B", "C", "D", "", "A", "B")):
        made = organisation(name=f"LKS Muara {number}", region="21.02.01.1001", confirmed_type=letter)
        registered(made, days=400 if number % 2 else 20)
    forum = organisation(name="Forum Muara Laut", kind="forum", region=VILLAGE, about="Kelas membaca.")
    accredited(forum)
    flag(forum)
    paper(forum, days=-2)


@pytest.fixture
def house(office):
    """A safe house in Pangke, registered and accredited."""
    body = organisation(
        name="Rumah Teduh", region=VILLAGE, is_address_secret=True, address="Jalan Melur 7", phone="0812-771",
        email="kami@rumah.example", latitude=1.0123456, longitude=103.41234, about="Tempat aman.",
    )  # fmt: skip
    ServedArea.objects.create(organisation=body, code="21.02.10.2004")
    registered(body)
    accredited(body)
    return body


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


def asked_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


class TestOffice:
    def test_leads_from_its_numbers_and_tiles_to_the_bodies_behind_them(self, visit):
        page = visit(at("office"), by=user_with("dinas_officer", region="21.02", name="Ibu Farida"))
        assert looked_at(page, "60-office").locator("figure svg[role=img]").count() > 0
        tile = page.locator("figure a").filter(has_text="Kec. Moro")
        number = int(tile.locator("b").inner_text())
        with page.expect_navigation():
            tile.click()
        assert looked_at(page, "60-list").locator("tbody tr").count() == number == 7
        assert asked_of(page)["wilayah"] == "21.02.01"

    def test_keeps_what_was_asked_in_the_address_of_its_list(self, visit):
        page = visit(at("office-list"), by=user_with("dinas_officer", region="21.02"))
        page.locator("[name=cari]").fill("muara")
        page.locator("[name=jenis]").select_option("lks")
        page.locator("#filters details summary").click()
        page.locator("[name=tipe]").select_option("A")
        press(page, "Saring")
        assert {"cari": "muara", "jenis": "lks", "tipe": "A"}.items() <= asked_of(page).items()
        assert page.locator("tbody th").all_inner_texts() == ["LKS Muara 0", "LKS Muara 5"]
        page.reload()
        assert looked_at(page, "60-filtered").locator("tbody tr").count() == 2
        with page.expect_download() as kept:
            page.get_by_role("button", name="CSV").click()
        told = kept.value.path().read_text(encoding="utf-8-sig")
        assert ("LKS Muara 5" in told, "LKS Muara 1" in told) == (True, False)
        follow(page, "Tampilkan semua")
        assert "ditandai" in page.locator("tbody tr").filter(has_text="Forum Muara Laut").inner_text()


class TestPublicPages:
    def test_are_found_by_name_and_place_without_an_account(self, visit):
        page = looked_at(visit(at("public-list"), width=360), "61-public-list")
        page.locator("[name=di]").fill("pangke")
        page.locator("[name=cari]").fill("muara")
        press(page, "Cari")
        assert page.locator("ul.people li").count() == 1
        follow(looked_at(page, "61-found"), "Forum Muara Laut")
        told = looked_at(page, "61-public").locator("main").inner_text()
        assert "Kelas membaca." in told
        assert "Terakreditasi" in told
        go(page, at("public-list"))
        page.locator("[name=cari]").fill("tidak ada yang bernama begini")
        press(page, "Cari")
        assert looked_at(page, "61-none").get_by_text("Tidak ada lembaga yang cocok").is_visible()

    def test_never_show_where_a_shelter_is(self, visit, house):
        page = looked_at(visit(at("public", house.pk)), "62-shelter")
        assert "demi keamanan" in page.locator("main").inner_text()
        seen = [page.content()]
        for query in ("?cari=teduh", "?wilayah=21.02&cari=teduh", "?terdaftar=on&cari=rumah"):
            seen.append(go(page, at("public-list") + query).content())
            assert house.name in seen[-1]
        found = {(secret, number) for number, html in enumerate(seen) for secret in SECRETS if secret in html}
        assert found == set()
        assert house.name not in go(page, at("public-list") + "?di=pangke").content()
