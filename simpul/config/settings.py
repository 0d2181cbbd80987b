"""Settings. Each one that an office may change is read from the environment and documented in docs/settings.md."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from simpul.access.keys import Keyring
from simpul.config.database import from_url, sqlite_at

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SIMPUL_DATA", "simpul-data")).expanduser().resolve()
DEBUG = os.environ.get("SIMPUL_DEBUG", "") == "1"
# Real people's data may only travel encrypted; the demo and the tests run on plain HTTP on this machine.
HTTPS = os.environ.get("SIMPUL_HTTPS", "") == "1"

SIMPUL_KEYS_FILE = Path(os.environ.get("SIMPUL_KEYS", DATA / "keys.json"))
# The database is named so that fresh keys are never made for one whose keys were lost.
SIMPUL_KEYS = Keyring.at(SIMPUL_KEYS_FILE, guards=DATA / "simpul.sqlite3")
SECRET_KEY = SIMPUL_KEYS.derived("django", SIMPUL_KEYS.index).hex()

ALLOWED_HOSTS = os.environ.get("SIMPUL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SIMPUL_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "simpul.access",
    "simpul.ui",
    "simpul.places",
    "simpul.organisations",
    "simpul.instruments",
    "simpul.people",
    "simpul.screening",
    "simpul.accreditation",
    "simpul.services",
    "simpul.partners",
    "simpul.cases",
    "simpul.referrals",
    "simpul.programmes",
    "simpul.duplicates",
    "simpul.population",
    "simpul.imports",
    "simpul.recaps",
    "simpul.research",
    "simpul.desk",
    # After ours, so that our pages stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "simpul.config.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    # Before the check of forms, which reads the whole of what was sent.
    "simpul.config.middleware.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simpul.config.middleware.RefusalPage",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "simpul.config.urls"
WSGI_APPLICATION = "simpul.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "simpul.config.context.workplace",
            ],
            # Explicit, because cotton's own set-up silently loses components beside other loaders.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]

DATABASES = {
    "default": from_url(os.environ["DATABASE_URL"])
    if os.environ.get("DATABASE_URL")
    else sqlite_at(DATA / "simpul.sqlite3")
}

# --- Who signs in, and how ---
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "simpul.access.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Guessing is counted by axes in the database; allauth's own limits would need a shared cache.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "simpul.access.forms.SignIn",
    "reauthenticate": "simpul.access.forms.ConfirmPassword",
    "change_password": "simpul.access.forms.NewPassword",
}
MFA_ADAPTER = "simpul.access.adapter.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Simpul"
MFA_FORMS = {
    "authenticate": "simpul.access.forms.SignInCode",
    "reauthenticate": "simpul.access.forms.ConfirmCode",
    "activate_totp": "simpul.access.forms.FirstCode",
    "add_webauthn": "simpul.access.forms.AddKey",
    "edit_webauthn": "simpul.access.forms.RenameKey",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = int(os.environ.get("SIMPUL_SIGN_IN_TRIES", "5"))
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "simpul.access.adapter.name_tried"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # signing in stands in our own record
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_SENSITIVE_PARAMETERS = ["login", "password"]

# --- What travels, and what a browser may do ---
SESSION_COOKIE_AGE = int(os.environ.get("SIMPUL_SESSION_HOURS", "12")) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# A spreadsheet of one district fits; more is for the command line, which reads in pieces.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "attachments"

# --- Languages and time ---
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
TIME_ZONE = os.environ.get("SIMPUL_TIME_ZONE", "Asia/Jakarta")

# --- Ours ---
SIMPUL_EDITION = os.environ.get("SIMPUL_EDITION", "permensos-8-2012")
SIMPUL_UPLOAD_MB = int(os.environ.get("SIMPUL_UPLOAD_MB", "10"))
# Everything that is let in is held in memory: a photo from a case must never lie open in a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = SIMPUL_UPLOAD_MB * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
