import re

import pytest
from django.urls import reverse

from simpul.access.models import Job, Mention
from simpul.duplicates.actions import decide
from simpul.duplicates.models import Merge, Pair
from simpul.people.models import Person
from tests.duplicates.factories import merged, pair, screened, twice, with_histories
from tests.people.factories import AT, NIK, person

pytestmark = pytest.mark.django_db


def seen(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"duplicates:{name}", args=args), query)


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"duplicates:{name}", args=args), typed)


def text(response):
    return " ".join(response.content.decode().split())


class TestPairs:
    def test_shows_who_may_be_one_person_and_why(self, client, caseworker):
        twice(caseworker)
        shown = text(seen(client, caseworker, "pairs"))
        assert "Siti Aminah" in shown
        assert "NIK beda satu angka" in shown

    def test_shows_nothing_to_who_reaches_neither(self, client, caseworker, stranger):
        twice(caseworker)
        assert "Siti Aminah" not in text(seen(client, stranger, "pairs"))

    def test_stands_in_the_trail_of_both(self, client, caseworker):
        both = twice(caseworker)
        seen(client, caseworker, "pairs")
        assert set(Mention.objects.values_list("person", flat=True)) >= set(both.about_people)

    def test_keeps_decided_ones_on_a_list_of_their_own(self, client, supervisor):
        decide(twice(supervisor), by=supervisor, decision="different", version=1, at=AT)
        assert "Siti Aminah" not in text(seen(client, supervisor, "pairs"))
        assert "Siti Aminah" in text(seen(client, supervisor, "pairs", daftar="berbeda"))

    def test_says_what_to_do_when_it_is_empty(self, client, caseworker):
        assert "Cari data ganda" in text(seen(client, caseworker, "pairs"))


class TestSearch:
    def test_begins_a_search(self, client, caseworker):
        assert send(client, caseworker, "search").status_code == 302
        assert Job.objects.get().task == "duplicates.find"

    def test_tells_how_far_it_is(self, client, caseworker):
        send(client, caseworker, "search")
        assert "Mencari data ganda" in text(seen(client, caseworker, "pairs"))

    def test_shows_by_itself_what_came_of_it(self, client, caseworker):
        before = text(seen(client, caseworker, "pairs"))
        send(client, caseworker, "search")
        after = text(seen(client, caseworker, "pairs"))
        assert ("htmx" in before, "htmx" in after) == (False, True)
        assert "Pencarian sedang berjalan" in after

    def test_is_not_proposed_where_it_would_bring_nothing(self, client, caseworker):
        assert "Tekan “Cari data ganda”" not in text(seen(client, caseworker, "pairs", daftar="berbeda"))


class TestPair:
    def test_shows_both_side_by_side_with_the_reasons(self, client, caseworker):
        shown = text(seen(client, caseworker, "pair", twice(caseworker).pk))
        assert "berbeda" in shown
        assert "Titik awal" in shown
        assert "<svg" in shown
        assert NIK not in shown

    def test_does_not_exist_for_who_does_not_reach_both(self, client, caseworker, stranger):
        assert seen(client, stranger, "pair", twice(caseworker).pk).status_code == 404

    def test_lets_only_who_may_merge_decide(self, client, caseworker, supervisor):
        both = twice(caseworker)
        assert "Putusan Anda" not in text(seen(client, caseworker, "pair", both.pk))
        assert "Putusan Anda" in text(seen(client, supervisor, "pair", both.pk))

    def test_keeps_a_decision(self, client, supervisor):
        both = twice(supervisor)
        send(client, supervisor, "pair", both.pk, decision="different", version=1, because="Wajah lain")
        assert Pair.objects.get().state == "different"

    def test_shows_a_refused_form_again_with_what_was_typed(self, client, supervisor):
        response = send(client, supervisor, "pair", twice(supervisor).pk, version=1, because="Wajah lain")
        assert response.status_code == 422
        assert "Wajah lain" in text(response)

    def test_can_be_opened_again(self, client, supervisor):
        both = decide(twice(supervisor), by=supervisor, decision="different", version=1, at=AT)
        send(client, supervisor, "pair", both.pk, decision="open", version=2)
        assert Pair.objects.get().state == "open"


class TestMerge:
    def test_proposes_the_fuller_record(self, client, supervisor):
        bare, full = person(supervisor, born=None), person(supervisor, nik=NIK)
        response = seen(client, supervisor, "merge", pair(bare, full).pk)
        assert response.context["form"]["survivor"].value() == str(full.pk)

    def test_makes_one_of_two_and_leads_to_the_person(self, client, supervisor):
        both = twice(supervisor)
        typed = {"once": both.left_id, "version": 1, "survivor": both.left_id}
        response = send(client, supervisor, "merge", both.pk, **typed)
        assert response.url == reverse("people:person", args=[both.left_id])
        assert Merge.objects.get().survivor == both.left

    def test_names_what_has_to_be_finished_first(self, client, supervisor):
        both = pair(screened(supervisor), screened(supervisor))
        assert "Keduanya sedang ditapis" in text(seen(client, supervisor, "merge", both.pk))
        typed = {"once": both.left_id, "version": 1, "survivor": both.left_id}
        assert send(client, supervisor, "merge", both.pk, **typed).status_code == 422

    def test_is_not_offered_to_a_caseworker(self, client, caseworker):
        assert seen(client, caseworker, "merge", twice(caseworker).pk).status_code == 403


class TestMerges:
    def test_lists_what_was_merged(self, client, supervisor):
        merged(twice(supervisor), supervisor)
        assert "pernah tercatat sebagai" in text(seen(client, supervisor, "merges"))


class TestUndo:
    def test_makes_two_of_them_again(self, client, supervisor):
        done = merged(twice(supervisor), supervisor)
        assert "Pisahkan lagi" in text(seen(client, supervisor, "undo", done.pk))
        response = send(client, supervisor, "undo", done.pk, because="Ternyata dua")
        assert response.url == reverse("duplicates:pair", args=[done.pair_id])
        assert Person.objects.count() == 2

    def test_says_the_same_whether_closed_files_were_moved_or_not(self, client, supervisor):
        stays, goes = with_histories(supervisor)
        done = merged(pair(stays, goes), supervisor, stays)
        assert any(entry["table"].startswith("cases.") and entry["keys"] for entry in done.moved)
        shown = text(seen(client, supervisor, "undo", done.pk))
        assert "Semua yang ikut dipindahkan kembali" in shown
        assert not re.search(r"\d+ (catatan|baris) ", shown)


class TestPageOfWhoWasMerged:
    def test_leads_to_the_one_who_stayed(self, client, supervisor):
        both = twice(supervisor)
        merged(both, supervisor, both.left)
        client.force_login(supervisor)
        response = client.get(reverse("people:person", args=[both.right_id]))
        assert response.url == reverse("people:person", args=[both.left_id])

    def test_does_not_exist_for_a_stranger(self, client, supervisor, stranger):
        both = twice(supervisor)
        merged(both, supervisor, both.left)
        client.force_login(stranger)
        assert client.get(reverse("people:person", args=[both.right_id])).status_code == 404

    def test_is_named_on_the_page_of_the_one_who_stayed(self, client, supervisor):
        both = pair(person(supervisor), person(supervisor, name="Nenek Ami"))
        stays = next(one for one in both.people if one.name == "Siti Aminah")
        merged(both, supervisor, stays)
        client.force_login(supervisor)
        assert "Nenek Ami" in text(client.get(reverse("people:person", args=[stays.pk])))
