"""Papers of bodies as pictures: nothing is cut or runs into its neighbour, and the code can be read again."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date

import pytest
import segno
import typst
from django.urls import reverse

from simpul.organisations.queries.certificates import mark_of
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, registered
from tests.organisations.registering import TODAY, a_body, certified, head_of, officer_at, registrar_at
from tests.places.factories import few_regions
from tests.referrals.loop import sent
from tests.screening import factories as screening
from tests.services.factories import a_service

PPI = 150
INCH = 25.4
# Darker than the light lines and the name across the page, which are not read.
INK = 128
LONG = (
    "Yayasan Perlindungan dan Pendampingan Anak Nelayan serta Keluarga Pesisir Tunas Bahari Sejahtera Bersama"
)
GREY = """async png => {
    const picture = new Image()
    picture.src = "data:image/png;base64," + png
    await picture.decode()
    const {width, height} = picture
    const context = new OffscreenCanvas(width, height).getContext("2d")
    context.fillStyle = "white"
    context.fillRect(0, 0, width, height)
    context.drawImage(picture, 0, 0)
    const colours = context.getImageData(0, 0, width, height).data
    let grey = ""
    for (let at = 0; at < colours.length; at += 4) grey += String.fromCharCode((colours[at] + colours[at + 1] + colours[at + 2]) / 3)
    return [width, height, btoa(grey)]
}"""


@dataclass(frozen=True)
class Picture:
    """A page of paper, one byte of grey for each point; asked in millimetres from its upper left corner."""

    width: int
    height: int
    grey: bytes

    def is_ink(self, across, down):
        """Whether this point is dark."""
        return self.grey[round(down / INCH * PPI) * self.width + round(across / INCH * PPI)] < INK

    def box(self, left, top, right, bottom):
        """Where the ink inside this part of the page begins and ends; nothing where there is none."""
        first, last = (round(at / INCH * PPI) for at in (left, right))
        rows = {}
        for down in range(round(top / INCH * PPI), min(round(bottom / INCH * PPI), self.height)):
            row = self.grey[down * self.width + first : down * self.width + last]
            if min(row) < INK:
                dark = [at for at, grey in enumerate(row, first) if grey < INK]
                rows[down] = dark[0], dark[-1] + 1
        if not rows:
            return None
        edges = (
            min(one for one, _last in rows.values()),
            min(rows),
            max(two for _one, two in rows.values()),
            max(rows) + 1,
        )
        return tuple(edge / PPI * INCH for edge in edges)


def modules(page, number, left, top, right, bottom):
    """The squares of the code that fills this box of ink, black or not, each asked in its middle."""
    size = (right - left) / number
    assert size > 0.5, "too small for the camera of a cheap phone"
    return [
        [page.is_ink(left + (across + 0.5) * size, top + (down + 0.5) * size) for across in range(number)]
        for down in range(number)
    ]


def black_of(code):
    """What `modules` should find of this code."""
    return [[bool(one) for one in row] for row in code.matrix]


@pytest.fixture
def drawn(chromium, monkeypatch):
    """The pages that Typst is asked for, as pictures instead of a PDF."""
    pages, typeset = [], typst.compile

    def as_pictures(template, *, sys_inputs, **_of_a_pdf):
        made = typeset(template, sys_inputs=sys_inputs, format="png", ppi=PPI)
        page = chromium.new_page()
        for png in made if isinstance(made, list) else [made]:
            width, height, grey = page.evaluate(GREY, base64.b64encode(png).decode())
            pages.append(Picture(width, height, base64.b64decode(grey)))
        page.close()
        return b"%PDF-"

    monkeypatch.setattr(typst, "compile", as_pictures)
    return pages


@pytest.fixture(autouse=True)
def today(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


class TestCertificate:
    # Between the frame of the page and its text nothing stands: left, right, above, below.
    BANDS = (
        (13.5, 13.5, 23.5, 283),
        (187, 13.5, 196.5, 283),
        (13.5, 13.5, 196.5, 23.5),
        (13.5, 276, 196.5, 283.5),
    )

    @pytest.fixture
    def given(self, request):
        body = a_body(name=request.param, areas=("21.02.01", "21.02.10"))
        return certified(body, head_of(body), officer_at(), registrar_at(), valid_to=date(2029, 11, 3))

    def printed(self, client, given):
        client.force_login(head_of(given.organisation))
        client.get(reverse("organisations:certificate-pdf", args=[given.pk]))

    @pytest.mark.parametrize("given", ["LKS Tunas Bahari", LONG], ids=["usual", "long"], indirect=True)
    def test_stands_on_one_page_within_its_frame(self, client, drawn, given):
        self.printed(client, given)
        (page,) = drawn
        assert (round(page.width / PPI * INCH), round(page.height / PPI * INCH)) == (210, 297)
        assert [page.box(*band) for band in self.BANDS] == [None] * 4
        assert page.box(24, 24, 186, 275) is not None

    @pytest.mark.parametrize("given", ["LKS Tunas Bahari"], ids=["usual"], indirect=True)
    def test_carries_a_code_that_leads_to_these_words(self, client, drawn, given):
        self.printed(client, given)
        address = reverse("organisations:checked", args=[given.code, mark_of(given)])
        code = segno.make(f"http://testserver{address}", error="m", micro=False)
        number = code.symbol_size(border=0)[0]
        assert modules(drawn[0], number, *self.place_of_code(drawn[0], number)) == black_of(code)
        assert "Tandanya cocok" in client.get(address).content.decode()

    def place_of_code(self, page, number):
        """Where the code stands in the lower left corner, with white around it."""
        left, _top, right, bottom = page.box(23.5, 240, 63, 276)
        size = (right - left) / number
        around = (left - 4 * size, bottom - right + left - 4 * size, right + 4 * size, bottom + 4 * size)
        assert page.box(*around) == (left, pytest.approx(bottom - right + left, abs=0.3), right, bottom), (
            "no white around it"
        )
        return left, bottom - (right - left), right, bottom


class TestReferralLetter:
    # Between the margins of the page nothing stands.
    BANDS = ((0, 0, 23, 297), (187, 0, 210, 297), (0, 0, 210, 21), (0, 278, 210, 297))

    @pytest.fixture
    def row(self, caseworker, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: screening.TODAY)
        return sent(caseworker)

    def printed(self, client, caseworker, row, **typed):
        client.force_login(caseworker)
        made = client.post(reverse("referrals:letter", args=[row.pk]))
        ticket = made.context["form"].initial["ticket"]
        client.post(reverse("referrals:letter-pdf", args=[row.pk]), {"ticket": ticket, **typed})

    @pytest.mark.parametrize("typed", [{}, {"with_shared": "on"}], ids=["plain", "with what is shared"])
    def test_stands_on_one_page_with_a_code_that_leads_to_its_number(
        self, client, caseworker, drawn, row, typed
    ):
        self.printed(client, caseworker, row, **typed)
        (page,) = drawn
        assert [page.box(*band) for band in self.BANDS] == [None] * 4
        address = reverse("referrals:answer-numbered", args=[row.number])
        code = segno.make(f"http://testserver{address}", error="m", micro=False)
        place = self.place_of_code(page)
        assert modules(page, code.symbol_size(border=0)[0], *place) == black_of(code)
        assert f'value="{row.number}"' in client.get(address).content.decode()

    def place_of_code(self, page):
        """The lowest ink on the left; above it a strip of white as the letter leaves it."""
        *_sides, bottom = page.box(23.5, 100, 66, 278)
        left, _top, right, bottom = page.box(23.5, bottom - 34, 66, bottom)
        top = bottom - (right - left)
        assert page.box(23.5, top - 3, 66, top - 0.5) is None, "no white above it"
        return left, top, right, bottom


class TestLeaflet:
    @pytest.mark.parametrize(("number", "letters"), [(1, 3.5), (6, 3.5), (12, 1.9)])
    def test_is_in_the_largest_letters_in_which_all_stands_on_one_page(
        self, client, drawn, monkeypatch, number, letters
    ):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
        for one in range(number):
            a_service(organisation(name=f"LKS {one}"), areas=["21.02"], confirmed_on=TODAY)
        client.get(reverse("services:leaflet-pdf"), {"wilayah": "21.02"})
        (page,) = drawn
        # The first letters in the box below the place: how tall they are.
        _left, top, _right, bottom = page.box(18.5, 28, 24, 37)
        assert bottom - top >= letters


class TestOfficeList:
    COLUMNS = 9
    # Two columns keep twice the inset of their cells between them, 8 points; words stand closer.
    APART = 2.5

    def test_is_whole_on_every_page_and_its_columns_stand_apart(self, client, drawn):
        for number in range(20):
            body = organisation(name=f"{LONG} {number}", region="21.02.10.2003", confirmed_type="A")
            registered(body, number=f"400/PANJANG/DINSOS-KARIMUN/{number}/XI/2026")
            accredited(body, number=f"401/{number}")
        client.force_login(user_with("dinas_officer", region="21.02", name="Ibu Farida Kusumawardhani"))
        client.post(reverse("organisations:office-file", args=["pdf"]))
        assert len(drawn) > 1
        for page in drawn:
            assert (round(page.width / PPI * INCH), round(page.height / PPI * INCH)) == (297, 210)
            left, top, right, bottom = page.box(0, 0, 297, 210)
            assert min(left, top) > 13.5
            assert (right < 283.5, bottom < 205) == (True, True), (right, bottom)
        assert len(self.gaps(drawn[1])) == self.COLUMNS - 1

    def gaps(self, page):
        """The strips wide enough to part two columns in which nothing stands, from the head of the table down."""
        strips = [page.box(at / 4, 14, at / 4 + 0.25, 190) for at in range(14 * 4, 283 * 4)]
        free = "".join(" " if strip is None else "#" for strip in strips).strip()
        return [gap for gap in free.split("#") if len(gap) / 4 >= self.APART]
