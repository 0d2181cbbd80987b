import re
import uuid
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.access.models import Event
from simpul.cases.models import Assessment, Case, CaseMember
from simpul.cases.queries.assessments import panel
from simpul.people.models import Consent
from tests.cases.assessing import (
    ALL_GOOD,
    OWN,
    VIEW,
    WG,
    assessed,
    begun,
    filled,
    own_instrument,
    owned,
    reworded,
    when,
)
from tests.cases.contacts_factories import opened
from tests.instruments.factories import added, required
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
QUESTION = "kesulitan melihat"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY + timedelta(days=100))


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


@pytest.fixture
def draft(case, caseworker):
    return begun(case, caseworker)


def page(client, user, name, *keys, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=keys), query)


def sent(client, user, name, *keys, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=keys), typed)


def typed(version=1, **details):
    day = {"held_on_day": TODAY.day, "held_on_month": TODAY.month, "held_on_year": TODAY.year}
    return {"version": version, "sources": ["self"]} | day | details


def words(answer):
    return " ".join(answer.content.decode().split())


def pages_of(held):
    """Every page of assessments, by name and keys."""
    return {
        "assessments": [held.case_id],
        "comparison": [held.case_id, held.instrument],
        "assessment": [held.pk],
    }


class TestReach:
    @pytest.mark.parametrize("name", ["assessments", "comparison", "assessment"])
    def test_keeps_what_is_out_of_reach_a_secret(self, client, case, caseworker, stranger, name):
        held = assessed(case, caseworker)
        keys = pages_of(held)[name]
        assert page(client, caseworker, name, *keys).status_code == 200
        assert page(client, stranger, name, *keys).status_code == 404

    @pytest.mark.parametrize("name", ["assessments", "comparison", "assessment"])
    def test_opens_a_case_of_the_team_alone_to_nobody_else(self, client, case, caseworker, supervisor, name):
        held = assessed(case, caseworker)
        Case.objects.update(confidentiality="team_only")
        CaseMember.objects.filter(user=supervisor.pk).delete()
        assert page(client, supervisor, name, *pages_of(held)[name]).status_code == 404

    @pytest.mark.parametrize(
        ("role", "status"), [("stranger", 404), ("head", 403), ("volunteer", 403), ("supervisor", 200)]
    )
    def test_lets_only_those_who_assess_fill_in(self, client, case, draft, request, role, status):
        user = request.getfixturevalue(role)
        assert page(client, user, "assessment-start", case.pk).status_code == status
        assert page(client, user, "assessment-edit", draft.pk).status_code == status
        assert page(client, user, "assessment-discard", case.pk, draft.pk).status_code == status

    def test_shows_the_head_of_the_organisation_scores_and_no_words(self, client, case, caseworker, head):
        held = assessed(
            case, caseworker, WG, {"seeing": 4, "reasons": {"seeing": "Sejak lahir"}}, client_view=VIEW
        )
        shown = "".join(words(page(client, head, name, *keys)) for name, keys in pages_of(held).items())
        assert "5 butir belum terjawab" in shown
        assert "Kesulitan sehari-hari" in shown
        assert VIEW not in shown
        assert "Sejak lahir" not in shown
        assert QUESTION not in shown

    def test_is_a_reading(self, client, case, caseworker):
        held = assessed(case, caseworker)
        page(client, caseworker, "assessment", held.pk)
        assert Event.objects.about(held).filter(is_reading=True).count() == 1


class TestAssessments:
    def test_invites_to_begin(self, client, case, caseworker, head):
        door = reverse("cases:assessment-start", args=[case.pk])
        assert door in words(page(client, caseworker, "assessments", case.pk))
        assert door not in words(page(client, head, "assessments", case.pk))

    def test_shows_what_is_late_and_where_to_do_it_again(self, client, case, caseworker):
        assessed(case, caseworker)
        text = words(page(client, caseworker, "assessments", case.pk))
        assert "asesmen ulang lewat, seharusnya 19 Februari 2027" in text
        assert f"?instrumen={WG}" in text

    def test_goes_on_with_a_draft(self, client, case, caseworker, draft):
        text = words(page(client, caseworker, "assessments", case.pk))
        assert reverse("cases:assessment-edit", args=[draft.pk]) in text


class TestPanelTemplate:
    def test_shows_change_and_next_day(self, case, caseworker):
        assessed(case, caseworker)
        assessed(case, caseworker, days=90)
        begun(case, caseworker, "family-support", days=91)
        told = {"case": case, "assessments": panel(case, caseworker, TODAY)}
        text = render_to_string("cases/_assessments_panel.html", told)
        assert "nilai sama: 1 bagian" in text
        assert "Asesmen ulang: 20 Mei 2027" in text
        assert "draf" in text


class TestStart:
    def test_opens_the_draft_at_once(self, client, case, caseworker):
        answer = sent(client, caseworker, "assessment-start", case.pk, once=uuid.uuid4(), instrument=WG)
        made = Assessment.objects.get()
        assert answer["Location"] == reverse("cases:assessment-edit", args=[made.pk])

    def test_pressed_twice_starts_one(self, client, case, caseworker):
        once = uuid.uuid4()
        answers = [
            sent(client, caseworker, "assessment-start", case.pk, once=once, instrument="family-support")
            for _ in range(2)
        ]
        assert Assessment.objects.count() == 1
        assert [answer.status_code for answer in answers] == [302, 302]

    def test_chooses_what_it_was_opened_from(self, client, case, caseworker):
        text = words(page(client, caseworker, "assessment-start", case.pk, instrumen=WG))
        assert re.search(f'value="{WG}"[^>]* checked', text)

    def test_refuses_without_an_instrument(self, client, case, caseworker):
        answer = sent(client, caseworker, "assessment-start", case.pk, once=uuid.uuid4())
        assert answer.status_code == 422
        assert "Pilih satu instrumen." in words(answer)

    def test_says_that_the_version_is_another(self, client, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, ALL_GOOD)
        added(supervisor, reworded(own_instrument(), "cemas"))
        text = words(page(client, caseworker, "assessment-start", case.pk))
        assert "kini versi 2, sedangkan asesmen awal memakai versi 1" in text

    def test_says_that_the_instrument_of_the_baseline_was_withdrawn(self, client, case, caseworker):
        text = words(page(client, caseworker, "assessment-start", case.pk, instrumen="ditarik"))
        assert "sudah ditarik, jadi tidak dapat dipakai lagi" in text

    def test_says_when_there_is_no_legal_basis(self, client, case, caseworker):
        Consent.objects.update(withdrawn_on=TODAY, withdrawn_at=when()["at"])
        text = words(page(client, caseworker, "assessment-start", case.pk))
        assert reverse("people:consent", args=[case.person_id]) in text
        answer = sent(client, caseworker, "assessment-start", case.pk, once=uuid.uuid4(), instrument=WG)
        assert answer.status_code == 422


class TestFillIn:
    def test_folds_the_last_level_and_reason_in(self, client, case, caseworker):
        assessed(case, caseworker, WG, {"seeing": 2, "reasons": {"seeing": "Kacamata pecah"}})
        draft = begun(case, caseworker, days=90)
        text = words(page(client, caseworker, "assessment-edit", draft.pk))
        before, _, after = text.partition("Jawaban 21 November 2026")
        assert "Kacamata pecah" in after
        assert "Kacamata pecah" not in before

    def test_saves_what_there_is_and_goes_on(self, client, caseworker, draft):
        answer = sent(
            client, caseworker, "assessment-edit", draft.pk, **typed(client_view=VIEW, **{"item-seeing": "2"})
        )
        held = Assessment.objects.get()
        assert answer["Location"] == reverse("cases:assessment-edit", args=[draft.pk])
        assert (held.client_view, held.answers, held.on) == (VIEW, {"seeing": 2}, TODAY)
        assert VIEW in words(page(client, caseworker, "assessment-edit", draft.pk))

    def test_goes_to_be_read_before_it_is_completed(self, client, caseworker, draft):
        answer = sent(client, caseworker, "assessment-edit", draft.pk, **typed(check="1"))
        assert answer["Location"] == reverse("cases:assessment", args=[draft.pk])

    def test_saves_a_draft_that_lacks_what_must_be_there(self, client, case, caseworker, supervisor):
        owned(supervisor, required(own_instrument(), "cemas"))
        draft = begun(case, caseworker, OWN)
        assert sent(client, caseworker, "assessment-edit", draft.pk, **typed()).status_code == 302
        assert "Wajib dijawab sebelum" in words(page(client, caseworker, "assessment-edit", draft.pk))
        assert "Wajib dijawab sebelum selesai" in words(page(client, caseworker, "assessment", draft.pk))

    def test_loses_nothing_that_was_typed(self, client, caseworker, draft):
        wrong = typed(client_view=VIEW, held_on_year="26", **{"item-seeing": "3"})
        answer = sent(client, caseworker, "assessment-edit", draft.pk, **wrong)
        assert answer.status_code == 422
        assert VIEW in words(answer)
        assert re.search(r'name="item-seeing" value="3"[^>]* checked', words(answer))
        assert Assessment.objects.get().version == 1

    def test_keeps_the_version_that_was_read_when_the_form_is_refused(
        self, client, caseworker, supervisor, draft
    ):
        filled(draft, supervisor, client_view="Ia ingin pulang.")
        answer = sent(client, caseworker, "assessment-edit", draft.pk, **typed(held_on_year="26"))
        assert '<input type="hidden" name="version" value="1"' in words(answer)

    def test_shows_both_after_a_clash_and_fills_in_what_was_not_typed(
        self, client, caseworker, supervisor, draft
    ):
        filled(draft, supervisor, client_view="Ia ingin pulang.", observed="Rapi", answers={"hearing": 2})
        mine = typed(client_view=VIEW, **{"item-seeing": "3"})
        answer = sent(client, caseworker, "assessment-edit", draft.pk, **mine)
        text = words(answer)
        assert (answer.status_code, Assessment.objects.get().client_view) == (422, "Ia ingin pulang.")
        assert "Ia ingin pulang." in text
        assert f"{VIEW}</textarea>" in text
        assert "Rapi</textarea>" in text
        assert re.search(r'name="item-hearing" value="2"[^>]* checked', text)
        assert '<input type="hidden" name="version" value="2"' in text

    def test_keeps_a_number_that_was_typed_where_the_other_did_not_know_it(
        self, client, case, caseworker, supervisor
    ):
        owned(supervisor)
        draft = begun(case, caseworker, OWN)
        filled(draft, supervisor, answers={"anak": {"state": "unknown"}})
        answer = sent(client, caseworker, "assessment-edit", draft.pk, **typed(**{"item-anak": "4"}))
        again = typed(version=2, **{"item-anak": "4"})
        assert not re.search(r'name="item-anak__state" value="unknown"[^>]* checked', words(answer))
        sent(client, caseworker, "assessment-edit", draft.pk, **again)
        assert Assessment.objects.get().answers["anak"] == 4

    def test_shows_a_completed_one_only_to_read(self, client, case, caseworker):
        held = assessed(case, caseworker)
        answer = page(client, caseworker, "assessment-edit", held.pk)
        assert answer["Location"] == reverse("cases:assessment", args=[held.pk])

    def test_refuses_to_write_into_what_was_completed_meanwhile_and_shows_what_was_typed(
        self, client, case, caseworker
    ):
        held = assessed(case, caseworker)
        answer = sent(client, caseworker, "assessment-edit", held.pk, **typed(client_view=VIEW))
        assert answer.status_code == 422
        assert VIEW in words(answer)
        assert "tidak diubah lagi" in words(answer)


class TestAssessment:
    def test_shows_answers_with_their_reasons_and_the_scores(self, client, case, caseworker):
        held = assessed(
            case, caseworker, WG, {"seeing": 4, "reasons": {"seeing": "Sejak lahir"}}, client_view=VIEW
        )
        text = words(page(client, caseworker, "assessment", held.pk))
        assert VIEW in text
        assert "Tidak bisa sama sekali" in text
        assert "Sejak lahir" in text
        assert '<span class="tag yes">ya</span>' in text
        assert "5 butir belum terjawab" in text

    def test_offers_to_complete_a_draft_only_to_who_may(self, client, caseworker, head, draft):
        door = reverse("cases:assessment-complete", args=[draft.pk])
        assert door in words(page(client, caseworker, "assessment", draft.pk))
        assert door not in words(page(client, head, "assessment", draft.pk))


class TestComplete:
    def test_freezes_what_was_read_also_when_pressed_twice(self, client, caseworker, draft):
        filled(draft, caseworker, answers={"seeing": 1})
        answers = [sent(client, caseworker, "assessment-complete", draft.pk, version=2) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Assessment.objects.get().version == 3

    @pytest.mark.parametrize("version", ["1", "", "x", "9" * 30])
    def test_refuses_what_was_not_read(self, client, caseworker, draft, version):
        filled(draft, caseworker, answers={"seeing": 1})
        answer = sent(client, caseworker, "assessment-complete", draft.pk, version=version)
        assert answer.status_code == 422
        assert Assessment.objects.get().completed_at is None

    def test_is_not_done_by_opening_the_address(self, client, caseworker, draft):
        filled(draft, caseworker, answers={"seeing": 1})
        answer = page(client, caseworker, "assessment-complete", draft.pk)
        assert answer.url == reverse("cases:assessment", args=[draft.pk])
        assert Assessment.objects.get().completed_at is None


class TestDiscard:
    def test_asks_first_and_then_throws_away_also_when_pressed_twice(self, client, case, caseworker, draft):
        assert "Hapus draf asesmen ini?" in words(
            page(client, caseworker, "assessment-discard", case.pk, draft.pk)
        )
        answers = [
            sent(client, caseworker, "assessment-discard", case.pk, draft.pk, version=1) for _ in range(2)
        ]
        assert not Assessment.objects.exists()
        assert {answer["Location"] for answer in answers} == {reverse("cases:assessments", args=[case.pk])}

    def test_leaves_what_is_completed_or_of_another_case(self, client, case, caseworker):
        held = assessed(case, caseworker)
        other = begun(opened(caseworker), caseworker)
        for row in (held, other):
            sent(client, caseworker, "assessment-discard", case.pk, row.pk, version=row.version)
        assert Assessment.objects.count() == 2

    def test_says_when_somebody_filled_it_in_meanwhile(self, client, case, caseworker, supervisor, draft):
        filled(draft, supervisor, client_view=VIEW)
        answer = sent(client, caseworker, "assessment-discard", case.pk, draft.pk, version=1)
        assert answer.status_code == 422
        assert Assessment.objects.exists()


class TestComparison:
    def test_shows_change_picture_and_what_can_be_said(self, client, case, caseworker):
        six = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
        assessed(case, caseworker, WG, dict.fromkeys(six, 1))
        assessed(case, caseworker, WG, dict.fromkeys(six, 1) | {"seeing": 3}, days=90)
        text = words(page(client, caseworker, "comparison", case.pk, WG))
        assert "Asesmen awal 21 November 2026 dibandingkan dengan asesmen ulang 19 Februari 2027." in text
        assert '<span class="tag">+2 · nilai lebih buruk</span>' in text
        assert "keandalan instrumen belum diketahui" in text
        assert '<circle cx="83" cy="14" r="6"' in text
        assert (
            "sedikitnya satu dari enam hal? Awal: <strong>tidak</strong> · Kini: <strong>ya</strong>" in text
        )
        assert "style=" not in text

    def test_names_what_was_not_answered_only_for_who_may_read_it(self, client, case, caseworker, head):
        assessed(case, caseworker, WG, {"seeing": 4})
        assert QUESTION not in words(page(client, head, "comparison", case.pk, WG))
        assert "(belum dijawab)" in words(page(client, caseworker, "comparison", case.pk, WG))

    def test_says_that_versions_differ(self, client, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, ALL_GOOD)
        added(supervisor, reworded(own_instrument(), "cemas"))
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        text = words(page(client, caseworker, "comparison", case.pk, OWN))
        assert "Asesmen awal memakai versi 1, asesmen terakhir versi 2." in text
        assert "Tidak dapat dibandingkan: butir bagian ini berbeda" in text

    @pytest.mark.parametrize("code", [WG, "nothing"])
    def test_does_not_exist_before_anything_is_completed(self, client, case, caseworker, draft, code):
        assert page(client, caseworker, "comparison", case.pk, code).status_code == 404
