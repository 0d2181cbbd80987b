"""The doors that stand open: every address that answers without a permission of its own, and why."""

from __future__ import annotations

# Without signing in, each with its reason.
PUBLIC: dict[str, str] = {
    "account_login": "the door itself",
    "mfa_authenticate": "its second lock, which opens only after the right password",
    "mfa_login_webauthn": "the same door, with a passkey",
    "account_signup": "says who makes accounts",
    "account_reset_password": "says who sets a new password",
    "account_inactive": "says why somebody cannot come in",
    "cases:complain": "anybody may complain, also without a name",
    "cases:complaint-status": "the answer is read with the code that only the sender has",
    "organisations:public-list": "who needs help looks for a body that helps, before there is any account",
    "organisations:public": "what is public of such a body; never people, never a secret address",
    "organisations:check": "who holds a certificate asks whether it is true; tells only what is printed on it",
    "organisations:checked": "the same, from the address in its QR",
    "set_language": "people read the sign-in page in their own language",
    "ui:components": "made-up examples of every component, for developers only; holds no data",
}

# After signing in, whatever the role: everybody's own account.
OWN_ACCOUNT: frozenset[str] = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    }
)
