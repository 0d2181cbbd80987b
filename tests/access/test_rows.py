import uuid

import pytest

from simpul.access.refusal import Refusal
from simpul.access.rows import current, key_in, made_before
from simpul.organisations.models import Organisation
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db


class TestCurrent:
    def test_is_the_row_as_it_stands_now(self):
        body = organisation()
        Organisation.objects.update(name="Nama baru")
        assert current(body).name == "Nama baru"

    def test_overwrites_nothing_that_somebody_else_changed(self):
        body = organisation()
        Organisation.objects.update(version=2)
        with pytest.raises(Refusal, match="sudah diubah orang lain"):
            current(body, 1)


class TestKeyIn:
    def test_is_the_key_or_none_for_what_is_no_key(self):
        key = uuid.uuid4()
        assert [key_in(str(key)), key_in("bukan kunci"), key_in("")] == [key, None, None]


class TestMadeBefore:
    def test_is_nothing_for_a_key_that_is_new(self):
        assert made_before(Organisation, uuid.uuid4(), name="LKS Lain") is None

    def test_is_the_row_of_the_same_form_however_its_words_were_spaced(self):
        body = organisation(name="LKS Tunas", about="Satu\nDua")
        assert made_before(Organisation, body.pk, name=" LKS Tunas ", about="Satu\r\nDua") == body

    def test_says_that_something_else_was_typed(self):
        body = organisation(name="LKS Tunas")
        with pytest.raises(Refusal, match="dengan isian lain"):
            made_before(Organisation, body.pk, name="LKS Lain")
