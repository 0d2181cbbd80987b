"""How the sign-in library is fitted in: no public sign-up, sealed second factors, everything recorded."""

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.gate import record
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.second_factors import opened_text, sealed_text

# Our words for the library's messages. The page after signing in greets by name already: nothing more.
SAID = {
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": _("Anda sudah keluar."),
    "account/messages/password_changed.txt": _("Kata sandi sudah diganti."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Kode cadangan baru sudah dibuat. Yang lama tidak berlaku lagi."
    ),
    "mfa/messages/totp_activated.txt": _("Kode dari ponsel sudah aktif."),
    "mfa/messages/totp_deactivated.txt": _("Kode dari ponsel sudah dimatikan."),
    "mfa/messages/webauthn_added.txt": _("Kunci perangkat sudah ditambahkan."),
    "mfa/messages/webauthn_removed.txt": _("Kunci perangkat sudah dihapus."),
}
WAYS = {
    "reauthenticate": _("Pakai kata sandi"),
    "mfa_reauthenticate": _("Pakai kode dari ponsel atau kode cadangan"),
    "mfa_reauthenticate_webauthn": _("Pakai kunci perangkat"),
}


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are made by whoever manages users. What people do with their own account is recorded."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        ),
        "incorrect_password": _("Kata sandi tidak cocok. Coba lagi."),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok. Coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        _record(user, "sign_in")

    def set_password(self, user: Any, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            _record(user, "password_changed")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """A factor was added or removed. No mail leaves this machine; the record has it."""
        what = template_prefix.rpartition("/")[2]
        if what != "password_changed":
            _record(user, what)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = SAID.get(message_template or "", message)
        if words != "":
            super().add_message(
                request, level, message_template, message_context, extra_tags, str(words) if words else None
            )

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS.get(way["id"], way["description"])} for way in ways]


class SealedFactors(DefaultMFAAdapter):
    """Secrets of one-time codes and recovery codes lie sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode itu tidak cocok. Tunggu kode berikutnya, lalu coba lagi."),
        "cannot_generate_recovery_codes": _("Aktifkan dahulu kode dari ponsel atau kunci perangkat."),
    }

    def encrypt(self, text: str) -> str:
        return sealed_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened_text(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        # With a ground of its own, or a dark page would hide it from the camera.
        picture: str = segno.make(url, error="m", micro=False).svg_inline(scale=5, light="#fff")
        return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Kunci %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "Simpul"


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name somebody tries to sign in with, for counting wrong tries.

    It comes as `username` from Django, as `login` from the form; in any case of letters it is one name.
    """
    tried = credentials or {}
    name = tried.get("username") or tried.get("login") or request.POST.get("login") or ""
    return str(name).strip().lower()


def _record(user: User, what: str) -> None:
    with transaction.atomic():
        record(Permission.ACCOUNT_USE, user, user, {"what": what})
