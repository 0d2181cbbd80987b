"""Where a safe house is reaches nobody who may not know it, on no page of organisations and in no file of theirs."""

import re
from datetime import date

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from simpul.organisations.models import Certificate, Change, Registration, Requirement
from simpul.organisations.urls import urlpatterns
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, change, officer_row, propose
from tests.organisations.factories import organisation
from tests.organisations.office import accredited
from tests.organisations.papers import a_paper
from tests.organisations.registering import (
    TODAY,
    a_body,
    begun,
    certified,
    fill,
    head_of,
    officer_at,
    registrar_at,
)
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
PLACES = ("Pangke", "Meral Barat", "21.02.10")
SECRETS = (*PLACES, "Melur", "0812-771", "rumah.example", "1.0123", "1,0123", "103.41", "103,41", "Bu Melati")
# Choices and tiles name every place of an area, whoever is there.
_CHOICES = re.compile(r"<select.*?</select>", re.DOTALL)
_TILES = ("office", "source-counts")
# Packed letters, in which no word is found; its words stand on the page beside it.
_PACKED = ("certificate-pdf",)
_ROLES = (
    ("researcher", {}), ("assessor", {}), ("accreditation_secretary", {}), ("plenary_member", {}),
    ("administrator", {}), ("dinas_verifier", {"region": "21.02"}),
)  # fmt: skip


@pytest.fixture
def house(monkeypatch):
    few_regions()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    body = a_body(
        areas=("21.02.10.2003", "21.02.10.2004"), name="Rumah Teduh", region="21.02.10.2003",
        is_address_secret=True, address="Jalan Melur 7", phone="0812-771", email="kami@rumah.example",
        website="https://rumah.example", latitude=1.0123456, longitude=103.41234,
        about="Menampung anak di Pangke.", mission="Rumah aman di Meral Barat", source="Ketua RT Jalan Melur",
    )  # fmt: skip
    head, officer = head_of(body), officer_at()
    certified(body, head, officer, registrar_at(), valid_to=date(2026, 12, 1))
    change(body, officer, "officers", {"rows": [officer_row(name="Bu Melati", until="2026-12-01")]})
    change(body, officer, "help", {"rows": [ROW_OF["help"](what="Beras diantar ke Pangke")]})
    change(body, officer, "area", {"rows": []})
    change(body, officer, "area")
    propose(body, head, values={"phone": "0812-771 9", "address": "Jalan Melur 9"})
    accredited(body, words=[{"label": "Wilayah layanan", "text": "Desa Pangke, Kec. Meral Barat"}])
    a_paper(body, issuer="Lurah Pangke", title="Domisili Jalan Melur", number="470/Pangke", valid_to=TODAY)
    fill(begun(body, head, kind="renewal"), head, "R03", words="Jalan Melur 7, Pangke")
    return body


def addresses(body):
    """Every address of organisations with nothing in it but a key, with its name."""
    rows = {
        "surat/": a_paper(body, issuer="Lurah Pangke"),
        "perubahan/": list(Change.objects.filter(organisation=body)),
        "permohonan/": list(Registration.objects.filter(organisation=body)),
        "tanda-daftar/": list(Certificate.objects.filter(organisation=body)),
    }
    for pattern in (one for one in urlpatterns if one.name not in _PACKED):
        route = str(pattern.pattern)
        of = next((found for start, found in rows.items() if route.startswith(start)), body)
        for row in of if isinstance(of, list) else [of]:
            try:
                yield (
                    pattern.name,
                    reverse(f"organisations:{pattern.name}", args=[row.pk] if "<" in route else []),
                )
            except NoReverseMatch:
                break


def told(client, body, user=None):
    """What of the secrets some page or file says, with the name of the page."""
    found = []
    if user:
        client.force_login(user)
    for name, address in addresses(body):
        asked = getattr(resolve(address).func, "permission", None)
        if asked and not (user and user.can(asked)):
            continue  # The door is shut, whoever's house it is.
        answer = client.get(address)
        text = _CHOICES.sub("", answer.content.decode("utf-8", "replace"))
        hidden = SECRETS[len(PLACES) :] if name in _TILES else SECRETS
        found += [(name, secret) for secret in hidden if secret in text]
    return found


class TestSecretPlace:
    @pytest.mark.slow
    def test_is_told_to_nobody_who_may_not_know_it(self, client, house):
        assert told(client, house) == []
        stranger = organisation(name="LKS Lain", region="21.02")
        roles = (*_ROLES, ("head_of_lks", {"organisation": stranger.pk}))
        for role, where in roles:
            assert (role, told(client, house, user_with(role, **where))) == (role, [])

    def test_is_not_handed_out_with_what_lies_with_an_application(self, client, house):
        line = Requirement.objects.filter(registration__stage="issued").first()
        line.paper = a_paper(house, issuer="Lurah Pangke")
        line.save()
        address = reverse("organisations:registration-paper", args=[line.registration_id, line.paper_id])
        client.force_login(user_with("plenary_member"))
        assert client.get(address).status_code == 403
        client.force_login(officer_at())
        assert client.get(address).status_code == 404  # it has no file, which only they are told

    def test_leaves_the_office_in_no_file(self, client, house):
        client.force_login(user_with("dinas_officer", region="21"))
        address = reverse("organisations:office-file", args=["csv"])
        text = client.post(f"{address}?wilayah=21").content.decode()
        assert house.name in text
        assert [secret for secret in SECRETS if secret in text] == []

    def test_is_told_to_who_checks_the_register_there(self, client, house):
        client.force_login(officer_at())
        text = client.get(reverse("organisations:organisation", args=[house.pk])).content.decode()
        shown = {secret for secret in SECRETS if secret in text}
        assert {"Pangke", "Melur", "0812-771", "Bu Melati"} <= shown


class TestHistory:
    def test_holds_back_older_words_of_a_place_that_is_secret_now(self, client):
        few_regions()
        officer = user_with("dinas_officer", region="21.02")
        body = organisation(region="21.02.10.2003", address="Jalan Melur 7")
        older = change(body, officer, "purpose", {"about": "Rumah singgah di Jalan Melur."})
        Change.objects.filter(pk=older.pk).update(because="Pindah ke Jalan Kenanga.")
        change(body, officer, values={"address": "Jalan Kenanga 3", "is_address_secret": True})
        address = reverse("organisations:history", args=[body.pk])
        client.force_login(user_with("dinas_verifier", region="21.02"))
        text = client.get(address).content.decode()
        assert "Apa yang dikerjakan" in text
        assert [word for word in ("Melur", "Kenanga", "Pangke") if word in text] == []
        client.force_login(officer)
        assert "Rumah singgah di Jalan Melur." in client.get(address).content.decode()
