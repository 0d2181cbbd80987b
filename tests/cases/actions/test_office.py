import pytest

from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.office import set_model, set_norms
from simpul.cases.models import Office
from simpul.cases.queries.case import left_out_by
from simpul.cases.queries.office import model_of, norms_for
from simpul.cases.queries.stages import gates_of
from simpul.cases.stages import Stage
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def kept(where, by, *, version=0, **own):
    return set_norms(where, by=by, at=NOW, version=version, own=own)


class TestSetNorms:
    def test_keeps_only_what_departs_from_the_catalogue(self, supervisor, organisation):
        office = kept(Where(organisation), supervisor, reassess_days=60, complaint_days=14)
        assert (office.norms, office.version, office.changed_by_name) == (
            {"reassess_days": 60},
            1,
            "Pak Hamdan",
        )

    def test_is_followed_by_the_cases_of_that_office_and_no_other(
        self, caseworker, supervisor, stranger, organisation
    ):
        kept(Where(organisation), supervisor, caseload__community=12)
        assert norms_for(a_case(caseworker))["caseload"]["community"] == 12
        assert norms_for(a_case(stranger))["caseload"]["community"] == 20

    def test_sent_twice_changes_once(self, supervisor, organisation):
        for _ in range(2):
            office = kept(Where(organisation), supervisor, reassess_days=60)
        assert (office.version, Office.objects.count()) == (1, 1)

    def test_shows_who_was_slower_both_values_and_writes_nothing(self, supervisor, organisation):
        kept(Where(organisation), supervisor, reassess_days=60)
        with pytest.raises(Clash, match=r"Jarak asesmen ulang: 60 hari.*Jarak asesmen ulang: 45 hari"):
            kept(Where(organisation), supervisor, reassess_days=45)
        assert Office.objects.get().norms == {"reassess_days": 60}

    @pytest.mark.parametrize(
        "own", [{"reassess_days": 0}, {"reassess_days": "60"}, {"moon_days": 3}], ids=str
    )
    def test_refuses_what_cannot_be_and_leaves_no_row(self, supervisor, organisation, own):
        with pytest.raises(Refusal, match="tidak dapat dipakai"):
            kept(Where(organisation), supervisor, **own)
        assert not Office.objects.exists()

    @pytest.mark.parametrize("role", ["stranger", "caseworker", "head", "verifier"])
    def test_refuses_who_may_not(self, request, organisation, role):
        with pytest.raises(NotAllowed):
            kept(Where(organisation), request.getfixturevalue(role), reassess_days=60)


def worked(where, by, *, version=0, model="expanded_broker", **own):
    return set_model(where, by=by, at=NOW, version=version, model=model, own=own)


def broker_case(by):
    case = a_case(by)
    case.working_model = "expanded_broker"
    case.save()
    return case


class TestSetModel:
    def test_changes_what_is_expected_of_the_cases_of_that_office_and_no_other(
        self, caseworker, supervisor, stranger, organisation
    ):
        worked(Where(organisation), supervisor, required_parts=["strengths_inventory"], evaluation="process")
        ours, theirs = model_of(broker_case(caseworker)), model_of(broker_case(stranger))
        assert (ours.required_parts, ours.evaluation) == (("strengths_inventory",), "process")
        assert (theirs.required_parts, theirs.evaluation) == ((), "effect")

    def test_makes_a_new_gate_stand_before_the_plan(self, caseworker, supervisor, organisation):
        case = broker_case(caseworker)
        before = [gate.code for gate in gates_of(case, Stage.LINKING, TODAY)]
        worked(Where(organisation), supervisor, required_parts=["strengths_inventory"])
        after = [gate.code for gate in gates_of(case, Stage.LINKING, TODAY)]
        assert set(after) - set(before) == {"strengths_inventory"}

    def test_lets_a_stage_be_left_out_that_is_no_longer_expected(self, caseworker, supervisor, organisation):
        case = broker_case(caseworker)
        assert Stage.GOALS in left_out_by(case, Stage.PLANNING, model_of(case))
        worked(Where(organisation), supervisor, expected_steps=["intake", "assessment", "planning"])
        assert Stage.GOALS not in left_out_by(case, Stage.PLANNING, model_of(case))

    def test_keeps_only_what_departs_and_nothing_once_it_is_as_before(self, supervisor, organisation):
        kept_norms = kept(Where(organisation), supervisor, reassess_days=60)
        office = worked(Where(organisation), supervisor, version=1, evaluation="process")
        assert office.models == {"expanded_broker": {"evaluation": "process"}}
        office = worked(Where(organisation), supervisor, version=2, evaluation="effect")
        assert (office.models, office.norms) == ({}, kept_norms.norms)

    def test_sent_twice_changes_once(self, supervisor, organisation):
        for _ in range(2):
            office = worked(Where(organisation), supervisor, expected_roles=["broker"])
        assert office.version == 1

    def test_shows_who_was_slower_both_values(self, supervisor, organisation):
        worked(Where(organisation), supervisor, evaluation="process")
        with pytest.raises(Clash, match=r"proses layanan.*seperti asalnya"):
            worked(Where(organisation), supervisor, evaluation="effect")

    @pytest.mark.parametrize(
        "own",
        [
            {"expected_steps": ["moon"]},
            {"expected_steps": []},
            {"expected_roles": ["king"]},
            {"evaluation": "luck"},
            {"model": "luck"},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_known(self, supervisor, organisation, own):
        with pytest.raises(Refusal):
            worked(Where(organisation), supervisor, **own)
        assert not Office.objects.exists()

    def test_refuses_who_may_not(self, caseworker, organisation):
        with pytest.raises(NotAllowed):
            worked(Where(organisation), caseworker, evaluation="process")
