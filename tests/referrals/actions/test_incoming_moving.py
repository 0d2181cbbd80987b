import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.referrals.actions.incoming_moving import take_request
from simpul.referrals.models import HelpRequest, RequestStep
from simpul.referrals.stages import RequestState
from tests.access.factories import ORGANISATION, user_with
from tests.cases.factories import a_case
from tests.organisations.factories import organisation
from tests.organisations.papers import a_certificate
from tests.places.factories import few_regions
from tests.referrals.incoming import (
    another,
    answered,
    asked,
    closed,
    linked,
    now_of,
    officer,
    passed_on,
    reached,
    taken,
)
from tests.services.factories import a_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


@pytest.fixture
def by(db):
    return officer()


class TestTakeRequest:
    def test_says_who_looks_after_it(self, by):
        assert (taken(asked(), by).state, now_of(asked(code="B" * 12)).state) == ("taken", "new")
        assert [str(step.by_name) for step in RequestStep.objects.filter(state="taken")] == ["Pak Hamdan"]

    def test_pressed_twice_is_taken_once(self, by):
        request = asked()
        take_request(request, by=by, version=1, at=request.at)
        take_request(request, by=by, version=1, at=request.at)
        assert RequestStep.objects.filter(request=request, state="taken").count() == 1

    def test_tells_the_second_that_somebody_was_faster(self, by):
        request = asked()
        taken(request, by)
        late = officer(name="Bu Erna")
        with pytest.raises(Clash, match="Pak Hamdan"):
            take_request(request, by=late, version=1, at=request.at)

    def test_refuses_another_area_and_records_nothing_of_the_words(self, by):
        request = asked()
        with pytest.raises(NotAllowed):
            taken(request, user_with("dinas_officer", region="93.01"))
        taken(request, by)
        assert all(event.details == {} for event in Event.objects.all())


class TestNoteReaching:
    def test_may_be_tried_again_and_again(self, by):
        request = reached(taken(asked(), by), by, reached=False)
        again = reached(request, by, reached=False, words="Tidak diangkat lagi.")
        assert reached(again, by).state == RequestState.REACHED
        assert RequestStep.objects.filter(request=request).count() == 5

    def test_sent_twice_is_noted_once(self, by):
        request = taken(asked(), by)
        version = request.version
        reached(request, by, version=version)
        reached(request, by, version=version)
        assert RequestStep.objects.filter(state="reached").count() == 1


class TestAnswerRequest:
    def test_ends_it_and_sets_the_day_of_erasing(self, by):
        done = answered(taken(asked(), by), by)
        assert (done.state, done.answer) == ("answered", "Silakan datang besok.")
        assert (done.erase_on - done.state_since.date()).days in (179, 180)

    @pytest.mark.parametrize("answer", ["", "ok"], ids=["empty", "too short"])
    def test_refuses_an_answer_that_says_nothing(self, by, answer):
        request = taken(asked(), by)
        with pytest.raises(Refusal, match="Tulis jawabannya"):
            answered(request, by, answer)
        assert now_of(request).state == "taken"

    def test_refuses_before_anybody_took_it(self, by):
        with pytest.raises(Refusal, match="tidak dapat diubah"):
            answered(asked(), by)


class TestCloseRequest:
    def test_names_the_other_one(self, by):
        first, second = asked(), another(23)
        assert closed(second, by, "double", double_of=first.short.lower()).double_of == first

    def test_refuses_one_out_of_reach_as_the_other(self, by):
        far = another(23, region="93.01")
        with pytest.raises(Refusal, match="tidak ditemukan"):
            closed(asked(), by, "double", double_of=far.short)

    def test_of_no_request_needs_a_reason_and_can_be_taken_up_again(self, by):
        request = asked()
        with pytest.raises(Refusal, match="sebabnya"):
            closed(request, by, "not_serious")
        closed(request, by, "not_serious", words="Salah kirim, katanya.")
        assert taken(request, by).erase_on is None

    def test_refuses_any_other_end(self, by):
        with pytest.raises(Refusal):
            closed(taken(asked(), by), by, "case")


class TestPassOn:
    def test_to_a_service_tells_the_sender_where_to_go(self, by):
        service = a_service()
        done = passed_on(taken(asked(), by), by, f"s:{service.pk}", answer="Telepon 0777-321123.")
        assert (done.state, done.service) == ("passed_on", service)

    def test_to_a_body_moves_the_reach_and_begins_anew(self, by):
        body = organisation(region="21.02")
        a_certificate(body)
        worker = user_with("caseworker", organisation=body.pk)
        request = taken(asked(), by)
        assert not HelpRequest.objects.reachable(worker, "request.duty").exists()
        moved = passed_on(request, by, f"o:{body.pk}", words="Mereka punya tempat.")
        assert (moved.state, moved.taken_by, moved.organisation) == ("new", None, body.pk)
        assert taken(moved, worker).taken_by == worker.pk

    @pytest.mark.parametrize("to", ["o:0", "d", "s:x", f"o:{ORGANISATION}"])
    def test_refuses_what_does_not_exist(self, by, to):
        request = taken(asked(), by)
        with pytest.raises(Refusal):
            passed_on(request, by, to, answer="Silakan ke sana.")
        assert now_of(request).state == "taken"


class TestLinkCase:
    def test_ties_it_to_the_case_and_its_person(self, by):
        case = a_case(by)
        done = linked(reached(taken(asked(), by), by), by, case)
        assert (done.state, done.case, done.person, done.erase_on) == ("case", case, case.person, None)

    def test_refuses_a_case_out_of_reach(self, by):
        other = a_case(user_with("caseworker", organisation=ORGANISATION))
        far = user_with("caseworker", organisation=organisation().pk)
        request = asked(organisation=far.standing_grants[0].organisation)
        with pytest.raises(Refusal, match="tidak ditemukan"):
            linked(taken(request, far), far, other)
