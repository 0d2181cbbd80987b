import uuid

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.partners.actions import agreements
from simpul.partners.models import Agreement
from tests.partners.making import TODAY, an_agreement, in_force, terms


class TestMake:
    def test_knows_a_body_of_the_register_by_its_name_in_any_letters(self, body, other, head):
        row = an_agreement(body, head, partner="panti harapan pesisir")
        assert row.partner == other

    def test_keeps_a_partner_outside_the_register_by_its_name_alone(self, body, head):
        row = an_agreement(body, head, partner="Puskesmas Tebing")
        assert (row.partner, row.partner_name) == (None, "Puskesmas Tebing")

    def test_makes_one_of_a_form_that_was_sent_twice(self, body, head):
        key = uuid.uuid4()
        assert an_agreement(body, head, key=key) == an_agreement(body, head, key=key)
        assert Agreement.objects.count() == 1

    @pytest.mark.parametrize(
        "other",
        [{"partner": "SMK Maritim"}, {"ways": ("consultation",)}, {"number": "12/2026"}],
        ids=["partner", "ways", "number"],
    )
    def test_a_form_sent_again_with_something_else_is_not_taken_for_saved(self, body, head, other):
        key = uuid.uuid4()
        an_agreement(body, head, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            an_agreement(body, head, key=key, **other)

    def test_is_not_for_another_body(self, other, head):
        with pytest.raises(NotAllowed):
            an_agreement(other, head)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"ways": ()}, "Pilih sekurang-kurangnya satu bentuk"),
            ({"ways": ("magic",)}, "tidak dikenal"),
            ({"until": TODAY.replace(year=2025)}, "tidak bisa sebelum"),
            ({"partner": " "}, "Mitra belum diisi"),
            ({"partner": "LKS Tunas Bahari"}, "lembaga lain"),
        ],
        ids=["no_way", "unknown_way", "ends_before", "nobody", "with_itself"],
    )
    def test_refuses_terms_that_cannot_be(self, body, head, wrong, words):
        with pytest.raises(Refusal, match=words):
            an_agreement(body, head, **wrong)
        assert not Agreement.objects.exists()


class TestChange:
    def test_writes_other_terms_into_a_draft(self, body, head):
        row = an_agreement(body, head)
        changed = agreements.change(row, by=head, version=1, terms=terms(subject="Kunjungan rumah"))
        assert (changed.subject, changed.version) == ("Kunjungan rumah", 2)

    def test_overwrites_nothing_that_somebody_else_changed(self, body, head):
        row = an_agreement(body, head)
        agreements.change(row, by=head, version=1, terms=terms(subject="Kunjungan rumah"))
        with pytest.raises(Refusal, match="sudah diubah orang lain"):
            agreements.change(row, by=head, version=1, terms=terms(subject="Lain"))

    def test_leaves_what_is_in_force_as_it_was_agreed(self, body, head):
        row = in_force(body, head)
        with pytest.raises(Refusal, match="Akhiri dulu"):
            agreements.change(row, by=head, version=row.version, terms=terms())


class TestConfirm:
    def test_is_said_by_who_leads_the_other_side(self, body, other, head, head_of_other):
        row = in_force(body, head, partner=other.name)
        confirmed = agreements.confirm(row, by=head_of_other, on=TODAY)
        assert (confirmed.confirmed_on, confirmed.confirmed_by_name) == (TODAY, "Pak Idham")

    def test_is_not_for_the_side_that_keeps_it(self, body, other, head):
        row = in_force(body, head, partner=other.name)
        with pytest.raises(NotAllowed):
            agreements.confirm(row, by=head, on=TODAY)

    def test_waits_until_it_is_in_force(self, body, other, head, head_of_other):
        row = an_agreement(body, head, partner=other.name)
        with pytest.raises(Refusal, match="Hanya perjanjian yang berlaku"):
            agreements.confirm(row, by=head_of_other, on=TODAY)


class TestEnd:
    def test_keeps_the_day_and_the_reason(self, body, head):
        row = in_force(body, head)
        ended = agreements.end(row, by=head, version=row.version, on=TODAY, words="Petugas pindah")
        assert (ended.state, ended.ended_on, ended.ended_because) == ("ended", TODAY, "Petugas pindah")

    def test_asks_for_a_reason(self, body, head):
        row = in_force(body, head)
        with pytest.raises(Refusal, match="Alasan belum diisi"):
            agreements.end(row, by=head, version=row.version, on=TODAY, words=" ")
