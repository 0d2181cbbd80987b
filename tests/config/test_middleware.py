"""What happens around every request."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def sent(size, **options):
    file = SimpleUploadedFile("warga.csv", b"x" * size)
    return Client(**options).post(reverse("account_login"), {"file": file})


class TestUploadLimit:
    def test_refuses_what_is_too_large_with_a_sentence(self, settings):
        settings.SIMPUL_UPLOAD_MB = 1
        answer = sent(MEGABYTE)
        assert answer.status_code == 413
        assert "Paling besar 1 MB" in answer.content.decode()

    def test_comes_before_the_check_of_forms(self, settings):
        settings.SIMPUL_UPLOAD_MB = 1
        assert sent(MEGABYTE, enforce_csrf_checks=True).status_code == 413

    def test_lets_through_what_fits(self, settings):
        settings.SIMPUL_UPLOAD_MB = 1
        assert sent(MEGABYTE // 2).status_code == 200
