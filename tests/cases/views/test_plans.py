import uuid
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.cases.models import Case, CaseMember, Plan, PlanStep
from simpul.cases.queries.plans import kind_name, panel
from simpul.organisations.models import Organisation
from tests.cases.factories import a_case
from tests.cases.plans import NEED, agreed, approval_wanted, plan_of, step_of
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture
def plan(case, caseworker):
    return plan_of(case, caseworker)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=args), query)


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=args), typed)


def day(name, number=21):
    return {f"{name}_day": str(number), f"{name}_month": "11", f"{name}_year": "2026"}


def typed_step(**changed):
    typed = {
        "need": NEED,
        "service_kind": "livelihood",
        "cost": "Rp 1.250.000",
        "provider": "Koperasi Melati",
    }
    return {"once": uuid.uuid4(), **typed, **changed}


def typed_agreement(plan, **changed):
    version = Plan.objects.get(pk=plan.pk).version
    typed = {"version": version, "capacity": "self", "how": "Dibacakan di rumah"}
    return {**typed, **day("agreed_on"), **day("team_agreed_on"), **changed}


class TestPlan:
    def test_says_where_to_begin_and_begins_once(self, client, case, caseworker):
        assert "Belum ada rencana" in page(client, caseworker, "plan", case.pk).content.decode()
        once = uuid.uuid4()
        for _ in range(2):
            send(client, caseworker, "plan-start", case.pk, once=once)
        assert Plan.objects.get().pk == once

    def test_shows_steps_with_the_dots_of_thousands(self, client, case, plan, caseworker):
        step_of(plan, caseworker)
        shown = page(client, caseworker, "plan", case.pk).content.decode()
        assert all(words in shown for words in (NEED, "Rp1.250.000", "Baznas: antre sebulan"))

    @pytest.mark.parametrize(
        ("role", "status"), [("supervisor", 200), ("head", 200), ("volunteer", 403), ("stranger", 404)]
    )
    def test_opens_for_those_who_may(self, client, case, plan, request, role, status):
        user = request.getfixturevalue(role)
        assert page(client, user, "plan", case.pk).status_code == status
        assert page(client, user, "plan-version", plan.pk).status_code == status

    def test_keeps_every_word_from_the_head(self, client, case, plan, caseworker, head):
        approval_wanted(case, wanted=False)
        step = step_of(plan, caseworker)
        agreed(plan, caseworker, how="Dibacakan keras", team_says="Tim setuju penuh")
        for name, key in (("plan", case.pk), ("step-checks", step.pk)):
            shown = page(client, head, name, key).content.decode()
            assert not any(words in shown for words in (NEED, "modal", "Melati", "Baznas", "keras", "penuh"))

    @pytest.mark.parametrize("name", ["plan-crisis", "plan-agree", "plan-decide", "step-new"])
    def test_does_not_exist_for_a_stranger_to_change(self, client, plan, stranger, name):
        expected = 403 if name == "plan-decide" else 404
        assert send(client, stranger, name, plan.pk).status_code == expected


class TestChanges:
    def test_shows_versions_side_by_side(self, client, case, plan, caseworker, head):
        approval_wanted(case, wanted=False)
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        newer = plan_of(case, caseworker)
        step_of(newer, caseworker, need="Antar ke dokter")
        shown = page(client, caseworker, "plan-changes", newer.pk).content.decode()
        assert "Antar ke dokter" in shown
        assert "langkah baru" in shown
        assert page(client, head, "plan-changes", newer.pk).status_code == 404


class TestAgreeAndDecide:
    def test_goes_from_the_client_to_the_supervisor(self, client, case, plan, caseworker, supervisor):
        approval_wanted(case)
        step_of(plan, caseworker)
        send(client, caseworker, "plan-agree", plan.pk, **typed_agreement(plan))
        assert "Periksa dan putuskan" in page(client, supervisor, "plan", case.pk).content.decode()
        version = Plan.objects.get().version
        send(client, supervisor, "plan-decide", plan.pk, version=version, approved="yes")
        assert Plan.objects.get().state == "approved"

    def test_says_that_a_supervisor_is_to_be_invited(self, client, case, plan, caseworker):
        approval_wanted(case)
        step_of(plan, caseworker)
        Case.objects.update(confidentiality="team_only")
        CaseMember.objects.update(since=date(2020, 1, 1))
        send(client, caseworker, "plan-agree", plan.pk, **typed_agreement(plan))
        assert "Undang seorang supervisor" in page(client, caseworker, "plan", case.pk).content.decode()

    def test_shows_again_what_was_typed(self, client, plan, caseworker):
        step_of(plan, caseworker)
        answer = send(client, caseworker, "plan-agree", plan.pk, **typed_agreement(plan, capacity="guardian"))
        assert answer.status_code == 422
        assert "Dibacakan di rumah" in answer.content.decode()

    def test_returns_to_the_worker_with_the_reason(self, client, case, plan, caseworker, supervisor):
        approval_wanted(case)
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        typed = {"version": Plan.objects.get().version, "approved": "no", "reason": "Belum ada cadangan"}
        send(client, supervisor, "plan-decide", plan.pk, **typed)
        assert "Belum ada cadangan" in page(client, caseworker, "plan", case.pk).content.decode()


class TestCrisis:
    def test_is_written(self, client, plan, caseworker):
        send(client, caseworker, "plan-crisis", plan.pk, words="Hubungi Bu Rohani", version=1)
        assert Plan.objects.get().crisis == "Hubungi Bu Rohani"

    def test_shows_a_clash_with_the_newest_version(self, client, plan, caseworker, supervisor):
        send(client, caseworker, "plan-crisis", plan.pk, words="Hubungi Bu Rohani", version=1)
        answer = send(client, supervisor, "plan-crisis", plan.pk, words="Ke Puskesmas", version=1)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert all(words in shown for words in ("Bu Rohani", "Ke Puskesmas", 'name="version" value="2"'))


class TestUnmet:
    def test_counts_for_those_who_may(self, client, plan, caseworker, stranger, volunteer):
        step = step_of(plan, caseworker, service_kind="therapy")
        send(
            client, caseworker, "step-state", step.pk, to="no_service", reason="Tidak ada di sini", version=1
        )
        assert "Tidak ada kebutuhan" not in page(client, caseworker, "unmet").content.decode()
        assert "Tidak ada kebutuhan" in page(client, stranger, "unmet").content.decode()
        assert page(client, volunteer, "unmet").status_code == 403


class TestAddStep:
    def test_keeps_the_step_once(self, client, case, plan, caseworker):
        typed = typed_step(alternatives="Baznas: antre sebulan\n\nDesa", in_charge="client", **day("due_on"))
        for _ in range(2):
            answer = send(client, caseworker, "step-new", plan.pk, **typed)
        step = PlanStep.objects.get()
        assert answer.url == reverse("cases:plan", args=[case.pk])
        assert (step.cost, step.in_charge_name) == (1_250_000, "Penerima manfaat sendiri")
        assert step.alternatives[1] == {"provider": "Desa", "words": ""}

    @pytest.mark.parametrize("cost", ["satu juta", "-5", "1" * 20, "1.5e3"])
    def test_shows_again_what_was_typed(self, client, plan, caseworker, cost):
        answer = send(client, caseworker, "step-new", plan.pk, **typed_step(cost=cost))
        assert answer.status_code == 422
        assert f'value="{cost}"' in answer.content.decode()
        assert not PlanStep.objects.exists()

    def test_knows_a_provider_of_the_register_by_its_name(self, client, plan, caseworker):
        body = Organisation.objects.create(name="Yayasan Melati Bangsa", kind="lks")
        send(client, caseworker, "step-new", plan.pk, **typed_step(provider="yayasan melati bangsa"))
        assert PlanStep.objects.get().provider_organisation == body.pk


class TestEditStep:
    def test_keeps_everything_when_nothing_is_changed(self, client, plan, caseworker):
        step = step_of(plan, caseworker, in_charge=caseworker.pk, in_charge_name="Rina Wulandari")
        form = page(client, caseworker, "step-edit", step.pk).context["form"]
        typed = {field.html_name: field.value() for field in form if field.value() is not None}
        typed = typed | day("due_on") | {"version": 1}
        assert send(client, caseworker, "step-edit", step.pk, **typed).status_code == 302
        kept = PlanStep.objects.get()
        assert (kept.need, kept.cost, kept.in_charge, kept.alternatives) == (
            step.need,
            step.cost,
            step.in_charge,
            step.alternatives,
        )

    def test_shows_a_clash_with_the_newest_version(self, client, plan, caseworker, supervisor):
        step = step_of(plan, caseworker)
        send(client, caseworker, "step-edit", step.pk, **typed_step(version=1, cost="5.000"))
        answer = send(client, supervisor, "step-edit", step.pk, **typed_step(version=1, cost="7.000"))
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert all(words in shown for words in ("Rp5.000", "Rp7.000", 'name="version" value="2"'))
        assert PlanStep.objects.get().cost == 5000


class TestSetState:
    def test_shows_again_what_was_typed(self, client, plan, caseworker):
        step = step_of(plan, caseworker)
        answer = send(client, caseworker, "step-state", step.pk, to="dropped", reason="ya", version=1)
        assert answer.status_code == 422
        assert PlanStep.objects.get().state == "planned"


class TestChecks:
    def test_notes_a_check_once_and_lists_it(self, client, plan, caseworker):
        step = step_of(plan, caseworker)
        send(client, caseworker, "step-state", step.pk, to="arranged", version=1)
        typed = {
            "once": uuid.uuid4(),
            "delivered": "partly",
            "fits_plan": "no",
            "unmet": "Beras",
            "cost": "20.000",
        }
        for _ in range(2):
            answer = send(client, caseworker, "step-checks", step.pk, **typed, **day("seen_on"))
        assert answer.status_code == 302
        shown = page(client, caseworker, "step-checks", step.pk)
        assert len(shown.context["checks"]) == 1
        assert "Beras" in shown.content.decode()

    def test_is_only_read_by_the_head(self, client, plan, caseworker, head, stranger):
        step = step_of(plan, caseworker)
        assert page(client, head, "step-checks", step.pk).status_code == 200
        assert send(client, head, "step-checks", step.pk, delivered="yes").status_code == 404
        assert page(client, stranger, "step-checks", step.pk).status_code == 404


class TestPanel:
    def shown(self, case, viewer):
        plans = panel(case, viewer, TODAY)
        return render_to_string("cases/_plans_panel.html", {"plans": plans, "case": case})

    def test_shows_what_is_to_be_done(self, case, plan, caseworker):
        step_of(plan, caseworker)
        shown = self.shown(case, caseworker)
        assert all(words in shown for words in ("Ajukan modal usaha", "Koperasi Melati", "Disusun"))

    def test_tells_the_head_only_the_kind(self, case, plan, caseworker, head):
        step_of(plan, caseworker)
        shown = self.shown(case, head)
        assert not any(words in shown for words in (NEED, "modal", "Melati"))
        assert kind_name("livelihood") in shown

    def test_says_that_there_is_none(self, case, caseworker):
        assert "Belum ada rencana" in self.shown(case, caseworker)
