from uuid import uuid4

import pytest

from simpul.access import files
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.imports import actions
from simpul.imports.models import Batch, Memory
from simpul.imports.queries.planning import MappingIncomplete
from tests.access.factories import ORGANISATION, REGION, user_with
from tests.imports.factories import AMINAH, AT, HEADINGS, RIZKI, csv, loaded, sent, xlsx

pytestmark = pytest.mark.django_db


def named(batch, by, mapping, **details):
    return actions.name_columns(batch, by=by, version=batch.version, mapping=mapping, at=AT, **details)


class TestSend:
    def test_keeps_the_file_sealed_and_proposes_its_columns(self, boss, folder):
        data = csv(AMINAH)
        batch = sent(boss, data)
        assert batch.mapping == {"0": "nik", "1": "name", "2": "sex", "3": "born"}
        assert files.opened(Batch.objects.get()) == data
        lying = next(path for path in folder.rglob("*") if path.is_file()).read_bytes()
        assert b"Aminah" not in lying

    def test_keeps_whose_list_it_is_and_on_which_basis(self, boss):
        batch = sent(boss, csv(AMINAH), basis="legal_duty", basis_because="Surat 470/12")
        held = Batch.objects.get()
        assert (held.basis, held.basis_because, held.by_name) == ("legal_duty", "Surat 470/12", "Bu Rahma")
        assert b"470" not in bytes(batch.basis_because_sealed)

    def test_tells_nobody_without_the_keys_what_the_list_is_about(self, boss):
        headings = (*HEADINGS, "Minum ARV")
        batch = sent(boss, csv((*AMINAH, "ya"), headings=headings), list_name="Penerima ARV")
        named(batch, boss, {"1": "name", "4": "fact:has_id_card"})
        rows = [*Batch.objects.values(), *Memory.objects.values()]
        assert not [word for word in ("ARV", "has_id_card") if word in str(rows)]
        assert Batch.objects.get().mapping == Memory.objects.get().mapping
        assert str(Batch.objects.get()) == "Penerima ARV"

    def test_pressed_twice_is_one(self, boss, folder):
        key = uuid4()
        assert sent(boss, csv(AMINAH), key=key) == sent(boss, csv(AMINAH), key=key)
        assert Batch.objects.count() == len([path for path in folder.rglob("*") if path.is_file()]) == 1

    def test_leads_back_to_the_same_file_sent_before(self, boss):
        first = loaded(boss, csv(AMINAH))
        with pytest.raises(actions.SentBefore) as before:
            sent(boss, csv(AMINAH))
        assert before.value.batch == first

    def test_leaves_no_file_behind_where_it_is_refused(self, boss, folder):
        with pytest.raises(Refusal, match="Nama daftar"):
            sent(boss, csv(AMINAH), list_name=" ")
        assert not [path for path in folder.rglob("*") if path.is_file()]

    def test_asks_why_where_nobody_consented(self, boss):
        with pytest.raises(Refusal, match="tanpa persetujuan"):
            sent(boss, csv(AMINAH), basis_because=" ")

    @pytest.mark.parametrize("role", ["caseworker", "head_of_lks", "dinas_verifier"])
    def test_is_for_supervisors_and_the_dinas(self, regions, role):
        stranger = user_with(role, organisation=ORGANISATION, region=REGION)
        with pytest.raises(NotAllowed):
            sent(stranger, csv(AMINAH))

    def test_is_not_for_another_office(self, boss):
        with pytest.raises(NotAllowed):
            sent(boss, csv(AMINAH), where=Where(uuid4(), REGION))


class TestNameColumns:
    def test_is_remembered_for_the_next_file_of_the_source(self, boss):
        headings = ("Kolom A", "Kolom B")
        first = sent(boss, csv(("x", "Siti"), headings=headings))
        named(first, boss, {"0": "called", "1": "name"})
        second = sent(boss, xlsx(("y", "Budi"), headings=headings))
        assert (second.mapping, second.is_remembered) == ({"0": "called", "1": "name"}, True)
        assert Memory.objects.count() == 1

    def test_needs_a_column_for_the_name(self, boss):
        with pytest.raises(MappingIncomplete, match="Nama"):
            named(sent(boss, csv(AMINAH)), boss, {"0": "nik"})

    def test_takes_each_field_once(self, boss):
        with pytest.raises(Refusal, match="dipilih untuk dua kolom"):
            named(sent(boss, csv(AMINAH)), boss, {"0": "name", "1": "name"})

    def test_takes_no_field_that_nobody_offers(self, boss):
        with pytest.raises(Refusal, match="tidak dikenal"):
            named(sent(boss, csv(AMINAH)), boss, {"0": "name", "1": "password"})

    def test_is_too_late_after_the_file_was_loaded(self, boss):
        batch = loaded(boss, csv(AMINAH))
        with pytest.raises(actions.NotNow):
            named(batch, boss, {"1": "name"})


class TestDrop:
    def test_destroys_the_file_at_once(self, boss, folder, django_capture_on_commit_callbacks):
        batch = sent(boss, csv(AMINAH))
        with django_capture_on_commit_callbacks(execute=True):
            actions.drop(batch, by=boss, at=AT)
        assert not [path for path in folder.rglob("*") if path.is_file()]

    def test_lets_the_same_file_be_sent_again(self, boss):
        actions.drop(sent(boss, csv(AMINAH)), by=boss, at=AT)
        assert sent(boss, csv(AMINAH)).state == "sent"

    def test_does_not_drop_what_is_loaded(self, boss):
        with pytest.raises(actions.NotNow):
            actions.drop(loaded(boss, csv(RIZKI, headings=HEADINGS)), by=boss, at=AT)
