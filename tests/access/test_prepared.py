import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from simpul.access.prepared import Prepared
from simpul.cases.models import Case, Note
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def noted(case, **about):
    return Note.objects.create(
        **({"case": case, "at": NOW, "by_name": "Rina", "on": TODAY, "kind": "visit"} | about)
    )


def notes(is_newest_first, *, key, since, who):
    found = Note.objects.filter(case=key, at__date__gte=since, by_name=who)
    return found.order_by("-at" if is_newest_first else "at").values("pk", "at", "on", "goals")


class TestRows:
    def test_are_those_of_the_question_with_values_of_pythons_own(self, caseworker):
        case = a_case(caseworker)
        note = noted(case, goals=["satu"])
        (row,) = Prepared(notes).rows(True, key=case.pk, since=TODAY, who="Rina")
        assert row == {"pk": note.pk, "at": note.at, "on": note.on, "goals": ["satu"]}

    def test_are_built_once_for_each_shape(self, caseworker):
        built = []

        def build(*shape, **values):
            built.append(shape)
            return notes(*shape, **values)

        case, prepared = a_case(caseworker), Prepared(build)
        for is_newest_first in (True, False, True, False):
            prepared.rows(is_newest_first, key=case.pk, since=TODAY, who="Rina")
        assert built == [(True,), (False,)]

    def test_are_of_the_values_given_this_time(self, caseworker):
        prepared, case, other = Prepared(notes), a_case(caseworker), a_case(caseworker)
        first, later = noted(case), noted(other, at=NOW + timedelta(days=2))
        by_hana = noted(other, by_name="Hana")

        def found(case, since, who="Rina"):
            return [row["pk"] for row in prepared.rows(True, key=case.pk, since=since, who=who)]

        assert found(case, TODAY) == [first.pk]
        assert found(other, TODAY) == [later.pk]
        assert found(case, TODAY + timedelta(days=1)) == []
        assert found(other, TODAY, who="Hana") == [by_hana.pk]

    def test_are_asked_of_the_database_once(self, caseworker, django_assert_num_queries):
        case, prepared = a_case(caseworker), Prepared(notes)
        for _ in range(2):
            with django_assert_num_queries(1):
                prepared.rows(True, key=case.pk, since=TODAY, who="Rina")

    def test_count_days_in_the_zone_of_now(self, caseworker):
        case, prepared = a_case(caseworker), Prepared(notes)
        evening = timezone.make_aware(timezone.datetime(2026, 11, 19, 23, 30))
        noted(case, at=evening)
        asked = {"key": case.pk, "since": evening.date() + timedelta(days=1), "who": "Rina"}
        assert not prepared.rows(True, **asked)
        with timezone.override("Pacific/Auckland"):
            assert len(prepared.rows(True, **asked)) == 1

    def test_are_planned_once_by_postgresql(self, caseworker):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite plans too fast to keep its plans")
        case, prepared = (
            a_case(caseworker),
            Prepared(lambda *, key: Case.objects.filter(pk=key).values("number")),
        )
        for key in (case.pk, a_case(caseworker).pk, case.pk):
            prepared.rows(key=key)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%cases_case%$1%"]
            )
            assert cursor.fetchone() == (1,)

    def test_keep_what_does_not_change_as_it_was_said(self, caseworker):
        case = a_case(caseworker)
        said = Value("100 % 'sudah' %s $1")
        prepared = Prepared(lambda *, key: Case.objects.filter(pk=key).values(said=Concat(said, "number")))
        assert prepared.rows(key=case.pk) == [{"said": f"100 % 'sudah' %s $1{case.number}"}]

    @pytest.mark.parametrize(
        "build",
        [
            lambda *, key: Case.objects.values("number"),
            lambda *, key: Case.objects.filter(pk=key).values(said=Concat(Value(f"Kasus {key}"), "number")),
        ],
        ids=["that is not asked by the value", "that hides the value in a longer text"],
    )
    def test_refuse_a_question(self, build):
        with pytest.raises(ValueError, match="key cannot be given anew"):
            Prepared(build).rows(key=uuid.uuid4())
