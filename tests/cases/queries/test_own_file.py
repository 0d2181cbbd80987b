import pytest
from django.urls import reverse

from simpul.cases.actions.around import About
from simpul.cases.models import Plan
from simpul.cases.queries.own_file import own_file
from simpul.cases.stages import Stage
from tests.cases.actions.test_around import added
from tests.cases.actions.test_privacy import agreed, supervised, told
from tests.cases.actions.test_voice import given, thought
from tests.cases.assessing import assessed
from tests.cases.contacts_factories import noted
from tests.cases.endings import completed
from tests.cases.factories import a_case, brought_to
from tests.cases.goals import goal_of, scored
from tests.cases.plans import plan_of, step_of
from tests.cases.support import PRACTISED, TETANGGA, judged, prepared
from tests.screening.factories import NOW

pytestmark = pytest.mark.django_db
NEIGHBOUR = "Tetangga mendengar teriakan."


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def everything_in(found):
    return repr(found)


class TestOwnFile:
    def test_holds_what_is_the_clients_own(self, case, caseworker):
        noted(case, caseworker, next_step="Antar ke puskesmas")
        agreed(case, caseworker)
        told(case, caseworker)
        added(case, caseworker)
        found = own_file(case)
        for words in ("berjualan lagi", "Antar ke puskesmas", "dr. Lina", "Bibi Rohani", "jadwal kontrol"):
            assert words in everything_in(found)
        assert found.moves[0].stage == "Pendekatan awal"

    def test_leaves_out_what_is_others_own_and_says_how_much(self, case, caseworker, supervisor):
        noted(case, caseworker, third_party=NEIGHBOUR, with_whom="Bu RT")
        added(case, caseworker, About(name="Bu RT", relation="ketua RT", phone="081234567890"))
        supervised(case, supervisor)
        found = own_file(case)
        for words in (NEIGHBOUR, "081234567890", "Terlalu cepat menyimpulkan"):
            assert words not in everything_in(found)
        assert found.left_out == (
            "1 keterangan dari orang lain",
            "1 daftar orang yang hadir",
            "1 nomor telepon orang lain",
        )

    def test_tells_levels_and_preparation_without_the_words_about_others(self, case, caseworker):
        judged(case, caseworker, 2, None, network_words=TETANGGA)
        step = step_of(plan_of(case, caseworker), caseworker)
        prepared(step, caseworker, practised=PRACTISED, company="family", company_words="Anaknya Budi")
        found = own_file(case)
        for words in ("Sesekali, atau hanya satu orang", PRACTISED, "Ditemani keluarga"):
            assert words in everything_in(found.work)
        assert not any(words in everything_in(found) for words in (TETANGGA, "Budi"))
        assert found.left_out == (
            "1 keterangan tentang jejaring dan penyedia",
            "1 keterangan tentang yang menemani",
        )

    def test_says_nothing_is_left_out_when_nothing_is(self, case, caseworker):
        noted(case, caseworker)
        assert own_file(case).left_out == ()

    def test_owns_up_that_who_reported_is_left_out(self, case):
        case.referred_by, case.referral_words = "neighbour", NEIGHBOUR
        case.save()
        found = own_file(case)
        assert NEIGHBOUR not in everything_in(found)
        assert found.left_out == ("1 keterangan tentang siapa yang merujuk",)

    def test_shows_the_correction_and_counts_what_was_wrong(self, case, caseworker):
        wrong = noted(case, caseworker, words="Ia pindah ke Tanjung Balai.")
        noted(case, caseworker, words="Ia pindah ke Meral.", corrects=wrong, after=71)
        found = own_file(case)
        assert [note.words for note in found.notes] == ["Ia pindah ke Meral."]
        assert found.left_out == ("1 catatan yang keliru",)

    def test_tells_the_work_from_the_rights_to_the_statement(self, case, caseworker):
        given(case, caseworker)
        assessed(case, caseworker, client_view="Saya mau mendengar lagi", family_view="Anaknya lelah")
        assessed(case, caseworker, days=1)
        scored(goal_of(case, caseworker), caseworker, 1, seen="Sudah lima hari")
        plan = Plan(case=case, number=1, at=NOW, by_name="Rina", state="agreed")
        plan.crisis = "Menelepon Bu RT"
        plan.save()
        thought(case, caseworker, words="Petugasnya sabar")
        found = own_file(case)
        titles = [part.code for part in found.work]
        assert titles == ["rights", "assessments", "changes", "levels", "crisis", "opinions"]
        for words in ("Saya mau mendengar lagi", "Sudah lima hari", "Menelepon Bu RT", "Petugasnya sabar"):
            assert words in everything_in(found)
        assert "Anaknya lelah" not in everything_in(found)
        assert found.left_out == ("1 pandangan keluarga",)

    def test_tells_how_it_ended_with_the_clients_own_statement(self, client, caseworker):
        case = brought_to(Stage.TERMINATION, caseworker)
        completed(case, caseworker)
        [part] = [part for part in own_file(case).work if part.code == "ending"]
        assert "Pernyataan Anda: Saya sudah berani sendiri" in part.entries[0].lines
        client.force_login(caseworker)
        shown = client.get(reverse("cases:own-file", args=[case.pk])).content.decode()
        assert "Saya sudah berani sendiri" in shown
        assert "PP 39/2012: terminasi; ATENSI: pascalayanan dan terminasi" in shown
