import uuid

import pytest

from simpul.access.files import opened
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions import self_assessment as actions
from simpul.accreditation.models import Evidence, SelfScore, Step
from simpul.accreditation.queries.scores import self_scores_of
from simpul.accreditation.queries.typed import Told
from tests.access.factories import give
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.accreditation.factories import asked, begun, fresh, moved, now, recommended, self_assessed, today

pytestmark = pytest.mark.django_db
PHOTO = jpeg(segment(0xE1, exif()))


def assess(told, **answers):
    typed = {code.replace("_", "."): given for code, given in answers.items()}
    return actions.assess(told.run, by=told.head, at=now(), answers={k[1:]: v for k, v in typed.items()})


class TestAssess:
    def test_keeps_a_score_with_its_words(self):
        told = begun()
        assess(told, i1_1=Told(3, " ada akta "))
        kept = self_scores_of(told.run)["1.1"]
        assert (kept.value, kept.words, kept.by_name) == (3, "ada akta", "Bu Salmah")

    def test_keeps_not_known_as_an_answer_of_its_own(self):
        told = begun()
        assess(told, i1_1=Told(None))
        assert self_scores_of(told.run)["1.1"].value is None
        assert "1.2" not in self_scores_of(told.run)

    def test_keeps_the_same_answer_only_once(self):
        told = begun()
        for _press in range(2):
            assess(told, i1_1=Told(3))
        assert SelfScore.objects.count() == 1

    def test_lets_the_newest_count_and_keeps_the_earlier(self):
        told = begun()
        (first,) = assess(told, i1_1=Told(3))
        assess(told, i1_1=Told(4, seen=first.pk))
        assert self_scores_of(told.run)["1.1"].value == 4
        assert SelfScore.objects.count() == 2

    def test_shows_both_values_when_a_colleague_answered_meanwhile_and_keeps_nothing(self):
        told = begun()
        assess(told, i1_1=Told(3))
        with pytest.raises(Clash) as clash:
            assess(told, i1_2=Told(1), i1_1=Told(4, seen=None))
        assert (clash.value.theirs, clash.value.mine) == ("3", "4")
        assert self_scores_of(told.run)["1.1"].value == 3

    @pytest.mark.parametrize("given", [Told(5), Told(-1), Told(2, "x" * 2001)], ids=["high", "low", "long"])
    def test_refuses_what_the_item_does_not_take(self, given):
        with pytest.raises(Refusal):
            assess(begun(), i1_1=given)

    def test_refuses_an_item_that_is_not_there(self):
        with pytest.raises(Refusal, match="tidak ada dalam skema"):
            assess(begun(), i9_9=Told(1))

    def test_is_closed_while_the_dinas_reads_it(self):
        with pytest.raises(Refusal, match="menunggu rekomendasi"):
            assess(asked(), i1_1=Told(1))

    def test_is_not_for_the_assessor(self):
        told = begun()
        with pytest.raises(NotAllowed):
            actions.assess(told.run, by=told.first, at=now(), answers={})


def add(told, **details):
    typed = {"key": uuid.uuid4(), "at": now(), "item": "1.1", "title": "Akta", "file_name": "akta.jpg"}
    return actions.add_evidence(told.run, by=told.head, **{**typed, "data": PHOTO, **details})


class TestAddEvidence:
    def test_keeps_the_file_without_the_place_in_it(self):
        row = add(begun())
        assert row.media_type == "image/jpeg"
        assert GPS in PHOTO
        assert GPS not in opened(row)

    def test_pressed_twice_is_one_file(self):
        told, key = begun(), uuid.uuid4()
        assert add(told, key=key).pk == add(told, key=key).pk
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize(
        "details", [{"item": "9.9"}, {"title": " "}, {"data": b"#!/bin/sh"}], ids=["item", "title", "kind"]
    )
    def test_refuses_what_does_not_belong(self, details):
        told = begun()
        with pytest.raises(Refusal):
            add(told, **details)
        assert not Evidence.objects.exists()

    def test_refuses_the_form_of_another_run(self):
        told = begun()
        row = add(told)
        other = begun()
        with pytest.raises(Refusal, match="dengan isian lain"):
            add(other, key=row.pk)


class TestRemoveEvidence:
    def test_destroys_the_file_and_keeps_that_there_was_one(self):
        told = begun()
        row = add(told)
        actions.remove_evidence(row, by=told.head, at=now())
        kept = Evidence.objects.get(pk=row.pk)
        assert not kept.is_there
        assert kept.removed_by_name == "Bu Salmah"

    def test_refuses_once_the_dinas_reads_it(self):
        told = self_assessed()
        row = add(told)
        moved(told, actions.ask_recommendation, told.head)
        with pytest.raises(Refusal):
            actions.remove_evidence(row, by=told.head, at=now())


class TestAskRecommendation:
    def test_needs_every_item_answered_and_names_what_is_not(self):
        told = begun()
        assess(told, i2_1=Told(None))
        with pytest.raises(Refusal, match=r"Kelembagaan \(0/2\)"):
            moved(told, actions.ask_recommendation, told.head)

    def test_takes_not_known_for_an_answer(self):
        told = begun()
        assess(told, i1_1=Told(None), i1_2=Told(None), i2_1=Told(None))
        moved(told, actions.ask_recommendation, told.head)
        assert told.run.stage == "recommendation"

    def test_pressed_twice_is_one_step(self):
        told = self_assessed()
        for _press in range(2):
            actions.ask_recommendation(told.run, by=told.head, version=1, on=today(), at=now())
        assert Step.objects.filter(stage="recommendation").count() == 1


class TestRecommend:
    def test_keeps_number_day_and_who(self):
        told = recommended()
        assert told.run.stage == "application"
        assert (told.run.recommendation_number, told.run.recommended_by_name) == (
            "460/12/DINSOS",
            "Pak Yusman",
        )

    def test_is_not_for_the_body_itself(self):
        told = asked()
        with pytest.raises(NotAllowed):
            moved(told, actions.recommend, told.head, number="1", signed_on=today())

    def test_refuses_a_letter_without_a_number(self):
        told = asked()
        with pytest.raises(Refusal, match="Nomor surat"):
            moved(told, actions.recommend, told.registrar, number=" ", signed_on=today())

    def test_is_not_for_a_registrar_who_belongs_to_the_body(self):
        told = asked()
        give(told.registrar, "head_of_lks", organisation=told.organisation.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            moved(told, actions.recommend, told.registrar, number="1/2026", signed_on=today())


class TestDoNotRecommend:
    def test_opens_the_self_assessment_again_with_what_to_mend(self):
        told = asked()
        moved(told, actions.do_not_recommend, told.registrar, words="lengkapi pembukuan")
        assert (told.run.stage, told.run.recommendation_words) == ("self_assessment", "lengkapi pembukuan")
        assert fresh(told).version == 3

    def test_needs_words(self):
        told = asked()
        with pytest.raises(Refusal, match="perlu diperbaiki"):
            moved(told, actions.do_not_recommend, told.registrar, words=" ")
