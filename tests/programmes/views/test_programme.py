import uuid

import pytest
from django.urls import reverse

from simpul.programmes.models import Programme
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.programmes.making import TODAY, a_draft, a_member, a_programme
from tests.programmes.views.counting import few_and_many


def typed(**details):
    return {
        "once": str(uuid.uuid4()),
        "title": "Penguatan LKS Karimun",
        "design": "one_group",
        "waves": "2",
        "instrument": "organisation-capacity:1",
        "areas": ["21.02"],
        "starts_on_day": "5",
        "starts_on_month": "1",
        "starts_on_year": "2027",
        "budget": "25.000.000",
        "save": "1",
        **details,
    }


class TestProgrammes:
    def test_lists_what_somebody_has_to_do_with(self, client, officer, programme):
        a_programme(title="Program jauh", region="91.01", province="91")
        client.force_login(officer)
        shown = client.get(reverse("programmes:programmes")).content.decode()
        assert programme.title in shown
        assert "Program jauh" not in shown

    def test_asks_the_same_however_many_there_are(self, client, officer):
        client.force_login(officer)
        assert few_and_many(client, reverse("programmes:programmes"), lambda: a_member(a_programme()))


class TestProgramme:
    @pytest.mark.parametrize("role", ["programme_officer", "registrar", "researcher"])
    def test_is_read_by_who_has_to_do_with_it(self, client, programme, role):
        client.force_login(user_with(role, region="21.02"))
        answer = client.get(reverse("programmes:programme", args=[programme.pk]))
        assert programme.title in answer.content.decode()

    def test_asks_the_same_however_many_bodies_there_are(self, client, officer, programme):
        client.force_login(officer)
        address = reverse("programmes:programme", args=[programme.pk])
        assert few_and_many(client, address, lambda: a_member(programme, organisation()))

    def test_is_not_there_for_strangers(self, client, stranger, programme):
        client.force_login(stranger)
        assert client.get(reverse("programmes:programme", args=[programme.pk])).status_code == 404


class TestProgrammeNew:
    def test_is_kept_with_the_office_that_runs_it(self, client, officer):
        client.force_login(officer)
        answer = client.post(reverse("programmes:programme-new"), typed())
        made = Programme.objects.get()
        assert answer.headers["Location"] == reverse("programmes:programme", args=[made.pk])
        assert (made.region, made.area, made.waves, made.budget) == (
            "21.02",
            ["21.02"],
            ["pre", "post"],
            25_000_000,
        )

    def test_a_place_is_looked_up_without_a_script(self, client, officer):
        client.force_login(officer)
        sent = typed(area_text="Karimun", area_find="1", title="")
        answer = client.post(reverse("programmes:programme-new"), sent)
        shown = answer.content.decode()
        assert (answer.status_code, "Ada yang perlu diperbaiki" in shown) == (200, False)
        assert "Kab. Karimun" in shown

    def test_a_place_found_joins_the_area(self, client, officer):
        client.force_login(officer)
        client.post(reverse("programmes:programme-new"), typed(area="21.02.01"))
        assert Programme.objects.get().area == ["21.02", "21.02.01"]

    def test_nothing_typed_is_lost(self, client, officer):
        client.force_login(officer)
        answer = client.post(reverse("programmes:programme-new"), typed(areas=[], aim="Lembaga berdaya"))
        assert answer.status_code == 422
        assert "Lembaga berdaya" in answer.content.decode()
        assert not Programme.objects.exists()


class TestProgrammeChange:
    def test_tells_who_was_slower(self, client, officer, programme):
        client.force_login(officer)
        Programme.objects.update(version=4)
        answer = client.post(reverse("programmes:programme-change", args=[programme.pk]), typed(version="1"))
        assert answer.status_code == 422
        assert "sudah diubah orang lain" in answer.content.decode()


class TestProgrammeCriteria:
    def test_tells_mistakes_plainly_beside_the_rule(self, client, officer, programme):
        client.force_login(officer)
        sent = {"version": "1", "words_0": "Berakta", "rule_0": "punya_akta"}
        answer = client.post(reverse("programmes:programme-criteria", args=[programme.pk]), sent)
        assert answer.status_code == 422
        assert "“punya_akta” tidak dikenal" in answer.content.decode()

    def test_keeps_what_can_be_read(self, client, officer, programme):
        client.force_login(officer)
        sent = {"version": "1", "words_0": "Berakta", "rule_0": "deed"}
        client.post(reverse("programmes:programme-criteria", args=[programme.pk]), sent)
        programme.refresh_from_db()
        assert programme.criteria == [{"code": "k1", "words": "Berakta", "rule": "deed"}]


class TestProgrammeMove:
    def test_shows_the_stages_with_their_words(self, client, officer, programme):
        client.force_login(officer)
        sent = {
            "version": "1",
            "to": "evaluation",
            "reached_on_day": str(TODAY.day),
            "reached_on_month": str(TODAY.month),
            "reached_on_year": str(TODAY.year),
            "words": "Penilaian bersama peneliti",
        }
        answer = client.post(reverse("programmes:programme-move", args=[programme.pk]), sent, follow=True)
        shown = answer.content.decode()
        assert "Penilaian bersama peneliti" in shown
        assert "sekarang" in shown


class TestOfAProgrammeThatIsOver:
    @pytest.fixture
    def over(self, member, officer, head):
        plan = a_draft(member, head)
        Programme.objects.update(stage="closed", stage_since=TODAY)
        return plan

    @pytest.mark.parametrize("who", ["officer", "head"])
    def test_no_page_offers_what_would_be_refused(self, client, member, over, request, who):
        client.force_login(request.getfixturevalue(who))
        for page in ("plan", "money-of", "visits", "strength"):
            shown = client.get(reverse(f"programmes:{page}", args=[member.pk])).text
            main = shown.split("<main")[1].split("</main")[0]
            assert 'class="button' not in main
            assert "<button" not in main

    def test_tells_the_day_on_which_it_ended(self, client, officer, programme, over):
        client.force_login(officer)
        shown = client.get(reverse("programmes:programme", args=[programme.pk])).text
        assert "belum ditentukan" not in shown
        assert "5 Januari 2026 – 22 November 2026" in shown
