"""What is typed to sign in. Wrong codes count like wrong passwords."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.forms import Form, ValidationError
from django.utils.translation import gettext as _


class Plain(Form):
    """Without placeholders: they vanish while one types, and the label says the same."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignIn(Plain, LoginForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["login"].label = _("Nama pengguna")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""


class ConfirmPassword(Plain, ReauthenticateForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["password"].label = _("Kata sandi")


class NewPassword(Plain, ChangePasswordForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["oldpassword"].label = _("Kata sandi sekarang")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("Kata sandi baru")
        self.fields["password1"].help_text = _(
            "Paling sedikit 10 huruf. Tiga atau empat kata acak mudah diingat."
        )
        self.fields["password2"].label = _("Kata sandi baru, sekali lagi")


class CountedCode(Plain):
    """A code of six digits is guessed in an hour unless wrong tries are counted."""

    user: Any

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["code"].label = _("Kode")
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "size": "10",
        }

    def clean_code(self) -> str:
        tried = {"username": self.user.username}
        request = context.request
        if settings.AXES_ENABLED and not AxesProxyHandler.is_allowed(request, tried):
            request.axes_locked_out = True
            raise ValidationError(_("Terlalu banyak percobaan."))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=tried, request=request)
            raise
        return code


class SignInCode(CountedCode, AuthenticateForm):
    pass


class ConfirmCode(CountedCode, ReauthenticateByCodeForm):
    pass


class FirstCode(Plain, ActivateTOTPForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["code"].label = _("Kode dari aplikasi")
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "size": "10",
        }


class AddKey(Plain, AddWebAuthnForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["name"].label = _("Nama kunci, misalnya “Ponsel saya”")
        self.fields["passwordless"].label = _("Boleh masuk dengan kunci ini saja, tanpa kata sandi")
        self.fields["passwordless"].help_text = _("Perangkat akan meminta sidik jari, wajah atau PIN Anda.")


class RenameKey(Plain, EditWebAuthnForm):
    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["name"].label = _("Nama kunci")
