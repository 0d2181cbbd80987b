"""The settings of the plain site that pages are held against: the same database and server, Django's own middleware."""

from simpul.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.plain_site"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Does nothing here, but its package does not start without it.
    "allauth.account.middleware.AccountMiddleware",
]
