import uuid

import pytest

from simpul.access.files import opened
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions import assignment
from simpul.accreditation.actions import visit as actions
from simpul.accreditation.models import Accreditation, Assignment, Evidence, Lock, Score, Step, Visit
from simpul.accreditation.queries.scores import has_scored, scores_of
from simpul.accreditation.queries.typed import Told
from tests.access.factories import give, user_with
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.accreditation.factories import (
    accepted,
    assigned,
    body,
    fresh,
    handed_over,
    locked,
    minuted,
    moved,
    named,
    now,
    scored,
    signature,
    signed,
    today,
    visiting,
)

pytestmark = pytest.mark.django_db
ALL = {"1.1": 4, "1.2": 3, "2.1": None}


class TestScore:
    def test_keeps_what_one_assessor_gives_apart_from_the_other(self):
        told = visiting()
        scored(told, told.first, {"1.1": 4})
        scored(told, told.second, {"1.1": 2})
        values = [scores["1.1"].value for scores in scores_of(told.run).values()]
        assert sorted(values) == [2, 4]

    def test_keeps_that_something_could_not_be_seen(self):
        told = visiting()
        (row,) = scored(told, told.first, {"2.1": None})
        assert row.value is None

    def test_lets_the_newest_count_and_keeps_the_earlier(self):
        told = visiting()
        (first,) = scored(told, told.first, {"1.1": 4})
        again = {"1.1": Told(3, "dilihat lagi", first.pk)}
        actions.score(told.run, by=told.first, at=now(), answers=again)
        mine = Assignment.objects.get(user=told.first.pk)
        assert scores_of(told.run)[mine.pk]["1.1"].value == 3
        assert Score.objects.count() == 2

    def test_keeps_the_same_only_once(self):
        told = visiting()
        for _press in range(2):
            scored(told, told.first, {"1.1": 4})
        assert Score.objects.count() == 1

    def test_shows_both_values_of_two_devices(self):
        told = visiting()
        scored(told, told.first, {"1.1": 4})
        with pytest.raises(Clash):
            scored(told, told.first, {"1.1": 1})

    def test_is_closed_before_the_visit_begins(self):
        told = assigned()
        with pytest.raises(Refusal, match="visitasi"):
            scored(told, told.first, {"1.1": 4})

    def test_needs_the_declaration(self):
        told = visiting()
        Assignment.objects.filter(user=told.first.pk).update(has_conflict=None)
        with pytest.raises(Refusal, match="benturan kepentingan"):
            scored(told, told.first, {"1.1": 4})

    def test_is_not_for_a_companion(self):
        told = visiting()
        companion = told.member
        give(companion, "assessor", region="21")
        row = named(told, companion, "companion")
        assignment.declare(row, by=companion, on=today(), at=now(), has_conflict=False)
        with pytest.raises(Refusal, match="tidak ditugaskan"):
            scored(told, companion, {"1.1": 4})

    def test_is_out_of_reach_for_everybody_else(self):
        told = visiting()
        for user in (told.head, told.secretary, told.validator, told.member, told.registrar):
            with pytest.raises(NotAllowed):
                scored(told, user, {"1.1": 4})

    @pytest.mark.parametrize("values", [{"1.1": 5}, {"9.9": 1}], ids=["too high", "no such item"])
    def test_refuses_what_the_scheme_does_not_know(self, values):
        told = visiting()
        with pytest.raises(Refusal):
            scored(told, told.first, values)
        assert not has_scored(told.run, told.first.pk)

    def test_of_who_was_ended_counts_no_more_and_is_remembered(self):
        told = visiting()
        scored(told, told.first, ALL)
        row = Assignment.objects.get(user=told.first.pk)
        assignment.end(row, by=told.secretary, on=today(), at=now(), words="sakit")
        assert row.pk not in scores_of(told.run)
        assert has_scored(told.run, told.first.pk)


class TestLock:
    def test_needs_every_item(self):
        told = visiting()
        scored(told, told.first, {"1.1": 4})
        with pytest.raises(Refusal, match=r"Layanan \(0/1\)"):
            actions.lock(told.run, by=told.first, at=now())

    def test_closes_the_scores_for_good(self):
        told = visiting()
        scored(told, told.first, ALL)
        for _press in range(2):
            actions.lock(told.run, by=told.first, at=now())
        assert Lock.objects.count() == 1
        with pytest.raises(Refusal, match="sudah dikunci"):
            scored(told, told.first, {"1.1": 1})
        assert {row.value for row in Score.objects.filter(item="1.1")} == {4}

    def test_opens_again_when_it_came_back_to_the_visit_and_is_needed_anew(self):
        told = signed()
        moved(told, actions.finish, told.first)
        Accreditation.objects.filter(pk=told.run.pk).update(stage="visit")
        Step.objects.create(
            accreditation=told.run, left="validation", stage="visit", on=today(), at=now(), by_name="Penyelia"
        )
        with pytest.raises(Refusal, match="mengunci"):
            moved(told, actions.finish, told.first)
        for user in (told.first, told.second):
            seen = next(iter(Score.objects.filter(item="1.1", by=user.pk))).pk
            actions.score(fresh(told), by=user, at=now(), answers={"1.1": Told(1, "dilihat lagi", seen)})
            actions.lock(fresh(told), by=user, at=now())
        with pytest.raises(Refusal, match="sejak nilai dikembalikan"):
            moved(told, actions.finish, told.first)


class TestOutsider:
    def test_scores_no_more_after_joining_the_body(self):
        told = visiting()
        give(told.first, "caseworker", organisation=told.organisation.pk)
        told.first = type(told.first).objects.get(pk=told.first.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            scored(told, told.first, ALL)
        assert not has_scored(told.run, told.first.pk)

    def test_is_replaced_before_the_visit_ends(self):
        told = signed()
        give(told.second, "caseworker", organisation=told.organisation.pk)
        with pytest.raises(Refusal, match="Asesor Dua kini bagian dari lembaga ini"):
            moved(told, actions.finish, told.first)


class TestNoteRefusal:
    def test_lets_the_visit_end_when_the_body_does_not_sign(self):
        told = locked()
        row = minuted(told)
        unwilling = signature("Asesor Satu", agrees=False, words="Diminta dua kali, tidak bersedia.")
        with pytest.raises(Refusal, match="Semua asesor"):
            actions.note_refusal(row, by=told.first, version=1, at=now(), signature=unwilling)
        for user in (told.first, told.second):
            actions.sign_as_assessor(row, by=user, version=1, at=now(), signature=signature(str(user)))
        actions.note_refusal(row, by=told.first, version=1, at=now(), signature=unwilling)
        assert Visit.objects.get().locked_at is None
        assert moved(told, actions.finish, told.first).run.stage == "validation"


class TestAddPhoto:
    def test_keeps_a_photograph_without_its_place(self):
        told = visiting()
        row = actions.add_photo(
            told.run,
            by=told.first,
            key=uuid.uuid4(),
            at=now(),
            item="1.1",
            file_name="ruang.jpg",
            data=jpeg(segment(0xE1, exif())),
        )
        assert row.is_of_visit
        assert row.title == "Pengurus"
        assert GPS not in opened(row)

    def test_is_not_for_the_body(self):
        told = visiting()
        details = {"key": uuid.uuid4(), "at": now(), "item": "1.1", "file_name": "a.jpg", "data": jpeg()}
        with pytest.raises(NotAllowed):
            actions.add_photo(told.run, by=told.head, **details)
        assert not Evidence.objects.exists()


class TestMinutes:
    def test_can_be_mended_until_somebody_signed(self):
        told = visiting()
        row = minuted(told)
        typed = {"held_on": today(), "met_with": "Ketua", "minutes": "Diperbaiki."}
        actions.change_minutes(row, by=told.second, version=1, on=today(), at=now(), **typed)
        actions.sign_as_body(row, by=told.head, version=2, at=now(), signature=signature())
        with pytest.raises(Refusal, match="sudah ditandatangani"):
            actions.change_minutes(row, by=told.first, version=2, on=today(), at=now(), **typed)
        assert Visit.objects.get().minutes == "Diperbaiki."

    def test_show_both_texts_when_two_mend_them(self):
        told = visiting()
        row = minuted(told)
        typed = {"held_on": today(), "met_with": "Ketua", "on": today(), "at": now(), "version": 1}
        actions.change_minutes(row, by=told.second, minutes="Satu.", **typed)
        with pytest.raises(Clash):
            actions.change_minutes(row, by=told.first, minutes="Dua.", **typed)


class TestSign:
    def test_locks_when_the_body_and_every_assessor_signed(self):
        told = visiting()
        row = minuted(told)
        actions.sign_as_body(row, by=told.head, version=1, at=now(), signature=signature())
        actions.sign_as_assessor(row, by=told.first, version=1, at=now(), signature=signature("A"))
        assert Visit.objects.get().locked_at is None
        actions.sign_as_assessor(row, by=told.second, version=1, at=now(), signature=signature("B"))
        assert Visit.objects.get().locked_at is not None

    def test_counts_one_person_once(self):
        told = visiting()
        row = minuted(told)
        for _press in range(2):
            actions.sign_as_assessor(row, by=told.first, version=1, at=now(), signature=signature("A"))
        assert len(Visit.objects.get().signed) == 1

    def test_lets_the_body_disagree_in_words(self):
        told = visiting()
        row = minuted(told)
        no = signature(agrees=False, words="ruang itu sudah diperbaiki")
        actions.sign_as_body(row, by=told.head, version=1, at=now(), signature=no)
        (kept,) = Visit.objects.get().signed
        assert (kept["agrees"], kept["words"]) == (False, "ruang itu sudah diperbaiki")
        with pytest.raises(Refusal, match="Keberatan"):
            actions.sign_as_assessor(
                row, by=told.first, version=1, at=now(), signature=signature(agrees=False)
            )

    def test_refuses_a_signature_under_another_text(self):
        told = visiting()
        row = minuted(told)
        typed = {"held_on": today(), "met_with": "Ketua", "minutes": "Lain.", "on": today(), "at": now()}
        actions.change_minutes(row, by=told.first, version=1, **typed)
        with pytest.raises(Clash):
            actions.sign_as_body(row, by=told.head, version=1, at=now(), signature=signature())

    def test_is_the_head_of_another_body_nothing(self):
        told = visiting()
        other = user_with("head_of_lks", organisation=body().pk)
        with pytest.raises(NotAllowed):
            actions.sign_as_body(minuted(told), by=other, version=1, at=now(), signature=signature())


class TestFinish:
    def test_hands_over_to_the_second_person(self):
        told = handed_over()
        assert told.run.stage == "validation"
        assert Step.objects.filter(stage="validation").count() == 1

    def test_needs_all_scores_locked(self):
        told = visiting()
        with pytest.raises(Refusal, match="mengunci"):
            moved(told, actions.finish, told.first)

    def test_needs_minutes(self):
        told = locked()
        with pytest.raises(Refusal, match="belum dibuat"):
            moved(told, actions.finish, told.first)

    def test_needs_the_signature_of_both_sides(self):
        told = locked()
        row = minuted(told)
        for user in (told.first, told.second):
            actions.sign_as_assessor(row, by=user, version=1, at=now(), signature=signature("A"))
        with pytest.raises(Refusal, match="belum ditandatangani"):
            moved(told, actions.finish, told.first)

    def test_needs_the_signature_under_later_minutes_too(self):
        told = signed()
        minuted(told)
        with pytest.raises(Refusal, match="tambahan"):
            moved(told, actions.finish, told.first)
        assert fresh(told).stage == "visit"

    def test_waits_for_the_visit(self):
        told = accepted()
        named(told, told.first)
        with pytest.raises(Refusal):
            moved(told, actions.finish, told.first)
