"""Signing in, as a browser does it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from simpul.access.doors import OWN_ACCOUNT, PUBLIC
from simpul.access.models import Event, User
from simpul.access.secrets import SealBroken
from tests.access.factories import ORGANISATION, PASSWORD, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def rina() -> User:
    return user_with("caseworker", organisation=ORGANISATION, username="rina", name="Rina", password=PASSWORD)


@pytest.fixture
def with_lock_out(settings: Any) -> None:
    settings.AXES_ENABLED = True


def sign_in(client: Client, username: str = "rina", password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": username, "password": password})


def confirm(client: Client) -> None:
    """What the pages ask for before anything about signing in is changed."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def wrong_code() -> str:
    return "000000" if code_now() != "000000" else "111111"


def what_was_recorded() -> list[str]:
    return [details["what"] for details in Event.objects.in_order().values_list("details", flat=True)]


class TestSigningIn:
    @pytest.mark.parametrize("username", ["rina", "RINA", " rina "])
    def test_leads_to_the_day_and_is_recorded(self, client: Client, rina: User, username: str) -> None:
        answer = sign_in(client, username)

        assert answer.status_code == 302
        assert answer.url == reverse("desk:today")
        assert what_was_recorded() == ["sign_in"]

    @pytest.mark.parametrize(("username", "password"), [("rina", "salah sekali"), ("tidak-ada", PASSWORD)])
    def test_says_the_same_of_a_wrong_name_and_a_wrong_password(
        self, client: Client, rina: User, username: str, password: str
    ) -> None:
        answer = sign_in(client, username, password)

        assert answer.status_code == 200
        assert "Nama pengguna atau kata sandi tidak cocok" in answer.content.decode()
        assert not Event.objects.exists()

    def test_tells_a_closed_account_so(self, client: Client, rina: User) -> None:
        User.objects.update(is_active=False)
        answer = client.get(sign_in(client).url)
        assert "tidak aktif" in answer.content.decode()

    def test_ends_at_once_when_the_account_is_closed(self, client: Client, rina: User) -> None:
        client.force_login(rina)
        User.objects.update(is_active=False)
        assert client.get(reverse("mfa_index")).status_code == 302

    def test_never_leads_to_another_site(self, client: Client, rina: User) -> None:
        where = {"login": "rina", "password": PASSWORD, "next": "https://jahat.example/"}
        assert client.post(reverse("account_login"), where).url == reverse("desk:today")


@pytest.mark.usefixtures("with_lock_out")
class TestLockOut:
    def test_closes_after_five_wrong_passwords_even_for_the_right_one(
        self, client: Client, rina: User
    ) -> None:
        answers = [sign_in(client, password="salah").status_code for _ in range(5)]
        assert answers == [200, 200, 200, 200, 429]

        locked = sign_in(client)
        assert locked.status_code == 429
        assert "selama 15 menit" in locked.content.decode()

    def test_counts_one_name_in_any_writing(self, client: Client, rina: User) -> None:
        answers = [
            sign_in(client, name, "salah").status_code for name in ("rina", "RINA", "Rina", " rina", "rinA")
        ]
        assert answers[-1] == 429

    def test_does_not_shut_out_colleagues(self, client: Client, rina: User) -> None:
        user_with("researcher", username="doni", password=PASSWORD)
        for _ in range(6):
            sign_in(client, password="salah")
        assert sign_in(client, "doni").status_code == 302

    def test_forgets_wrong_tries_once_somebody_is_in(self, rina: User) -> None:
        for _ in range(2):
            client = Client()
            for _ in range(4):
                sign_in(client, password="salah")
            assert sign_in(client).status_code == 302

    def test_counts_wrong_codes_as_well(self, client: Client, rina: User) -> None:
        TOTP.activate(rina, SECRET)
        sign_in(client)
        answers = [
            client.post(reverse("mfa_authenticate"), {"code": wrong_code()}).status_code for _ in range(5)
        ]
        assert answers == [200, 200, 200, 200, 429]

        assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 429
        assert "_auth_user_id" not in client.session


class TestSecondFactors:
    def test_a_code_from_the_phone_is_asked_and_opens(self, client: Client, rina: User) -> None:
        TOTP.activate(rina, SECRET)

        assert sign_in(client).url == reverse("mfa_authenticate")
        assert client.get(reverse("mfa_authenticate")).status_code == 200
        assert client.get(reverse("mfa_index")).status_code == 302
        assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == reverse("desk:today")

    def test_a_wrong_code_does_not(self, client: Client, rina: User) -> None:
        TOTP.activate(rina, SECRET)
        sign_in(client)

        answer = client.post(reverse("mfa_authenticate"), {"code": wrong_code()})
        assert "Kode itu tidak cocok" in answer.content.decode()
        assert "_auth_user_id" not in client.session

    def test_a_recovery_code_opens_once(self, rina: User) -> None:
        TOTP.activate(rina, SECRET)
        code = RecoveryCodes.activate(rina).get_unused_codes()[0]
        answers = []
        for _ in range(2):
            client = Client()
            sign_in(client)
            answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
        assert answers == [302, 200]

    def test_their_secrets_lie_sealed(self, rina: User) -> None:
        TOTP.activate(rina, SECRET)
        seed = RecoveryCodes.activate(rina).instance.data["seed"]

        assert SECRET not in str(Authenticator.objects.get(type="totp").data)
        assert seed.startswith("sealed:")

    def test_a_secret_that_we_did_not_seal_is_not_taken(self, rina: User) -> None:
        held = Authenticator.objects.create(user=rina, type="totp", data={"secret": SECRET})
        with pytest.raises(SealBroken):
            held.wrap().validate_code(code_now())

    def test_are_set_up_from_the_page_and_recorded(
        self, client: Client, rina: User, monkeypatch: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: SECRET)
        sign_in(client)
        assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
        confirm(client)
        page = client.get(reverse("mfa_activate_totp"))
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("mfa_activate_totp"), {"code": code_now()})

        assert SECRET in page.content.decode()
        assert answer.url == reverse("mfa_view_recovery_codes")
        assert what_was_recorded() == ["sign_in", "totp_activated"]


class TestOwnPassword:
    def change(self, client: Client, old: str, new: str) -> Any:
        return client.post(
            reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}
        )

    def test_is_changed_and_recorded(self, client: Client, rina: User) -> None:
        sign_in(client)
        assert self.change(client, PASSWORD, "gelombang-kecil-pagi").status_code == 302

        rina.refresh_from_db()
        assert rina.check_password("gelombang-kecil-pagi")
        assert what_was_recorded() == ["sign_in", "password_changed"]

    def test_is_explained_to_who_has_none(self, client: Client, rina: User) -> None:
        rina.set_unusable_password()
        rina.save()
        client.force_login(rina)
        answer = client.get(reverse("account_change_password"), follow=True)
        assert answer.status_code == 200
        assert "Belum ada kata sandi" in answer.content.decode()

    @pytest.mark.parametrize(("old", "new"), [("salah", "gelombang-kecil-pagi"), (PASSWORD, "pendek")])
    def test_stays_when_something_is_wrong(self, client: Client, rina: User, old: str, new: str) -> None:
        sign_in(client)
        assert self.change(client, old, new).status_code == 200

        rina.refresh_from_db()
        assert rina.check_password(PASSWORD)


class TestPages:
    @pytest.mark.parametrize(
        "name", ["account_login", "account_signup", "account_reset_password", "account_inactive"]
    )
    def test_stand_open_in_our_look(self, client: Client, name: str) -> None:
        page = client.get(reverse(name))

        assert page.status_code == 200
        assert name in PUBLIC
        assert "ui/simpul.css" in page.content.decode()

    @pytest.mark.parametrize("name", sorted(OWN_ACCOUNT - {"mfa_edit_webauthn", "mfa_remove_webauthn"}))
    def test_of_ones_own_account_ask_to_sign_in(self, client: Client, name: str) -> None:
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith((reverse("account_login"), "/"))
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("has_codes", [True, False])
    def test_keep_the_strict_content_policy(self, client: Client, rina: User, has_codes: bool) -> None:
        sign_in(client)
        confirm(client)
        pk = Authenticator.objects.create(user=rina, type="webauthn", data={"name": "Ponsel Rina"}).pk
        if has_codes:
            TOTP.activate(rina, SECRET)
            RecoveryCodes.activate(rina)
        needing_a_real_key = {"mfa_reauthenticate_webauthn", "mfa_add_webauthn"}
        own_key = {"mfa_edit_webauthn", "mfa_remove_webauthn"}

        for name in OWN_ACCOUNT - needing_a_real_key - {"mfa_download_recovery_codes"}:
            page = client.get(reverse(name, args=[pk] if name in own_key else []), follow=True)
            assert page.status_code in (200, 404), name
            assert is_strict(page.content.decode()), name
            assert "ui/simpul.css" in page.content.decode(), name

    def test_to_add_a_passkey_carry_what_the_browser_needs(self, client: Client, rina: User) -> None:
        sign_in(client)
        confirm(client)
        page = client.get(reverse("mfa_add_webauthn")).content.decode()

        assert "mfa/js/webauthn.js" in page
        assert '"rp"' in page
        assert "passkey-trouble" in page

    def test_to_sign_in_with_a_passkey_give_a_challenge(self, client: Client) -> None:
        answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        assert answer.json()["request_options"]["publicKey"]["challenge"]

    def test_say_who_makes_accounts(self, client: Client) -> None:
        answer = client.post(
            reverse("account_signup"), {"username": "a", "password1": PASSWORD, "password2": PASSWORD}
        )
        assert "pengelola Simpul" in answer.content.decode()
        assert not User.objects.exists()


def is_strict(text: str) -> bool:
    """No inline style or handler; no script in the page but data."""
    scripts = re.findall(r"<script(.*?)>", text)
    return not re.search(r"\sstyle=|\son[a-z]+=|<style", text) and all(
        "src=" in attributes or 'type="application/json"' in attributes for attributes in scripts
    )
