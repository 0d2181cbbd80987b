from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.models import Classification, Indicator, Organisation
from simpul.organisations.queries.standing import panel
from simpul.organisations.queries.standing_types import type_of
from tests.organisations.factories import organisation as made
from tests.organisations.standing import ALL, DAY, MERAL_BARAT, PANGKE, answered, served
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(organisation):
    few_regions()
    found = Organisation.objects.create(
        pk=organisation, name="LKS Tunas Bahari", kind="lks", region="21.02", province="21"
    )
    served(found, PANGKE, MERAL_BARAT)
    return found


@pytest.fixture
def signed_in(client, request):
    def enter(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return enter


def address(name, body, *more):
    return reverse(f"organisations:{name}", args=[body.pk, *more])


class TestStanding:
    def test_tells_level_and_office_with_reasons(self, body, signed_in):
        html = signed_in("officer").get(address("standing", body)).content.decode()
        assert "<strong>Kecamatan</strong>" in html
        assert "<strong>Dinas Sosial Kab. Karimun, Kepulauan Riau</strong>" in html
        assert "Pangke, Kec. Meral Barat, Kab. Karimun, Kepulauan Riau sudah termasuk" in html

    def test_marks_the_shares_as_our_own_proposal(self, body, signed_in):
        html = signed_in("head").get(address("standing", body)).content.decode()
        assert "usulan Simpul, bukan ketentuan" in html
        assert "antara D (embrio) dan A (mandiri)" in html

    def test_says_that_the_type_was_given_for_other_answers(self, body, signed_in, officer):
        client = signed_in("officer")
        typed = {"once": uuid4(), "mark": mark_of(body), "confirmed": "D", "because": "Baru mulai."}
        client.post(address("confirm-type", body), typed)
        assert "untuk jawaban yang lain" not in client.get(address("standing", body)).content.decode()
        answered(body, {"deed": "yes"})
        html = client.get(address("standing", body)).content.decode()
        assert "untuk jawaban yang lain. Berubah sejak itu: Akta notaris." in html

    def test_shows_what_the_record_does_not_say_of_the_other_axes(self, body, signed_in):
        body.legal_status = "legal_entity"
        body.save()
        html = signed_in("head").get(address("standing", body)).content.decode()
        assert "Berbadan hukum" in html
        assert html.count("belum dicatat</span>") == 6

    @pytest.mark.parametrize("who", ["stranger", "volunteer", "caseworker"])
    def test_is_for_those_who_may_see_inside(self, body, signed_in, who):
        assert signed_in(who).get(address("standing", body)).status_code == 403

    def test_is_not_there_for_an_officer_elsewhere(self, signed_in):
        few_regions()
        assert signed_in("officer").get(address("standing", made(region="21.71"))).status_code == 404

    def test_asks_the_same_number_of_questions_for_much(self, body, signed_in, django_assert_max_num_queries):
        answered(body, dict.fromkeys(ALL, "yes"))
        client = signed_in("officer")
        client.get(address("standing", body))
        with django_assert_max_num_queries(45):
            client.get(address("standing", body))


def mark_of(body):
    return type_of(body, DAY).mark(body)


class TestIndicators:
    def test_offers_a_body_three_answers(self, body, signed_in):
        html = signed_in("head").get(address("indicators", body, "legality")).content.decode()
        assert html.count('type="radio"') == 15
        assert "Tidak berlaku" not in html

    def test_keeps_what_was_chosen_and_goes_on(self, body, signed_in):
        typed = {"deed": "yes", "npwp": "unknown", "next": "1"}
        answer = signed_in("head").post(address("indicators", body, "legality"), typed)
        assert answer.url == address("indicators", body, "identity")
        assert set(Indicator.objects.values_list("code", "answer")) == {("deed", "yes"), ("npwp", "unknown")}

    def test_returns_from_the_last_group(self, body, signed_in):
        answer = signed_in("head").post(address("indicators", body, "partnership"), {"next": "1"})
        assert answer.url == address("standing", body)

    def test_asks_an_officer_how_it_was_seen_and_loses_nothing_typed(self, body, signed_in):
        client, page = signed_in("officer"), address("indicators", body, "legality")
        answer = client.post(page, {"deed": "no", "note": "Belum ditemukan"})
        assert answer.status_code == 422
        assert "Belum ditemukan" in answer.content.decode()
        assert client.post(page, {"deed": "no", "seen": "visit"}).status_code == 302
        assert Indicator.objects.get().seen == "visit"

    def test_tells_what_counts_already_and_whence(self, body, signed_in):
        body.deed_number = "12"
        body.save()
        html = signed_in("head").get(address("indicators", body, "legality")).content.decode()
        assert "Yang dihitung kini: ada (catatan lembaga)." in html

    def test_shows_a_clash_and_lets_it_be_saved_again(self, body, signed_in):
        client, page = signed_in("head"), address("indicators", body, "legality")
        answered(body, {"deed": "no", "npwp": "yes"})
        refused = client.post(page, {"deed": "yes", "npwp": "no", "was__npwp": "no"})
        assert refused.status_code == 422
        html = refused.content.decode()
        assert 'name="was__deed" value="no"' in html
        assert 'name="was__npwp" value="yes"' in html
        again = {"deed": "yes", "was__deed": "no", "npwp": "yes", "was__npwp": "yes"}
        assert client.post(page, again).status_code == 302
        assert type_of(body, DAY).answers["npwp"] == "yes"

    @pytest.mark.parametrize(("who", "status"), [("verifier", 403), ("stranger", 403)])
    def test_is_for_who_may_answer(self, body, signed_in, who, status):
        assert signed_in(who).get(address("indicators", body, "legality")).status_code == status

    def test_knows_no_other_group(self, body, signed_in):
        assert signed_in("head").get(address("indicators", body, "luck")).status_code == 404

    @pytest.mark.parametrize("group", [one.code for one in catalogue.groups()])
    def test_opens_every_group(self, body, signed_in, group):
        assert signed_in("officer").get(address("indicators", body, group)).status_code == 200


class TestConfirm:
    def test_confirms_and_tells(self, body, signed_in):
        answered(body, dict.fromkeys(ALL, "no"))
        typed = {"once": uuid4(), "mark": mark_of(body), "confirmed": "D"}
        answer = signed_in("officer").post(address("confirm-type", body), typed, follow=True)
        assert "Tipe D (embrio) ditetapkan." in answer.content.decode()
        body.refresh_from_db()
        assert (body.confirmed_type, body.level) == ("D", "district")

    def test_asks_for_the_reason_of_another_type(self, body, signed_in):
        typed = {"once": uuid4(), "mark": mark_of(body), "confirmed": "B"}
        answer = signed_in("officer").post(address("confirm-type", body), typed)
        assert answer.status_code == 422
        assert "Tulis alasannya" in answer.content.decode()

    def test_shows_the_new_suggestion_when_answers_changed(self, body, signed_in):
        typed = {"once": uuid4(), "mark": "old", "confirmed": "B", "because": "Maju."}
        html = signed_in("officer").post(address("confirm-type", body), typed).content.decode()
        assert f'name="mark" value="{mark_of(body)}"' in html
        assert not Classification.objects.exists()

    def test_is_not_for_the_body_itself(self, body, signed_in):
        assert signed_in("head").get(address("confirm-type", body)).status_code == 403


class TestClassifications:
    def test_lists_them_with_what_was_suggested(self, body, signed_in):
        client = signed_in("officer")
        typed = {"once": uuid4(), "mark": mark_of(body), "confirmed": "D", "because": "Baru mulai."}
        client.post(address("confirm-type", body), typed)
        html = client.get(address("classifications", body)).content.decode()
        assert "antara D (embrio) dan A (mandiri)" in html
        assert "Baru mulai." in html

    def test_says_when_there_is_none(self, body, signed_in):
        html = signed_in("head").get(address("classifications", body)).content.decode()
        assert "Belum ada tipe yang ditetapkan" in html


class TestPanel:
    def test_shows_everybody_the_level_and_only_insiders_the_reasons(self, body, head, volunteer):
        inside, outside = panel(body, head, DAY), panel(body, volunteer, DAY)
        assert (outside.level_name, outside.office) == (
            "Kecamatan",
            "Dinas Sosial Kab. Karimun, Kepulauan Riau",
        )
        assert (bool(inside.href), outside.href) == (True, "")

    def test_leaves_empty_what_is_not_known(self, head):
        few_regions()
        found = panel(made(), head, DAY)
        assert (found.level_name, found.office, found.type) == ("", "", "")
