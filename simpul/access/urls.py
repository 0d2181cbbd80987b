"""Addresses of one's own account. The sign-in library's names are kept; its pages about e-mail, sign-up
and other sites' accounts are left out."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from simpul.access import views

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", factors.authenticate, name="mfa_authenticate"),
    path("masuk/kunci/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", views.no_sign_up, name="account_signup"),
    path("lupa/", views.password_lost, name="account_reset_password"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/belum/", views.password_none, name="account_set_password"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("pastikan/kode/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("pastikan/kunci/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tugas/<uuid:pk>/", views.job, name="job"),
    path("keamanan/", factors.index, name="mfa_index"),
    path("keamanan/kode/aktifkan/", codes.activate_totp, name="mfa_activate_totp"),
    path("keamanan/kode/matikan/", codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("keamanan/cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("keamanan/cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keamanan/cadangan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keamanan/kunci/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("keamanan/kunci/tambah/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("keamanan/kunci/<int:pk>/ubah/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keamanan/kunci/<int:pk>/hapus/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
